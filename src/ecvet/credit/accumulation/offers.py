"""The columns of a question: what is held at the places it may stand, and what could be added."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ecvet.credit.accumulation.ground import Ground, Option, Terms, plus
from ecvet.credit.accumulation.held import Piece
from ecvet.credit.accumulation.supply import ZERO
from ecvet.qualification.combination import Group, OpenSlot
from ecvet.qualification.requirements import Window

MOST_PIECES = 99
"""More pieces of open credit in one slot are not looked for; one is enough unless some rule counts pieces."""


def stand_held(ground: Ground) -> None:
    """Each offer at its places; a piece once (R-COMP-5), and not again where an equivalence uses it."""
    programme = ground.programme
    ground.bridges = [programme.column(0, 1) for _ in ground.supply.bridges]
    spent: dict[str, Terms] = {}
    carried: dict[int, Terms] = {}
    for offer in ground.supply.offers:
        columns: Terms = {}
        options = [
            Option(programme.column(0, offer.amount), place, offer.piece, offer.bridge) for place in offer.places
        ]
        for option in options:
            columns[option.column] = 1
            ground.stand(option)
        _stand_also(ground, options)
        if len(columns) > 1:
            programme.row(columns, upper=offer.amount)
        if offer.bridge is not None:
            programme.row(plus((columns, 1), ({ground.bridges[offer.bridge]: 1}, -1)), upper=0)
            carried[offer.bridge] = plus((carried.get(offer.bridge, {}), 1), (columns, 1))
        elif offer.piece.code:
            spent[offer.piece.code] = plus((spent.get(offer.piece.code, {}), 1), (columns, 1))
    for number, (_, sources) in enumerate(ground.supply.bridges):
        bridge = {ground.bridges[number]: 1}
        programme.row(plus((carried.get(number, {}), 1), (bridge, -1)), lower=0)
        for source in sources:
            spent[source.code] = plus((spent.get(source.code, {}), 1), (bridge, 1))
    for terms in spent.values():
        if len(terms) > 1:
            programme.row(terms, upper=1)


def stand_added(ground: Ground) -> None:
    """Each listed unit not held, at its points in the qualification, and open credit in steps of one point."""
    tree, programme = ground.tree, ground.programme
    held = {offer.piece.code for offer in ground.supply.offers if offer.bridge is None}
    for code, places in tree.places_of.items():
        options = []
        for place in () if code in held else places:
            size = _range(ground, code, place)
            if size is None:
                continue
            least, steps = size
            option = Option(programme.column(0, 1), place, Piece(code=code, points=least), added=True)
            if steps:
                option.size = programme.column(0, steps)
                programme.row({option.size: 1, option.column: -steps}, upper=0)
            ground.stand(option)
            options.append(option)
        _stand_also(ground, options)
    windows = [node.points for node in tree.nodes] + [overlay.points for overlay in tree.rules.overlays]
    bounds = [window.maximum or window.minimum or ZERO for window in windows if window is not None]
    room = int(max(bounds, default=ZERO)) + 1 if tree.has_points else 0
    counts_pieces = any(isinstance(node, Group) and node.units for node in tree.nodes) or any(
        overlay.count for overlay in tree.rules.overlays
    )
    for place in tree.slots:
        node = tree.nodes[place]
        assert isinstance(node, OpenSlot)
        fewest = int(node.count.minimum or 1) if node.count else 1
        most = max(fewest, MOST_PIECES if counts_pieces else 1)
        if node.count and node.count.maximum is not None:
            most = min(most, int(node.count.maximum))
        option = Option(programme.column(0, most), place, Piece(points=ZERO), added=True)
        own = node.points.maximum if node.points and not tree.rules.overlays else None
        most_points = room if own is None else min(room, int(own) + 1)  # what the slot's own maximum cuts off is no use
        option.size = programme.column(0, most_points)
        programme.row({option.size: 1, option.column: -most_points}, upper=0)
        ground.stand(option)


def _stand_also(ground: Ground, options: Sequence[Option]) -> None:
    """Where one piece may stand beside its place, by a rule of double counting; by one at each, once in each group."""
    doubles, programme, further = ground.tree.doubles, ground.programme, list[Option]()
    for option in options if doubles.rules and options and options[0].piece.code else ():
        partners: dict[int, list[Option]] = {}
        for other in options:
            for rule in doubles.allow(option.place, other.place):
                partners.setdefault(rule, []).append(other)
        for rule, mains in partners.items():
            also = replace(option, column=programme.column(0, 1), also=rule)
            programme.row(plus(({also.column: 1}, 1), ({main.column: 1 for main in mains}, -1)), upper=0)
            if any(main.size is not None for main in (option, *options)):
                _same_size(ground, also, options)
            for other in further:
                if rule != other.also or not any(doubles.allow(also.place, other.place)):
                    programme.row({also.column: 1, other.column: 1}, upper=1)
            ground.stand(also)
            further.append(also)


def _same_size(ground: Ground, also: Option, options: Sequence[Option]) -> None:
    """An added unit of variable size has one size, wherever it stands."""
    programme = ground.programme
    if also.size is not None:
        steps = int(programme.upper[also.size])
        also.size = programme.column(0, steps)
        programme.row({also.size: 1, also.column: -steps}, upper=0)
    here, there = ground.weigh([also]), ground.weigh(options)
    most = ground.most(there)
    programme.row(plus((here, 1), (there, -1)), upper=0)
    programme.row(plus((here, 1), (there, -1), ({also.column: most}, -1)), lower=-most)


def _range(ground: Ground, code: str, place: int) -> tuple[Decimal, int] | None:
    """The least size of a unit at a place, and by how many whole points it may be larger."""
    size, own = ground.tree.sizes.get(code) or Window(ZERO, ZERO), ground.tree.nodes[place].points or Window()
    least = max(size.minimum or ZERO, own.minimum or ZERO)
    most = min(bound for bound in (size.maximum, own.maximum, Decimal(10**6)) if bound is not None)
    return (least, int(most - least)) if least <= most else None
