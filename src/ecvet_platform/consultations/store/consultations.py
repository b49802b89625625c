"""Rows ↔ consultations with their snapshot, their replies and their report."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, Q

from ecvet.qualification.consultation import Reply, Round
from ecvet.record import Address, address_of, canonical, plain, value
from ecvet.terms import Identifier, LangString
from ecvet_platform.consultations.models import ConsultationRow, ReplyRow, SnapshotRow
from ecvet_platform.qualifications.actions import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """One round on one text. `institution` asks; `awarding` is in charge of the qualification."""

    id: UUID
    draft: UUID
    qualification: Identifier
    title: LangString
    asked: LangString | None
    institution: Identifier
    awarding: Identifier
    number: int
    snapshot: Address
    minimum: int
    round: Round

    @property
    def thread(self) -> Identifier:
        """The name by which guests and the journal know it."""
        return Identifier(self.id.urn)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A consultation as lists show it."""

    consultation: Consultation
    invited: int
    answered: int


def add(item: Consultation, text: Draft) -> None:
    """Keep a new round, and its text under its hash."""
    data = canonical(plain(text))
    SnapshotRow.objects.get_or_create(address=address_of(data), defaults={"value": data.decode()})
    ConsultationRow.objects.create(
        id=item.id, draft=item.draft, qualification=item.qualification, title=_text(item.title),
        asked=_text(item.asked), institution=item.institution, awarding=item.awarding, number=item.number,
        snapshot_id=item.snapshot, minimum=item.minimum, opened=item.round.opened, deadline=item.round.deadline,
    )  # fmt: skip


def one(key: UUID, *, to_change: bool = False) -> Consultation | None:
    """A consultation; `to_change` makes others wait until this transaction has ended."""
    rows = ConsultationRow.objects.select_for_update() if to_change else ConsultationRow.objects.all()
    return next(map(_consultation, rows.filter(id=key)), None)


def text_of(snapshot: Address) -> Draft:
    """The text that was put to everybody."""
    return value(Draft, json.loads(SnapshotRow.objects.get(address=snapshot).value), path="snapshot")


def of_institution(institution: Identifier, *, limit: int = 200) -> tuple[Consultation, ...]:
    """The consultations of an institution, which asks or is in charge, the latest first."""
    rows = ConsultationRow.objects.filter(Q(institution=institution) | Q(awarding=institution))
    return tuple(map(_consultation, rows.order_by("-opened", "-id")[:limit]))


def open_on(on: date) -> tuple[Consultation, ...]:
    """The rounds that take answers on a day, the one that ends first first."""
    rows = ConsultationRow.objects.filter(closed=None, reported=None, deadline__gte=on).order_by("deadline", "id")
    return tuple(_consultation(row) for row in rows)


def of_draft(draft: UUID) -> tuple[Consultation, ...]:
    """The rounds on a draft, the latest first."""
    return tuple(map(_consultation, ConsultationRow.objects.filter(draft=draft).order_by("-number")))


def of_qualification(name: Identifier) -> tuple[Consultation, ...]:
    """The rounds on a qualification, the latest first."""
    rows = ConsultationRow.objects.filter(qualification=name).order_by("-opened", "-number")
    return tuple(map(_consultation, rows))


def with_ids(keys: Iterable[UUID]) -> dict[UUID, Consultation]:
    """Consultations by their ids."""
    return {row.id: _consultation(row) for row in ConsultationRow.objects.filter(id__in=list(keys))}


def last_number(draft: UUID) -> int:
    """The number of the last round on a draft; 0 before the first."""
    return ConsultationRow.objects.filter(draft=draft).aggregate(last=Max("number"))["last"] or 0


def set_deadline(key: UUID, deadline: date) -> None:
    """Let it last until another day."""
    ConsultationRow.objects.filter(id=key).update(deadline=deadline)


def close(key: UUID, on: date) -> None:
    """Note that it was closed."""
    ConsultationRow.objects.filter(id=key).update(closed=on)


def keep_report(key: UUID, text: str, on: date) -> None:
    """Keep the report as it was made."""
    ConsultationRow.objects.filter(id=key).update(report=text, reported=on)


def report(key: UUID) -> str:
    """The report as it was made; empty before."""
    return next(iter(ConsultationRow.objects.filter(id=key).values_list("report", flat=True)), "")


# ------------------------------------------------------------- replies
def add_reply(key: UUID, consultation: UUID, reply: Reply, *, at: datetime, by: Identifier) -> None:
    """Keep a reply."""
    text = canonical(plain(reply)).decode()
    ReplyRow.objects.create(id=key, consultation_id=consultation, value=text, at=at, by=by)


def replies(consultation: UUID) -> tuple[Reply, ...]:
    """The replies of the office, the first first."""
    found = ReplyRow.objects.filter(consultation_id=consultation).order_by("at", "id").values_list("value", flat=True)
    return tuple(value(Reply, json.loads(text), path="reply") for text in found)


# ------------------------------------------------------------- inside
def _text(item: LangString | None) -> str:
    return "" if item is None else canonical(plain(item)).decode()


def _read(text: str) -> LangString | None:
    return value(LangString, json.loads(text), path="text") if text else None


def _consultation(row: ConsultationRow) -> Consultation:
    title = _read(row.title)
    assert title is not None
    return Consultation(
        id=row.id, draft=row.draft, qualification=Identifier(row.qualification), title=title, asked=_read(row.asked),
        institution=Identifier(row.institution), awarding=Identifier(row.awarding), number=row.number,
        snapshot=Address(row.snapshot_id), minimum=row.minimum,
        round=Round(opened=row.opened, deadline=row.deadline, closed=row.closed, reported=row.reported),
    )  # fmt: skip
