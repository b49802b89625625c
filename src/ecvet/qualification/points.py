"""How points come to a qualification and its units (Recommendation 2009/C 155/02, Annex II.4; R-POINTS-1 … 22)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ecvet.terms import Identifier, LangString, Points


class Method(StrEnum):
    """The seven ways to find the weights of units."""

    MANUAL = "manual"
    PERCENT = "percent"
    CRITERIA = "criteria"
    TIME = "time"
    EXPERTS = "experts"
    OUTCOME_COUNT = "outcome-count"
    NATIONAL = "national"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceContext:
    """What the total rests on: one formal learning context (R-POINTS-5), or a comparison where there is none.

    `years` of formal full-time VET when `pathway` is formal; else `compared_with` and the `ground` of the comparison:
    EQF level, NQF level or similar outcomes in a related field (R-POINTS-6).
    """

    pathway: LangString
    years: Decimal | None = None
    compared_with: Identifier | None = None
    ground: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """The record of how points were allocated, kept because the method must be transparent (R-RECOG-6, R-POINTS-7)."""

    method: Method
    total: Points
    grain: Decimal
    by: Identifier
    on: date
    reference: ReferenceContext | None = None
    criteria: tuple[str, ...] = ()
    justification: str = ""
