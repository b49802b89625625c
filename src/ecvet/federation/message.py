"""One message between two entities, read strictly and kept as it came.

A message is JSON; its digest is the SHA-256 of its canonical form (RFC 8785). Records and signatures stand in it as the
base64url of their own bytes, so that nothing that was signed is ever written again, by nobody on the way (network
lessons 3 to 5 and 22); statements stand in it as the tokens that they are. Members that are not known are kept.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from ecvet.credential.errors import VerificationError
from ecvet.credential.formats import jws
from ecvet.credential.formats.strict_json import parse_object
from ecvet.errors import EcvetError
from ecvet.federation.carried import Carried, carried, signature_bytes, signature_from, unreadable
from ecvet.federation.errors import MessageTooLong, MessageUnreadable
from ecvet.federation.kinds import Kind
from ecvet.federation.token import MAX_TOKEN
from ecvet.record import (
    Address,
    Json,
    Person,
    PersonRef,
    Record,
    Signature,
    address_of,
    canonical,
    commitment,
    plain,
    value,
)
from ecvet.record import to_bytes as record_bytes
from ecvet.record.canonical import MAX_BYTES, JsonObject
from ecvet.saying import say
from ecvet.terms import Identifier, identifier

MAX_MESSAGES: Final = 50
MAX_BATCH: Final = 4 * 1024 * 1024
"""How many messages, and how many bytes, one request may bring."""

MAX_SEQ: Final = 1 << 53
_PARTS: Final = 64
UUID7: Final = "urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
"""The pattern of a message's identifier (RFC 9562, 5.7), in small letters."""

