"""The rows of a question that come from the tree: use, choice, bounds, caps (S1 points 2 to 6)."""

from collections.abc import Sequence
from decimal import Decimal

from ecvet.credit.accumulation.ground import Ground, Terms, plus, total
from ecvet.qualification.combination import Group, OpenSlot, UnitPlace
from ecvet.qualification.requirements import Window


def stand_tree(ground: Ground) -> None:
    """Every node from the leaves up; the root is used: the selection is complete (R-COMP-6)."""
    for n in range(len(ground.tree.nodes) - 1, -1, -1):
        node, options = ground.tree.nodes[n], ground.at.get(n, [])
        ground.points[n] = ground.weigh(options)
        ground.pieces[n] = {option.column: 1 for option in options}
        if n in ground.tree.doubles.over:
            up = [option for option in options if ground.tree.doubles.rises(option.also)]
            ground.rising[n], ground.risen[n] = ground.weigh(up), {option.column: 1 for option in up}
        if isinstance(node, UnitPlace):
            ground.used[n] = ground.pieces[n]
        elif isinstance(node, OpenSlot):
            _slot(ground, n, node)
        else:
            _group(ground, n, node)
    ground.programme.row(ground.used[0], lower=1)
    for terms in ground.by_code.values():  # R-COMP-5: a unit counts once, wherever it stands
        if ground.most(terms) > 1:
            ground.programme.row(terms, upper=1)


def stand_declared(ground: Ground, declared: Sequence[tuple[int, ...]]) -> None:
    """A declared group is used, and its alternatives that were not declared are not."""
    chosen = {group for groups in declared for group in groups}
    for groups in declared:
        ground.programme.row(total(ground.used[group] for group in groups), lower=1)
    for choices in ground.tree.alternatives:
        for choice in choices:
            if chosen & set(choice.children):
                for other in set(choice.children) - chosen:
                    ground.programme.row(ground.used[other], upper=0)


def _slot(ground: Ground, n: int, slot: OpenSlot) -> None:
    """Credit from outside, within the slot's bounds; a slot with nothing in it is not in use (R-COMP-8)."""
    pieces = ground.pieces[n]
    if not pieces:
        ground.used[n] = {}
        return
    used = ground.programme.column(0, 1)
    ground.used[n] = {used: 1}
    ground.programme.row(plus((pieces, 1), ({used: ground.most(pieces)}, -1)), upper=0)
    ground.programme.row(plus((pieces, 1), ({used: 1}, -1)), lower=0)
    _bound(ground, pieces, slot.count, used)
    ground.points[n] = _capped(ground, n, ground.points[n], slot.points, used)
    if n in ground.tree.doubles.over:
        ground.rising[n] = _capped(ground, n, ground.rising[n], _open(slot.points), used)


def _group(ground: Ground, n: int, group: Group) -> None:
    children, rows = ground.tree.children[n], ground.programme
    used = rows.column(0, 1)
    ground.used[n] = {used: 1}
    for child in children:
        terms = plus((ground.used[child], 1), ({used: 1}, -1))
        if ground.tree.compulsory[child]:  # R-COMP-3
            rows.row(terms, lower=0, upper=0)
        elif ground.used[child]:
            rows.row(terms, upper=0)
    every = total(ground.used[child] for child in children)
    rows.row(plus((every, 1), ({used: 1}, -1)), lower=0)
    over, shares = ground.tree.doubles.over, ground.tree.doubles.shares
    ground.pieces[n] = total((ground.risen if child in shares else ground.pieces)[child] for child in children)
    _bound(ground, every, group.count, used)
    _bound(ground, ground.pieces[n], group.units, used)
    for choice in ground.tree.alternatives[n]:
        taken = total(ground.used[child] for child in choice.children)
        _bound(ground, taken, Window(choice.least, choice.most), used)
    points = total((ground.rising if child in shares else ground.points)[child] for child in children)
    if n in over:  # what goes on beyond the sharing group is summed beside what counts in it
        ground.risen[n] = total(ground.risen[child] for child in children)
        ground.rising[n] = total(ground.rising[child] for child in children)
    if ground.tree.forbids[n]:
        _bound(ground, points, group.points, used, ground.scale)
        ground.points[n] = points
    else:
        ground.points[n] = _capped(ground, n, points, group.points, used)
        if n in over:
            ground.rising[n] = _capped(ground, n, ground.rising[n], _open(group.points), used)


def _capped(ground: Ground, n: int, points: Terms, window: Window | None, used: int) -> Terms:
    """The counted points: the sum, but at most the maximum; exactly that where counting less could be a trick."""
    if window is None:
        return points
    counted = points
    if window.maximum is not None:
        most = ground.whole(window.maximum)
        column = ground.programme.column(0, most)
        counted = {column: 1}
        ground.programme.row(plus((counted, 1), (points, -1)), upper=0)
        ground.programme.row({column: 1, used: -most}, upper=0)
        if ground.tree.forbids_above[n]:
            full = ground.programme.column(0, 1)
            ground.programme.row({column: 1, full: -most}, lower=0)
            ground.programme.row(plus((counted, 1), (points, -1), ({full: ground.most(points)}, 1)), lower=0)
    if window.minimum:
        ground.programme.row(plus((counted, 1), ({used: ground.whole(window.minimum)}, -1)), lower=0)
    return counted


def _open(window: Window | None) -> Window | None:
    return window and Window(None, window.maximum)


def _bound(ground: Ground, terms: Terms, window: Window | None, used: int, scale: Decimal = Decimal(1)) -> None:
    """The terms lie in the window whenever the node is used."""
    if window and window.minimum:
        ground.programme.row(plus((terms, 1), ({used: int(window.minimum * scale)}, -1)), lower=0)
    if window and window.maximum is not None:
        ground.programme.row(plus((terms, 1), ({used: int(window.maximum * scale)}, -1)), upper=0)
