"""For translators in a hurry: the next texts as plain values, and their translations back, one by one or not at all."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import babel
from babel.messages.catalog import Catalog, Message

from ecvet_platform.shell.catalogues import checks, files
from ecvet_platform.shell.catalogues.terms import terms_in

FIRST: Final = (
    "people", "shell", "mobility", "guests", "credit", "dossier", "documents", "institutions", "qualifications",
    "credentials", "drafts", "core",
)  # fmt: skip
"""The areas in the order in which they are translated: first what most people see."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A translation that was not taken, and why."""

    key: str
    text: str
    reasons: tuple[str, ...]


def key(one: Message) -> str:
    """The key of a text: ten hexadecimal digits from its English and its context, the same in every checkout."""
    return hashlib.sha256(f"{one.context or ''}\x04{files.forms(one.id)[0]}".encode()).hexdigest()[:10]


def texts(catalog: Catalog, *, area: str = "", drafts: bool = False) -> Iterator[Message]:
    """What is untranslated, or with `drafts` what a machine drafted; of one area, or of all in the order of `FIRST`."""
    found = [
        one
        for one in catalog
        if one.id
        and (files.is_draft(one) if drafts else not all(files.forms(one.string)))
        and (not area or area in _areas(one))
    ]
    yield from sorted(found, key=lambda one: (_rank(one), files.forms(one.id)[0].casefold()))


def sheet(
    catalog: Catalog, code: str, chosen: Sequence[Message], places: Mapping[str, Sequence[str]] | None = None
) -> dict[str, Any]:
    """The texts with what a translator must know: where they stand, the terms, the number forms. For JSON."""
    used = {term.name: term for one in chosen for term in terms_in(files.forms(one.id)[-1])}
    return {
        "language": code,
        "name": babel.Locale.parse(code).get_display_name("en"),
        "number_forms": checks.said_of_forms(catalog),
        "terms": {term.english[0]: wording.say for term in used.values() if (wording := term.wordings.get(code))},
        "texts": [_entry(one, places or {}) for one in chosen],
    }


def take(
    catalog: Catalog, given: Mapping[str, str | Sequence[str]], *, drafted: bool, only_missing: bool = False
) -> tuple[int, tuple[Refused, ...]]:
    """Put translations into the catalogue: how many were taken, and those that were not, with reasons.

    `drafted` marks them as a machine's. `only_missing` leaves what is translated as it is. What a person has confirmed
    is never replaced by a draft.
    """
    known = {key(one): one for one in catalog if one.id}
    taken, refused = 0, []
    for name, text in given.items():
        said = files.forms(text) if isinstance(text, str | list | tuple) else ()
        reasons = tuple(_against(known.get(name), said, catalog, drafted=drafted, only_missing=only_missing))
        if reasons:
            refused.append(Refused(name, files.forms(known[name].id)[0] if name in known else "", reasons))
            continue
        one = known[name]
        one.string = said[0] if len(files.forms(one.id)) == 1 else said
        files.mark(one, drafted=drafted)
        taken += 1
    return taken, tuple(refused)


def _against(
    one: Message | None, said: Sequence[str], catalog: Catalog, *, drafted: bool, only_missing: bool
) -> Iterator[str]:
    if one is None:
        yield "no text has this key; ask for the next texts again"
    elif not said or not all(isinstance(form, str) for form in said):
        yield "a text, or a list of texts for what counts something, is needed"
    elif only_missing and all(files.forms(one.string)):
        yield "it is translated already"
    elif drafted and all(files.forms(one.string)) and not files.is_draft(one):
        yield "a person has confirmed another translation; a draft does not replace it"
    else:
        yield from checks.problems(files.forms(one.id), said, catalog)


def _entry(one: Message, places: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    english = files.forms(one.id)
    found: dict[str, Any] = {"key": key(one), "text": english[0]}
    if len(english) > 1:
        found["plural"] = english[1]
    found["where"] = ", ".join(places.get(english[0]) or _areas(one))
    if one.context:
        found["context"] = one.context
    if any(files.forms(one.string)):
        found["draft"] = one.string
    if one.auto_comments:
        found["note"] = " ".join(one.auto_comments)
    return found


def _rank(one: Message) -> int:
    return min((FIRST.index(area) for area in _areas(one) if area in FIRST), default=len(FIRST))


def _areas(one: Message) -> tuple[str, ...]:
    return tuple(sorted({place for place, _ in one.locations}))
