"""From when to when a published version holds: decided earlier, in force from its first day, then only finished with.

Publishing decides; the validity says when the decision takes effect (R-QUAL-5). A version without a validity is in
force from its publication on.
"""

from datetime import date
from enum import StrEnum

from ecvet.qualification.errors import NoLongerBegun, NotYetInForce
from ecvet.qualification.qualification import Qualification
from ecvet.terms import Failure, Success


class Standing(StrEnum):
    """Where a published version stands on a day."""

    COMING = "coming"
    IN_FORCE = "in force"
    TRANSITION = "transition"
    OVER = "over"


def standing(item: Qualification, on: date) -> Standing:
    """Where a version stands on a day. Without an end of the transition, whoever began may finish at any time."""
    if item.valid is None:
        return Standing.IN_FORCE
    if on < item.valid.start:
        return Standing.COMING
    if item.valid.end is None or on <= item.valid.end:
        return Standing.IN_FORCE
    return Standing.TRANSITION if item.transition_end is None or on <= item.transition_end else Standing.OVER


def may_begin(item: Qualification, since: date) -> Success | Failure:
    """Whether a learner may begin to follow a version on a day: not before it is in force, and not after its end."""
    match standing(item, since):
        case Standing.COMING:
            assert item.valid is not None
            return Failure(NotYetInForce(id=item.id, start=item.valid.start))
        case Standing.TRANSITION | Standing.OVER:
            assert item.valid is not None
            return Failure(NoLongerBegun(id=item.id, end=item.valid.end))
        case _:
            return Success()
