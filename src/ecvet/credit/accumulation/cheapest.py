"""The cheapest completion without a solver: a bound from below, and a selection that meets it.

The costs of the tree (`frontier`) hope that every held piece is free wherever it fits, and that a missing unit may be
added at several places. Where the selection behind the bound uses nothing twice, it is the cheapest. Otherwise whatever
stands twice is settled at one of its places and the costs are reckoned again, a few times; what still meets the bound
is the cheapest too. Everything else is open, and the solver's. Fewest points are proved, or
fewest pieces where the rules know no points; of selections with as few points the one found has few pieces.
"""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

import numpy as np

from ecvet.credit.accumulation.bounds import Bounds, bounds_of, grain_of
from ecvet.credit.accumulation.compile import Compiled
from ecvet.credit.accumulation.fill import Filling
from ecvet.credit.accumulation.frontier import NEVER, STEP, Cost, Group, Leaf, Pick, Slot
from ecvet.credit.accumulation.held import Piece
from ecvet.credit.accumulation.progress import Placement
from ecvet.credit.accumulation.quick import closed
from ecvet.credit.accumulation.solve import Outcome
from ecvet.credit.accumulation.supply import ZERO, Supply
from ecvet.qualification.combination import OpenSlot, UnitPlace

ROUNDS: Final = 6
MOST_PIECES: Final = 100

Found = tuple[Outcome, tuple[Placement, ...]]
OPEN: Final[Found] = (Outcome.UNKNOWN, ())


