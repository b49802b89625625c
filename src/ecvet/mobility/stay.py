"""The state of a stay, folded from its events; an event that does not fit is refused and changes nothing (7.2).

Planned dates are read from the agreement in force and are stored nowhere else, so that a list can never show the dates
of an agreement that has been amended.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ecvet.errors import EcvetError
from ecvet.mobility.agreement import LearningAgreement
from ecvet.mobility.errors import NoVersionInForce
from ecvet.mobility.event import MobilityEvent, Reason, Remainder
from ecvet.mobility.lifecycle import STAY, State, Verb
from ecvet.mobility.stay_errors import (
    EndsBeforeAgreed,
    EventOfAnotherStay,
    EventOfAnotherVersion,
    EventOutOfOrder,
    NotBeforeAgreedEnd,
)
from ecvet.record import Recorded
from ecvet.saying import say
from ecvet.terms import Failure, Finding, Identifier, Period, Severity, Success


class Ending(StrEnum):
    """How a stay ended, measured against what was agreed first and what was agreed last."""

    AS_PLANNED = "as planned"
    EARLY = "early"
    EXTENDED = "extended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """What the events so far say. `arrived` and `left` are actual days; `reason` that of the last stop or early end."""

    state: State | None = None
    arrived: date | None = None
    left: date | None = None
    interruptions: tuple[Period, ...] = ()
    reason: Reason | None = None
    remainder: Remainder | None = None
    events: tuple[MobilityEvent, ...] = ()


def after(stay: Stay, event: MobilityEvent) -> Stay:
    """The stay after one more event; the stay given is unchanged.

    Raises `StepNotPossible`, `StepNotYours`, `EventOutOfOrder`, or `EventOfAnotherStay`.
    """
    if stay.events and event.stay != stay.events[0].stay:
        raise EventOfAnotherStay(stay=stay.events[0].stay, other=event.stay)
    state = STAY.after(stay.state, event.verb, event.by)
    if stay.events and event.on < stay.events[-1].on:
        raise EventOutOfOrder(verb=event.verb, on=event.on, before=stay.events[-1].verb, last=stay.events[-1].on)
    return replace(
        stay,
        state=state,
        arrived=event.on if event.verb == Verb.START else stay.arrived,
        left=event.on if state == State.ENDED else stay.left,
        interruptions=_interruptions(stay, event),
        reason=event.reason or (None if event.verb in (Verb.RESUME, Verb.END) else stay.reason),
        remainder=event.remainder or stay.remainder,
        events=(*stay.events, event),
    )


def stay_of(events: Iterable[MobilityEvent]) -> Stay:
    """The stay that these events, in the order in which they were told, amount to. Raises what `after` raises."""
    stay = Stay()
    for event in events:
        stay = after(stay, event)
    return stay


def may_tell(event: MobilityEvent, agreement: Recorded[LearningAgreement] | None) -> Success | Failure:
    """Whether the event fits the version of the agreement in force on its day, None while there is none.

    Only an agreement in force makes a stay ready; the event names that version; and an early end is never told as an
    ordinary one, because then its reason would be lost.
    """
    if agreement is None and event.verb == Verb.CONFIRM:
        return Failure(NoVersionInForce(on=event.on))
    if event.agreement != (agreement.address if agreement else None):
        found = agreement.address if agreement else "none"
        return Failure(EventOfAnotherVersion(named=event.agreement or "none", found=found))
    end = agreement.value.period.end if agreement else None
    if end is not None and event.verb == Verb.END and event.on < end:
        return Failure(EndsBeforeAgreed(on=event.on, end=end))
    if end is not None and event.verb == Verb.END_EARLY and event.on >= end:
        return Failure(NotBeforeAgreedEnd(on=event.on, end=end))
    return Success()


def ending(stay: Stay, first: Period, last: Period) -> Ending | None:
    """How the stay ended: `first` was agreed to begin with, `last` was in force at the end; None before the end."""
    if stay.left is None or first.end is None or last.end is None:
        return None
    if stay.left < last.end:
        return Ending.EARLY
    return Ending.EXTENDED if last.end > first.end else Ending.AS_PLANNED


def remarks(stay: Stay, plan: Period | None) -> tuple[Finding, ...]:
    """What a person should look at: a start without an agreement in force, or days beyond the agreed period."""
    found = []
    if stay.arrived is not None and any(one.verb == Verb.START and one.agreement is None for one in stay.events):
        found.append(
            Finding(
                "R-LA-7",
                Severity.WARNING,
                "agreement",
                say("The learner arrived on {arrived} before the agreement was in force.", arrived=stay.arrived),
                say("Let all parties sign it now, marked as retroactive."),
            )
        )
    if plan is not None and plan.end is not None and stay.left is not None and stay.left > plan.end:
        found.append(
            Finding(
                "R-LA-12",
                Severity.WARNING,
                "period",
                say("The learner left on {left}, after the agreed end on {end}.", left=stay.left, end=plan.end),
                say("Agree the extension in a new version, marked as retroactive."),
            )
        )
    return tuple(found)


def befall(
    stays: Mapping[Identifier, Stay], event: MobilityEvent, remainders: Mapping[Identifier, Remainder]
) -> Mapping[Identifier, MobilityEvent | Failure]:
    """One event that befalls many stays, such as force majeure in a region, with an outcome for each of them.

    `event` is a cancellation, an interruption or an early end and serves as the pattern; a stay that has not begun is
    cancelled, whatever the pattern says. `stays` and `remainders` are by the stay's identifier. The answer holds the
    event to be recorded for each stay, or the reason why nothing can befall it any more.
    """
    return {name: _befallen(name, stay, event, remainders.get(name)) for name, stay in stays.items()}


def _befallen(
    name: Identifier, stay: Stay, event: MobilityEvent, remainder: Remainder | None
) -> MobilityEvent | Failure:
    verb = Verb.CANCEL if stay.state in (State.PLANNED, State.READY) else event.verb
    own = replace(event, stay=name, verb=verb, remainder=remainder or event.remainder)
    try:
        after(stay, own)
    except EcvetError as error:
        return Failure(error)
    return own


def _interruptions(stay: Stay, event: MobilityEvent) -> tuple[Period, ...]:
    if event.verb == Verb.INTERRUPT:
        return (*stay.interruptions, Period(event.on))
    if stay.state == State.INTERRUPTED:
        return (*stay.interruptions[:-1], Period(stay.interruptions[-1].start, event.on))
    return stay.interruptions
