"""Guests hear the calls for signatures too: the journal is followed for them with a cursor of their own."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.db import transaction

from ecvet.errors import EcvetError
from ecvet.partnership import Call
from ecvet_platform.guests.actions import reminding
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.journal.chain import Entry
from ecvet_platform.notices.actions.following import NEWS
from ecvet_platform.notices.store import notices as store

FOLLOWER: Final = "guests"
VERBS: Final = frozenset({"agreement.ask-again", *(f"agreement.{one.value}" for one in Call)})


def call_guests(*, batch: int = 200, most: int = 100_000) -> int:
    """Read the journal on for guests; how many were reminded. What is older than news is passed over."""
    made = read = 0
    while read < most:
        with transaction.atomic():
            entries = journal.read(after=store.hold_cursor(FOLLOWER), limit=batch)
            made += sum(_called(one) for one in entries)
            if entries:
                store.set_cursor(FOLLOWER, entries[-1].n)
        read += len(entries)
        if len(entries) < batch:
            break
    return made


def _called(entry: Entry) -> int:
    if entry.verb not in VERBS or entry.at < clock.now() - NEWS:
        return 0
    said, made = json.loads(entry.detail), 0
    until = date.fromisoformat(said["until"]) if said.get("until") else None
    for role in dict.fromkeys(_roles(said)):
        try:
            made += reminding.call(entry.subject, role, until=until)
        except EcvetError:  # what cannot be read any more holds up nobody
            continue
    return made


def _roles(said: dict[str, Any]) -> Iterator[str]:
    """Those whose signature was missing: one of a call, or all of a request that was sent again."""
    if "role" in said:
        yield said["role"]
    yield from (one["role"] for one in said.get("missing", ()))
