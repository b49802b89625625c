"""Signing: everybody in their own role, an institution through any colleague whom it has authorised."""

from datetime import date

import pytest

from core.mobility import cast
from core.mobility.cast import ALBA, BRUNO, CHLOE, DRAFT, LYON, MOTHER, SPRING, STRANGER, TURIN
from ecvet.mobility import Mandate, Role, may_sign, read, signatories
from ecvet.mobility.errors import NotAuthorised
from ecvet.partnership import Signatory
from ecvet.partnership.errors import NotASignatory, ReasonMissing, VersionUnknown
from ecvet.record import Act
from ecvet.terms import Failure, Identifier, Period

FIRST = cast.versions(DRAFT)[0]
THREAD = cast.thread([FIRST])
BRUNO_SIGNS = Mandate(institution=TURIN, person=BRUNO, valid=Period(date(2024, 1, 1), date(2024, 3, 31)))


def reason_of(answer: object) -> object:
    return answer.reason if isinstance(answer, Failure) else None


@pytest.mark.rule("R-LA-1", "R-LA-9")
def test_home_hosting_learner_and_guardian_sign() -> None:
    assert signatories(cast.with_party(DRAFT, Role.GUARDIAN, MOTHER)) == (
        Signatory(role="home", id=TURIN),
        Signatory(role="hosting", id=LYON),
        Signatory(role="learner", id=ALBA),
        Signatory(role="guardian", id=MOTHER),
    )


@pytest.mark.rule("R-LA-1")
def test_an_institution_signs_in_its_own_role_only() -> None:
    own = cast.statement(FIRST.address, Role.HOME, TURIN, SPRING)
    assert may_sign(THREAD, own, person=BRUNO, mandates=[BRUNO_SIGNS])
    foreign = cast.statement(FIRST.address, Role.HOSTING, TURIN, SPRING)
    assert isinstance(reason_of(may_sign(THREAD, foreign, person=BRUNO, mandates=[BRUNO_SIGNS])), NotASignatory)


@pytest.mark.rule("R-LA-1")
def test_any_authorised_colleague_signs_for_the_institution_while_authorised() -> None:
    """Edge case 2: the signatory has left or is the wrong person."""
    own = cast.statement(FIRST.address, Role.HOME, TURIN, SPRING)
    colleague = Mandate(institution=TURIN, person=CHLOE, valid=Period(SPRING))
    assert may_sign(THREAD, own, person=CHLOE, mandates=[BRUNO_SIGNS, colleague])
    assert reason_of(may_sign(THREAD, own, person=CHLOE, mandates=[BRUNO_SIGNS])) == NotAuthorised(
        person=CHLOE, party=TURIN, on=SPRING
    )
    elsewhere = Mandate(institution=LYON, person=CHLOE, valid=Period(SPRING))
    assert not may_sign(THREAD, own, person=CHLOE, mandates=[elsewhere])
    late = cast.statement(FIRST.address, Role.HOME, TURIN, date(2024, 4, 1))
    assert isinstance(reason_of(may_sign(THREAD, late, person=BRUNO, mandates=[BRUNO_SIGNS])), NotAuthorised)


@pytest.mark.rule("R-LA-1")
@pytest.mark.parametrize(("person", "may"), [(ALBA, True), (MOTHER, False), (BRUNO, False)])
def test_a_learner_signs_in_person(person: Identifier, may: bool) -> None:
    statement = cast.statement(FIRST.address, Role.LEARNER, ALBA, SPRING)
    mandate = Mandate(institution=ALBA, person=BRUNO, valid=Period(SPRING))
    assert bool(may_sign(THREAD, statement, person=person, mandates=[mandate])) is may


def test_to_decline_or_to_withdraw_needs_a_reason() -> None:
    silent = cast.statement(FIRST.address, Role.LEARNER, ALBA, SPRING, Act.REJECT)
    assert reason_of(may_sign(THREAD, silent, person=ALBA)) == ReasonMissing(act=Act.REJECT)
    spoken = cast.statement(FIRST.address, Role.LEARNER, ALBA, SPRING, Act.WITHDRAW, "illness at home")
    assert may_sign(THREAD, spoken, person=ALBA)


def test_a_stranger_signs_nothing_and_an_unknown_version_is_not_signed() -> None:
    statement = cast.statement(FIRST.address, Role.LEARNER, STRANGER, SPRING)
    assert isinstance(reason_of(may_sign(THREAD, statement, person=STRANGER)), NotASignatory)
    other = cast.statement(cast.FRAME.address, Role.LEARNER, ALBA, SPRING)
    with pytest.raises(VersionUnknown):
        may_sign(THREAD, other, person=ALBA)


def test_an_agreement_is_read_from_its_record_as_it_was_written() -> None:
    assert read(FIRST).value == DRAFT
    assert read(FIRST).address == FIRST.address
