"""Force majeure in a region: one reason and day, an outcome for each learner (edge case 30)."""

from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from core.mobility import cast
from core.mobility.cast import DRAFT, END, SPRING, START, event
from ecvet.mobility import (
    Affected,
    Fate,
    MobilityEvent,
    Reason,
    Remainder,
    Role,
    State,
    Stay,
    Verb,
    befall_each,
    fates,
    stay_of,
    usual_fate,
)
from ecvet.mobility.stay_errors import EventOutOfOrder, NotBeforeAgreedEnd
from ecvet.record import Recorded, StepNotPossible
from ecvet.terms import Failure, Identifier

AGREED: Final = Recorded(DRAFT, cast.versions(DRAFT)[0].address)
PLANNED: Final = (event(Verb.PLAN, SPRING, Role.HOME),)
STARTED: Final = (*PLANNED, event(Verb.CONFIRM, SPRING, Role.HOME), event(Verb.START, START))
JUNE: Final = date(2024, 6, 3)
NAMES: Final = [Identifier(f"urn:uuid:00000000-0000-7000-8000-{number:012}") for number in range(5)]


def stay(name: Identifier, *events: MobilityEvent) -> Stay:
    return stay_of([replace(one, stay=name) for one in events])


def affected(name: Identifier, events: tuple[MobilityEvent, ...], fate: Fate, **more: object) -> Affected:
    return Affected(stay=stay(name, *events), by=Role.HOME, agreement=AGREED, fate=fate, **more)  # type: ignore[arg-type]


def test_each_learner_has_an_outcome_of_her_own_with_one_reason_and_day() -> None:
    answers = befall_each({
        NAMES[0]: affected(NAMES[0], STARTED, Fate.CONTINUE),
        NAMES[1]: affected(NAMES[1], STARTED, Fate.INTERRUPT, remainder=Remainder.LATER),
        NAMES[2]: affected(NAMES[2], STARTED, Fate.END_EARLY, remainder=Remainder.VIRTUAL),
        NAMES[3]: affected(NAMES[3], PLANNED, Fate.CANCEL, remainder=Remainder.DROPPED),
    }, on=JUNE, reason=Reason.FORCE_MAJEURE, note=cast.text("flood"))  # fmt: skip
    told = [answers[name] for name in NAMES[1:4]]
    assert answers[NAMES[0]] is None
    assert all(isinstance(one, MobilityEvent) for one in told)
    assert [(one.verb, one.remainder) for one in told if isinstance(one, MobilityEvent)] == [
        (Verb.INTERRUPT, None), (Verb.END_EARLY, Remainder.VIRTUAL), (Verb.CANCEL, Remainder.DROPPED),
    ]  # fmt: skip
    assert {(one.on, one.reason, one.agreement) for one in told if isinstance(one, MobilityEvent)} == {
        (JUNE, Reason.FORCE_MAJEURE, AGREED.address)
    }


@pytest.mark.parametrize(
    ("events", "fate", "on", "why"),
    [
        (PLANNED, Fate.INTERRUPT, JUNE, StepNotPossible),
        (STARTED, Fate.CANCEL, JUNE, StepNotPossible),
        (STARTED, Fate.INTERRUPT, SPRING, EventOutOfOrder),
        (STARTED, Fate.END_EARLY, END, NotBeforeAgreedEnd),
        ((*STARTED, event(Verb.END, END)), Fate.END_EARLY, END, StepNotPossible),
    ],
)
def test_what_cannot_be_told_of_one_is_an_answer_with_its_reason(
    events: tuple[MobilityEvent, ...], fate: Fate, on: date, why: type[Exception]
) -> None:
    (answer,) = befall_each(
        {NAMES[0]: affected(NAMES[0], events, fate)}, on=on, reason=Reason.FORCE_MAJEURE
    ).values()  # fmt: skip
    assert isinstance(answer, Failure)
    assert isinstance(answer.reason, why)


@pytest.mark.parametrize(
    ("state", "by", "possible", "usual"),
    [
        (State.PLANNED, Role.HOME, {Fate.CONTINUE, Fate.CANCEL}, Fate.CANCEL),
        (State.READY, Role.HOSTING, {Fate.CONTINUE, Fate.CANCEL}, Fate.CANCEL),
        (State.STARTED, Role.HOME, {Fate.CONTINUE, Fate.INTERRUPT, Fate.END_EARLY}, Fate.INTERRUPT),
        (State.STARTED, Role.LEARNER, {Fate.CONTINUE}, Fate.CONTINUE),
        (State.INTERRUPTED, Role.HOSTING, {Fate.CONTINUE, Fate.END_EARLY}, Fate.CONTINUE),
        (State.ENDED, Role.HOME, {Fate.CONTINUE}, Fate.CONTINUE),
        (None, Role.HOME, {Fate.CONTINUE}, Fate.CONTINUE),
    ],
)
def test_what_is_possible_follows_from_the_table_of_the_stay(
    state: State | None, by: Role, possible: set[Fate], usual: Fate
) -> None:
    assert set(fates(state, by)) == possible
    assert usual_fate(state, by) is usual
