"""Rows ↔ what surrounds signing in: sessions that run, failures in a row, staff access, what institutions demand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from uuid import UUID

from django.conf import settings
from django.db.models import F

from ecvet.terms import Identifier
from ecvet_platform.people.models import Attempt, Demand, SessionRow, StaffAccess
from ecvet_platform.people.proof import Try
from ecvet_platform.people.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A session that runs. `by` is the way in which it was begun, `seen` the last use, to ten minutes."""

    id: UUID
    person: UUID
    key: str
    by: str
    device: str
    since: datetime
    seen: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """An operator's look at what an institution sees, with its reason and its time."""

    id: UUID
    person: UUID
    name: str
    institution: Identifier
    reason: str
    began: datetime
    until: datetime
    ended: datetime | None

    def covers(self, at: datetime) -> bool:
        """Whether it ran at a time."""
        return self.began <= at <= min(self.until, self.ended or self.until)


# ------------------------------------------------------------- sessions
def add_sitting(person: UUID, key: str, *, by: str, device: str, at: datetime) -> None:
    """Remember a session that begins, and forget those whose time is over."""
    SessionRow.objects.filter(since__lt=at - timedelta(hours=settings.SESSION_HOURS)).delete()
    SessionRow.objects.update_or_create(
        key=key, defaults={"user_id": person, "by": by, "device": device, "since": at, "seen": at}
    )


def sittings(person: UUID, *, at: datetime) -> tuple[Sitting, ...]:
    """The sessions of a person that run, the latest used first."""
    rows = SessionRow.objects.filter(user_id=person, since__gt=at - timedelta(hours=settings.SESSION_HOURS))
    return tuple(
        Sitting(id=one.id, person=one.user_id, key=one.key, by=one.by, device=one.device, since=one.since,
                seen=one.seen)
        for one in rows.order_by("-seen", "-id")
    )  # fmt: skip


def touch_sitting(key: str, *, at: datetime) -> None:
    """Remember that a session was used."""
    SessionRow.objects.filter(key=key).update(seen=at)


def rename_sitting(before: str, key: str) -> None:
    """A session goes on under a new key."""
    SessionRow.objects.filter(key=before).update(key=key)


def remove_sitting(key: str) -> None:
    """Forget a session that has ended."""
    SessionRow.objects.filter(key=key).delete()


def end_sittings(person: UUID, *, but: str = "", only: UUID | None = None) -> int:
    """End the sessions of a person wherever they run, but for the one with a key; how many there were."""
    rows = SessionRow.objects.filter(user_id=person).exclude(key=but)
    if only is not None:
        rows = rows.filter(id=only)
    keys = list(rows.values_list("key", flat=True))
    sessions = import_module(settings.SESSION_ENGINE).SessionStore
    for key in keys:
        sessions(key).delete()
    rows.delete()
    return len(keys)


# ------------------------------------------------------------- failures in a row
def tries(whos: Iterable[str]) -> tuple[Try, ...]:
    """The failures in a row of accounts and addresses by their hashes."""
    rows = Attempt.objects.filter(who__in=list(whos))
    return tuple(Try(failures=one.failures, last=one.last, until=one.until) for one in rows)


def count_failure(who: str, *, at: datetime, fresh: datetime) -> int:
    """Count one more failure and say how many there are; what was before `fresh` is forgotten."""
    Attempt.objects.filter(last__lt=fresh).delete()
    Attempt.objects.get_or_create(who=who, defaults={"last": at})
    Attempt.objects.filter(who=who).update(failures=F("failures") + 1, last=at)
    return Attempt.objects.values_list("failures", flat=True).get(who=who)


def lock(who: str, until: datetime | None) -> None:
    """Let nothing be tried until then."""
    Attempt.objects.filter(who=who).update(until=until)


def clear_failures(who: str) -> None:
    """Begin to count anew."""
    Attempt.objects.filter(who=who).delete()


# ------------------------------------------------------------- staff access
def add_access(person: UUID, institution: Identifier, *, reason: str, began: datetime, until: datetime) -> UUID:
    """Remember that an operator begins to look."""
    row = StaffAccess.objects.create(user_id=person, institution=institution, reason=reason, began=began, until=until)
    return UUID(str(row.id))


def end_access(key: UUID, *, at: datetime) -> bool:
    """The look is over; False where it was already."""
    return StaffAccess.objects.filter(id=key, ended=None, until__gt=at).update(ended=at) > 0


def access(key: UUID) -> Access | None:
    """One staff access."""
    return next(iter(_accesses(id=key)), None)


def accesses_to(institution: Identifier, *, limit: int = 20) -> tuple[Access, ...]:
    """Who looked as staff at an institution, the latest first."""
    return _accesses(institution=institution)[:limit]


def accesses_of(people: Iterable[UUID]) -> tuple[Access, ...]:
    """The staff accesses of people."""
    return _accesses(user_id__in=list(people))


def _accesses(**those: object) -> tuple[Access, ...]:
    rows = StaffAccess.objects.filter(**those).select_related("user").order_by("-began", "-id")
    return tuple(
        Access(
            id=one.id, person=one.user_id, name=one.user.name, institution=Identifier(one.institution),
            reason=one.reason, began=one.began, until=one.until, ended=one.ended,
        )
        for one in rows
    )  # fmt: skip


# ------------------------------------------------------------- what institutions demand
def demanded(institution: Identifier) -> frozenset[Role]:
    """The roles for which an institution demands a second factor."""
    return frozenset(map(Role, Demand.objects.filter(institution=institution).values_list("role", flat=True)))


def demand(institution: Identifier, roles: Iterable[Role]) -> None:
    """The roles for which an institution demands a second factor from now on."""
    wanted = {role.value for role in roles}
    Demand.objects.filter(institution=institution).exclude(role__in=wanted).delete()
    for role in sorted(wanted):
        Demand.objects.get_or_create(institution=institution, role=role)
