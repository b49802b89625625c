"""The way from the figures of an allocation to the points, unit by unit, so that anybody can follow it (R-RECOG-6)."""

from dataclasses import dataclass
from decimal import Decimal

from ecvet.errors import EcvetError
from ecvet.qualification.allocation import points_for_years, weights_of
from ecvet.qualification.points import Input
from ecvet.qualification.qualification import Qualification
from ecvet.terms import Points


@dataclass(frozen=True, slots=True)
class Share:
    """A unit as points were found for it: its code, the figures and who gave them, its weight in percent, its points,
    and the reason where a person set them otherwise."""

    code: str
    given: tuple[Input, ...]
    weight: Decimal
    points: Points | None
    reason: str


def shares(item: Qualification) -> tuple[Share, ...]:
    """The shares of all units; empty without an allocation that can be followed."""
    made = item.allocation
    if made is None:
        return ()
    try:
        weights = weights_of(made)
    except EcvetError:
        return ()
    reasons = {one.code: one.reason for one in made.adjustments}
    return tuple(
        Share(link.code, tuple(one for one in made.inputs if one.code == link.code), weights[link.code], link.points,
              reasons.get(link.code, ""))
        for link in item.units if link.code in weights
    )  # fmt: skip


def expected(item: Qualification) -> Points | None:
    """What the years of the reference pathway have by convention, 60 points for each (R-POINTS-2, R-POINTS-19)."""
    made = item.allocation
    return points_for_years(made.reference.years, item.system) if made and made.reference.years is not None else None
