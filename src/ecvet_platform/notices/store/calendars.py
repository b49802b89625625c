"""Rows ↔ links to calendars."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ecvet.terms import Identifier
from ecvet_platform.notices.models import CalendarRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link to a person's calendar that was not ended."""

    id: UUID
    person: Identifier
    created: datetime


def add(digest: str, person: Identifier, *, at: datetime) -> None:
    """Keep a link by the hash of its secret."""
    CalendarRow.objects.create(hash=digest, person=person, created=at)


def end_all(person: Identifier, *, at: datetime) -> int:
    """End a person's links; how many there were."""
    return CalendarRow.objects.filter(person=person, ended=None).update(ended=at)


def open_one(person: Identifier) -> Link | None:
    """A person's link that leads to the calendar now."""
    row = CalendarRow.objects.filter(person=person, ended=None).order_by("-created").first()
    return Link(id=row.id, person=Identifier(row.person), created=row.created) if row else None


def whose(digest: str) -> Identifier | None:
    """To whose calendar the link with this hash leads."""
    found = CalendarRow.objects.filter(hash=digest, ended=None).values_list("person", flat=True).first()
    return Identifier(found) if found else None
