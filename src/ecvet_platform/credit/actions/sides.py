"""Who may take which step: the party it belongs to, and the people of that party who take it.

The core's life cycles say in which role a step is taken; this table says which party of a case has that role, and which
people there act for it. Whoever has no part in a learner's credit sees nothing of it (404); whoever has a part but not
this step is told whose it is (403).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ecvet.credit.lifecycle import RECOGNITION, RESULT, Verb
from ecvet.credit.lifecycle import Role as Taking
from ecvet.errors import EcvetError
from ecvet.record import StepNotYours
from ecvet.terms import Identifier, Success, require
from ecvet_platform.credit.actions import learners, reading
from ecvet_platform.credit.actions.reading import Ground
from ecvet_platform.credit.errors import BasisUnknown
from ecvet_platform.credit.store.cases import Case, Path
from ecvet_platform.people.roles import Actor, Role, has_one_of


class Party(StrEnum):
    """Whose step it is: who assesses, who validates, who recognises and awards, or the learner."""

    HOSTING = "hosting"
    HOME = "home"
    BODY = "body"
    LEARNER = "learner"


_ASSESSORS: Final = (Role.ASSESSOR,)
_HANDING_OVER: Final = (Role.ASSESSOR, Role.COORDINATOR, Role.COMPETENT_INSTITUTION)
_VALIDATING: Final = (Role.COORDINATOR, Role.COMPETENT_INSTITUTION)
_DECIDING: Final = (Role.COMPETENT_INSTITUTION,)

STEPS: Final[dict[Verb, tuple[Party, tuple[Role, ...]]]] = {
    Verb.ASSESS: (Party.HOSTING, _ASSESSORS),
    Verb.NOT_ASSESS: (Party.HOSTING, _ASSESSORS),
    Verb.TRANSFER: (Party.HOSTING, _HANDING_OVER),
    Verb.CORRECT: (Party.HOSTING, _HANDING_OVER),
    Verb.CONFIRM: (Party.HOSTING, _HANDING_OVER),
    Verb.ACKNOWLEDGE: (Party.HOME, _VALIDATING),
    Verb.ASK: (Party.HOME, _VALIDATING),
    Verb.VALIDATE: (Party.HOME, _VALIDATING),
    Verb.NOT_VALIDATE: (Party.HOME, _VALIDATING),
    Verb.RECOGNISE: (Party.BODY, _DECIDING),
    Verb.RECOGNISE_PART: (Party.BODY, _DECIDING),
    Verb.REFUSE: (Party.BODY, _DECIDING),
    Verb.UPHOLD: (Party.BODY, _DECIDING),
    Verb.CHANGE: (Party.BODY, _DECIDING),
    Verb.REVERSE: (Party.BODY, _DECIDING),
    Verb.AWARD: (Party.BODY, _DECIDING),
    Verb.CONTEST: (Party.LEARNER, ()),
    Verb.APPEAL: (Party.LEARNER, ()),
}
"""The party of each step and the roles of the people who take it there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Who has which part in a case or on its ground."""

    path: Path
    learner: Identifier
    hosting: Identifier
    home: Identifier
    body: Identifier


def parties(of: Ground | Case) -> Parties:
    """The parties of a ground or a case."""
    return Parties(path=of.path, learner=of.learner, hosting=of.hosting, home=of.home, body=of.body)


def parts(of: Parties, actor: Actor, spoken: frozenset[Identifier] | None = None) -> frozenset[Party]:
    """The parts that the actor's institution, or the learner herself, has.

    Who asks about many cases gives the learners for whom the actor speaks (`learners.spoken_for`).
    """
    speaks = learners.acts_as(actor, of.learner) if spoken is None else of.learner in spoken
    own = actor.institution
    found = {party for party, who in ((Party.HOSTING, of.hosting), (Party.HOME, of.home), (Party.BODY, of.body))
             if own is not None and who == own and actor.roles - {Role.LEARNER}}  # fmt: skip
    return frozenset(found | ({Party.LEARNER} if speaks else set()))


def taking(verb: Verb, of: Parties) -> Taking:
    """The role of the core's life cycle in which the verb's party takes it."""
    party = STEPS[verb][0]
    if party is Party.LEARNER:
        return Taking.LEARNER
    if of.path is Path.PORTFOLIO or verb is Verb.AWARD:
        return Taking.AWARDING
    if party is Party.HOSTING:
        return Taking.HOSTING
    return Taking.HOME if party is Party.HOME or of.body == of.home else Taking.AWARDING


def ground_for(thread: Identifier, actor: Actor) -> Ground:
    """The ground for somebody who has a part in it. Raises `BasisUnknown` for everybody else."""
    found = reading.ground(thread)
    if not parts(parties(found), actor):
        raise BasisUnknown(name=thread)
    return found


def may_see(thread: Identifier, actor: Actor) -> bool:
    """Whether there is a ground on which credit is kept, and the actor has a part in it."""
    try:
        ground_for(thread, actor)
    except EcvetError:
        return False
    return True


def require_step(verb: Verb, of: Parties, actor: Actor) -> Taking:
    """The role in which the actor takes a step. Raises `StepNotYours` for another party, `NotYourRole`.

    That the actor has some part is known before: strangers never come here.
    """
    party, roles = STEPS[verb]
    mine, role = parts(of, actor), taking(verb, of)
    if party not in mine:
        thing = RESULT.thing if any(one.verb == verb for one in RESULT.steps) else RECOGNITION.thing
        raise StepNotYours(verb=verb, whose=party.value, role=" and ".join(sorted(mine)), thing=thing)
    require(has_one_of(actor, *roles))
    return role


def may_take(verb: Verb, of: Parties, actor: Actor, spoken: frozenset[Identifier] | None = None) -> bool:
    """Whether the step is the actor's, whatever the state: which buttons a page shows."""
    party, roles = STEPS[verb]
    return party in parts(of, actor, spoken) and isinstance(has_one_of(actor, *roles), Success)
