"""What a person chose: how to be told, and the link to her calendar. What was told is shown to nobody else."""

import hashlib

from django.db import transaction

from ecvet.terms import Identifier
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.notices.errors import CalendarUnknown, RhythmUnknown
from ecvet_platform.notices.store import calendars
from ecvet_platform.notices.store import notices as store
from ecvet_platform.notices.store.calendars import Link as Link
from ecvet_platform.notices.store.notices import Notice as Notice
from ecvet_platform.notices.words import Rhythm
from ecvet_platform.people import store as accounts
from ecvet_platform.people.roles import Actor


def mine(actor: Actor, *, limit: int = 50) -> tuple[Notice, ...]:
    """What the actor was told, the latest first."""
    return store.of_person(actor.person, limit=limit)


def rhythm(actor: Actor) -> Rhythm:
    """How the actor is told."""
    return Rhythm(store.rhythm(actor.person) or Rhythm.AT_ONCE)


def choose(chosen: str, *, actor: Actor) -> None:
    """Be told in another way from now on. Raises `RhythmUnknown`."""
    if chosen not in tuple(Rhythm):
        raise RhythmUnknown(rhythm=chosen[:20], known=", ".join(Rhythm))
    store.choose(actor.person, chosen)


# ------------------------------------------------------------- the calendar
def calendar(actor: Actor) -> Link | None:
    """The link to the actor's calendar, if there is one; its secret is known to nobody but who made it."""
    return calendars.open_one(actor.person)


@transaction.atomic
def open_calendar(actor: Actor) -> str:
    """Make a new link to the actor's calendar, and end the one before; its secret, which is not kept."""
    secret = chance.token()
    calendars.end_all(actor.person, at=clock.now())
    calendars.add(_hash(secret), actor.person, at=clock.now())
    journal.write("calendar.open", by=actor, subject=actor.person)
    return secret


@transaction.atomic
def end_calendar(actor: Actor) -> None:
    """End the link; whoever has it sees nothing more."""
    if calendars.end_all(actor.person, at=clock.now()):
        journal.write("calendar.end", by=actor, subject=actor.person)


def reader(secret: str) -> Identifier:
    """Whose calendar a link leads to. Raises `CalendarUnknown`, also where the account is closed."""
    found = calendars.whose(_hash(secret))
    if found is None or accounts.id_of(found) is None:
        raise CalendarUnknown()
    return found


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
