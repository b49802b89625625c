"""Candidates for an equivalence: the same title under another code. Evidence for a person, never a decision.

At the reform of 2017 the Finnish vehicle qualification kept none of its 47 unit codes, but 45 titles.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ecvet.qualification.combination import UnitPlace, walk
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.unit import Unit
from ecvet.terms import LangString


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A unit by code, title and points, from wherever it comes; `points` None where they are not known."""

    code: str
    title: LangString
    points: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Unit `from_` may be equivalent to unit `to`, because both are called `title`; `same_points` None: not known."""

    from_: str
    to: str
    title: str
    same_points: bool | None


def candidates(units: Iterable[Named], towards: Iterable[Named]) -> tuple[Candidate, ...]:
    """For each unit those of the other side with the same title in some language; those with the same code are left
    out, since they need no decision."""
    by_title: dict[tuple[str, str], list[Named]] = {}
    for one in towards:
        for language, text in one.title.texts:
            by_title.setdefault((language, _plain(text)), []).append(one)
    found: dict[tuple[str, str], Candidate] = {}
    for unit in units:
        for language, text in unit.title.texts:
            for one in by_title.get((language, _plain(text)), ()):
                if one.code != unit.code and (unit.code, one.code) not in found:
                    known = unit.points is not None and one.points is not None
                    same = unit.points == one.points if known else None
                    title = " ".join(text.split())
                    found[unit.code, one.code] = Candidate(from_=unit.code, to=one.code, title=title, same_points=same)
    return tuple(found.values())


def named_units(qualification: Qualification, units: Iterable[Unit] = ()) -> tuple[Named, ...]:
    """The units of a qualification with the titles of its places, or of the units described with it."""
    titles: dict[str, LangString] = {}
    for place in walk(qualification.rules.root):
        if isinstance(place.node, UnitPlace) and place.node.title:
            titles.setdefault(place.node.unit, place.node.title)
    titles |= {unit.code: unit.title for unit in units}
    sizes = {one.code: one.points.value if one.points else None for one in qualification.units if one.code in titles}
    return tuple(Named(code=code, title=titles[code], points=points) for code, points in sizes.items())


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()
