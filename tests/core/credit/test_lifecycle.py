"""The two tables of 7.3 and 7.4: what may follow, whose step it is, and that silence is never acceptance."""

from datetime import date, timedelta

import pytest

from ecvet.credit import FUNCTION_NEEDED, RECOGNITION, RESULT, RecognitionState, ResultState, Role, Verb, overdue
from ecvet.partnership.institution import Function
from ecvet.record import Lifecycle, StepNotPossible, StepNotYours

S = RecognitionState
DUE = date(2024, 8, 1)
GRANTS = {S.VALIDATED, S.RECOGNISED, S.PARTLY_RECOGNISED, S.CHANGED, S.UPHELD, S.BOOKED, S.COMPLETE, S.AWARDED}


@pytest.mark.parametrize("table", [RESULT, RECOGNITION], ids=lambda table: table.thing)
def test_every_state_can_be_reached_and_every_arrow_is_drawn_once(table: Lifecycle[ResultState]) -> None:
    reached: set[ResultState | None] = {None}
    while True:
        more = {step.to for step in table.steps if step.state in reached} - reached
        if not more:
            break
        reached |= more
    states = set(ResultState if table.thing == "result" else RecognitionState)
    assert reached - {None} == states
    assert len({(step.state, step.verb) for step in table.steps}) == len(table.steps)
    assert all(step.by <= {role.value for role in Role} for step in table.steps)


def test_the_way_from_open_to_awarded_is_the_story() -> None:
    state: ResultState | None = None
    for verb in (Verb.AGREE, Verb.ASSESS, Verb.TRANSFER, Verb.ACKNOWLEDGE):
        state = RESULT.after(state, verb)
    assert state is ResultState.ACKNOWLEDGED
    target: RecognitionState | None = None
    for verb in (Verb.EXPECT, Verb.VALIDATE, Verb.RECOGNISE, Verb.BECOME_FINAL, Verb.BOOK, Verb.COMPLETE, Verb.AWARD):
        target = RECOGNITION.after(target, verb)
    assert target is S.AWARDED
    assert RECOGNITION.is_final(S.AWARDED)


def test_a_step_at_the_wrong_time_or_by_the_wrong_side_is_refused() -> None:
    with pytest.raises(StepNotPossible, match="awaited"):
        RECOGNITION.after(S.AWAITED, Verb.RECOGNISE)
    with pytest.raises(StepNotYours):
        RECOGNITION.after(S.AWAITED, Verb.VALIDATE, Role.HOSTING)
    with pytest.raises(StepNotYours):
        RESULT.after(ResultState.OPEN, Verb.ASSESS, Role.HOME)
    assert RECOGNITION.after(S.AWAITED, Verb.VALIDATE, Role.AWARDING) is S.VALIDATED


@pytest.mark.rule("R-RECOG-5")
def test_neither_the_calendar_nor_the_learner_nor_the_host_ever_grants_anything() -> None:
    for step in RECOGNITION.steps:
        if step.to in GRANTS:
            assert not step.by & {Role.CALENDAR, Role.LEARNER, Role.HOSTING}, step


@pytest.mark.rule("R-RECOG-5")
def test_no_answer_by_the_deadline_leads_to_a_reminder_then_to_escalation_and_never_to_acceptance() -> None:
    late = DUE + timedelta(days=1)
    assert overdue(S.AWAITED, due=DUE, on=DUE) is None
    assert overdue(S.AWAITED, due=None, on=late) is None
    assert overdue(S.AWAITED, due=DUE, on=late) is Verb.REMIND
    assert overdue(S.MORE_EVIDENCE, due=DUE, on=late) is Verb.REMIND
    assert overdue(S.REMINDED, due=DUE, on=late) is None
    assert overdue(S.REMINDED, due=DUE, on=DUE + timedelta(days=31)) is Verb.ESCALATE
    assert overdue(S.ESCALATED, due=DUE, on=DUE + timedelta(days=999)) is None
    assert overdue(S.RECOGNISED, due=DUE, on=DUE + timedelta(days=999)) is None
    waiting = (S.AWAITED, S.REMINDED, S.ESCALATED, S.MORE_EVIDENCE)
    silent = [step.to for step in RECOGNITION.steps if step.state in waiting and Role.CALENDAR in step.by]
    assert set(silent) == {S.REMINDED, S.ESCALATED}


@pytest.mark.rule("R-RECOG-14")
def test_each_deciding_verb_names_the_function_it_needs() -> None:
    for step in (*RESULT.steps, *RECOGNITION.steps):
        needed = FUNCTION_NEEDED.get(Verb(step.verb))
        if step.to in {S.VALIDATED, S.NOT_VALIDATED}:
            assert needed is Function.VALIDATE
        if step.to in {S.RECOGNISED, S.PARTLY_RECOGNISED, S.REFUSED, S.UPHELD, S.CHANGED, S.REVERSED}:
            assert needed is Function.RECOGNISE
        if step.to in {ResultState.ASSESSED, ResultState.CORRECTED}:
            assert needed is Function.ASSESS
    assert FUNCTION_NEEDED[Verb.AWARD] is Function.AWARD


def test_a_corrected_transcript_reopens_every_decision_to_review() -> None:
    """Edge case 21."""
    decided = set(S) - {S.AWAITED, S.REMINDED, S.ESCALATED, S.MORE_EVIDENCE, S.AWARDED}
    assert {RECOGNITION.after(state, Verb.CORRECT, Role.HOSTING) for state in decided} == {S.REVIEW}
    for state in (S.AWAITED, S.REMINDED, S.ESCALATED, S.MORE_EVIDENCE):
        assert RECOGNITION.after(state, Verb.CORRECT) is state
