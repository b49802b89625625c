"""The cast: who may do what, and keys that come out the same everywhere."""

from datetime import UTC, date, datetime

import pytest

from ecvet.examples import CLAY_PLASTERING, HAIRDRESSING, MENS_HAIR, names, qualification
from ecvet.examples.cast import (
    ALBA,
    BOARD,
    CLAY_SCHOOL,
    COLLEGE,
    EMPLOYER,
    ERIK,
    FIGURES,
    INSTITUTE,
    INSTITUTIONS,
    KEYS_VALID,
    LEARNERS,
    LIISA,
    SALON,
    authority,
    issuer_key,
    seed,
    signing_key,
)
from ecvet.partnership import CompetentInstitution, Function, may
from ecvet.record import Act, Signature, address_of, check_signature, commitment, sign
from ecvet.terms import Failure, identifier

ON = date(2025, 1, 13)
F = Function


@pytest.mark.parametrize(("who", "example", "functions"), [
    (COLLEGE, HAIRDRESSING, {F.ASSESS, F.DOCUMENT, F.VALIDATE, F.RECOGNISE}),
    (BOARD, HAIRDRESSING, {F.DESIGN, F.ALLOCATE, F.RECOGNISE, F.AWARD}),
    (INSTITUTE, HAIRDRESSING, {F.ASSESS, F.DOCUMENT}),
    (INSTITUTE, MENS_HAIR, {*F}),
    (CLAY_SCHOOL, CLAY_PLASTERING, {*F}),
    (CLAY_SCHOOL, HAIRDRESSING, set()),
])  # fmt: skip
def test_each_institution_has_its_functions_and_no_more(
    who: CompetentInstitution, example: str, functions: set[Function]
) -> None:
    about = qualification(example)[0].id
    assert {one for one in Function if may(who, one, about, ON)} == functions


@pytest.mark.parametrize("name", names())
def test_every_example_is_awarded_by_an_institution_of_the_cast_that_may(name: str) -> None:
    found, _ = qualification(name)
    awarding = next(one for one in INSTITUTIONS if one.id == found.institution)
    assert may(awarding, Function.AWARD, found.id, ON)
    officers = [one for one in FIGURES if "competent_institution" in one.roles]
    assert found.institution in {one.institution for one in officers}


def test_everybody_stands_under_an_example_domain() -> None:
    people = [*FIGURES, *(one.figure for one in LEARNERS)]
    for name in (*(one.id for one in INSTITUTIONS), SALON, EMPLOYER, *(one.id for one in people)):
        assert identifier(name).split("/")[2].endswith(".example")
    assert all(one.email.endswith(".example") and one.email.isascii() for one in people)
    assert len({one.email for one in people}) == len(people)


def test_a_stranger_belongs_to_no_competent_institution() -> None:
    assert ERIK.institution not in {one.id for one in INSTITUTIONS}


def test_learners_are_pseudonyms_that_commit_to_persons() -> None:
    for one in LEARNERS:
        assert one.learner.id.startswith("urn:uuid:")
        assert one.learner.ref == commitment(one.learner.person, one.salt)
        assert str(one.learner.person) == one.figure.name
        assert one.salt.hex() not in repr(one)
    assert len({one.learner.id for one in LEARNERS}) == len(LEARNERS)


def test_only_the_minor_has_a_guardian() -> None:
    ages = {one.figure.name: one.learner.age(date(2024, 11, 18)) or 0 for one in LEARNERS}
    assert [name for name, age in ages.items() if age < 18] == [LIISA.figure.name]
    assert [one for one in LEARNERS if one.guardian] == [LIISA]


def test_demo_keys_follow_from_names_alone() -> None:
    assert seed("Alba") == seed("Alba") != seed("Onni")
    assert str(ALBA.learner.id) == "urn:uuid:221329cd-cb5a-4299-90af-e3ee6034a0bd"
    assert signing_key(COLLEGE.id).public == signing_key.__wrapped__(COLLEGE.id).public


def test_an_institution_signs_with_its_demo_key_and_nobody_else_does() -> None:
    at = datetime(2025, 1, 1, tzinfo=UTC)
    draft = Signature(object=address_of(b"{}"), signer=COLLEGE.id, role="home", act=Act.ACCEPT, at=at)
    signed = sign(draft, signing_key(COLLEGE.id))
    assert check_signature(signed, signing_key(COLLEGE.id).public, at=at)
    assert isinstance(check_signature(signed, signing_key(INSTITUTE.id).public, at=at), Failure)


@pytest.mark.parametrize("who", INSTITUTIONS, ids=lambda one: str(one.name))
def test_issuer_keys_are_certified_by_the_authority_of_the_story(who: CompetentInstitution) -> None:
    certificate = issuer_key(who).chain[0]
    certificate.verify_directly_issued_by(authority().certificate)
    assert (certificate.not_valid_before_utc, certificate.not_valid_after_utc) == KEYS_VALID
    assert len({issuer_key(one).chain[0].serial_number for one in INSTITUTIONS}) == len(INSTITUTIONS)