_ID: Final = re.compile(UUID7)
_MEMBERS: Final = frozenset(
    {"id", "from", "to", "seq", "thread", "kind", "objects", "signatures", "statements", "persons", "note",
     "in_reply_to"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The person to whom a record commits, with the salt; it travels beside the record and may be erased."""

    ref: PersonRef
    salt: bytes
    person: Person

    def fits(self) -> bool:
        """Whether the commitment is that of this person and salt."""
        return len(self.salt) == 32 and commitment(self.person, self.salt) == self.ref


@dataclass(frozen=True, kw_only=True)
class Message:
    """`id` is a UUID of version 7 as a URN; `seq` counts from 1 what `sender` has sent to `to` in this `thread`.

    `objects` and `signatures` are the bytes of records and signatures, `statements` are tokens, `others` are members
    that this version does not know. Build one with `message`, read one with `read`.
    """

    id: Identifier
    sender: Identifier
    to: Identifier
    seq: int
    thread: Identifier
    kind: Kind
    objects: tuple[bytes, ...] = ()
    signatures: tuple[bytes, ...] = ()
    statements: tuple[str, ...] = ()
    persons: tuple[Beside, ...] = ()
    note: JsonObject | None = None
    in_reply_to: Identifier | None = None
    others: JsonObject = field(default_factory=lambda: JsonObject({}))

    @cached_property
    def data(self) -> bytes:
        """The canonical bytes: what is kept, sent again, and hashed."""
        return canonical(to_json(self))

    @cached_property
    def digest(self) -> Address:
        """The address of the canonical bytes, which a receipt names."""
        return address_of(self.data)

    @cached_property
    def records(self) -> tuple[Carried, ...]:
        """The records in it. Raises `MessageUnreadable` and what `carried.carried` raises."""
        return tuple(map(carried, self.objects))

    @cached_property
    def signed(self) -> tuple[Signature, ...]:
        """The signatures in it. Raises `NotCanonical`, `TermsUnreadable`."""
        return tuple(map(signature_from, self.signatures))


def message(
    kind: Kind, *, id: Identifier, sender: Identifier, to: Identifier, seq: int, thread: Identifier,  # noqa: A002
    records: Iterable[Record] = (), signatures: Iterable[Signature] = (), statements: Iterable[str] = (),
    persons: Iterable[Beside] = (), note: JsonObject | None = None, in_reply_to: Identifier | None = None,
) -> Message:  # fmt: skip
    """A message to be sent, of values. Raises `MessageTooLong`, `MessageUnreadable` rather than make one that is
    refused on the other side."""
    made = Message(
        id=id, sender=sender, to=to, seq=seq, thread=thread, kind=kind, objects=tuple(map(record_bytes, records)),
        signatures=tuple(map(signature_bytes, signatures)), statements=tuple(statements), persons=tuple(persons),
        note=note, in_reply_to=in_reply_to,
    )  # fmt: skip
    return read(made.data)


def read(data: bytes) -> Message:
    """Read one message from bytes. Raises `MessageUnreadable`, `MessageTooLong`."""
    return from_json(_object(data, "message"))


def read_batch(data: bytes) -> tuple[JsonObject, ...]:
    """The messages of a request, each still as it was written; `from_json` reads them one by one, so that one that is
    unreadable does not hold the others up. Raises `MessageUnreadable`, `MessageTooLong`."""
    if len(data) > MAX_BATCH:
        raise MessageTooLong(what="the request", found=say("{number} bytes", number=len(data)), limit=f"{MAX_BATCH}")
    listed = _object(data, "request").get("messages")
    if not isinstance(listed, list) or not listed:
        raise MessageUnreadable(path="messages", why=say("expected a list of 1 to 50 messages"))
    if len(listed) > MAX_MESSAGES:
        raise MessageTooLong(what="the request", found=say("{number} messages", number=len(listed)), limit=MAX_MESSAGES)
    return tuple(JsonObject(one if isinstance(one, dict) else {}) for one in listed)


def write_batch(messages: Iterable[Message]) -> bytes:
    """The body of a request to an inbox: the messages as they are kept, joined."""
    return b'{"messages":[' + b",".join(one.data for one in messages) + b"]}"


def to_json(item: Message) -> JsonObject:
    """The message as JSON."""
    found: dict[str, Json] = {
        **item.others,
        "id": item.id, "from": item.sender, "to": item.to, "seq": item.seq, "thread": item.thread,
        "kind": item.kind.value,
    }  # fmt: skip
    if item.objects:
        found["objects"] = [jws.encode(one) for one in item.objects]
    if item.signatures:
        found["signatures"] = [jws.encode(one) for one in item.signatures]
    if item.statements:
        found["statements"] = list(item.statements)
    if item.persons:
        found["persons"] = [
            {"ref": one.ref, "salt": jws.encode(one.salt), "person": plain(one.person)} for one in item.persons
        ]
    if item.note is not None:
        found["note"] = item.note
    if item.in_reply_to is not None:
        found["in_reply_to"] = item.in_reply_to
    return JsonObject(found)


def from_json(said: JsonObject) -> Message:
    """Read a message that was parsed. Raises `MessageUnreadable`, `MessageTooLong`."""
    try:
        data = canonical(said)
    except EcvetError as error:
        raise unreadable(error, "message") from error
    if len(data) > MAX_BYTES:
        raise MessageTooLong(what="a message", found=say("{number} bytes", number=len(data)), limit=MAX_BYTES)
    name = _text(said, "id")
    if not _ID.fullmatch(name):
        raise MessageUnreadable(path="id", why=say("it is not urn:uuid: and a UUID of version 7 in small letters"))
    seq = said.get("seq")
    if isinstance(seq, bool) or not isinstance(seq, int) or not 1 <= seq < MAX_SEQ:
        raise MessageUnreadable(path="seq", why=say("it is not a whole number from 1"))
    kind = _text(said, "kind")
    if kind not in set(Kind):
        raise MessageUnreadable(
            path="kind", why=say("“{kind}” is none of {listed}", kind=kind[:40], listed=", ".join(Kind))
        )
    note = said.get("note")
    if note is not None and not isinstance(note, dict):
        raise MessageUnreadable(path="note", why=say("it is not an object"))
    made = Message(
        id=Identifier(name), sender=_identifier(said, "from"), to=_identifier(said, "to"), seq=seq,
        thread=_identifier(said, "thread"), kind=Kind(kind), objects=_bytes(said, "objects"),
        signatures=_bytes(said, "signatures"), statements=_tokens(said), persons=_persons(said),
        note=None if note is None else JsonObject(note),
        in_reply_to=_identifier(said, "in_reply_to") if "in_reply_to" in said else None,
        others=JsonObject({name: one for name, one in said.items() if name not in _MEMBERS}),
    )  # fmt: skip
    made.__dict__["data"] = data  # made once, and exactly what came
    return made


def _object(data: bytes, what: str) -> JsonObject:
    try:
        return JsonObject(parse_object(data, what))
    except VerificationError as error:
        raise MessageUnreadable(path=what, why=str(error.facts.get("why", error))) from error


def _text(said: JsonObject, name: str) -> str:
    found = said.get(name)
    if not isinstance(found, str) or not found:
        raise MessageUnreadable(path=name, why=say("a text is expected here"))
    return found


def _identifier(said: JsonObject, name: str) -> Identifier:
    try:
        return identifier(_text(said, name))
    except MessageUnreadable:
        raise
    except EcvetError as error:
        raise unreadable(error, name) from error


def _list(said: JsonObject, name: str) -> list[Json]:
    found = said.get(name, [])
    if not isinstance(found, list):
        raise MessageUnreadable(path=name, why=say("a list is expected here"))
    if len(found) > _PARTS:
        raise MessageTooLong(
            what=say("the list “{name}”", name=name), found=say("{number} entries", number=len(found)), limit=_PARTS
        )
    return found


def _bytes(said: JsonObject, name: str) -> tuple[bytes, ...]:
    return tuple(_decoded(one, f"{name}[{n}]") for n, one in enumerate(_list(said, name)))


def _decoded(one: Json, path: str) -> bytes:
    try:
        return jws.decode(one if isinstance(one, str) else "?", path)
    except VerificationError as error:
        raise MessageUnreadable(path=path, why=say("it is not base64url without padding")) from error


def _tokens(said: JsonObject) -> tuple[str, ...]:
    found = []
    for n, one in enumerate(_list(said, "statements")):
        if not isinstance(one, str) or one.count(".") != 2 or len(one) > MAX_TOKEN:
            raise MessageUnreadable(path=f"statements[{n}]", why=say("it is not a signed token"))
        found.append(one)
    return tuple(found)


def _persons(said: JsonObject) -> tuple[Beside, ...]:
    found = []
    for n, one in enumerate(_list(said, "persons")):
        path = f"persons[{n}]"
        if not isinstance(one, dict) or not isinstance(one.get("person"), dict):
            raise MessageUnreadable(path=path, why=say("expected an object with ref, salt and person"))
        try:
            person = value(Person, one["person"], path=f"{path}.person")
        except EcvetError as error:
            raise unreadable(error, path) from error
        salt = _decoded(one.get("salt", ""), f"{path}.salt")
        found.append(Beside(ref=PersonRef(str(one.get("ref", ""))), salt=salt, person=person))
    return tuple(found)
