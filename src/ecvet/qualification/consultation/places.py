"""The places of a draft about which somebody can have an opinion: the whole, points, rules, units, outcomes."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ecvet.qualification.qualification import Qualification
from ecvet.qualification.unit import LearningOutcome, Unit


class PlaceKind(StrEnum):
    """What a place is."""

    WHOLE = "whole"
    POINTS = "points"
    RULES = "rules"
    UNIT = "unit"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place, by a key that stays the same from one version of a draft to the next.

    `unit` and `outcome` are given where the place is one, or lies in one.
    """

    key: str
    kind: PlaceKind
    unit: Unit | None = None
    code: str = ""
    outcome: LearningOutcome | None = None


def places(item: Qualification, units: Iterable[Unit]) -> tuple[Place, ...]:
    """All places of a text in its order. A unit that is not among `units` has a place, but its outcomes have none."""
    known, found = {one.id: one for one in units}, [Place(key=PlaceKind.WHOLE.value, kind=PlaceKind.WHOLE)]
    if item.points is not None or any(link.points is not None for link in item.units):
        found.append(Place(key=PlaceKind.POINTS.value, kind=PlaceKind.POINTS))
    found.append(Place(key=PlaceKind.RULES.value, kind=PlaceKind.RULES))
    for link in item.units:
        unit = known.get(link.unit)
        key = f"units/{_escaped(link.code)}"
        found.append(Place(key=key, kind=PlaceKind.UNIT, unit=unit, code=link.code))
        found += (
            Place(key=f"{key}/{_escaped(one.id)}", kind=PlaceKind.OUTCOME, unit=unit, code=link.code, outcome=one)
            for one in (unit.outcomes if unit else ())
        )
    return tuple(found)


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("/", "%2F")
