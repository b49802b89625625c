"""Rows ↔ values of the journal: entries, records and signatures. What is kept here is never changed.

Appending is safe for any number of writers: on SQLite every transaction that may write holds the lock from its
beginning, on PostgreSQL the last entry is read under a lock that lasts until the commit. So numbers have no gaps and
readers with a cursor miss nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final, TypeVar

from django.db import IntegrityError, connection, transaction

from ecvet.record import Address, Record, Recorded, Signature, address_of, canonical, follows, from_bytes, plain, value
from ecvet.record import to_bytes as bytes_of
from ecvet.record.canonical import parse_canonical
from ecvet.record.errors import VersionDoesNotFollow
from ecvet.saying import say
from ecvet.terms import Identifier, require
from ecvet_platform.journal.chain import BEGINNING, Entry, hash_of
from ecvet_platform.journal.errors import RecordUnknown
from ecvet_platform.journal.models import EntryRow, RecordRow, SignatureRow

T = TypeVar("T")

_LOCK: Final = 0x6563766574  # "ecvet": the number of the advisory lock under which the chain grows
_MEMBERS: Final = ("n", "at", "person", "institution", "verb", "subject", "record", "detail", "prev", "hash")


# ------------------------------------------------------------- entries
def append(draft: Entry) -> Entry:
    """Chain a draft (its n, prev and hash are ignored) to the last entry. Only inside a transaction."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the journal is written in the transaction of what it tells")
    hold()
    n, prev = head_of_chain()
    placed = replace(draft, n=n + 1, prev=prev)
    entry = replace(placed, hash=hash_of(placed))
    EntryRow.objects.create(**{name: getattr(entry, name) for name in _MEMBERS})
    return entry


