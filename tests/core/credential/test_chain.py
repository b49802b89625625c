"""From a credential by hash to the records behind it: who confirmed what, and when."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ecvet.credential.chain import Bundle, walk, walk_all
from ecvet.credential.draft import Link, Role, draft_of_recognition
from ecvet.credential.errors import ChainBroken, ClaimsDoNotFit
from ecvet.credential.policy import Outcome
from ecvet.credential.profiles.sdjwt_vc import encode
from ecvet.credit.decision import Extent
from ecvet.credit.transcript import Transcript
from ecvet.credit.validation import Correspondence, OutcomeValidation, Validation
from ecvet.record import Act, Recorded, Signature, SigningKey, record, sign
from ecvet.terms import Identifier, LangString, Points

AT = datetime(2026, 5, 3, 12, tzinfo=UTC)
KEY, OTHER = SigningKey.from_seed("school#1", b"s" * 32), SigningKey.from_seed("school#1", b"o" * 32)


@pytest.fixture(scope="session")
def proof(world):
    """Claims, records and signatures of a chain: recognition, validation, transcript."""
    decision, threads = world.recognition.value, itertools.count()

    def recorded(value):
        return record(value, thread=Identifier(f"urn:thread:{next(threads)}"), author=world.school.id, at=AT)

    transcript = recorded(Transcript(
        learner=decision.learner, issuer=Identifier("https://host.example"), home=world.school.id,
        basis=decision.validation, qualification=decision.qualification, entries=(),
    ))  # fmt: skip
    validation = recorded(Validation(
        learner=decision.learner, transcript=transcript.address, unit=decision.unit,
        qualification=decision.qualification, extent=Extent.FULL, by=decision.by, on=date(2026, 5, 2),
        outcomes=(OutcomeValidation(outcome="o1", result=Correspondence.CORRESPONDS),),
        ground=LangString.of(en="Corresponds."),
    ))  # fmt: skip
    recognition = recorded(replace(decision, validation=validation.address))
    draft = draft_of_recognition(
        Recorded(replace(decision, validation=validation.address), recognition.address),
        world.unit, world.qualification, world.school,
        chain=(Link(Role.VALIDATION, validation.address), Link(Role.TRANSCRIPT, transcript.address)),
    )  # fmt: skip
    records = {one.address: one for one in (recognition, validation, transcript)}
    signatures = tuple(
        sign(Signature(object=one, signer=world.school.id, role="home", act=Act.ISSUE, at=AT), KEY) for one in records
    )
    return encode(draft).claims, Bundle(records, signatures, {world.school.id: (KEY.public,)})


def test_every_link_says_who_confirmed_it_and_when(proof, world):
    claims, bundle = proof
    walked = walk(claims, bundle)
    assert [(one.role, one.outcome, one.by, one.on, one.signed_by) for one in walked] == [
        (Role.RECOGNITION, Outcome.PASS, world.school.id, "2026-05-03", (world.school.id,)),
        (Role.VALIDATION, Outcome.PASS, world.school.id, "2026-05-02", (world.school.id,)),
        (Role.TRANSCRIPT, Outcome.PASS, world.school.id, "2026-05-03", (world.school.id,)),
    ]


def test_a_record_that_is_not_there_leaves_a_gap_that_is_said(proof):
    claims, bundle = proof
    middle = claims["chain"][1]["address"]
    walked = walk(claims, replace(bundle, records={k: v for k, v in bundle.records.items() if k != middle}))
    assert [one.outcome for one in walked] == [Outcome.PASS, Outcome.UNKNOWN, Outcome.UNKNOWN]


def test_without_a_key_of_the_signer_nothing_is_confirmed(proof):
    claims, bundle = proof
    for poor in (replace(bundle, keys=None), replace(bundle, signatures=())):
        assert {one.outcome for one in walk(claims, poor)} == {Outcome.UNKNOWN}


def test_a_signature_by_another_key_breaks_the_chain(proof, world):
    claims, bundle = proof
    with pytest.raises(ChainBroken, match="signature of"):
        walk(claims, replace(bundle, keys={world.school.id: (OTHER.public,)}))


def test_a_record_of_another_kind_breaks_the_chain(proof):
    claims, bundle = proof
    chain = [dict(one) for one in claims["chain"]]
    for role in ("transcript", "award", "recognition"):
        chain[1]["role"] = role
        with pytest.raises(ChainBroken, match="another kind"):
            walk({**claims, "chain": chain}, bundle)


def test_a_record_that_nothing_refers_to_breaks_the_chain(proof):
    claims, bundle = proof
    with pytest.raises(ChainBroken, match="no record before refers"):
        walk({**claims, "chain": [claims["chain"][0], claims["chain"][2]]}, bundle)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("on", lambda said: said["decision"].update(on="2026-05-04")),
        ("by", lambda said: said["decision"].update(by="https://other.example")),
        ("qualification", lambda said: said["qualification"].update(id="urn:x")),
        ("learner", lambda said: said.update(sub="urn:uuid:erik")),
        ("unit", lambda said: said["ecvet"]["units"][0].update(id="urn:x")),
        ("extent", lambda said: said["ecvet"]["units"][0].update(extent="partial")),
        ("points", lambda said: said["ecvet"]["points"].update(value="36")),
        ("points", lambda said: said["ecvet"].pop("points")),
    ],
)
def test_a_credential_that_says_something_else_than_its_record_breaks_the_chain(proof, name, change):
    from copy import deepcopy

    claims, bundle = proof
    said = deepcopy(claims)
    change(said)
    with pytest.raises(ChainBroken, match=f"“{name}”"):
        walk(said, bundle)


@pytest.mark.parametrize("chain", [None, [], [1], [{"role": "x"}], [{"role": "award", "address": "sha-1:00"}]])
def test_a_chain_that_cannot_be_read_is_refused(proof, chain):
    claims, bundle = proof
    with pytest.raises(ClaimsDoNotFit):
        walk({**claims, "chain": chain}, bundle)


def test_points_of_a_national_system_are_compared_with_their_system(proof):
    claims, bundle = proof
    ecvet = {**claims["ecvet"], "points": {"value": "35", "system": "fi-osp"}}
    assert Points.of("35") != Points.of("35", "fi-osp")
    with pytest.raises(ChainBroken, match="points"):
        walk({**claims, "ecvet": ecvet}, bundle)


def test_a_credential_of_a_foreign_type_has_no_chain(proof):
    claims, bundle = proof
    with pytest.raises(ClaimsDoNotFit, match="no chain"):
        walk_all({"vct": "urn:x:1", "chain": claims["chain"]}, Identifier("urn:x"), bundle)


def test_a_credential_without_the_pseudonym_is_still_compared_with_its_record(proof):
    claims, bundle = proof
    shown = {name: value for name, value in claims.items() if name != "sub"}
    assert walk(shown, bundle)[0].outcome is Outcome.PASS
