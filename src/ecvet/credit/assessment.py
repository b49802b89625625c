"""Assessment: how far a learner has attained particular knowledge, skills and competence (Annex I(f); R-ASSESS-1 … 13).

An assessment is the only source of credit (R-ASSESS-1). It rests either on a learning agreement or on a portfolio; what
follows is the same for both, since an award does not depend on where learning happened (R-NFIL-3).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from ecvet.record import Address, Annex, RecordType
from ecvet.terms import Identifier, LangString


class Result(StrEnum):
    """The result for one outcome. Only ACHIEVED and EXCEEDED are credit; PARTLY is shown but is none (R-ASSESS-10)."""

    ACHIEVED = "achieved"
    EXCEEDED = "exceeded"
    PARTLY = "partly"
    NOT_ACHIEVED = "not achieved"
    NOT_ASSESSED = "not assessed"

    @property
    def is_positive(self) -> bool:
        """Whether the outcome has been achieved."""
        return self in (Result.ACHIEVED, Result.EXCEEDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingScale:
    """A named scale with its values from worst to best; grades from `passes_from` on are passes (R-ASSESS-11)."""

    id: Identifier
    name: LangString
    values: tuple[str, ...]
    passes_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A value of a named scale, kept as it was given; a conversion is a decision of its own."""

    scale: Identifier
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionResult:
    """How one criterion of an outcome was met."""

    criterion: str
    met: bool
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeResult:
    """The result for one outcome of the unit, with criteria and a remark on strong and weak points.

    `reason` is needed when the outcome was not assessed or not achieved (R-ASSESS-12).
    """

    outcome: str
    result: Result
    criteria: tuple[CriterionResult, ...] = ()
    remark: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessor:
    """Who assessed: the person's pseudonym or account, name, position, and the institution they act for."""

    id: Identifier
    name: str
    institution: Identifier
    position: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionalOutcome:
    """Something achieved beyond what was agreed (R-ASSESS-8)."""

    text: LangString
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One assessment of one learner in one unit or part of it.

    `basis` addresses the version of the learning agreement, or the portfolio, in force on the day (R-LA-12).
    `deviations` documents differences between targeted and achieved outcomes and changed procedures (R-ASSESS-7);
    `outside_period` explains a day outside the agreed period (R-ASSESS-13); `repeats` is the earlier assessment that
    this one follows and leaves in place (R-ASSESS-10). `self_assessment` is evidence, never a decision (R-ASSESS-9).
    """

    record_type: ClassVar[RecordType] = RecordType.ASSESSMENT

    learner: Identifier
    unit: Identifier
    basis: Address
    institution: Identifier
    outcomes: tuple[OutcomeResult, ...]
    assessors: tuple[Assessor, ...]
    methods: tuple[str, ...]
    place: str
    on: date
    grade: Grade | None = None
    evidence: tuple[Annex, ...] = ()
    additional: tuple[AdditionalOutcome, ...] = ()
    deviations: LangString | None = None
    outside_period: LangString | None = None
    repeats: Address | None = None
    self_assessment: tuple[OutcomeResult, ...] = ()
    remarks: LangString | None = None

    @property
    def achieved(self) -> frozenset[str]:
        """The ids of the outcomes achieved: this, and not a number, is the credit (R-CREDIT-1)."""
        return frozenset(one.outcome for one in self.outcomes if one.result.is_positive)
