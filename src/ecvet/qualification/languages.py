"""The texts of a qualification or unit in their languages: all of them with their places, and a translation of them.

A place is the path to the text from the value, such as `title` or `outcomes.0.text`. The authoritative text of a place
is never left out (R-UNIT-11).
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from ecvet.terms import LangString

T = TypeVar("T")


def texts(item: object, path: str = "") -> Iterator[tuple[str, LangString]]:
    """All texts of a value with their places, in the order of its members."""
    if isinstance(item, LangString):
        yield path, item
    elif isinstance(item, tuple):
        for number, one in enumerate(item):
            yield from texts(one, _below(path, str(number)))
    elif is_dataclass(item) and not isinstance(item, type):
        for field in fields(item):
            yield from texts(getattr(item, field.name), _below(path, field.name))


def translated(item: T, language: str, words: Mapping[str, str]) -> T:
    """The value with the given texts of one language at their places; an empty text takes the translation away."""
    return cast(T, _translated(item, language, words, ""))


def said(before: LangString | None, language: str, text: str) -> LangString | None:
    """A text with another wording in one language, or the first one; None where no text is left at all."""
    others = {tag: one for tag, one in (before.texts if before else ()) if tag != language}
    if text.strip():
        main = before.authoritative if before else language
        return LangString.of({**others, language: text}, authoritative=main)
    if before is None or before.authoritative == language:
        return None
    return LangString.of(others, authoritative=before.authoritative)


def _translated(item: Any, language: str, words: Mapping[str, str], path: str) -> Any:
    if isinstance(item, LangString):
        return item if path not in words else said(item, language, words[path]) or item
    if isinstance(item, tuple):
        return tuple(_translated(one, language, words, _below(path, str(n))) for n, one in enumerate(item))
    if is_dataclass(item) and not isinstance(item, type):
        new = {one.name: _translated(getattr(item, one.name), language, words, _below(path, one.name))
               for one in fields(item)}  # fmt: skip
        return replace(item, **new)
    return item


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
