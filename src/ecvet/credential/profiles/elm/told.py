"""What a European Digital Credential says, for people: the learner, and what was achieved with its parts and points.

It is written by strangers: whatever has another form than the model is left out, and nothing is looked up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from ecvet.credential.profiles.elm.lists import CREDITS

Texts: TypeAlias = dict[str, str]
"""One text by its languages."""

MAX_DEPTH: Final = 6


@dataclass(frozen=True, slots=True)
class Achieved:
    """An achievement, and how deep it stands in others; points are amounts with their system, such as “35 ECVET”.

    `is_partial` says that it is part of the qualification that it is called by.
    """

    title: Texts
    depth: int
    points: tuple[str, ...]
    outcomes: tuple[Texts, ...]
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a credential says. `born` is a date as it stands there."""

    title: Texts
    learner: Texts
    born: str
    achieved: tuple[Achieved, ...]


def told(claims: dict[str, Any]) -> Told:
    """What the claims of a credential say."""
    subject = next(_nodes(claims.get("credentialSubject")), {})
    name = _texts(subject.get("fullName"))
    if not name:
        given, family = _texts(subject.get("givenName")), _texts(subject.get("familyName"))
        name = {tag: " ".join((given.get(tag, ""), family.get(tag, ""))).strip() for tag in given | family}
    born = subject.get("dateOfBirth")
    display = next(_nodes(claims.get("displayParameter")), {})
    return Told(
        title=_texts(display.get("title")), learner=name, born=born[:10] if isinstance(born, str) else "",
        achieved=tuple(_achieved(subject.get("hasClaim"), 0)),
    )  # fmt: skip


def _achieved(item: object, depth: int) -> Iterator[Achieved]:
    for one in _nodes(item):
        specified = next(_nodes(one.get("specifiedBy")), {})
        title = _texts(one.get("title")) or _texts(specified.get("title"))
        if title:
            points = one.get("creditReceived") or specified.get("creditPoint")
            outcomes = (_texts(outcome.get("title")) for outcome in _nodes(specified.get("learningOutcome")))
            is_partial = specified.get("isPartialQualification") is True
            yield Achieved(
                title,
                depth,
                tuple(filter(None, map(_points, _nodes(points)))),
                tuple(filter(None, outcomes)),
                is_partial,
            )
        if depth < MAX_DEPTH:
            yield from _achieved(one.get("hasPart"), depth + 1)


def _points(item: dict[str, Any]) -> str:
    amount, framework = item.get("point"), next(_nodes(item.get("framework")), {})
    name = framework.get("id")
    short = CREDITS.get(name) if isinstance(name, str) else None
    words = short or next(iter(_texts(framework.get("prefLabel")).values()), "")
    return f"{amount} {words}".strip() if isinstance(amount, str) else ""


def _texts(item: object) -> Texts:
    """A text by its languages; of several in one language the first."""
    found = {}
    for tag, said in item.items() if isinstance(item, dict) else ():
        text = said[0] if isinstance(said, list) and said else said
        if isinstance(text, str) and text:
            found[str(tag)] = text
    return found


def _nodes(item: object) -> Iterator[dict[str, Any]]:
    for one in item if isinstance(item, list) else [item]:
        if isinstance(one, dict):
            yield one
