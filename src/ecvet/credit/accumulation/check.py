"""The independent check of a selection, in exact decimals. Shares no code with the engine, only types."""

from collections import Counter
from decimal import Decimal

from ecvet.credit.accumulation.held import Held, Piece
from ecvet.credit.accumulation.progress import Broken, Check, Placement
from ecvet.qualification.combination import Group, Node, Surplus, UnitPlace
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import Reading
from ecvet.qualification.requirements import Common, Which, Window

ZERO, ONE = Decimal(0), Decimal(1)
Amounts = dict[int, tuple[Decimal, int]]


class Checker:
    """Checks selections against the rules of one qualification under one reading. Nodes stand after their children."""

    def __init__(self, qualification: Qualification, reading: Reading):
        self._rules, self._reading, self._index = qualification.rules, reading, dict[str, int]()
        self._nodes: list[tuple[str, Node, bool, list[int], list[tuple[Window, list[int]]], str]] = []
        self._sizes = {u.code: Window(u.points.value, u.most.value) for u in qualification.units if u.points and u.most}
        self._sharing = {name for rule in self._rules.double_counts for name in rule.groups}
        self._lay(self._rules.root, self._rules.root.id or "0", "", "")
        self._above = {child: n for n, node in enumerate(self._nodes) for child in node[3]}

    def _lay(self, node: Node, name: str, prefix: str, over: str) -> int:
        below, over = node.children if isinstance(node, Group) else (), name if name in self._sharing else over
        inside = [self._lay(one, one.id or f"{prefix}{n}", f"{prefix}{n}.", over) for n, one in enumerate(below, 1)]
        compels, choices, roles = node.compulsory, list[tuple[Window, list[int]]](), dict[str, list[int]]()
        if isinstance(node, Group):
            for n, child in zip(inside, below, strict=True):
                if isinstance(child, Group) and child.role.chooses:
                    roles.setdefault("" if node.choose else child.role, []).append(n)
            bounded = any(window and window.minimum for window in (node.points, node.count, node.units))
            choose = node.choose or Window(None if bounded or not self._reading.one_alternative else ONE, ONE)
            choices = [(choose, alternatives) for alternatives in roles.values()]
            if self._reading.minimum_compels and not node.role.chooses:
                compels = any((compels, bounded, node.choose and node.choose.minimum, roles,
                               *(self._nodes[n][2] for n in inside)))  # fmt: skip
        else:
            self._index[name] = len(self._nodes)
        self._nodes.append((name, node, compels, inside, choices, over))
        return len(self._nodes) - 1

    def check(self, placements: tuple[Placement, ...], held: Held) -> Check:
        """Look at everything; what is not met is in `broken`, parts before the whole. Pieces count once (R-COMP-5)."""
        found, rules, doubled = Check(), self._rules, [one for one in placements if one.also]
        mains = tuple(one for one in placements if not one.also) if doubled else placements
        each = [one for one in doubled if rules.double_counts[one.also - 1].common is Common.EACH]
        self._tree(found, placements, self._tree(Check(), (*mains, *each), {}) if doubled else {})
        spent = Counter([one.piece.code or one.piece.points or ZERO for one in mains if not one.added and not one.by])
        spent.update([code for by in {frozenset(one.by) for one in mains if one.by} for code in by])
        stock = {*(one.code for one in (*held.units, *held.other) if one.code), *held.exempt}
        spent -= Counter([*stock, *(one.points or ZERO for one in held.other if not one.code)])
        pieces, codes = [one.piece for one in mains], Counter([one.piece.code for one in mains if one.piece.code])
        wrong = {code for code, times in codes.items() if times > 1}.union(map(str, spent))
        wrong |= {one.place for one in placements if one.place not in self._index}
        wrong |= {one.piece.code for one in doubled if not self._may_double(one, placements)}
        found.broken.extend([Broken(subject=name, what="counted-twice-or-not-held") for name in sorted(wrong)])
        for n, rule in enumerate(rules.double_counts, 1):
            some = [one.piece.points or ZERO for one in doubled if one.also == n]
            _within(found, f"double count {n}", "shared", rule.units, len(some))
            _within(found, f"double count {n}", "shared-points", rule.points, sum(some))
        for n, over in enumerate(rules.overlays, 1):
            for low in (True, False):  # minima over what surely belongs, maxima over what possibly does
                some = [piece.points or ZERO for piece in pieces if _fits(over.which, piece, unknown=not low)]
                points, every = sum(some, ZERO), sum((piece.points or ZERO for piece in pieces), ZERO)
                bounds = (over.points, points, ONE), (over.share, points, every), (over.count, Decimal(len(some)), ONE)
                for what, (window, amount, of) in zip(("points", "share", "count"), bounds, strict=True):
                    half = window and Window(*((window.minimum, None) if low else (None, window.maximum)))
                    _within(found, over.id or f"overlay {n}", what, half, amount, of)
        got, has = codes.keys(), {*codes, *(unit.code for unit in held.units), *held.exempt}
        lack = [(b.units, "barred", Decimal(b.at_most)) for b in rules.barred if len(got & b.units) > b.at_most]
        lack += [((one.unit,), "prerequisite", ZERO) for one in rules.prerequisites if one.unit in codes
                  and not (any if one.any_of else all)(need in has for need in one.needs)]  # fmt: skip
        lack += [(c.units, "corequisite", ZERO) for c in rules.corequisites if 0 < len(got & c.units) < len({*c.units})]
        graded = [(Decimal(p.grade), p.points or ZERO) for p in pieces if p.grade.replace(".", "", 1).isdecimal()]
        lack += [(("average",), "average", one.at_least) for one in rules.averages
                  if not graded or sum((grade - one.at_least) * points for grade, points in graded) < 0]  # fmt: skip
        found.broken.extend([Broken(subject=" / ".join(one), what=what, needs=most) for one, what, most in lack])
        return found

    def _may_double(self, also: Placement, placements: tuple[Placement, ...]) -> bool:
        """Whether all places of a piece lie in different groups of the one rule by which it stands in more than one."""
        stand, groups = [one for one in placements if one.piece.code == also.piece.code], self._rules.double_counts
        lie = {self._nodes[self._index[one.place]][5] for one in stand if one.place in self._index}
        same = {one.piece for one in stand} == {also.piece} and {one.also for one in stand} == {0, also.also}
        return same and bool(also.piece.code) and len(lie) == len(stand) and lie <= {*groups[also.also - 1].groups}

    def _tree(self, found: Check, placements: tuple[Placement, ...], rising: Amounts) -> Amounts:
        """Points and pieces of the used nodes, from the leaves up; from a sharing group `rising` go up, where given."""
        here, used, pieces = dict[int | None, list[Piece]](), dict[int, Decimal](), dict[int, int]()
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
                up = rising.get(n, (ZERO, 0)) if rising and self._nodes[n][0] in self._sharing else (used[n], pieces[n])
                used[above], pieces[above] = used[above] + up[0], pieces[above] + up[1]
        found.broken.extend([] if used else [Broken(subject=self._nodes[-1][0], what="compulsory")])
        return {n: (used[n], pieces[n]) for n in used} if self._sharing else {}

    def _node(self, found: Check, n: int, here: list[Piece], used: dict[int, Decimal], pieces: int) -> Decimal:
        """What a used node asks for, beside what its parts do; its counted points."""
        (name, node, _, inside, choices, _), points, forbid = self._nodes[n], used[n], False
        if isinstance(node, UnitPlace):
            if [piece.code for piece in here] != [node.unit]:
                found.broken.append(Broken(subject=name, what="wrong-unit"))
            for window in (node.points, self._sizes.get(node.unit)) if here[0].sort != "exemption" else ():
                _within(found, name, "size", window, points)
            return points
        if isinstance(node, Group):
            absent = [self._nodes[child][0] for child in inside if self._nodes[child][2] and child not in used]
            found.broken.extend([Broken(subject=child, what="compulsory") for child in absent])
            _within(found, name, "units", node.units, pieces)
            for window, alternatives in choices:
                _within(found, name, "choice", window, sum([child in used for child in alternatives]))
            forbid = (node.surplus or self._reading.surplus) is Surplus.FORBID
        elif self._reading.slot_kinds and node.accepts and any(piece.sort not in node.accepts for piece in here):
            found.broken.append(Broken(subject=name, what="wrong-kind"))
        _within(found, name, "count", node.count, sum([child in used for child in inside]) if inside else pieces)
        if node.points and node.points.maximum is not None and not forbid:
            points = min(points, node.points.maximum)
        found.counted[name] = points
        _within(found, name, "points", node.points, points)
        return points


def _fits(which: Which, piece: Piece, *, unknown: bool) -> bool:
    levels = range(which.level_from or 0, 99 if which.level_to is None else which.level_to + 1)
    named = ((None if levels == range(99) else levels, piece.level), (which.origins or None, piece.origin),
             (which.subjects or None, piece.subject), (which.grades or None, piece.grade))  # fmt: skip
    known = all(wanted is None or (unknown if has in ("", None) else has in wanted) for wanted, has in named)
    return known and which.recognised in (None, piece.recognised) and (not which.units or piece.code in which.units)


def _within(found: Check, name: str, what: str, window: Window | None, has: Decimal | int, of: Decimal = ONE) -> None:
    """Take note of an amount outside its window, or outside its share `of` another amount."""
    if window and window.minimum is not None and has < window.minimum * of:
        found.broken.append(Broken(subject=name, what=f"{what}-short", has=Decimal(has), needs=window.minimum * of))
    if window and window.maximum is not None and has > window.maximum * of:
        found.broken.append(Broken(subject=name, what=f"{what}-over", has=Decimal(has), needs=window.maximum * of))
