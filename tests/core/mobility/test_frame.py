"""The frame of an agreement: memorandum, clause and time."""

from dataclasses import fields, replace
from datetime import date

import pytest

from core.mobility import cast
from core.mobility.cast import DRAFT, FRAME, LYON, MEMORANDUM, MEMORANDUM_RECORD, SALON, STRANGER, proposal, rules
from ecvet.mobility import LearningAgreement, Role, memorandum_for
from ecvet.mobility.errors import ClauseMissing, EndMissing, MemorandumNotThis, NotUnderMemorandum
from ecvet.partnership import MemorandumOfUnderstanding, Seal, Termination, Thread
from ecvet.partnership.errors import MemorandumNotInForce
from ecvet.record import Recorded
from ecvet.terms import Failure, Period, PeriodEndsBeforeItBegins


def framed(memorandum: MemorandumOfUnderstanding) -> Recorded[MemorandumOfUnderstanding]:
    return Recorded(memorandum, FRAME.address)


def reason_of(answer: object) -> object:
    return answer.reason if isinstance(answer, Failure) else None


@pytest.mark.rule("R-LA-3")
def test_without_a_memorandum_the_agreement_stands_outside_ecvet_with_a_warning() -> None:
    answer = proposal(replace(DRAFT, memorandum=None), memorandum=None)
    assert answer.may
    assert rules(answer) == [("R-LA-3", "warning")]


@pytest.mark.rule("R-LA-3")
def test_the_memorandum_named_is_the_one_presented() -> None:
    assert reason_of(proposal(memorandum=None).may) == MemorandumNotThis(named=FRAME.address, found="none")
    other = Recorded(MEMORANDUM, cast.versions(DRAFT)[0].address)
    assert isinstance(reason_of(proposal(memorandum=other).may), MemorandumNotThis)


@pytest.mark.rule("R-LA-3")
def test_both_institutions_signed_the_memorandum_or_are_covered_by_it() -> None:
    assert proposal(cast.with_party(DRAFT, Role.HOSTING, SALON)).may
    stranger = proposal(cast.with_party(DRAFT, Role.HOSTING, STRANGER))
    assert reason_of(stranger.may) == NotUnderMemorandum(institution=STRANGER)
    without_home = framed(replace(MEMORANDUM, parties=(LYON, SALON)))
    assert isinstance(reason_of(proposal(memorandum=without_home).may), NotUnderMemorandum)


@pytest.mark.rule("R-LA-3")
def test_the_memorandum_is_in_force_on_the_day() -> None:
    assert isinstance(reason_of(proposal(on=date(2023, 12, 31)).may), MemorandumNotInForce)
    without_period = framed(replace(MEMORANDUM, valid=None))
    assert isinstance(reason_of(proposal(memorandum=without_period).may), MemorandumNotInForce)


@pytest.mark.rule("R-LA-3")
def test_a_memorandum_frames_an_agreement_only_when_it_was_sealed_and_not_ended() -> None:
    sealed = Seal(
        object=FRAME.address, by=cast.TURIN, at=cast.at(date(2024, 1, 2)), in_force_from=date(2024, 1, 2), signatures=()
    )
    proposed = Thread(owner=cast.TURIN, versions=(MEMORANDUM_RECORD,))
    with pytest.raises(MemorandumNotInForce):
        memorandum_for(proposed, cast.SPRING)
    assert memorandum_for(replace(proposed, seals=(sealed,)), cast.SPRING) == FRAME
    notice = Termination(
        object=FRAME.address, by=LYON, at=cast.at(date(2024, 2, 1)), reason="closing", last_day=date(2024, 2, 28)
    )
    with pytest.raises(MemorandumNotInForce):
        memorandum_for(replace(proposed, seals=(sealed,), terminations=(notice,)), cast.SPRING)


@pytest.mark.rule("R-MOU-10")
def test_an_agreement_keeps_its_terms_when_the_memorandum_ends_during_the_stay() -> None:
    """Edge case 24."""
    expired = framed(replace(MEMORANDUM, valid=Period(date(2024, 1, 1), date(2024, 5, 31))))
    june = date(2024, 6, 10)
    longer = replace(DRAFT, period=Period(cast.START, date(2024, 7, 5)))
    answer = cast.amendment(longer, memorandum=expired, on=june)
    assert answer.may
    assert ("R-MOU-10", "warning") in rules(answer)
    assert not proposal(longer, memorandum=expired, on=june).may


@pytest.mark.rule("R-LA-5")
def test_the_clause_that_home_recognises_must_be_there() -> None:
    assert reason_of(proposal(replace(DRAFT, will_recognise=False)).may) == ClauseMissing()


@pytest.mark.rule("R-LA-4", "R-LA-11")
def test_a_stay_has_a_last_day_that_is_not_before_its_first() -> None:
    assert reason_of(proposal(replace(DRAFT, period=Period(cast.START))).may) == EndMissing(start=cast.START)
    with pytest.raises(PeriodEndsBeforeItBegins):
        Period(cast.END, cast.START)


@pytest.mark.rule("R-LA-11")
def test_weeks_are_computed_and_cannot_be_typed() -> None:
    assert DRAFT.period.weeks == 8
    assert not [field.name for field in fields(LearningAgreement) if "week" in field.name]


@pytest.mark.rule("R-MOU-8")
@pytest.mark.parametrize(
    ("least", "most", "found"),
    [(2, 12, False), (8, 8, False), (9, None, True), (None, 7, True), (None, None, False)],
)
def test_a_stay_shorter_or_longer_than_the_memorandum_foresees_is_a_warning(
    least: int | None, most: int | None, found: bool
) -> None:
    answer = proposal(memorandum=framed(replace(MEMORANDUM, least_weeks=least, most_weeks=most)))
    assert answer.may
    assert (("R-MOU-8", "warning") in rules(answer)) is found


@pytest.mark.rule("R-LA-7")
def test_an_agreement_that_is_signed_after_the_start_is_a_warning_unless_it_says_so() -> None:
    """Edge case 23: the learner has already travelled."""
    assert rules(proposal(on=cast.START)) == [("R-LA-7", "warning")]
    assert rules(proposal(replace(DRAFT, retroactive=True), on=cast.START)) == [("R-LA-7", "flag")]
