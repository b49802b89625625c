"""The quality cycle of a partnership and of each mobility: planned, done, evaluated, reviewed (EQAVET; R-QA-1, R-QA-2).

Recommendation 2009/C 155/02, point 5: quality principles apply to assessment, validation and recognition alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final

from ecvet.partnership.errors import QualityNotReviewed
from ecvet.partnership.institution import Function
from ecvet.record import RecordType
from ecvet.saying import say
from ecvet.terms import Failure, Finding, Identifier, LangString, Severity, Success


class Phase(StrEnum):
    """The four phases of the European quality cycle."""

    PLANNING = "planning"
    IMPLEMENTATION = "implementation"
    EVALUATION = "evaluation"
    REVIEW = "review"


QUALITY_OF: Final = (Function.ASSESS, Function.VALIDATE, Function.RECOGNISE)
"""The processes to which the principles of quality assurance apply (R-QA-1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """An entry of the quality cycle about `subject`: the thread of a memorandum, an agreement or a mobility.

    `looked_at` are the processes whose quality the entry speaks of; `measures` is what shall change because of it.
    """

    record_type: ClassVar[RecordType] = RecordType.EVALUATION

    subject: Identifier
    phase: Phase
    by: Identifier
    on: date
    text: LangString
    looked_at: frozenset[Function] = frozenset()
    measures: LangString | None = None


def quality_findings(entries: Iterable[Evaluation], subject: Identifier) -> tuple[Finding, ...]:
    """Warnings for each phase of the cycle that has no entry yet (R-QA-2)."""
    present = {one.phase for one in entries if one.subject == subject}
    return tuple(
        Finding(
            "R-QA-2",
            Severity.WARNING,
            subject,
            say("There is no entry for the phase “{phase}”.", phase=phase),
            say("Enter one."),
        )
        for phase in Phase
        if phase not in present
    )


def may_close(entries: Iterable[Evaluation], subject: Identifier) -> Success | Failure:
    """Whether a partnership or a mobility may be closed: it was evaluated and reviewed (R-QA-2), and these entries
    together looked at assessment, validation and recognition (R-QA-1).
    """
    own = [one for one in entries if one.subject == subject and one.phase in (Phase.EVALUATION, Phase.REVIEW)]
    missing: list[Phase | Function] = [
        phase for phase in (Phase.EVALUATION, Phase.REVIEW) if phase not in {one.phase for one in own}
    ]
    missing += [function for function in QUALITY_OF if not any(function in one.looked_at for one in own)]
    return Failure(QualityNotReviewed(missing=tuple(missing))) if missing else Success()
