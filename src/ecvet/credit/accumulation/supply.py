"""What of a learner's credit can stand in the tree at all, where, with which points, and why the rest cannot.

Everything that concerns one piece alone is settled here (grade, age, prerequisite held, size in range, equivalence of
the day), so that the programme only has to choose.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from ecvet.correspondence.equivalence import Equivalence
from ecvet.credit.accumulation.compile import Compiled
from ecvet.credit.accumulation.held import Held, Piece
from ecvet.qualification.combination import OpenSlot, UnitPlace
from ecvet.saying import Said, say

ZERO = Decimal(0)


@dataclass(slots=True, kw_only=True)
class Offer:
    """`amount` equal pieces that may stand at `places`. `bridge` is the equivalence that brings it, by its number."""

    piece: Piece
    places: tuple[int, ...]
    amount: int = 1
    bridge: int | None = None


@dataclass(slots=True, kw_only=True)
class Supply:
    """All offers; `refused` tells of each held piece without a place why; `bridges` are the usable equivalences."""

    offers: list[Offer] = field(default_factory=list)
    refused: list[tuple[Piece, Said]] = field(default_factory=list)
    bridges: list[tuple[Equivalence, tuple[Piece, ...]]] = field(default_factory=list)
    undecided: list[Said] = field(default_factory=list)


def supply(tree: Compiled, held: Held, equivalences: Sequence[Equivalence], on: date | None) -> Supply:
    """Sort out what a learner holds, on a day."""
    found = Supply()
    if tree.rules.maximum_age and on is None:
        found.undecided.append(say("maximum age of credit: the day of the verdict is not given"))
    has = {unit.code for unit in held.units} | set(held.exempt)
    for piece in held.units:
        _offer_unit(tree, piece, has, on, found)
    for code in dict.fromkeys(held.exempt):
        _offer_exemption(tree, code, found)
    other: dict[Piece, int] = {}
    for piece in held.other:
        sized = piece if piece.points is not None else replace(piece, points=ZERO)
        other[sized] = other.get(sized, 0) + 1
    for piece, amount in other.items():
        _offer_other(tree, piece, amount, on, found)
    if equivalences:
        _bridge(tree, held, equivalences, on, found)
    return found


def _offer_other(tree: Compiled, piece: Piece, amount: int, on: date | None, found: Supply) -> None:
    if why := _unfit(tree, piece, on):
        found.refused.extend([(piece, why)] * amount)
        return
    slots = tree.slots if not tree.reading.slot_kinds else _slots_for(tree, piece)
    if piece.declared:
        slots = tuple(n for n in slots if _declared_here(tree, n, piece))
    if slots:
        found.offers.append(Offer(piece=piece, places=slots, amount=amount))
    else:
        found.refused.extend([(piece, say("no open slot takes this credit"))] * amount)


def _slots_for(tree: Compiled, piece: Piece) -> tuple[int, ...]:
    return tuple(n for n in tree.slots if _slot_takes(tree, n, piece))


def nominal(tree: Compiled, code: str) -> Decimal:
    """The points of a unit in the qualification; the least of a variable size; zero where it has none."""
    size = tree.sizes.get(code)
    return (size.minimum if size else None) or ZERO


def _offer_unit(tree: Compiled, piece: Piece, has: Set[str], on: date | None, found: Supply) -> None:
    places = tree.places_of.get(piece.code, ())
    sized = piece if piece.points is not None else replace(piece, points=nominal(tree, piece.code))
    if tree.reading.listed_in_slots or (not places and piece.sort):
        places += _slots_for(tree, piece)
    if not places:
        found.refused.append(
            (sized, say("the qualification does not list this unit; give it as other credit if it is accepted as such"))
        )
        return
    why: Said | None = None
    where = places
    if tree.particular:
        why = _unfit(tree, sized, on) or _without_prerequisite(tree, sized, has)
    if piece.code in tree.ranged:
        where = tuple(n for n in places if _size_fits(tree, n, sized))
    if not why and not where:
        why = say("its {points} points are outside the range that the qualification allows", points=sized.points)
    if not why and piece.declared:
        where = tuple(n for n in where if _declared_here(tree, n, sized))
        if not where:
            why = say("it was declared for {group}, where the rules have no place for it", group=sized.declared)
    if why:
        found.refused.append((sized, why))
    else:
        found.offers.append(Offer(piece=sized, places=where))


def _offer_exemption(tree: Compiled, code: str, found: Supply) -> None:
    rule = next((rule for rule in tree.rules.exemptions if rule.unit == code), None)
    points = nominal(tree, code) if rule and rule.nominal_points else ZERO
    piece = Piece(code=code, points=points, sort="exemption")
    if rule and code in tree.places_of:
        found.offers.append(Offer(piece=piece, places=tree.places_of[code]))
    else:
        found.refused.append((piece, say("the rules know no exemption from this unit")))


def _unfit(tree: Compiled, piece: Piece, on: date | None) -> Said | None:
    if not tree.particular:
        return None
    for rule in tree.rules.minimum_grades:
        if (not rule.units or piece.code in rule.units) and piece.grade not in rule.grades:
            if not piece.grade:
                return say("it has no grade, and needs one of these: {grades}", grades=rule.grades)
            return say("its grade {grade} is not one of these: {grades}", grade=piece.grade, grades=rule.grades)
    for age in tree.rules.maximum_age:
        if on is not None and (not age.units or piece.code in age.units):
            if piece.gained is None:
                return say("it may be at most {months} months old and has no date", months=age.months)
            if (on.year - piece.gained.year) * 12 + on.month - piece.gained.month - (
                on.day < piece.gained.day
            ) >= age.months:
                return say(
                    "it was gained on {gained}, more than {months} months ago", gained=piece.gained, months=age.months
                )
    return None


def _without_prerequisite(tree: Compiled, piece: Piece, has: Set[str]) -> Said | None:
    for rule in tree.rules.prerequisites:
        met = [need in has for need in rule.needs]
        if rule.unit == piece.code and not (any(met) if rule.any_of else all(met)):
            if rule.any_of:
                return say("it presupposes one of these units: {units}", units=rule.needs)
            return say("it presupposes these units: {units}", units=rule.needs)
    return None


def _slot_takes(tree: Compiled, slot: int, piece: Piece) -> bool:
    node = tree.nodes[slot]
    assert isinstance(node, OpenSlot)
    return not tree.reading.slot_kinds or not node.accepts or piece.sort in node.accepts


def _size_fits(tree: Compiled, place: int, piece: Piece) -> bool:
    """The learner's size of a unit with variable points lies in its range (R-COMP-9)."""
    node, points = tree.nodes[place], piece.points or ZERO
    if isinstance(node, UnitPlace) and node.points is not None and points not in node.points:
        return False
    size = tree.sizes.get(piece.code)
    return size is None or size.minimum == size.maximum or points in size


