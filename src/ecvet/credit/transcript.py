"""The personal transcript: the learner's assessed outcomes, units, and points (Annex II.3 footnote; R-TRANS-1 … 4)."""

from dataclasses import dataclass
from typing import ClassVar

from ecvet.credit.assessment import Grade, OutcomeResult
from ecvet.record import Address, RecordType
from ecvet.terms import EQFLevel, Identifier, LangString, NQFLevel, Period, Points


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptEntry:
    """One unit, or part of one: results per outcome, merged from its assessments, and the points that correspond.

    `points` are those of the unit when it is complete, otherwise zero or the stated share (R-CREDIT-6); None where the
    qualification has no points (R-POINTS-1).
    """

    unit: Identifier
    title: LangString
    outcomes: tuple[OutcomeResult, ...]
    assessments: tuple[Address, ...]
    complete: bool
    points: Points | None = None
    grade: Grade | None = None

    @property
    def achieved(self) -> frozenset[str]:
        """The ids of the outcomes achieved."""
        return frozenset(one.outcome for one in self.outcomes if one.result.is_positive)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """What the hosting institution, or the assessing one of a portfolio, documents and hands over.

    `basis` addresses the agreement or portfolio. It is never changed: a correction is a new version that names the one
    it `corrects` and the `reason` (R-TRANS-4).
    """

    record_type: ClassVar[RecordType] = RecordType.TRANSCRIPT

    learner: Identifier
    issuer: Identifier
    home: Identifier
    basis: Address
    qualification: Identifier
    entries: tuple[TranscriptEntry, ...]
    period: Period | None = None
    eqf: EQFLevel | None = None
    nqf: NQFLevel | None = None
    deviations: tuple[LangString, ...] = ()
    additional: tuple[LangString, ...] = ()
    corrects: Address | None = None
    reason: LangString | None = None

    def entry(self, unit: Identifier) -> TranscriptEntry | None:
        """The entry of a unit, if the transcript has it."""
        return next((one for one in self.entries if one.unit == unit), None)
