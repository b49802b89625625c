"""The edits of a draft: pure functions from a draft to the next one, given to `keeping.change`."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar
from urllib.parse import quote
from uuid import UUID

from ecvet.qualification import AssessmentCriterion, Combination, LearningOutcome, Qualification, Unit, UnitLink
from ecvet.qualification.across import Kind, lifted, withdrawn
from ecvet.qualification.combination import Group, UnitPlace
from ecvet.qualification.editing import put, recoded, without_unit
from ecvet.qualification.languages import said, translated
from ecvet.qualification.qualification import field_of_education
from ecvet.record import Recorded
from ecvet.terms import Country, Identifier, LangString, identifier
from ecvet_platform.drafts.actions import parts
from ecvet_platform.drafts.errors import CodeTaken, PartGone, UnitHeldElsewhere
from ecvet_platform.qualifications.actions import Draft
from ecvet_platform.qualifications.naming import key_of

T = TypeVar("T")


def new(*, code: str, title: LangString, institution: Identifier, country: Country) -> Draft:
    """A draft of which only the name is known. Its identifier follows from institution, code and version."""
    item = Qualification(
        id=_named(institution, "qualifications", code, "1"), code=code, title=title, institution=institution,
        country=country, rules=Combination(root=Group()), unit_based=True,
    )  # fmt: skip
    return Draft(item)


def next_version(published: Qualification) -> Draft:
    """A draft of the version after a published one, with the same units."""
    version = _after(published.version)
    name = _named(published.institution, "qualifications", published.code, version)
    return Draft(replace(published, id=name, version=version, replaces=published.id, valid=None, transition_end=None))


def add_unit(draft: Draft, code: str, title: str, *, taken: Callable[[Identifier], object]) -> Draft:
    """The draft with a new unit, which also gets a place in the rules; `taken` says whether an identifier is in use.

    Raises `CodeTaken`.
    """
    item = draft.qualification
    if item.link(code) is not None:
        raise CodeTaken(code=code)
    name = LangString.of({item.title.authoritative: title})
    unit = Unit(id=_named(item.institution, "units", code, "1", draft, taken), code=code, title=name,
                institution=item.institution, eqf=item.eqf)  # fmt: skip
    return replace(_linked(draft, UnitLink(code=code, unit=unit.id)), units=(*draft.units, unit))


def link_unit(draft: Draft, unit: Unit) -> Draft:
    """The draft with a published unit. Raises `CodeTaken`."""
    if draft.qualification.link(unit.code) is not None:
        raise CodeTaken(code=unit.code)
    return _linked(draft, UnitLink(code=unit.code, unit=unit.id))


def renew_unit(draft: Draft, published: Recorded[Unit]) -> Draft:
    """The draft with a new version of a published unit in its place, to be written on. Raises `PartGone`."""
    old = published.value
    version = _after(old.version)
    unit = replace(old, id=_named(old.institution, "units", old.code, version, draft), version=version, replaces=old.id)
    links = tuple(replace(one, unit=unit.id) if one.unit == old.id else one for one in draft.qualification.units)
    if links == draft.qualification.units:
        raise PartGone()
    return Draft(replace(draft.qualification, units=links), (*draft.units, unit))


def drop_unit(draft: Draft, key: UUID) -> Draft:
    """The draft without a unit, its points and its places in the rules. Raises `PartGone`."""
    link = parts.link(draft, key)
    if link is None:
        raise PartGone()
    units = tuple(one for one in draft.units if one.id != link.unit)
    return Draft(without_unit(draft.qualification, link.code), units)


def put_unit(draft: Draft, key: UUID, new: Unit) -> Draft:
    """The draft with what is said of a unit; its outcomes stay. Raises `PartGone`, `UnitHeldElsewhere`, `CodeTaken`."""
    before, item = _own(draft, key), draft.qualification
    link = parts.link(draft, key)
    if link is None:
        raise PartGone()
    if new.code != link.code:
        if item.link(new.code) is not None:
            raise CodeTaken(code=new.code)
        item = recoded(item, link.code, new.code)
    return _with_unit(replace(draft, qualification=item), replace(new, id=before.id, outcomes=before.outcomes))


def put_whole_unit(draft: Draft, key: UUID, new: Unit) -> Draft:
    """The draft with a unit and all its outcomes. Raises as `put_unit`."""
    before = _own(draft, key)
    return _with_unit(put_unit(draft, key, new), replace(new, id=before.id))


def put_outcome(draft: Draft, key: UUID, outcome: LearningOutcome) -> Draft:
    """The draft with an outcome, instead of the one with its id or as the last one. Raises as `put_unit`."""
    unit = _own(draft, key)
    there = {one.id: one for one in unit.outcomes} | {outcome.id: outcome}
    return _with_unit(draft, replace(unit, outcomes=tuple(there.values())))


def new_outcome_id(unit: Unit) -> str:
    """An id that no outcome of the unit has."""
    return next(name for name in map(str, range(1, len(unit.outcomes) + 2)) if name not in unit.outcome_ids)


def put_skill(draft: Draft, key: UUID, name: str, skill: str, there: bool) -> Draft:
    """The draft with a concept linked to an outcome, or without. Raises as `put_unit`, and `NotAnIdentifier`."""
    outcome = parts.own_outcome(draft, key, name)
    if outcome is None:
        raise PartGone()
    left = tuple(one for one in outcome.skills if one != skill)
    return put_outcome(draft, key, replace(outcome, skills=(*left, identifier(skill)) if there else left))


def put_field(draft: Draft, code: str, there: bool) -> Draft:
    """The draft with a field of education, or without. Raises `FieldUnknown`."""
    item = draft.qualification
    left = tuple(one for one in item.isced_f if one != code)
    return replace(draft, qualification=replace(item, isced_f=(*left, field_of_education(code)) if there else left))


def drop_outcome(draft: Draft, key: UUID, name: str) -> Draft:
    """The draft without an outcome. Raises as `put_unit`."""
    unit = _own(draft, key)
    left = tuple(one for one in unit.outcomes if one.id != name)
    if len(left) == len(unit.outcomes):
        raise PartGone()
    return _with_unit(draft, replace(unit, outcomes=left))


def lift_outcome(draft: Draft, key: UUID, name: str) -> Draft:
    """The draft with an outcome before the one that was before it; the first one stays. Raises as `put_unit`."""
    unit = _own(draft, key)
    at = next((n for n, one in enumerate(unit.outcomes) if one.id == name), None)
    if at is None:
        raise PartGone()
    return _with_unit(draft, replace(unit, outcomes=_lifted(unit.outcomes, at)))


def lift_unit(draft: Draft, key: UUID) -> Draft:
    """The draft with a unit before the one that was before it; the first one stays. Raises `PartGone`."""
    links = draft.qualification.units
    at = next((n for n, one in enumerate(links) if key_of(one.unit) == key), None)
    if at is None:
        raise PartGone()
    return replace(draft, qualification=replace(draft.qualification, units=_lifted(links, at)))


def criteria(before: LearningOutcome | None, language: str, lines: Iterable[str]) -> tuple[AssessmentCriterion, ...]:
    """The criteria as they are written now. A line that was there keeps its id, its other languages and what it
    requires; so does the one in whose place another wording stands."""
    old = list(before.criteria) if before else []
    written = [line.strip() for line in lines if line.strip()]
    same = {one.text.in_(language): one for one in old}
    free = [one for one in old if one.text.in_(language) not in written]
    made, ids = [], {one.id for one in old}
    for line in written:
        base = same.get(line) or (free.pop(0) if free else None)
        if base is None:
            name = next(str(n) for n in range(1, 10_000) if str(n) not in ids)
            ids.add(name)
            made.append(AssessmentCriterion(id=name, text=LangString.of({language: line})))
        else:
            made.append(replace(base, text=said(base.text, language, line) or base.text))
    return tuple(made)


def withdraw(draft: Draft, kind: Kind, number: int) -> Draft:
    """The draft without a requirement across the tree. Raises `RequirementUnknown`."""
    item = draft.qualification
    return replace(draft, qualification=replace(item, rules=withdrawn(item.rules, kind, number)))


def lift_requirement(draft: Draft, kind: Kind, number: int) -> Draft:
    """The draft with a requirement before the one that was before it. Raises `RequirementUnknown`."""
    item = draft.qualification
    return replace(draft, qualification=replace(item, rules=lifted(item.rules, kind, number)))


def translate(draft: Draft, tag: str, words: dict[str, str]) -> Draft:
    """The draft with the texts of one language."""
    return translated(draft, tag, words)


def _lifted(items: tuple[T, ...], at: int) -> tuple[T, ...]:
    moved = list(items)
    if at > 0:
        moved[at - 1], moved[at] = moved[at], moved[at - 1]
    return tuple(moved)


def _own(draft: Draft, key: UUID) -> Unit:
    unit, link = parts.own_unit(draft, key), parts.link(draft, key)
    if link is None:
        raise PartGone()
    if unit is None:
        raise UnitHeldElsewhere(code=link.code)
    return unit


def _with_unit(draft: Draft, unit: Unit) -> Draft:
    return replace(draft, units=tuple(unit if one.id == unit.id else one for one in draft.units))


def _linked(draft: Draft, link: UnitLink) -> Draft:
    item = draft.qualification
    root = put(item.rules.root, item.rules.root.id, UnitPlace(unit=link.code, compulsory=True))
    rules = replace(item.rules, root=root)
    return replace(draft, qualification=replace(item, units=(*item.units, link), rules=rules))


def _after(version: str) -> str:
    return str(int(version) + 1) if version.isdecimal() else f"{version}+1"


def _named(institution: Identifier, what: str, code: str, version: str, draft: Draft | None = None,
           in_use: Callable[[Identifier], object] = lambda name: None) -> Identifier:  # fmt: skip
    """An identifier below the institution's own, other than those in the draft and those in use."""
    stem = f"{institution.rstrip('/')}/{what}/{quote(code, safe='')}"
    taken = {one.unit for one in draft.qualification.units} if draft else set[Identifier]()
    names = (Identifier(f"{stem}/{version}{more}") for more in ("", *(f"-{n}" for n in range(2, 10_000))))
    return next(name for name in names if name not in taken and not in_use(name))
