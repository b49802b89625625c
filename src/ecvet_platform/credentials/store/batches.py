"""Rows ↔ runs that issue many credentials."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ecvet.record import Address
from ecvet.terms import Identifier
from ecvet_platform.credentials.models import BatchRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Decisions of an institution: of one kind or both, about a qualification or all, made within days."""

    kind: str = ""
    qualification: Identifier | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A decision of which no credential could be issued, and why."""

    decision: Address
    code: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A run: for what, by whom, how far it came. `after` is the number of the last decision looked at."""

    id: UUID
    institution: Identifier
    person: Identifier
    name: str
    selection: Selection
    begun: datetime
    after: int
    issued: int
    refused: tuple[Refused, ...]
    done: bool


def begin(institution: Identifier, person: Identifier, name: str, selection: Selection, at: datetime) -> Batch:
    """Keep a new run."""
    return _batch(
        BatchRow.objects.create(
            institution=institution,
            person=person,
            name=name,
            kind=selection.kind,
            qualification=selection.qualification,
            since=selection.since,
            until=selection.until,
            begun=at,
        )
    )


def one(key: UUID) -> Batch | None:
    """The run with this id."""
    return next(map(_batch, BatchRow.objects.filter(id=key)), None)


def hold(key: UUID) -> Batch | None:
    """The run with this id, held until the transaction ends: one process works at it at a time."""
    return next(map(_batch, BatchRow.objects.select_for_update().filter(id=key)), None)


def of_institution(institution: Identifier, limit: int = 20) -> tuple[Batch, ...]:
    """The runs of an institution, the latest first."""
    return tuple(map(_batch, BatchRow.objects.filter(institution=institution).order_by("-begun", "-id")[:limit]))


def unfinished() -> tuple[UUID, ...]:
    """The runs that are not done, the first one first."""
    return tuple(BatchRow.objects.filter(done=False).order_by("begun", "id").values_list("id", flat=True))


def note(batch: Batch, *, after: int, issued: int, refused: tuple[Refused, ...], done: bool) -> None:
    """Note how far a run came."""
    listed = [[one.decision, one.code, one.why] for one in (*batch.refused, *refused)]
    BatchRow.objects.filter(id=batch.id).update(after=after, issued=batch.issued + issued, refused=listed, done=done)


def _batch(row: BatchRow) -> Batch:
    return Batch(
        id=row.id, institution=Identifier(row.institution), person=Identifier(row.person), name=row.name,
        selection=Selection(
            kind=row.kind, qualification=Identifier(row.qualification) if row.qualification else None,
            since=row.since, until=row.until,
        ),
        begun=row.begun, after=row.after, issued=row.issued, done=row.done,
        refused=tuple(Refused(Address(decision), code, why) for decision, code, why in row.refused),
    )  # fmt: skip
