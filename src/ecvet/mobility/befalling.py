"""One event that befalls many stays, such as force majeure in a region, with an outcome for each (edge case 30).

The reason and the day are common to all. What it means is decided for each: one stay goes on, another is interrupted,
one ends early, one that has not begun is cancelled. Force majeure blames nobody: what was reached may be assessed, and
the remainder may become virtual or later (7.2).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from ecvet.errors import EcvetError
from ecvet.mobility.agreement import LearningAgreement, Role
from ecvet.mobility.event import MobilityEvent, Reason, Remainder
from ecvet.mobility.lifecycle import STAY, State, Verb
from ecvet.mobility.stay import Stay, after, may_tell
from ecvet.record import Recorded
from ecvet.terms import Failure, Identifier, LangString


class Fate(StrEnum):
    """What an event means for one stay."""

    CONTINUE = "continue"
    INTERRUPT = "interrupt"
    END_EARLY = "end early"
    CANCEL = "cancel"


_VERBS: Final = {Fate.INTERRUPT: Verb.INTERRUPT, Fate.END_EARLY: Verb.END_EARLY, Fate.CANCEL: Verb.CANCEL}
_USUAL: Final = {State.PLANNED: Fate.CANCEL, State.READY: Fate.CANCEL, State.STARTED: Fate.INTERRUPT}
_ENDS: Final = frozenset({Fate.END_EARLY, Fate.CANCEL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """One stay with what was decided for it: `by` is the role that tells it, `agreement` the version in force that day.

    `remainder` says what becomes of what is not reached; it counts only where the stay ends.
    """

    stay: Stay
    by: Role
    agreement: Recorded[LearningAgreement] | None
    fate: Fate
    remainder: Remainder | None = None


def fates(state: State | None, by: Role) -> tuple[Fate, ...]:
    """What an event can mean for a stay in this state when this role tells it; that it goes on is always possible."""
    possible = {step.verb for step in STAY.possible(state, by.value)}
    return (Fate.CONTINUE, *(fate for fate, verb in _VERBS.items() if verb in possible))


def usual_fate(state: State | None, by: Role) -> Fate:
    """What is proposed before a person has decided: not begun is cancelled, under way is interrupted."""
    found = _USUAL.get(state, Fate.CONTINUE) if state is not None else Fate.CONTINUE
    return found if found in fates(state, by) else Fate.CONTINUE


def befall_each(
    affected: Mapping[Identifier, Affected], *, on: date, reason: Reason, note: LangString | None = None
) -> Mapping[Identifier, MobilityEvent | Failure | None]:
    """By stay, the event to be told, the reason why it cannot be, or None where the stay goes on. Tells nothing."""
    return {name: _befallen(name, one, on, reason, note) for name, one in affected.items()}


def _befallen(
    name: Identifier, one: Affected, on: date, reason: Reason, note: LangString | None
) -> MobilityEvent | Failure | None:
    if one.fate is Fate.CONTINUE:
        return None
    event = MobilityEvent(
        stay=name, verb=_VERBS[one.fate], on=on, by=one.by, reason=reason, note=note,
        agreement=one.agreement.address if one.agreement else None,
        remainder=one.remainder if one.fate in _ENDS else None,
    )  # fmt: skip
    try:
        after(one.stay, event)
    except EcvetError as error:
        return Failure(error)
    answer = may_tell(event, one.agreement)
    return answer if isinstance(answer, Failure) else event
