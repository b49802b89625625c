"""The ledger: booked once, reversed by entries, never edited."""

from datetime import date

import pytest

from core.credit.cast import (
    AGREEMENT,
    ALBA,
    BARBER,
    CUT,
    CUTTING,
    DECIDED,
    DIMITRA,
    DONE,
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
    changed,
    compared,
    qualification,
    recognised,
    recorded,
    results,
    text,
    transcript,
    validated,
)
from ecvet.credit import EMPTY, EntryKind, Use, appeal, book, correct, refuse
from ecvet.credit.decision_errors import AlreadyBooked, NotFinal, NothingBooked
from ecvet.terms import Points, PointsNotComparable

LATER = date(2024, 9, 1)


def test_points_are_booked_once_however_often_the_booking_is_repeated() -> None:
    decision = recognised()
    once = book(EMPTY, decision, on=DECIDED)
    assert book(once, decision, on=LATER) == once
    (entry,) = once.entries
    assert (entry.key, entry.points, entry.decision) == ((ALBA, CUT, HAIR), Points.of(10), decision.address)
    assert once.points(ALBA, HAIR, "ecvet") == Points.of(10)


@pytest.mark.rule("R-RECOG-8")
def test_the_same_outcomes_are_not_booked_twice_even_if_two_decisions_say_so() -> None:
    """Edge case 16: two decisions made without knowing of each other."""
    once = book(EMPTY, recognised(), on=DECIDED)
    with pytest.raises(AlreadyBooked, match="cuts, measures"):
        book(once, recognised(on=LATER), on=LATER)


@pytest.mark.rule("R-POINTS-20")
def test_points_of_two_qualifications_and_of_two_systems_are_never_summed() -> None:
    both = book(
        book(EMPTY, recognised(), on=DECIDED), recognised(qualification=qualification(BARBER, cut="25")), on=DECIDED
    )
    assert (both.points(ALBA, HAIR, "ecvet"), both.points(ALBA, BARBER, "ecvet")) == (Points.of(10), Points.of(25))
    with pytest.raises(PointsNotComparable):
        both.points(ALBA, HAIR, "fi-osp")


def test_a_corrected_transcript_reverses_the_booking_with_an_entry_and_edits_nothing() -> None:
    """Edge case 21."""
    wrong = transcript()
    first = recognised(validated(wrong))
    booked = book(EMPTY, first, on=DECIDED)
    half = assessed(outcomes=results(measures=DONE))
    right = recorded(correct(wrong, (half,), AGREEMENT, units=(CUTTING,), issuer=HOST, links=HAIRDRESSER.units,
                             reason=text("Mixed up two learners")))  # fmt: skip
    anew = validated(right, comparison=compared(measures=YES, cuts=NO, advises=NO), on=LATER)
    reversal = recorded(refuse(anew, qualification=HAIRDRESSER, unit=CUTTING, institution=HOME, by=DIMITRA, on=LATER,
                               ground=GROUND, reasons=NOT_OURS, remedy=changed(REMEDY, appeal_until=None),
                               earlier=(first,), instead_of=first.address))  # fmt: skip
    after = book(booked, reversal, on=LATER, recognitions=(first, reversal))
    assert after.entries[: len(booked.entries)] == booked.entries
    assert [entry.kind for entry in after.entries] == [EntryKind.BOOKED, EntryKind.REVERSED]
    assert after.points(ALBA, HAIR, "ecvet") == Points.of(0)
    assert after.standing == ()
    assert book(after, reversal, on=LATER) == after
    smaller = recognised(anew, earlier=(first,), instead_of=first.address, on=LATER)
    replaced = book(booked, smaller, on=LATER, recognitions=(first, smaller))
    assert [entry.decision for entry in replaced.standing] == [smaller.address]


def test_an_open_decision_is_not_booked() -> None:
    open_one = recognised(remedy=REMEDY)
    with pytest.raises(NotFinal):
        book(EMPTY, open_one, on=DECIDED)
    complaint = recorded(appeal(open_one, text=text("Too few points"), by=ALBA, on=DECIDED))
    with pytest.raises(NotFinal):
        book(EMPTY, open_one, on=LATER, appeals=(complaint,))
    assert book(EMPTY, open_one, on=LATER).entries


def test_a_decision_changed_before_it_was_booked_needs_no_reversal() -> None:
    first = recognised(outcomes=frozenset(), reasons=NOT_OURS, remedy=REMEDY)
    complaint = recorded(appeal(first, text=text("Promised"), by=ALBA, on=DECIDED))
    second = recognised(appeal=complaint, earlier=(first,), on=LATER)
    assert [entry.kind for entry in book(EMPTY, second, on=LATER).entries] == [EntryKind.BOOKED]


def test_a_refusal_and_an_add_on_book_nothing() -> None:
    assert book(EMPTY, recognised(outcomes=frozenset(), reasons=NOT_OURS, remedy=REMEDY), on=LATER) == EMPTY
    assert book(EMPTY, recognised(use=Use.ADD_ON), on=DECIDED) == EMPTY


def test_a_reversal_of_something_never_booked_is_refused() -> None:
    first = recognised()
    second = recognised(earlier=(first,), instead_of=first.address, on=LATER)
    with pytest.raises(NothingBooked):
        book(EMPTY, second, on=LATER)
