"""The immutable object: what is said (`terms`), in which thread and version, by whom, after which version."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Generic, Protocol, TypeVar

from ecvet.record.canonical import Address, Json, JsonObject, address_of, canonical, parse_canonical
from ecvet.record.errors import TermsUnreadable, VersionDoesNotFollow
from ecvet.record.person import PersonRef
from ecvet.record.values import plain, value
from ecvet.saying import say
from ecvet.terms import Failure, Identifier, Success

SCHEMA: Final = "https://ecvet.example/schema/{type}/1.0"


class RecordType(StrEnum):
    """What a record is about. The first seven travel between institutions; the others stay with their author."""

    MOU = "mou"
    LEARNING_AGREEMENT = "learning_agreement"
    MOBILITY_EVENT = "mobility_event"
    TRANSCRIPT = "transcript"
    DECISION = "decision"
    APPEAL = "appeal"
    TOMBSTONE = "tombstone"
    UNIT = "unit"
    QUALIFICATION = "qualification"
    EQUIVALENCE = "equivalence"
    PORTFOLIO = "portfolio"
    ASSESSMENT = "assessment"
    AWARD = "award"
    EVALUATION = "evaluation"
    ATTESTATION = "attestation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """A file that belongs to a record, named by its hash: evidence, a grid, a scan. `size` in bytes."""

    hash: Address
    media: str
    size: int


class _Written:
    """Keeps the canonical bytes once they were made; no field, so equality and the plain form do not know it."""

    __slots__ = ("_bytes",)
    _bytes: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(_Written):
    """One complete, immutable version of a document.

    `thread` never changes and is never reused; `version` counts from 1; `prev` is the address of the version this one
    is meant to replace; `author` is the institution; `terms` is the plain form of a value of the core.
    """

    type: RecordType
    thread: Identifier
    version: int
    author: Identifier
    created: datetime
    terms: JsonObject
    prev: Address | None = None
    person_ref: PersonRef | None = None
    annexes: tuple[Annex, ...] = ()
    schema: str = ""

    def __post_init__(self) -> None:
        if not self.schema:
            object.__setattr__(self, "schema", SCHEMA.format(type=self.type))
        if self.version < 1 or (self.version == 1) != (self.prev is None):
            raise VersionDoesNotFollow(
                why=say("version {version} has a predecessor", version=self.version)
                if self.prev
                else say("version {version} has no predecessor", version=self.version)
            )

    @property
    def address(self) -> Address:
        """The address of this record: the SHA-256 of its canonical bytes."""
        return address_of(to_bytes(self))


class Recordable(Protocol):
    """A value that can be the terms of a record: a frozen dataclass that knows its record type."""

    @property
    def record_type(self) -> RecordType:
        """Which record carries the value."""
        ...


V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)
R = TypeVar("R", bound=Recordable)


@dataclass(frozen=True, slots=True)
class Recorded(Generic[V_co]):
    """A value together with the address of the record that carries it: what later steps refer to."""

    value: V_co
    address: Address


def record(
    terms: Recordable, *, thread: Identifier, author: Identifier, at: datetime, prev: Record | None = None,
    person_ref: PersonRef | None = None, annexes: tuple[Annex, ...] = (),
) -> Record:  # fmt: skip
    """The record of a value: the first of its thread, or the version after `prev`. Raises `VersionDoesNotFollow`."""
    made = Record(
        type=terms.record_type, thread=thread, version=prev.version + 1 if prev else 1, author=author, created=at,
        terms=_object(plain(terms)), prev=prev.address if prev else None, person_ref=person_ref, annexes=annexes,
    )  # fmt: skip
    if prev is not None:
        answer = follows(made, prev)
        if not answer:
            assert isinstance(answer, Failure)
            raise answer.reason
    return made


def follows(new: Record, old: Record) -> Success | Failure:
    """Whether `new` is the next version of `old`: same thread and type, one version on, `prev` naming it."""
    if new.thread != old.thread or new.type != old.type:
        return Failure(VersionDoesNotFollow(why=say("it belongs to another thread")))
    if new.prev != old.address or new.version != old.version + 1:
        return Failure(
            VersionDoesNotFollow(
                why=say(
                    "it is version {version} of something else than {address}", version=new.version, address=old.address
                )
            )
        )
    return Success()


def to_bytes(item: Record) -> bytes:
    """The canonical bytes of a record; these are stored, signed and forwarded as they are."""
    try:
        return item._bytes
    except AttributeError:  # made once for each record: they are asked for again with every address
        object.__setattr__(item, "_bytes", canonical(plain(item)))
        return item._bytes


def from_bytes(data: bytes, read: Callable[[Record], V] | None = None) -> Record:
    """Read a record from received bytes. Raises `NotCanonical`, `TermsUnreadable`, `VersionDoesNotFollow`.

    `read`, when given, also reads the terms, so that a record whose terms are unreadable is refused here.
    """
    found = value(Record, parse_canonical(data), path="record")
    if to_bytes(found) != data:
        raise TermsUnreadable(path="record", why=say("a member is written in an unusual way"))
    if read is not None:
        read(found)
    return found


def _object(item: Json) -> JsonObject:
    if not isinstance(item, dict):
        raise TypeError("the terms of a record are an object")
    return JsonObject(item)
