"""What a partner without an account may do through a link, and when documents lock (R-EUR-2, R-EUR-3).

The link itself, its mail and its one-time code belong to the platform; here is only what it is good for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from ecvet.mobility.agreement import Role
from ecvet.mobility.lifecycle import STAY
from ecvet.mobility.stay_errors import DocumentsLocked, GuestLinkOver, GuestMayNot
from ecvet.terms import Failure, Identifier, Success

_SIGN: Final = frozenset({"accept", "reject", "withdraw"})
_RECORD: Final = frozenset({"assess", "issue"})


def _tells(role: Role) -> frozenset[str]:
    return frozenset(step.verb for step in STAY.steps if role in step.by)


GUEST_VERBS: Final[Mapping[Role, frozenset[str]]] = {
    Role.HOSTING: _SIGN | _RECORD | _tells(Role.HOSTING),
    Role.LEARNER: _SIGN | _tells(Role.LEARNER),
    Role.GUARDIAN: _SIGN,
    Role.INTERMEDIARY: _SIGN,
}
"""What a guest may do in a role; the home institution always works with an account. A host completes its part: it
signs, tells what happens during the stay, assesses and issues the transcript (R-EUR-2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestPass:
    """The right of one guest: one thread, one role, until a moment or until the task is done."""

    thread: Identifier
    role: Role
    until: datetime
    done: bool = False


def guest_may(guest: GuestPass, verb: str, *, thread: Identifier, at: datetime) -> Success | Failure:
    """Whether the guest may do this in the thread now, without an account (R-EUR-2)."""
    if guest.thread != thread or verb not in GUEST_VERBS.get(guest.role, frozenset()):
        return Failure(GuestMayNot(verb=verb, thread=thread))
    if guest.done:
        return Failure(GuestLinkOver(why="its task is done"))
    if at > guest.until:
        return Failure(GuestLinkOver(why=f"it was valid until {guest.until:%Y-%m-%d %H:%M} UTC"))
    return Success()


def may_change(project: str, final_report: date | None, on: date) -> Success | Failure:
    """Whether the documents of a project may still change: until its final report is submitted (R-EUR-3)."""
    if final_report is None or on < final_report:
        return Success()
    return Failure(DocumentsLocked(project=project, submitted=final_report))
