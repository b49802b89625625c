"""The parts of a draft that are changed as one, so that people who change different parts do not disturb each other."""

from dataclasses import replace
from uuid import UUID

from ecvet.qualification import Combination, LearningOutcome, SubArea, Unit, UnitLink
from ecvet.qualification.across import Kind
from ecvet.qualification.across import requirement as find_requirement
from ecvet.qualification.combination import Group, Node, walk
from ecvet.qualification.languages import texts
from ecvet.terms import LangString
from ecvet_platform.drafts.actions.keeping import Part
from ecvet_platform.qualifications.actions import Draft
from ecvet_platform.qualifications.naming import key_of

ABOUT = Part(
    "about",
    lambda draft: replace(draft.qualification, units=(), rules=Combination(root=Group()), points=None, allocation=None),
)
"""The qualification without units, points and rules."""

POINTS = Part("points", lambda draft: tuple(filter(None, (
    draft.qualification.system, draft.qualification.points, draft.qualification.allocation, draft.qualification.units,
))))  # fmt: skip
RULES = Part("rules", lambda draft: draft.qualification.rules.root)
UNITS = Part("units", lambda draft: draft.qualification.units)


def link(draft: Draft, key: UUID) -> UnitLink | None:
    """The link of the unit with this key."""
    return next((one for one in draft.qualification.units if key_of(one.unit) == key), None)


def own_unit(draft: Draft, key: UUID) -> Unit | None:
    """The unit with this key, where it is written in the draft."""
    return next((one for one in draft.units if key_of(one.id) == key), None)


def own_outcome(draft: Draft, key: UUID, name: str) -> LearningOutcome | None:
    """An outcome of a unit that is written in the draft."""
    unit = own_unit(draft, key)
    return next((one for one in unit.outcomes if one.id == name), None) if unit else None


def unit(key: UUID) -> Part:
    """A unit of the draft without its outcomes."""

    def of(draft: Draft) -> Unit | None:
        found = own_unit(draft, key)
        return replace(found, outcomes=()) if found else None

    return Part("unit", of)


def whole_unit(key: UUID) -> Part:
    """A unit of the draft with its outcomes, or the link of one that is published."""
    return Part("unit", lambda draft: own_unit(draft, key) or link(draft, key))


def outcome(key: UUID, name: str) -> Part:
    """An outcome of a unit, with its criteria."""
    return Part("outcome", lambda draft: own_outcome(draft, key, name))


def find_sub_area(draft: Draft, key: UUID, number: int) -> SubArea | None:
    """A part of a unit that is written in the draft, by its number from 1."""
    found = own_unit(draft, key)
    return found.sub_areas[number - 1] if found and 0 < number <= len(found.sub_areas) else None


def sub_area(key: UUID, number: int) -> Part:
    """A part of a unit."""
    return Part("unit", lambda draft: find_sub_area(draft, key, number))


def required(name: str) -> Part:
    """An outcome that the standard requires."""
    return Part("standard", lambda draft: next((o for o in draft.qualification.standard if o.id == name), None))


def place(name: str) -> Part:
    """A place of the rules, a group without its parts."""

    def of(draft: Draft) -> Node | None:
        found = branch_of(draft, name)
        return replace(found, children=()) if isinstance(found, Group) else found

    return Part("rules", of)


def branch(name: str) -> Part:
    """A place of the rules with all that lies in it."""
    return Part("rules", lambda draft: branch_of(draft, name))


def branch_of(draft: Draft, name: str) -> Node | None:
    """The node at a place."""
    return next((one.node for one in walk(draft.qualification.rules.root) if one.id == name), None)


def language(tag: str, key: UUID | None = None) -> Part:
    """The texts of the qualification itself, or of one of its units, in one language beside the authoritative ones."""

    def of(draft: Draft) -> tuple[tuple[str, str, str], ...] | None:
        found = texts_of(draft, key)
        if found is None:
            return None
        return tuple((path, dict(text.texts).get(tag, ""), text.in_(text.authoritative)) for path, text in found)

    return Part(f"texts in {tag}", of)


def requirement(kind: Kind, number: int) -> Part:
    """One requirement across the tree."""
    return Part("rules", lambda draft: find_requirement(draft.qualification.rules, kind, number))


def texts_of(draft: Draft, key: UUID | None = None) -> tuple[tuple[str, LangString], ...] | None:
    """The texts of the qualification itself with their places, or of a unit that is written in the draft; None where
    the draft does not have the unit."""
    if key is None:
        return tuple((f"qualification.{path}", text) for path, text in texts(draft.qualification))
    at = next((n for n, one in enumerate(draft.units) if key_of(one.id) == key), None)
    return None if at is None else tuple((f"units.{at}.{path}", text) for path, text in texts(draft.units[at]))
