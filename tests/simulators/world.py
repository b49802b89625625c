"""Turin on the server here, Lyon elsewhere as a partner made by the core, and papers between them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ecvet.federation import Kind, Message
from ecvet.mobility import MobilityEvent, Reason, Verb
from ecvet.mobility import Role as Part
from ecvet.record import Act, Person, Record
from ecvet.terms import Identifier
from ecvet_platform.federation.actions import connecting, delivering, following
from ecvet_platform.institutions.actions import memoranda, register, threads
from ecvet_platform.journal import chance, clock
from ecvet_platform.mobility.actions import learners, proposing, signing
from ecvet_platform.mobility.store.learners import Known
from ecvet_platform.people import actions as people
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.people.store import Account
from ecvet_platform.qualifications import actions as qualifications
from federation_internet import code_between
from simulators.partner import Network, Partner
from stories_of import BODY, DRAFT, INSTITUTIONS, LYON, MEMORANDUM, QUALIFICATION, TURIN, draft


@dataclass
class World:
    """Turin here, Lyon elsewhere, an agreement between them."""

    network: Network
    lyon: Partner
    accounts: dict[str, Account]
    alba: Known
    memorandum: Identifier | None = None
    thread: Identifier | None = None

    def actor(self, name: str = "Bruno") -> Actor:
        return people.actor(self.accounts[name].id)

    def sent(self) -> list[str]:
        """Follow and send; the kinds that have come to Lyon by that."""
        before = len(self.lyon.came)
        following.follow_all()
        delivering.deliver()
        return [one.kind.value for one in self.lyon.came[before:]]

    def version(self, thread: Identifier) -> Record:
        known = threads.thread(thread)
        assert known is not None
        return known.versions[-1]

    def framed(self) -> Identifier:
        """A memorandum in force."""
        if self.memorandum is not None:
            return self.memorandum
        self.memorandum = memoranda.propose(MEMORANDUM, actor=self.actor())
        version = self.version(self.memorandum)
        self.lyon.tell(self.accepting(version, "party"))
        memoranda.answer(self.memorandum, version.address, Act.ACCEPT, actor=self.actor())
        return self.memorandum

    def accepting(self, version: Record, role: str = "hosting", **more: Any) -> Any:
        made = self.lyon.signature(version, Act.ACCEPT, role=role, **more)
        return self.lyon.make(Kind.SIGN, version.thread, signatures=(made,))

    def proposed(self) -> Record:
        self.framed()
        assert self.memorandum is not None
        frame = memoranda.in_force_on(self.memorandum, clock.today()).address
        self.thread = proposing.put_forward(draft(self.alba, frame), actor=self.actor())
        return self.version(self.thread)

    def agreed(self) -> Record:
        """An agreement in force."""
        version = self.proposed()
        signing.answer(version.thread, version.address, Act.ACCEPT, actor=self.actor("Alba"))
        self.lyon.tell(self.accepting(version))
        signing.answer(version.thread, version.address, Act.ACCEPT, actor=self.actor())
        return version

    def another(self, n: int) -> Identifier:
        """One more learner, with an agreement in force."""
        self.alba = learner(n, self.actor())
        self.accounts["Alba"] = people.register(email=f"alba{n}@example.org", name="Alba")
        return self.agreed().thread

    def on_and_off(self, thread: Identifier, count: int) -> list[Message]:
        """The arrival, and interruptions with their ends, day after day."""
        self.thread = thread
        verbs = [Verb.START, *([Verb.INTERRUPT, Verb.RESUME] * count)][:count]
        return [
            self.event(
                verb, date(2026, 4, 6) + timedelta(days=n), reason=Reason.ILLNESS if verb is Verb.INTERRUPT else None
            )
            for n, verb in enumerate(verbs)
        ]

    def event(self, verb: Verb, on: date, **more: Any) -> Any:
        assert self.thread is not None
        told = MobilityEvent(
            stay=self.thread, verb=verb, on=on, by=Part.HOSTING, agreement=self.version(self.thread).address, **more
        )
        item = self.lyon.record(told, chance.new_identifier())
        return self.lyon.make(
            Kind.EVENT, self.thread, records=(item,), signatures=(self.lyon.signature(item, Act.ISSUE),)
        )  # fmt: skip


def learner(n: int, bruno: Actor) -> Known:
    return learners.enter(
        Person(names=("Alba",), family_name=f"Rossi {n}", birth_date=date(2006, 7, 1)), actor=bruno,
        qualification=QUALIFICATION, email=f"alba{n}@example.org",
    )  # fmt: skip


def made_world(network: Network) -> World:
    """Institutions, people, a learner, and Lyon confirmed; `network` stands in the place of the way out."""
    office = people.register(email="office@example.org", name="Office")
    people.give_role(office, TURIN, Role.REGISTER_OFFICE)
    for one in INSTITUTIONS:
        if one.id in (TURIN, BODY):
            register.enter(one, actor=people.actor(office.id))
    bruno = people.register(email="bruno@example.org", name="Bruno")
    people.give_role(bruno, TURIN, Role.COORDINATOR)
    qualifications.publish(DRAFT, actor=people.actor(office.id))
    alba = learner(0, people.actor(bruno.id))
    own = people.register(email="alba0@example.org", name="Alba")
    lyon = Partner("https://lyon.example/node", name="Lycée de Lyon", institution=LYON)
    network.join(lyon)
    made = World(network, lyon, {"Office": office, "Bruno": bruno, "Alba": own}, alba)
    given = [each for one in INSTITUTIONS if one.id == LYON for each in one.competences]
    connecting.confirm(lyon.entity, code_between(TURIN, lyon), actor=made.actor("Office"), competences=given)
    return made
