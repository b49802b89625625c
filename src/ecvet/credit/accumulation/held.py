"""What a learner holds, as accumulation sees it: pieces of credit with their weight, and what is no unit.

The points are those of the learner's record; credit is a set of assessed outcomes and never a number (R-CREDIT-1).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self

from ecvet.terms import Identifier, decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One unit, or one piece of other credit, that a learner holds. Never split, used in at most one place (R-COMP-5).

    `points` None: those of the qualification. `sort` is the kind of other credit (local-unit, higher-education …).
    `declared` is the id of the place or group it was declared for; then it counts there or nowhere. `code` is empty for
    other credit without one.
    """

    code: str = ""
    points: Decimal | None = None
    unit: Identifier | None = None
    sort: str = ""
    level: int | None = None
    origin: str = ""
    subject: str = ""
    grade: str = ""
    gained: date | None = None
    recognised: bool = False
    declared: str = ""

    def __post_init__(self) -> None:
        if self.points is not None:
            object.__setattr__(self, "points", decimal(self.points))


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Everything a learner holds: units, other credit, what was fulfilled beside units, and granted exemptions.

    `fulfilled` are pairs of the code of a requirement and the amount reached (hours, 1 for a certificate …).
    """

    units: tuple[Piece, ...] = ()
    other: tuple[Piece, ...] = ()
    fulfilled: tuple[tuple[str, Decimal], ...] = ()
    exempt: tuple[str, ...] = ()

    @classmethod
    def of(cls, units: Mapping[str, str | int | Decimal | None], other: Iterable[str | int | Decimal] = (), /) -> Self:
        """Units by code with their points, and the points of other credit. Raises `NotPoints`."""
        return cls(
            units=tuple(
                Piece(code=code, points=None if points is None else decimal(points)) for code, points in units.items()
            ),
            other=tuple(Piece(points=decimal(points)) for points in other),
        )
