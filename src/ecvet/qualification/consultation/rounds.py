"""When a consultation is open, and what may be done with it. Days are those of the institution's calendar."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from ecvet.qualification.consultation.errors import (
    CommentsUnanswered,
    ConsultationClosed,
    ConsultationOver,
    ConsultationRunning,
    DeadlineUnusable,
    MinimumTooSmall,
)
from ecvet.terms import Failure, Success

LEAST_MINIMUM: Final = 3
"""No consultation may show groups smaller than this once somebody in them asked to be anonymous."""


class State(StrEnum):
    """Where a consultation stands. `OVER` is past its deadline: no answers are taken, but it can be prolonged."""

    OPEN = "open"
    OVER = "over"
    CLOSED = "closed"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of consultation: until when (that day included), when it was closed, when its report was made."""

    opened: date
    deadline: date
    closed: date | None = None
    reported: date | None = None

    def state(self, on: date) -> State:
        """Where it stands on a day."""
        if self.reported is not None:
            return State.REPORTED
        if self.closed is not None:
            return State.CLOSED
        return State.OPEN if on <= self.deadline else State.OVER


def may_open(deadline: date, minimum: int, *, on: date) -> Success | Failure:
    """Whether a consultation may be opened today until a day, showing no group smaller than `minimum`."""
    if deadline <= on:
        return Failure(DeadlineUnusable(deadline=deadline))
    if minimum < LEAST_MINIMUM:
        return Failure(MinimumTooSmall(minimum=minimum, least=LEAST_MINIMUM))
    return Success()


def may_respond(item: Round, on: date) -> Success | Failure:
    """Whether answers are taken, and people invited and reminded: on the last day still, and not once it is closed."""
    if item.state(on) is State.OPEN:
        return Success()
    return Failure(ConsultationOver(since=item.closed or item.deadline))


def may_prolong(item: Round, deadline: date, *, on: date, replies: int) -> Success | Failure:
    """Whether it may last longer: before it is closed, and before any comment has a reply."""
    if item.state(on) in (State.CLOSED, State.REPORTED) or replies:
        return Failure(ConsultationClosed(state=item.state(on).value if not replies else "answered"))
    return Success() if deadline > max(item.deadline, on) else Failure(DeadlineUnusable(deadline=deadline))


def may_close(item: Round, on: date) -> Success | Failure:
    """Whether it may be closed, before its deadline or after."""
    if item.state(on) in (State.OPEN, State.OVER):
        return Success()
    return Failure(ConsultationClosed(state=item.state(on).value))


def may_report(item: Round, on: date, *, unanswered: int) -> Success | Failure:
    """Whether the report may be made: when it is over and every comment has a reply."""
    match item.state(on):
        case State.OPEN:
            return Failure(ConsultationRunning(deadline=item.deadline))
        case State.REPORTED:
            return Failure(ConsultationClosed(state=State.REPORTED.value))
    return Failure(CommentsUnanswered(number=unanswered)) if unanswered else Success()
