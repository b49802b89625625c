"""What a learner achieved and what it counts for: assess → transfer → validate → recognise → accumulate → award.

The Recommendation's heart (2009/C 155/02, Annex I(d-h), II.3). Values are records; verbs are pure functions that return
the next record or raise the fact that stands in the way; `may_…` answer with Success or Failure beforehand. Credit is a
set of assessed outcomes of a person and never a number (R-CREDIT-1); it can be accumulated towards one qualification or
transferred to another (R-CREDIT-3). Learning without a partner takes the same way, from a portfolio (R-NFIL-6).
"""

from ecvet.credit.accumulation import Completion, Counted, Held, Piece, Placement, Progress, accumulate
from ecvet.credit.achievement import Achievement, PartAchievement, credit_held, part_findings
from ecvet.credit.appealing import appeal, may_appeal
from ecvet.credit.assessing import assess, may_assess
from ecvet.credit.assessment import (
    AdditionalOutcome,
    Assessment,
    Assessor,
    CriterionResult,
    Grade,
    GradingScale,
    OutcomeResult,
    Result,
)
from ecvet.credit.award import Award
from ecvet.credit.awarding import award, may_award
from ecvet.credit.basis import Basis
from ecvet.credit.certifying import Certification, certify, document, identify
from ecvet.credit.deciding import may_decide
from ecvet.credit.decision import Decider, Extent, Reason, ReasonCode, Remedy
from ecvet.credit.grading import GradeConversion, convert_grade
from ecvet.credit.history import UnitRecords, recognition_state, result_state
from ecvet.credit.ledger import EMPTY, Entry, EntryKind, Ledger, book
from ecvet.credit.lifecycle import (
    FUNCTION_NEEDED,
    RECOGNITION,
    RESULT,
    RecognitionState,
    ResultState,
    Role,
    Verb,
    overdue,
)
from ecvet.credit.portfolio import Claim, Experience, Portfolio, Stage
from ecvet.credit.recognising import may_recognise, recognise, refuse
from ecvet.credit.recognition import Appeal, Recognition, Reconsideration, Use
from ecvet.credit.review import Answer, answers
from ecvet.credit.shares import OutcomeWeight, Rounding, SharePolicy, by_weights, pro_rata, weights_of
from ecvet.credit.standing import in_effect, is_final, of_unit, recognised_outcomes, to_be_examined
from ecvet.credit.status import ALL_REQUIRED, PassRule, UnitStatus, is_complete, points_due, unit_status
from ecvet.credit.transcript import Transcript, TranscriptEntry
from ecvet.credit.transferring import Handover, Recipient, correct, hand_over, transfer
from ecvet.credit.validating import ask_for_evidence, may_validate, proposed_comparison, validate
from ecvet.credit.validation import Correspondence, EvidenceRequest, OutcomeValidation, Validation

__all__ = [
    "ALL_REQUIRED",
    "EMPTY",
    "FUNCTION_NEEDED",
    "RECOGNITION",
    "RESULT",
    "Achievement",
    "AdditionalOutcome",
    "Answer",
    "Appeal",
    "Assessment",
    "Assessor",
    "Award",
    "Basis",
    "Certification",
    "Claim",
    "Completion",
    "Correspondence",
    "Counted",
    "CriterionResult",
    "Decider",
    "Entry",
    "EntryKind",
    "EvidenceRequest",
    "Experience",
    "Extent",
    "Grade",
    "GradeConversion",
    "GradingScale",
    "Handover",
    "Held",
    "Ledger",
    "OutcomeResult",
    "OutcomeValidation",
    "OutcomeWeight",
    "PartAchievement",
    "PassRule",
    "Piece",
    "Placement",
    "Portfolio",
    "Progress",
    "Reason",
    "ReasonCode",
    "Recipient",
    "Recognition",
    "RecognitionState",
    "Reconsideration",
    "Remedy",
    "Result",
    "ResultState",
    "Role",
    "Rounding",
    "SharePolicy",
    "Stage",
    "Transcript",
    "TranscriptEntry",
    "UnitRecords",
    "UnitStatus",
    "Use",
    "Validation",
    "Verb",
    "accumulate",
    "answers",
    "appeal",
    "ask_for_evidence",
    "assess",
    "award",
    "book",
    "by_weights",
    "certify",
    "convert_grade",
    "correct",
    "credit_held",
    "document",
    "hand_over",
    "identify",
    "in_effect",
    "is_complete",
    "is_final",
    "may_appeal",
    "may_assess",
    "may_award",
    "may_decide",
    "may_recognise",
    "may_validate",
    "of_unit",
    "overdue",
    "part_findings",
    "points_due",
    "pro_rata",
    "proposed_comparison",
    "recognise",
    "recognised_outcomes",
    "recognition_state",
    "refuse",
    "result_state",
    "to_be_examined",
    "transfer",
    "unit_status",
    "validate",
    "weights_of",
]
