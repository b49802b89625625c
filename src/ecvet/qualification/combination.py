"""Rules of combination: the tree that says which units, in which groups, make up a qualification.

The rules belong to the competent institution; nothing here has a rule of its own (R-COMP-1). A composition is a tree
(R-COMP-2) of groups, of places for units of the qualification, and of open slots for credit from outside (R-COMP-8);
requirements that lie across the tree stand beside it (`ecvet.qualification.requirements`). What the tree leaves open is
settled by a named reading (`ecvet.qualification.reading`), never silently.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, Final, TypeAlias

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
    Window,
)
from ecvet.terms import LangString

__all__ = ["Combination", "Group", "Node", "OpenSlot", "Place", "Role", "Surplus", "UnitPlace", "Window", "walk"]


MOST_NODES: Final = 20_000
MOST_DEPTH: Final = 100
"""Larger or deeper trees are none that an institution wrote: they go round in a circle, or mean harm."""


class Role(StrEnum):
    """What a group stands for. Siblings of one of the choosing roles are alternatives (R-COMP-4)."""

    DEFINED = "defined"
    FOREIGN = "foreign"  # taken over from another document
    AREA = "competence-area"
    TITLE = "title"
    BRANCH = "branch"  # one of several groups, without a name of its own in the award

    @property
    def chooses(self) -> bool:
        """Whether a group of this role is an alternative to its siblings of the same role."""
        return self in (Role.AREA, Role.TITLE, Role.BRANCH)


class Surplus(StrEnum):
    """What happens to points above a group's maximum: they do not count, or they may not be there."""

    CAP = "cap"
    FORBID = "forbid"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPlace:
    """A place for one unit of the qualification, by its code. `points` bounds the learner's own size (R-COMP-9)."""

    kind: ClassVar[str] = "unit"

    unit: str
    compulsory: bool = False
    points: Window | None = None
    id: str = ""
    title: LangString | None = None
    text: LangString | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSlot:
    """A place for credit from outside the qualification, within bounds (R-COMP-8).

    `accepts` names the kinds of credit it was meant for (local-unit, other-qualification, higher-education, sub-units,
    work-experience …); empty means any. `count` bounds the number of pieces put into it.
    """

    kind: ClassVar[str] = "open"

    points: Window | None = None
    count: Window | None = None
    accepts: tuple[str, ...] = ()
    compulsory: bool = False
    id: str = ""
    title: LangString | None = None
    text: LangString | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of places, slots and groups, with its bounds (R-COMP-2).

    `points` bounds the counted points; `count` the number of its direct children in use; `units` the number of pieces
    of credit anywhere below it; `choose` the number of alternatives in use among its children with a choosing role.
    `code` is the code of the competence area or title a choosing group stands for. `surplus` is None where the source
    does not say; then the reading decides.
    """

    kind: ClassVar[str] = "group"

    children: "tuple[UnitPlace | OpenSlot | Group, ...]" = ()
    points: Window | None = None
    count: Window | None = None
    units: Window | None = None
    choose: Window | None = None
    compulsory: bool = False
    role: Role = Role.DEFINED
    code: str = ""
    surplus: Surplus | None = None
    id: str = ""
    title: LangString | None = None
    text: LangString | None = None


Node: TypeAlias = UnitPlace | OpenSlot | Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """The rules of combination of one version of a qualification, on one path (R-COMP-1).

    The text of the root is the whole rule in prose. What stands after `root` lies across the tree and applies to the
    whole selection.
    """

    root: Group
    overlays: tuple[Overlay, ...] = ()
    barred: tuple[Barred, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()
    corequisites: tuple[Corequisite, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    non_unit: tuple[NonUnitRequirement, ...] = ()
    minimum_grades: tuple[MinimumGrade, ...] = ()
    averages: tuple[WeightedAverage, ...] = ()
    maximum_age: tuple[MaximumAge, ...] = ()
    double_counts: tuple[DoubleCount, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        """The codes of all units that have a place, each once, in the order of the tree."""
        return tuple(dict.fromkeys(place.node.unit for place in walk(self.root) if isinstance(place.node, UnitPlace)))

    @property
    def total(self) -> Decimal | None:
        """The points of the whole, where the root fixes them; None where it has no minimum."""
        return self.root.points.minimum if self.root.points else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A node where it stands: `id` is its own or, without one, its position ("2.1" is the second's first child)."""

    id: str
    node: Node
    parent: str | None
    depth: int


def walk(root: Group) -> Iterator[Place]:
    """All nodes of a tree from the root down, parents first, children in their order."""
    waiting: list[tuple[str, Node, str | None, int]] = [("0", root, None, 0)]
    while waiting:
        position, node, parent, depth = waiting.pop()
        name = node.id or position
        yield Place(id=name, node=node, parent=parent, depth=depth)
        if isinstance(node, Group):
            prefix = "" if parent is None else f"{position}."
            below = [(f"{prefix}{n}", child, name, depth + 1) for n, child in enumerate(node.children, 1)]
            waiting.extend(reversed(below))
