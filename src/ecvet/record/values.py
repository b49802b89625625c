"""Frozen values ↔ plain JSON: the only place where untrusted JSON becomes a typed value.

`plain` leaves out what is None and what is empty by default, writes decimals as text, dates in ISO 8601, times in UTC
with Z, a `LangString` as {"fi": …, "en": …, "authoritative": "fi"}, and a set in the order of its canonical bytes.
Classes that stand in a union are told apart by their class attribute `kind`. `value` reads the same back and refuses
everything else with the path to it.
"""

import types
import unicodedata
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Final, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from ecvet.errors import EcvetError
from ecvet.record.canonical import Json, JsonObject, canonical
from ecvet.record.errors import TermsUnreadable
from ecvet.saying import say
from ecvet.terms import LangString, decimal, decimal_text

T = TypeVar("T")
_EMPTY: Final[tuple[object, ...]] = ((), frozenset(), "")


def plain(item: object) -> Json:
    """The plain JSON of a frozen value. Raises `TypeError` for what has none, such as a float or a naive time."""
    match item:
        case bool() | int():
            return item
        case Enum():
            return plain(item.value)
        case str():
            return unicodedata.normalize("NFC", item).strip()
        case Decimal():
            return decimal_text(item)
        case datetime():
            return _utc(item)
        case date():
            return item.isoformat()
        case LangString():
            named: dict[str, Json] = dict(item.texts)
            return named if len(named) == 1 else {**named, "authoritative": item.authoritative}
        case tuple() | list():
            return [plain(one) for one in item]
        case frozenset():
            return sorted((plain(one) for one in item), key=canonical)
        case Mapping():
            return {str(plain(name)): plain(one) for name, one in item.items()}
    if is_dataclass(item) and not isinstance(item, type):
        found: dict[str, Json] = {"kind": item.kind} if hasattr(item, "kind") else {}
        for field in fields(item):
            one = getattr(item, field.name)
            if one is not None and not (one in _EMPTY and one == field.default):
                found[field.name] = plain(one)
        return found
    raise TypeError(f"{type(item).__name__} has no plain form")


def value(cls: type[T], item: Json, path: str = "terms") -> T:
    """Read plain JSON as a value of `cls`. Raises `TermsUnreadable` with the path, or the error of the value itself."""
    return cast(T, _read(cls, item, path))


def known_part(cls: Any, item: Json) -> Json:
    """Plain JSON without the members that `cls` does not know, at any depth: what this version can show of a newer one.

    What is left is read by `value` as strictly as ever.
    """
    kind, origin, arguments = _form(cls)
    if isinstance(item, list) and origin in (tuple, frozenset):
        return [known_part(arguments[0], one) for one in item]
    if not isinstance(item, dict):
        return item
    if origin is Union:
        chosen = next((one for one in arguments if getattr(one, "kind", None) == item.get("kind")), None)
        return item if chosen is None else known_part(chosen, item)
    if origin is None and isinstance(kind, type) and is_dataclass(kind) and kind is not LangString:
        known = {name: known_part(hint, item[name]) for name, (hint, _) in _members(kind).items() if name in item}
        return {**known, "kind": item["kind"]} if "kind" in item else known
    if origin not in (None, tuple, frozenset):
        return {name: known_part(arguments[1], one) for name, one in item.items()}
    return item


def _read(kind: Any, item: Any, path: str) -> Any:
    kind, origin, arguments = _form(kind)
    if kind is str and isinstance(item, str):
        return item
    if origin is None:
        return _read_class(kind, item, path)
    if kind is JsonObject:
        _expect(dict, item, path, "an object")
        return item
    if origin is Union:
        return _read_union(arguments, item, path)
    if origin is tuple:
        _expect(list, item, path, "a list")
        return tuple(_read(arguments[0], one, f"{path}[{index}]") for index, one in enumerate(item))
    if origin is frozenset:
        _expect(list, item, path, "a list")
        return frozenset(_read(arguments[0], one, f"{path}[{index}]") for index, one in enumerate(item))
    if issubclass(origin, Mapping):
        _expect(dict, item, path, "an object")
        return {
            _read(arguments[0], name, path): _read(arguments[1], one, f"{path}.{name}") for name, one in item.items()
        }
    return _read_class(kind, item, path)


