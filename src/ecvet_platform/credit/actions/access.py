"""Who may look at a learner's whole record: the learner, the home institution, and the body that has to do with it."""

from ecvet.terms import Identifier
from ecvet_platform.credit.actions import learners
from ecvet_platform.credit.errors import CreditUnknown
from ecvet_platform.credit.store import cases
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.qualifications import actions as qualifications

STAFF = (Role.COORDINATOR, Role.COMPETENT_INSTITUTION)


def look_at(learner: Identifier, qualification: Identifier | None, actor: Actor) -> None:
    """Let through who may see a learner's whole record; for everybody else there is nothing. Raises `CreditUnknown`."""
    if learners.acts_as(actor, learner):
        return
    own = actor.institution
    if own is None or not actor.roles.intersection(STAFF):
        raise CreditUnknown(name=learner)
    if own != learners.home_of(learner) and not _deals_with(own, learner, qualification):
        raise CreditUnknown(name=learner)


def may_look_at(learner: Identifier, actor: Actor) -> bool:
    """Whether `look_at` lets the actor through: which links a page shows."""
    try:
        look_at(learner, None, actor)
    except CreditUnknown:
        return False
    return True


def _deals_with(own: Identifier, learner: Identifier, qualification: Identifier | None) -> bool:
    """Whether a body has to do with a learner: it decides in a case, or is in charge of what the learner follows.

    To hold a function is not enough, since an institution may hold it for learners all over a country.
    """
    if any(case.body == own and qualification in (None, case.qualification) for case in cases.of_learner(learner)):
        return True
    followed = learners.qualifications_of(learner) if qualification is None else (qualification,)
    known = (qualifications.find(name) for name in followed if name in learners.qualifications_of(learner))
    return any(one is not None and one.value.institution == own for one in known)
