"""What differs between the text that was consulted on and a later one, place by place."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from ecvet.qualification.consultation.places import Place, PlaceKind, places
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.unit import Unit
from ecvet.terms import LangString


class How(StrEnum):
    """In which way a place changed."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One place that differs. `before` and `after` are its main text, where it has one."""

    place: str
    how: How
    was: Place | None
    now: Place | None

    @property
    def before(self) -> LangString | None:
        """What it said."""
        return _text(self.was)

    @property
    def after(self) -> LangString | None:
        """What it says now."""
        return _text(self.now)


def changes(
    before: tuple[Qualification, Iterable[Unit]], after: tuple[Qualification, Iterable[Unit]]
) -> tuple[Change, ...]:
    """The places that differ, in the order of the later text; what is gone comes last."""
    was = {one.key: one for one in places(before[0], tuple(before[1]))}
    now = {one.key: one for one in places(after[0], tuple(after[1]))}
    found = []
    for key, place in now.items():
        old = was.get(key)
        if old is None:
            found.append(Change(place=key, how=How.ADDED, was=None, now=place))
        elif _content(old, before[0]) != _content(place, after[0]):
            found.append(Change(place=key, how=How.CHANGED, was=old, now=place))
    gone = (Change(place=key, how=How.REMOVED, was=old, now=None) for key, old in was.items() if key not in now)
    return (*found, *gone)


def _content(place: Place, item: Qualification) -> object:
    """What a place consists of; ids and versions of records are none of it, nor is what has a place of its own."""
    match place.kind:
        case PlaceKind.WHOLE:
            return (item.title, item.code, item.eqf, item.nqf, item.isced_f, item.standard, item.country,
                    item.transition_end, tuple(link.code for link in item.units))  # fmt: skip
        case PlaceKind.POINTS:
            return item.system, item.points, tuple((one.code, one.points, one.most, one.weight) for one in item.units)
        case PlaceKind.RULES:
            return item.rules
        case PlaceKind.UNIT:
            unit = place.unit
            return unit and (unit.title, unit.eqf, unit.assessment, unit.sub_areas)
    assert place.outcome is not None
    return replace(place.outcome, id="")


def _text(place: Place | None) -> LangString | None:
    if place is None:
        return None
    if place.outcome is not None:
        return place.outcome.text
    return place.unit.title if place.unit is not None and place.kind is PlaceKind.UNIT else None
