"""What equals what: a decision that units of one system stand for units of another.

An equivalence is directed, dated, m:n, carries its evidence and the body that decided (R-UNIT-12, R-POINTS-14). It is
not transitive: a chain of two needs a decision of its own. Comparison only produces evidence, never the decision.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from ecvet.correspondence.errors import NothingEquals, ShareOutOfRange
from ecvet.record import Address, RecordType
from ecvet.terms import Identifier, LangString, Period


class Ground(StrEnum):
    """Why the units are held to be equivalent."""

    SAME_OUTCOMES = "same-outcomes"
    SUCCESSOR = "successor"
    AGREEMENT = "agreement"
    NATIONAL_RULE = "national-rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Equivalence:
    """Units `from_` together count as the units `to`, as decided by `by` on `on`, for credit used within `valid`.

    `ratio` is the share of the target units' points that they carry, 1 unless the decision says less. Units are named
    by the identifier of a version. Raises `NothingEquals`, `ShareOutOfRange`.
    """

    record_type: ClassVar[RecordType] = RecordType.EQUIVALENCE

    from_: frozenset[Identifier]
    to: frozenset[Identifier]
    by: Identifier
    on: date
    valid: Period
    ground: Ground
    reason: LangString
    ratio: Decimal = Decimal(1)
    evidence: tuple[Address, ...] = ()

    def __post_init__(self) -> None:
        if not self.from_ or not self.to or self.from_ == self.to:
            raise NothingEquals(from_=", ".join(sorted(self.from_)), to=", ".join(sorted(self.to)))
        if not 0 < self.ratio <= 1:
            raise ShareOutOfRange(ratio=self.ratio)
