"""What is unusual about an agreement, gathered from memorandum, register, learner and stay; the core says what."""

from ecvet.mobility import Noted, Surroundings, around, read, stay_of
from ecvet.mobility import Role as Part
from ecvet.partnership import in_force
from ecvet.record import Address
from ecvet.terms import Identifier
from ecvet_platform.institutions.actions import memoranda, register, threads
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import agreements, learners
from ecvet_platform.mobility.store import agreements as store
from ecvet_platform.people.roles import Actor


def noted(thread: Identifier, *, actor: Actor) -> tuple[Noted, ...]:
    """The circumstances of an agreement today, for those who may see it. Raises `AgreementUnknown`."""
    known, on = agreements.seen(thread, actor), clock.today()
    item = read(threads.latest(known)).value
    first = read((known.seals and known.version(known.seals[0].object)) or known.versions[0]).value
    learner = store.party(item, Part.LEARNER)
    parties = [party.id for party in item.parties if party.role.value in agreements.INSTITUTIONS]
    around_it = Surroundings(
        first=first.period, stay=stay_of(store.events(thread)), learner=learners.known(learner).learner,
        adult_age=learners.ADULT_AGE, in_force=in_force(known, on) is not None,
        frame_until=memoranda.last_day(Address(item.memorandum)) if item.memorandum else None,
        follows=learners.followed([learner], on).get(learner),
        institutions=tuple(register.institutions(parties).values()),
    )  # fmt: skip
    return around(item, around_it, on=on)
