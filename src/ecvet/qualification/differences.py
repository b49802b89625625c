"""What differs between two versions of a qualification, side by side: its members, units, outcomes, points and rules.

Units are the same by their code, outcomes by their id, places by theirs; a requirement across the tree that is not the
same in both stands beside the next one of its kind that is not. A difference is evidence for people: what still counts
for whom is decided by `ecvet.credit.accumulation.migration`, never by likeness.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from itertools import zip_longest
from typing import Final

from ecvet.qualification.across import Kind
from ecvet.qualification.combination import Combination, Group, Node, walk
from ecvet.qualification.editing import identified
from ecvet.qualification.qualification import Qualification, UnitLink
from ecvet.qualification.unit import Unit
from ecvet.terms import Identifier

Units = Mapping[Identifier, Unit]


class Level(StrEnum):
    """At what a difference is."""

    ABOUT = "about"
    UNIT = "unit"
    OUTCOME = "outcome"
    POINTS = "points"
    PLACE = "place"
    REQUIREMENT = "requirement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sized:
    """What a unit weighs in a version: its link without the unit meant."""

    link: UnitLink


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A node without what lies in it, and the id of the group it stands in."""

    node: Node
    inside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference. `subject` is a unit's code, a place's id or a kind of requirement, empty for the whole; `member`
    is the member that differs, or an outcome's id. `before` is None for what is new, `after` for what is gone."""

    level: Level
    subject: str
    member: str
    before: object
    after: object


_ELSEWHERE: Final = {"units", "rules", "allocation", "id", "version", "replaces"}
"""Members of a qualification that are compared in parts, or differ between versions by necessity."""

_OF_A_UNIT: Final = {"id", "version", "replaces", "outcomes", "code", "institution"}
_OF_A_LINK: Final = ("points", "most", "weight")


def differences(old: Qualification, new: Qualification, old_units: Units, new_units: Units) -> tuple[Difference, ...]:
    """Everything that differs, from the whole to the rules; nothing for two versions that say the same."""
    found = [*_about(old, new), *_units(old, new, old_units, new_units), *_points(old, new)]
    return (*found, *_places(old.rules, new.rules), *_requirements(old.rules, new.rules))


def _about(old: Qualification, new: Qualification) -> Iterator[Difference]:
    for field in fields(Qualification):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.name not in _ELSEWHERE and before != after:
            yield Difference(level=Level.ABOUT, subject="", member=field.name, before=before, after=after)


def _units(old: Qualification, new: Qualification, old_units: Units, new_units: Units) -> Iterator[Difference]:
    before = {link.code: old_units.get(link.unit) for link in old.units}
    after = {link.code: new_units.get(link.unit) for link in new.units}
    for code in dict.fromkeys((*before, *after)):
        one, other = before.get(code), after.get(code)
        if one is None or other is None:
            if (code in before) != (code in after):
                yield Difference(level=Level.UNIT, subject=code, member="", before=one or (code in before or None),
                                 after=other or (code in after or None))  # fmt: skip
            continue
        for field in fields(Unit):
            here, there = getattr(one, field.name), getattr(other, field.name)
            if field.name not in _OF_A_UNIT and here != there:
                yield Difference(level=Level.UNIT, subject=code, member=field.name, before=here, after=there)
        yield from _outcomes(code, one, other)


def _outcomes(code: str, old: Unit, new: Unit) -> Iterator[Difference]:
    before, after = ({one.id: one for one in unit.outcomes} for unit in (old, new))
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield Difference(level=Level.OUTCOME, subject=code, member=name, before=before.get(name),
                             after=after.get(name))  # fmt: skip


def _points(old: Qualification, new: Qualification) -> Iterator[Difference]:
    for before in old.units:
        after = new.link(before.code)
        if after and any(getattr(before, name) != getattr(after, name) for name in _OF_A_LINK):
            yield Difference(level=Level.POINTS, subject=before.code, member="", before=Sized(link=before),
                             after=Sized(link=after))  # fmt: skip


def _places(old: Combination, new: Combination) -> Iterator[Difference]:
    before, after = _standing(old), _standing(new)
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield Difference(level=Level.PLACE, subject=name, member="", before=before.get(name),
                             after=after.get(name))  # fmt: skip


def _standing(rules: Combination) -> dict[str, Standing]:
    """Every place by its id; a tree without ids gets those that a draft made from it would have."""
    return {
        one.id: Standing(node=replace(one.node, children=()) if isinstance(one.node, Group) else one.node,
                         inside=one.parent or "")
        for one in walk(identified(rules.root))
    }  # fmt: skip


def _requirements(old: Combination, new: Combination) -> Iterator[Difference]:
    for kind in Kind:
        before, after = list(getattr(old, kind.value)), list(getattr(new, kind.value))
        for same in [one for one in before if one in after]:
            if same in after:
                before.remove(same)
                after.remove(same)
        for gone, come in zip_longest(before, after):
            yield Difference(level=Level.REQUIREMENT, subject=kind.value, member="", before=gone, after=come)
