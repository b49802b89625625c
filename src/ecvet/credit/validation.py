"""Validation: assessed outcomes correspond to those a unit or qualification requires (Annex I(g); R-VALID-1 … 5)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from ecvet.credit.decision import Decider, Extent, Reason
from ecvet.record import Address, RecordType
from ecvet.terms import Identifier, LangString


class Correspondence(StrEnum):
    """How an assessed outcome fits one that home requires (R-VALID-5)."""

    CORRESPONDS = "corresponds"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeValidation:
    """One outcome of the home unit, and how what was assessed corresponds to it; `from_` are the assessed outcomes."""

    outcome: str
    result: Correspondence
    from_: frozenset[str] = frozenset()
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """The decision of the home institution on one unit of a transcript.

    `unit` is the home unit; `transcript` addresses the version looked at. `extent` follows from the outcomes; a refusal
    of what was agreed and achieved has `reasons` (R-VALID-4). `extent` NONE is a refusal. `prior_learning` says that no
    learning agreement stands behind it; it asks for an explanation (R-RECOG-13) and changes nothing else (R-NFIL-3).
    """

    record_type: ClassVar[RecordType] = RecordType.DECISION
    kind: ClassVar[str] = "validation"

    learner: Identifier
    transcript: Address
    unit: Identifier
    qualification: Identifier
    outcomes: tuple[OutcomeValidation, ...]
    extent: Extent
    by: Decider
    on: date
    ground: LangString
    reasons: tuple[Reason, ...] = ()
    repeats: Address | None = None
    prior_learning: bool = False

    @property
    def corresponding(self) -> frozenset[str]:
        """The ids of the outcomes of the home unit that are confirmed."""
        return frozenset(one.outcome for one in self.outcomes if one.result is Correspondence.CORRESPONDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRequest:
    """Home asks for more evidence on a unit of a transcript before it decides; `due` is when it hopes for an answer."""

    record_type: ClassVar[RecordType] = RecordType.DECISION
    kind: ClassVar[str] = "evidence-request"

    learner: Identifier
    transcript: Address
    unit: Identifier
    what: LangString
    by: Decider
    on: date
    due: date | None = None
