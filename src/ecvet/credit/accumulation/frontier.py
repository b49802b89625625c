"""What it costs to bring a part of the tree to each amount of counted points: one array per node, from the leaves up.

`cost[c]` is the least cost of a use of the node that counts c steps of points; the last entry stands for that much or
more, where more makes no difference above. A cost is one whole number: steps of points to add, then pieces to add.
Held credit costs nothing. Every piece is hoped to be free wherever it fits, so the costs are bounds from below; `trace`
gives the selection behind an entry, and where no piece stands in it twice, the bound is met (`cheapest`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ecvet.credit.accumulation.bounds import Bounds

Array = NDArray[np.int64]
Ways = Sequence[tuple[int, int]]
"""Entries and their costs."""
NEVER: Final = 1 << 50
"""The cost of what cannot be, and whatever is more than half of it."""
STEP: Final = 1 << 20
_FEW: Final = 12


@dataclass(frozen=True, slots=True)
class Pick:
    """A piece at a place: held piece number `piece`, or (None) added with so many steps of points."""

    place: int
    piece: int | None
    steps: int


class Leaf:
    """A place for a unit: the ways to fill it."""

    __slots__ = ("cost", "picks", "top", "ways")

    def __init__(self, picks: Iterable[tuple[int, Pick]], last: int):
        """Of the picks, each with its cost, the cheapest for each amount, up to the last."""
        best: dict[int, tuple[int, Pick]] = {}
        for price, pick in picks:
            at = min(pick.steps, last)
            if at not in best or price < best[at][0]:
                best[at] = price, pick
        self.picks: Mapping[int, tuple[int, Pick]] = best
        self.cost: Array | None = None
        self.ways: Ways | None = [(at, price) for at, (price, _) in best.items()]
        self.top = max(best, default=0)

    def trace(self, at: int) -> Iterator[Pick]:
        """The pick behind an entry."""
        yield self.picks[at][1]


class _Dense:
    """A node with many entries. `wide` are its own, `cost` those that make a difference above, never below `floor`."""

    __slots__ = ("cost", "top", "ways", "wide")

    def __init__(self, wide: Array, outer: int, held: int):
        """No part of a tree counts more than what is `held` for it and what is added to it."""
        self.wide = wide
        cost = wide[: outer + 1].copy()
        cost[outer] = wide[outer:].min()
        at = np.flatnonzero(cost < NEVER // 2)
        cost[at] = np.maximum(cost[at], (at - held) * STEP)
        self.cost: Array = cost
        self.ways: Ways | None = None
        self.top = int(at[-1]) if len(at) else 0
        if len(at) <= _FEW:
            self.ways = list(zip(at.tolist(), cost[at].tolist(), strict=True))

    def _unfold(self, at: int) -> int:
        """The own entry behind an entry."""
        return at if at < len(self.cost) - 1 else at + int(np.argmin(self.wide[at:]))


class Slot(_Dense):
    """An open slot: any of the held pieces that fit, and one added piece of any size in whole points."""

    __slots__ = ("held", "place", "point", "states")

    def __init__(self, bounds: Bounds, place: int, held: Sequence[tuple[int, int]]):
        """`held` are the numbers of pieces and their steps."""
        self.place, self.point, self.held = place, bounds.point, held
        inner, top = bounds.inner[place], 0
        self.states = [np.full((2, inner + 1), NEVER, dtype=np.int64)]  # nothing in it yet, something in it
        self.states[0][0, 0] = 0
        for _, steps in held:
            self.states.append(self.states[-1].copy())
            ways = [(min(steps, inner), 0)]
            top = _take(self.states[-1], self.states[-2], top, ways, min(steps, inner), None, open_end=True)
        wide = np.minimum(self.states[-1][1], _added(self.states[-1].min(axis=0), bounds.point))
        wide[: bounds.least[place]] = NEVER
        super().__init__(wide, bounds.outer[place], sum(steps for _, steps in held))

    def trace(self, at: int) -> Iterator[Pick]:
        """What stands in the slot behind an entry."""
        at = self._unfold(at)
        last, price, used = len(self.wide) - 1, int(self.wide[at]), 1
        state = self.states[-1]
        if state[1, at] != price:
            c, more = next(self._origins(state.min(axis=0), at, last, price))
            yield Pick(self.place, None, more)
            at, used = c, int(np.argmin(state[:, c]))
            price = int(state[used, c])
        for n in range(len(self.held) - 1, -1, -1):
            before = self.states[n]
            if before[used, at] == price:
                continue
            piece, steps = self.held[n]
            steps = min(steps, last)
            used, at = next((u, c) for u in (0, 1) for c in _from(at, steps, last) if before[u, c] == price)
            yield Pick(self.place, piece, steps)

    def _origins(self, before: Array, at: int, last: int, price: int) -> Iterator[tuple[int, int]]:
        for c in range(at, -1, -1):
            more = -(-(at - c) // self.point) * self.point
            if (c + more == at or at == last) and before[c] + more * STEP + 1 == price:
                yield c, more


class Group(_Dense):
    """A group: its compulsory children, any of the others, and at most one of each set of alternatives."""

    __slots__ = ("below", "open_end", "rows", "states", "steps")

    def __init__(self, bounds: Bounds, node: int, below: Mapping[int, "Cost"], held: int):
        """The group over the costs of its children."""
        self.steps, self.below = bounds.steps[node], below
        self.rows, self.open_end = bounds.rows[node]
        start = np.full((self.rows.stop, bounds.inner[node] + 1), NEVER, dtype=np.int64)
        start[0, 0] = 0
        self.states, top = [start], 0
        for children, needed in self.steps:
            before = self.states[-1]
            found = np.full(before.shape, NEVER, dtype=np.int64) if needed else before.copy()
            reach = top
            for child in children:
                one = below[child]
                reach = max(reach, _take(found, before, top, one.ways, one.top, one.cost, open_end=self.open_end))
            self.states.append(found)
            top = reach
        wide = self.states[-1][self.rows.start :].min(axis=0, initial=NEVER)
        wide[: bounds.least[node]] = NEVER
        if bounds.forbids[node]:
            wide[-1] = NEVER
        super().__init__(wide, bounds.outer[node], held)

    def trace(self, at: int) -> Iterator[Pick]:
        """What stands below behind an entry."""
        at = self._unfold(at)
        price = int(self.wide[at])
        row = next(row for row in self.rows if self.states[-1][row, at] == price)
        for n in range(len(self.steps) - 1, -1, -1):
            before, (children, needed) = self.states[n], self.steps[n]
            if not needed and before[row, at] == price:
                continue
            row, child, way, at = next(self._origins(before, children, row, at, price))
            yield from self.below[child].trace(way)
            price = int(before[row, at])

    def _origins(self, before: Array, children: Sequence[int], row: int, at: int, price: int
                 ) -> Iterator[tuple[int, int, int, int]]:  # fmt: skip
        """The rows and entries before a child was taken, which child, and which entry of it."""
        top, last = len(before) - 1, before.shape[1] - 1
        rows = (0,) if top == 0 else (row - 1, row) if row == top and self.open_end else (row - 1,)
        for child in children:
            one = self.below[child]
            ways = enumerate(one.cost.tolist()) if one.ways is None and one.cost is not None else one.ways or ()
            for way, more in ways:
                for start in rows:
                    for c in _from(at, way, last):
                        if start >= 0 and before[start, c] + more == price:
                            yield start, child, way, c


Cost = Leaf | Slot | Group


def _take(found: Array, before: Array, top: int, ways: Ways | None, most: int, cost: Array | None, *, open_end: bool
          ) -> int:  # fmt: skip
    """One more child is used: lower the found costs, by rows of children used and totals of points; the new top.

    `top` is the last total there was before, `most` the last entry of the child. Totals beyond the last entry count
    there; without an end the last row holds that many children or more.
    """
    last = found.shape[1] - 1
    if len(found) == 1:
        rows = [(found[0], before[0])]
    else:
        rows = list(zip(found[1:], before, strict=False))
        if open_end:
            rows.append((found[-1], before[-1]))
    for to, start in rows:
        if ways is None:
            assert cost is not None
            sums = _sums(start[: top + 1], cost)
            some = min(len(sums), last + 1)
            np.minimum(to[:some], sums[:some], out=to[:some])
            if len(sums) > some:
                to[last] = min(to[last], sums[some:].min())
            continue
        for way, price in ways:
            end = min(top, last - way)
            part = to[way : way + end + 1]
            np.minimum(part, start[: end + 1] + price, out=part)
            if top > end:
                to[last] = min(to[last], start[end + 1 : top + 1].min() + price)
    return int(min(last, top + most))


def _sums(start: Array, cost: Array) -> Array:
    """The least sum for each total."""
    wide = len(cost) - 1
    padded = np.full(len(start) + 2 * wide, NEVER, dtype=np.int64)
    padded[wide : wide + len(start)] = start
    windows = np.lib.stride_tricks.as_strided(padded, (len(start) + wide, wide + 1), padded.strides * 2)
    return np.asarray((windows + cost[::-1]).min(axis=1), dtype=np.int64)


def _added(cost: Array, point: int) -> Array:
    """The least cost of each total with one added piece of any whole number of points."""
    last = len(cost) - 1
    at = np.arange(last + 1, dtype=np.int64)
    found = np.empty_like(cost)
    for rest in range(min(point, last + 1)):
        some = at[rest::point] * STEP
        found[rest::point] = np.minimum.accumulate(cost[rest::point] - some) + some
    beyond = -(-(last - at) // point) * point
    found[last] = (cost + beyond * STEP).min()
    return found + 1


def _from(at: int, steps: int, last: int) -> Sequence[int]:
    """The entries from which so many steps lead to one."""
    if at < last:
        return (at - steps,) if at >= steps else ()
    return range(max(0, last - steps), last + 1)