@cache
def _form(kind: Any) -> tuple[Any, Any, tuple[Any, ...]]:
    """A type hint as it is read: the class, or what it is made of; thousands of values have the same few."""
    if kind is JsonObject:
        return kind, kind, ()
    if getattr(kind, "__supertype__", None) is not None:  # a NewType: Identifier, Address, Country
        return _form(kind.__supertype__)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin not in (Union, types.UnionType):
        return kind, origin, arguments
    choices = tuple(one for one in arguments if one is not type(None))
    return _form(choices[0]) if len(choices) == 1 else (kind, Union, choices)


def _read_class(kind: Any, item: Any, path: str) -> Any:
    try:
        if kind is LangString:
            return LangString.of({name: text for name, text in item.items() if name != "authoritative"},
                                 authoritative=item.get("authoritative", ""))  # fmt: skip
        if issubclass(kind, Enum):  # before what asks a class for attributes: an Enum searches its members for them
            return kind(item)
        if is_dataclass(kind):
            return _read_dataclass(kind, item, path)
        if kind is Decimal:
            _expect(str, item, path, "a decimal number as text")
            return decimal(item)
        if kind is datetime:
            return _time(item)
        if kind is date:
            return _date(item)
        if (kind is int and isinstance(item, bool)) or not isinstance(item, kind):
            raise TermsUnreadable(
                path=path, why=say("expected {name}, found {short}", name=kind.__name__, short=_short(item))
            )
        return item
    except (ValueError, TypeError, AttributeError) as error:
        raise TermsUnreadable(
            path=path,
            why=say("{short} is not a {kind}", short=_short(item), kind=getattr(kind, "__name__", kind)),
        ) from error


def _read_dataclass(kind: Any, item: Any, path: str) -> Any:
    _expect(dict, item, path, "an object")
    known = _members(kind)
    if not item.keys() <= known.keys() and (unknown := item.keys() - known.keys() - {"kind"}):
        raise TermsUnreadable(path=path, why=say("unknown member {short}", short=_short(sorted(unknown)[0])))
    given = {}
    for name, (hint, required) in known.items():
        if name in item:
            given[name] = _read(hint, item[name], f"{path}.{name}")
        elif required:
            raise TermsUnreadable(path=path, why=say("the member “{name}” is missing", name=name))
    try:
        return kind(**given)
    except EcvetError:
        raise
    except (ValueError, TypeError) as error:
        raise TermsUnreadable(path=path, why=str(error)) from error


def _read_union(choices: tuple[Any, ...], item: Any, path: str) -> Any:
    named = {one.kind: one for one in choices if hasattr(one, "kind")}
    chosen = named.get(item.get("kind")) if isinstance(item, dict) else None
    if chosen is None:
        raise TermsUnreadable(path=path, why=say("“kind” must be one of {named}", named=tuple(sorted(named))))
    return _read(chosen, item, path)


@cache
def _members(kind: Any) -> dict[str, tuple[Any, bool]]:
    """The members of a dataclass, each with its type and whether it is required."""
    hints = get_type_hints(kind)
    return {field.name: (hints[field.name], _is_required(field)) for field in fields(kind)}


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _expect(kind: type, item: object, path: str, what: str) -> None:
    if not isinstance(item, kind):
        raise TermsUnreadable(path=path, why=say("expected {what}, found {short}", what=what, short=_short(item)))


def _short(item: object) -> str:
    return f"“{str(item)[:40]}”"


def _utc(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise TypeError("a time without a zone has no plain form")
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _time(text: str) -> datetime:
    if not text.endswith("Z"):
        raise ValueError("a time is written in UTC with Z")
    found = datetime.fromisoformat(text.removesuffix("Z") + "+00:00")
    if _utc(found) != text:  # ISO 8601 knows many ways to write a moment; a record knows one
        raise ValueError("a time is written as 2024-05-01T12:00:00Z")
    return found


def _date(text: str) -> date:
    found = date.fromisoformat(text)
    if found.isoformat() != text:
        raise ValueError("a date is written as 2024-05-01")
    return found
