"""Alternatives that a tree does not mark: groups of which it stays unsaid whether all are needed or one of them.

Real rules have them: five competence areas as five ordinary groups without any bound, each with a compulsory unit. The
reading S1 asks for all five; a person means one. Such a tree is reported, and where the two understandings lead to
different verdicts, the verdict is undecided.
"""

from dataclasses import replace
from decimal import Decimal

from ecvet.qualification.combination import Combination, Group, Role, UnitPlace, walk
from ecvet.qualification.requirements import Window


def unmarked_alternatives(rules: Combination) -> tuple[str, ...]:
    """The ids of the boundless groups with two or more boundless children that each compel a unit."""
    return tuple(
        place.id for place in walk(rules.root) if isinstance(place.node, Group) and len(_candidates(place.node)) > 1
    )


def with_marked_alternatives(rules: Combination) -> Combination:
    """The other understanding: of each such set of groups exactly one is used."""
    return replace(rules, root=_marked(rules.root))


def _candidates(group: Group) -> tuple[Group, ...]:
    if any((group.points, group.count, group.units, group.choose)):
        return ()
    return tuple(
        child
        for child in group.children
        if isinstance(child, Group)
        and child.role is Role.DEFINED
        and not child.compulsory
        and not any((child.points, child.count, child.units, child.choose))
        and any(isinstance(unit, UnitPlace) and unit.compulsory for unit in child.children)
    )


def _marked(group: Group) -> Group:
    candidates = _candidates(group)
    several = len(candidates) > 1
    children = tuple(
        replace(_marked(child), role=Role.BRANCH if several and child in candidates else child.role)
        if isinstance(child, Group)
        else child
        for child in group.children
    )
    return replace(group, children=children, choose=Window(Decimal(1), Decimal(1)) if several else group.choose)
