"""Edits of what the standard requires, of the parts of units, and of the size of units in the qualification."""

from dataclasses import replace
from uuid import UUID

from ecvet.qualification import LearningOutcome, OutcomeKind, RequiredOutcome, SubArea, UnitLink
from ecvet.qualification.languages import said
from ecvet.terms import LangString
from ecvet_platform.drafts.actions import dividing, parts, writing
from ecvet_platform.drafts.errors import PartGone
from ecvet_platform.qualifications.actions import Draft


def require(draft: Draft, text: str, name: str = "") -> Draft:
    """The draft with a required outcome, in the place of the one with this id or as the last. Raises `PartGone`."""
    item = draft.qualification
    language, there = item.title.authoritative, {one.id: one for one in item.standard}
    if name and name not in there:
        raise PartGone()
    taken = there.keys() | {one for unit in draft.units for one in unit.outcome_ids}
    name = name or next(new for n in range(1, len(taken) + 2) if (new := f"s{n}") not in taken)
    before = there.get(name)
    words = said(before.text if before else None, language, text) or LangString.of({language: text})
    there[name] = RequiredOutcome(id=name, text=words)
    return replace(draft, qualification=replace(item, standard=tuple(there.values())))


def release(draft: Draft, name: str) -> Draft:
    """The draft that no longer requires an outcome; units that contain it keep it. Raises `PartGone`."""
    item = draft.qualification
    left = tuple(one for one in item.standard if one.id != name)
    if len(left) == len(item.standard):
        raise PartGone()
    return replace(draft, qualification=replace(item, standard=left))


def put_into(draft: Draft, name: str, key: UUID) -> Draft:
    """The draft with a required outcome as an outcome of a unit. Raises `PartGone`, `UnitHeldElsewhere`."""
    wanted = next((one for one in draft.qualification.standard if one.id == name), None)
    if wanted is None:
        raise PartGone()
    known = parts.own_outcome(draft, key, name)
    made = known or LearningOutcome(id=name, text=wanted.text, kind=OutcomeKind.SKILLS)
    return writing.put_outcome(draft, key, made)


def containing(draft: Draft, name: str) -> tuple[str, ...]:
    """The codes of the units that contain an outcome."""
    units = dividing.units_of(draft)
    return tuple(
        one.code for one in draft.qualification.units if one.unit in units and name in units[one.unit].outcome_ids
    )


def put_sub_area(draft: Draft, key: UUID, part: SubArea, number: int) -> Draft:
    """The draft with a part of a unit, in the place of the one with this number or with 0 as the last.

    Raises `PartGone`.
    """
    unit = parts.own_unit(draft, key)
    if unit is None or (number and parts.find_sub_area(draft, key, number) is None):
        raise PartGone()
    areas = (*unit.sub_areas, part) if not number else (
        *unit.sub_areas[: number - 1], part, *unit.sub_areas[number:]
    )  # fmt: skip
    return writing.put_unit(draft, key, replace(unit, sub_areas=areas))


def drop_sub_area(draft: Draft, key: UUID, number: int) -> Draft:
    """The draft without a part of a unit. Raises `PartGone`."""
    unit = parts.own_unit(draft, key)
    if unit is None or parts.find_sub_area(draft, key, number) is None:
        raise PartGone()
    left = (*unit.sub_areas[: number - 1], *unit.sub_areas[number:])
    return writing.put_unit(draft, key, replace(unit, sub_areas=left))


def sized(draft: Draft, link: UnitLink) -> Draft:
    """The draft with another size of a unit. An allocation from which it does not follow is no longer recorded."""
    item = draft.qualification
    links = tuple(link if one.code == link.code else one for one in item.units)
    same = next((one.points for one in item.units if one.code == link.code), None) == link.points
    return replace(draft, qualification=replace(item, units=links, allocation=item.allocation if same else None))
