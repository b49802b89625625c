"""Check a record by its address: what the QR code of a document leads to. Anybody who holds the document may ask.

The address is the hash of the record, so who knows it has the record or the document; it cannot be guessed. What is
told names institutions and no person.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from ecvet.record import Act, Address, Record, RecordType
from ecvet.terms import Identifier
from ecvet_platform.credentials.errors import RecordNotHere
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import store as records
from ecvet_platform.journal.errors import RecordUnknown

PRINTED: Final = (
    RecordType.MOU, RecordType.LEARNING_AGREEMENT, RecordType.TRANSCRIPT, RecordType.DECISION, RecordType.AWARD,
)  # fmt: skip
"""The records that are printed as documents; of others nothing is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One signature of an institution over the record."""

    institution: str
    act: Act
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRecord:
    """A record that is here: `later` says that its thread has a version after it, `persons` how many people signed."""

    address: Address
    type: RecordType
    version: int
    author: str
    on: date
    later: bool
    signatures: tuple[Spoken, ...]
    persons: int


def check(address: Address) -> KnownRecord:
    """What is known about the record at an address. Raises `RecordNotHere`."""
    try:
        found = records.record(address)
    except RecordUnknown as error:
        raise RecordNotHere(name=address) from error
    if found.type not in PRINTED:
        raise RecordNotHere(name=address)
    signed = records.signatures(address)
    known = register.institutions({found.author, *(one.signer for one in signed)})
    return KnownRecord(
        address=address, type=found.type, version=found.version, author=_name(found.author),
        on=found.created.date(), later=_has_later(found),
        signatures=tuple(
            Spoken(institution=str(known[one.signer].name), act=one.act, at=one.at)
            for one in signed if one.signer in known
        ),
        persons=len({one.signer for one in signed if one.signer not in known}),
    )  # fmt: skip


def _has_later(found: Record) -> bool:
    return any(one.prev == found.address for one in records.history(found.thread))


def _name(author: Identifier) -> str:
    known = register.institutions((author,))
    return str(known[author].name) if author in known else ""
