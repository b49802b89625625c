"""Rows ↔ notices: noted once for each person, claimed for a letter, sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Min, Q, QuerySet

from ecvet.terms import Identifier
from ecvet_platform.notices.models import ChoiceRow, CursorRow, NoticeRow

_MEMBERS: Final = ("person", "entry", "told", "subject", "at", "until", "letter", "tries", "sent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something to be told to a person: which sentence, about which subject, and until when she should act."""

    person: Identifier
    entry: int
    told: str
    subject: Identifier
    at: datetime
    until: date | None = None
    letter: UUID | None = None
    tries: int = 0
    sent: datetime | None = None


# ------------------------------------------------------------- how far the journal was read
def hold_cursor(follower: str) -> int:
    """The last entry that was read; nobody else reads on until this transaction ends."""
    CursorRow.objects.get_or_create(follower=follower, defaults={"n": 0})
    return CursorRow.objects.select_for_update().get(follower=follower).n


def set_cursor(follower: str, n: int) -> None:
    """Note how far the journal was read, in the transaction that notes what was found there."""
    CursorRow.objects.filter(follower=follower).update(n=n)


# ------------------------------------------------------------- to be told
def note(found: Iterable[Notice]) -> int:
    """Keep what is to be told; what is kept of an entry for a person already stays as it is. How many are new."""
    made = 0
    for one in found:
        _, new = NoticeRow.objects.get_or_create(
            person=one.person, entry=one.entry,
            defaults={"told": one.told, "subject": one.subject, "at": one.at, "until": one.until},
        )  # fmt: skip
        made += new
    return made


def of_person(person: Identifier, *, limit: int) -> tuple[Notice, ...]:
    """What was told to a person, the latest first."""
    return tuple(Notice(**row) for row in NoticeRow.objects.filter(person=person).order_by("-entry").values(*_MEMBERS)
                 [:limit])  # fmt: skip


# ------------------------------------------------------------- letters
def ready(*, before: datetime, most_tries: int, limit: int) -> tuple[tuple[Identifier, datetime], ...]:
    """The persons for whom something is to be sent, each with the time of the oldest of it.

    What was claimed after `before` is in somebody's hands.
    """
    rows = _open(before, most_tries).values("person").annotate(first=Min("at")).order_by("first", "person")
    return tuple((Identifier(row["person"]), row["first"]) for row in rows[:limit])


def claim(
    person: Identifier, letter: UUID, *, at: datetime, before: datetime, most_tries: int, limit: int
) -> tuple[Notice, ...]:  # fmt: skip
    """Take what goes into one letter; empty when somebody else was quicker. Inside a transaction.

    A letter that was claimed and never noted as sent keeps its name and its contents: the same is sent again.
    """
    rows = _open(before, most_tries).select_for_update().filter(person=person)
    begun = rows.exclude(letter=None).order_by("entry").values_list("letter", flat=True).first()
    chosen = list(rows.filter(letter=begun).order_by("entry").values_list("id", "tries")[:limit])
    if not chosen:
        return ()
    NoticeRow.objects.filter(id__in=[one for one, _tries in chosen]).update(
        letter=begun or letter, claimed=at, tries=max(tries for _one, tries in chosen) + 1
    )
    found = NoticeRow.objects.filter(id__in=[one for one, _tries in chosen]).order_by("entry")
    return tuple(Notice(**row) for row in found.values(*_MEMBERS))


def sent(letter: UUID, *, at: datetime) -> None:
    """Note that a letter was handed over."""
    NoticeRow.objects.filter(letter=letter).update(sent=at)


def settle(person: Identifier, *, at: datetime) -> int:
    """Note as done what a person does not want by e-mail."""
    return NoticeRow.objects.filter(person=person, sent=None).update(sent=at)


# ------------------------------------------------------------- how a person is told
def rhythm(person: Identifier) -> str | None:
    """What a person has chosen."""
    return ChoiceRow.objects.filter(person=person).values_list("rhythm", flat=True).first()


def choose(person: Identifier, rhythm: str) -> None:
    """Keep what a person has chosen."""
    ChoiceRow.objects.update_or_create(person=person, defaults={"rhythm": rhythm})


def _open(before: datetime, most_tries: int) -> "QuerySet[NoticeRow]":
    return NoticeRow.objects.filter(sent=None, tries__lt=most_tries).filter(Q(claimed=None) | Q(claimed__lt=before))
