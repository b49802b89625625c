"""JSON Schemas of what travels, made from the values themselves, so that none can lag behind.

Published in docs/integrate/schemas/network by `tools/network.py`. A schema says what is well-formed; what counts is
decided by the tables and functions of this room. Unknown members are let pass, as readers must (network lesson 21).
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from ecvet.credit import Achievement, Appeal, Recognition, Transcript, Validation
from ecvet.federation.kinds import KINDS, Kind
from ecvet.federation.message import MAX_MESSAGES, MAX_SEQ, UUID7
from ecvet.federation.receipt import Outcome
from ecvet.federation.sealing import Tombstone
from ecvet.mobility import LearningAgreement, MobilityEvent
from ecvet.partnership import MemorandumOfUnderstanding
from ecvet.record import Attestation, Json, Person, Record, Signature
from ecvet.record.canonical import JsonObject
from ecvet.terms import LangString

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_DAY: Final = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_MOMENT: Final = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$"}
_DECIMAL: Final = {"type": "string", "pattern": r"^(0|[1-9]\d*)(\.\d*[1-9])?$"}
_URI: Final = {"type": "string", "pattern": "^[a-z][a-z0-9+.-]*:"}
_ADDRESS: Final = {"type": "string", "pattern": "^sha-256:[0-9a-f]{64}$"}
_BYTES: Final = {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"}
_TOKEN: Final = {"type": "string", "pattern": r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$"}
_NAMED: Final = {"Identifier": _URI, "Address": _ADDRESS, "PersonRef": _ADDRESS}

TERMS: Final[Mapping[str, tuple[type, ...]]] = {
    "mou": (MemorandumOfUnderstanding,), "learning_agreement": (LearningAgreement,),
    "mobility_event": (MobilityEvent,), "transcript": (Transcript,), "decision": (Validation, Recognition, Achievement),
    "appeal": (Appeal,), "tombstone": (Tombstone,), "attestation": (Attestation,),
}  # fmt: skip
"""The values that may be the terms of a record of each type that travels."""


def schemas() -> dict[str, dict[str, Any]]:
    """All schemas by their names."""
    found = {"record": of(Record), "signature": of(Signature), "person": of(Person), "message": message(),
             "batch": batch(), "receipt": receipt()}  # fmt: skip
    for kind, values in TERMS.items():
        one = [of(value) for value in values]
        found[f"terms-{kind.replace('_', '-')}"] = one[0] if len(one) == 1 else {"anyOf": one}
    return {name: {"$schema": DIALECT, "title": name, **one} for name, one in found.items()}


def of(cls: type) -> dict[str, Any]:
    """The schema of a frozen value in its plain form (`ecvet.record.plain`)."""
    defs: dict[str, Any] = {}
    found = _dataclass(cls, defs, root=True)
    return {**found, "$defs": dict(sorted(defs.items()))} if defs else found


def message() -> dict[str, Any]:
    """The schema of a message; what a kind carries stands in the description of `kind`."""
    parts: dict[str, Json] = {"type": "array", "items": dict(_BYTES), "maxItems": 64}
    kinds = "; ".join(f"{kind}: {KINDS[kind].says}" for kind in Kind)
    return {
        "type": "object",
        "required": ["id", "from", "to", "seq", "thread", "kind"],
        "properties": {
            "id": {"type": "string", "pattern": f"^{UUID7}$"},
            "from": _URI, "to": _URI, "thread": _URI, "in_reply_to": _URI,
            "seq": {"type": "integer", "minimum": 1, "exclusiveMaximum": MAX_SEQ},
            "kind": {"enum": [one.value for one in Kind], "description": kinds},
            "objects": parts, "signatures": parts,
            "statements": {"type": "array", "items": _TOKEN, "maxItems": 64},
            "persons": {
                "type": "array", "maxItems": 64,
                "items": {"type": "object", "required": ["ref", "salt", "person"],
                          "properties": {"ref": _ADDRESS, "salt": {"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"},
                                         "person": {"$ref": "person.json"}}},
            },
            "note": {"type": "object"},
        },
    }  # fmt: skip


def batch() -> dict[str, Any]:
    """The schema of the body of a request to an inbox."""
    listed = {"type": "array", "items": {"$ref": "message.json"}, "minItems": 1, "maxItems": MAX_MESSAGES}
    return {"type": "object", "required": ["messages"], "properties": {"messages": listed}}


def receipt() -> dict[str, Any]:
    """The schema of what a receipt says."""
    head = {"type": "object", "required": ["n", "hash"],
            "properties": {"n": {"type": "integer", "minimum": 0}, "hash": _ADDRESS}}  # fmt: skip
    return {
        "type": "object",
        "required": ["iss", "sub", "digest", "outcome", "iat", "head"],
        "properties": {
            "iss": _URI, "sub": _URI, "digest": _ADDRESS, "outcome": {"enum": [one.value for one in Outcome]},
            "iat": {"type": "integer", "minimum": 0}, "head": head, "problem": {"type": "object"}, "first": _TOKEN,
        },
    }  # fmt: skip


def _dataclass(cls: type, defs: dict[str, Any], *, root: bool = False) -> dict[str, Any]:
    if not root:
        if cls.__name__ not in defs:
            defs[cls.__name__] = {}  # so that a value may hold its like
            defs[cls.__name__] = _dataclass(cls, defs, root=True)
        return {"$ref": f"#/$defs/{cls.__name__}"}
    hints = get_type_hints(cls)
    given = {one.name: _type(hints[one.name], defs) for one in fields(cls)}
    required = [one.name for one in fields(cls) if not _has_default(one)]
    if hasattr(cls, "kind"):
        given["kind"] = {"const": str(cls.kind)}
    said = {"type": "object", "properties": given, "description": (cls.__doc__ or "").strip().partition("\n")[0]}
    return {**said, "required": required} if required else said


def _has_default(one: Any) -> bool:
    from dataclasses import MISSING

    return one.default is not MISSING or one.default_factory is not MISSING


def _type(hint: Any, defs: dict[str, Any]) -> dict[str, Any]:
    name = getattr(hint, "__name__", "")
    if name in _NAMED and getattr(hint, "__supertype__", None) is not None:
        return dict(_NAMED[name])
    if hint is JsonObject:
        return {"type": "object"}
    if getattr(hint, "__supertype__", None) is not None:
        return _type(hint.__supertype__, defs)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        some = [_type(one, defs) for one in arguments if one is not type(None)]
        return some[0] if len(some) == 1 else {"anyOf": some}
    if origin in (tuple, frozenset):
        listed = {"type": "array", "items": _type(arguments[0], defs)}
        return {**listed, "uniqueItems": True} if origin is frozenset else listed
    if origin is not None:
        return {"type": "object", "additionalProperties": _type(arguments[1], defs)}
    return _plain(hint, defs)


def _plain(hint: Any, defs: dict[str, Any]) -> dict[str, Any]:
    if hint is LangString:
        return {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string", "minLength": 1},
                "description": "texts by language tag; `authoritative` names the one that counts"}  # fmt: skip
    if is_dataclass(hint) and isinstance(hint, type):
        return _dataclass(hint, defs)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"enum": [one.value for one in hint]}
    known: dict[Any, dict[str, Any]] = {
        Decimal: _DECIMAL, datetime: _MOMENT, date: _DAY, bool: {"type": "boolean"}, int: {"type": "integer"},
        str: {"type": "string"},
    }  # fmt: skip
    return dict(known.get(hint, {}))
