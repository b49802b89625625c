"""The quick ways to an answer, before any solver: the best case proves a no, a selection filled by hand offers a yes.

Neither guesses. A no from here rests on a bound that holds for every selection; a yes is only offered, with its
selection, when nothing can count more, and stands once the independent check has passed it. Everything else is open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ecvet.credit.accumulation.compile import Compiled
from ecvet.credit.accumulation.fill import Filling
from ecvet.credit.accumulation.hope import Hope, Piled, hope
from ecvet.credit.accumulation.progress import Placement
from ecvet.credit.accumulation.supply import ZERO, Supply

ATTEMPTS: Final = 4
"""So many choices among alternatives are tried by hand."""

MOST_PIECES: Final = 500
"""More credit than this goes to the solver: filling by hand looks at every piece again and again."""


@dataclass(frozen=True, slots=True)
class Quick:
    """What was found: a selection, or the node that fails even in the best case and why, or nothing."""

    placements: tuple[Placement, ...] = ()
    failed: tuple[int, str, int] | None = None


OPEN: Final = Quick()


def quick(tree: Compiled, supply: Supply, declared: Sequence[tuple[int, ...]]) -> Quick:
    """Look for an answer. Equivalences and credit finer than the plan are left to the solver."""
    if supply.bridges or len(supply.offers) > MOST_PIECES:
        return OPEN
    plan, piles = tree.plan, list[Piled]()
    for offer in supply.offers:
        steps = plan.weigh(offer.piece.points or ZERO)
        if steps is None:
            return OPEN
        piles.append((steps, offer.amount, offer.places))
    closed = _closed(tree, declared) if declared else frozenset[int]()
    best = hope(plan, piles, closed)
    if 0 not in best.usable:
        return Quick(failed=_blame(best))
    if sum(amount for _, amount, _ in piles) > MOST_PIECES:
        return OPEN
    reach = best.points[0] if tree.has_points else 0
    tried = set[tuple[int, ...]]()
    for turn in range(ATTEMPTS):
        nodes = _chosen(tree, best, turn)
        if nodes in tried:
            break
        tried.add(nodes)
        placements = _filled(tree, supply, piles, nodes, reach, declared)
        if placements is not None:
            return Quick(placements=placements)
    return OPEN


def _filled(
    tree: Compiled, supply: Supply, piles: Sequence[Piled], nodes: tuple[int, ...], reach: int,
    declared: Sequence[tuple[int, ...]],
) -> tuple[Placement, ...] | None:  # fmt: skip
    inside = set(nodes)
    pieces, whose = list[tuple[int, tuple[int, ...]]](), list[int]()
    for n, (steps, amount, places) in enumerate(piles):
        here = places if inside.issuperset(places) else tuple(place for place in places if place in inside)
        if here:
            pieces += [(steps, here)] * amount
            whose += [n] * amount
    filling = Filling(tree.plan, pieces, nodes)
    if not filling.fill() or filling.counted[0] < reach:
        return None
    if any(not any(filling.inside.get(group) for group in groups) for groups in declared):
        return None
    return tuple(
        Placement(place=tree.ids[place], piece=supply.offers[n].piece)
        for n, place in zip(whose, filling.at, strict=True)
        if place is not None
    )


def _chosen(tree: Compiled, best: Hope, turn: int) -> tuple[int, ...]:
    """The nodes that can be used, with as many of the alternatives as there may be; another set each turn."""
    paths, choices, dropped = tree.plan.paths, tree.plan.choices, set[int]()
    found = set[int]()
    for n in best.nodes:
        if n in dropped or n not in best.usable or (n and paths[n][1] not in found):
            continue
        found.add(n)
        for alternatives, _, highest in choices[n]:
            usable = sorted((one for one in alternatives if one in best.usable), key=lambda one: -best.points[one])
            if len(usable) > highest:
                start = turn % len(usable)
                dropped.update([*usable[start:], *usable[:start]][highest:])
    return tuple(sorted(found))


def _closed(tree: Compiled, declared: Sequence[tuple[int, ...]]) -> frozenset[int]:
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
