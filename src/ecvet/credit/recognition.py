"""Recognition: officially attesting achieved outcomes by awarding a unit (Annex I(h); R-RECOG-1 … 14).

Never automatic: a recognition exists only because a person of a body that may do so decided it (R-RECOG-5).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from ecvet.credit.assessment import Grade
from ecvet.credit.decision import Decider, Extent, Reason, Remedy
from ecvet.credit.shares import OutcomeWeight, Rounding
from ecvet.record import Address, RecordType
from ecvet.terms import Identifier, LangString, Points


class Use(StrEnum):
    """Whether outcomes count towards the qualification or stand beside it (R-RECOG-10)."""

    PART = "part of the qualification"
    ADD_ON = "add-on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconsideration:
    """Why points other than the unit's own were granted: a transparent, quality-assured method (R-RECOG-6).

    Where a rule gave a part its share of the points (R-CREDIT-6): the `weights` of the outcomes, none where all weigh
    the same, the step to which it was rounded, in points, and how. With them anybody computes the points again.
    """

    method: LangString
    quality_assured_by: Identifier
    weights: tuple[OutcomeWeight, ...] = ()
    grain: Decimal | None = None
    rounding: Rounding | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """The decision that awards a unit, or part of it, towards one qualification.

    `validation` addresses what it follows (R-RECOG-2). `points` are the home points (R-RECOG-3). `explanation` is
    needed for prior learning (R-RECOG-13), `replaced` is the achievement it stands for. `grade` is the grade at home,
    if one is given; the original stays in the transcript. `grade_table` addresses the memorandum from whose table
    the decider took it. `after_appeal` is the appeal that led to this decision,
    `reverses` the earlier recognition whose place it takes; both stay as they are.
    """

    record_type: ClassVar[RecordType] = RecordType.DECISION
    kind: ClassVar[str] = "recognition"

    learner: Identifier
    validation: Address
    unit: Identifier
    qualification: Identifier
    extent: Extent
    outcomes: frozenset[str]
    by: Decider
    on: date
    ground: LangString
    points: Points | None = None
    use: Use = Use.PART
    reasons: tuple[Reason, ...] = ()
    remedy: Remedy | None = None
    reconsideration: Reconsideration | None = None
    explanation: LangString | None = None
    replaced: Address | None = None
    grade: Grade | None = None
    after_appeal: Address | None = None
    reverses: Address | None = None
    grade_table: Address | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """A learner's appeal against a decision, lodged before its deadline; it leads to a new decision (R-RECOG-14)."""

    record_type: ClassVar[RecordType] = RecordType.APPEAL

    learner: Identifier
    decision: Address
    text: LangString
    on: date
