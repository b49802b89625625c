"""How far an agreement, a portfolio or one unit has come on the way, for those who have a part in it."""

from uuid import UUID

from ecvet.credit.way import Way, way
from ecvet.terms import Identifier
from ecvet_platform.credit.actions import casework, sides
from ecvet_platform.credit.actions.ahead import Ahead, ahead
from ecvet_platform.credit.store import cases
from ecvet_platform.credit.store.cases import Case
from ecvet_platform.people.roles import Actor


def of_ground(thread: Identifier, *, actor: Actor) -> tuple[Way, Ahead | None] | None:
    """That of an agreement in force or a portfolio, with the first step that is awaited; None for who has no part."""
    return _way(cases.of_basis(thread)) if sides.may_see(thread, actor) else None


def of_case(key: UUID, *, actor: Actor) -> tuple[Way, Ahead | None, Case] | None:
    """That of one unit; None for who has no part in it."""
    case = cases.one(key)
    if case is None or not sides.parts(sides.parties(case), actor):
        return None
    return *_way((case,)), case


def _way(found: tuple[Case, ...] | list[Case]) -> tuple[Way, Ahead | None]:
    states = [(casework.result_state(one), casework.recognition_state(one)) for one in found]
    awaited = [step for one in found if (step := ahead(one)) is not None]
    return way(agreed=True, units=states), awaited[0] if awaited else None
