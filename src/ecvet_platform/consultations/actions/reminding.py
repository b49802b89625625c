"""What a day brings to consultations: whoever has not answered is reminded before the last day, by nobody's click."""

from django.db import transaction

from ecvet.qualification.consultation import reminder_due
from ecvet_platform.consultations.actions import stakeholders
from ecvet_platform.consultations.naming import answer_here
from ecvet_platform.consultations.store import consultations
from ecvet_platform.consultations.store import stakeholders as store
from ecvet_platform.guests.naming import link_here
from ecvet_platform.institutions.actions import asking
from ecvet_platform.journal import clock
from ecvet_platform.people.roles import CALENDAR


def call_day() -> int:
    """Send today's reminders of all open consultations; how many. Twice a day sends none the second time.

    The days are those on which signatories are warned (`ECVET_WARN`).
    """
    on, before, sent = clock.today(), asking.intervals().warn, 0
    for item in consultations.open_on(on):
        for one in store.of_consultation(item.id):
            reminded = one.reminded.date() if one.reminded else None
            asked = one.invited.date()
            if one.submitted is None and reminder_due(
                item.round, asked=asked, reminded=reminded, before=before, on=on
            ):  # fmt: skip
                with transaction.atomic():
                    sent += stakeholders.remind_one(
                        item, one, link=link_here(), page=answer_here(item.id), actor=CALENDAR
                    )  # fmt: skip
    return sent
