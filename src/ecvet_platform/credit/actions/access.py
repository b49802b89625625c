"""Who may look at a learner's whole record: the learner, the home institution, and a body that has to do with it."""

from ecvet.partnership.institution import Function
from ecvet.terms import Identifier
from ecvet_platform.credit.actions import learners
from ecvet_platform.credit.errors import CreditUnknown
from ecvet_platform.credit.store import cases
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import clock
from ecvet_platform.people.roles import Actor, Role


def look_at(learner: Identifier, qualification: Identifier | None, actor: Actor) -> None:
    """Let through who may see a learner's whole record; for everybody else there is nothing. Raises `CreditUnknown`."""
    if learners.acts_as(actor, learner):
        return
    staff, own = actor.roles & {Role.COORDINATOR, Role.COMPETENT_INSTITUTION}, actor.institution
    if staff and own is not None:
        if own == learners.home_of(learner):
            return
        if qualification is not None and _is_body(own, qualification) and _deals_with(own, learner, qualification):
            return
    raise CreditUnknown(name=learner)


def _is_body(own: Identifier, qualification: Identifier) -> bool:
    functions = (Function.RECOGNISE, Function.AWARD)
    return any(institutions.may_do(own, one, qualification, clock.today()) for one in functions)


def _deals_with(own: Identifier, learner: Identifier, qualification: Identifier) -> bool:
    """Whether the body has to do with this learner: it decided in a case, or the learner follows its qualification."""
    known = any(case.body == own for case in cases.of_learner(learner))
    return known or qualification in learners.qualifications_of(learner)
