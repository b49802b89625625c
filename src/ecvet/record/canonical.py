"""Canonical bytes after RFC 8785 (JCS) and the address made from them.

Beyond RFC 8785 the network's form (spec: exchange of documents, "Object") knows no floats and no null, and texts are in
NFC and trimmed, so that one fact has exactly one byte string.
"""

import hashlib
import json
import re
import unicodedata
from typing import Final, NewType, TypeAlias

import rfc8785

from ecvet.record.errors import NotAnAddress, NotCanonical
from ecvet.saying import say

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json]"

JsonObject = NewType("JsonObject", dict[str, Json])
"""An object whose members only its reader knows: the terms of a record."""

Address = NewType("Address", str)
"""`sha-256:` and the hexadecimal SHA-256 of a record's canonical bytes."""

_ADDRESS: Final = re.compile(r"sha-256:[0-9a-f]{64}")
MAX_BYTES: Final = 256 * 1024
MAX_DEPTH: Final = 64
_LARGEST: Final = 1 << 53
_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
)


def canonical(value: Json) -> bytes:
    """The one byte string of a JSON value. Raises `NotCanonical` for floats, null and texts not trimmed and in NFC."""
    bmp = _inspect(value, 0)
    try:
        # Without floats the encoder of the standard library writes RFC 8785, many times faster; only names with
        # characters beyond the BMP are sorted otherwise there (by UTF-16 units).
        return _ENCODER.encode(value).encode() if bmp else rfc8785.dumps(value)
    except (ValueError, UnicodeError, TypeError) as error:
        raise NotCanonical(why=str(error)) from error


def parse_canonical(data: bytes) -> JsonObject:
    """Read received bytes, at most 256 kB. Raises `NotCanonical` unless `canonical` would write exactly these."""
    if len(data) > MAX_BYTES:
        raise NotCanonical(
            why=say("it has {number} bytes, more than {max_bytes}", number=len(data), max_bytes=MAX_BYTES)
        )
    try:
        parsed = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise NotCanonical(why=say("it is not JSON in UTF-8")) from error
    if not isinstance(parsed, dict):
        raise NotCanonical(why=say("it is not a JSON object"))
    if canonical(parsed) != data:  # also finds duplicate members, spaces, escapes and another order
        raise NotCanonical(why=say("its bytes differ from their canonical form"))
    return JsonObject(parsed)


def address_of(data: bytes) -> Address:
    """The address of canonical bytes."""
    return Address("sha-256:" + hashlib.sha256(data).hexdigest())


def address(text: str) -> Address:
    """Read an address. Raises `NotAnAddress`."""
    if not _ADDRESS.fullmatch(text):
        raise NotAnAddress(text=text[:80])
    return Address(text)


def _inspect(value: object, depth: int) -> bool:
    """Refuse what has no canonical form; whether all names of members are within the BMP."""
    if depth > MAX_DEPTH:
        raise NotCanonical(why=say("it is nested more than {max_depth} deep", max_depth=MAX_DEPTH))
    match value:
        case None:
            raise NotCanonical(why=say("it contains null; leave the member out instead"))
        case float():
            raise NotCanonical(why=say("it contains a floating-point number; write decimals as text"))
        case str():
            if value != value.strip() or not unicodedata.is_normalized("NFC", value):
                raise NotCanonical(why=say("the text “{value}” is not trimmed and in NFC", value=value[:40]))
        case int():
            if not isinstance(value, bool) and abs(value) >= _LARGEST:
                raise NotCanonical(why=say("the number {value} is too large; write it as text", value=str(value)[:40]))
        case list() | tuple():
            inside = [_inspect(item, depth + 1) for item in value]
            return all(inside)
        case dict():
            inside = [_inspect(item, depth + 1) for pair in value.items() for item in pair]
            if not all(isinstance(name, str) for name in value):
                raise NotCanonical(why=say("the name of a member is not a text"))
            return all(inside) and all(name.isascii() or max(name) <= "\uffff" for name in value)
    return True
