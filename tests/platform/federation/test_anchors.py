"""Anchors, chains and marks, on both sides: whom this server believes, and what its institutions state about others."""

import json
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.test import Client

from ecvet.federation import Trust, open_statement
from ecvet.federation.trust_errors import ChainBroken, KeyNotFollowed
from ecvet.partnership import Competence, Function
from ecvet.terms import Identifier, Period
from ecvet_platform.federation.actions import anchors, connecting, ourselves, partners, superior, vouching
from ecvet_platform.federation.errors import CodesDiffer, NotYourSubordinate, PartnerUnknown, SpokenForElsewhere
from ecvet_platform.federation.store import partners as store
from ecvet_platform.institutions.actions import register
from ecvet_platform.institutions.store import institutions
from ecvet_platform.journal import clock
from ecvet_platform.people.errors import NotYourRole
from federation_internet import HERE, Elsewhere, Internet, code_between, key_of
from stories_of import BODY, LYON, NOW, TURIN, Cast

THIS_YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
ASSESS = Competence(function=Function.ASSESS, valid=THIS_YEAR, source="decision 7")


@pytest.fixture
def finland(everybody: Cast, internet: Internet, oulu: Elsewhere) -> Elsewhere:
    """A national contact point that states Oulu and has given it a mark; chosen as anchor here."""
    made = Elsewhere("https://anchor.example", name="Contact point")
    internet.publish(made)
    internet.hand_out(made, oulu, names=(oulu.id,))
    oulu.superiors = (made.entity,)
    oulu.marks = (made.mark(oulu, Function.ASSESS, THIS_YEAR),)
    connecting.choose_anchor(made.entity, code_between(BODY, made), actor=everybody.actor("Dimitra"))
    return made


def test_only_the_register_office_chooses_anchors_and_compares_their_code(
    everybody: Cast, internet: Internet, oulu: Elsewhere
) -> None:
    with pytest.raises(NotYourRole):
        connecting.choose_anchor(oulu.entity, code_between(TURIN, oulu), actor=everybody.actor("Bruno"))
    with pytest.raises(CodesDiffer):
        connecting.choose_anchor(oulu.entity, "2" * 30, actor=everybody.actor("Dimitra"))
    assert anchors.lines() == ()


def test_a_chain_makes_an_institution_known_with_its_marks(
    everybody: Cast, oulu: Elsewhere, finland: Elsewhere
) -> None:
    partners.met(oulu.entity)
    found = vouching.vouch(oulu.entity)
    assert found.path == (oulu.entity, finland.entity)
    known = partners.standing(oulu.entity, TURIN, NOW)
    assert known.level is Trust.ANCHORED
    assert known.speaks_for(oulu.id)
    assert len(known.tokens) == 3
    held = register.institution(oulu.id).competences
    assert [(one.function, one.valid) for one in held] == [(Function.ASSESS, THIS_YEAR)]
    assert held[0].source == f"{finland.entity} decision 7"


def test_a_chain_lapses_and_its_marks_end_with_it(everybody: Cast, oulu: Elsewhere, finland: Elsewhere) -> None:
    partners.met(oulu.entity)
    vouching.vouch(oulu.entity)
    with clock.fixed(NOW + timedelta(days=2)):
        assert partners.standing(oulu.entity, TURIN, clock.now()).level is Trust.UNKNOWN
        oulu.superiors = ()
        vouching.follow_everybody()
        assert [one.valid.end for one in register.institution(oulu.id).competences] == [clock.today()]
        oulu.key = "thief"
        with pytest.raises(KeyNotFollowed):
            partners.refresh(oulu.entity)


def test_an_anchor_given_up_counts_no_more_at_once(everybody: Cast, oulu: Elsewhere, finland: Elsewhere) -> None:
    partners.met(oulu.entity)
    vouching.vouch(oulu.entity)
    anchors.give_up(Identifier(finland.entity), by=everybody.actor("Dimitra"))
    assert partners.standing(oulu.entity, TURIN, NOW).level is Trust.UNKNOWN
    with pytest.raises(ChainBroken):
        vouching.vouch(oulu.entity)


