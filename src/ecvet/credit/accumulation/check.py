"""The independent check of a selection: is every constraint met by these placements, in exact decimals?

Shares no code with the engine that found them (only the types), and reads the tree by itself: a mistake in the engine
must not hide here. Every yes of the engine passes through `check`; what it refuses becomes undecided, never a wrong yes.
"""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from ecvet.credit.accumulation.held import Held, Piece
from ecvet.credit.accumulation.progress import Broken, Placement
from ecvet.qualification.combination import Group, OpenSlot, Surplus, UnitPlace
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import Reading
from ecvet.qualification.requirements import Which, Window

ZERO = Decimal(0)


class Check:
    """One check: `broken` lists what is not met, `counted` the points of each group and slot after its cap."""

    def __init__(self, qualification: Qualification, reading: Reading, placements: Sequence[Placement], held: Held):
        self.broken: list[Broken] = []
        self.counted: dict[str, Decimal] = {}
        self._reading = reading
        self._here: dict[str, list[Piece]] = {}
        for placement in placements:
            self._here.setdefault(placement.place, []).append(placement.piece)
        pieces = [placement.piece for placement in placements]
        self._known: set[str] = set()
        used, _, _ = self._group(qualification.rules.root, "0", "", top=True)
        for place in self._here.keys() - self._known:
            self._break(place, "no-such-place")
        if not used:
            self._break(qualification.rules.root.id or "0", "compulsory")
        for code, times in Counter(piece.code for piece in pieces if piece.code).items():
            if times > 1:
                self._break(code, "counted-twice", Decimal(times), Decimal(1))
        self._across(qualification, pieces, held)

    def _break(self, subject: str, what: str, has: Decimal = ZERO, needs: Decimal = ZERO) -> None:
        self.broken.append(Broken(subject=subject, what=what, has=has, needs=needs))

    def _bounds(self, name: str, what: str, window: Window | None, amount: Decimal) -> None:
        if window and window.minimum is not None and amount < window.minimum:
            self._break(name, f"{what}-short", amount, window.minimum)
        if window and window.maximum is not None and amount > window.maximum:
            self._break(name, f"{what}-over", amount, window.maximum)

    def _node(self, node: UnitPlace | OpenSlot | Group, name: str, prefix: str) -> tuple[bool, Decimal, int]:
        """Whether the node is used, its counted points, and the pieces in it."""
        if isinstance(node, Group):
            return self._group(node, name, prefix)
        self._known.add(name)
        pieces = self._here.get(name, [])
        points = sum((piece.points or ZERO for piece in pieces), ZERO)
        if isinstance(node, UnitPlace):
            if any(piece.code != node.unit for piece in pieces) or len(pieces) > 1:
                self._break(name, "wrong-unit")
            if pieces:
                self._bounds(name, "size", node.points, points)
            return bool(pieces), points, len(pieces)
        if self._reading.slot_kinds and node.accepts and any(piece.sort not in node.accepts for piece in pieces):
            self._break(name, "wrong-kind")
        if pieces:
            self._bounds(name, "count", node.count, Decimal(len(pieces)))
            points = self._cap(name, node.points, points, forbid=False)
        return bool(pieces), points, len(pieces)

    def _group(self, group: Group, name: str, prefix: str, top: bool = False) -> tuple[bool, Decimal, int]:
        name = group.id or name
        self._known.add(name)
        answers = []
        for n, child in enumerate(group.children, 1):
            below = child.id or f"{prefix}{n}"
            answers.append((child, below, *self._node(child, below, f"{prefix}{n}.")))
        used = any(answer[2] for answer in answers)
        points = sum((answer[3] for answer in answers), ZERO)
        pieces = sum(answer[4] for answer in answers)
        if not used and not top:
            return False, ZERO, 0
        for child, below, is_used, _, _ in answers:
            if not is_used and self._compels(child):
                self._break(below, "compulsory")
        self._bounds(name, "count", group.count, Decimal(sum(answer[2] for answer in answers)))
        self._bounds(name, "units", group.units, Decimal(pieces))
        self._alternatives(group, name, [(child, is_used) for child, _, is_used, _, _ in answers])
        forbid = (group.surplus or self._reading.surplus) is Surplus.FORBID
        return used, self._cap(name, group.points, points, forbid), pieces

    def _cap(self, name: str, window: Window | None, points: Decimal, forbid: bool) -> Decimal:
        if window and window.maximum is not None and points > window.maximum:
            if forbid:
                self._break(name, "points-over", points, window.maximum)
            points = window.maximum
        self.counted[name] = points
        self._bounds(name, "points", window, points)
        return points

    def _compels(self, node: UnitPlace | OpenSlot | Group) -> bool:
        if node.compulsory or not isinstance(node, Group) or not self._reading.minimum_compels or node.role.chooses:
            return node.compulsory
        if any(window and window.minimum for window in (node.points, node.count, node.units, node.choose)):
            return True
        return any(self._compels(child) or (isinstance(child, Group) and child.role.chooses) for child in node.children)

    def _alternatives(self, group: Group, name: str, children: list[tuple[UnitPlace | OpenSlot | Group, bool]]) -> None:
        choosing = [(child, used) for child, used in children if isinstance(child, Group) and child.role.chooses]
        if group.choose:
            self._bounds(name, "choice", group.choose, Decimal(sum(used for _, used in choosing)))
            return
        bounded = any(window and window.minimum for window in (group.points, group.count, group.units))
        least = Decimal(1) if self._reading.one_alternative and not bounded else None
        for role in {child.role for child, _ in choosing}:
            taken = sum(used for child, used in choosing if child.role is role)
            self._bounds(name, "choice", Window(least, Decimal(1)), Decimal(taken))

    def _across(self, qualification: Qualification, pieces: list[Piece], held: Held) -> None:
        rules, codes = qualification.rules, {piece.code for piece in pieces}
        total = sum((piece.points or ZERO for piece in pieces), ZERO)
        for n, overlay in enumerate(rules.overlays):
            name, sure = overlay.id or f"overlay {n + 1}", [p for p in pieces if fits(overlay.which, p) is True]
            may = [p for p in pieces if fits(overlay.which, p) is not False]
            for some, low in ((sure, True), (may, False)):
                sums = (sum((p.points or ZERO for p in some), ZERO), Decimal(len(some)))
                for what, window, amount in (("points", overlay.points, sums[0]), ("count", overlay.count, sums[1])):
                    self._bounds(name, what, window and _half(window, low), amount)
                if overlay.share:
                    bounds = [None if bound is None else bound * total for bound in
                              (overlay.share.minimum, overlay.share.maximum)]  # fmt: skip
                    if low and bounds[0] is not None and sums[0] < bounds[0]:
                        self._break(name, "share-short", sums[0], bounds[0])
                    if not low and bounds[1] is not None and sums[0] > bounds[1]:
                        self._break(name, "share-over", sums[0], bounds[1])
        for barred in rules.barred:
            self._bounds(" / ".join(barred.units), "barred", Window(None, Decimal(barred.at_most)),
                         Decimal(len(codes & set(barred.units))))  # fmt: skip
        for rule in rules.prerequisites:
            met = [need in codes or any(unit.code == need for unit in held.units) for need in rule.needs]
            if rule.unit in codes and not (any(met) if rule.any_of else all(met)):
                self._break(rule.unit, "prerequisite")
        for group in rules.corequisites:
            if codes & set(group.units) and not codes >= set(group.units):
                self._break(" / ".join(group.units), "corequisite")
        for average in rules.averages:
            graded = [p for p in pieces if p.grade.replace(".", "", 1).isdigit()]
            excess = sum(((Decimal(p.grade) - average.at_least) * (p.points or ZERO) for p in graded), ZERO)
            if not graded or excess < 0:
                self._break("weighted average", "average", excess, average.at_least)


def _half(window: Window, low: bool) -> Window:
    return Window(window.minimum, None) if low else Window(None, window.maximum)


def fits(which: Which, piece: Piece) -> bool | None:
    """Whether a requirement looks at this piece; None where the piece does not tell."""
    answers: list[bool | None] = []
    if which.level_from is not None or which.level_to is not None:
        low, high = which.level_from or 0, which.level_to if which.level_to is not None else 99
        answers.append(None if piece.level is None else low <= piece.level <= high)
    for wanted, has in ((which.origins, piece.origin), (which.subjects, piece.subject), (which.grades, piece.grade)):
        if wanted:
            answers.append(None if not has else has in wanted)
    if which.units:
        answers.append(piece.code in which.units)
    if which.recognised is not None:
        answers.append(piece.recognised == which.recognised)
    return False if False in answers else None if None in answers else True