def cheapest(tree: Compiled, supply: Supply, declared: Sequence[tuple[int, ...]]) -> Found:
    """The cheapest selection of held and added credit, none, or unknown: then the solver has to say."""
    offers, scale = supply.offers, tree.plan.scale
    codes = [offer.piece.code for offer in offers if offer.piece.code]
    steps = [tree.plan.weigh(offer.piece.points or ZERO) for offer in offers]
    if supply.bridges or len(set(codes)) < len(codes) or sum(offer.amount for offer in offers) > MOST_PIECES:
        return OPEN
    whole = [one for one in steps if one is not None]
    bounds = bounds_of(tree, grain_of(tree, whole)) if len(whole) == len(steps) else None
    if bounds is None:
        return OPEN
    held = [
        _Held(n, step // bounds.grain, offer.places)
        for n, (offer, step) in enumerate(zip(offers, whole, strict=True))
        for _ in range(offer.amount)
    ]
    outcome, picks = _Reckoning(tree, bounds, closed(tree, declared)).best(held, frozenset(codes))
    used = {node for pick in picks for node in tree.plan.paths[pick.place]} if declared else set()
    if picks and not all(used.intersection(groups) for groups in declared):
        return OPEN

    def placed(pick: Pick) -> Placement:
        place, node = tree.ids[pick.place], tree.nodes[pick.place]
        if pick.piece is not None:
            return Placement(place=place, piece=offers[held[pick.piece].offer].piece)
        points = Decimal(pick.steps * bounds.grain) / scale
        code = node.unit if isinstance(node, UnitPlace) else ""
        return Placement(place=place, piece=Piece(code=code, points=points), added=True)

    return outcome, tuple(map(placed, picks))


def with_rest(tree: Compiled, supply: Supply, placements: Sequence[Placement]) -> tuple[Placement, ...]:
    """The same selection with whatever else is held where it can stand too, and without additions of no use."""
    plan, left = tree.plan, Counter({offer.piece: offer.amount for offer in supply.offers})
    left.subtract(placement.piece for placement in placements if not placement.added)
    rest = [(offer.piece, offer.places) for offer in supply.offers for _ in range(left[offer.piece])]
    every = [(one.piece, (tree.ids.index(one.place),)) for one in placements] + rest
    pieces = [(plan.weigh(piece.points or ZERO) or 0, places) for piece, places in every]
    filling = Filling(plan, pieces, sorted({node for _, places in pieces for node in plan.above(places)}))
    for n in range(len(placements)):
        filling.put(n, pieces[n][1][0])
    for n, one in enumerate(placements):
        if one.added and not pieces[n][0]:
            filling.take(n)
            if filling.short():
                filling.put(n, pieces[n][1][0])
    filling.put_rest(len(placements))
    return tuple(
        Placement(place=tree.ids[at], piece=piece, added=n < len(placements) and placements[n].added)
        for n, ((piece, _), at) in enumerate(zip(every, filling.at, strict=True))
        if at is not None
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """One piece: the number of its offer, its steps of points, and where it may stand."""

    offer: int
    steps: int
    places: tuple[int, ...]


@dataclass(slots=True)
class _Question:
    """Where each held piece may stand, at which places no unit may be added, and the costs of what that touches."""

    held: list[_Held]
    barred: frozenset[int]
    costs: dict[int, Cost]


class _Reckoning:
    def __init__(self, tree: Compiled, bounds: Bounds, closed: Set[int]):
        self.tree, self.bounds, self.plan, self.closed = tree, bounds, tree.plan, closed
        self.alone = _alone(tree, bounds)

    def best(self, held: list[_Held], codes: Set[str]) -> tuple[Outcome, Sequence[Pick]]:
        """The picks of a selection that meets the bound; none where even the best case has none."""
        barred = frozenset(place for code in codes for place in self.tree.places_of.get(code, ()))
        first = _Question(held, barred, {})
        self._reckon(first, {*barred, *self.closed, *(place for one in held for place in one.places)})
        bound, weight = self._cost(first), STEP if self.tree.has_points else 1
        if bound >= NEVER // 2:
            return Outcome.INFEASIBLE, ()
        question = first
        for _ in range(ROUNDS):
            picks = self._picks(question)
            twice = self._twice(picks)
            if not twice:
                return Outcome.OPTIMAL, picks
            question = self._settled(question, twice)
            if self._cost(question) // weight > bound // weight:
                break
        return Outcome.UNKNOWN, ()

    def _root(self, question: _Question) -> Group:
        root = question.costs.get(0) or self.alone[0]
        assert isinstance(root, Group)
        return root

    def _cost(self, question: _Question) -> int:
        return int(self._root(question).cost.min())

    def _picks(self, question: _Question) -> list[Pick]:
        root = self._root(question)
        return list(root.trace(int(np.argmin(root.cost))))

    def _reckon(self, question: _Question, places: Iterable[int]) -> None:
        """The costs of some places and all that is above them; those of the others stand already."""
        tree, bounds, costs, paths = self.tree, self.bounds, question.costs, self.plan.paths
        nodes = {node for place in places for node in paths[place]}
        here: dict[int, list[tuple[int, int]]] = {}
        below = dict.fromkeys(nodes, 0)
        for i, one in enumerate(question.held):
            for place in one.places:
                here.setdefault(place, []).append((i, one.steps))
            for node in self.plan.above(one.places):
                if node in nodes:
                    below[node] += one.steps
        for n in sorted(nodes, reverse=True):
            unit, last = tree.nodes[n], bounds.outer[n]
            if n in self.closed:
                costs[n] = Leaf((), last)
            elif isinstance(unit, UnitPlace):
                own = [(0, Pick(n, i, steps)) for i, steps in here.get(n, ())]
                costs[n] = Leaf(own if n in question.barred else [*own, *_additions(bounds, n)], last)
            elif isinstance(unit, OpenSlot):
                costs[n] = Slot(bounds, n, here.get(n, ()))
            else:
                children = {child: costs.get(child) or self.alone[child] for child in tree.children[n]}
                costs[n] = Group(bounds, n, children, below[n])

    def _twice(self, picks: Sequence[Pick]) -> dict[int | str, list[int]]:
        """Held pieces, and codes of added units, that stand at several places, with these."""
        places: dict[int | str, list[int]] = {}
        for pick in picks:
            node = self.tree.nodes[pick.place]
            name = pick.piece if pick.piece is not None else node.unit if isinstance(node, UnitPlace) else None
            if name is not None:
                places.setdefault(name, []).append(pick.place)
        return {name: where for name, where in places.items() if len(where) > 1}

    def _settled(self, question: _Question, twice: dict[int | str, list[int]]) -> _Question:
        """The question with everything that stood twice at one place only."""
        held, barred, changed = list(question.held), question.barred, list[int]()
        for name, where in twice.items():
            if isinstance(name, str):
                every = [place for place in self.tree.places_of[name] if place not in barred]
                barred = barred.union(every) - {where[0]}
            else:
                every = list(held[name].places)
                held[name] = replace(held[name], places=(where[0],))
            changed += every
        settled = _Question(held, barred, dict(question.costs))
        self._reckon(settled, changed)
        return settled


@lru_cache(maxsize=64)
def _alone(tree: Compiled, bounds: Bounds) -> dict[int, Cost]:
    """The costs of every node with nothing held."""
    found: dict[int, Cost] = {}
    for n in range(len(tree.nodes) - 1, -1, -1):
        node = tree.nodes[n]
        if isinstance(node, UnitPlace):
            found[n] = Leaf(_additions(bounds, n), bounds.outer[n])
        elif isinstance(node, OpenSlot):
            found[n] = Slot(bounds, n, ())
        else:
            found[n] = Group(bounds, n, {child: found[child] for child in tree.children[n]}, 0)
    return found


def _additions(bounds: Bounds, n: int) -> list[tuple[int, Pick]]:
    return [(steps * STEP + 1, Pick(n, None, steps)) for steps in bounds.sizes[n]]
