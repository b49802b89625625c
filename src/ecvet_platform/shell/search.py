"""One search across what the rooms list: learners, agreements, units, qualifications, institutions.

Nothing is searched here that the actor could not open from a list of her own: every line comes from the room's own list
for this actor. Accents and capitals do not matter, and the beginning of a word is enough (`qualifications.naming`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ecvet_platform.institutions.actions import register
from ecvet_platform.mobility.actions import agreements, learners
from ecvet_platform.people.language import day
from ecvet_platform.people.roles import Actor, has_one_of
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.naming import key_of

MOST: Final = 10
"""How many of each sort are shown; the room's own list has them all."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found: what it is called, its page, and what tells it from others."""

    title: str
    address: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one sort: the first lines, how many there are, and the list that has them all."""

    title: str | Promise
    hits: tuple[Hit, ...]
    count: int
    more: str = ""


Finder = Callable[[Actor, str], tuple[tuple[Hit, ...], int]]


def _learners(actor: Actor, text: str) -> tuple[tuple[Hit, ...], int]:
    if not has_one_of(actor, *learners.STAFF):
        return (), 0
    found, count = learners.page(actor=actor, search=text, size=MOST)
    return tuple(Hit(one.called, reverse("mobility:learner", kwargs={"key": one.key})) for one in found), count


def _agreements(actor: Actor, text: str) -> tuple[tuple[Hit, ...], int]:
    found, count = agreements.page(actor=actor, search=text, size=MOST)
    called = learners.names(line.learner for line in found)
    return tuple(
        Hit(
            f"{called.get(line.learner, line.learner)}: {line.title}",
            reverse("mobility:agreement", kwargs={"key": line.key}), f"{day(line.starts)} – {day(line.ends)}",
        )
        for line in found
    ), count  # fmt: skip


def _units(actor: Actor, text: str) -> tuple[tuple[Hit, ...], int]:
    found, count = qualifications.units_found(text, limit=MOST)
    return tuple(
        Hit(title, reverse("qualifications:unit", kwargs={"key": key}), code) for key, code, title in found
    ), count  # fmt: skip


def _qualifications(actor: Actor, text: str) -> tuple[tuple[Hit, ...], int]:
    found, count = qualifications.page(search=text, size=MOST)
    language = get_language() or "en"
    return tuple(
        Hit(line.title.in_(language, "en"), reverse("qualifications:one", kwargs={"key": line.key}), line.code)
        for line in found
    ), count  # fmt: skip


def _institutions(actor: Actor, text: str) -> tuple[tuple[Hit, ...], int]:
    found, count = register.page(search=text, size=MOST)
    return tuple(
        Hit(line.name, reverse("institutions:one", kwargs={"key": key_of(line.id)}), line.country) for line in found
    ), count  # fmt: skip


FINDERS: Final[tuple[tuple[str | Promise, Finder, str], ...]] = (
    (_("Learners"), _learners, "mobility:learners"),
    (_("Agreements"), _agreements, "mobility:agreements"),
    (_("Units"), _units, ""),
    (_("Qualifications"), _qualifications, "qualifications:list"),
    (_("Institutions"), _institutions, "institutions:list"),
)
"""What is searched, in this order: its title, who finds it, and the list with all of them."""


def search(actor: Actor, text: str) -> tuple[Group, ...]:
    """What the actor may see and in which all words of the text are found; nothing for an empty text."""
    return tuple(_groups(actor, text)) if text.strip() else ()


def _groups(actor: Actor, text: str) -> Iterator[Group]:
    for title, find, listing in FINDERS:
        hits, count = find(actor, text)
        if count:
            more = f"{reverse(listing)}?{urlencode({'q': text})}" if listing and count > len(hits) else ""
            yield Group(title, hits, count, more)
