"""A unit of learning outcomes: what somebody knows, understands and is able to do, assessable on its own.

Recommendation 2009/C 155/02, Annex I(b, c) and II.1; rules R-UNIT-1 … 12. Of the seven elements of a unit, title,
outcomes, procedures and criteria, and validity stand here; the qualifications it relates to, their level and points
stand on the link between unit and qualification (`UnitLink`): one unit may serve several (R-UNIT-7, R-POINTS-8).
There is deliberately no place for a course, a provider, a place or a duration (R-UNIT-8).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from ecvet.record import RecordType
from ecvet.terms import EQFLevel, Identifier, LangString, Period, Points


class OutcomeKind(StrEnum):
    """The three descriptors of the European Qualifications Framework (R-UNIT-4)."""

    KNOWLEDGE = "knowledge"
    SKILLS = "skills"
    COMPETENCE = "competence"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentCriterion:
    """What an assessor looks at, and how well it must be done.

    `requires` names other units whose assessment the criterion presupposes; it must be empty in a published unit,
    since units are discrete (R-UNIT-6). It exists so that imported data can be read and found wanting.
    """

    id: str
    text: LangString
    requires: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningOutcome:
    """A statement of what a learner knows, understands and is able to do (Annex I(b)).

    `kind` classifies it; `national_category` keeps the national word it was mapped from (R-UNIT-4). `level` is given
    where a unit is described at several EQF levels (R-UNIT-10). An outcome that is not `required` does not keep the
    unit from being achieved (R-CREDIT-4). `skills` are ESCO concepts. An outcome has no points: they belong to
    qualifications and units, and are never awarded for a single outcome (R-POINTS-22); `weight` only says how much it
    is of its unit beside the others, for a rule that gives a part its share (R-CREDIT-6).
    """

    id: str
    text: LangString
    kind: OutcomeKind
    criteria: tuple[AssessmentCriterion, ...] = ()
    required: bool = True
    level: EQFLevel | None = None
    national_category: str = ""
    skills: tuple[Identifier, ...] = ()
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubArea:
    """A part of a unit with a size of its own, such as those of the Finnish common units (R-COMP-10)."""

    code: str
    title: LangString
    points: Points | None = None
    compulsory: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A component of a qualification: a coherent set of knowledge, skills and competence (Annex I(c)).

    `id` names this version for ever; `code` is the name people use and is unique within a qualification;
    `assessment` tells the procedures of assessment. `replaces` is the version before it (R-UNIT-12).
    """

    record_type: ClassVar[RecordType] = RecordType.UNIT

    id: Identifier
    code: str
    title: LangString
    institution: Identifier
    outcomes: tuple[LearningOutcome, ...] = ()
    assessment: LangString | None = None
    version: str = "1"
    eqf: EQFLevel | None = None
    valid: Period | None = None
    sub_areas: tuple[SubArea, ...] = ()
    replaces: Identifier | None = None

    @property
    def outcome_ids(self) -> frozenset[str]:
        """The ids of all outcomes."""
        return frozenset(outcome.id for outcome in self.outcomes)

    @property
    def required_outcomes(self) -> frozenset[str]:
        """The ids of the outcomes without which the unit is not achieved (R-CREDIT-4)."""
        return frozenset(outcome.id for outcome in self.outcomes if outcome.required)

    @property
    def levels(self) -> tuple[EQFLevel, ...]:
        """The EQF levels at which the unit is described, lowest first; none where it has no grid (R-UNIT-10)."""
        found = {outcome.level for outcome in self.outcomes if outcome.level is not None}
        return tuple(sorted(found, key=lambda one: one.level))

    def at_level(self, level: EQFLevel) -> tuple[LearningOutcome, ...]:
        """The outcomes of the unit at one of its levels, with the criteria of that level (R-UNIT-10)."""
        return tuple(outcome for outcome in self.outcomes if outcome.level == level)
