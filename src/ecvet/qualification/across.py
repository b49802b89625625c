"""What lies across the tree, as a list that is written one requirement at a time.

A requirement is named by its kind and its number among those of its kind, from 1. Each edit gives new rules and leaves
the old ones as they are; what an edit leaves behind may be wrong as a whole, and `lint` says so. `findings_across` says
which of the findings belong to which requirement, so that they can be shown at their place.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, TypeAlias

from ecvet.qualification.combination import Combination
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reference_findings import reference_findings
from ecvet.qualification.requirement_findings import requirement_findings
from ecvet.qualification.requirements import (
    Barred,
    Corequisite,
    DoubleCount,
    Exemption,
    MaximumAge,
    MinimumGrade,
    NonUnitRequirement,
    Overlay,
    Prerequisite,
    WeightedAverage,
)
from ecvet.qualification.tree_errors import RequirementUnknown
from ecvet.qualification.tree_findings import most_points
from ecvet.terms import Finding

Requirement: TypeAlias = (
    Overlay | Barred | Prerequisite | Corequisite | Exemption | NonUnitRequirement | MinimumGrade | WeightedAverage
    | MaximumAge | DoubleCount
)  # fmt: skip


class Kind(StrEnum):
    """The kinds of requirements across the tree; the value is the member of `Combination` that holds them."""

    OVERLAY = "overlays"
    BARRED = "barred"
    PREREQUISITE = "prerequisites"
    COREQUISITE = "corequisites"
    EXEMPTION = "exemptions"
    BESIDE_UNITS = "non_unit"
    MINIMUM_GRADE = "minimum_grades"
    AVERAGE = "averages"
    AGE = "maximum_age"
    DOUBLE_COUNT = "double_counts"


TYPES: Final[dict[Kind, type[Any]]] = {
    Kind.OVERLAY: Overlay,
    Kind.BARRED: Barred,
    Kind.PREREQUISITE: Prerequisite,
    Kind.COREQUISITE: Corequisite,
    Kind.EXEMPTION: Exemption,
    Kind.BESIDE_UNITS: NonUnitRequirement,
    Kind.MINIMUM_GRADE: MinimumGrade,
    Kind.AVERAGE: WeightedAverage,
    Kind.AGE: MaximumAge,
    Kind.DOUBLE_COUNT: DoubleCount,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A requirement where it stands."""

    kind: Kind
    number: int
    value: Requirement


def across(rules: Combination) -> Iterator[Stated]:
    """All requirements across the tree, kind by kind, in their order."""
    for kind in Kind:
        for number, value in enumerate(getattr(rules, kind.value), 1):
            yield Stated(kind=kind, number=number, value=value)


def requirement(rules: Combination, kind: Kind, number: int) -> Requirement | None:
    """One requirement; None where there is none with this number."""
    found: tuple[Requirement, ...] = getattr(rules, kind.value)
    return found[number - 1] if 0 < number <= len(found) else None


def stated(rules: Combination, new: Requirement, number: int = 0) -> Combination:
    """The rules with a requirement in the place of the one with this number, or with 0 as the last of its kind.

    An overlay without an id gets one, by which refusals name it. Raises `RequirementUnknown`.
    """
    kind = kind_of(new)
    there = _all(rules, kind, number)
    if isinstance(new, Overlay) and not new.id:
        taken = {one.id for one in rules.overlays}
        new = replace(new, id=next(name for n in range(1, len(taken) + 2) if (name := f"o{n}") not in taken))
    made = (*there, new) if not number else (*there[: number - 1], new, *there[number:])
    return _with(rules, kind, made)


def withdrawn(rules: Combination, kind: Kind, number: int) -> Combination:
    """The rules without a requirement. Raises `RequirementUnknown`."""
    there = _all(rules, kind, number)
    return _with(rules, kind, (*there[: number - 1], *there[number:]))


def lifted(rules: Combination, kind: Kind, number: int) -> Combination:
    """The rules with a requirement before the one that was before it. Raises `RequirementUnknown`."""
    there = list(_all(rules, kind, number))
    if number > 1:
        there[number - 2], there[number - 1] = there[number - 1], there[number - 2]
    return _with(rules, kind, tuple(there))


def kind_of(item: Requirement) -> Kind:
    """Which kind a requirement is of."""
    return next(kind for kind, type_ in TYPES.items() if isinstance(item, type_))


def findings_across(qualification: Qualification) -> dict[tuple[Kind, int], tuple[Finding, ...]]:
    """What is wrong with each requirement by itself. What is wrong only between several is found by `lint` alone."""
    rules = qualification.rules
    most = most_points(qualification, rules.root)
    bare = Combination(root=rules.root)
    found = {}
    for one in across(rules):
        alone = replace(qualification, rules=_with(bare, one.kind, (one.value,)))
        findings = (*requirement_findings(alone, most), *reference_findings(alone))
        if findings:
            found[one.kind, one.number] = findings
    return found


def _with(rules: Combination, kind: Kind, items: tuple[Requirement, ...]) -> Combination:
    new: dict[str, Any] = {kind.value: items}
    return replace(rules, **new)


def _all(rules: Combination, kind: Kind, number: int) -> tuple[Requirement, ...]:
    there: tuple[Requirement, ...] = getattr(rules, kind.value)
    if number and requirement(rules, kind, number) is None:
        raise RequirementUnknown(kind=kind.value, number=number)
    return there
