"""Who trusts whom: competent institutions with their functions, and the memoranda in which they accept each other.

Third room of the story. It also holds what every signed document shares: the life cycle of its versions and the
decisions over a thread of versions, signatures and seals (`Thread`).
"""

from ecvet.partnership.deadline import CALLED, Call, Called, Due, Intervals, call_on, calls, may_ask_again, respond_by
from ecvet.partnership.delegation import Delegation, delegated, may_delegate, on_behalf
from ecvet.partnership.evaluation import Evaluation, Phase, may_close, quality_findings
from ecvet.partnership.force import (
    covers_unit,
    frames,
    may_come_into_force,
    memorandum_on,
    read_memorandum,
    signatories,
)
from ecvet.partnership.grades import GradePair, GradeTable
from ecvet.partnership.institution import (
    Accreditation,
    Competence,
    CompetentInstitution,
    Continuation,
    Function,
    empowered,
    may,
)
from ecvet.partnership.lifecycle import AGREEMENT, AgreementState
from ecvet.partnership.memorandum import (
    Confirmation,
    CoveredQualification,
    MemorandumOfUnderstanding,
    OtherActor,
    Responsibility,
)
from ecvet.partnership.memorandum_findings import findings
from ecvet.partnership.succession import may_agree, may_be_continued, successor
from ecvet.partnership.thread import (
    Seal,
    Signatory,
    Termination,
    Thread,
    acceptances,
    head,
    in_force,
    may_propose,
    may_retract,
    may_seal,
    may_sign,
    may_terminate,
    outstanding,
    proposed,
    seal,
    state,
)

__all__ = [
    "AGREEMENT",
    "CALLED",
    "Accreditation",
    "AgreementState",
    "Call",
    "Called",
    "Competence",
    "CompetentInstitution",
    "Confirmation",
    "Continuation",
    "CoveredQualification",
    "Delegation",
    "Due",
    "Evaluation",
    "Function",
    "GradePair",
    "GradeTable",
    "Intervals",
    "MemorandumOfUnderstanding",
    "OtherActor",
    "Phase",
    "Responsibility",
    "Seal",
    "Signatory",
    "Termination",
    "Thread",
    "acceptances",
    "call_on",
    "calls",
    "covers_unit",
    "delegated",
    "empowered",
    "findings",
    "frames",
    "head",
    "in_force",
    "may",
    "may_agree",
    "may_ask_again",
    "may_be_continued",
    "may_close",
    "may_come_into_force",
    "may_delegate",
    "may_propose",
    "may_retract",
    "may_seal",
    "may_sign",
    "may_terminate",
    "memorandum_on",
    "on_behalf",
    "outstanding",
    "proposed",
    "quality_findings",
    "read_memorandum",
    "respond_by",
    "seal",
    "signatories",
    "state",
    "successor",
]
