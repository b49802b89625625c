"""Rows ↔ the core's ledger of a learner: entries are added, never changed; each outcome stands booked at most once."""

from django.db import IntegrityError, transaction

from ecvet.credit.decision_errors import AlreadyBooked
from ecvet.credit.ledger import Entry, EntryKind, Ledger
from ecvet.record import Address
from ecvet.terms import Identifier, Points
from ecvet_platform.credit.models import BookedOutcomeRow, BookingRow


def of_learner(learner: Identifier) -> Ledger:
    """A learner's ledger."""
    return Ledger(tuple(_entry(row) for row in BookingRow.objects.filter(learner=learner).order_by("number")))


def add(entry: Entry) -> None:
    """Add an entry. Raises `AlreadyBooked` when somebody booked the same at the same time (R-RECOG-8)."""
    try:
        with transaction.atomic():
            BookingRow.objects.create(
                kind=entry.kind.value, learner=entry.learner, unit=entry.unit, qualification=entry.qualification,
                outcomes=sorted(entry.outcomes), points=entry.points.value if entry.points else None,
                system=entry.points.system if entry.points else "", decision=entry.decision, because=entry.because,
                on=entry.on,
            )  # fmt: skip
            if entry.kind is EntryKind.REVERSED:
                BookedOutcomeRow.objects.filter(decision=entry.decision).delete()
            else:
                BookedOutcomeRow.objects.bulk_create(
                    BookedOutcomeRow(
                        learner=entry.learner, qualification=entry.qualification, unit=entry.unit, outcome=outcome,
                        decision=entry.decision,
                    )
                    for outcome in sorted(entry.outcomes)
                )  # fmt: skip
    except IntegrityError as error:
        raise AlreadyBooked(
            unit=entry.unit, qualification=entry.qualification, outcomes=", ".join(sorted(entry.outcomes))
        ) from error


def _entry(row: BookingRow) -> Entry:
    return Entry(
        kind=EntryKind(row.kind), learner=Identifier(row.learner), unit=Identifier(row.unit),
        qualification=Identifier(row.qualification), outcomes=frozenset(row.outcomes),
        points=None if row.points is None else Points(row.points, row.system), decision=Address(row.decision),
        because=Address(row.because), on=row.on,
    )  # fmt: skip