def _declared_here(tree: Compiled, place: int, piece: Piece) -> bool:
    return (
        not piece.declared
        or any(place in tree.below(n) for n, name in enumerate(tree.ids) if name == piece.declared)
        or any(place in tree.below(group) for group in tree.named(piece.declared))
    )


def _bridge(tree: Compiled, held: Held, equivalences: Sequence[Equivalence], on: date | None, found: Supply) -> None:
    """One hop: units held together stand for units of the qualification, by decisions valid on the day."""
    by_unit = {piece.unit: piece for piece in held.units if piece.unit is not None}
    codes = {link.unit: link.code for link in tree.qualification.units}
    for decision in equivalences:
        if not decision.from_ <= by_unit.keys():
            continue
        if not decision.to & codes.keys():
            found.refused = [
                (one, _astray(why, decision) if one.unit in decision.from_ else why) for one, why in found.refused
            ]
            continue
        if on is None or on not in decision.valid:
            if on is None:
                found.undecided.append(say("an equivalence could apply, but the day of the verdict is not given"))
            continue
        sources = tuple(by_unit[unit] for unit in sorted(decision.from_))
        number = len(found.bridges)
        found.bridges.append((decision, sources))
        first = sources[0]
        points = _carried(tree, decision, [codes[unit] for unit in sorted(decision.to & codes.keys())], sources)
        for unit in sorted(decision.to & codes.keys()):
            code = codes[unit]
            piece = Piece(code=code, points=points[code], unit=unit, level=first.level, origin=first.origin,
                          grade=first.grade, gained=first.gained, recognised=True)  # fmt: skip
            places = tuple(n for n in tree.places_of.get(code, ()) if _size_fits(tree, n, piece))
            if places and not _unfit(tree, piece, on):
                found.offers.append(Offer(piece=piece, places=places, bridge=number))


def _astray(why: Said, decision: Equivalence) -> Said:
    return say("{why}; an equivalence turns it into {units}, which is not listed either", why=why, units=decision.to)


def _carried(
    tree: Compiled, decision: Equivalence, codes: Sequence[str], sources: Sequence[Piece]
) -> dict[str, Decimal]:
    """The points of each unit that a decision brings: the decided share of a fixed size, those held for a variable one.

    The units share the points of the sources times the ratio: what the fixed sizes leave goes to the variable ones
    in the order of their codes, each from its least to its most (R-COMP-9). Sources without points bring the least.
    """
    carried = {code: nominal(tree, code) * decision.ratio for code in codes}
    ranges = {code: size for code in sorted(codes) if (size := tree.sizes.get(code)) and size.minimum != size.maximum}
    carried.update({code: size.minimum or ZERO for code, size in ranges.items()})
    left = sum((one.points or ZERO for one in sources), ZERO) * decision.ratio - sum(carried.values(), ZERO)
    for code, size in ranges.items():
        more = max(ZERO, min(left, (size.maximum or ZERO) - carried[code]))
        carried[code], left = carried[code] + more, left - more
    return carried
