"""Learning without a partner: identification and documentation of non-formal and informal learning (R-NFIL-1 … 6).

A portfolio takes the place of the learning agreement; there is no host, no memorandum, no mobility. The four stages of
the Council Recommendation of 20 December 2012 can each be used alone (R-NFIL-4).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from ecvet.record import Address, Annex, RecordType
from ecvet.terms import Identifier, LangString, Period


class Stage(StrEnum):
    """The stages of the validation of non-formal and informal learning (2012/C 398/01)."""

    IDENTIFICATION = "identification"
    DOCUMENTATION = "documentation"
    ASSESSMENT = "assessment"
    CERTIFICATION = "certification"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An outcome of a unit that the learner says to have achieved, with where it comes from and what shows it."""

    unit: Identifier
    outcome: str
    statement: LangString
    evidence: tuple[Annex, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """Where learning happened; recorded as context, never a condition of the award (R-NFIL-3)."""

    description: LangString
    period: Period | None = None
    organisation: str = ""


class Topic(StrEnum):
    """What an interview of identification asks about, in the order in which it is asked."""

    WORK = "work"
    VOLUNTARY = "voluntary"
    HOME = "home"
    COURSES = "courses"
    TASKS = "tasks"
    PROOF = "proof"
    AIM = "aim"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What was said about a topic in the interview."""

    topic: Topic
    said: LangString


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """What a learner documents towards units of a qualification, for the institution that may award it (Annex II.2).

    `stage` is the furthest stage reached; `identified_by`, `identified_on` and `interview` tell of the interview of
    identification. What it found outcome by outcome are the claims of the first version.
    """

    record_type: ClassVar[RecordType] = RecordType.PORTFOLIO

    learner: Identifier
    institution: Identifier
    qualification: Identifier
    stage: Stage
    claims: tuple[Claim, ...] = ()
    experience: tuple[Experience, ...] = ()
    identified_by: str = ""
    identified_on: date | None = None
    replaces: Address | None = None
    procedure: LangString | None = None
    interview: tuple[Note, ...] = ()
