"""The entry of the journal as a value, its hash, and the walk that proves a chain. Pure: no table, no clock."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from ecvet.record import Address, Json, address_of, canonical, plain
from ecvet.record.errors import NotCanonical
from ecvet.saying import say
from ecvet.terms import Identifier
from ecvet_platform.journal.errors import JournalBroken

BEGINNING: Final = Address("sha-256:" + "0" * 64)
"""What the first entry names as the hash of the entry before it."""


class By(Protocol):
    """Who acts, as far as the journal needs to know: every `Actor` fits."""

    @property
    def person(self) -> Identifier:
        """The person's identifier."""
        ...

    @property
    def institution(self) -> Identifier | None:
        """The institution for which the person acts."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened. `verb` is dotted (`agreement.sign`), `subject` a thread or an identifier.

    `detail` is canonical JSON; `prev` the hash of the entry before.
    """

    n: int
    at: datetime
    person: Identifier
    institution: Identifier | None
    verb: str
    subject: Identifier
    record: Address | None
    detail: str
    prev: Address
    hash: Address

    @property
    def details(self) -> Json:
        """The detail, read."""
        found: Json = json.loads(self.detail)
        return found


def hash_of(entry: Entry) -> Address:
    """The SHA-256 of the entry's canonical bytes; the detail enters by its own hash: a witness need not see it."""
    members: dict[str, object] = {
        "n": entry.n,
        "at": entry.at,
        "person": entry.person,
        "institution": entry.institution,
        "verb": entry.verb,
        "subject": entry.subject,
        "record": entry.record,
        "detail": address_of(entry.detail.encode()),
        "prev": entry.prev,
    }
    return address_of(canonical({name: plain(one) for name, one in members.items() if one is not None}))


def prove(entries: Iterable[Entry], *, after: int = 0, prev: Address = BEGINNING) -> tuple[int, Address]:
    """Walk the entries that follow `after`; number and hash of the last. Raises `JournalBroken` at the first fault."""
    for entry in entries:
        after += 1
        if entry.n != after:
            raise JournalBroken(n=after, why=say("it is missing; the next one is {n}", n=entry.n))
        if entry.prev != prev:
            raise JournalBroken(n=entry.n, why=say("it does not name the hash of the entry before it"))
        try:
            fits = hash_of(entry) == entry.hash
        except (NotCanonical, TypeError):
            fits = False
        if not fits:
            raise JournalBroken(n=entry.n, why=say("its content is not what was written"))
        prev = entry.hash
    return after, prev
