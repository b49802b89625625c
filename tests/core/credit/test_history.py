"""States are derived from records, whatever order they are read in."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.credit.cast import (
    AGREEMENT,
    ALBA,
    COLOUR,
    COLOURING,
    COUPE,
    CUT,
    CUTTING,
    DECIDED,
    DIMITRA,
    DONE,
    FAILED,
    GROUND,
    HAIRDRESSER,
    HOME,
    HOST,
    HOST_UNIT,
    NO,
    NOT_OURS,
    REMEDY,
    SKIPPED,
    YES,
    agreed,
    agreement,
    assessed,
    changed,
    compared,
    recognised,
    recorded,
    results,
    text,
    transcript,
    validated,
)
from ecvet.credit import (
    EMPTY,
    RecognitionState,
    ResultState,
    UnitRecords,
    Verb,
    appeal,
    ask_for_evidence,
    book,
    correct,
    recognition_state,
    refuse,
    result_state,
)
from ecvet.record import Recorded, StepNotPossible

S, LATER, LAST = RecognitionState, date(2024, 9, 1), date(2024, 12, 1)


def corrected(wrong: Any, *assessments: Any, basis: Any = AGREEMENT) -> Any:
    return recorded(
        correct(
            wrong,
            assessments,
            basis,
            units=(CUTTING, COLOURING),
            issuer=HOST,
            links=HAIRDRESSER.units,
            reason=text("Mistake"),
        )
    )


def contested(decision: Recorded[Any], on: date = DECIDED) -> Any:
    return recorded(appeal(decision, text=text("I disagree"), by=ALBA, on=on))


def state(on: date = DECIDED, **records: Any) -> RecognitionState:
    return recognition_state(UnitRecords(unit=CUT, **records), on=on)


def test_a_result_is_open_assessed_issued_and_acknowledged() -> None:
    first, missed = assessed(), assessed(outcomes=results(cuts=SKIPPED))
    sent = transcript(first)
    assert result_state(UnitRecords(unit=CUT)) is ResultState.OPEN
    assert result_state(UnitRecords(unit=CUT, assessments=(missed,))) is ResultState.NOT_ASSESSED
    assert result_state(UnitRecords(unit=CUT, assessments=(first,))) is ResultState.ASSESSED
    assert result_state(UnitRecords(unit=COLOUR, assessments=(first,))) is ResultState.OPEN
    assert result_state(UnitRecords(unit=CUT, assessments=(first,), transcripts=(sent,))) is ResultState.ISSUED
    assert result_state(UnitRecords(unit=CUT, transcripts=(sent,))) is ResultState.ISSUED
    known = UnitRecords(unit=CUT, transcripts=(sent,), acknowledged=frozenset({sent.address}))
    assert result_state(known) is ResultState.ACKNOWLEDGED
    assert result_state(changed(known, appeals=(contested(sent),))) is ResultState.CONTESTED
    confirmed = changed(known, appeals=(contested(sent),), confirmed=frozenset({sent.address}))
    assert result_state(confirmed) is ResultState.ISSUED


def test_a_result_is_corrected_by_a_second_version_and_a_correction_of_another_unit_is_none() -> None:
    first, second = assessed(outcomes=results(measures=DONE, cuts=FAILED)), assessed(on=date(2024, 6, 25))
    sent = transcript(first)
    better = corrected(sent, first, second)
    records = UnitRecords(unit=CUT, assessments=(first, second), transcripts=(better, sent), appeals=(contested(sent),))
    assert result_state(records) is ResultState.CORRECTED
    both = recorded(agreement(agreed(), agreed(COLOURING)))
    cut, colour = assessed(both), assessed(both, COLOURING, outcomes=results(mixes=DONE))
    sent = transcript(cut, basis=both)
    longer = corrected(sent, cut, colour, basis=both)
    assert result_state(UnitRecords(unit=CUT, transcripts=(sent, longer))) is ResultState.ISSUED
    assert result_state(UnitRecords(unit=COLOUR, transcripts=(sent, longer))) is ResultState.ISSUED


def test_the_result_of_a_paired_hosting_unit_is_the_result_of_the_home_unit() -> None:
    paired = recorded(agreement(agreed(hosting_unit=COUPE)))
    made = assessed(paired, HOST_UNIT, outcomes=results(mesurer=DONE))
    records = UnitRecords(unit=CUT, assessed_units=frozenset({CUT, COUPE}), assessments=(made,))
    assert result_state(records) is ResultState.ASSESSED


def test_a_target_unit_is_awaited_validated_recognised_booked_complete_and_awarded() -> None:
    sent = transcript()
    done, decision = validated(sent), recognised()
    assert state() is S.AWAITED
    assert state(transcripts=(sent,)) is S.AWAITED
    assert state(transcripts=(sent,), nudges=(Verb.REMIND,)) is S.REMINDED
    assert state(transcripts=(sent,), nudges=(Verb.REMIND, Verb.ESCALATE)) is S.ESCALATED
    asked = recorded(
        ask_for_evidence(sent, AGREEMENT, unit=CUT, what=text("A photo"), by=DIMITRA, institution=HOME, on=DECIDED)
    )
    assert state(transcripts=(sent,), requests=(asked,)) is S.MORE_EVIDENCE
    assert state(transcripts=(sent,), requests=(asked,), validations=(done,)) is S.VALIDATED
    known = {"transcripts": (sent,), "validations": (done,), "recognitions": (decision,)}
    assert state(**known) is S.FINAL
    booked = book(EMPTY, decision, on=DECIDED)
    assert state(**known, ledger=booked) is S.COMPLETE
    assert state(**known, ledger=booked, awards=frozenset({decision.address})) is S.AWARDED
    waits = recognised(remedy=REMEDY)
    assert state(transcripts=(sent,), validations=(done,), recognitions=(waits,)) is S.RECOGNISED


def test_parts_stay_partly_recognised_until_the_rest_follows() -> None:
    half = transcript(assessed(outcomes=results(measures=DONE, cuts=FAILED)))
    done = validated(half, comparison=compared(measures=YES, cuts=NO, advises=NO))
    first = recognised(done, remedy=REMEDY)
    known: dict[str, Any] = {"transcripts": (half,), "validations": (done,), "recognitions": (first,)}
    assert state(**known) is S.PARTLY_RECOGNISED
    assert state(on=LATER, **known, ledger=book(EMPTY, first, on=LATER)) is S.BOOKED
    again = validated(half, comparison=compared(measures=YES, cuts=NO, advises=NO), on=LATER)
    assert state(on=LATER, **{**known, "validations": (done, again)}) is S.VALIDATED


def test_a_refusal_an_appeal_and_its_answer_follow_each_other() -> None:
    """Edge case 22."""
    sent = transcript()
    done = validated(sent)
    refusal = recognised(done, outcomes=frozenset(), reasons=NOT_OURS, remedy=REMEDY)
    known: dict[str, Any] = {"transcripts": (sent,), "validations": (done,)}
    assert state(**known, recognitions=(refusal,)) is S.REFUSED
    assert state(on=LATER, **known, recognitions=(refusal,)) is S.FINAL
    complaint = contested(refusal)
    assert state(on=LATER, **known, recognitions=(refusal,), appeals=(complaint,)) is S.APPEALED
    yes = recognised(done, appeal=complaint, earlier=(refusal,), on=LATER, remedy=changed(REMEDY, appeal_until=LAST))
    no = recognised(done, outcomes=frozenset(), reasons=NOT_OURS, remedy=changed(REMEDY, appeal_until=LAST),
                    appeal=complaint, earlier=(refusal,), on=LATER)  # fmt: skip
    assert state(on=LATER, **known, recognitions=(yes, refusal), appeals=(complaint,)) is S.CHANGED
    assert state(on=LATER, **known, recognitions=(refusal, no), appeals=(complaint,)) is S.UPHELD
    assert state(on=date(2025, 1, 1), **known, recognitions=(refusal, no), appeals=(complaint,)) is S.FINAL


def test_a_validation_that_was_refused_can_be_appealed_against_and_made_anew() -> None:
    sent = transcript()
    none = validated(sent, comparison=compared(measures=NO, cuts=NO, advises=NO), reasons=NOT_OURS)
    complaint = contested(none)
    assert state(transcripts=(sent,), validations=(none,)) is S.NOT_VALIDATED
    assert state(transcripts=(sent,), validations=(none,), appeals=(complaint,)) is S.APPEALED
    anew = validated(sent, repeats=none.address, on=LATER)
    assert state(transcripts=(sent,), validations=(anew, none), appeals=(complaint,)) is S.VALIDATED


def test_a_correction_after_recognition_reopens_it_and_a_reversal_follows() -> None:
    """Edge case 21."""
    wrong = transcript()
    done, first = validated(wrong), recognised()
    right = corrected(wrong, assessed(outcomes=results(measures=DONE)))
    known: dict[str, Any] = {"transcripts": (right, wrong), "ledger": book(EMPTY, first, on=DECIDED)}
    assert state(**known, validations=(done,), recognitions=(first,)) is S.REVIEW
    anew = validated(right, comparison=compared(measures=YES, cuts=NO, advises=NO), on=LATER)
    assert state(**known, validations=(done, anew), recognitions=(first,)) is S.VALIDATED
    back = recorded(refuse(anew, qualification=HAIRDRESSER, unit=CUTTING, institution=HOME, by=DIMITRA, on=LATER,
                           ground=GROUND, reasons=NOT_OURS, remedy=REMEDY, earlier=(first,),
                           instead_of=first.address))  # fmt: skip
    assert state(on=LATER, **known, validations=(done, anew), recognitions=(first, back)) is S.REVERSED


def test_home_can_reopen_its_own_decision() -> None:
    sent = transcript()
    done, first = validated(sent), recognised()
    second = recognised(earlier=(first,), instead_of=first.address, remedy=REMEDY)
    assert state(transcripts=(sent,), validations=(done,), recognitions=(second, first)) is S.RECOGNISED
    again = validated(sent, on=LATER, repeats=done.address)
    assert state(transcripts=(sent,), validations=(done, again), recognitions=(first,)) is S.VALIDATED


def test_records_that_could_not_have_come_about_are_refused() -> None:
    sent = transcript()
    done, first = validated(sent), recognised()
    twice = recognised(on=LATER)
    with pytest.raises(StepNotPossible):
        state(transcripts=(sent,), validations=(done,), recognitions=(first, twice))


@given(st.permutations(range(3)), st.permutations(range(2)))
def test_the_state_does_not_depend_on_the_order_of_reading(decisions: list[int], versions: list[int]) -> None:
    wrong = transcript()
    right = corrected(wrong, assessed(outcomes=results(measures=DONE)))
    done = validated(wrong)
    anew = validated(right, comparison=compared(measures=YES, cuts=NO, advises=NO), on=LATER)
    first = recognised(done)
    second = recognised(
        anew, earlier=(first,), instead_of=first.address, on=LATER, remedy=changed(REMEDY, appeal_until=LAST)
    )
    third = recognised(anew, outcomes=frozenset(), reasons=NOT_OURS, remedy=changed(REMEDY, appeal_until=LAST),
                       earlier=(first, second), instead_of=second.address, on=LATER)  # fmt: skip
    known, both = (first, second, third), (wrong, right)
    found = state(on=LATER, transcripts=tuple(both[n] for n in versions), validations=(anew, done),
                  recognitions=tuple(known[n] for n in decisions))  # fmt: skip
    assert found is S.REVERSED
