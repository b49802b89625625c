"""One run of everything that is told: the calls that today brings, what the journal says, the letters."""

from dataclasses import dataclass
from typing import Final

from django.db import transaction

from ecvet_platform.credentials.actions import ending
from ecvet_platform.institutions.actions import answering
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import asking
from ecvet_platform.notices.actions import following, letters
from ecvet_platform.notices.store import notices as store

CALLS: Final = "calls"
"""The name under which the day is kept whose calls were made."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a run did."""

    calls: int
    noted: int
    letters: int
    failed: int


def tell() -> Told:
    """Call those whose signature is missing or whose key ends, note what is to be told, send what is due.

    Any number of times a day.
    """
    calls = _calls()
    noted = following.follow()
    sent = letters.send()
    return Told(calls=calls, noted=noted, letters=sent.letters, failed=sent.failed)


def _calls() -> int:
    """The calls of today, once a day; those that a run did not come to are made by the next one."""
    today = clock.today().toordinal()
    with transaction.atomic():
        if store.hold_cursor(CALLS) >= today:
            return 0
    made = answering.call_day() + asking.call_day() + ending.call_day()
    with transaction.atomic():
        store.set_cursor(CALLS, max(store.hold_cursor(CALLS), today))
    return made
