"""Structured fields of HTTP (RFC 9651), as far as signatures need them: dictionaries of inner lists and of bytes.

Read strictly: what the RFC does not allow is refused, a member given twice too (the RFC lets the last one win, which
two readers of one message could read differently).
"""

import binascii
import re
from dataclasses import dataclass
from typing import Final, TypeAlias

_KEY: Final = re.compile(r"[a-z*][a-z0-9_.*-]*")
_INTEGER: Final = re.compile(r"-?\d{1,15}(?![\d.])")
_STRING: Final = re.compile(r'"((?:[ !#-\[\]-~]|\\["\\])*)"')
_TOKEN: Final = re.compile(r"[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*")
_BYTES: Final = re.compile(r":([A-Za-z0-9+/]*={0,2}):")
_SPACE: Final = re.compile(r" *")
_BLANK: Final = re.compile(r"[ \t]*")

MAX_FIELD: Final = 8 * 1024


class Token(str):
    """A bare word, which is another thing than a quoted text."""

    __slots__ = ()


Bare: TypeAlias = bool | int | str | bytes | Token
Parameters: TypeAlias = tuple[tuple[str, Bare], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A bare value with its parameters."""

    value: Bare
    parameters: Parameters = ()

    def parameter(self, name: str) -> Bare | None:
        """The parameter with this name."""
        return dict(self.parameters).get(name)


@dataclass(frozen=True, slots=True)
class InnerList:
    """Items in brackets, with parameters of the list."""

    items: tuple[Item, ...]
    parameters: Parameters = ()

    def parameter(self, name: str) -> Bare | None:
        """The parameter with this name."""
        return dict(self.parameters).get(name)


Dictionary: TypeAlias = dict[str, Item | InnerList]


def parse_dictionary(text: str) -> Dictionary:
    """Read a field. Raises `ValueError` with what is wrong."""
    if len(text) > MAX_FIELD:
        raise ValueError("the field is too long")
    found: Dictionary = {}
    reader = _Reader(text.strip(" "))
    while not reader.ended():
        key = reader.key()
        if key in found:
            raise ValueError(f"“{key}” stands in it twice")
        if reader.skip("="):
            found[key] = reader.member()
        else:
            found[key] = Item(True, reader.parameters())
        reader.take(_BLANK)
        if reader.ended():
            break
        if not reader.skip(","):
            raise ValueError("a comma is missing")
        reader.take(_BLANK)
        if reader.ended():
            raise ValueError("it ends with a comma")
    return found


def serialise(member: Item | InnerList) -> str:
    """Write a member in the one form of RFC 9651."""
    if isinstance(member, InnerList):
        inner = " ".join(serialise(one) for one in member.items)
        return f"({inner}){_parameters(member.parameters)}"
    return bare(member.value) + _parameters(member.parameters)


def bare(value: Bare) -> str:
    """Write a bare value. Raises `ValueError` for a text outside of ASCII."""
    match value:
        case bool():
            return "?1" if value else "?0"
        case int():
            return str(value)
        case bytes():
            return f":{binascii.b2a_base64(value, newline=False).decode('ascii')}:"
        case Token():
            return str(value)
        case str():
            if not value.isascii() or not value.isprintable():
                raise ValueError("a text of a structured field is printable ASCII")
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"'


def _parameters(given: Parameters) -> str:
    return "".join(f";{name}" if value is True else f";{name}={bare(value)}" for name, value in given)


class _Reader:
    """A place in the text."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def ended(self) -> bool:
        return self.at >= len(self.text)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        if found is not None:
            self.at = found.end()
        return found

    def skip(self, one: str) -> bool:
        if self.text.startswith(one, self.at):
            self.at += len(one)
            return True
        return False

    def key(self) -> str:
        found = self.take(_KEY)
        if found is None:
            raise ValueError("a name is missing")
        return found[0]

    def member(self) -> Item | InnerList:
        if not self.skip("("):
            return self.item()
        items: list[Item] = []
        while True:
            self.take(_SPACE)
            if self.skip(")"):
                return InnerList(tuple(items), self.parameters())
            items.append(self.item())
            if not self.text.startswith((" ", ")"), self.at):
                raise ValueError("a list in brackets does not end")

    def item(self) -> Item:
        return Item(self.bare(), self.parameters())

    def parameters(self) -> Parameters:
        found: dict[str, Bare] = {}
        while self.skip(";"):
            self.take(_SPACE)
            name = self.key()
            if name in found:
                raise ValueError(f"the parameter “{name}” stands in it twice")
            found[name] = self.bare() if self.skip("=") else True
        return tuple(found.items())

    def bare(self) -> Bare:
        if found := self.take(_STRING):
            return re.sub(r'\\(["\\])', r"\1", found[1])
        if found := self.take(_BYTES):
            try:
                return binascii.a2b_base64(found[1], strict_mode=True)
            except ValueError as error:
                raise ValueError("bytes are not in base64") from error
        if found := self.take(_INTEGER):
            return int(found[0])
        if self.skip("?1"):
            return True
        if self.skip("?0"):
            return False
        if found := self.take(_TOKEN):
            return Token(found[0])
        raise ValueError("a value is missing")
