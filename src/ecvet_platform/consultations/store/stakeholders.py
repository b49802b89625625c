"""Rows ↔ those who are asked, and what they said."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from ecvet.qualification.consultation import Group, Response, View
from ecvet.record import canonical, plain, value
from ecvet.terms import Country, Identifier
from ecvet_platform.consultations.models import StakeholderRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakeholder:
    """Somebody who is asked: with an account (`account`) or as a guest (`guest`). `response` names the answer."""

    id: UUID
    response: UUID
    consultation: UUID
    name: str
    organisation: str
    group: Group
    country: Country
    language: str
    account: str
    guest: UUID | None
    invited: datetime
    reminded: datetime | None = None
    anonymous: bool = False
    views: tuple[View, ...] = ()
    saved: datetime | None = None
    submitted: datetime | None = None
    withdrawn: datetime | None = None

    @property
    def answer(self) -> Response:
        """What was said, as it is counted."""
        return Response(
            id=str(self.response), group=self.group, country=self.country, views=self.views, anonymous=self.anonymous,
            name="" if self.anonymous else (self.organisation or self.name),
        )  # fmt: skip


def add(item: Stakeholder) -> None:
    """Keep somebody who is asked."""
    StakeholderRow.objects.create(
        id=item.id, response=item.response, consultation_id=item.consultation, name=item.name,
        organisation=item.organisation, group=item.group.value, country=item.country, language=item.language,
        account=item.account, guest=item.guest, invited=item.invited,
    )  # fmt: skip


def of_consultation(consultation: UUID) -> tuple[Stakeholder, ...]:
    """All who are asked, by country, group and name; those whose invitation was withdrawn are not."""
    rows = StakeholderRow.objects.filter(consultation_id=consultation, withdrawn=None)
    return tuple(map(_stakeholder, rows.order_by("country", "group", "name", "id")))


def responses(consultation: UUID) -> tuple[Response, ...]:
    """The answers that were submitted, in an order that follows from nothing that was said or when."""
    rows = StakeholderRow.objects.filter(consultation_id=consultation, withdrawn=None).exclude(submitted=None)
    return tuple(_stakeholder(row).answer for row in rows.order_by("response"))


def one(key: UUID) -> Stakeholder | None:
    """Somebody who is asked."""
    return next(map(_stakeholder, StakeholderRow.objects.filter(id=key)), None)


def as_guest(guest: UUID) -> Stakeholder | None:
    """Who came in by this invitation."""
    return next(map(_stakeholder, StakeholderRow.objects.filter(guest=guest, withdrawn=None)), None)


def as_member(consultation: UUID, account: Identifier) -> Stakeholder | None:
    """Who is asked with this account."""
    rows = StakeholderRow.objects.filter(consultation_id=consultation, account=account, withdrawn=None)
    return next(map(_stakeholder, rows), None)


def of_account(account: Identifier) -> tuple[Stakeholder, ...]:
    """Everything that somebody with an account is asked, the latest first."""
    rows = StakeholderRow.objects.filter(account=account, withdrawn=None).order_by("-invited", "-id")
    return tuple(map(_stakeholder, rows))


def numbers(consultations: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """By consultation, how many are invited and how many have submitted."""
    rows = StakeholderRow.objects.filter(consultation_id__in=list(consultations), withdrawn=None)
    found = rows.values("consultation_id").annotate(all=Count("id"), done=Count("id", filter=~Q(submitted=None)))
    return {one["consultation_id"]: (one["all"], one["done"]) for one in found}


def keep_views(key: UUID, views: Iterable[View], *, at: datetime) -> None:
    """Keep what somebody says."""
    text = canonical([plain(one) for one in views]).decode()
    StakeholderRow.objects.filter(id=key).update(views=text, saved=at)


def submit(key: UUID, *, anonymous: bool, at: datetime) -> None:
    """Count the answer from now on; the first day of it stays."""
    StakeholderRow.objects.filter(id=key).update(anonymous=anonymous)
    StakeholderRow.objects.filter(id=key, submitted=None).update(submitted=at)


def note_reminder(key: UUID, *, at: datetime) -> None:
    """Note that somebody was reminded."""
    StakeholderRow.objects.filter(id=key).update(reminded=at)


def withdraw(key: UUID, *, at: datetime) -> None:
    """Take an invitation back, with everything that was said; name and answer are forgotten."""
    StakeholderRow.objects.filter(id=key).update(withdrawn=at, name="", organisation="", views="[]", account="")


def _stakeholder(row: StakeholderRow) -> Stakeholder:
    return Stakeholder(
        id=row.id, response=row.response, consultation=row.consultation_id, name=row.name,
        organisation=row.organisation, group=Group(row.group), country=Country(row.country), language=row.language,
        account=row.account, guest=row.guest, invited=row.invited, reminded=row.reminded, anonymous=row.anonymous,
        views=tuple(value(View, one, path="views") for one in json.loads(row.views)), saved=row.saved,
        submitted=row.submitted, withdrawn=row.withdrawn,
    )  # fmt: skip
