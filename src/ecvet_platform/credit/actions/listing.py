"""The list of cases: what a line shows and nothing more, so that a page of fifty is asked in a handful of queries."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from ecvet.terms import LangString
from ecvet_platform.credit.actions import learners
from ecvet_platform.credit.store import cases
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.qualifications import actions as qualifications


class Line(NamedTuple):
    """One case: its key, unit, learner and assessing institution by name, the states of result and recognition."""

    key: UUID
    unit: LangString
    learner: str
    hosting: str
    result: str
    recognition: str
    due: date | None


def page(*, actor: Actor, number: int = 1, size: int = 50) -> tuple[tuple[Line, ...], int]:
    """One page of the learner's cases and of those in which the actor's institution has a part, and how many."""
    own = actor.institution if actor.roles - {Role.LEARNER} else None
    found, count = cases.concerning(learners.mine(actor), own, skip=(number - 1) * size, limit=size)
    called = learners.names(one.learner for one in found)
    units = qualifications.unit_titles({one.unit for one in found})
    names = institutions.names(one.hosting for one in found)
    return tuple(
        Line(one.id, units[one.unit], called[one.learner], names[one.hosting], one.result, one.recognition, one.due)
        for one in found
    ), count
