"""Open Badges and learner records as a whole: under did:web, by the register's name, with status, parts and chain."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.credential.cast import ISSUED, NOW, SCHOOL, START, address_for, chance
from core.credential.test_chain import proof as proof
from core.credential.test_profiles import FACTS, award, partial
from ecvet.credential.chain import walk_all
from ecvet.credential.did_web import Published, did_web, document, listed
from ecvet.credential.draft import Link, Role
from ecvet.credential.errors import ChainBroken
from ecvet.credential.formats import data_integrity
from ecvet.credential.formats.bitstring_status_list import PURPOSES
from ecvet.credential.policy import EVERYDAY, Outcome
from ecvet.credential.profiles import clr, edc, open_badges
from ecvet.credential.profiles.statements import statements
from ecvet.credential.status.allocation import open_list
from ecvet.credential.status.editions import Edition, bitstring_claim, bitstring_proof_view
from ecvet.credential.status.standing import Standing
from ecvet.credential.trust import Method, read_methods
from ecvet.credential.verify import examine
from ecvet.record import canonical
from ecvet.terms import Identifier, LangString

KEY = Ed25519PrivateKey.from_private_bytes(b"w" * 32)
DID = did_web("https://koulu.example:8443", "institutions", "7")
METHOD = Method(id=f"{DID}#1", controller=DID, key=KEY.public_key(), start=START, institution=SCHOOL)
LIST = "https://koulu.example/status/1"


def signed(claims, key=KEY, method=METHOD.id, at=ISSUED):
    return data_integrity.issue(claims, key, method=method, created=at, suite=data_integrity.RDFC)


def badge(draft, number=1, **more):
    return signed(open_badges.encode(draft, id=f"urn:uuid:{number}", at=ISSUED, issuer=DID, **more).claims)


def awarded(draft):
    return replace(award(draft), chain=(Link(Role.AWARD, address_for("award")), *draft.chain))


def learner_record(drafts, **more):
    made = [badge(one, n, **more) for n, one in enumerate(drafts)]
    pairs = list(zip(drafts, made, strict=True))
    return signed(clr.encode(LangString.of(en="Transcript"), pairs, id="urn:uuid:9", at=ISSUED, issuer=DID).claims)


def report(world, said, *, methods=(METHOD,), lists=None):
    trust = replace(world.trust, methods=methods)
    return examine(json.dumps(said).encode(), trust, EVERYDAY, NOW, lists=lists or {})


def lists(standings):
    made = open_list(LIST, chance(1))
    edition = Edition(at=NOW, until=NOW + timedelta(days=1), ttl=timedelta(minutes=15))
    return {
        f"{LIST}/{one}": bitstring_proof_view(made, standings, one, edition, DID, KEY, METHOD.id) for one in PURPOSES
    }


# ------------------------------------------------------------- did:web
def test_a_did_web_is_the_place_of_its_document():
    assert DID == "did:web:koulu.example%3A8443:institutions:7"
    assert did_web("https://a.example/ecvet/", "x") == "did:web:a.example:ecvet:x"


def test_21_the_document_keeps_keys_of_the_past_and_takes_compromised_ones_from_its_assertions():
    ended = replace(METHOD, id=f"{DID}#0", end=ISSUED)
    stolen = replace(METHOD, id=f"{DID}#x", end=ISSUED)
    moved = replace(METHOD, id="did:web:old#1", controller=Identifier("did:web:old"))
    keys = (Published(METHOD), Published(ended), Published(stolen, revoked=True), Published(moved))
    said = document(DID, keys, also=(SCHOOL,))
    assert [one["id"] for one in said["verificationMethod"]] == [METHOD.id, ended.id, stolen.id]
    assert said["assertionMethod"] == [METHOD.id, ended.id]
    assert said["verificationMethod"][1]["expires"] == said["verificationMethod"][2]["revoked"]
    assert said["alsoKnownAs"] == [SCHOOL]
    assert {one["type"] for one in said["verificationMethod"]} == {"Multikey"}


def test_the_list_of_methods_is_read_as_it_is_written():
    ended = replace(METHOD, id=f"{DID}#0", end=ISSUED)
    found = read_methods(canonical(listed((METHOD, ended))))
    assert [(one.id, one.institution, one.start, one.end) for one in found] == [
        (METHOD.id, SCHOOL, START, None), (ended.id, SCHOOL, START, ISSUED),
    ]  # fmt: skip


# ------------------------------------------------------------- badges
@pytest.mark.parametrize("made", [lambda one: one, partial, awarded])
def test_a_badge_is_issued_by_the_institution_of_the_register(world, made):
    found = report(world, badge(made(world.draft)))
    assert found.verified, found.error
    assert (found.verified.issuer.id, found.verified.issuer.name) == (SCHOOL, "The School")
    assert {one.step: one.outcome for one in found.steps}["function"] is Outcome.PASS


def test_22_23_a_key_signs_for_its_controller_and_in_its_time_only(world):
    elsewhere = replace(METHOD, controller=Identifier("did:web:other.example"))
    ended = replace(METHOD, end=ISSUED - timedelta(days=1))
    for methods in ((elsewhere,), (ended,), ()):
        found = report(world, badge(world.draft), methods=methods)
        assert found.error is not None
        assert found.error.code == "credential.issuer.not-trusted"


def test_a_part_of_a_unit_is_never_called_the_whole(world):
    said = badge(partial(world.draft))
    assert said["name"].endswith("(part of the unit)")
    assert said["credentialSubject"]["achievement"]["name"].endswith("(part of the unit)")
    assert statements(said, SCHOOL)[0]["ecvet"]["units"][0]["extent"] == "partial"


def test_a_badge_follows_its_place_in_the_bitstrings(world):
    said = badge(world.draft, status=bitstring_claim(LIST, 5))
    assert report(world, said).error.code == "credential.status.unknown"
    assert report(world, said, lists=lists({})).verified
    for standing, code in ((Standing.REVOKED, "revoked"), (Standing.SUSPENDED, "suspended")):
        assert report(world, said, lists=lists({5: standing})).error.code == f"credential.status.{code}"


# ------------------------------------------------------------- learner records
def test_a_record_verifies_with_all_its_badges(world):
    found = report(world, learner_record((world.draft, partial(world.draft))))
    assert found.verified, found.error
    assert {one.step: one.outcome for one in found.steps}["function"] is Outcome.PASS


def test_a_record_with_a_badge_of_a_stranger_fails_though_its_own_proof_fits(world):
    drafts = (world.draft,)
    forged = signed(
        open_badges.encode(world.draft, id="urn:uuid:3", at=ISSUED, issuer=DID).claims,
        Ed25519PrivateKey.from_private_bytes(b"z" * 32),
    )
    pairs = list(zip(drafts, (forged,), strict=True))
    said = signed(clr.encode(LangString.of(en="T"), pairs, id="urn:uuid:9", at=ISSUED, issuer=DID).claims)
    found = report(world, said)
    assert found.error.code == "credential.claims.part"
    assert "Credential 1" in str(found.error)


def test_a_record_with_a_revoked_badge_fails_and_one_of_unknown_status_is_unknown(world):
    said = learner_record((world.draft,), status=bitstring_claim(LIST, 5))
    assert report(world, said, lists=lists({})).verified
    assert report(world, said).error.code == "credential.status.unknown"
    found = report(world, said, lists=lists({5: Standing.REVOKED}))
    assert found.error.code == "credential.claims.part"
    assert "revoked by its issuer" in str(found.error)


def test_a_record_without_badges_is_none(world):
    said = learner_record((world.draft,))
    del said["proof"], said["credentialSubject"]["verifiableCredential"]
    assert report(world, signed(said)).error.code == "credential.claims.part"


# ------------------------------------------------------------- the chain of proof, profile by profile
@pytest.fixture
def encodings(proof, world):
    """The same certificate as badge, European Digital Credential and learner record, with the bundle behind it."""
    claims, bundle = proof
    chain = tuple(
        replace(one, address=link["address"]) for one, link in zip(world.draft.chain, claims["chain"], strict=False)
    )
    draft = replace(world.draft, chain=chain)
    return bundle, {
        "badge": badge(draft), "sealed": edc.encode(draft, FACTS, id="urn:credential:1", at=ISSUED).claims,
        "record": learner_record((draft,)),
    }  # fmt: skip


@pytest.mark.parametrize("profile", ["badge", "sealed", "record"])
def test_every_profile_leads_back_to_its_records(encodings, profile):
    bundle, made = encodings
    (walked,) = walk_all(made[profile], SCHOOL, bundle)
    assert [str(one.role) for one in walked] == ["recognition", "validation", "transcript"]
    assert {one.outcome for one in walked} == {Outcome.PASS}


@pytest.mark.parametrize("profile", ["badge", "sealed", "record"])
def test_what_says_something_else_than_its_record_breaks_the_chain(encodings, profile):
    bundle, made = encodings
    changes = [
        ("35", "36"),
        ("2026-05-03", "2026-05-04"),
        ("units/colour/3", "units/colour/4"),
        ("9f1b6a52", "8f1b6a52"),
    ]
    if profile != "sealed":
        changes.append(('"value": "full"', '"value": "partial"'))
    for old, new in changes:
        text = json.dumps(deepcopy(made[profile]))
        assert old in text
        with pytest.raises(ChainBroken):
            walk_all(json.loads(text.replace(old, new)), SCHOOL, bundle)
