"""What somebody without an account may do through a link, who may invite, and when documents lock (R-EUR-2, R-EUR-3).

The link itself, its mail and its one-time code belong to the platform; here is only what it is good for: one thread,
one role, one task, and it is over when the task is done or the thread leaves nothing to do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from ecvet.mobility.agreement import LearningAgreement, Role
from ecvet.mobility.lifecycle import STAY, State
from ecvet.mobility.stay_errors import DocumentsLocked, GuestLinkOver, GuestMayNot, NotInvitable, PartyActsItself
from ecvet.saying import say
from ecvet.terms import Failure, Identifier, Success


class Task(StrEnum):
    """What a guest is invited for. `HOST` is the whole assessing part of a host that has nobody on this server."""

    SIGN = "sign"
    TELL = "tell"
    ASSESS = "assess"
    HOST = "host"


def _tells(role: Role) -> frozenset[str]:
    return frozenset(step.verb for step in STAY.steps if role in step.by)


_SIGN: Final = frozenset({"accept", "reject"})

GUEST_VERBS: Final[Mapping[tuple[Role, Task], frozenset[str]]] = {
    (Role.HOSTING, Task.SIGN): _SIGN,
    (Role.HOSTING, Task.TELL): _tells(Role.HOSTING),
    (Role.HOSTING, Task.ASSESS): frozenset({"assess"}),
    (Role.HOSTING, Task.HOST): frozenset({"assess", "issue"}),
    (Role.LEARNER, Task.SIGN): _SIGN,
    (Role.GUARDIAN, Task.SIGN): _SIGN,
    (Role.INTERMEDIARY, Task.SIGN): _SIGN,
}
"""What a guest may do in a role with a task; the home institution always works with an account. A host completes its
part: it signs, tells what happens during the stay, assesses and issues the transcript (R-EUR-2)."""

_AT_WORK: Final = frozenset({Task.TELL, Task.ASSESS})
"""Tasks for people at the workplace, whom the hosting institution may invite as well."""

_PERSONS: Final = frozenset({Role.LEARNER, Role.GUARDIAN})
_NO_STAY: Final = frozenset({State.CANCELLED, State.NO_SHOW, State.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestPass:
    """The right of one guest: one thread, one role, one task, until a moment or until the task is done."""

    thread: Identifier
    role: Role
    task: Task
    until: datetime
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a thread has left to do for a role: whether its signature is awaited, the stay, what is not assessed yet,
    and whether the transcript was issued."""

    awaited: bool
    stay: State | None
    unassessed: int
    issued: bool


def guest_may(guest: GuestPass, verb: str, *, thread: Identifier, at: datetime) -> Success | Failure:
    """Whether the guest may do this in the thread now, without an account (R-EUR-2)."""
    if guest.thread != thread or verb not in GUEST_VERBS.get((guest.role, guest.task), frozenset()):
        return Failure(GuestMayNot(verb=verb, thread=thread))
    if guest.done:
        return Failure(GuestLinkOver(why=say("its task is done")))
    if at > guest.until:
        return Failure(GuestLinkOver(why=say("it was valid until {until}", until=guest.until)))
    return Success()


def may_invite(
    agreement: LearningAgreement, role: Role, task: Task, *, by: Identifier, party_is_here: bool
) -> Success | Failure:
    """Whether an institution may invite somebody for a task in a role of its agreement.

    The home institution invites for every role; the hosting institution invites people at the workplace. For another
    institution that has people of its own here (`party_is_here`) nobody is invited by home: it signs and acts itself.
    """
    party = agreement.party(role)
    if (role, task) not in GUEST_VERBS or party is None:
        return Failure(NotInvitable(role=role, task=task))
    if by == party and task in _AT_WORK:
        return Success()
    if by != agreement.party(Role.HOME):
        return Failure(NotInvitable(role=role, task=task))
    if role not in _PERSONS and party_is_here:
        return Failure(PartyActsItself(role=role))
    return Success()


def is_over(role: Role, task: Task, matter: Matter) -> bool:
    """Whether nothing is left to do for a guest: the act is done, by whomever, or the thread has ended."""
    match task:
        case Task.SIGN:
            return not matter.awaited
        case Task.TELL:
            return not STAY.possible(matter.stay, role)
        case Task.ASSESS:
            return matter.issued or matter.stay in _NO_STAY or matter.unassessed == 0
        case Task.HOST:
            return matter.issued or matter.stay in _NO_STAY


def may_change(project: str, final_report: date | None, on: date) -> Success | Failure:
    """Whether the documents of a project may still change: until its final report is submitted (R-EUR-3)."""
    if final_report is None or on < final_report:
        return Success()
    return Failure(DocumentsLocked(project=project, submitted=final_report))
