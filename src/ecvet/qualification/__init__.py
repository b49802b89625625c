"""What can be learned: units of learning outcomes, qualifications, their points, and the rules that combine them.

First room of the story. A competent institution describes a qualification (`describe`), allocates points where it uses
them (`allocate`), and publishes versions that never change (`may_follow`).
"""

from ecvet.qualification.allocation import (
    POINTS_PER_YEAR,
    Dispersion,
    allocate,
    allocated_points,
    applied,
    dispersion,
    distribute,
    first_phase,
    may_allocate,
    outcome_counts,
    points_for_years,
    weights_of,
)
from ecvet.qualification.award_sizes import AWARD_SIZES, AwardSize, duration_findings, malta_class, size_findings
from ecvet.qualification.combination import Combination
from ecvet.qualification.conversion import Conversion, ConversionRow, conversion_for, convert, converted_inputs
from ecvet.qualification.credit_systems import CREDIT_SYSTEMS, credit_system, find_credit_system, hours
from ecvet.qualification.description import Description, describe
from ecvet.qualification.force import Standing, may_begin, standing
from ecvet.qualification.points import (
    Adjustment,
    Allocation,
    ComparisonGround,
    Criterion,
    Input,
    Method,
    ReferenceContext,
)
from ecvet.qualification.qualification import Qualification, RequiredOutcome, UnitLink
from ecvet.qualification.unit import AssessmentCriterion, LearningOutcome, OutcomeKind, SubArea, Unit
from ecvet.qualification.unit_findings import unit_findings
from ecvet.qualification.versions import may_follow

__all__ = [
    "AWARD_SIZES",
    "CREDIT_SYSTEMS",
    "POINTS_PER_YEAR",
    "Adjustment",
    "Allocation",
    "AssessmentCriterion",
    "AwardSize",
    "Combination",
    "ComparisonGround",
    "Conversion",
    "ConversionRow",
    "Criterion",
    "Description",
    "Dispersion",
    "Input",
    "LearningOutcome",
    "Method",
    "OutcomeKind",
    "Qualification",
    "ReferenceContext",
    "RequiredOutcome",
    "Standing",
    "SubArea",
    "Unit",
    "UnitLink",
    "allocate",
    "allocated_points",
    "applied",
    "conversion_for",
    "convert",
    "converted_inputs",
    "credit_system",
    "describe",
    "dispersion",
    "distribute",
    "duration_findings",
    "find_credit_system",
    "first_phase",
    "hours",
    "malta_class",
    "may_allocate",
    "may_begin",
    "may_follow",
    "outcome_counts",
    "points_for_years",
    "size_findings",
    "standing",
    "unit_findings",
    "weights_of",
]
