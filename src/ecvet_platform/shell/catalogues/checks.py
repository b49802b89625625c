"""What is wrong with a translation, whoever made it. Pure: texts in, sentences out.

A translation keeps every placeholder and every tag, begins and ends with the same white space, has the line breaks of
the original and one form for each number form of the language.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from gettext import c2py
from typing import Final

from babel.messages.catalog import Catalog, Message

from ecvet_platform.shell.catalogues.files import forms

PLACE: Final = re.compile(r"%\(\w+\)[a-z]|%%|\{\{|\}\}|\{\w*[^{}]*\}")
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_EDGES: Final = re.compile(r"\A(\s*).*?(\s*)\Z", re.DOTALL)
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ufffd]")
_COUNTED: Final = ("%(num)s", "%(n)s", "%(count)s", "{number}")


@lru_cache
def counted_by(plural_expr: str, number: int) -> tuple[frozenset[int], ...]:
    """For each plural form of a language the numbers up to 200 that take it."""
    which, found = c2py(plural_expr), [set[int]() for _ in range(number)]
    for one in range(201):
        found[which(one)].add(one)
    return tuple(frozenset(one) for one in found)


def wrong(one: Message, catalog: Catalog) -> tuple[str, ...]:
    """What is wrong with the translation of an entry; nothing for one that is not translated."""
    translated = forms(one.string)
    return tuple(problems(forms(one.id), translated, catalog)) if any(translated) else ()


def problems(original: Sequence[str], translated: Sequence[str], catalog: Catalog) -> Iterator[str]:
    """The same for texts that are not yet in the catalogue."""
    if len(original) == 1:
        if len(translated) != 1:
            yield f"one text is needed, not {len(translated)}"
            return
        yield from _text(original[0], translated[0])
        return
    numbers = counted_by(catalog.plural_expr, catalog.num_plurals)
    if len(translated) != len(numbers):
        yield f"{len(numbers)} number forms are needed, not {len(translated)}: {said_of_forms(catalog)}"
        return
    for at, (form, takes) in enumerate(zip(translated, numbers, strict=True)):
        may_drop = {place for place in _COUNTED if place in original[-1]} if len(takes) == 1 else set()
        yield from (f"form {at}: {problem}" for problem in _text(original[-1], form, may_drop))


def said_of_forms(catalog: Catalog) -> str:
    """Which numbers take which form, in a line: `0: 1 · 1: 0, 2, 3, 4 …`."""
    numbers = counted_by(catalog.plural_expr, catalog.num_plurals)
    some = (", ".join(map(str, sorted(takes)[:6])) + (" …" if len(takes) > 6 else "") for takes in numbers)
    return " · ".join(f"{at}: {takes}" for at, takes in enumerate(some))


def _text(original: str, translated: str, may_drop: set[str] = frozenset()) -> Iterator[str]:  # type: ignore[assignment]
    if not translated.strip():
        yield "it is empty"
        return
    if _CONTROL.search(translated):
        yield "it has control characters"
    wanted, found = Counter(PLACE.findall(original)), Counter(PLACE.findall(translated))
    for place in sorted(wanted.keys() | found.keys()):
        if place not in found and place not in may_drop:
            yield f"{place} is missing"
        elif place not in wanted:
            yield f"{place} is not in the original"
    bare, bare_original = PLACE.sub("", translated), PLACE.sub("", original)
    for sign in "%{}":  # one of these alone breaks the page when the text is filled in
        if bare.count(sign) != bare_original.count(sign):
            yield f"a single “{sign}” that is not in the original"
    if Counter(_TAG.findall(original)) != Counter(_TAG.findall(translated)):
        yield f"tags must be those of the original: {' '.join(_TAG.findall(original)) or 'none'}"
    if _edges(original) != _edges(translated):
        yield "white space at the beginning or end is not that of the original"
    if original.count("\n") != translated.count("\n"):
        yield f"{original.count(chr(10))} line breaks are needed, not {translated.count(chr(10))}"
    if original == translated and len(_WORD.findall(bare_original)) > 4:
        yield "it is the English text"


def _edges(text: str) -> tuple[str, str]:
    found = _EDGES.match(text)
    return (found[1], found[2]) if found else ("", "")
