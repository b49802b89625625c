"""What the passing of days brings: decisions become final and are booked, late ones are reminded of and escalated.

Nothing is ever granted by a day that has passed; silence is never acceptance (R-RECOG-5).
"""

from dataclasses import dataclass

from django.db import transaction

from ecvet.credit.lifecycle import RecognitionState, overdue
from ecvet.credit.lifecycle import Role as Taking
from ecvet_platform.credit.actions import booking, casework
from ecvet_platform.credit.store import cases
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.qualifications import actions as qualifications

_WAITING = (RecognitionState.AWAITED, RecognitionState.MORE_EVIDENCE, RecognitionState.REMINDED)


@dataclass(frozen=True, slots=True)
class Passed:
    """How much a day moved: versions that came into force, decisions that became final, reminders and escalations."""

    final: int
    late: int
    in_force: int = 0


@transaction.atomic
def pass_day(*, limit: int = 100_000) -> Passed:
    """Do what today brings; doing it twice on a day changes nothing more. For a daily task."""
    late, on = 0, clock.today()
    for case in cases.in_recognition(*(one.value for one in _WAITING), limit=limit):
        state = casework.recognition_state(case)
        verb = overdue(state, due=case.due, on=on) if state else None
        if verb is not None:
            casework.take(case, verb, Taking.CALENDAR)
            detail = {"unit": case.unit, "due": case.due}
            journal.write(f"credit.{verb.value}", by=booking.CALENDAR, subject=case.basis, detail=detail)
            late += 1
    return Passed(final=booking.settle_due(limit=limit), late=late, in_force=qualifications.come_into_force())
