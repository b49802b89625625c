"""How points came to a qualification and its units: the record that keeps the method transparent.

Recommendation 2009/C 155/02, Annex II.4. The values stand here; `ecvet.qualification.allocation` decides with them.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ecvet.qualification.errors import AdjustmentWithoutReason, ReferenceIncomplete
from ecvet.saying import say
from ecvet.terms import Identifier, LangString, Points, decimal


class Method(StrEnum):
    """The seven ways to find the points of units."""

    MANUAL = "manual"
    PERCENT = "percent"
    CRITERIA = "criteria"
    TIME = "time"
    EXPERTS = "experts"
    OUTCOME_COUNT = "outcome-count"
    NATIONAL = "national"


class Criterion(StrEnum):
    """The three criteria of relative weight, used alone or combined (Annex II.4; R-POINTS-7).

    Importance for the labour market, for progression or for social integration; complexity, scope and volume of the
    outcomes; effort needed by a learner.
    """

    IMPORTANCE = "importance"
    COMPLEXITY = "complexity"
    EFFORT = "effort"


class ComparisonGround(StrEnum):
    """Why another qualification can stand as reference where there is no formal pathway (R-POINTS-6)."""

    EQF_LEVEL = "eqf-level"
    NQF_LEVEL = "nqf-level"
    SIMILAR_OUTCOMES = "similar-outcomes"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceContext:
    """What the total rests on: one formal learning context (R-POINTS-5), or a comparison where there is none.

    Either `years` of formal full-time VET on the `pathway`, or the qualification `compared_with` and the `ground` of
    the comparison (R-POINTS-6). Raises `ReferenceIncomplete` for neither, both or half of one.
    """

    pathway: LangString | None = None
    years: Decimal | None = None
    compared_with: Identifier | None = None
    ground: ComparisonGround | None = None

    def __post_init__(self) -> None:
        formal = (self.pathway is not None, self.years is not None)
        compared = (self.compared_with is not None, self.ground is not None)
        if any(formal) and any(compared):
            raise ReferenceIncomplete(why=say("it names a pathway and a comparison, but there is one reference only"))
        if not all(formal) and not all(compared):
            raise ReferenceIncomplete(
                why=say("it names neither a pathway with its years nor a comparison with its ground")
            )
        if self.years is not None and not decimal(self.years):
            raise ReferenceIncomplete(why=say("the pathway takes no time"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One figure that went into an allocation: the `value` of a unit, by its `code`.

    The value is points, percent, a score, hours or a number of outcomes, as the method says. `by` is the criterion
    scored or the expert asked, `weight` how much that criterion or expert counts. Raises `NotPoints`.
    """

    code: str
    value: Decimal
    by: str = ""
    weight: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        decimal(self.value), decimal(self.weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """A unit that has other points than the method gives it, with the reason; the rest is divided among the others.

    Raises `AdjustmentWithoutReason`, `NotPoints`.
    """

    code: str
    points: Decimal
    reason: str

    def __post_init__(self) -> None:
        decimal(self.points)
        if not self.reason.strip():
            raise AdjustmentWithoutReason(unit=self.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """The record of how points were allocated: anybody can follow it from the inputs to the points (R-RECOG-6).

    `total` is divided among the units of `inputs` in steps of `grain`, decided `by` an institution `on` a day, resting
    on `reference`; `criteria` are those the weights express (R-POINTS-7); `conversion` names the table of a national
    allocation; `adjustments` are the units whose points a person set otherwise. Where only the points are known and
    not how they were found, a qualification has no allocation.
    """

    method: Method
    total: Points
    grain: Decimal
    by: Identifier
    on: date
    reference: ReferenceContext
    inputs: tuple[Input, ...] = ()
    criteria: frozenset[Criterion] = frozenset()
    conversion: Identifier | None = None
    justification: str = ""
    adjustments: tuple[Adjustment, ...] = ()
