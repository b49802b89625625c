"""What this room asks of the room of mobility: who a learner is, which account acts as one, and what is in force."""

from collections.abc import Iterable

from ecvet.record import Address, PersonRef, RecordType
from ecvet.terms import Identifier
from ecvet_platform.credit.errors import CreditUnknown
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.actions import learners as people
from ecvet_platform.mobility.store import agreements
from ecvet_platform.mobility.store import learners as store
from ecvet_platform.mobility.store.agreements import Line
from ecvet_platform.mobility.store.learners import Known
from ecvet_platform.people.roles import Actor


def known(learner: Identifier) -> Known:
    """A learner as the platform knows one. Raises `CreditUnknown`."""
    found = store.learner(learner)
    if found is None:
        raise CreditUnknown(name=learner)
    return found


def ref(learner: Identifier) -> PersonRef:
    """The commitment to the person, as records carry it."""
    return known(learner).ref


def names(learners: Iterable[Identifier]) -> dict[Identifier, str]:
    """What learners are called; the pseudonym once a learner was erased."""
    wanted = list(dict.fromkeys(learners))
    found = store.names(wanted)
    return {one: found.get(one, one) for one in wanted}


def mine(actor: Actor) -> tuple[Identifier, ...]:
    """The learners as whom the account acts; usually one or none."""
    return store.ids_of_account(actor.person)


def spoken_for(actor: Actor) -> frozenset[Identifier]:
    """The learners for whom the actor speaks: as the learner, or as the guardian of a minor (R-LA-9)."""
    found = store.learners(store.ids_of_account(actor.person, guarded=True))
    return frozenset(name for name, one in found.items() if actor.person in (one.account, people.guardian(one)))


def acts_as(actor: Actor, learner: Identifier) -> bool:
    """Whether the actor is the learner, or the guardian who acts on the learner's behalf."""
    found = store.learner(learner)
    return found is not None and actor.person in (found.account, people.guardian(found))


def home_of(learner: Identifier) -> Identifier:
    """The home institution of a learner. Raises `CreditUnknown`."""
    return known(learner).home


def of_home(home: Identifier, *, limit: int = 500) -> tuple[Known, ...]:
    """The learners of a home institution by name."""
    return store.of_home(home, limit=limit)[0]


def following(qualifications: Iterable[Identifier]) -> tuple[Known, ...]:
    """The learners who follow one of these qualification versions now, by name."""
    return store.following(qualifications)


def followed(learner: Identifier) -> Identifier | None:
    """The qualification version that a learner follows now."""
    return store.followed([learner], clock.today()).get(learner)


def qualifications_of(learner: Identifier) -> tuple[Identifier, ...]:
    """The qualification versions that a learner follows or has followed."""
    return tuple(dict.fromkeys(one.qualification for one in store.enrolments(learner)))


def in_force(thread: Identifier) -> Address | None:
    """The version of an agreement that holds."""
    line = agreements.line(thread)
    return line.in_force if line else None


def told_of_stay(thread: Identifier) -> tuple[Address, ...]:
    """The records of what happened during a stay, the first one first."""
    found = agreements.entries(thread)
    return tuple(one for one in found if records.record(one).type is RecordType.MOBILITY_EVENT)


def abroad_with(institution: Identifier, *, limit: int = 200) -> tuple[Line, ...]:
    """The agreements in force in which an institution has a part other than home's, the latest change first."""
    found, _ = agreements.of([institution], limit=limit)
    return tuple(line for line in found if line.home != institution and line.in_force)
