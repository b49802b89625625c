"""What waits for a person: each room gives one function, listed here, nothing is found by magic."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from ecvet_platform.consultations.waiting import waiting as consultations
from ecvet_platform.credit.waiting import waiting as credit
from ecvet_platform.dossier.waiting import waiting as erasures
from ecvet_platform.guests.waiting import waiting as papers
from ecvet_platform.institutions.waiting import waiting as memoranda
from ecvet_platform.mobility.waiting import waiting as mobility
from ecvet_platform.people.doors import Waiting
from ecvet_platform.people.roles import Actor

Provider = Callable[[Actor, date], Iterable[Waiting]]
"""Given who asks and the day, what waits for them. Reads only; at most a query or two."""

PROVIDERS: Final[tuple[Provider, ...]] = (memoranda, mobility, credit, papers, consultations, erasures)


def waiting_for(actor: Actor, on: date) -> tuple[Waiting, ...]:
    """Everything that waits for a person: what has a day first, the earliest first."""
    found = [item for provider in PROVIDERS for item in provider(actor, on)]
    return tuple(sorted(found, key=lambda item: (item.until is None, item.until or on)))
