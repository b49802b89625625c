"""What a set of achieved outcomes makes of a unit: its status, and the points that correspond (R-CREDIT-4, R-CREDIT-6).

Both are derived every time and stored nowhere. Points belong to the unit in its qualification; an outcome has none of
its own (R-POINTS-22), and a part of a unit carries none unless a stated policy gives it a share.
"""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from typing import Final

from ecvet.credit.decision_errors import ShareAboveWhole
from ecvet.qualification.unit import Unit
from ecvet.terms import Identifier, LangString, Points


class UnitStatus(StrEnum):
    """What a learner has achieved of a unit."""

    ACHIEVED = "achieved"
    PARTLY = "partly achieved"
    NOT_ACHIEVED = "not achieved"


@dataclass(frozen=True, slots=True, kw_only=True)
class PassRule:
    """A unit's own rule for being achieved (R-CREDIT-4): so many of the required outcomes, and `always` among them.

    `at_least` None means all required outcomes, which is the rule where a unit has no own.
    """

    at_least: int | None = None
    always: frozenset[str] = frozenset()


ALL_REQUIRED: Final = PassRule()
_CLOSE: Final = Decimal("1e-9")


@dataclass(frozen=True, slots=True, kw_only=True)
class SharePolicy:
    """A stated policy that gives a part of a unit a share of its points (R-CREDIT-6).

    `shares` are pairs of an outcome and its share of the whole unit, together at most 1; `grain` is the step to which
    the result is rounded down; `by` and `text` say who set the policy and how. Raises `ShareAboveWhole`.
    """

    by: Identifier
    text: LangString
    shares: tuple[tuple[str, Decimal], ...]
    grain: Decimal = Decimal("0.1")

    def __post_init__(self) -> None:
        whole = sum((share for _, share in self.shares), Decimal(0))
        if whole > 1 or any(share < 0 for _, share in self.shares):
            raise ShareAboveWhole(total=whole)

    def of(self, achieved: frozenset[str], points: Points) -> Points:
        """The points of the part: its share of the unit's points, rounded down to the grain."""
        share = sum((part for outcome, part in self.shares if outcome in achieved), Decimal(0))
        exact = (points.value * share / self.grain).quantize(_CLOSE)  # a third of 6 is 2, not 1.999…
        steps = exact.to_integral_value(ROUND_DOWN)
        return Points(steps * self.grain, points.system)


def pro_rata(unit: Unit, *, by: Identifier, text: LangString) -> SharePolicy:
    """The policy that each required outcome has the same share of the unit's points (R-CREDIT-6).

    `by` and `text` say who has set this rule and where it stands: it is never assumed.
    """
    needed = sorted(unit.required_outcomes or unit.outcome_ids)
    share = (Decimal(1) / len(needed)).quantize(Decimal("1e-20"), ROUND_DOWN) if needed else Decimal(0)
    return SharePolicy(by=by, text=text, shares=tuple((one, share) for one in needed))


def is_complete(unit: Unit, achieved: frozenset[str], rule: PassRule = ALL_REQUIRED) -> bool:
    """Whether the unit is achieved: every required outcome is, or its own pass rule is met (R-CREDIT-4).

    A unit none of whose outcomes is required needs all of them; a unit without outcomes is never achieved, since only
    assessed outcomes are credit (R-ASSESS-1).
    """
    needed = unit.required_outcomes or unit.outcome_ids
    enough = len(needed) if rule.at_least is None else rule.at_least
    return bool(achieved & unit.outcome_ids) and len(achieved & needed) >= enough and rule.always <= achieved


def unit_status(unit: Unit, achieved: frozenset[str], rule: PassRule = ALL_REQUIRED) -> UnitStatus:
    """The status of the unit, derived from the outcomes achieved (R-CREDIT-4)."""
    if is_complete(unit, achieved, rule):
        return UnitStatus.ACHIEVED
    return UnitStatus.PARTLY if achieved & unit.outcome_ids else UnitStatus.NOT_ACHIEVED


def points_due(
    unit: Unit, achieved: frozenset[str], points: Points | None, *,
    share: SharePolicy | None = None, rule: PassRule = ALL_REQUIRED,
) -> Points | None:  # fmt: skip
    """The points that correspond to what was achieved: all, none, or the share a stated policy gives (R-CREDIT-6).

    `points` are those of the unit in its qualification, None where it has none (R-POINTS-1). Whatever time learning
    took makes no difference: there is nothing here to tell it (R-POINTS-22 for single outcomes, R-RECOG-4 for time).
    """
    if points is None or is_complete(unit, achieved, rule):
        return points
    return share.of(achieved, points) if share else Points(Decimal(0), points.system)
