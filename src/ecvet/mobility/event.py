"""What happened during a stay, as its host tells it: actual dates and reasons, never part of the signed plan (7.2)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final

from ecvet.mobility.agreement import Role
from ecvet.mobility.lifecycle import Verb
from ecvet.mobility.stay_errors import ReasonMissing
from ecvet.record import Address, RecordType
from ecvet.terms import Identifier, LangString


class Reason(StrEnum):
    """Why a stay was interrupted, cancelled or ended early."""

    LEARNERS_WISH = "learner's wish"
    HOSTS_WISH = "host's wish"
    BREACH = "breach"
    ILLNESS = "illness"
    FORCE_MAJEURE = "force majeure"

    @property
    def without_blame(self) -> bool:
        """Whether nobody answers for it: what was learned may be assessed and the rest moved to another time."""
        return self in _WITHOUT_BLAME


class Remainder(StrEnum):
    """What becomes of the part of the agreement that was not reached."""

    DROPPED = "dropped"
    VIRTUAL = "virtual"
    LATER = "later"


_WITHOUT_BLAME: Final = frozenset({Reason.ILLNESS, Reason.FORCE_MAJEURE})
_WITH_REASON: Final = frozenset({Verb.INTERRUPT, Verb.END_EARLY, Verb.CANCEL})


@dataclass(frozen=True, slots=True, kw_only=True)
class MobilityEvent:
    """One thing that happened on one day; the record's own `created` tells when it was told.

    `stay` is the thread of the learning agreement, `agreement` the version in force that day, absent while none is.
    `by` is the role that tells it. A reason is always kept with an interruption, a cancellation and an early end;
    `remainder` says what becomes of the rest. A mistake is corrected by a new version of the event's record.
    Raises `ReasonMissing`.
    """

    record_type: ClassVar[RecordType] = RecordType.MOBILITY_EVENT

    stay: Identifier
    verb: Verb
    on: date
    by: Role
    agreement: Address | None = None
    reason: Reason | None = None
    remainder: Remainder | None = None
    note: LangString | None = None

    def __post_init__(self) -> None:
        if self.verb in _WITH_REASON and self.reason is None:
            raise ReasonMissing(verb=self.verb)
