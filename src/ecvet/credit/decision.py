"""What every decision carries: body, person, date, ground, reasons (R-RECOG-14). Decisions are only appended."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ecvet.terms import Identifier, LangString


class Extent(StrEnum):
    """How much a decision grants (R-VALID-5, R-NFIL-5)."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class ReasonCode(StrEnum):
    """Why less than everything was granted; a text says the rest (R-VALID-4)."""

    NOT_ACHIEVED = "not-achieved"
    NOT_CORRESPONDING = "not-corresponding"
    EVIDENCE_MISSING = "evidence-missing"
    PROCEDURE_NOT_FOLLOWED = "procedure-not-followed"
    ALREADY_RECOGNISED = "already-recognised"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """Who decides: the institution and the person who acts for it."""

    institution: Identifier
    person: Identifier
    name: str
    position: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why: a code to count by, and words for the learner."""

    code: ReasonCode
    text: LangString


class Way(StrEnum):
    """By which way the rest of a unit can be achieved after a decision that is not full (R-NFIL-5)."""

    ASSESSMENT = "assessment"
    EVIDENCE = "evidence"
    TRAINING = "training"
    WORK = "work"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """What a learner can do about a decision: a task that completes it, and until when an appeal can be lodged.

    `way` says by which way the rest can be achieved; `task` says it in words.
    """

    task: LangString | None = None
    appeal_until: date | None = None
    way: Way | None = None
