"""The stay as it happened: states, roles, actual dates, early ends, interruptions, extensions."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mobility import cast
from core.mobility.cast import ALBA, DRAFT, END, SPRING, START, STAY, event
from ecvet.errors import EcvetError
from ecvet.mobility import (
    STAY as LIFECYCLE,
)
from ecvet.mobility import (
    Ending,
    LearningAgreement,
    MobilityEvent,
    Reason,
    Remainder,
    Role,
    State,
    Stay,
    Verb,
    after,
    befall,
    ending,
    may_tell,
    remarks,
    stay_of,
)
from ecvet.mobility.errors import NoVersionInForce
from ecvet.mobility.stay_errors import (
    EndsBeforeAgreed,
    EventOfAnotherStay,
    EventOfAnotherVersion,
    EventOutOfOrder,
    NotBeforeAgreedEnd,
    ReasonMissing,
)
from ecvet.record import Recorded, RecordType, StepNotPossible, StepNotYours, record, value
from ecvet.terms import Failure, Identifier, Period

AGREED: Final = Recorded(DRAFT, cast.versions(DRAFT)[0].address)
PLANNED: Final = (event(Verb.PLAN, SPRING, Role.HOME),)
READY: Final = (*PLANNED, event(Verb.CONFIRM, SPRING, Role.HOME, agreement=AGREED.address))
STARTED: Final = (*READY, event(Verb.START, START, agreement=AGREED.address))
MAY, JUNE = date(2024, 5, 20), date(2024, 6, 3)


def reason_of(answer: object) -> object:
    return answer.reason if isinstance(answer, Failure) else None


def test_a_stay_runs_from_planned_to_closed() -> None:
    events = [*STARTED, event(Verb.END, END), event(Verb.CLOSE, END, Role.HOME)]
    states = [stay_of(events[: count + 1]).state for count in range(len(events))]
    assert states == ["planned", "ready", "started", "ended", "closed"]
    assert LIFECYCLE.is_final(State.CLOSED)


@pytest.mark.parametrize(
    ("events", "verb", "by"),
    [
        (PLANNED, Verb.CONFIRM, Role.HOSTING),
        (READY, Verb.START, Role.HOME),
        (READY, Verb.START, Role.LEARNER),
        (STARTED, Verb.END, Role.HOME),
        (READY, Verb.MISS, Role.HOME),
        (STARTED, Verb.INTERRUPT, Role.LEARNER),
        ((*STARTED, event(Verb.END, END)), Verb.CLOSE, Role.HOSTING),
        ((), Verb.PLAN, Role.HOSTING),
    ],
)
def test_what_happened_is_told_by_the_host_and_what_is_decided_by_home(
    events: tuple[MobilityEvent, ...], verb: Verb, by: Role
) -> None:
    with pytest.raises(StepNotYours):
        after(stay_of(events), event(verb, END, by, Reason.ILLNESS))


def test_an_impossible_event_is_refused_and_changes_nothing() -> None:
    ready = stay_of(READY)
    with pytest.raises(StepNotPossible) as refusal:
        after(ready, event(Verb.RESUME, START))
    assert "start" in refusal.value.what_to_do
    assert ready == stay_of(READY)


@given(st.lists(st.tuples(st.sampled_from(Verb), st.sampled_from(Role), st.integers(0, 90)), max_size=12))
def test_whatever_is_told_a_refused_event_leaves_the_stay_as_it_was(told: list[tuple[Verb, Role, int]]) -> None:
    stay = Stay()
    for verb, role, days in told:
        tried = event(verb, SPRING + timedelta(days=days), role, Reason.ILLNESS)
        try:
            new = after(stay, tried)
        except EcvetError:
            assert stay == stay_of(stay.events)
            continue
        assert new.events == (*stay.events, tried)
        stay = new
    assert stay_of(stay.events) == stay
    assert all(one.end is not None for one in stay.interruptions) or stay.state == State.INTERRUPTED


def test_events_are_told_in_the_order_of_their_days() -> None:
    with pytest.raises(EventOutOfOrder):
        after(stay_of(STARTED), event(Verb.INTERRUPT, START - timedelta(days=1), reason=Reason.ILLNESS))


def test_an_event_of_another_stay_is_refused() -> None:
    with pytest.raises(EventOfAnotherStay):
        after(stay_of(READY), replace(event(Verb.START, START), stay=cast.MEMORANDUM_THREAD))


def test_actual_dates_are_facts_of_the_host_and_no_part_of_the_plan() -> None:
    late = START + timedelta(days=2)
    stay = stay_of([*READY, event(Verb.START, late), event(Verb.END, END)])
    assert (stay.arrived, stay.left) == (late, END)
    assert DRAFT.period == Period(START, END)
    assert not {"arrived", "left", "actual"} & {field.name for field in fields(LearningAgreement)}


def test_an_event_is_a_record_that_is_read_back_as_it_was_written() -> None:
    told = event(Verb.END_EARLY, JUNE, reason=Reason.FORCE_MAJEURE, remainder=Remainder.LATER)
    made = record(told, thread=STAY, author=cast.LYON, at=cast.at(JUNE))
    assert made.type is RecordType.MOBILITY_EVENT
    assert value(MobilityEvent, made.terms) == told


@pytest.mark.parametrize("verb", [Verb.CANCEL, Verb.INTERRUPT, Verb.END_EARLY])
def test_a_cancellation_an_interruption_and_an_early_end_need_a_reason(verb: Verb) -> None:
    """Edge case 6: the reason of an early end is lost."""
    with pytest.raises(ReasonMissing):
        event(verb, JUNE)


def test_an_early_end_keeps_its_reason_and_is_never_told_as_an_ordinary_end() -> None:
    """Edge case 6: the reason of an early end is lost."""
    ordinary = event(Verb.END, JUNE, agreement=AGREED.address)
    assert reason_of(may_tell(ordinary, AGREED)) == EndsBeforeAgreed(on=JUNE, end=END)
    early = event(Verb.END_EARLY, JUNE, reason=Reason.BREACH, agreement=AGREED.address)
    assert may_tell(early, AGREED)
    assert stay_of([*STARTED, early]).reason == Reason.BREACH
    punctual = event(Verb.END_EARLY, END, reason=Reason.BREACH, agreement=AGREED.address)
    assert reason_of(may_tell(punctual, AGREED)) == NotBeforeAgreedEnd(on=END, end=END)
    assert may_tell(event(Verb.END, END, agreement=AGREED.address), AGREED)


def test_force_majeure_and_illness_blame_nobody() -> None:
    assert {reason for reason in Reason if reason.without_blame} == {Reason.FORCE_MAJEURE, Reason.ILLNESS}


@pytest.mark.rule("R-LA-12")
def test_a_stay_is_ready_only_with_an_agreement_in_force_and_events_name_that_version() -> None:
    assert reason_of(may_tell(event(Verb.CONFIRM, SPRING, Role.HOME), None)) == NoVersionInForce(on=SPRING)
    assert may_tell(READY[-1], AGREED)
    assert may_tell(event(Verb.START, START), None)
    assert isinstance(reason_of(may_tell(event(Verb.START, START), AGREED)), EventOfAnotherVersion)
    assert isinstance(reason_of(may_tell(STARTED[-1], None)), EventOfAnotherVersion)


@pytest.mark.rule("R-LA-7")
def test_an_arrival_without_an_agreement_is_recorded_and_remarked() -> None:
    """Edge case 23: the agreement was never fully signed, and the learner has travelled."""
    stay = stay_of([*PLANNED, event(Verb.START, START)])
    assert stay.state == State.STARTED
    assert [finding.rule for finding in remarks(stay, None)] == ["R-LA-7"]
    assert remarks(stay_of(STARTED), DRAFT.period) == ()


@pytest.mark.rule("R-LA-12")
def test_days_beyond_the_agreed_end_are_remarked() -> None:
    stay = stay_of([*STARTED, event(Verb.END, END + timedelta(days=3))])
    assert [finding.rule for finding in remarks(stay, DRAFT.period)] == ["R-LA-12"]
    assert remarks(stay, Period(START, END + timedelta(days=3))) == ()


def test_an_interrupted_stay_is_resumed_or_ended() -> None:
    interrupted = (*STARTED, event(Verb.INTERRUPT, MAY, reason=Reason.ILLNESS))
    assert stay_of(interrupted).interruptions == (Period(MAY),)
    resumed = stay_of([*interrupted, event(Verb.RESUME, JUNE)])
    assert resumed.state == State.STARTED
    assert resumed.interruptions == (Period(MAY, JUNE),)
    assert resumed.reason is None
    again = after(resumed, event(Verb.INTERRUPT, JUNE, reason=Reason.ILLNESS))
    assert again.interruptions == (Period(MAY, JUNE), Period(JUNE))
    ended = stay_of([*interrupted, event(Verb.END_EARLY, JUNE, Role.HOME, Reason.ILLNESS)])
    assert (ended.state, ended.left, ended.interruptions) == (State.ENDED, JUNE, (Period(MAY, JUNE),))


def test_a_stay_that_never_began_is_cancelled_or_missed() -> None:
    for by in (Role.HOME, Role.HOSTING, Role.LEARNER):
        stay = stay_of([*READY, event(Verb.CANCEL, MAY, by, Reason.LEARNERS_WISH)])
        assert (stay.state, stay.reason, stay.arrived) == (State.CANCELLED, Reason.LEARNERS_WISH, None)
        assert stay.events[-1].by == by
    assert stay_of([*READY, event(Verb.MISS, START)]).state == State.NO_SHOW
    with pytest.raises(StepNotPossible):
        after(stay_of(STARTED), event(Verb.CANCEL, END, Role.HOME, Reason.BREACH))


@pytest.mark.parametrize(
    ("left", "last", "how"),
    [(JUNE, END, Ending.EARLY), (END, END, Ending.AS_PLANNED), (date(2024, 7, 12), date(2024, 7, 12), Ending.EXTENDED)],
)
def test_an_end_is_as_planned_early_or_extended_by_the_dates_alone(left: date, last: date, how: Ending) -> None:
    verb = Verb.END_EARLY if left < last else Verb.END
    stay = stay_of([*STARTED, event(verb, left, reason=Reason.ILLNESS if left < last else None)])
    assert ending(stay, DRAFT.period, Period(START, last)) == how


def test_a_stay_that_goes_on_or_has_no_agreed_end_has_no_ending() -> None:
    assert ending(stay_of(STARTED), DRAFT.period, DRAFT.period) is None
    assert ending(stay_of([*STARTED, event(Verb.END, END)]), Period(START), DRAFT.period) is None


def test_force_majeure_in_a_region_befalls_every_stay_in_its_own_way() -> None:
    """Edge case 30: a bulk event with individual outcomes."""
    names = [Identifier(f"urn:uuid:00000000-0000-7000-8000-{number:012}") for number in range(4)]

    def own(events: tuple[MobilityEvent, ...], name: Identifier) -> Stay:
        return stay_of([replace(one, stay=name) for one in events])

    stays = {
        names[0]: own(STARTED, names[0]),
        names[1]: own(STARTED, names[1]),
        names[2]: own(READY, names[2]),
        names[3]: own((*STARTED, event(Verb.END_EARLY, MAY, reason=Reason.ILLNESS)), names[3]),
    }
    pattern = event(
        Verb.END_EARLY, JUNE, Role.HOME, Reason.FORCE_MAJEURE, remainder=Remainder.LATER, note=cast.text("flood")
    )
    answers = befall(stays, pattern, {names[1]: Remainder.VIRTUAL})
    told = {name: one for name, one in answers.items() if isinstance(one, MobilityEvent)}
    assert [(one.stay, one.verb, one.remainder) for one in told.values()] == [
        (names[0], Verb.END_EARLY, Remainder.LATER),
        (names[1], Verb.END_EARLY, Remainder.VIRTUAL),
        (names[2], Verb.CANCEL, Remainder.LATER),
    ]
    assert all(one.reason == Reason.FORCE_MAJEURE for one in told.values())
    assert after(stays[names[1]], told[names[1]]).remainder == Remainder.VIRTUAL
    assert isinstance(reason_of(answers[names[3]]), StepNotPossible)


def test_every_state_is_reached_and_the_diagram_shows_it() -> None:
    assert {step.to for step in LIFECYCLE.steps} == set(State)
    assert {step.verb for step in LIFECYCLE.steps} == set(Verb)
    assert "no_show: miss (hosting)" in LIFECYCLE.mermaid()


def test_the_age_of_a_learner_is_counted_in_full_years() -> None:
    assert cast.LEARNER.id == ALBA
    assert [cast.MINOR.age(day) for day in (date(2024, 5, 19), date(2024, 5, 20))] == [17, 18]
