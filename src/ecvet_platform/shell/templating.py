"""Jinja2 as the pages use it: addresses, translations, and dates and numbers in the reader's language (CLDR)."""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from ecvet.errors import EcvetError
from ecvet.record import address_of
from ecvet.terms import LangString
from ecvet_platform.people import language
from ecvet_platform.people.addresses import address, pattern
from ecvet_platform.people.roles import Role
from ecvet_platform.people.telling import tell
from ecvet_platform.people.words import ROLES
from ecvet_platform.qualifications.naming import key_text
from ecvet_platform.qualifications.words import amount, fields_said
from ecvet_platform.qualifications.words.rules import sorts
from ecvet_platform.shell.steps import STEPS
from ecvet_platform.shell.writing import Pages, rendered, spoken

T = TypeVar("T")


def environment(**options: Any) -> Environment:
    """The environment of all pages. An unknown name in a template is an error, not an empty place."""
    made = Pages(
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        **{**options, "undefined": StrictUndefined},
    )
    made.globals.update(
        _=said, gettext=said, ngettext=counted, url=address, pattern=pattern, asset=asset, role_name=role_name,
        sentence=tell, remedy=remedy, labels=labels, step_of=STEPS.__getitem__, csrf_field=csrf_field,
    )  # fmt: skip
    made.filters.update(
        day=in_language(language.day), moment=language.moment, number=in_language(language.number),
        country=in_language(language.country), points=in_language(amount), text=text, key=key_text,
        language=language.language_name, sorts=sorts, fields=fields_said, told=tell,
    )  # fmt: skip
    return made


def said(text: str, /, **values: object) -> str:
    """A text of the pages in the reader's language, with its named places filled. Pages say dozens."""
    found = _said(text, spoken())
    return found % values if values else found % ()


def counted(one: str, many: str, num: int, /, **values: object) -> str:
    """A text with a number, in the form that the reader's language has for it."""
    return Markup(ngettext(one, many, num)) % {"num": num, **values}


def in_language(written: Callable[[T, str | None], str]) -> Callable[[T], str]:
    """A filter that is told the language of the page instead of asking Django for it once for each cell."""
    return lambda value: written(value, spoken())


def csrf_field() -> Markup:
    """The field that a form of the page carries to prove that it came from here."""
    return Markup(rendered().get("csrf_input", ""))


@lru_cache(maxsize=32768)
def _said(text: str, _language: str | None) -> Markup:
    """Words of ours, which stand on the page as they are; what is filled in is escaped."""
    return Markup(gettext(text))


@cache
def asset(path: str) -> str:
    """The address of a file of our own, with a mark of its content so that browsers may keep it."""
    found = finders.find(path)
    mark = address_of(Path(str(found)).read_bytes())[8:20] if found else "missing"
    return f"{static(path)}?{mark}"


def labels(head: Sequence[object]) -> list[Markup]:
    """For each column what its cells carry, so that a narrow screen can show a row as a card."""
    return [Markup(f' data-label="{escape(title)}"') for title in head]


def remedy(error: EcvetError) -> str:
    """What to do about a refusal, in the reader's language as far as it is translated."""
    return tell(error.what_to_do)


def role_name(role: Role) -> str:
    """A role in the reader's language."""
    return str(ROLES[role])


def text(value: LangString | None) -> str:
    """A text in the reader's language, else in English, else in the authoritative one."""
    return "" if value is None else value.in_(spoken() or "en", "en")
