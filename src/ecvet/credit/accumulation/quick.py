"""The quick ways to an answer, before any solver: the best case proves a no, a selection by hand offers a yes.

None guesses. A no from here rests on a bound that holds for every selection, or on an exhausted search; a yes is only
offered, when nothing can count more, and stands once the independent check has passed it. Everything else is open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ecvet.credit.accumulation.compile import Compiled
from ecvet.credit.accumulation.fill import Filling
from ecvet.credit.accumulation.hope import Hope, Piled, hope
from ecvet.credit.accumulation.progress import Placement
from ecvet.credit.accumulation.search import search
from ecvet.credit.accumulation.supply import ZERO, Supply

MOST_PIECES: Final = 500
"""More credit than this goes to the solver: filling by hand looks at every piece again and again."""


@dataclass(frozen=True, slots=True)
class Quick:
    """What was found: a selection, or the node that fails even in the best case and why, or nothing."""

    placements: tuple[Placement, ...] = ()
    failed: tuple[int, str, int] | None = None


OPEN: Final = Quick()


def quick(tree: Compiled, supply: Supply, declared: Sequence[tuple[int, ...]]) -> Quick:
    """Look for an answer. Equivalences, double counting and credit finer than the plan are left to the solver."""
    if supply.bridges or tree.doubles.rules or len(supply.offers) > MOST_PIECES:
        return OPEN
    plan, piles = tree.plan, list[Piled]()
    for offer in supply.offers:
        steps = plan.weigh(offer.piece.points or ZERO)
        if steps is None:
            return OPEN
        piles.append((steps, offer.amount, offer.places))
    best = hope(plan, piles, closed(tree, declared))
    if 0 not in best.usable:
        return Quick(failed=_blame(best))
    if sum(amount for _, amount, _ in piles) > MOST_PIECES:
        return OPEN
    reach = best.points[0] if tree.has_points else 0
    chosen = _nodes(tree, best, choosing=True)
    whose, pieces = _pieces(piles, chosen)
    filling: Filling | bool = Filling(plan, pieces, chosen)
    if isinstance(filling, Filling) and not filling.fill():
        every = _nodes(tree, best, choosing=False)
        whose, pieces = _pieces(piles, every)
        filling = search(plan, pieces, every, plan.forced)
        if isinstance(filling, Filling):
            filling.put_rest()
    if not isinstance(filling, Filling):
        return OPEN if filling else Quick(failed=(0, "selection", 0))
    used = filling.inside
    if filling.counted[0] < reach or any(not any(used.get(group) for group in groups) for groups in declared):
        return OPEN
    return Quick(
        placements=tuple(
            Placement(place=tree.ids[place], piece=supply.offers[n].piece)
            for n, place in zip(whose, filling.at, strict=True)
            if place is not None
        )
    )


def _pieces(piles: Sequence[Piled], nodes: Sequence[int]) -> tuple[list[int], list[tuple[int, tuple[int, ...]]]]:
    """The single pieces with their places among the nodes, and the number of the offer each comes from."""
    inside, whose, pieces = set(nodes), list[int](), list[tuple[int, tuple[int, ...]]]()
    for n, (steps, amount, places) in enumerate(piles):
        here = places if inside.issuperset(places) else tuple([place for place in places if place in inside])
        if here:
            pieces += [(steps, here)] * amount
            whose += [n] * amount
    return whose, pieces


def _nodes(tree: Compiled, best: Hope, *, choosing: bool) -> tuple[int, ...]:
    """The nodes that can be used; `choosing`, with as many of the alternatives as there may be, the best of them."""
    paths, choices, dropped, found = tree.plan.paths, tree.plan.choices, set[int](), set[int]()
    for n in best.nodes:
        if n in dropped or n not in best.usable or (n and paths[n][1] not in found):
            continue
        found.add(n)
        for alternatives, _, highest in choices[n] if choosing else ():
            usable = [one for one in alternatives if one in best.usable]
            if len(usable) > highest:
                dropped.update(sorted(usable, key=lambda one: -best.points[one])[highest:])
    return tuple(sorted(found))


def closed(tree: Compiled, declared: Sequence[tuple[int, ...]]) -> frozenset[int]:
    """The alternatives to what was declared."""
    chosen = {group for groups in declared for group in groups}
    return frozenset(
        child
        for choices in tree.alternatives
        for choice in choices
        if chosen & set(choice.children)
        for child in choice.children
        if child not in chosen
    )


def _blame(best: Hope) -> tuple[int, str, int]:
    """The innermost node that fails, seen from the root along what is compulsory."""
    node = 0
    while True:
        what, amount = best.failed.get(node, ("compulsory", node))
        if what != "compulsory" or amount not in best.failed:
            return (amount, what, 0) if what == "compulsory" else (node, what, amount)
        node = amount
