"""Writing into the journal and proving it. Every action of every room ends with `write`, in its own transaction."""

from collections.abc import Mapping

from ecvet.record import Address, canonical, plain
from ecvet.terms import Identifier
from ecvet_platform.journal import clock, store
from ecvet_platform.journal.chain import BEGINNING, By, Entry, prove


def write(
    verb: str, *, by: By, subject: Identifier, record: Address | None = None, detail: Mapping[str, object] | None = None
) -> Entry:
    """Say what has just been done, in the same transaction. `detail` holds plain values; None in it is left out."""
    members = {name: plain(one) for name, one in (detail or {}).items() if one is not None}
    draft = Entry(
        n=0, at=clock.now(), person=by.person, institution=by.institution, verb=verb, subject=subject,
        record=record, detail=canonical(members).decode(), prev=BEGINNING, hash=BEGINNING,
    )  # fmt: skip
    return store.append(draft)


def verify() -> tuple[int, Address]:
    """Recompute the whole chain; number and hash of its last entry. Raises `JournalBroken` naming the first fault."""
    return prove(store.walk())


def read(*, after: int = 0, limit: int = 1000, subject: Identifier | None = None) -> tuple[Entry, ...]:
    """What happened after entry number `after`, oldest first; followers keep the last `n` as their cursor."""
    return store.entries(after=after, limit=limit, subject=subject)
