"""Units held in part: sub-areas with a size of their own, as of the Finnish common units (R-COMP-10).

A unit counts when all its compulsory sub-areas are held and their points reach the unit's; until then it counts
nowhere (a unit is never split), but what is held of it need not be done again: `still_to_do` says how little is left.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ecvet.credit.accumulation.held import Held, Piece
from ecvet.credit.accumulation.progress import Completion
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.unit import Unit
from ecvet.saying import Said, say
from ecvet.terms import decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartHeld:
    """A sub-area of a unit that was passed, by the codes of both, with its points."""

    unit: str
    sub_area: str
    points: Decimal

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", decimal(self.points))


@dataclass(frozen=True, slots=True, kw_only=True)
class InPart:
    """What is held of one unit: `has` of `needs` points, and the compulsory sub-areas that are `missing`."""

    unit: str
    has: Decimal
    needs: Decimal
    missing: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing and self.has >= self.needs

    def __str__(self) -> str:
        return str(self.said)

    @property
    def said(self) -> Said:
        """How much is held, and what is missing."""
        held = say("{unit}: {has} of {needs} points are held in parts", unit=self.unit, has=self.has, needs=self.needs)
        return say("{held}; missing: {missing}", held=held, missing=self.missing) if self.missing else held


def with_parts(
    qualification: Qualification, units: Sequence[Unit], held: Held, parts: Iterable[PartHeld]
) -> tuple[Held, tuple[InPart, ...]]:
    """What is held with the units that parts make whole, and the units that stay in part.

    A sub-area counts once. Parts of a unit that is held anyway, or that the qualification does not have, are left out.
    """
    of_unit: dict[str, dict[str, Decimal]] = {}
    for part in parts:
        of_unit.setdefault(part.unit, {}).setdefault(part.sub_area, part.points)
    described = {unit.code: unit for unit in units}
    has, more, open_ = {piece.code for piece in held.units}, [], []
    for code, areas in of_unit.items():
        link = qualification.link(code)
        if link is None or code in has:
            continue
        known = described[code].sub_areas if code in described else ()
        missing = tuple(dict.fromkeys(area.code for area in known if area.compulsory and area.code not in areas))
        needs = link.points.value if link.points else ZERO
        found = InPart(unit=code, has=sum(areas.values(), ZERO), needs=needs, missing=missing)
        if found.whole:
            more.append(Piece(code=code, points=found.has, unit=link.unit))
        else:
            open_.append(found)
    return replace(held, units=(*held.units, *more)), tuple(open_)


def still_to_do(completion: Completion, in_part: Iterable[InPart]) -> Decimal | None:
    """The points of a completion less those held in parts of the units that it adds; None without points."""
    if completion.points is None:
        return None
    added = {one.piece.code: one.piece.points or ZERO for one in completion.add if one.piece.code}
    return completion.points - sum((min(one.has, added[one.unit]) for one in in_part if one.unit in added), ZERO)
