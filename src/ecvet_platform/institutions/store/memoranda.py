"""Rows ↔ the index of memoranda: whose they are, where they stand, who is waited for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet

from ecvet.partnership import AgreementState, MemorandumOfUnderstanding
from ecvet.record import Address
from ecvet.terms import Identifier
from ecvet_platform.institutions.models import MemorandumPartyRow, MemorandumRow
from ecvet_platform.qualifications.naming import fold, fold_all

_LINE: Final = (
    "thread", "owner", "head", "in_force", "proposed", "state", "valid_from", "valid_until", "changed",
    "respond_by",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a memorandum stands, as the core computed it from its thread."""

    head: Address
    in_force: Address | None
    proposed: Address | None
    state: AgreementState
    waiting: frozenset[Identifier]
    respond_by: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One memorandum as lists show it."""

    thread: Identifier
    owner: Identifier
    head: Address
    in_force: Address | None
    proposed: Address | None
    state: AgreementState
    valid_from: date | None
    valid_until: date | None
    changed: datetime
    respond_by: date | None = None
    parties: tuple[Identifier, ...] = ()


def put(
    thread: Identifier, owner: Identifier, item: MemorandumOfUnderstanding, standing: Standing, *, at: datetime,
    names: Iterable[str], concerned: Iterable[MemorandumOfUnderstanding] = (),
) -> None:  # fmt: skip
    """Write the index of a memorandum anew.

    `item` is the version that speaks for it; those who have a part in one of the versions `concerned` may see it.
    """
    row, _ = MemorandumRow.objects.update_or_create(
        thread=thread,
        defaults={
            "owner": owner, "head": standing.head, "in_force": standing.in_force, "proposed": standing.proposed,
            "state": standing.state.value, "valid_from": item.valid.start if item.valid else None,
            "valid_until": item.valid.end if item.valid else None, "changed": at,
            "respond_by": standing.respond_by,
            "folded": fold_all(item.objectives, *(one.title for one in item.qualifications), *names),
        },
    )  # fmt: skip
    sides = (item, *concerned)
    sign = dict.fromkeys(name for one in sides for name in one.parties)
    covered = dict.fromkeys(other.id for one in sides for other in one.other_actors if other.covered)
    MemorandumPartyRow.objects.filter(memorandum=row).delete()
    MemorandumPartyRow.objects.bulk_create(
        MemorandumPartyRow(memorandum=row, institution=name, signs=name in sign, waiting=name in standing.waiting)
        for name in {**sign, **covered}
    )


def line(thread: Identifier) -> Line | None:
    """One memorandum's line."""
    return next(iter(_lines(MemorandumRow.objects.filter(thread=thread), 1)), None)


def of(
    institution: Identifier, *, search: str = "", after: Identifier | None = None, limit: int = 50
) -> tuple[Line, ...]:  # fmt: skip
    """The memoranda that an institution signs or is covered by, in the order in which they were begun."""
    rows = MemorandumRow.objects.filter(parties__institution=institution)
    if after is not None:
        rows = rows.filter(thread__gt=after)
    for word in fold(search).split():
        rows = rows.filter(folded__contains=word)
    return _lines(rows, limit)


def waits_for(institution: Identifier) -> tuple[Line, ...]:
    """The memoranda that wait for an institution's answer."""
    return _lines(MemorandumRow.objects.filter(parties__institution=institution, parties__waiting=True), 200)


def awaited(*, after: Identifier | None, limit: int) -> tuple[Line, ...]:
    """All memoranda that wait for somebody's answer, in the order in which they were begun, after a cursor."""
    rows = MemorandumRow.objects.exclude(proposed=None).filter(parties__waiting=True, thread__gt=after or "")
    return _lines(rows.distinct(), limit)


def missing(institution: Identifier, *, limit: int = 50) -> tuple[tuple[Identifier, Identifier, date | None], ...]:
    """The memoranda of an institution that others have still to answer: thread, whose answer is missing, by when."""
    mine = MemorandumPartyRow.objects.filter(institution=institution, signs=True).values("memorandum_id")
    rows = MemorandumPartyRow.objects.filter(memorandum_id__in=mine, waiting=True).exclude(institution=institution)
    found = rows.order_by("memorandum", "id").values_list("memorandum", "institution", "memorandum__respond_by")
    return tuple((Identifier(thread), Identifier(who), until) for thread, who, until in found[:limit])


def ready_to_seal(owner: Identifier) -> tuple[Identifier, ...]:
    """The threads of an owner's memoranda that everybody has accepted."""
    rows = MemorandumRow.objects.filter(owner=owner, state=AgreementState.PROPOSED.value)
    rows = rows.exclude(proposed=None).exclude(parties__waiting=True)
    return tuple(Identifier(thread) for thread in rows.order_by("thread").values_list("thread", flat=True))


def is_party(thread: Identifier, institution: Identifier) -> bool:
    """Whether an institution signs a memorandum or is covered by it."""
    return MemorandumPartyRow.objects.filter(memorandum_id=thread, institution=institution).exists()


def between(home: Identifier, hosting: Identifier) -> tuple[Line, ...]:
    """The memoranda with a version in force to which both institutions belong."""
    rows = MemorandumRow.objects.exclude(in_force=None)
    for institution in (home, hosting):
        rows = rows.filter(parties__institution=institution)
    return _lines(rows, 50)


def _lines(rows: "QuerySet[MemorandumRow]", limit: int) -> tuple[Line, ...]:
    found = list(rows.order_by("thread").values(*_LINE)[:limit])
    parties: dict[str, list[Identifier]] = {}
    places = MemorandumPartyRow.objects.filter(memorandum_id__in=[row["thread"] for row in found], signs=True).order_by(
        "id"
    )
    for thread, institution in places.values_list("memorandum_id", "institution"):
        parties.setdefault(thread, []).append(Identifier(institution))
    return tuple(Line(**row | {"state": AgreementState(row["state"]), "parties": tuple(parties.get(row["thread"], ()))})
                 for row in found)  # fmt: skip
