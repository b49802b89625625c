"""The question “is there a valid selection, and which is best?” as a programme of whole numbers.

One column says how many pieces of an offer stand at a place; each group and slot has a column for being used and, where
a maximum caps it, one for its counted points. The same formulation serves the verdict (only what is held) and the
cheapest completion (with units and open credit to add); they differ in the offers and in what costs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import gcd, inf

from ecvet.credit.accumulation.compile import Compiled
from ecvet.credit.accumulation.held import Held, Piece
from ecvet.credit.accumulation.solve import Programme
from ecvet.credit.accumulation.supply import ZERO, Supply, nominal
from ecvet.qualification.combination import Group, OpenSlot, UnitPlace
from ecvet.qualification.requirements import Which, Window

Terms = dict[int, int]


def plus(*sums: tuple[Terms, int]) -> Terms:
    """The sum of terms, each times its factor."""
    result: Terms = {}
    for terms, factor in sums:
        for column, amount in terms.items():
            result[column] = result.get(column, 0) + amount * factor
    return result


def looks_at(which: Which, piece: Piece) -> bool | None:
    """Whether a requirement concerns this piece; None where the piece does not tell, False where something excludes it."""
    known = True
    if which.level_from is not None or which.level_to is not None:
        if piece.level is None:
            known = False
        elif piece.level < (which.level_from or 0) or (which.level_to is not None and piece.level > which.level_to):
            return False
    for wanted, has in ((which.origins, piece.origin), (which.subjects, piece.subject), (which.grades, piece.grade)):
        if wanted and has and has not in wanted:
            return False
        known = known and not (wanted and not has)
    if (which.units and piece.code not in which.units) or which.recognised not in (None, piece.recognised):
        return False
    return True if known else None


@dataclass(slots=True)
class Option:
    """One column that puts an offer at a place, or adds a unit (`added`) or open credit (`free`) there."""

    column: int
    place: int
    piece: Piece
    bridge: int | None = None
    added: bool = False
    size: int | None = None
    """For variable and free credit: the column of its points, in steps of one point above `piece.points`."""


@dataclass(slots=True)
class Formulation:
    """A programme with the meaning of its columns."""

    programme: Programme
    options: list[Option] = field(default_factory=list)
    root_points: Terms = field(default_factory=dict)


class Formulator:
    """Builds one formulation. `adding` allows units not held and open credit, at the cost of their points."""

    def __init__(
        self, tree: Compiled, offers: Supply, held: Held, declared: Sequence[tuple[int, ...]], *, adding: bool
    ):
        self.tree, self.supply, self.held, self.adding = tree, offers, held, adding
        self.made = Formulation(Programme())
        self.programme = self.made.programme
        self.scale = self._scale()
        self.at: dict[int, list[Option]] = {}
        self.used: dict[int, Terms] = {}
        self.points: dict[int, Terms] = {}
        self.pieces: dict[int, Terms] = {}
        self._offers()
        self._tree()
        self._declared(declared)
        self._across()
        self._costs()

    def whole(self, amount: Decimal) -> int:
        """An amount in the programme's steps."""
        scaled = amount * self.scale
        return int(scaled)

    def _scale(self) -> Decimal:
        """The factor that makes every amount in sight a whole number, as small as it can be."""
        amounts = [Decimal(1), *(offer.piece.points or ZERO for offer in self.supply.offers)]
        for size in self.tree.sizes.values():
            amounts += [size.minimum or ZERO, size.maximum or ZERO]
        for node in self.tree.nodes:
            if node.points:
                amounts += [node.points.minimum or ZERO, node.points.maximum or ZERO]
        for overlay in self.tree.rules.overlays:
            for window in (overlay.points,):
                if window:
                    amounts += [window.minimum or ZERO, window.maximum or ZERO]
        places = max(0, *(-int(amount.normalize().as_tuple().exponent) for amount in amounts))
        whole = [int(amount.scaleb(places)) for amount in amounts]
        return Decimal(10**places) / gcd(*whole)

    def _offers(self) -> None:
        by_code: dict[str, Terms] = {}
        bridges = [self.programme.column(0, 1) for _ in self.supply.bridges]
        self.bridges = bridges
        spent: dict[str, Terms] = {}
        carried: dict[int, Terms] = {}
        for offer in self.supply.offers:
            columns = {}
            for place in offer.places:
                column = self.programme.column(0, offer.amount)
                columns[column] = 1
                self._stand(Option(column, place, offer.piece, offer.bridge))
            self.programme.row(columns, upper=offer.amount)
            if offer.bridge is not None:
                self.programme.row(plus((columns, 1), ({bridges[offer.bridge]: 1}, -1)), upper=0)
                carried[offer.bridge] = plus((carried.get(offer.bridge, {}), 1), (columns, 1))
            elif offer.piece.code:
                spent[offer.piece.code] = plus((spent.get(offer.piece.code, {}), 1), (columns, 1))
            if offer.piece.code:
                by_code[offer.piece.code] = plus((by_code.get(offer.piece.code, {}), 1), (columns, 1))
        for number, (_, sources) in enumerate(self.supply.bridges):
            self.programme.row(plus((carried.get(number, {}), 1), ({bridges[number]: 1}, -1)), lower=0)
            for source in sources:
                spent[source.code] = plus((spent.get(source.code, {}), 1), ({bridges[number]: 1}, 1))
        if self.adding:
            self._additions(by_code)
        for terms in (*by_code.values(), *spent.values()):  # R-COMP-5: a unit counts once, wherever it stands
            if len(terms) > 1:
                self.programme.row(terms, upper=1)
        self.by_code = by_code

    def _additions(self, by_code: dict[str, Terms]) -> None:
        held = {offer.piece.code for offer in self.supply.offers if offer.bridge is None and offer.piece.code}
        for code, places in self.tree.places_of.items():
            if code in held:
                continue
            piece = Piece(code=code, points=nominal(self.tree, code))
            for place in places:
                least, most = self._range(code, place)
                if least is None:
                    continue
                option = Option(self.programme.column(0, 1), place, Piece(code=code, points=least), added=True)
                if most > least:
                    option.size = self.programme.column(0, int(most - least))
                    self.programme.row({option.size: 1, option.column: -int(most - least)}, upper=0)
                self._stand(option)
                by_code[piece.code] = plus((by_code.get(piece.code, {}), 1), ({option.column: 1}, 1))
        room = int(max((window.maximum or window.minimum or ZERO for node in self.tree.nodes
                        if (window := node.points) is not None), default=ZERO)) + 1  # fmt: skip
        for place in self.tree.slots:
            node = self.tree.nodes[place]
            assert isinstance(node, OpenSlot)
            most = 99 if node.count is None or node.count.maximum is None else int(node.count.maximum)
            option = Option(self.programme.column(0, most), place, Piece(points=ZERO), added=True)
            option.size = self.programme.column(0, room if self.tree.has_points else 0)
            self.programme.row({option.size: 1, option.column: -room}, upper=0)
            self._stand(option)

    def _range(self, code: str, place: int) -> tuple[Decimal | None, Decimal]:
        size, node = self.tree.sizes.get(code, Window(ZERO, ZERO)), self.tree.nodes[place]
        own = node.points or Window()
        least = max(size.minimum or ZERO, own.minimum or ZERO)
        most = min(size.maximum or ZERO, own.maximum if own.maximum is not None else Decimal(10**6))
        return (least if least <= most else None), most

    def _stand(self, option: Option) -> None:
        self.made.options.append(option)
        self.at.setdefault(option.place, []).append(option)

    def _weigh(self, options: Sequence[Option]) -> Terms:
        terms = {option.column: self.whole(option.piece.points or ZERO) for option in options}
        terms.update({option.size: self.whole(Decimal(1)) for option in options if option.size is not None})
        return terms

    def _tree(self) -> None:
        for n in range(len(self.tree.nodes) - 1, -1, -1):
            node, options = self.tree.nodes[n], self.at.get(n, [])
            self.points[n] = self._weigh(options)
            self.pieces[n] = {option.column: 1 for option in options}
            if isinstance(node, UnitPlace):
                self.used[n] = self.pieces[n]
                if len(options) > 1:
                    self.programme.row(self.used[n], upper=1)
            elif isinstance(node, OpenSlot):
                self._slot(n, node)
            else:
                self._group(n, node)
        root = self.used[0]
        self.programme.row(root, lower=1)
        self.made.root_points = self.points[0]

    def _slot(self, n: int, slot: OpenSlot) -> None:
        if not self.pieces[n]:
            self.used[n] = {}
            return
        used = self.programme.column(0, 1)
        self.used[n] = {used: 1}
        most = int(sum(self.programme.upper[column] for column in self.pieces[n]))
        self.programme.row(plus((self.pieces[n], 1), ({used: most}, -1)), upper=0)
        self.programme.row(plus((self.pieces[n], 1), ({used: 1}, -1)), lower=0)
        self._bound(self.pieces[n], slot.count, used, 1)
        self.points[n] = self._capped(n, self.points[n], slot.points, used)

    def _group(self, n: int, group: Group) -> None:
        children = [child for child in self.tree.children[n]]
        used = self.programme.column(0, 1)
        self.used[n] = {used: 1}
        uses = [self.used[child] for child in children]
        for child, terms in zip(children, uses, strict=True):
            if self.tree.compulsory[child]:
                self.programme.row(plus((terms, 1), ({used: 1}, -1)), lower=0, upper=0)
            elif terms:
                self.programme.row(plus((terms, 1), ({used: 1}, -1)), upper=0)
        every = plus(*((terms, 1) for terms in uses))
        self.programme.row(plus((every, 1), ({used: 1}, -1)), lower=0)
        self.pieces[n] = plus(*((self.pieces[child], 1) for child in children))
        self._bound(every, group.count, used, 1)
        self._bound(self.pieces[n], group.units, used, 1)
        for choice in self.tree.alternatives[n]:
            taken = plus(*((self.used[child], 1) for child in choice.children))
            self._bound(taken, Window(choice.least, choice.most), used, 1)
        total = plus(*((self.points[child], 1) for child in children))
        if self.tree.forbids[n] and group.points and group.points.maximum is not None:
            self.programme.row(plus((total, 1), ({used: self.whole(group.points.maximum)}, -1)), upper=0)
            self._bound(total, group.points, used, self.scale)
            self.points[n] = total
        else:
            self.points[n] = self._capped(n, total, group.points, used)

    def _capped(self, n: int, total: Terms, window: Window | None, used: int) -> Terms:
        """The counted points: the sum, but at most the maximum. Never less than that where less could be a trick."""
        if window is None:
            return total
        counted = total
        if window.maximum is not None:
            most = self.whole(window.maximum)
            column = self.programme.column(0, most, whole=False)
            counted = {column: 1}
            self.programme.row(plus((counted, 1), (total, -1)), upper=0)
            self.programme.row({column: 1, used: -most}, upper=0)
            if self._forbidden_above(n):
                full, beyond = self.programme.column(0, 1), self._most(total)
                self.programme.row({column: 1, full: -most}, lower=0)
                self.programme.row(plus((counted, 1), (total, -1), ({full: beyond}, 1)), lower=0)
        if window.minimum:
            self.programme.row(plus((counted, 1), ({used: self.whole(window.minimum)}, -1)), lower=0)
        return counted

    def _most(self, terms: Terms) -> int:
        return int(sum(factor * self.programme.upper[column] for column, factor in terms.items()))

    def _forbidden_above(self, n: int) -> bool:
        return any(
            forbids and n in self.tree.below(above) for above, forbids in enumerate(self.tree.forbids) if above < n
        )

    def _bound(self, terms: Terms, window: Window | None, used: int, scale: Decimal | int) -> None:
        if window is None:
            return
        if window.minimum:
            self.programme.row(plus((terms, 1), ({used: int(window.minimum * scale)}, -1)), lower=0)
        if window.maximum is not None:
            self.programme.row(plus((terms, 1), ({used: int(window.maximum * scale)}, -1)), upper=0)

    def _declared(self, declared: Sequence[tuple[int, ...]]) -> None:
        """A declared group is used, and its alternatives that were not declared are not."""
        chosen = {group for groups in declared for group in groups}
        for groups in declared:
            self.programme.row(plus(*((self.used[group], 1) for group in groups)), lower=1)
        for choices in self.tree.alternatives:
            for choice in choices:
                if chosen & set(choice.children):
                    for other in set(choice.children) - chosen:
                        self.programme.row(self.used[other], upper=0)

    def _across(self) -> None:
        rules, everything = self.tree.rules, self._weigh(self.made.options)
        for overlay in rules.overlays:
            sure, may = self._which(overlay.which, True), self._which(overlay.which, False)
            for options, low in ((sure, True), (may, False)):
                points, pieces = self._weigh(options), {option.column: 1 for option in options}
                self._limit(points, overlay.points, self.scale, low)
                self._limit(pieces, overlay.count, 1, low)
                bound = overlay.share and (overlay.share.minimum if low else overlay.share.maximum)
                if bound is not None:
                    top, bottom = bound.as_integer_ratio()
                    gap = plus((points, bottom), (everything, -top))
                    self.programme.row(gap, lower=0 if low else -inf, upper=inf if low else 0)
        for barred in rules.barred:
            self.programme.row(plus(*((self.by_code.get(unit, {}), 1) for unit in barred.units)), upper=barred.at_most)
        for rule in rules.prerequisites:
            self._prerequisite(rule.unit, rule.needs, rule.any_of)
        for together in rules.corequisites:
            first = self.by_code.get(together.units[0], {}) if together.units else {}
            for other in together.units[1:]:
                self.programme.row(plus((first, 1), (self.by_code.get(other, {}), -1)), lower=0, upper=0)
        for average in rules.averages:
            terms, graded = {}, {}
            for option in self.made.options:
                if option.piece.grade.replace(".", "", 1).isdigit():
                    excess = (Decimal(option.piece.grade) - average.at_least) * (option.piece.points or ZERO)
                    terms[option.column] = int(excess * self.scale * 10**6)
                    graded[option.column] = 1
            if not self.adding:
                self.programme.row(terms, lower=0)
                self.programme.row(graded, lower=1)

    def _prerequisite(self, unit: str, needs: Sequence[str], any_of: bool) -> None:
        has = {piece.code for piece in self.held.units} | set(self.held.exempt)
        target, missing = self.by_code.get(unit, {}), [need for need in needs if need not in has]
        if not target or not missing or (any_of and len(missing) < len(needs)):
            return
        found = [self.by_code.get(need, {}) for need in missing]
        for enough in [plus(*((terms, 1) for terms in found))] if any_of else found:
            self.programme.row(plus((target, 1), (enough, -1)), upper=0)

    def _which(self, which: Which, sure: bool) -> list[Option]:
        """The options a requirement looks at: surely for a minimum, possibly for a maximum. Added credit may be chosen
        so as to fit, except where its unit is named."""
        found = []
        for option in self.made.options:
            answer = looks_at(which, option.piece)
            if option.added and answer is None:
                answer = sure
            if answer is True or (answer is None and not sure):
                found.append(option)
        return found

    def _limit(self, terms: Terms, window: Window | None, scale: Decimal | int, low: bool) -> None:
        if window and low and window.minimum is not None:
            self.programme.row(terms, lower=int(window.minimum * scale))
        if window and not low and window.maximum is not None:
            self.programme.row(terms, upper=int(window.maximum * scale))

    def _costs(self) -> None:
        """Verdict: most counted points, then fewest equivalences, then most pieces. Completion: fewest points, then
        fewest additions."""
        cost = self.programme.cost
        pieces = int(sum(self.programme.upper[option.column] for option in self.made.options)) + 1
        if self.adding:
            for option in self.made.options:
                if option.added:
                    cost[option.column] += 1 + pieces * self.whole(option.piece.points or ZERO)
                    if option.size is not None:
                        cost[option.size] += pieces * self.whole(Decimal(1))
            return
        for option in self.made.options:
            cost[option.column] -= 1
        for column in self.bridges:
            cost[column] += pieces
        for column, factor in self.made.root_points.items():
            cost[column] -= factor * pieces * (len(self.bridges) + 1)
