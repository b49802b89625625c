"""Which share of a unit's points a part of it carries, by a stated policy (R-CREDIT-6, R-POINTS-22).

An outcome has no points of its own; a policy says how much each one weighs of the whole, and how a result is rounded.
Everything is exact: a third of six points is two.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from ecvet.credit.decision_errors import ShareAboveWhole, StepNotPositive, WeightsIncomplete
from ecvet.qualification.unit import Unit
from ecvet.terms import Identifier, LangString, Points


class Rounding(StrEnum):
    """What becomes of points between two steps: the lower step, or the nearest one (the upper one from the middle)."""

    DOWN = "down"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeWeight:
    """How much an outcome weighs beside the others of its unit; only the proportion matters."""

    outcome: str
    weight: Decimal


GRAIN: Final = Decimal("0.1")
"""The step to which shares are rounded where a policy says nothing else."""


def step_of_points(grain: Decimal) -> Decimal:
    """A step to which points are rounded. Raises `StepNotPositive`."""
    if grain <= 0:
        raise StepNotPositive(step=grain)
    return grain


@dataclass(frozen=True, slots=True, kw_only=True)
class SharePolicy:
    """A stated policy that gives a part of a unit a share of its points (R-CREDIT-6).

    `shares` are pairs of an outcome and what it is of `whole`, together at most that; `grain` is the step to which the
    result is rounded, in points, and `rounding` how; `by` and `text` say who set the policy and how. Raises
    `ShareAboveWhole`, `StepNotPositive`.
    """

    by: Identifier
    text: LangString
    shares: tuple[tuple[str, Decimal], ...]
    whole: Decimal = Decimal(1)
    grain: Decimal = GRAIN
    rounding: Rounding = Rounding.DOWN

    def __post_init__(self) -> None:
        together = sum((share for _, share in self.shares), Decimal(0))
        if self.whole <= 0 or together > self.whole or any(share < 0 for _, share in self.shares):
            raise ShareAboveWhole(total=together, whole=self.whole)
        step_of_points(self.grain)

    def of(self, achieved: frozenset[str], points: Points) -> Points:
        """The points of the part: its share of the unit's points, rounded to the grain; never more than all of them."""
        part = sum((Fraction(share) for outcome, share in self.shares if outcome in achieved), Fraction(0))
        steps = Fraction(points.value) * part / Fraction(self.whole) / Fraction(self.grain)
        whole_steps = int(steps if self.rounding is Rounding.DOWN else steps + Fraction(1, 2))
        return Points(min(whole_steps * self.grain, points.value), points.system)


def pro_rata(
    unit: Unit, *, by: Identifier, text: LangString, grain: Decimal = GRAIN, rounding: Rounding = Rounding.DOWN
) -> SharePolicy:
    """The policy that each required outcome has the same share of the unit's points (R-CREDIT-6).

    `by` and `text` say who has set this rule and where it stands: it is never assumed.
    """
    needed = sorted(unit.required_outcomes or unit.outcome_ids)
    shares = tuple((one, Decimal(1)) for one in needed)
    return SharePolicy(by=by, text=text, shares=shares, whole=Decimal(len(needed) or 1), grain=grain, rounding=rounding)


def weights_of(unit: Unit) -> tuple[OutcomeWeight, ...]:
    """The weights that the unit itself states, for every required outcome; none where it does not state them all."""
    needed = unit.required_outcomes or unit.outcome_ids
    found = tuple(
        OutcomeWeight(outcome=one.id, weight=one.weight)
        for one in unit.outcomes if one.id in needed and one.weight is not None
    )  # fmt: skip
    return found if len(found) == len(needed) and any(one.weight for one in found) else ()


def by_weights(
    unit: Unit, weights: Iterable[OutcomeWeight], *, by: Identifier, text: LangString, grain: Decimal = GRAIN,
    rounding: Rounding = Rounding.DOWN,
) -> SharePolicy:  # fmt: skip
    """The policy that each required outcome has the share of its weight (R-CREDIT-6).

    The weights are those of the unit or of the body that decides; every required outcome has one, nothing else has, and
    not all are nothing. Raises `WeightsIncomplete`.
    """
    given = [(one.outcome, one.weight) for one in weights]
    needed = unit.required_outcomes or unit.outcome_ids
    named = dict(given)
    whole = sum(named.values(), Decimal(0))
    if len(named) != len(given) or named.keys() != needed or whole <= 0 or any(one < 0 for one in named.values()):
        raise WeightsIncomplete(outcomes=", ".join(sorted(needed)))
    return SharePolicy(by=by, text=text, shares=tuple(given), whole=whole, grain=grain, rounding=rounding)
