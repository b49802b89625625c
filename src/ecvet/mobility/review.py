"""Looking back on a stay: whether what was learned was recognised at home, and if not, why (R-QA-3).

The entries of the quality cycle are those of every partnership and mobility (`ecvet.partnership.evaluation`, R-QA-2).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from ecvet import partnership
from ecvet.mobility.agreement import Role
from ecvet.mobility.event import MobilityEvent
from ecvet.mobility.stay import Stay, after
from ecvet.mobility.stay_errors import ReviewMissing, WhyNotMissing
from ecvet.partnership.evaluation import Evaluation
from ecvet.record import Address, RecordType
from ecvet.terms import Failure, Identifier, LangString, Success


class Outcome(StrEnum):
    """Whether recognition succeeded."""

    FULL = "fully recognised"
    PARTIAL = "partly recognised"
    NONE = "not recognised"


class WhyNot(StrEnum):
    """Why it did not, or not fully: the question of the toolkit that matters most."""

    NOT_ACHIEVED = "outcomes not achieved"
    NOT_ASSESSED = "outcomes not assessed"
    DOCUMENTED_POORLY = "documentation not sufficient"
    UNSUITABLE_OUTCOMES = "outcomes not suitable"
    PROCEDURE_NOT_KEPT = "agreed procedure not kept"
    NATIONAL_RULE = "national rule"
    ENDED_EARLY = "stay ended early"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What one of those who took part says about the stay."""

    role: Role
    text: LangString


@dataclass(frozen=True, slots=True, kw_only=True)
class MobilityReview:
    """Whether the outcomes of one stay were recognised, and if not, why (R-QA-3). Raises `WhyNotMissing`.

    `stay` is the agreement's thread, `agreement` the last version in force, `decisions` the recognitions it rests on.
    The two questions of the toolkit stay None where nobody answered them.
    """

    record_type: ClassVar[RecordType] = RecordType.EVALUATION
    kind: ClassVar[str] = "mobility-review"

    stay: Identifier
    agreement: Address
    on: date
    by: Identifier
    recognised: Outcome
    why_not: frozenset[WhyNot] = frozenset()
    explanation: LangString | None = None
    decisions: tuple[Address, ...] = ()
    outcomes_suitable: bool | None = None
    documentation_sufficient: bool | None = None
    feedback: tuple[Feedback, ...] = ()

    def __post_init__(self) -> None:
        if self.recognised != Outcome.FULL and not self.why_not:
            raise WhyNotMissing(outcome=self.recognised)


def may_close(
    stay: Stay, closing: MobilityEvent, review: MobilityReview | None, entries: Iterable[Evaluation]
) -> Success | Failure:
    """Whether the stay may be closed by this event: with its own review, and evaluated (R-QA-3).

    `entries` are those of the quality cycle about the stay; `ecvet.partnership.may_close` judges them. Raises what
    `ecvet.mobility.stay.after` raises.
    """
    after(stay, closing)
    if review is None or review.stay != closing.stay:
        return Failure(ReviewMissing(stay=closing.stay))
    return partnership.may_close(entries, closing.stay)
