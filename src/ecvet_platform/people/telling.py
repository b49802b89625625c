"""What the core says, in the reader's language (ADR-0031).

A `Said` is looked up in the catalogue by its English template, and each of its facts is told as the language writes it:
days, numbers, names in several languages, lists, other things said. What only a later room can tell (its states and
verbs, points) it tells through the tables that `shell.facts` gives to `know`.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext

from ecvet.errors import EcvetError
from ecvet.saying import Said, english
from ecvet.terms import LangString, Period
from ecvet_platform.people import language

Words = Mapping[Any, str | Promise]
_WORDS: Final[dict[type, Words]] = {}
_NAMED: Final[dict[str, tuple[Words, ...]]] = {}
_WAYS: Final[dict[type, Callable[[Any], str]]] = {}


def know(words: Mapping[type, Words], named: Mapping[str, tuple[Words, ...]],
         ways: Mapping[type, Callable[[Any], str]]) -> None:  # fmt: skip
    """Take the tables: words by the type of the term, by the name of the fact, and how values of a type are told."""
    _WORDS.update(words)
    _NAMED.update(named)
    _WAYS.update(ways)


def tell(text: object) -> str:
    """A sentence in the reader's language; an error says its own; what nobody can translate stays as it is."""
    if isinstance(text, EcvetError):
        text = text.said
    if not isinstance(text, Said):
        return str(text)
    if not text.template:
        return ""
    counted = text.facts.get("number") if text.many else None
    one, many = text.template, text.many
    template = ngettext(one, many, counted) if isinstance(counted, int) else gettext(one)
    return template.format_map(_Told(text.facts))


def tell_all(error: EcvetError) -> str:
    """The sentence of a refusal with its remedy."""
    return f"{tell(error.said)} {tell(error.what_to_do)}"


def problem_of(error: EcvetError) -> dict[str, object]:
    """A refusal as the members of a problem (RFC 9457): `detail` and `remedy` in the reader's language, `title` not."""
    return {**error.as_problem(), "detail": tell(error.said), "remedy": tell(error.what_to_do)}


def fact(name: str, value: object) -> str:
    """One fact as the reader's language writes it."""
    if isinstance(value, Said | EcvetError):
        return tell(value)
    for kind, way in _WAYS.items():
        if isinstance(value, kind):
            return way(value)
    if isinstance(value, str):
        return _word(name, value)
    if isinstance(value, LangString):
        return value.in_(get_language() or "en", "en")
    if isinstance(value, tuple | list) and type(value) in (tuple, list):
        return language.listed(fact(name, one) for one in value)
    if isinstance(value, frozenset | set):
        return language.listed(fact(name, one) for one in sorted(value))
    if isinstance(value, Period):
        return f"{language.day(value.start)} – {language.day(value.end) if value.end else '…'}"
    if isinstance(value, datetime):
        return language.moment(value)
    if isinstance(value, date):
        return language.day(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return language.number(value)
    return english(value)


def _word(name: str, value: str) -> str:
    """A term that a table knows, a country, or what stands there."""
    tables = (_WORDS[type(value)],) if isinstance(value, StrEnum) and type(value) in _WORDS else _NAMED.get(name, ())
    for table in tables:
        if value in table:
            return str(table[value])
    return language.country(value) if name == "country" else str(value)


class _Told(dict[str, object]):
    """Facts as `format_map` asks for them."""

    def __getitem__(self, name: str) -> str:
        return fact(name, super().__getitem__(name))