def hold() -> None:
    """Nobody else appends until this transaction ends; for who numbers what follows from entries."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def head_of_chain() -> tuple[int, Address]:
    """Number and hash of the last entry; partners may witness it."""
    last = EntryRow.objects.order_by("-n").values_list("n", "hash").first()
    return (last[0], Address(last[1])) if last else (0, BEGINNING)


def entries(*, after: int = 0, limit: int = 1000, subject: Identifier | None = None) -> tuple[Entry, ...]:
    """The entries that follow number `after`, oldest first: the outbox. `subject` narrows to one thread."""
    rows = EntryRow.objects.filter(n__gt=after)
    if subject is not None:
        rows = rows.filter(subject=subject)
    return tuple(Entry(**row) for row in rows.order_by("n").values(*_MEMBERS)[:limit])


def walk(*, batch: int = 5000) -> Iterator[Entry]:
    """All entries in order, read in batches."""
    after = 0
    while found := entries(after=after, limit=batch):
        yield from found
        after = found[-1].n


# ------------------------------------------------------------- records
def keep(item: Record, signatures: Iterable[Signature] = ()) -> Address:
    """Keep a record and its signatures; what is already here stays as it is. Raises `VersionDoesNotFollow`."""
    data = bytes_of(item)
    at = address_of(data)
    if not RecordRow.objects.filter(address=at).exists():
        _check_line(item)
        try:
            with transaction.atomic():
                RecordRow.objects.create(
                    address=at, type=item.type.value, thread=item.thread, version=item.version, prev=item.prev,
                    author=item.author, created=item.created, bytes=data,
                )  # fmt: skip
        except IntegrityError as error:
            raise VersionDoesNotFollow(
                why=say(
                    "version {version} of {thread} is already another one", version=item.version, thread=item.thread
                )
            ) from error
    for one in signatures:
        keep_signature(one)
    return at


def keep_signature(signature: Signature) -> Address:
    """Keep a detached signature over a record that is here. Raises `RecordUnknown`."""
    if not RecordRow.objects.filter(address=signature.object).exists():
        raise RecordUnknown(name=signature.object)
    data = canonical(plain(signature))
    at = address_of(data)
    row = SignatureRow(
        address=at, record_id=signature.object, signer=signature.signer, at=signature.at, bytes=data
    )  # fmt: skip
    SignatureRow.objects.bulk_create((row,), ignore_conflicts=True)
    return at


def record(address: Address) -> Record:
    """The record at an address. Raises `RecordUnknown`."""
    return _read(record_bytes(address))


def records(addresses: Iterable[Address]) -> tuple[Record, ...]:
    """The records at addresses, in that order, in one reading. Raises `RecordUnknown` for one that is not here."""
    return tuple(map(_read, _bytes(addresses)))


def values_of(addresses: Iterable[Address], cls: type[T]) -> tuple[T, ...]:
    """The values of type `cls` that the records at addresses carry, in that order, in one reading."""
    return tuple(_value(cls, data) for data in _bytes(addresses))  # type: ignore[arg-type]  # a class is hashable


def record_bytes(address: Address) -> bytes:
    """The bytes of a record exactly as they were kept. Raises `RecordUnknown`."""
    data = RecordRow.objects.filter(address=address).values_list("bytes", flat=True).first()
    if data is None:
        raise RecordUnknown(name=address)
    return bytes(data)


def recorded(address: Address, cls: type[T]) -> Recorded[T]:
    """The value of type `cls` that the record at an address carries. Raises `RecordUnknown`, `TermsUnreadable`."""
    return Recorded(_value(cls, record_bytes(address)), address)  # type: ignore[arg-type]  # a class is hashable


def head(thread: Identifier) -> Record:
    """The latest version in a thread. Raises `RecordUnknown`."""
    found = history(thread)
    if not found:
        raise RecordUnknown(name=thread)
    return found[-1]


def history(thread: Identifier) -> tuple[Record, ...]:
    """All versions in a thread, the first one first."""
    rows = (
        RecordRow.objects.filter(thread=thread)
        .order_by("version", "created", "address")
        .values_list("bytes", flat=True)
    )
    return tuple(_read(bytes(data)) for data in rows)


def signatures(address: Address) -> tuple[Signature, ...]:
    """The signatures over a record, in the order of their times."""
    return signatures_over((address,))[address]


def signatures_over(addresses: Iterable[Address]) -> dict[Address, tuple[Signature, ...]]:
    """The signatures over each of these records, in the order of their times, in one reading."""
    found: dict[Address, list[Signature]] = {one: [] for one in addresses}
    if found:
        rows = SignatureRow.objects.filter(record_id__in=list(found)).order_by("at", "address")
        for address, data in rows.values_list("record_id", "bytes"):
            found[Address(address)].append(_signature(bytes(data)))
    return {one: tuple(signed) for one, signed in found.items()}


@lru_cache(maxsize=2048)
def _signature(data: bytes) -> Signature:
    return value(Signature, parse_canonical(data), path="signature")


@lru_cache(maxsize=2048)
def _read(data: bytes) -> Record:
    """The same bytes are the same frozen record for ever, so what is read often is parsed and checked once."""
    return from_bytes(data)


@lru_cache(maxsize=512)
def _value(cls: type[Any], data: bytes) -> Any:
    return value(cls, _read(data).terms)


def _bytes(addresses: Iterable[Address]) -> tuple[bytes, ...]:
    wanted = tuple(addresses)
    if not wanted:
        return ()
    found = dict(RecordRow.objects.filter(address__in=wanted).values_list("address", "bytes"))
    for one in wanted:
        if one not in found:
            raise RecordUnknown(name=one)
    return tuple(bytes(found[one]) for one in wanted)


def _check_line(item: Record) -> None:
    if item.prev is None:
        if item.version != 1:
            raise VersionDoesNotFollow(why=say("version {version} names no version before it", version=item.version))
        return
    try:
        before = record(item.prev)
    except RecordUnknown as error:
        raise VersionDoesNotFollow(why=say("the version before it, {prev}, is not here", prev=item.prev)) from error
    require(follows(item, before))
