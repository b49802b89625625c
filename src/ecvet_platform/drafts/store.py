"""Rows ↔ drafts. A draft may be larger than any record: it holds all its units, which become records of their own."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ecvet.record import canonical, plain, value
from ecvet.terms import Identifier
from ecvet_platform.drafts.models import DraftRow
from ecvet_platform.qualifications.actions import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A draft as it is kept: which institution writes it, and who changed it last (by name) and when."""

    key: UUID
    draft: Draft
    writer: Identifier
    changed: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A draft as lists show it."""

    key: UUID
    title: str
    institution: Identifier
    changed: datetime
    by: str


def keep(item: Kept) -> None:
    """Keep a draft as it is now."""
    text = canonical(plain(item.draft)).decode()
    DraftRow.objects.update_or_create(
        key=item.key,
        defaults={
            "title": str(item.draft.qualification.title), "institution": item.draft.qualification.institution,
            "writer": item.writer, "value": text, "changed": item.changed, "changed_by": item.by,
        },
    )  # fmt: skip


def draft(key: UUID, *, to_change: bool = False) -> Kept | None:
    """A draft; `to_change` makes others wait until this transaction has ended."""
    rows = DraftRow.objects.select_for_update() if to_change else DraftRow.objects.all()
    row = rows.filter(key=key).first()
    if row is None:
        return None
    return Kept(
        key=row.key, draft=value(Draft, json.loads(row.value), path="draft"),
        writer=Identifier(row.writer), changed=row.changed, by=row.changed_by,
    )  # fmt: skip


def lines(institution: Identifier, *, limit: int = 200) -> tuple[Line, ...]:
    """The drafts that an institution writes or is in charge of, the last changed first."""
    rows = DraftRow.objects.filter(Q(writer=institution) | Q(institution=institution)).order_by("-changed")
    found = rows.values_list("key", "title", "institution", "changed", "changed_by")[:limit]
    return tuple(
        Line(key=key, title=title, institution=Identifier(charge), changed=changed, by=by)
        for key, title, charge, changed, by in found
    )


def drop(key: UUID) -> None:
    """Forget a draft."""
    DraftRow.objects.filter(key=key).delete()
