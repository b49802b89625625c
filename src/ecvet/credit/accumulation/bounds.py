"""The bounds of a tree for reckoning costs by amounts of points (`frontier`), laid out once per tree and grain."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import gcd
from typing import Final

from ecvet.credit.accumulation.compile import Compiled
from ecvet.credit.accumulation.plan import WITHOUT_END
from ecvet.qualification.combination import Group, UnitPlace
from ecvet.qualification.requirements import Window

ZERO: Final = Decimal(0)
WIDEST: Final = 2000
"""Entries; trees with wider bounds, or finer points, are the solver's."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bounds:
    """Parallel tuples over the nodes, in steps of points of one grain; `point` steps are one point.

    `inner` is the last amount that makes a difference at a node, `outer` the last that does above it; `least` its
    minimum; `forbids` whether the last amount is too much. `rows` are the allowed numbers of used children, with
    whether there is no end to them; `steps` its children in order, alternatives together, with whether one is needed.
    `sizes` are the amounts that a unit can be added with, at each place.
    """

    grain: int
    point: int
    inner: tuple[int, ...]
    outer: tuple[int, ...]
    least: tuple[int, ...]
    forbids: tuple[bool, ...]
    rows: tuple[tuple[range, bool], ...]
    steps: tuple[tuple[tuple[tuple[int, ...], bool], ...], ...]
    sizes: tuple[tuple[int, ...], ...]


@lru_cache(maxsize=256)
def is_simple(tree: Compiled) -> bool:
    """Whether costs can be reckoned node by node: no rule lies across the tree, no node counts all pieces below it."""
    rules = tree.rules
    across = (rules.overlays, rules.barred, rules.prerequisites, rules.corequisites, rules.averages, tree.doubles.rules)
    return not any(across) and all(_is_simple(tree, n) for n in range(len(tree.nodes)))


def _is_simple(tree: Compiled, n: int) -> bool:
    node = tree.nodes[n]
    if isinstance(node, Group):
        choosing = {child for one in tree.alternatives[n] for child in one.children}
        return (
            node.units is None
            and all(one.least <= 1 and one.most == 1 for one in tree.alternatives[n])
            and not any(tree.compulsory[child] for child in choosing)
        )
    return isinstance(node, UnitPlace) or node.count is None


def grain_of(tree: Compiled, amounts: Sequence[int]) -> int:
    """The largest step, in those of the plan, that divides all amounts in sight."""
    return gcd(_grain(tree), *amounts)


@lru_cache(maxsize=256)
def _grain(tree: Compiled) -> int:
    scale = tree.plan.scale
    windows = [*tree.sizes.values(), *(node.points for node in tree.nodes if node.points)]
    amounts = [bound * scale for window in windows for bound in (window.minimum, window.maximum) if bound is not None]
    return 1 if any(int(amount) != amount for amount in amounts) else gcd(scale, *map(int, amounts))


@lru_cache(maxsize=256)
def bounds_of(tree: Compiled, grain: int) -> Bounds | None:
    """The bounds in steps of the grain; None where they are too wide, or rules lie across the tree."""
    plan, nodes = tree.plan, tree.nodes
    root = plan.least[0] if plan.most[0] == WITHOUT_END else plan.most[0]
    if not is_simple(tree) or root // grain > WIDEST:
        return None
    inner, outer, least = list[int](), list[int](), [low // grain for low in plan.least]
    for n in range(len(nodes)):
        above = inner[plan.paths[n][1]] if n else WITHOUT_END
        most = plan.most[n] // grain
        open_end = max(above, least[n]) if n else least[0]
        inner.append(most + tree.forbids[n] if plan.most[n] < WITHOUT_END else open_end)
        outer.append(min(inner[n], above))
    if max(inner) > WIDEST:
        return None
    return Bounds(
        grain=grain,
        point=plan.scale // grain,
        inner=tuple(inner),
        outer=tuple(outer),
        least=tuple(least),
        forbids=tuple(tree.forbids[n] and plan.most[n] < WITHOUT_END for n in range(len(nodes))),
        rows=tuple(_rows(tree, n) for n in range(len(nodes))),
        steps=tuple(tuple(_steps(tree, n)) for n in range(len(nodes))),
        sizes=tuple(_sizes(tree, n, grain) for n in range(len(nodes))),
    )


def _rows(tree: Compiled, n: int) -> tuple[range, bool]:
    """A used group uses one child at least, and as many as its window says."""
    few, many = max(1, tree.plan.few[n]), tree.plan.many[n]
    if many == WITHOUT_END:
        surely = sum(needed for _, needed in _steps(tree, n))
        return (range(1), True) if surely >= few else (range(few, few + 1), True)
    return range(few, max(min(many, len(tree.children[n])), few - 1) + 1), False


def _steps(tree: Compiled, n: int) -> list[tuple[tuple[int, ...], bool]]:
    choosing = {child for one in tree.alternatives[n] for child in one.children}
    single = [((child,), tree.compulsory[child]) for child in tree.children[n] if child not in choosing]
    return [*single, *((one.children, one.least == 1) for one in tree.alternatives[n])]


def _sizes(tree: Compiled, n: int, grain: int) -> tuple[int, ...]:
    node = tree.nodes[n]
    if not isinstance(node, UnitPlace):
        return ()
    size, own = tree.sizes.get(node.unit) or Window(ZERO, ZERO), node.points or Window()
    least = max(size.minimum or ZERO, own.minimum or ZERO)
    highest = [bound for bound in (size.maximum, own.maximum) if bound is not None]
    most = min(highest, default=least)
    step, first = tree.plan.scale, int(least * tree.plan.scale)
    return tuple(amount // grain for amount in range(first, int(most * step) + 1, step))
