"""What waits for a person: each room gives one function, listed here, nothing is found by magic."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecvet_platform.consultations.waiting import waiting as consultations
from ecvet_platform.credit.waiting import waiting as credit
from ecvet_platform.dossier.waiting import waiting as erasures
from ecvet_platform.federation.waiting import waiting as network
from ecvet_platform.guests.waiting import waiting as papers
from ecvet_platform.institutions.waiting import waiting as memoranda
from ecvet_platform.mobility.waiting import waiting as mobility
from ecvet_platform.people.doors import Waiting
from ecvet_platform.people.roles import Actor, Role, has_one_of
from ecvet_platform.shell.underway import UnderWay

Provider = Callable[[Actor, date], Iterable[Waiting]]
"""Given who asks and the day, what waits for them. Reads only; at most a query or two."""

PROVIDERS: Final[tuple[Provider, ...]] = (memoranda, mobility, credit, papers, consultations, erasures, network)


@dataclass(frozen=True, slots=True)
class Count:
    """One number of the start page: how many of what."""

    title: str | Promise
    number: int
    urgent: bool = False


COUNTED: Final[tuple[tuple[str | Promise, frozenset[str]], ...]] = (
    (_("To sign"), frozenset({"sign", "seal"})),
    (_("To assess"), frozenset({"assess", "transfer", "correct"})),
    (_("To validate"), frozenset({"validate"})),
    (_("To decide"), frozenset({"recognise", "change"})),
)
"""The numbers of what waits, by the kinds of step."""

COUNTING: Final = (Role.COORDINATOR, Role.COMPETENT_INSTITUTION, Role.ASSESSOR)
"""Who has so much work that numbers help; learners and guardians see the things themselves."""


def waiting_for(actor: Actor, on: date) -> tuple[Waiting, ...]:
    """Everything that waits for a person: what is overdue first, then what has a day, the earliest first."""
    found = [item for provider in PROVIDERS for item in provider(actor, on)]
    return tuple(sorted(found, key=lambda item: (item.until is None, item.until or on)))


def counts(actor: Actor, waiting: tuple[Waiting, ...], others: tuple[UnderWay, ...], on: date) -> tuple[Count, ...]:
    """The numbers above the list, for those who have one: what waits by kind of step, what is under way, overdue.

    `others` are all lines of what waits for others. What the actor never has to do is not counted.
    """
    if not has_one_of(actor, *COUNTING):
        return ()
    found = [Count(title, sum(item.step in steps for item in waiting)) for title, steps in COUNTED]
    days = (*(item.until for item in waiting), *(item.until for item in others))
    late = [day for day in days if day is not None and day < on]
    if not waiting and not others:
        return ()
    return (
        *(one for one in found if one.number),
        Count(_("Under way with others"), len(others)),
        Count(_("Overdue"), len(late), urgent=bool(late)),
    )
