"""Appeal, review and reversal: a decision is only ever followed by another one (R-RECOG-14)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.credit.cast import (
    AGREEMENT,
    ALBA,
    BARBER,
    CUTTING,
    DECIDED,
    DIMITRA,
    DONE,
    ERIK,
    GROUND,
    HAIR,
    HAIRDRESSER,
    HOME,
    HOST,
    NO,
    NOT_OURS,
    REMEDY,
    YES,
    assessed,
    compared,
    qualification,
    recognised,
    recorded,
    results,
    text,
    transcript,
    validated,
)
from ecvet.credit import (
    Extent,
    Remedy,
    appeal,
    correct,
    in_effect,
    is_final,
    may_appeal,
    recognised_outcomes,
    refuse,
)
from ecvet.credit.decision_errors import AppealTooLate, DecisionReplaced, DecisionUnknown, NotYourDecision
from ecvet.credit.errors import DayInFuture
from ecvet.terms import Points

LAST = date(2024, 8, 10)
LATER = date(2024, 9, 1)


def refused() -> object:
    return recognised(outcomes=frozenset(), reasons=NOT_OURS, remedy=REMEDY)


def lodged(decision: object, on: date = LAST) -> object:
    return recorded(appeal(decision, text=text("The agreement promised it"), by=ALBA, on=on))  # type: ignore[arg-type]


def test_an_appeal_is_lodged_by_the_learner_and_until_its_last_day() -> None:
    """Edge case 22: the learner's remedy."""
    decision = refused()
    assert lodged(decision).value.decision == decision.address
    with pytest.raises(AppealTooLate):
        lodged(decision, LAST + timedelta(days=1))
    with pytest.raises(NotYourDecision):
        appeal(decision, text=text("?"), by=ERIK, on=LAST)
    with pytest.raises(DayInFuture):
        lodged(decision, DECIDED - timedelta(days=1))


def test_a_decision_without_a_last_day_a_validation_and_a_transcript_can_be_contested_too() -> None:
    assert lodged(recognised(), LATER)
    assert lodged(validated(), LATER)
    assert may_appeal(transcript(), by=ALBA, on=LATER)


@pytest.mark.rule("R-RECOG-14")
def test_an_appeal_makes_a_new_decision_and_the_old_one_stays() -> None:
    first = refused()
    complaint = lodged(first)
    second = recognised(appeal=complaint, earlier=(first,), on=LATER)
    assert (second.value.after_appeal, second.value.reverses) == (complaint.address, first.address)
    assert (second.value.extent, second.value.points) == (Extent.FULL, Points.of(10))
    assert first.value.extent is Extent.NONE
    assert in_effect((first, second)) == (second,)


def test_a_full_recognition_can_be_decided_anew_after_an_appeal_without_counting_twice() -> None:
    first = recognised()
    second = recognised(appeal=lodged(first), earlier=(first,), on=LATER)
    assert second.value.outcomes == first.value.outcomes
    assert in_effect((second, first)) == (second,)


def test_an_appeal_against_the_validation_leads_to_another_validation_and_a_decision() -> None:
    refusal = validated(comparison=compared(measures=NO, cuts=NO, advises=NO), reasons=NOT_OURS)
    complaint = lodged(refusal)
    anew = validated(repeats=refusal.address, on=LATER)
    made = recognised(anew, appeal=complaint, on=LATER)
    assert (made.value.after_appeal, made.value.reverses) == (complaint.address, None)


def test_a_decision_that_is_unknown_or_replaced_is_not_replaced_again() -> None:
    first = refused()
    with pytest.raises(DecisionUnknown):
        recognised(appeal=lodged(first))
    elsewhere = recognised(qualification=qualification(BARBER))
    with pytest.raises(DecisionUnknown):
        recognised(instead_of=elsewhere.address, earlier=(first, elsewhere))
    second = recognised(appeal=lodged(first), earlier=(first,), on=LATER)
    with pytest.raises(DecisionReplaced):
        recognised(instead_of=first.address, earlier=(first, second), on=LATER)


def test_a_transcript_corrected_after_recognition_leads_to_a_reversal_or_a_smaller_recognition() -> None:
    """Edge case 21."""
    wrong = transcript()
    first = recognised(validated(wrong))
    half = assessed(outcomes=results(measures=DONE))
    right = recorded(correct(wrong, (half,), AGREEMENT, units=(CUTTING,), issuer=HOST, links=HAIRDRESSER.units,
                             reason=text("Mixed up two learners")))  # fmt: skip
    anew = validated(right, comparison=compared(measures=YES, cuts=NO, advises=NO), on=LATER)
    second = recognised(anew, earlier=(first,), instead_of=first.address, on=LATER)
    assert (second.value.extent, second.value.reverses) == (Extent.PARTIAL, first.address)
    assert recognised_outcomes((first, second), CUTTING.id) == {"measures"}
    reversal = recorded(refuse(anew, qualification=HAIRDRESSER, unit=CUTTING, institution=HOME, by=DIMITRA, on=LATER,
                               ground=GROUND, reasons=NOT_OURS, remedy=REMEDY, earlier=(first,),
                               instead_of=first.address))  # fmt: skip
    assert in_effect((first, reversal)) == ()


def test_a_decision_is_final_when_its_last_day_has_passed_and_no_appeal_is_open() -> None:
    decision = refused()
    complaint = lodged(decision)
    assert not is_final(decision, on=LAST)
    assert is_final(decision, on=LATER)
    assert not is_final(decision, on=LATER, appeals=(complaint,))
    answer = recognised(appeal=complaint, earlier=(decision,), on=LATER)
    assert is_final(decision, on=LATER, appeals=(complaint,), recognitions=(decision, answer))
    assert is_final(recognised(), on=DECIDED)
    assert is_final(recognised(remedy=Remedy(task=text("none"))), on=DECIDED)


@given(st.permutations(range(3)))
def test_what_stands_does_not_depend_on_the_order_in_which_decisions_are_read(order: list[int]) -> None:
    first = refused()
    second = recognised(appeal=lodged(first), earlier=(first,), on=LATER)
    third = recognised(validated(), instead_of=second.address, earlier=(first, second), on=LATER + timedelta(days=1))
    known = (first, second, third)
    assert in_effect(known[n] for n in order) == (third,)
    assert third.value.qualification == HAIR
