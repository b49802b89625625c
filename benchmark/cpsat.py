"""The peer: today's practice, a fresh CP-SAT model (OR-tools) for every question, written straight from the definition.

Reads the tree by itself and shares nothing with the engine. It decides the reading S1 for trees without requirements
across (none of the trees measured has any), finds the most counted points, and counts points in hundredths.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ortools.sat.python import cp_model

from ecvet.credit.accumulation import Held
from ecvet.qualification.combination import Group, OpenSlot, Surplus, UnitPlace
from ecvet.qualification.qualification import Qualification

FINE = 100


@dataclass(frozen=True, slots=True)
class Found:
    """The peer's answer; `points` None where it is a no."""

    complete: bool
    points: Decimal | None


def solve(towards: Qualification, held: Held) -> Found:
    """One fresh model, solved on one thread as a server would."""
    question = _Question(towards, held)
    root = question.group(towards.rules.root)
    question.model.add(root[0] == 1)
    question.once()
    question.model.maximize(root[1])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = 20
    status = solver.solve(question.model)
    if status == cp_model.INFEASIBLE:
        return Found(False, None)
    if status != cp_model.OPTIMAL:
        raise TimeoutError("CP-SAT found no proof within 20 s")
    return Found(True, Decimal(solver.value(root[1])) / FINE)


def _whole(points: Decimal | None) -> int:
    steps = (points or Decimal(0)) * FINE
    if steps != int(steps):
        raise ValueError(f"{points} is finer than the peer counts")
    return int(steps)


class _Question:
    def __init__(self, towards: Qualification, held: Held):
        self.model: Any = cp_model.CpModel()
        sizes = {link.code: link for link in towards.units}
        self.held: dict[str, int] = {}
        for piece in held.units:
            link = sizes.get(piece.code)
            points = piece.points if piece.points is not None else link and link.points and link.points.value
            low, high = (link.points, link.most) if link else (None, None)
            if low is None or high is None or low.value <= (points or Decimal(0)) <= high.value:
                self.held[piece.code] = _whole(points)
        self.other = [_whole(piece.points) for piece in held.other]
        self.placed: dict[str, list[Any]] = {}
        self.open: list[list[Any]] = [[] for _ in self.other]

    def once(self) -> None:
        """Nothing stands in two places."""
        for places in (*self.placed.values(), *self.open):
            if len(places) > 1:
                self.model.add_at_most_one(places)

    def node(self, node: UnitPlace | OpenSlot | Group) -> tuple[Any, Any, Any, int]:
        """Whether it is used, its counted points, its pieces, and the most points it can have."""
        if isinstance(node, Group):
            return self.group(node)
        return self.unit(node) if isinstance(node, UnitPlace) else self.slot(node)

    def unit(self, place: UnitPlace) -> tuple[Any, Any, Any, int]:
        """A place for a unit; zeros where it is not held or does not fit."""
        points = self.held.get(place.unit)
        if points is None or (place.points and Decimal(points) / FINE not in place.points):
            return 0, 0, 0, 0
        used = self.model.new_bool_var("")
        self.placed.setdefault(place.unit, []).append(used)
        return used, points * used, used, points

    def slot(self, slot: OpenSlot) -> tuple[Any, Any, Any, int]:
        """An open slot, in use when something is in it."""
        here = [self.model.new_bool_var("") for _ in self.other]
        if not here:
            return 0, 0, 0, 0
        for places, one in zip(self.open, here, strict=True):
            places.append(one)
        used = self.model.new_bool_var("")
        self.model.add_max_equality(used, here)
        points = sum(weight * one for weight, one in zip(self.other, here, strict=True))
        if slot.count:
            self.bound(sum(here), slot.count.minimum, slot.count.maximum, used, 1)
        counted = self.cap(points, sum(self.other), slot.points, used, forbid=False)
        return used, counted, sum(here), sum(self.other)

    def group(self, group: Group) -> tuple[Any, Any, Any, int]:
        """A group: what is compulsory, its alternatives, its bounds."""
        found = [self.node(child) for child in group.children]
        used = self.model.new_bool_var("")
        for child, one in zip(group.children, found, strict=True):
            self.model.add(one[0] == used) if compels(child) else self.model.add(one[0] <= used)
        self.model.add(sum(one[0] for one in found) >= used)
        roles: dict[str, list[Any]] = {}
        for child, one in zip(group.children, found, strict=True):
            if isinstance(child, Group) and child.role.chooses:
                roles.setdefault("" if group.choose else child.role, []).append(one[0])
        own = any(window and window.minimum for window in (group.points, group.count, group.units))
        for some in roles.values():
            least, most = (group.choose.minimum, group.choose.maximum) if group.choose else (not own, 1)
            self.bound(sum(some), least, most, used, 1)
        pieces, most_points = sum(one[2] for one in found), sum(one[3] for one in found)
        if group.count:
            self.bound(sum(one[0] for one in found), group.count.minimum, group.count.maximum, used, 1)
        if group.units:
            self.bound(pieces, group.units.minimum, group.units.maximum, used, 1)
        points = sum(one[1] for one in found)
        counted = self.cap(points, most_points, group.points, used, forbid=group.surplus is Surplus.FORBID)
        return used, counted, pieces, most_points

    def bound(self, amount: Any, least: Any, most: Any, used: Any, fine: int) -> None:
        """Between two bounds whenever it is used."""
        if least:
            self.model.add(amount >= int(least * fine) * used)
        if most is not None:
            self.model.add(amount <= int(most * fine)).only_enforce_if(used)

    def cap(self, points: Any, highest: int, window: Any, used: Any, *, forbid: bool) -> Any:
        """What counts of the points, exactly: no more than the maximum."""
        if window is None:
            return points
        if window.maximum is None or forbid:
            self.bound(points, window.minimum, window.maximum, used, FINE)
            return points
        counted = self.model.new_int_var(0, min(highest, int(window.maximum * FINE)), "")
        self.model.add_min_equality(counted, [points, int(window.maximum * FINE)])
        self.bound(counted, window.minimum, None, used, FINE)
        return counted


def compels(node: UnitPlace | OpenSlot | Group) -> bool:
    """Whether a used parent needs it (S1 point 3)."""
    if node.compulsory or not isinstance(node, Group) or node.role.chooses:
        return node.compulsory
    return any(window and window.minimum for window in (node.points, node.count, node.units, node.choose)) or any(
        compels(child) or (isinstance(child, Group) and child.role.chooses) for child in node.children
    )
