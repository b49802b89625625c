"""Refusal and appeal, parts of units, corrections after recognition, and nothing counted twice."""

from datetime import date

import pytest

from albas_story import (
    CUT,
    CUTTING,
    DECIDED,
    GROUND,
    HAIR,
    Story,
    agreed,
    because,
    text,
    until,
)
from ecvet.credit.decision import Extent
from ecvet.credit.decision_errors import AlreadyRecognised, AppealTooLate, NotComplete, NothingAchieved, ReasonsMissing
from ecvet.credit.history import UnitRecords, recognition_state, result_state
from ecvet.credit.ledger import EntryKind
from ecvet.credit.recognition import Appeal, Recognition
from ecvet.credit.validation import Validation
from ecvet.record import Recorded, StepNotPossible
from ecvet.terms import Points
from ecvet_platform.credit.actions import accumulate, appeal, booking, reading, recognise, transcript
from ecvet_platform.credit.errors import TranscriptReplaced, TranscriptThere
from ecvet_platform.credit.store import cases, facts
from ecvet_platform.journal import store as records

LAST_DAY, LATER = date(2026, 8, 10), date(2026, 8, 20)


def case(story: Story) -> cases.Case:
    found = cases.of_learner(story.alba)
    assert len(found) == 1
    return found[0]


def refused(story: Story) -> Recorded[Recognition]:
    thread = story.agree()
    story.assess(thread)
    validation = story.validate(story.transfer(thread).address)
    return story.recognise(validation.address, outcomes=frozenset(), reasons=because(), remedy=until(LAST_DAY))


def test_a_refusal_has_reason_and_remedy_and_grants_nothing(story: Story) -> None:
    decision = refused(story)
    assert decision.value.extent is Extent.NONE
    assert case(story).recognition == "refused"
    with story.on(DECIDED):
        assert not accumulate.progress(story.alba, HAIR, actor=story.actor("Alba")).recognitions


def test_a_refusal_without_reason_is_not_possible_and_leaves_everything_as_it_was(story: Story) -> None:
    thread = story.agree()
    story.assess(thread)
    validation = story.validate(story.transfer(thread).address)
    with pytest.raises(ReasonsMissing):
        story.recognise(validation.address, outcomes=frozenset(), remedy=until(LAST_DAY))
    assert case(story).recognition == "validated"
    assert not facts.of_learner(story.alba, "recognition")


def test_an_appeal_leads_to_a_new_decision_and_the_old_one_stays(story: Story) -> None:
    first = refused(story)
    with story.on(DECIDED):
        lodged = appeal.appeal(first.address, text=text("I was assessed on both."), actor=story.actor("Alba"))
        second = recognise.answer_appeal(lodged.address, ground=GROUND, actor=story.actor("Dimitra"))
    assert second.value.extent is Extent.FULL
    assert second.value.after_appeal == lodged.address
    assert second.value.reverses == first.address
    assert records.recorded(first.address, Recognition) == first
    assert case(story).recognition == "unit complete"
    assert booking.of_learner(story.alba).standing[0].points == Points.of(10)


def test_an_appeal_after_its_last_day_is_too_late(story: Story) -> None:
    first = refused(story)
    with story.on(LATER), pytest.raises(AppealTooLate):
        appeal.appeal(first.address, text=text("Late"), actor=story.actor("Alba"))


def test_a_decision_is_booked_only_when_it_is_final(story: Story) -> None:
    refused(story)
    with story.on(DECIDED):
        assert booking.settle_due() == 0
    with story.on(LATER):
        assert booking.settle_due() == 1
        assert booking.settle_due() == 0
    assert case(story).recognition == "final"
    assert not booking.of_learner(story.alba).entries


