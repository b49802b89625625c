"""`python -m django pass_day`: once a day, for what the passing of days brings to credit."""

from typing import Any

from django.core.management.base import BaseCommand
from django.template.defaultfilters import pluralize

from ecvet_platform.credit.actions.calendar import pass_day


class Command(BaseCommand):
    """Books what has become final, reminds of what is late, and escalates what stays so."""

    help = "Book decisions that have become final; remind of late ones and escalate them. Run it once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say how much was done."""
        found = pass_day()
        final, late, new = found.final, found.late, found.in_force
        self.stdout.write(
            f"{final} decision{pluralize(final)} became final; "
            f"{late} late one{pluralize(late)} {pluralize(late, 'was,were')} reminded of or escalated; "
            f"{new} version{pluralize(new)} of {pluralize(new, 'a qualification,qualifications')} came into force."
        )
