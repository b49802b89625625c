"""Following the journal: what happened since the last time becomes what is to be told, each once for each person.

The journal is the outbox. What is noted and how far was read are kept in one transaction, so that a run that ends in
the middle loses nothing and doubles nothing.
"""

import json
import logging
from datetime import date, timedelta
from typing import Final

from django.db import transaction

from ecvet.errors import EcvetError
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.journal.chain import Entry
from ecvet_platform.notices.actions import audience
from ecvet_platform.notices.store import notices as store
from ecvet_platform.notices.store.notices import Notice
from ecvet_platform.notices.words import TOLD

FOLLOWER: Final = "notices"
NEWS: Final = timedelta(days=7)
"""What is older is no news: a server that begins to tell does not tell years."""

_log = logging.getLogger(__name__)


def follow(*, batch: int = 200, most: int = 100_000) -> int:
    """Read the journal on from where it was read last; how much is newly to be told. Bounded by `most` entries."""
    made = read = 0
    while read < most:
        count, new = _read_on(batch)
        made, read = made + new, read + count
        if count < batch:
            break
    return made


@transaction.atomic
def _read_on(batch: int) -> tuple[int, int]:
    entries = journal.read(after=store.hold_cursor(FOLLOWER), limit=batch)
    made = sum(store.note(notices(one)) for one in entries)
    if entries:
        store.set_cursor(FOLLOWER, entries[-1].n)
    return len(entries), made


def notices(entry: Entry) -> tuple[Notice, ...]:
    """What is to be told about an entry; nothing about what is old or concerns nobody.

    An entry about something that cannot be read any more tells nobody, and never holds up those after it.
    """
    found: dict[str, Notice] = {}
    if entry.at < clock.now() - NEWS:
        return ()
    for telling in TOLD.get(entry.verb, ()):
        try:
            people = audience.concerned(entry, telling.who)
        except EcvetError as error:
            _log.warning("nobody is told of entry %s of the journal: %s", entry.n, error.code)
            continue
        for person in sorted(people - found.keys()):
            found[person] = Notice(
                person=person, entry=entry.n, told=telling.key, subject=entry.subject, at=entry.at, until=_until(entry)
            )
    return tuple(found.values())


def _until(entry: Entry) -> date | None:
    said = json.loads(entry.detail).get("until")
    return date.fromisoformat(said) if isinstance(said, str) and len(said) == 10 else None
