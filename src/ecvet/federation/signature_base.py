"""What exactly is signed of a request or an answer: the signature base of RFC 9421, 2.5.

The network's own profile covers four components (`transport`); the other derived ones are here because the published
vectors use them, and a signature base that is right only for itself proves little.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ecvet.federation.addresses import location
from ecvet.federation.structured import InnerList, Item, serialise

Fields = tuple[tuple[str, str], ...]
"""Header fields as they came: names in any case, a name as often as it stood there."""

_PARAMETERS_KNOWN: Final = frozenset({"name"})
_UNRESERVED: Final = re.compile(rb"[A-Za-z0-9*._-]")
"""What application/x-www-form-urlencoded leaves as it is (WHATWG URL)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A request (`method`, `target`: the absolute address as it was called) or an answer (`status`), and its fields."""

    fields: Fields
    method: str = ""
    target: str = ""
    status: int | None = None

    def field(self, name: str) -> str | None:
        """A field's value, several lines joined as RFC 9421, 2.1 says; None where there is none."""
        found = [value.strip(" \t") for one, value in self.fields if one.lower() == name]
        return ", ".join(found) if found else None

    def only(self, name: str) -> str:
        """The value of a field that stands there exactly once. Raises `ValueError`."""
        found = [value.strip(" \t") for one, value in self.fields if one.lower() == name]
        if len(found) != 1:
            raise ValueError(f"the field {name} stands there {len(found)} times instead of once")
        return found[0]


def signature_base(covered: InnerList, of: Signed) -> bytes:
    """The bytes that are signed. Raises `ValueError` for a component that is not there, twice, or not understood."""
    lines, seen = [], set()
    for component in covered.items:
        name = serialise(component)
        if name in seen:
            raise ValueError(f"{name} is covered twice")
        seen.add(name)
        lines.append(f"{name}: {_value(component, of)}")
    lines.append(f'"@signature-params": {serialise(covered)}')
    return "\n".join(lines).encode("ascii")


def names(covered: InnerList) -> tuple[str, ...]:
    """The components covered, each with its parameters as written."""
    return tuple(str(one.value) + serialise(Item(True, one.parameters))[2:] for one in covered.items)


def _value(component: Item, of: Signed) -> str:
    name = component.value
    if not isinstance(name, str) or name != name.lower():
        raise ValueError("a component is a text in small letters")
    if not {one for one, _ in component.parameters} <= _PARAMETERS_KNOWN:
        raise ValueError(f"a parameter of {name} is not understood")
    if name.startswith("@"):
        return _derived(name, component, of)
    found = of.field(name)
    if found is None or "\n" in found or "\r" in found or not found.isascii():
        raise ValueError(f"the field {name} is not there or not in ASCII")
    return found


def _derived(name: str, component: Item, of: Signed) -> str:
    if name == "@status" and of.status is not None:
        return str(of.status)
    if name == "@method" and of.method:
        return of.method
    if of.target:
        at = location(of.target)
        match name:
            case "@target-uri":
                return of.target
            case "@authority":
                return at.authority
            case "@scheme":
                return at.scheme
            case "@request-target":
                return at.path + ("" if at.query is None else f"?{at.query}")
            case "@path":
                return at.path
            case "@query":
                return f"?{at.query or ''}"
            case "@query-param":
                return _query_parameter(str(component.parameter("name")), at.query or "")
    raise ValueError(f"the component {name} is not there")


def _query_parameter(wanted: str, query: str) -> str:
    found = [value for name, value in _pairs(query) if _encode(name) == wanted]
    if len(found) != 1:
        raise ValueError(f"the parameter {wanted} stands in the address {len(found)} times instead of once")
    return _encode(found[0])


def _pairs(query: str) -> Iterable[tuple[bytes, bytes]]:
    for part in query.split("&"):
        name, _, value = part.partition("=")
        yield _decode(name), _decode(value)


def _decode(text: str) -> bytes:
    spaced = text.replace("+", " ").encode("ascii")
    return re.sub(rb"%([0-9A-Fa-f]{2})", lambda one: bytes([int(one[1], 16)]), spaced)


def _encode(data: bytes) -> str:
    return "".join(chr(one) if _UNRESERVED.match(bytes([one])) else f"%{one:02X}" for one in data)
