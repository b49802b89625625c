"""Who is trusted how far: configurations, statements, marks, chains, constraints, and what a hostile entity tries."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core.federation.samples import AT, HOUR, configuration, key_of
from core.partnership.samples import HAIR_FR, LYON, TURIN
from ecvet.credential.formats import jws
from ecvet.errors import EcvetError
from ecvet.federation import (
    Constraints,
    DatedKey,
    Mark,
    Resolved,
    SubordinateStatement,
    Trust,
    evidence,
    evidence_from,
    may_act,
    open_configuration,
    open_mark,
    open_statement,
    resolve,
    sign_configuration,
    sign_mark,
    sign_statement,
    standing,
    to_fetch,
)
from ecvet.federation.errors import AddressNotAllowed
from ecvet.federation.marks import MARKS
from ecvet.federation.token import sign_token
from ecvet.federation.trust_errors import ChainBroken, StatementForged, StatementOutOfTime, StatementUnreadable
from ecvet.partnership import Function
from ecvet.record import SigningKey
from ecvet.terms import Identifier, Period

ANCHOR = "https://vet.gouv.example"
REGION = "https://region.vet.gouv.example"
MALLORY = "https://mallory.example"
WHEN = AT.date()


def stated(
    issuer: str, subject: str, *, key: SigningKey | None = None, of: SigningKey | None = None, **more: Any
) -> str:
    made = SubordinateStatement(
        issuer=issuer,
        subject=subject,
        keys=(DatedKey(key=(of or key_of(subject)).public),),
        issued=AT,
        expires=AT + 24 * HOUR,
    )
    return sign_statement(replace(made, **more), key or key_of(issuer))


def mark(issuer: str = REGION, subject: str = LYON, *, key: SigningKey | None = None, **more: Any) -> str:
    made = Mark(
        issuer=issuer,
        subject=subject,
        function=Function.ASSESS,
        valid=Period(date(2024, 1, 1), date(2024, 12, 31)),
        issued=AT,
        qualifications=frozenset({HAIR_FR}),
        source="Arrêté 7",
    )
    return sign_mark(replace(made, **more), key or key_of(issuer))


def world(**more: str) -> dict[tuple[str, str], str]:
    """Lyon below a region below the national anchor."""
    return {
        (LYON, LYON): configuration(LYON, superiors=(REGION,), marks=(mark(),)).token,
        (REGION, REGION): configuration(REGION, superiors=(ANCHOR,)).token,
        (ANCHOR, ANCHOR): configuration(ANCHOR).token,
        (REGION, LYON): stated(REGION, LYON),
        (ANCHOR, REGION): stated(ANCHOR, REGION),
    }


ANCHORS = {ANCHOR: {key_of(ANCHOR).kid: key_of(ANCHOR).public}}


def resolved(statements: dict[tuple[str, str], str] | None = None, at=AT, entity: str = LYON) -> Resolved:
    return resolve(entity, statements or world(), ANCHORS, at)


# ---------------------------------------------------------------- configurations
def test_a_configuration_is_read_as_it_was_published():
    made = configuration(LYON, key_of(LYON), key_of(LYON, "2"), superiors=(REGION,), institutions=frozenset({TURIN}))
    found = open_configuration(made.token, of=LYON, at=AT)
    assert found.endpoints == made.endpoints
    assert found.keys == made.keys
    assert (found.name, found.superiors, found.majors) == ("lyon.example", (REGION,), ("1",))
    assert found.institutions == {LYON, TURIN}


def test_a_configuration_counts_for_its_entity_its_keys_and_its_day_only():
    token = configuration(LYON).token
    with pytest.raises(StatementForged):
        open_configuration(token, of=TURIN, at=AT)
    with pytest.raises(StatementForged):
        open_configuration(token, of=LYON, at=AT, keys={"x": key_of(TURIN).public})
    for at in (AT - HOUR, AT + 25 * HOUR):
        with pytest.raises(StatementOutOfTime):
            open_configuration(token, of=LYON, at=at)
    with pytest.raises(StatementUnreadable):
        open_configuration(configuration(LYON, expires=AT + timedelta(days=40)).token, of=LYON, at=AT)


def test_endpoints_of_somebody_else_are_not_taken():
    made = configuration(LYON)
    assert made.endpoints is not None
    with pytest.raises(AddressNotAllowed):
        open_configuration(
            configuration(LYON, endpoints=replace(made.endpoints, inbox="https://10.0.0.1/")).token, of=LYON, at=AT
        )
    with pytest.raises(AddressNotAllowed):
        open_configuration(configuration(LYON, fetch="http://lyon.example/f").token, of=LYON, at=AT)


def test_a_configuration_is_not_signed_with_a_strange_key():
    with pytest.raises(ValueError, match="lists"):
        sign_configuration(configuration(LYON), key_of(TURIN))


def test_an_ended_key_stays_published_and_signs_no_more():
    old = DatedKey(key=key_of(LYON).public, since=AT - 9 * HOUR, until=AT - HOUR)
    made = configuration(LYON, key_of(LYON, "2"), keys=(old, DatedKey(key=key_of(LYON, "2").public)))
    found = open_configuration(made.token, of=LYON, at=AT)
    assert found.key(old.key.kid, AT) is None
    assert found.key(old.key.kid, AT - 2 * HOUR) == old.key


@pytest.mark.parametrize(
    "change",
    [
        {"jwks": {"keys": []}},
        {"jwks": 7},
        {"crit": ["x"]},
        {"metadata": []},
        {"authority_hints": "x"},
        {"iat": "x"},
        {"authority_hints": ["https://a.example"] * 9},
        {"trust_marks": [{}] * 65},
        {"metadata": {"federation_entity": {}}},
        {"metadata": {"federation_entity": {"organization_name": "x"}, "ecvet_node": {"inbox": "x"}}},
    ],
)
def test_what_is_not_a_configuration_is_not_read(change: dict[str, Any]):
    key = key_of(LYON)
    claims = {**jws.parse(configuration(LYON).token, "x").payload, **change}
    with pytest.raises(EcvetError):
        open_configuration(sign_token("entity-statement+jwt", claims, key), of=LYON, at=AT)


def test_a_private_key_that_was_published_is_refused():
    claims = json.loads(json.dumps(jws.parse(configuration(LYON).token, "x").payload))
    claims["jwks"]["keys"][0]["d"] = "AAAA"
    with pytest.raises(StatementUnreadable, match="private"):
        open_configuration(sign_token("entity-statement+jwt", claims, key_of(LYON)), of=LYON, at=AT)


# ---------------------------------------------------------------- chains
def test_a_chain_leads_to_the_anchor():
    found = resolved()
    assert found.path == (LYON, REGION, ANCHOR)
    assert found.anchor == ANCHOR
    assert found.expires == AT + 24 * HOUR
    assert len(found.tokens) == 4
    assert found.metadata["ecvet_node"]["inbox"] == f"{LYON}/x/v1/inbox"
    (one,) = found.marks
    assert one.covers(Function.ASSESS, HAIR_FR, WHEN)


def test_the_evidence_can_be_checked_again_for_its_day_and_not_for_another():
    kept = evidence_from(evidence(standing(LYON, AT, resolved=resolved())).data)
    assert kept.tokens == resolved().tokens
    assert kept.address == evidence(standing(LYON, AT, resolved=resolved())).address
    with pytest.raises(ChainBroken):
        resolved(at=AT + 48 * HOUR)


def test_what_is_missing_is_asked_for_step_by_step():
    have: dict[tuple[str, str], str] = {}
    asked = []
    while wanted := to_fetch(LYON, have, ANCHORS):
        asked.append(wanted)
        have |= {pair: world()[pair] for pair in wanted}
    assert asked == [((LYON, LYON),), ((REGION, REGION), (REGION, LYON)), ((ANCHOR, ANCHOR), (ANCHOR, REGION))]
    assert resolve(LYON, have, ANCHORS, AT).anchor == ANCHOR


def test_an_endless_staircase_is_left():
    have: dict[tuple[str, str], str] = {}
    for n in range(40):
        one, up = f"https://s{n}.mallory.example", f"https://s{n + 1}.mallory.example"
        have[(one, one)] = configuration(one, superiors=(up,)).token
        have[(up, one)] = stated(up, one)
    assert len(to_fetch("https://s0.mallory.example", have, ANCHORS)) == 0
    with pytest.raises(ChainBroken):
        resolve("https://s0.mallory.example", have, ANCHORS, AT)


def test_a_ring_is_no_chain():
    have = {
        (LYON, LYON): configuration(LYON, superiors=(REGION,)).token,
        (REGION, LYON): stated(REGION, LYON),
        (REGION, REGION): configuration(REGION, superiors=(LYON,)).token,
        (LYON, REGION): stated(LYON, REGION),
    }
    with pytest.raises(ChainBroken):
        resolve(LYON, have, ANCHORS, AT)


ATTACKS: dict[str, dict[tuple[str, str], str]] = {
    "the leaf has other keys": {(LYON, LYON): configuration(LYON, key_of(LYON, "evil"), superiors=(REGION,)).token},
    "the statement is forged": {(REGION, LYON): stated(REGION, LYON, key=key_of(MALLORY))},
    "the statement is about another": {(REGION, LYON): stated(REGION, TURIN)},
    "the statement is missing": {(REGION, LYON): ""},
    "the region has other keys": {(ANCHOR, REGION): stated(ANCHOR, REGION, of=key_of(MALLORY))},
    "the anchor's statement is forged": {(ANCHOR, REGION): stated(ANCHOR, REGION, key=key_of(MALLORY))},
    "the statement is old": {(REGION, LYON): stated(REGION, LYON, issued=AT - 48 * HOUR, expires=AT - 24 * HOUR)},
    "the statement holds for years": {(REGION, LYON): stated(REGION, LYON, expires=AT + 9999 * HOUR)},
    "no intermediates": {(ANCHOR, REGION): stated(ANCHOR, REGION, constraints=Constraints(max_path_length=0))},
    "another country": {
        (ANCHOR, REGION): stated(ANCHOR, REGION, constraints=Constraints(permitted=(".gouv.example",)))
    },
    "an excluded host": {(ANCHOR, REGION): stated(ANCHOR, REGION, constraints=Constraints(excluded=("lyon.example",)))},
    "no nodes": {
        (ANCHOR, REGION): stated(ANCHOR, REGION, constraints=Constraints(allowed_types=frozenset({"openid_provider"})))
    },
    "contradicting policies": {
        (ANCHOR, REGION): stated(ANCHOR, REGION, policies={"ecvet_node": {"country": {"value": "FR"}}}),
        (REGION, LYON): stated(REGION, LYON, policies={"ecvet_node": {"country": {"value": "IT"}}}),
    },
    "a policy that is not met": {
        (REGION, LYON): stated(REGION, LYON, policies={"ecvet_node": {"country": {"essential": True}}})
    },
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_chain_that_does_not_hold_leads_nowhere(attack: str):
    with pytest.raises(ChainBroken):
        resolved({name: one for name, one in (world() | ATTACKS[attack]).items() if one})


def test_limits_that_are_kept_let_the_chain_pass():
    limits = Constraints(max_path_length=1, permitted=(".gouv.example", "lyon.example"), excluded=(".evil.example",))
    assert resolved(world() | {(ANCHOR, REGION): stated(ANCHOR, REGION, constraints=limits)}).anchor == ANCHOR
    said = open_statement(
        stated(ANCHOR, REGION, constraints=limits), issuer=ANCHOR, subject=REGION, keys=ANCHORS[ANCHOR], at=AT
    )
    assert said.constraints == limits


def test_superiors_override_and_restrict_metadata():
    have = world() | {
        (REGION, LYON): stated(REGION, LYON, metadata={"ecvet_node": {"institutions": [LYON]}}),
        (ANCHOR, REGION): stated(ANCHOR, REGION, policies={"ecvet_node": {"country": {"value": "FR"}}}),
        (LYON, LYON): configuration(LYON, superiors=(REGION,), institutions=frozenset({TURIN})).token,
    }
    found = standing(LYON, AT, resolved=resolved(have))
    assert found.institutions == {LYON}  # it may claim to speak for Turin; its superior says otherwise
    assert resolved(have).metadata["ecvet_node"]["country"] == "FR"


def test_the_keys_of_an_anchor_are_those_that_were_chosen():
    have = world() | {(ANCHOR, ANCHOR): configuration(ANCHOR, key_of(MALLORY)).token}
    with pytest.raises(ChainBroken):
        resolved(have)


# ---------------------------------------------------------------- marks
def test_a_mark_is_judged_as_of_the_day_of_the_act():
    found = standing(LYON, AT, resolved=resolved())
    assert found.level is Trust.ANCHORED
    assert may_act(found, Function.ASSESS, HAIR_FR, WHEN, institution=LYON)
    assert not may_act(found, Function.ASSESS, HAIR_FR, date(2025, 1, 1), institution=LYON)
    assert not may_act(found, Function.ASSESS, HAIR_FR, date(2023, 12, 31), institution=LYON)
    assert not may_act(found, Function.ASSESS, Identifier("urn:x:other"), WHEN, institution=LYON)
    assert not may_act(found, Function.ASSESS, None, WHEN, institution=LYON)
    assert not may_act(found, Function.RECOGNISE, HAIR_FR, WHEN, institution=LYON)
    assert not may_act(found, Function.ASSESS, HAIR_FR, WHEN, institution=TURIN)


@pytest.mark.parametrize(
    "bad",
    [
        mark(MALLORY),
        mark(key=key_of(MALLORY)),
        mark(subject=TURIN),
        mark(LYON),
        "x.y.z",
        mark(ANCHOR, key=key_of(REGION)),
    ],
    ids=["a stranger's", "forged", "another's", "one's own", "unreadable", "under the anchor's name"],
)
def test_a_mark_that_does_not_count_takes_nothing_from_the_others(bad: str):
    claims = dict(jws.parse(configuration(LYON, superiors=(REGION,), marks=(mark(),)).token, "x").payload)
    claims["trust_marks"] = [{"trust_mark_type": "x", "trust_mark": bad}, *claims["trust_marks"]]
    have = world() | {(LYON, LYON): sign_token("entity-statement+jwt", claims, key_of(LYON))}
    assert [one.issuer for one in resolved(have).marks] == [REGION]


def test_an_anchor_may_name_who_gives_marks():
    board = "https://board.example"
    have = world() | {
        (LYON, LYON): configuration(LYON, superiors=(REGION,), marks=(mark(), mark(board))).token,
        (ANCHOR, ANCHOR): configuration(ANCHOR, mark_issuers={MARKS[Function.ASSESS]: (board,)}).token,
    }
    keys = {board: {key_of(board).kid: key_of(board).public}}
    assert [one.issuer for one in resolve(LYON, have, ANCHORS, AT, mark_keys=keys).marks] == [board]
    assert resolve(LYON, have, ANCHORS, AT).marks == ()


@pytest.mark.parametrize(
    "change",
    [
        {"trust_mark_type": "x"},
        {"since": "2025-01-01"},
        {"since": "soon"},
        {"qualifications": []},
        {"qualifications": ["a b"]},
        {"iat": None},
    ],
)
def test_what_is_not_a_mark_is_not_read(change: dict[str, Any]):
    token = sign_token("trust-mark+jwt", {**jws.parse(mark(), "x").payload, **change}, key_of(REGION))
    with pytest.raises(EcvetError):
        open_mark(token, issuer=REGION, subject=LYON, keys={key_of(REGION).kid: key_of(REGION).public})
