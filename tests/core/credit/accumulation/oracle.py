"""The reading S1 by brute force: every assignment of every piece, judged by the six sentences of its definition.

Written apart from the engine and from its check, for small trees only.
"""

from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from itertools import product

from ecvet.credit.accumulation import Held
from ecvet.qualification.combination import Group, OpenSlot, Surplus, UnitPlace
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.requirements import Common, DoubleCount

Here = dict[int, list[Decimal]]


def leaves(node: UnitPlace | OpenSlot | Group) -> Iterator[UnitPlace | OpenSlot]:
    if isinstance(node, Group):
        for child in node.children:
            yield from leaves(child)
    else:
        yield node


def compels(node: UnitPlace | OpenSlot | Group) -> bool:
    if isinstance(node, UnitPlace | OpenSlot) or node.role.chooses:
        return node.compulsory
    has_minimum = any(w is not None and w.minimum for w in (node.points, node.count, node.units, node.choose))
    inside = any(compels(child) or (isinstance(child, Group) and child.role.chooses) for child in node.children)
    return bool(node.compulsory or has_minimum or inside)


def judge(
    node: UnitPlace | OpenSlot | Group, here: Here, rises: Here | None = None, sharing: Set[str] = frozenset()
) -> tuple[bool, bool, Decimal, int]:
    """Valid, used, counted points, pieces. Over a group that shares its units counts only what `rises` from it."""
    if isinstance(node, UnitPlace):
        pieces = here.get(id(node), [])
        fits = not pieces or node.points is None or sum(pieces, Decimal(0)) in node.points
        return fits and len(pieces) <= 1, bool(pieces), sum(pieces, Decimal(0)), len(pieces)
    if isinstance(node, OpenSlot):
        pieces = here.get(id(node), [])
        if not pieces:
            return True, False, Decimal(0), 0
        points = sum(pieces, Decimal(0))
        fits = node.count is None or Decimal(len(pieces)) in node.count
        if node.points is not None and node.points.maximum is not None:
            points = min(points, node.points.maximum)
        return fits and (node.points is None or points in node.points), True, points, len(pieces)
    found = [judge(child, here, rises, sharing) for child in node.children]
    risen = [one if rises is None or child.id not in sharing else judge(child, rises)
             for child, one in zip(node.children, found, strict=True)]  # fmt: skip
    used, pieces_in = any(one[1] for one in found), sum(one[3] for one in risen)
    if not used:
        return True, False, Decimal(0), 0
    fits = all(one[0] for one in found)
    fits = fits and all(one[1] for child, one in zip(node.children, found, strict=True) if compels(child))
    fits = fits and (node.count is None or Decimal(sum(one[1] for one in found)) in node.count)
    fits = fits and (node.units is None or Decimal(pieces_in) in node.units)
    roles: dict[str, int] = {}
    for child, one in zip(node.children, found, strict=True):
        if isinstance(child, Group) and child.role.chooses:
            name = "any" if node.choose else child.role
            roles[name] = roles.get(name, 0) + one[1]
    own = any(w is not None and w.minimum for w in (node.points, node.count, node.units))
    for taken in roles.values():
        fits = fits and (Decimal(taken) in node.choose if node.choose else taken <= 1 and (own or taken == 1))
    points = sum((one[2] for one in risen), Decimal(0))
    if node.points is not None and node.points.maximum is not None and node.surplus is not Surplus.FORBID:
        points = min(points, node.points.maximum)
    return fits and (node.points is None or points in node.points), True, points, pieces_in


def best(towards: Qualification, held: Held) -> Decimal | None:
    """The most counted points of a complete selection; None when there is none."""
    return max((points for points in selections(towards, held)), default=None)


