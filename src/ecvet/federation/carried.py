"""A record as it travels: its bytes, untouched, and what this node understands of it.

The bytes are kept and forwarded as they came (network lessons 5 and 22). A newer minor version of a schema only adds
optional members: they stay in the bytes, `record` shows the rest.
"""

import json
import re
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import Final, TypeVar, cast

from ecvet.errors import EcvetError
from ecvet.federation.errors import MessageTooLong, MessageUnreadable, SchemaNotRead
from ecvet.record import (
    Address,
    Json,
    Record,
    Signature,
    address_of,
    canonical,
    known_part,
    parse_canonical,
    plain,
    to_bytes,
    value,
)
from ecvet.record.canonical import JsonObject
from ecvet.saying import say
from ecvet.terms import Identifier

T = TypeVar("T")

MAJORS: Final = ("1",)
"""Major versions of schemas that are read, the newest last. Two side by side for two years (network lesson 21)."""

LISTS: Final = {"units": 100, "outcomes": 50}
"""How many entries lists of these names may have, wherever in a record."""

_SCHEMA: Final = re.compile(r"https://\S+/([a-z_]+)/(\d{1,4})\.(\d{1,4})")
_KNOWN: Final = frozenset(one.name for one in fields(Record))


@dataclass(frozen=True)
class Carried:
    """A record that came: `data` are its bytes, `record` the view of it, whose address is that of the bytes."""

    data: bytes
    record: Record
    newer: bool = False
    """Whether it is of a newer minor version: it may hold more than is shown."""

    @cached_property
    def address(self) -> Address:
        """The SHA-256 of the bytes."""
        return address_of(self.data)


def carried(data: bytes) -> Carried:
    """Read a record from the bytes in which it travelled.

    Raises `NotCanonical`, `TermsUnreadable`, `VersionDoesNotFollow`, `SchemaNotRead`, `MessageTooLong`.
    """
    said = parse_canonical(data)
    newer = _check_schema(said)
    _check_lists(said)
    known = {name: one for name, one in said.items() if name in _KNOWN}
    if len(known) < len(said) and not newer:
        unknown = sorted(said.keys() - _KNOWN)[0]
        raise MessageUnreadable(path="record", why=say("version 1.0 has no member “{unknown}”", unknown=unknown[:40]))
    record = value(Record, JsonObject(known), path="record")
    if plain(record) != known:
        raise MessageUnreadable(path="record", why=say("a member is written in an unusual way"))
    object.__setattr__(record, "_bytes", data)  # so that its address is that of the bytes, newer members and all
    return Carried(data, record, newer)


def terms_of(cls: type[T], record: Record) -> T:
    """The terms of a record as a value; of a newer minor version what this one knows of it. Raises `TermsUnreadable`.

    Whoever shows such a record says that it holds more than is shown.
    """
    return cast(T, _terms(cls, to_bytes(record)))  # type: ignore[arg-type]  # a class is hashable


@lru_cache(maxsize=512)
def _terms(cls: type, data: bytes) -> object:
    """The same bytes are the same terms for ever; one version is asked for again with every message about it."""
    said = json.loads(data)
    found = _SCHEMA.fullmatch(said["schema"])
    newer = found is not None and int(found[3]) > 0
    return value(cls, known_part(cls, said["terms"]) if newer else said["terms"])


def signature_from(data: bytes) -> Signature:
    """Read a signature from the bytes in which it travelled. Raises `NotCanonical`, `TermsUnreadable`."""
    said = parse_canonical(data)
    found = value(Signature, said, path="signature")
    if plain(found) != said:
        raise MessageUnreadable(path="signature", why=say("a member is written in an unusual way"))
    return found


def signature_bytes(signature: Signature) -> bytes:
    """The bytes in which a signature is kept and travels."""
    return canonical(plain(signature))


def highest_common(theirs: tuple[str, ...]) -> str | None:
    """The highest major version of schemas that both sides read; None where there is none."""
    common = set(MAJORS) & set(theirs)
    return max(common, key=int) if common else None


def by_address(items: tuple[Carried, ...]) -> dict[Address, Carried]:
    """Records by their addresses."""
    return {one.address: one for one in items}


def unreadable(error: EcvetError, path: str) -> MessageUnreadable:
    """What is wrong with a part of a message, told with its place."""
    return MessageUnreadable(path=path, why=str(error))


def thread_of(item: Carried) -> Identifier:
    """The thread to which a record says that it belongs."""
    return item.record.thread


def _check_schema(said: JsonObject) -> bool:
    """Whether the schema is of a newer minor version than 0."""
    found = _SCHEMA.fullmatch(str(said.get("schema", "")))
    if found is None or found[1] != said.get("type"):
        raise MessageUnreadable(
            path="record.schema", why=say("it is not an address that ends with the type and a version")
        )
    if found[2] not in MAJORS:
        raise SchemaNotRead(schema=said["schema"], majors=", ".join(MAJORS))
    return int(found[3]) > 0


def _check_lists(item: Json) -> None:
    if isinstance(item, dict):
        for name, one in item.items():
            if isinstance(one, list | dict) and name in LISTS and len(one) > LISTS[name]:
                raise MessageTooLong(
                    what=say("the list “{name}”", name=name),
                    found=say("{number} entries", number=len(one)),
                    limit=LISTS[name],
                )
            _check_lists(one)
    elif isinstance(item, list):
        for one in item:
            _check_lists(one)
