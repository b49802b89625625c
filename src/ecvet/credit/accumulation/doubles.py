"""Units that may count in two groups: which groups share, and by which rule.

Double counting is a relation between requirements, not a property of a unit. A piece stands at one place, from which
its points go up to the whole; beside that it may stand at a place of another group, where it counts towards that group
and what is in it. Whether the groups over both see it once or twice, each rule says (`Common`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecvet.credit.accumulation.errors import TreeUnusable
from ecvet.qualification.combination import Group
from ecvet.qualification.requirements import Common, DoubleCount
from ecvet.saying import say

if TYPE_CHECKING:
    from ecvet.credit.accumulation.compile import Compiled


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubles:
    """`groups` are those of each rule, `shares` all of them; `over` names for each node in one of them which it is."""

    rules: tuple[DoubleCount, ...]
    groups: tuple[frozenset[int], ...]
    over: Mapping[int, int]
    shares: frozenset[int]

    def allow(self, one: int, other: int) -> Iterator[int]:
        """The numbers of the rules, from 1, by which a piece may stand at two places."""
        here, there = self.over.get(one), self.over.get(other)
        if here is not None and there is not None and here != there:
            yield from (n for n, groups in enumerate(self.groups, 1) if here in groups and there in groups)

    def rises(self, rule: int) -> bool:
        """Whether what stands by a rule (0: by none) counts beyond its sharing group."""
        return not rule or self.rules[rule - 1].common is Common.EACH


def doubles(tree: "Compiled") -> Doubles:
    """The sharing groups of a tree. Raises `TreeUnusable` where one is unknown, or lies inside another."""
    index = {name: n for n, name in enumerate(tree.ids) if isinstance(tree.nodes[n], Group)}
    rules, over = tree.rules.double_counts, dict[int, int]()
    for rule in rules:
        for name in rule.groups:
            if name not in index:
                raise TreeUnusable(why=say("units may count twice in “{name}”, which is none of its groups", name=name))
    groups = tuple(frozenset(index[name] for name in rule.groups) for rule in rules)
    shares = frozenset[int]().union(*groups)
    for group in sorted(shares):
        for node in tree.below(group):
            if node in over:
                inner, outer = tree.ids[group], tree.ids[over[node]]
                raise TreeUnusable(
                    why=say(
                        "“{inner}” and “{outer}” share units, and one lies inside the other", inner=inner, outer=outer
                    )
                )
            over[node] = group
    return Doubles(rules=rules, groups=groups, over=over, shares=shares)
