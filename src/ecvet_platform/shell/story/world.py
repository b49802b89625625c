"""Who acts in the story on this platform: accounts, institutions and learners, and what has been told so far."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from ecvet.examples.cast import BRUNO, COLLEGE, FIGURES, GEORG, INSTITUTE, MARCO, CastLearner, Figure
from ecvet.record import Address
from ecvet.terms import Identifier
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import learners
from ecvet_platform.mobility.actions.learners import Known
from ecvet_platform.people import actions as people
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.people.store import Account

_ACTS_FOR: Final = {MARCO.email: INSTITUTE.id}
"""Marco works in the salon, which is no institution here; what he tells of a stay he tells for the institute."""

_ROLES: Final = frozenset(Role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that was done: the verb, the address of its record, for which institution (or by which person) and by
    whom, on which day, and one telling fact. All of it is read from what the platform answered."""

    verb: str
    record: Address
    by: Identifier
    who: str
    on: date
    what: str


@dataclass(slots=True)
class World:
    """The people of the story as this platform knows them. `told` are the steps of each learner, by first name."""

    told: dict[str, list[Step]] = field(default_factory=lambda: defaultdict(list))
    credentials: dict[Address, bytes] = field(default_factory=dict)
    memorandum: Address | None = None
    _known: dict[str, Identifier] = field(default_factory=dict)

    def arrive(self) -> None:
        """Make the accounts of all who act, with their roles."""
        for figure in FIGURES:
            made = account(figure)
            for role in _ROLES.intersection(figure.roles):
                people.give_role(made, _ACTS_FOR.get(figure.email, figure.institution), Role(role))

    def actor(self, figure: Figure) -> Actor:
        """Somebody, acting."""
        return people.actor(account(figure).id)

    def learner(self, who: CastLearner) -> Known:
        """A learner as the home institution keeps one; entered by its coordinator when first asked for."""
        keeper = self.actor(BRUNO if who.home == COLLEGE.id else GEORG)
        name = self._known.get(who.figure.email)
        if name is not None:
            return learners.learner(name, actor=keeper).learner
        person, adult = who.learner.person, who.guardian
        assert person is not None
        made = learners.enter(
            person, actor=keeper, qualification=who.follows, since=who.since, email=who.figure.email,
            guardian=adult.name if adult else "", guardian_email=adult.email if adult else "",
        )  # fmt: skip
        self._known[who.figure.email] = made.id
        return made

    def tell(self, who: CastLearner, verb: str, record: Address, actor: Actor, what: str) -> None:
        """Note a step of a learner's story."""
        speaks = actor.institution if actor.roles - {Role.LEARNER} else None
        name = f"{actor.name}, {register.names([speaks])[speaks]}" if speaks else actor.name
        self.told[who.figure.name.split()[0]].append(
            Step(verb=verb, record=record, by=speaks or actor.person, who=name, on=clock.today(), what=what)
        )


def account(figure: Figure) -> Account:
    """The account of a figure, made when there is none."""
    return people.register(email=figure.email, name=figure.name)
