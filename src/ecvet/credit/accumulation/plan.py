"""A compiled tree in whole numbers: what the quick ways to an answer read, laid out once per version of the rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ecvet.qualification.combination import Group, OpenSlot, UnitPlace
from ecvet.qualification.requirements import Window

if TYPE_CHECKING:
    from ecvet.credit.accumulation.compile import Compiled

WITHOUT_END: Final = 1 << 60
FINENESS: Final = 2
"""Decimals of points that the plan can weigh at least; finer credit than that and than the rules goes to the solver."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan:
    """Parallel tuples over the nodes of a tree, parents before children; points in steps of 1/`scale`.

    `paths` lead from a node to the root; `least` to `most` bound its points and `cap` cuts them; `few` to `many` bound
    its used children (a slot's pieces), `light` to `heavy` the pieces below it; `compels` are its compulsory children;
    `choices` its alternatives with the fewest and most of them; `rivals` leads from an alternative to all of them, with
    how many there may be. `guarded` nodes lie under something that more credit can break. `kind` is the first of the
    slots side by side with the same bounds. `forced` nodes are used by every complete selection, `needed` are the units
    among them with their places. `over` remembers for places all nodes over them.
    """

    scale: int
    paths: tuple[tuple[int, ...], ...]
    leaf: tuple[bool, ...]
    slot: tuple[bool, ...]
    least: tuple[int, ...]
    most: tuple[int, ...]
    cap: tuple[int, ...]
    few: tuple[int, ...]
    many: tuple[int, ...]
    light: tuple[int, ...]
    heavy: tuple[int, ...]
    compels: tuple[tuple[int, ...], ...]
    choices: tuple[tuple[tuple[tuple[int, ...], int, int], ...], ...]
    guarded: tuple[bool, ...]
    rivals: Mapping[int, tuple[tuple[int, ...], int]]
    kind: tuple[int, ...]
    forced: frozenset[int]
    needed: Mapping[str, int]
    over: dict[tuple[int, ...], frozenset[int]] = field(default_factory=dict)

    def above(self, places: tuple[int, ...]) -> frozenset[int]:
        """The places and every node over one of them."""
        found = self.over.get(places)
        if found is None:
            found = frozenset(node for place in places for node in self.paths[place])
            if len(self.over) < 10_000:
                self.over[places] = found
        return found

    def weigh(self, points: Decimal) -> int | None:
        """Points in steps; None where they are finer than the plan."""
        steps = points * self.scale
        whole = int(steps)
        return whole if whole == steps else None


def plan(tree: "Compiled") -> Plan:
    """Lay out the numbers of a tree."""
    nodes = tree.nodes
    scale = _scale([node.points for node in nodes])
    parents = {child: n for n, below in enumerate(tree.children) for child in below}
    paths: list[tuple[int, ...]] = [(0,)]
    for n in range(1, len(nodes)):
        paths.append((n, *paths[parents[n]]))
    unbound = Window()
    points = [(node.points or unbound) if not isinstance(node, UnitPlace) else unbound for node in nodes]
    count = [(node.count or unbound) if not isinstance(node, UnitPlace) else Window(None, Decimal(1)) for node in nodes]
    units = [(node.units or unbound) if isinstance(node, Group) else unbound for node in nodes]
    most = [_up(window, scale) for window in points]
    many, heavy = [_up(window) for window in count], [_up(window) for window in units]
    tight = [(tree.forbids[n] and most[n] < WITHOUT_END) or many[n] < WITHOUT_END or heavy[n] < WITHOUT_END
             for n in range(len(nodes))]  # fmt: skip
    first: dict[tuple[object, ...], int] = {}
    for n in tree.slots:
        first.setdefault((paths[n][1], points[n], count[n], tree.compulsory[n] and n), n)
    compels = tuple(tuple(child for child in below if tree.compulsory[child]) for below in tree.children)
    forced = _forced(compels)
    choices = tuple(
        tuple((one.children, _down(Window(one.least)), _up(Window(None, one.most))) for one in found)
        for found in tree.alternatives
    )
    return Plan(
        scale=scale,
        paths=tuple(paths),
        leaf=tuple(isinstance(node, UnitPlace) for node in nodes),
        slot=tuple(isinstance(node, OpenSlot) for node in nodes),
        least=tuple(_down(window, scale) for window in points),
        most=tuple(most),
        cap=tuple(WITHOUT_END if tree.forbids[n] else high for n, high in enumerate(most)),
        few=tuple(_down(window) for window in count),
        many=tuple(many),
        light=tuple(_down(window) for window in units),
        heavy=tuple(heavy),
        compels=compels,
        forced=forced,
        needed={node.unit: n for n in sorted(forced, reverse=True) if isinstance(node := nodes[n], UnitPlace)},
        choices=choices,
        rivals={child: (among, highest) for found in choices for among, _, highest in found for child in among},
        kind=tuple(
            first[paths[n][1], points[n], count[n], tree.compulsory[n] and n] if isinstance(node, OpenSlot) else n
            for n, node in enumerate(nodes)
        ),
        guarded=tuple(any(tight[over] for over in path if not isinstance(nodes[over], UnitPlace)) for path in paths),
    )  # fmt: skip


def _forced(compels: Sequence[tuple[int, ...]]) -> frozenset[int]:
    found, waiting = {0}, [0]
    while waiting:
        below = compels[waiting.pop()]
        found.update(below)
        waiting.extend(below)
    return frozenset(found)


def _scale(windows: Sequence[Window | None]) -> int:
    bounds = [bound for window in windows if window for bound in (window.minimum, window.maximum) if bound is not None]
    decimals = [-int(bound.normalize().as_tuple().exponent) for bound in bounds]
    return int(10 ** max(FINENESS, *decimals, 0))


def _down(window: Window, scale: int = 1) -> int:
    """A minimum in whole steps; what is no whole number of children is rounded up."""
    return -int(-(window.minimum or 0) * scale // 1)


def _up(window: Window, scale: int = 1) -> int:
    return WITHOUT_END if window.maximum is None else int(window.maximum * scale // 1)
