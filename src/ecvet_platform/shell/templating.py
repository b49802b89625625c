"""Jinja2 as the pages use it: addresses, translations, and dates and numbers in the reader's language (CLDR)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import babel
from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, StrictUndefined

from ecvet.errors import EcvetError
from ecvet.record import address_of
from ecvet.terms import LangString
from ecvet_platform.people.roles import Role
from ecvet_platform.shell.words import ROLES


def environment(**options: Any) -> Environment:
    """The environment of all pages. An unknown name in a template is an error, not an empty place."""
    made = Environment(
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        **{**options, "undefined": StrictUndefined},
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(url=address, asset=asset, role_name=role_name, sentence=sentence, remedy=remedy)
    made.filters.update(day=day, moment=moment, number=number, text=text)
    return made


def address(name: str, /, **arguments: object) -> str:
    """The address of a page by its name: `url("mobility:agreement", thread=…)`."""
    return reverse(name, kwargs=arguments or None)


def asset(path: str) -> str:
    """The address of a file of our own, with a mark of its content so that browsers may keep it."""
    return f"{static(path)}?{_mark(path)}"


def sentence(error: EcvetError) -> str:
    """The sentence of a refusal in the reader's language, as far as it is translated."""
    return gettext(error.sentence).format(**error.facts)


def remedy(error: EcvetError) -> str:
    """What to do about a refusal, in the reader's language as far as it is translated."""
    return gettext(error.remedy).format(**error.facts)


def role_name(role: Role) -> str:
    """A role in the reader's language."""
    return str(ROLES[role])


def day(value: date | None) -> str:
    """A day in the reader's language; an en dash where there is none."""
    return "–" if value is None else format_date(value, format="long", locale=_locale())


def moment(value: datetime | None) -> str:
    """A day with its time in UTC, to the minute, in the reader's language."""
    if value is None:
        return "–"
    locale, value = _locale(), value.astimezone(UTC)
    joined = str(locale.datetime_formats["medium"]).replace("{0}", format_time(value, "short", locale=locale))
    return joined.replace("{1}", format_date(value, "long", locale)) + " UTC"


def number(value: int | Decimal | None) -> str:
    """An exact number as the reader's language writes it."""
    return "–" if value is None else format_decimal(value, locale=_locale(), decimal_quantization=False)


def text(value: LangString | None) -> str:
    """A text in the reader's language, else in English, else in the authoritative one."""
    return "" if value is None else value.in_(translation.get_language() or "en", "en")


@cache
def _mark(path: str) -> str:
    found = finders.find(path)
    return address_of(Path(str(found)).read_bytes())[8:20] if found else "missing"


def _locale() -> babel.Locale:
    """English is that of Europe: the day before the month, and 24 hours."""
    language = translation.get_language() or "en"
    return babel.Locale.parse("en-GB" if language == "en" else language, sep="-")
