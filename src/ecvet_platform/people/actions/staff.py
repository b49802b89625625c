"""Staff access: an operator of the server looks at what an institution sees, with a reason, for a limited time.

Nothing can be changed while it lasts (`shell.proving`); every look at a learner is noted with its reason, and she reads
it. Who operates the server is said on its command line and nowhere else.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from ecvet.terms import Failure, Identifier, Success
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people import store
from ecvet_platform.people.actions import self_of
from ecvet_platform.people.errors import NotAnOperator, ProofNeeded, StaffReasonMissing
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.people.store import Account, sittings
from ecvet_platform.people.store.sittings import Access

MINUTES: Final = (15, 30, 60)
ROLES: Final = frozenset({Role.COORDINATOR, Role.COMPETENT_INSTITUTION})
"""What staff see: what coordinator and officer of the institution see."""

SHORTEST_REASON: Final = 10


def may_look(person: Account, *, proved: datetime | None) -> Success | Failure:
    """Whether somebody may look as staff: an operator, in a session with a second factor."""
    if not person.is_operator:
        return Failure(NotAnOperator())
    return Success() if proved is not None else Failure(ProofNeeded())


@transaction.atomic
def begin(person: Account, institution: Identifier, *, reason: str, minutes: int, proved: datetime | None) -> UUID:
    """Begin to look. Raises `NotAnOperator`, `ProofNeeded`, `StaffReasonMissing`."""
    allowed = may_look(person, proved=proved)
    if isinstance(allowed, Failure):
        raise allowed.reason
    if len(reason.strip()) < SHORTEST_REASON:
        raise StaffReasonMissing()
    at, lasting = clock.now(), timedelta(minutes=min(minutes, MINUTES[-1]))
    key = sittings.add_access(person.id, institution, reason=reason.strip()[:500], began=at, until=at + lasting)
    detail = {"access": str(key), "minutes": lasting // timedelta(minutes=1)}
    journal.write("staff.begin", by=self_of(person), subject=institution, detail=detail)
    return key


@transaction.atomic
def end(key: UUID) -> None:
    """End a look before its time."""
    found = sittings.access(key)
    if found is not None and sittings.end_access(key, at=clock.now()):
        person = store.account(found.person)
        if person is not None:
            journal.write(
                "staff.end", by=self_of(person), subject=found.institution, detail={"access": str(key)}
            )  # fmt: skip


def running(key: UUID, person: UUID) -> Access | None:
    """The staff access of a person, if it runs now."""
    found = sittings.access(key)
    if found is None or found.person != person or found.ended or not found.covers(clock.now()):
        return None
    return found


def acting(person: Account, access: Access) -> Actor:
    """The operator as the pages see her while she looks."""
    return Actor(person=person.identifier, name=person.name, institution=access.institution, roles=ROLES)


def to(institution: Identifier) -> tuple[Access, ...]:
    """Who looked as staff at what an institution sees, the latest first."""
    return sittings.accesses_to(institution)


def reason_for(looks: Iterable[tuple[Identifier | None, Identifier | None, datetime]]) -> list[str]:
    """For each look (person, institution, time) the reason of the staff access in which it fell; empty for others."""
    wanted = list(looks)
    named = {person for person, _, _ in wanted if person and person.startswith("urn:uuid:")}
    known = {one: UUID(one) for one in named}
    accesses = sittings.accesses_of(known.values()) if known else ()
    return [
        next(
            (one.reason for one in accesses
             if person and one.person == known.get(person) and one.institution == where and one.covers(at)),
            "",
        )
        for person, where, at in wanted
    ]  # fmt: skip


@transaction.atomic
def set_operator(person: Account, on: bool) -> None:
    """Say on the command line of the server who operates it."""
    if store.set_operator(person.id, on):
        verb = "staff.make-operator" if on else "staff.unmake-operator"
        journal.write(verb, by=self_of(person), subject=person.identifier)
