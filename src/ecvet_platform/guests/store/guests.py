"""Rows ↔ guests: the invitation, its link and its code, of which only hashes are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import F, Q

from ecvet.mobility import Role
from ecvet.terms import Identifier
from ecvet_platform.guests.models import GuestRow

MOST_TRIES: Final = 5
"""Wrong codes after which a new code must be sent."""

MOST_MAILS: Final = 10
MAILS_WITHIN: Final = timedelta(days=1)
"""How many e-mails of one invitation are sent within a day: no mailbox is flooded, and no code is found by trying."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody invited without an account. `email` is empty once the invitation is over; `sealed` stays.

    `role` and `task` are a role and a task of an agreement, or those of another room's errand (`actions.errands`).
    """

    id: UUID
    thread: Identifier
    role: str
    task: str
    institution: Identifier
    by: Identifier
    name: str
    email: str
    language: str
    sealed: str
    sent: datetime
    expires: datetime
    checked: datetime | None
    done: datetime | None
    withdrawn: datetime | None

    @property
    def identifier(self) -> Identifier:
        """The name by which records and the journal know the guest."""
        return Identifier(self.id.urn)

    @property
    def over(self) -> bool:
        """Whether the invitation is used up or taken back."""
        return self.done is not None or self.withdrawn is not None


def add(guest: Guest, *, salt: bytes, secret: str) -> None:
    """Keep an invitation with the hash of its link."""
    GuestRow.objects.create(
        id=guest.id, thread=guest.thread, role=guest.role, task=guest.task, institution=guest.institution,
        by=guest.by, name=guest.name, email=guest.email, language=guest.language, salt=salt, sealed=guest.sealed,
        secret=secret, created=guest.sent, sent=guest.sent, expires=guest.expires, mails_since=guest.sent,
    )  # fmt: skip


def one(key: UUID) -> Guest | None:
    """The invitation with this id."""
    return next(map(_guest, GuestRow.objects.filter(id=key)), None)


def behind(secret: str) -> Guest | None:
    """The invitation whose present link has this hash."""
    return next(map(_guest, GuestRow.objects.filter(secret=secret)), None)


def of_thread(thread: Identifier) -> tuple[Guest, ...]:
    """All invitations to a thread, the latest first."""
    return tuple(map(_guest, GuestRow.objects.filter(thread=thread).order_by("-created", "-id")))


def may_mail(key: UUID, *, at: datetime) -> bool:
    """Count one more e-mail; False when there were too many a short while ago."""
    mine = GuestRow.objects.filter(id=key)
    if mine.filter(mails_since__lt=at - MAILS_WITHIN).update(mails=1, mails_since=at):
        return True
    return mine.filter(mails__lt=MOST_MAILS).update(mails=F("mails") + 1) > 0


def renew(key: UUID, *, secret: str, sent: datetime, expires: datetime) -> bool:
    """Another link in place of the one before; False where the invitation is over."""
    open_one = GuestRow.objects.filter(id=key, done=None, withdrawn=None)
    return open_one.update(secret=secret, sent=sent, expires=expires, code="", code_until=None, tries=0) > 0


def set_code(key: UUID, *, code: str, until: datetime) -> None:
    """Keep the hash of a fresh code; the one before is forgotten."""
    GuestRow.objects.filter(id=key).update(code=code, code_until=until, tries=0)


def use_code(key: UUID, *, code: str, at: datetime) -> bool:
    """Use a code up, once; a wrong one is counted, and after too many the code is good for nothing.

    The try is counted before anything is compared, in one statement: who tries many at once gains nothing.
    """
    mine = GuestRow.objects.filter(id=key)
    if not mine.filter(tries__lt=MOST_TRIES, code_until__gt=at).exclude(code="").update(tries=F("tries") + 1):
        return False
    return mine.filter(code=code).update(code="", code_until=None, tries=0, checked=at) > 0


def code_is_open(key: UUID, *, at: datetime) -> bool:
    """Whether a code was sent that could still be used."""
    rows = GuestRow.objects.filter(id=key, tries__lt=MOST_TRIES, code_until__gt=at)
    return rows.exclude(code="").exists()


def end(key: UUID, *, done: datetime | None = None, withdrawn: datetime | None = None) -> bool:
    """The invitation is over, and its address is forgotten; False where it was over already."""
    open_one = GuestRow.objects.filter(id=key, done=None, withdrawn=None)
    return open_one.update(done=done, withdrawn=withdrawn, email="", code="", code_until=None) > 0


def forget(threads: Iterable[Identifier], *, at: datetime) -> None:
    """End what is open on these threads, and forget who was invited as the learner or the guardian, salt and all."""
    rows = GuestRow.objects.filter(thread__in=list(threads))
    rows.filter(done=None, withdrawn=None).update(withdrawn=at)
    rows.update(email="", code="", code_until=None)
    rows.filter(role__in=(Role.LEARNER.value, Role.GUARDIAN.value)).update(name="", salt=b"")


def invited(thread: Identifier, role: str, task: str, email: str) -> bool:
    """Whether this address has an open invitation for the same."""
    same = Q(thread=thread, role=role, task=task, email=email)
    return GuestRow.objects.filter(same, done=None, withdrawn=None).exists()


def _guest(row: GuestRow) -> Guest:
    return Guest(
        id=row.id, thread=Identifier(row.thread), role=row.role, task=row.task,
        institution=Identifier(row.institution), by=Identifier(row.by), name=row.name, email=row.email,
        language=row.language, sealed=row.sealed, sent=row.sent, expires=row.expires, checked=row.checked,
        done=row.done, withdrawn=row.withdrawn,
    )  # fmt: skip
