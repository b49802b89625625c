"""Records, their signatures, and messages, as docs/integrate/records.md and network.md 4 say them."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from .forms import (
    ADDRESS,
    JWS,
    Keys,
    ProblemError,
    b64,
    canonical,
    fits,
    look_at,
    person_ref,
    read_json,
    unb64,
)

KINDS = ("propose", "sign", "seal", "event", "result", "decide", "appeal", "retract", "note", "error")
NEWEST_MAJOR = "1"
URI = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
UUID7 = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def sign_record(statement: Mapping[str, Any], key: Ed25519PrivateKey, name: str) -> bytes:
    """The canonical bytes of a signature with its detached JWS; the payload is the statement without `jws`."""
    head = b64(canonical({"alg": "Ed25519", "kid": name}))
    made = key.sign(f"{head}.{b64(canonical(statement))}".encode())
    return canonical({**statement, "jws": f"{head}..{b64(made)}"})


def check_signature(data: bytes, keys: Keys) -> tuple[dict[str, Any], str]:
    """The statement of a signature and the name of its key; raises `record.signature.does-not-fit`."""
    try:
        statement = read_json(data)
        if canonical(statement) != data:
            raise ValueError("not in canonical form")
        head, empty, made = statement["jws"].split(".")
        header = read_json(unb64(head))
        if empty or set(header) != {"alg", "kid"} or header["alg"] not in ("Ed25519", "EdDSA"):
            raise ValueError("not a detached JWS with alg and kid")
        if header["kid"] not in keys:
            raise ValueError(f"the key {header['kid']} is not one of those that count")
        said = {name: each for name, each in statement.items() if name != "jws"}
        if not fits(keys[header["kid"]], unb64(made), f"{head}.{b64(canonical(said))}".encode()):
            raise ValueError("it was made over something else")
    except (ValueError, KeyError, AttributeError) as why:
        raise ProblemError("record.signature.does-not-fit", str(why)) from None
    return statement, str(header["kid"])


def read_record(data: bytes) -> dict[str, Any]:
    """A record from its canonical bytes; raises `record.not-canonical` or `federation.object.schema-not-read`."""
    try:
        record = read_json(data)
        if canonical(record) != data:
            raise ValueError("the bytes are not those of the canonical form")
        if not {"type", "thread", "version", "author", "created", "terms"} <= set(record):
            raise ValueError("a member of a record is missing")
    except (ValueError, TypeError) as why:
        raise ProblemError("record.not-canonical", str(why)) from None
    schema = record.get("schema")
    if schema is not None:
        found = re.fullmatch(rf"https://.+/{record['type']}/(\d+)\.(\d+)", schema)
        if found is None or found[1] != NEWEST_MAJOR:
            raise ProblemError("federation.object.schema-not-read", schema, schema=schema, majors=NEWEST_MAJOR)
    for name, limit in (("units", 100), ("outcomes", 50)):
        if len(record["terms"].get(name, ())) > limit:
            raise ProblemError("federation.message.too-long", f"more than {limit} {name}", 413)
    return dict(record)


# ---------------------------------------------------------------------------------------- messages


def read_message(value: Any) -> dict[str, Any]:
    """A message with the form of section 4; raises `federation.message.unreadable` or `too-long`."""
    try:
        look_at(value, 0)
        if len(canonical(value)) > 256 * 1024:
            raise ProblemError("federation.message.too-long", "more than 256 KiB", 413)
        if not UUID7.fullmatch(value["id"]):
            raise ValueError("id is no UUID of version 7")
        for name in ("from", "to", "thread"):
            if not URI.fullmatch(value[name]):
                raise ValueError(f"{name} is no URI")
        if value["kind"] not in KINDS:
            raise ValueError("kind is not known")
        if not isinstance(value["seq"], int) or isinstance(value["seq"], bool) or not 1 <= value["seq"] < 2**53:
            raise ValueError("seq counts from 1")
        for name in ("objects", "signatures", "statements", "persons"):
            if len(value.get(name, ())) > 64:
                raise ProblemError("federation.message.too-long", f"more than 64 {name}", 413)
        for one in [*value.get("objects", ()), *value.get("signatures", ())]:
            unb64(one)
        if not all(JWS.fullmatch(one) for one in value.get("statements", ())):
            raise ValueError("a statement is no token")
        for one in value.get("persons", ()):
            if len(unb64(one["salt"])) != 32 or not ADDRESS.fullmatch(one["ref"]):
                raise ValueError("a person comes with ref and a salt of 32 bytes")
        if not isinstance(value.get("note", {}), dict):
            raise ValueError("note is an object")
    except (ValueError, KeyError, TypeError, AttributeError) as why:
        raise ProblemError("federation.message.unreadable", str(why)) from None
    return dict(value)


def message_of(data: bytes) -> dict[str, Any]:
    """A message from bytes; raises `federation.message.*`."""
    try:
        return read_message(read_json(data))
    except ValueError as why:
        raise ProblemError("federation.message.unreadable", str(why)) from None


def read_batch(body: bytes) -> list[Any]:
    """The messages of a request to an inbox, each still to be read; raises `federation.message.*`."""
    if len(body) > 4 * 1024 * 1024:
        raise ProblemError("federation.message.too-long", "more than 4 MiB", 413)
    try:
        found = read_json(body)["messages"]
        if not isinstance(found, list) or not found:
            raise ValueError("no messages")
    except (ValueError, KeyError, TypeError) as why:
        raise ProblemError("federation.message.unreadable", str(why)) from None
    if len(found) > 50:
        raise ProblemError("federation.message.too-long", "more than 50 messages", 413)
    return found


def check_persons(message: Mapping[str, Any], records: Iterable[Mapping[str, Any]]) -> None:
    """Each person is the one to whom a record of the message commits; raises `federation.person.does-not-fit`."""
    named = {one.get("person_ref") for one in records}
    for one in message.get("persons", ()):
        if one["ref"] not in named or person_ref(unb64(one["salt"]), one["person"]) != one["ref"]:
            raise ProblemError("federation.person.does-not-fit", one["ref"], ref=one["ref"])