def test_a_part_of_a_unit_is_recognised_without_points(story: Story) -> None:
    thread = story.agree(agreed(CUTTING, "measures"))
    story.assess(thread, only=frozenset({"measures"}))
    decision = story.recognise(story.validate(story.transfer(thread).address).address)
    assert decision.value.extent is Extent.PARTIAL
    assert decision.value.points == Points.of(0)
    with story.on(DECIDED):
        found = accumulate.progress(story.alba, HAIR, actor=story.actor("Alba"))
        assert found.progress.complete is False
        with pytest.raises(NotComplete):
            accumulate.award(story.alba, HAIR, ground=GROUND, actor=story.actor("Dimitra"))


def test_what_was_not_achieved_is_not_validated(story: Story) -> None:
    thread = story.agree()
    story.assess(thread, failed=("measures", "cuts"))
    sent = story.transfer(thread)
    with pytest.raises(NothingAchieved):
        story.validate(sent.address)


def test_a_corrected_transcript_reopens_a_booked_unit_and_a_reversal_is_an_entry_of_its_own(story: Story) -> None:
    thread = story.agree()
    wrong = story.assess(thread)
    sent = story.transfer(thread)
    first = story.recognise(story.validate(sent.address).address)
    again = story.assess(thread, failed=("cuts",), repeats=wrong.address)
    with story.on(DECIDED):
        corrected = transcript.correct(
            thread, reason=text("The first was another learner's."), without=frozenset({wrong.address}),
            actor=story.actor("Chloé"),
        )  # fmt: skip
    assert case(story).recognition == "review"
    assert corrected.value.entries[0].assessments == (again.address,)
    with pytest.raises(TranscriptReplaced):
        story.validate(sent.address)
    validation = story.validate(corrected.address)
    assert validation.value.repeats
    second = story.recognise(validation.address, reasons=because(), remedy=until(LAST_DAY))
    assert second.value.reverses == first.address
    with story.on(LATER):
        booking.settle_due()
    ledger = booking.of_learner(story.alba)
    assert [one.kind for one in ledger.entries] == [EntryKind.BOOKED, EntryKind.REVERSED, EntryKind.BOOKED]
    assert ledger.points(story.alba, HAIR, "ecvet") == Points.of(0)
    assert ledger.standing[0].outcomes == {"measures"}


@pytest.mark.rule("R-RECOG-8")
def test_nothing_is_counted_twice(story: Story) -> None:
    story.through(story.agree())
    # R-LA-14 keeps the same outcomes from being agreed again; an own achievement of the unit does not count beside it
    story.own(CUTTING)
    with story.on(DECIDED):
        found = accumulate.progress(story.alba, HAIR, actor=story.actor("Alba"))
    assert found.progress.counted_points == 10
    with pytest.raises((StepNotPossible, AlreadyRecognised)):
        story.recognise(case(story).validated or "")  # type: ignore[arg-type]
    assert len(booking.of_learner(story.alba).entries) == 1


def test_a_second_transcript_is_a_corrected_version(story: Story) -> None:
    thread = story.agree()
    story.assess(thread)
    story.transfer(thread)
    with pytest.raises(TranscriptThere):
        story.transfer(thread)


def test_the_states_in_the_index_are_those_that_the_records_amount_to(story: Story) -> None:
    first = refused(story)
    with story.on(DECIDED):
        lodged = appeal.appeal(first.address, text=text("No"), actor=story.actor("Alba"))
        recognise.answer_appeal(lodged.address, ground=GROUND, actor=story.actor("Dimitra"))
    found = case(story)
    ground = reading.ground(found.basis)
    known = UnitRecords(
        unit=CUT, assessments=reading.assessments(ground), transcripts=reading.transcripts(ground),
        validations=reading.values(facts.of_learner(story.alba, "validation"), Validation),
        recognitions=reading.recognitions(story.alba),
        appeals=reading.values(facts.of_learner(story.alba, "appeal"), Appeal),
        ledger=booking.of_learner(story.alba),
    )  # fmt: skip
    assert found.result == result_state(known)
    assert found.recognition == recognition_state(known, on=DECIDED)
