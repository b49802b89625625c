"""The independent check of a selection, in exact decimals. Shares no code with the engine, only types."""

from collections import Counter
from decimal import Decimal

from ecvet.credit.accumulation.held import Held, Piece
from ecvet.credit.accumulation.progress import Broken, Placement
from ecvet.qualification.combination import Group, Node, Surplus, UnitPlace
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import Reading
from ecvet.qualification.requirements import Which, Window

ZERO, ONE = Decimal(0), Decimal(1)


class Check:
    """One check: `broken` lists what is not met, `counted` the points of each group and slot after its cap."""

    def __init__(self) -> None:
        self.broken, self.counted = list[Broken](), dict[str, Decimal]()

    def within(self, name: str, what: str, window: Window | None, has: Decimal | int, of: Decimal | int = 1) -> None:
        """Take note of an amount outside its window, or outside its share `of` another amount."""
        if window and window.minimum is not None and has < window.minimum * of:
            self.broken.append(Broken(subject=name, what=f"{what}-short", has=Decimal(has), needs=window.minimum * of))
        if window and window.maximum is not None and has > window.maximum * of:
            self.broken.append(Broken(subject=name, what=f"{what}-over", has=Decimal(has), needs=window.maximum * of))


class Checker:
    """Checks selections against the rules of one qualification under one reading. Nodes stand after their children."""

    def __init__(self, qualification: Qualification, reading: Reading):
        self._rules, self._reading, self._index = qualification.rules, reading, dict[str, int]()
        self._nodes: list[tuple[str, Node, bool, list[int], list[tuple[Window, list[int]]]]] = []
        self._ranges = {link.code: Window(link.points.value, link.most.value)
                        for link in qualification.units if link.points and link.most}  # fmt: skip
        self._lay(self._rules.root, self._rules.root.id or "0", "")
        self._above = {child: n for n, node in enumerate(self._nodes) for child in node[3]}

    def _lay(self, node: Node, name: str, prefix: str) -> int:
        below = node.children if isinstance(node, Group) else ()
        inside = [self._lay(one, one.id or f"{prefix}{n}", f"{prefix}{n}.") for n, one in enumerate(below, 1)]
        compels, choices, roles = node.compulsory, list[tuple[Window, list[int]]](), dict[str, list[int]]()
        if isinstance(node, Group):
            for n, child in zip(inside, below, strict=True):
                if isinstance(child, Group) and child.role.chooses:
                    roles.setdefault("" if node.choose else child.role, []).append(n)
            bounded = any(window and window.minimum for window in (node.points, node.count, node.units))
            choose = node.choose or Window(None if bounded or not self._reading.one_alternative else ONE, ONE)
            choices = [(choose, alternatives) for alternatives in roles.values()]
            if self._reading.minimum_compels and not node.role.chooses:
                inner = any(self._nodes[n][2] for n in inside)
                compels = any((compels, bounded, node.choose and node.choose.minimum, roles, inner))
        else:
            self._index[name] = len(self._nodes)
        self._nodes.append((name, node, compels, inside, choices))
        return len(self._nodes) - 1

    def check(self, placements: tuple[Placement, ...], held: Held) -> Check:
        """Look at everything; what is not met is in `broken`, parts before the whole."""
        found, here, used, pieces = Check(), dict[int | None, list[Piece]](), dict[int, Decimal](), dict[int, int]()
        for placement in placements:
            at = self._index.get(placement.place)
            here.setdefault(at, []).append(placement.piece)
            while at is not None and at not in used:
                used[at], pieces[at] = ZERO, 0
                at = self._above.get(at)
        for n in sorted(used):
            if n in here:
                used[n], pieces[n] = sum([piece.points or ZERO for piece in here[n]], ZERO), len(here[n])
            used[n] = self._node(found, n, here.get(n, []), used, pieces[n])
            if (above := self._above.get(n)) is not None:
                used[above], pieces[above] = used[above] + used[n], pieces[above] + pieces[n]
        found.broken += [] if used else [Broken(subject=self._nodes[-1][0], what="compulsory")]
        # Each piece was held, and each at most once (R-COMP-5).
        own = [one.piece for one in placements if not one.added and not one.by]
        spent = [piece.code for piece in own if piece.code]
        spent += [code for by in {frozenset(one.by) for one in placements if one.by} for code in by]
        stock = {piece.code for piece in held.units}.union((piece.code for piece in held.other), held.exempt)
        codes = [one.piece.code for one in placements if one.piece.code]
        loose = Counter(piece.points for piece in own if not piece.code)
        loose.subtract(piece.points or ZERO for piece in held.other if not piece.code)
        twice = {code for some in (spent, codes) for code, times in Counter(some).items() if times > 1}
        nowhere = {one.place for one in placements} - self._index.keys()
        for name in sorted(twice | nowhere | (set(spent) - stock) | set(map(str, +loose))):
            found.broken.append(Broken(subject=name, what="counted-twice-or-not-held"))
        self._across(found, [placement.piece for placement in placements], held)
        return found

    def _node(self, found: Check, n: int, here: list[Piece], used: dict[int, Decimal], pieces: int) -> Decimal:
        """What a used node asks for, beside what its parts do; its counted points."""
        (name, node, _, inside, choices), points, forbid = self._nodes[n], used[n], False
        if isinstance(node, UnitPlace):
            if [piece.code for piece in here] != [node.unit]:
                found.broken.append(Broken(subject=name, what="wrong-unit"))
            for window in (node.points, self._ranges.get(node.unit)) if here[0].sort != "exemption" else ():
                found.within(name, "size", window, points)
            return points
        if isinstance(node, Group):
            for child in inside:
                if self._nodes[child][2] and child not in used:
                    found.broken.append(Broken(subject=self._nodes[child][0], what="compulsory"))
            found.within(name, "units", node.units, pieces)
            for window, alternatives in choices:
                found.within(name, "choice", window, sum([child in used for child in alternatives]))
            forbid = (node.surplus or self._reading.surplus) is Surplus.FORBID
        elif self._reading.slot_kinds and node.accepts and any(piece.sort not in node.accepts for piece in here):
            found.broken.append(Broken(subject=name, what="wrong-kind"))
        found.within(name, "count", node.count, sum([child in used for child in inside]) if inside else pieces)
        if node.points and node.points.maximum is not None and not forbid:
            points = min(points, node.points.maximum)
        found.counted[name] = points
        found.within(name, "points", node.points, points)
        return points

    def _across(self, found: Check, pieces: list[Piece], held: Held) -> None:
        rules, codes = self._rules, {piece.code for piece in pieces}
        for n, over in enumerate(rules.overlays, 1):
            for low in (True, False):  # minima over what surely belongs, maxima over what possibly does
                some = [piece.points or ZERO for piece in pieces if _fits(over.which, piece, unknown=not low)]
                points, every = sum(some, ZERO), sum((piece.points or ZERO for piece in pieces), ZERO)
                bounds = (over.points, points, ONE), (over.share, points, every), (over.count, Decimal(len(some)), ONE)
                for what, (window, amount, of) in zip(("points", "share", "count"), bounds, strict=True):
                    half = window and Window(*((window.minimum, None) if low else (None, window.maximum)))
                    found.within(over.id or f"overlay {n}", what, half, amount, of)
        for bar in rules.barred:
            if len(codes & set(bar.units)) > bar.at_most:
                found.broken.append(Broken(subject=" / ".join(bar.units), what="barred", needs=Decimal(bar.at_most)))
        has = codes.union((unit.code for unit in held.units), held.exempt)
        for rule in rules.prerequisites:
            if rule.unit in codes and not (any if rule.any_of else all)(need in has for need in rule.needs):
                found.broken.append(Broken(subject=rule.unit, what="prerequisite"))
        for group in rules.corequisites:
            if codes & set(group.units) and not codes >= set(group.units):
                found.broken.append(Broken(subject=" / ".join(group.units), what="corequisite"))
        for average in rules.averages:
            graded = [(Decimal(p.grade), p.points or ZERO) for p in pieces if p.grade.replace(".", "", 1).isdecimal()]
            if not graded or sum((grade - average.at_least) * points for grade, points in graded) < 0:
                found.broken.append(Broken(subject="average", what="average", needs=average.at_least))


def _fits(which: Which, piece: Piece, *, unknown: bool) -> bool:
    levels = range(which.level_from or 0, 99 if which.level_to is None else which.level_to + 1)
    named = [not wanted or (has in wanted if has else unknown) for wanted, has in
             ((which.origins, piece.origin), (which.subjects, piece.subject), (which.grades, piece.grade))]  # fmt: skip
    mine = which.recognised in (None, piece.recognised) and (not which.units or piece.code in which.units)
    level = unknown if piece.level is None and levels != range(99) else (piece.level or 0) in levels
    return level and all(named) and mine
