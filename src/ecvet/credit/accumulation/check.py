"""The independent check of a selection: is every constraint met by these placements, in exact decimals?

Shares no code with the engine that found them (only types) and reads the tree by itself. Every yes passes through it;
what it refuses becomes undecided, never a wrong yes.
"""

from collections import Counter
from decimal import Decimal

from ecvet.credit.accumulation.held import Held, Piece
from ecvet.credit.accumulation.progress import Broken, Placement
from ecvet.qualification.combination import Group, Node, Surplus, UnitPlace
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import Reading
from ecvet.qualification.requirements import Overlay, Which, Window

ZERO = Decimal(0)


class Check:
    """One check: `broken` lists what is not met, `counted` the points of each group and slot after its cap."""

    def __init__(self, qualification: Qualification, reading: Reading, placements: tuple[Placement, ...], held: Held):
        self.broken: list[Broken] = []
        self.counted: dict[str, Decimal] = {}
        self._reading, self._here, self._known = reading, dict[str, list[Piece]](), set[str]()
        for placement in placements:
            self._here.setdefault(placement.place, []).append(placement.piece)
        self._ranges = {link.code: Window(link.points.value, link.most.value)
                        for link in qualification.units if link.points and link.most}  # fmt: skip
        self._node(qualification.rules.root, qualification.rules.root.id or "0", "", top=True)
        self._really_held(placements, held)
        self._across(qualification, [placement.piece for placement in placements], held)

    def _break(self, subject: str, what: str, has: Decimal = ZERO, needs: Decimal = ZERO) -> None:
        self.broken.append(Broken(subject=subject, what=what, has=has, needs=needs))

    def _within(
        self, name: str, what: str, window: Window | None, amount: Decimal | int, of: Decimal | int = 1
    ) -> None:
        if window and window.minimum is not None and amount < window.minimum * of:
            self._break(name, f"{what}-short", Decimal(amount), window.minimum * of)
        if window and window.maximum is not None and amount > window.maximum * of:
            self._break(name, f"{what}-over", Decimal(amount), window.maximum * of)

    def _node(self, node: Node, name: str, prefix: str, top: bool = False) -> tuple[bool, Decimal, int]:
        """Whether the node is used, its counted points, and the number of pieces in it."""
        self._known.add(name)
        if isinstance(node, Group):
            return self._group(node, name, prefix, top)
        pieces = self._here.get(name, [])
        points = sum((piece.points or ZERO for piece in pieces), ZERO)
        if isinstance(node, UnitPlace):
            if [piece.code for piece in pieces] not in ([], [node.unit]):
                self._break(name, "wrong-unit")
            for window in (node.points, self._ranges.get(node.unit)):
                self._within(name, "size", window if pieces and pieces[0].sort != "exemption" else None, points)
        elif pieces:
            if self._reading.slot_kinds and node.accepts and any(piece.sort not in node.accepts for piece in pieces):
                self._break(name, "wrong-kind")
            self._within(name, "count", node.count, len(pieces))
            points = self._cap(name, node.points, points, forbid=False)
        return bool(pieces), points, len(pieces)

    def _group(self, group: Group, name: str, prefix: str, top: bool) -> tuple[bool, Decimal, int]:
        below = [(child, child.id or f"{prefix}{n}", f"{prefix}{n}.") for n, child in enumerate(group.children, 1)]
        found = [(child, its, *self._node(child, its, at)) for child, its, at in below]
        uses, points = [used for _, _, used, _, _ in found], sum((points for _, _, _, points, _ in found), ZERO)
        if not any(uses):
            if not top:
                return False, ZERO, 0
            self._break(name, "compulsory")
        for child, its, used, _, _ in found:
            if not used and self._compels(child):
                self._break(its, "compulsory")
        self._within(name, "count", group.count, sum(uses))
        self._within(name, "units", group.units, sum(one[-1] for one in found))
        choosing = [(one[0].role, one[2]) for one in found if isinstance(one[0], Group) and one[0].role.chooses]
        bounded = any(window and window.minimum for window in (group.points, group.count, group.units))
        least = None if bounded or not self._reading.one_alternative else Decimal(1)
        for role in {role for role, _ in choosing}:
            taken = sum(used for other, used in choosing if other is role or group.choose)
            self._within(name, "choice", group.choose or Window(least, Decimal(1)), taken)
        forbid = (group.surplus or self._reading.surplus) is Surplus.FORBID
        return True, self._cap(name, group.points, points, forbid), sum(one[-1] for one in found)

    def _cap(self, name: str, window: Window | None, points: Decimal, forbid: bool) -> Decimal:
        if window and window.maximum is not None and points > window.maximum and not forbid:
            points = window.maximum
        self.counted[name] = points
        self._within(name, "points", window, points)
        return points

    def _compels(self, node: Node) -> bool:
        if node.compulsory or not isinstance(node, Group) or not self._reading.minimum_compels or node.role.chooses:
            return node.compulsory
        if any(window and window.minimum for window in (node.points, node.count, node.units, node.choose)):
            return True
        return any(self._compels(child) or (isinstance(child, Group) and child.role.chooses) for child in node.children)

    def _really_held(self, placements: tuple[Placement, ...], held: Held) -> None:
        """Each piece was held, and each at most once (R-COMP-5)."""
        own = [one.piece for one in placements if not one.added and not one.by]
        spent = {frozenset(one.by): one.by for one in placements if one.by}.values()
        units = Counter(piece.code for piece in own if piece.code) + Counter(code for by in spent for code in by)
        stock = Counter({piece.code for piece in (*held.units, *held.other)} | set(held.exempt))
        other = Counter(piece.points for piece in own if not piece.code)
        loose = other - Counter(piece.points or ZERO for piece in held.other if not piece.code)
        codes = Counter(one.piece.code for one in placements if one.piece.code)
        wrong = [*(units - stock), *(codes - Counter(set(codes))), *map(str, loose)]
        for name in {*wrong, *(self._here.keys() - self._known)}:
            self._break(name, "counted-twice-or-not-held")

    def _across(self, qualification: Qualification, pieces: list[Piece], held: Held) -> None:
        rules, codes = qualification.rules, {piece.code for piece in pieces}
        for n, overlay in enumerate(rules.overlays, 1):
            self._overlay(overlay, overlay.id or f"overlay {n}", pieces)
        for barred in rules.barred:
            if len(codes & set(barred.units)) > barred.at_most:
                self._break(" / ".join(barred.units), "barred", needs=Decimal(barred.at_most))
        has = codes | {unit.code for unit in held.units} | set(held.exempt)
        for rule in rules.prerequisites:
            if rule.unit in codes and not (any if rule.any_of else all)(need in has for need in rule.needs):
                self._break(rule.unit, "prerequisite")
        for group in rules.corequisites:
            if codes & set(group.units) and not codes >= set(group.units):
                self._break(" / ".join(group.units), "corequisite")
        for average in rules.averages:
            graded = [(Decimal(p.grade), p.points or ZERO) for p in pieces if p.grade.replace(".", "", 1).isdecimal()]
            if not graded or sum((grade - average.at_least) * points for grade, points in graded) < 0:
                self._break("average", "average", needs=average.at_least)

    def _overlay(self, overlay: Overlay, name: str, pieces: list[Piece]) -> None:
        all_points = sum((piece.points or ZERO for piece in pieces), ZERO)
        for low in (True, False):  # minima over what surely belongs, maxima over what possibly does
            some = [piece.points or ZERO for piece in pieces if _fits(overlay.which, piece, unknown=not low)]
            points = sum(some, ZERO)
            bounds = (("points", overlay.points, points, 1), ("count", overlay.count, Decimal(len(some)), 1))
            for what, window, amount, of in (*bounds, ("share", overlay.share, points, all_points)):
                half = window and (Window(window.minimum, None) if low else Window(None, window.maximum))
                self._within(name, what, half, amount, of)


def _fits(which: Which, piece: Piece, *, unknown: bool) -> bool:
    low, high = which.level_from, which.level_to
    inside = unknown if piece.level is None else (low or 0) <= piece.level <= (99 if high is None else high)
    named = [not wanted or (has in wanted if has else unknown) for wanted, has in
             ((which.origins, piece.origin), (which.subjects, piece.subject), (which.grades, piece.grade))]  # fmt: skip
    mine = which.recognised in (None, piece.recognised) and (not which.units or piece.code in which.units)
    return ((low is None and high is None) or inside) and all(named) and mine
