"""Certificates that end soon: those who look after the key are told, 60 days before and once more 14 days before."""

from django.db import transaction

from ecvet.credential.ended import warning
from ecvet_platform.credentials.actions.certifying import ANCHOR
from ecvet_platform.credentials.actions.keys import platform
from ecvet_platform.credentials.store import certificates
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people.roles import CALENDAR


@transaction.atomic
def call_day() -> int:
    """Tell of what ends soon, each warning once; how many were told. For a daily task."""
    made = 0
    for held, told in certificates.every_current():
        ends = held.certificate.not_valid_after_utc
        days = warning(ends, clock.today(), told)
        if days is None:
            continue
        verb = "platform.key-ends" if held.holder in (ANCHOR, platform()) else "credential.key-ends"
        journal.write(
            verb, by=CALENDAR, subject=held.holder,
            detail={"name": held.name, "until": ends.date().isoformat(), "days": days},
        )  # fmt: skip
        certificates.warn(held, days)
        made += 1
    return made