def test_below_an_anchor_nobody_takes_the_name_of_another(
    everybody: Cast, internet: Internet, finland: Elsewhere
) -> None:
    """The superior states the provider, but not the institution for which it claims to speak."""
    greedy = Elsewhere("https://greedy.example", institution="https://victim.example/", superiors=(finland.entity,))
    internet.publish(greedy)
    internet.hand_out(finland, greedy)
    partners.met(greedy.entity)
    with pytest.raises(SpokenForElsewhere):
        vouching.vouch(greedy.entity)
    assert institutions.institution(greedy.id) is None
    assert not partners.standing(greedy.entity, TURIN, NOW).speaks_for(greedy.id)


def test_a_superior_states_new_keys_where_all_old_ones_are_lost(
    everybody: Cast, oulu: Elsewhere, finland: Elsewhere
) -> None:
    connecting.confirm(oulu.entity, code_between(TURIN, oulu), actor=everybody.actor("Bruno"))
    oulu.key = "9"
    with pytest.raises(KeyNotFollowed):
        partners.refresh(oulu.entity)
    vouching.vouch(oulu.entity)
    pin = store.tie(TURIN, oulu.entity).pin  # type: ignore[union-attr]
    assert pin is not None
    assert f"{oulu.entity}#9" in pin.keys


def test_made_up_superiors_do_not_keep_this_server_busy(
    everybody: Cast, internet: Internet, oulu: Elsewhere, finland: Elsewhere
) -> None:
    others = [Elsewhere(f"https://s{n}.example") for n in range(73)]
    internet.publish(*others)
    for n, one in enumerate(others):
        one.superiors = tuple(other.entity for other in others[n * 8 + 1 : n * 8 + 9])
    oulu.superiors = tuple(one.entity for one in others[:8])
    partners.met(oulu.entity)
    before = len(internet.asked)
    with pytest.raises(ChainBroken):
        vouching.vouch(oulu.entity)
    assert len(internet.asked) - before <= vouching.MOST_FETCHED


