"""The question “is there a valid selection, and which is best?” as a programme of whole numbers.

One column says how many pieces stand at a place; each group and slot has a column for being used and, where a maximum
caps it, one for its counted points. The same formulation serves the verdict (only what is held) and the cheapest
completion (with units and open credit to add); they differ in the options and in what costs.
"""

from collections.abc import Sequence
from decimal import Decimal

from ecvet.credit.accumulation.across import stand_across
from ecvet.credit.accumulation.bounds import is_simple
from ecvet.credit.accumulation.compile import Compiled
from ecvet.credit.accumulation.ground import Ground, scale_of
from ecvet.credit.accumulation.held import Held
from ecvet.credit.accumulation.offers import stand_added, stand_held
from ecvet.credit.accumulation.solve import HEAVIEST
from ecvet.credit.accumulation.structure import stand_declared, stand_tree
from ecvet.credit.accumulation.supply import ZERO, Supply


def formulate(
    tree: Compiled, offers: Supply, held: Held, declared: Sequence[tuple[int, ...]] = (), *, adding: bool
) -> Ground:
    """The programme for what is held; with `adding` also for units not held and open credit, at a cost."""
    ground = Ground(tree, offers, held, scale_of(tree, offers))
    stand_held(ground)
    if adding:
        stand_added(ground)
    stand_tree(ground)
    stand_declared(ground, declared)
    stand_across(ground)
    _cost_of_adding(ground) if adding else _gain_of_counting(ground)
    return ground


def _cost_of_adding(ground: Ground) -> None:
    """Fewest points to add, then fewest units and pieces, then most of what is held in use.

    Where the three together would be too large for an exact answer, the points alone decide; and where nothing lies
    across the tree, since that is found sooner and the rest can be seen to afterwards (`cheapest`).
    """
    programme, step = ground.programme, ground.whole(Decimal(1))
    held = int(sum(programme.upper[option.column] for option in ground.options if not option.added)) + len(ground.also)
    added = int(sum(programme.upper[option.column] for option in ground.options if option.added))
    piece, point = held + 1, (held + 1) * (added + 1)
    largest = max((ground.whole(option.piece.points or ZERO) for option in ground.options if option.added), default=0)
    alone = ground.tree.has_points and not ground.bridges and is_simple(ground.tree)
    if alone or point * max(largest, step) > HEAVIEST:
        piece, point, held = 0, 1, 0
    for option in ground.options:
        if option.added:
            programme.cost[option.column] += piece + point * ground.whole(option.piece.points or ZERO)
            if option.size is not None:
                programme.cost[option.size] += point * step
        elif held:
            programme.cost[option.column] -= 1
    for option in ground.also if held else ():
        programme.cost[option.column] += 1


def _gain_of_counting(ground: Ground) -> None:
    """Most counted points, then fewest equivalences, then most pieces in use."""
    weight = int(sum(ground.programme.upper[option.column] for option in ground.options)) + len(ground.also) + 1
    for option in ground.options:
        ground.programme.cost[option.column] -= 1
    for option in ground.also:
        ground.programme.cost[option.column] += 1
    for column in ground.bridges:
        ground.programme.cost[column] += weight
    for column, factor in ground.points[0].items():
        ground.programme.cost[column] -= factor * weight * (len(ground.bridges) + 1)