def selections(towards: Qualification, held: Held) -> Iterator[Decimal]:
    places = list(leaves(towards.rules.root))
    pieces: list[tuple[Decimal, list[UnitPlace | OpenSlot]]] = [
        (piece.points or Decimal(0), [one for one in places if isinstance(one, UnitPlace) and one.unit == piece.code])
        for piece in held.units
    ]
    slots: list[UnitPlace | OpenSlot] = [one for one in places if isinstance(one, OpenSlot)]
    pieces += [(piece.points or Decimal(0), slots) for piece in held.other]
    lies, rules = shared_places(towards), towards.rules.double_counts
    sharing = frozenset(name for rule in rules for name in rule.groups)
    for chosen in product(*(stands(where, lies, rules) for _, where in pieces)):
        here: Here = {}
        rises: Here = {}
        shared: dict[int, list[Decimal]] = {n: [] for n in range(len(rules))}
        for (points, _), (place, by, further) in zip(pieces, chosen, strict=True):
            for n, one in enumerate([] if place is None else [place, *further]):
                here.setdefault(id(one), []).append(points)
                if not n or rules[by].common is Common.EACH:
                    rises.setdefault(id(one), []).append(points)
                if n:
                    shared[by].append(points)
        valid, used, points, _ = judge(towards.rules.root, here, rises, sharing)
        few = all(
            (rule.units is None or Decimal(len(shared[n])) in rule.units)
            and (rule.points is None or sum(shared[n], Decimal(0)) in rule.points)
            for n, rule in enumerate(rules)
        )
        if valid and used and few:
            yield points


Stand = tuple[UnitPlace | OpenSlot | None, int, list[UnitPlace | OpenSlot]]


def shared_places(towards: Qualification) -> dict[int, str]:
    """For each place in a group that shares its units, that group."""
    sharing = {name for rule in towards.rules.double_counts for name in rule.groups}
    found: dict[int, str] = {}

    def look(node: UnitPlace | OpenSlot | Group, over: str) -> None:
        over = node.id if node.id in sharing else over
        found[id(node)] = over
        for child in node.children if isinstance(node, Group) else ():
            look(child, over)

    look(towards.rules.root, "")
    return found


def stands(where: list[UnitPlace | OpenSlot], lies: dict[int, str], rules: Sequence[DoubleCount]) -> Iterator[Stand]:
    """Every way for one piece to stand: nowhere, at one place, or by one rule also at one of each further group."""
    yield None, 0, []
    for main in where:
        yield main, 0, []
        for n, rule in enumerate(rules):
            if lies[id(main)] not in rule.groups:
                continue
            others = [name for name in rule.groups if name != lies[id(main)]]
            for further in product(*([None, *(p for p in where if lies[id(p)] == name)] for name in others)):
                some = [one for one in further if one is not None]
                if some and isinstance(main, UnitPlace):
                    yield main, n, some


def cheapest(towards: Qualification, held: Held, most: int) -> Decimal | None:
    """The fewest points to add: listed units not held at their points, and one piece of 0 … `most` points per slot."""
    links = {one.code: one.points.value for one in towards.units if one.points is not None}
    places = list(leaves(towards.rules.root))
    own = {piece.code for piece in held.units}
    absent = [
        code for code in links if code not in own and any(isinstance(p, UnitPlace) and p.unit == code for p in places)
    ]
    slots = sum(isinstance(one, OpenSlot) for one in places)
    found: list[Decimal] = []
    for taken in product((False, True), repeat=len(absent)):
        units = {code: links[code] for code, yes in zip(absent, taken, strict=True) if yes}
        for extra in product([None, *range(most + 1)], repeat=slots):
            added = [Decimal(one) for one in extra if one is not None]
            cost = sum(units.values(), Decimal(0)) + sum(added, Decimal(0))
            if found and cost >= min(found):
                continue
            more = Held.of(
                {**{piece.code: piece.points for piece in held.units}, **units},
                [*(piece.points or Decimal(0) for piece in held.other), *added],
            )
            if best(towards, more) is not None:
                found.append(cost)
    return min(found, default=None)