def test_every_night_all_are_read_again_and_one_that_is_silent_holds_nobody_up(
    everybody: Cast, internet: Internet, oulu: Elsewhere, finland: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    silent = Elsewhere("https://silent.example")
    internet.publish(silent)
    for one in (oulu, silent):
        connecting.confirm(one.entity, code_between(TURIN, one), actor=everybody.actor("Bruno"))
    del internet.pages[f"{silent.entity}/.well-known/openid-federation"]
    call_command("follow_partners")
    assert partners.standing(oulu.entity, TURIN, NOW).level is Trust.ANCHORED
    assert partners.standing(silent.entity, TURIN, NOW).level is Trust.CONFIRMED
    assert "1 partners read, 1 failed; an anchor vouches for 1" in capsys.readouterr().out
    known = store.known(silent.entity)
    assert known is not None
    assert "does not answer" in known.why


# ------------------------------------------------------------- as a superior
def test_an_institution_here_states_one_below_and_gives_marks(
    everybody: Cast, internet: Internet, oulu: Elsewhere
) -> None:
    dimitra = everybody.actor("Dimitra")
    with pytest.raises(PartnerUnknown):  # not before its code was compared
        superior.state(Identifier(oulu.entity), (ASSESS,), below=False, actor=dimitra)
    with pytest.raises(NotYourRole):
        superior.state(Identifier(oulu.entity), (ASSESS,), below=False, actor=everybody.actor("Bruno"))
    connecting.confirm(oulu.entity, code_between(BODY, oulu), actor=dimitra)
    superior.state(Identifier(oulu.entity), (ASSESS,), below=False, actor=dimitra)
    mine = ourselves.entity_of(BODY)
    path = mine.removeprefix(HERE)
    answer = Client().get(f"{path}/x/v1/fetch?sub={quote(oulu.entity, safe='')}")
    assert answer["Content-Type"] == "application/entity-statement+jwt"
    keys = {one.key.kid: one.key for one in ourselves.dated_keys(BODY)}
    found = open_statement(answer.content.decode(), issuer=mine, subject=oulu.entity, keys=keys, at=NOW)
    assert {one.key.kid for one in found.keys} == {f"{oulu.entity}#1", f"{oulu.id}#1"}
    assert found.metadata["ecvet_node"]["institutions"] == sorted({oulu.id, oulu.entity})
    assert found.constraints.max_path_length == 0
    marks = Client().get(f"{path}/x/v1/marks?sub={quote(oulu.entity, safe='')}").json()["trust_marks"]
    assert len(marks) == 1
    superior.end(Identifier(oulu.entity), actor=dimitra)
    answer = Client().get(f"{path}/x/v1/fetch?sub={quote(oulu.entity, safe='')}")
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:ecvet:problem:federation.statement.none")
    assert Client().get(f"{path}/x/v1/fetch").status_code == 404


def test_a_withdrawn_confirmation_ends_the_statement(everybody: Cast, internet: Internet, oulu: Elsewhere) -> None:
    dimitra = everybody.actor("Dimitra")
    connecting.confirm(oulu.entity, code_between(BODY, oulu), actor=dimitra)
    superior.state(Identifier(oulu.entity), (ASSESS,), below=False, actor=dimitra)
    connecting.withdraw(Identifier(oulu.entity), actor=dimitra)
    with pytest.raises(PartnerUnknown):
        superior.statement(BODY, oulu.entity)


def test_institutions_of_one_server_vouch_for_each_other_and_a_stranger_believes_the_chain(
    everybody: Cast, internet: Internet
) -> None:
    """All that a node elsewhere fetches from here leads from Lyon to the anchor, with its mark."""
    from ecvet.federation import open_configuration, resolve, well_known

    body, lyon = ourselves.entity_of(BODY), ourselves.entity_of(LYON)
    superior.state(lyon, (ASSESS,), below=False, actor=everybody.actor("Dimitra"))
    superior.name_above(body, actor=everybody.actor("Chloé"))
    ((named, marks),) = superior.above(actor=everybody.actor("Chloé"))
    assert (named.why, [one.function for one in marks]) == ("", [Function.ASSESS])

    def got(address: str) -> str:
        return Client().get(address.removeprefix(HERE)).content.decode()

    top = open_configuration(got(well_known(body)), of=body, at=NOW)
    assert top.fetch is not None
    statements = {
        (lyon, lyon): got(well_known(lyon)), (body, body): top.token, (body, lyon): got(f"{top.fetch}?sub={lyon}"),
    }  # fmt: skip
    found = resolve(lyon, statements, {body: top.by_kid}, NOW)
    assert found.path == (lyon, body)
    assert [one.competence for one in found.marks] == [replace(ASSESS, source="decision 7")]
    assert LYON in found.metadata["ecvet_node"]["institutions"]


def test_marks_of_a_superior_elsewhere_are_fetched_and_forged_ones_left_out(
    everybody: Cast, internet: Internet, oulu: Elsewhere
) -> None:
    entity = ourselves.entity_of(TURIN)
    me = Elsewhere(entity)
    point = Elsewhere("https://point.example", name="Contact point")
    internet.publish(point)
    good, forged = (
        point.mark(me, Function.RECOGNISE, THIS_YEAR),
        replace(point, key="x").mark(me, Function.AWARD, THIS_YEAR),
    )
    address = f"{point.entity}/marks"
    original = point.configuration

    def with_marks() -> tuple[int, str]:
        from ecvet.federation import open_configuration, sign_configuration

        found = open_configuration(original(), of=point.entity, at=NOW)
        general = {**found.metadata["federation_entity"], "federation_trust_mark_endpoint": address}
        return 200, sign_configuration(
            replace(found, metadata={**found.metadata, "federation_entity": general}), point.signer
        )

    internet.pages[f"{point.entity}/.well-known/openid-federation"] = with_marks
    internet.pages[f"{address}?sub={entity}"] = lambda: (200, json.dumps({"trust_marks": [good, forged]}))
    superior.name_above(Identifier(point.entity), actor=everybody.actor("Bruno"))
    ((_, marks),) = superior.above(actor=everybody.actor("Bruno"))
    assert [one.function for one in marks] == [Function.RECOGNISE]
    internet.pages.clear()
    assert superior.fetch_all_marks() == 0
    ((named, marks),) = superior.above(actor=everybody.actor("Bruno"))
    assert "does not answer" in named.why
    assert len(marks) == 1


def test_nothing_is_stated_about_whom_nobody_named(everybody: Cast, internet: Internet) -> None:
    with pytest.raises(NotYourSubordinate):
        superior.statement(BODY, "https://nobody.example")
    assert key_of("https://nobody.example").kid == "https://nobody.example#1"
