"""Bounds of a group that no choice of its parts can meet, or that every choice meets.

A minimum is weighed against the most that the parts can give, and against the least that the compulsory ones give
anyway; each kind of bound (points, parts, units, choices) is one row of the table `BOUNDS`.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from ecvet.qualification.combination import Group, OpenSlot, UnitPlace, walk
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.requirements import Window
from ecvet.saying import Template, say
from ecvet.terms import Finding, LangString, Severity

ZERO: Final = Decimal(0)
Amount = Callable[[Qualification, Group], Decimal | None]


def group_findings(
    qualification: Qualification, group: Group, subject: str, name: LangString | str
) -> Iterator[Finding]:
    """All findings about the bounds of one group, `name` as people call it."""
    for too_much, vacuous, window_of, most_of, least_of in BOUNDS:
        window = window_of(group)
        least = window.minimum if window else None
        if window is None or not least:
            continue
        most = most_of(qualification, group)
        if most is not None and most < least:
            yield Finding("R-COMP-7", Severity.ERROR, subject, too_much.say(name=name, least=least, most=most),
                          say("Correct the bound, or give the group more parts."))  # fmt: skip
        given = least_of(qualification, group)
        if vacuous and given is not None and given >= least and _leaves_open(group, window, given):
            yield Finding("R-COMP-6", Severity.WARNING, subject, vacuous.say(name=name, least=least),
                          say("Raise the minimum, or remove it."))  # fmt: skip


def _leaves_open(group: Group, window: Window, given: Decimal) -> bool:
    """Whether something could still be chosen, so that the minimum looks as if it asked for it."""
    return (window.maximum is None or window.maximum > given) and any(not child.compulsory for child in group.children)


def _children(_: Qualification, group: Group) -> Decimal:
    return Decimal(len(group.children))


def _compulsory_children(_: Qualification, group: Group) -> Decimal:
    return Decimal(sum(child.compulsory for child in group.children))


def _units(_: Qualification, group: Group) -> Decimal | None:
    """The different units below; None where an open slot may take any number of pieces."""
    nodes = [place.node for place in walk(group)]
    if any(isinstance(node, OpenSlot) for node in nodes):
        return None
    return Decimal(len({node.unit for node in nodes if isinstance(node, UnitPlace)}))


def _choices(_: Qualification, group: Group) -> Decimal:
    return Decimal(sum(isinstance(child, Group) and child.role.chooses for child in group.children))


def _no_amount(_: Qualification, group: Group) -> None:
    return None


def _compulsory_points(qualification: Qualification, group: Group) -> Decimal | None:
    """The points of the compulsory units directly in the group; None where one of them has no points."""
    total = ZERO
    for child in group.children:
        if not isinstance(child, UnitPlace) or not child.compulsory:
            continue
        link = qualification.link(child.unit)
        if link is None or link.points is None:
            return None
        total += link.points.value
    return total


BOUNDS: Final[tuple[tuple[Template, Template | None, Callable[[Group], Window | None], Amount, Amount], ...]] = (
    (
        Template("“{name}” needs {least} points, but its parts give at most {most}."),
        Template("“{name}” needs {least} points, which its compulsory parts always give: the bound is vacuous."),
        lambda group: group.points, _no_amount, _compulsory_points,
    ),
    (
        Template("“{name}” needs {least} parts, but has {most} at most."),
        Template("“{name}” needs {least} parts, which its compulsory parts always give: the bound is vacuous."),
        lambda group: group.count, _children, _compulsory_children,
    ),
    (
        Template("“{name}” needs {least} units, but its parts give at most {most}."),
        None,
        lambda group: group.units, _units, _no_amount,
    ),
    (
        Template("“{name}” asks for {least} choices, but offers {most} at most."),
        None,
        lambda group: group.choose, _choices, _no_amount,
    ),
)  # fmt: skip
"""What is said of too much and of nothing asked for, what is bounded, by which window, and the most and the
least that the parts give; points are weighed in `tree_findings`, which knows the bounds inside."""
