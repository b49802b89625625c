"""What a thread has left to do for a role: read from mobility and credit, or by another room; decided by the core."""

from ecvet.errors import EcvetError
from ecvet.mobility import LearningAgreement, Matter, Role, State, Task, is_over, read, signatories
from ecvet.partnership import Thread, in_force, outstanding, proposed
from ecvet.record import Recorded
from ecvet.terms import Identifier
from ecvet_platform.credit.actions import reading
from ecvet_platform.guests.actions import errands
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import agreements
from ecvet_platform.mobility.store import agreements as stays


def shown(thread: Identifier, task: str) -> Recorded[LearningAgreement]:
    """The version that a task is about: the one that waits for signatures, else the one in force, else the last."""
    known, on = agreements.thread(thread), clock.today()
    waiting, current = proposed(known, on), in_force(known, on)
    first, second = (waiting, current) if task == Task.SIGN else (current, waiting)
    return read(first or second or known.versions[-1])


def over(thread: Identifier, role: str, task: str) -> bool:
    """Whether nothing is left to do in a role for a task."""
    errand = errands.of(task)
    if errand is not None:
        return errand.over(thread)
    return is_over(Role(role), Task(task), matter(thread, Role(role)))


def matter(thread: Identifier, role: Role) -> Matter:
    """What a thread has left to do for a role."""
    line = stays.line(thread)
    unassessed, issued = _credit(thread)
    return Matter(
        awaited=_awaited(agreements.thread(thread), role), stay=State(line.stay) if line and line.stay else None,
        unassessed=unassessed, issued=issued,
    )  # fmt: skip


def _awaited(known: Thread, role: Role) -> bool:
    waiting = proposed(known, clock.today())
    if waiting is None:
        return False
    missing = outstanding(known, waiting.address, signatories(read(waiting).value), clock.now())
    return any(one.role == role.value for one in missing)


def _credit(thread: Identifier) -> tuple[int, bool]:
    """How many units are not assessed, and whether the transcript was issued; nothing is before an agreement holds."""
    try:
        ground = reading.ground(thread)
    except EcvetError:
        return 0, False
    assessed = {one.value.unit for one in reading.assessments(ground)}
    left = [unit for unit in reading.units_of(ground) if unit.id not in assessed]
    return len(left), reading.transcript(ground) is not None
