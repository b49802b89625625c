"""Sessions that run: where a person is signed in, and ending them from elsewhere; links by e-mail on and off."""

from uuid import UUID

from django.db import transaction

from ecvet.terms import require
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people import proof, store
from ecvet_platform.people.actions import notices, self_of
from ecvet_platform.people.store import Account, proofs, sittings
from ecvet_platform.people.store.sittings import Sitting


def began(person: Account, key: str, *, by: str, device: str) -> None:
    """A session has begun."""
    sittings.add_sitting(person.id, key, by=by, device=device, at=clock.now())


def used(key: str) -> None:
    """A session is used; asked at most every few minutes."""
    sittings.touch_sitting(key, at=clock.now())


def ended(key: str) -> None:
    """A session has ended by itself."""
    sittings.remove_sitting(key)


def moved(before: str, key: str) -> None:
    """A session goes on under a new key."""
    sittings.rename_sitting(before, key)


def running(person: Account) -> tuple[Sitting, ...]:
    """Where a person is signed in, the latest used first."""
    return sittings.sittings(person.id, at=clock.now())


@transaction.atomic
def end(person: Account, *, but: str, only: UUID | None = None) -> int:
    """End a person's sessions elsewhere, all or one, but for the one she is in; how many they were."""
    count = sittings.end_sittings(person.id, but=but, only=only)
    if count:
        detail = {"because": "asked elsewhere", "sessions": count}
        journal.write("person.sign-out", by=self_of(person), subject=person.identifier, detail=detail)
    return count


@transaction.atomic
def switch_email(person: Account, on: bool) -> None:
    """Have links sent, or no longer. Raises `LastWayIn`."""
    if not on:
        require(proof.may_do_without_email(proofs.ways(person.id)))
        notices.changed(person, notices.EMAIL_OFF)
    store.set_by_email(person.id, on)
    verb = "person.links-on" if on else "person.links-off"
    journal.write(verb, by=self_of(person), subject=person.identifier)
