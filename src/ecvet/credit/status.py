"""What a set of achieved outcomes makes of a unit: its status, and the points that correspond (R-CREDIT-4, R-CREDIT-6).

Both are derived every time and stored nowhere. Points belong to the unit in its qualification; an outcome has none of
its own (R-POINTS-22), and a part of a unit carries none unless a stated policy gives it a share.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from ecvet.credit.shares import SharePolicy
from ecvet.qualification.unit import Unit
from ecvet.terms import Points


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
