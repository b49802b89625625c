"""Jinja2 as the pages use it: addresses, translations, and dates and numbers in the reader's language (CLDR)."""

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from ecvet.errors import EcvetError
from ecvet.record import address_of
from ecvet.terms import LangString
from ecvet_platform.people import language
from ecvet_platform.people.addresses import address
from ecvet_platform.people.roles import Role
from ecvet_platform.people.words import ROLES
from ecvet_platform.qualifications.words import amount, fields_said
from ecvet_platform.qualifications.words.rules import sorts
from ecvet_platform.shell.steps import STEPS


def environment(**options: Any) -> Environment:
    """The environment of all pages. An unknown name in a template is an error, not an empty place."""
    made = Environment(
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        **{**options, "undefined": StrictUndefined},
    )
    made.install_gettext_callables(said, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        url=address,
        asset=asset,
        role_name=role_name,
        sentence=sentence,
        remedy=remedy,
        labels=labels,
        step_of=STEPS.__getitem__,
    )
    made.filters.update(
        day=language.day, moment=language.moment, number=language.number, country=language.country, text=text,
        language=language.language_name, points=amount, sorts=sorts, fields=fields_said,
    )  # fmt: skip
    return made


def said(text: str) -> str:
    """A text of the pages in the reader's language. Pages say dozens, and Django asks several catalogues."""
    return _said(text, translation.get_language())


@lru_cache(maxsize=32768)
def _said(text: str, _language: str | None) -> str:
    return gettext(text)


@cache
def asset(path: str) -> str:
    """The address of a file of our own, with a mark of its content so that browsers may keep it."""
    found = finders.find(path)
    mark = address_of(Path(str(found)).read_bytes())[8:20] if found else "missing"
    return f"{static(path)}?{mark}"


def labels(head: Sequence[object]) -> list[Markup]:
    """For each column what its cells carry, so that a narrow screen can show a row as a card."""
    return [Markup(' data-label="{}"').format(title) for title in head]


def sentence(error: EcvetError) -> str:
    """The sentence of a refusal in the reader's language, as far as it is translated."""
    return gettext(error.sentence).format(**error.facts)


def remedy(error: EcvetError) -> str:
    """What to do about a refusal, in the reader's language as far as it is translated."""
    return gettext(error.remedy).format(**error.facts)


def role_name(role: Role) -> str:
    """A role in the reader's language."""
    return str(ROLES[role])


def text(value: LangString | None) -> str:
    """A text in the reader's language, else in English, else in the authoritative one."""
    return "" if value is None else value.in_(translation.get_language() or "en", "en")
