"""The award of a qualification (Annex I(a)): possible only when accumulation says that the rules are met."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ecvet.credit.decision import Decider
from ecvet.record import Address, RecordType
from ecvet.terms import Identifier, LangString, Points


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """A qualification awarded to a learner on the ground of recognitions and own achievements.

    `recognitions` address the decisions it rests on, in the order of their addresses; `points` are those counted.
    """

    record_type: ClassVar[RecordType] = RecordType.AWARD

    learner: Identifier
    qualification: Identifier
    title: LangString
    recognitions: tuple[Address, ...]
    by: Decider
    on: date
    ground: LangString
    points: Points | None = None
