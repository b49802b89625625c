"""Days, times, numbers, lists, countries and languages as the reader's language writes them (CLDR)."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache

import babel
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils import translation

from ecvet_platform.people.collation import order


def locale() -> babel.Locale:
    """That of the reader. English is the English of Europe: the day before the month, and 24 hours."""
    return _locale(translation.get_language() or "en")


def speaking(language: str) -> AbstractContextManager[None]:
    """Inside it everything is written in this language, whatever the reader's own is."""
    return translation.override(language)


def day(value: date | None, language: str | None = None) -> str:
    """A day; an en dash where there is none. `language` is the reader's, where who asks has it at hand."""
    return "–" if value is None else _day(value, language or translation.get_language())


def moment(value: datetime | None) -> str:
    """A day with its time in UTC, to the minute."""
    if value is None:
        return "–"
    here, value = locale(), value.astimezone(UTC)
    joined = str(here.datetime_formats["medium"]).replace("{0}", format_time(value, "short", locale=here))
    return joined.replace("{1}", format_date(value, "long", here)) + " UTC"


def number(value: int | Decimal | None, language: str | None = None) -> str:
    """An exact number."""
    return "–" if value is None else _number(str(value), language or translation.get_language())


def country(code: str, language: str | None = None) -> str:
    """The name of a country by its code of ISO 3166-1; a code that has no name stays as it is."""
    return _country(code, language or translation.get_language())


def countries() -> list[tuple[str, str]]:
    """Code and name of all countries, by name."""
    known = [(code, str(name)) for code, name in locale().territories.items() if len(code) == 2 and code.isalpha()]
    here = translation.get_language() or "en"
    return sorted(((code, name) for code, name in known if code not in _NONE), key=lambda one: order(one[1], here))


def language_name(code: str) -> str:
    """The name of a language by its tag; a tag that has no name stays as it is."""
    return str(locale().languages.get(code, code))


def own_name(code: str) -> str:
    """What an official language calls itself, as the menu of languages shows it."""
    if "-" in code:  # the language made by code, which CLDR does not know
        return str(LANG_INFO[code]["name_local"])
    name = str(_locale(code).languages.get(code.partition("-")[0], code))
    return name[:1].upper() + name[1:]


def languages() -> list[tuple[str, str]]:
    """Tag and name of the official languages, by name."""
    here = translation.get_language() or "en"
    return sorted(((code, language_name(code)) for code, _ in settings.LANGUAGES), key=lambda one: order(one[1], here))


def listed(parts: Iterable[str]) -> str:
    """Several things as a sentence lists them: “Bruno, Chloé and Dimitra”."""
    return format_list(list(parts), "standard", locale())


# Lists write the same days and numbers again and again, and CLDR's patterns are slow to fill in.
@lru_cache
def _locale(language: str) -> babel.Locale:
    return babel.Locale.parse("en-GB" if language.startswith("en") else language, sep="-")


@lru_cache(maxsize=4096)
def _day(value: date, language: str | None) -> str:
    return format_date(value, format="long", locale=_locale(language or "en"))


@lru_cache(maxsize=4096)
def _number(value: str, language: str | None) -> str:  # as text: 1.0 and 1 are equal, but not written alike
    return format_decimal(Decimal(value), locale=_locale(language or "en"), decimal_quantization=False)


@lru_cache(maxsize=4096)
def _country(code: str, language: str | None) -> str:
    return str(_locale(language or "en").territories.get(code, code))


_NONE = frozenset({"EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Codes of CLDR that name no country."""
