"""Why an agreement is changed: reasons by code, as every form of the field asks for them, and words beside them."""

from dataclasses import dataclass
from enum import StrEnum

from ecvet.terms import LangString


class ChangeReason(StrEnum):
    """Why what was agreed is not what will be done. Found on the first day as often as later."""

    TASK_NOT_THERE = "task not available"
    UNIT_NOT_OFFERED = "unit cannot be learned there"
    LANGUAGE = "other language of work"
    TIMETABLE = "days or hours do not fit"
    PLACE = "other place, company or mentor"
    DATES = "stay longer or shorter"
    QUALIFICATION = "other qualification at home"
    WISH = "learner's wish"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What a new version says about itself: why it is there (R-LA-12). It is signed with the version."""

    reasons: frozenset[ChangeReason]
    text: LangString | None = None
