"""Keeping the records of this room in the journal, signed where they travel, and finding them again by their index."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet

from ecvet.record import Address, Record
from ecvet.terms import Identifier
from ecvet_platform.credit.models import FactRow
from ecvet_platform.journal import store as journal


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A record by its address: its kind, whom and what it is about, and which record it `follows`.

    What a decision means for figures: `days` since the transcript where it is the first about its unit, units
    `granted`, codes of its `reasons`.
    """

    address: Address
    kind: str
    learner: Identifier
    institution: Identifier
    basis: Identifier | None = None
    unit: Identifier | None = None
    qualification: Identifier | None = None
    follows: Address | None = None
    on: date
    at: datetime
    days: int | None = None
    granted: int = 0
    reasons: str = ""


_MEMBERS: Final = tuple(Fact.__slots__)


def keep(item: Record, fact: Fact) -> Address:
    """Keep a record in the journal, and its place in the index."""
    address = journal.keep(item)
    FactRow.objects.create(**{name: getattr(fact, name) for name in _MEMBERS})
    return address


def one(address: Address) -> Fact | None:
    """The record at an address, if it is of this room."""
    return next(iter(_facts(FactRow.objects.filter(address=address))), None)


def of_basis(basis: Identifier, *kinds: str) -> tuple[Fact, ...]:
    """The records of an agreement or a portfolio, the first one first."""
    return _facts(_of(FactRow.objects.filter(basis=basis), kinds))


def of_learner(learner: Identifier, *kinds: str) -> tuple[Fact, ...]:
    """A learner's records, the first one first."""
    return _facts(_of(FactRow.objects.filter(learner=learner), kinds))


def of_institution(institution: Identifier, *kinds: str, limit: int = 500) -> tuple[Fact, ...]:
    """The records that an institution made, the first one first."""
    return _facts(_of(FactRow.objects.filter(institution=institution), kinds)[:limit])


def some_of_institution(
    institution: Identifier, *kinds: str, qualification: Identifier | None = None, since: date | None = None,
    until: date | None = None, after: int = 0, limit: int,
) -> tuple[tuple[int, Fact], ...]:  # fmt: skip
    """Records that an institution made, each with its number, from a number on; of a qualification, within days."""
    rows = _of(FactRow.objects.filter(institution=institution, number__gt=after), kinds)
    if qualification is not None:
        rows = rows.filter(qualification=qualification)
    if since is not None:
        rows = rows.filter(on__gte=since)
    if until is not None:
        rows = rows.filter(on__lte=until)
    return tuple((row.pop("number"), Fact(**row)) for row in rows.values("number", *_MEMBERS)[:limit])


def qualifications_of(institution: Identifier, *kinds: str) -> tuple[Identifier, ...]:
    """The qualifications about which an institution made such records."""
    rows = FactRow.objects.filter(institution=institution, kind__in=kinds).exclude(qualification=None)
    found = rows.order_by("qualification").values_list("qualification", flat=True).distinct()
    return tuple(Identifier(one) for one in found if one)


def following(address: Address, *kinds: str) -> tuple[Fact, ...]:
    """The records that follow directly from one, the first one first."""
    return _facts(_of(FactRow.objects.filter(follows=address), kinds))


def _of(rows: QuerySet[FactRow], kinds: tuple[str, ...]) -> QuerySet[FactRow]:
    return (rows.filter(kind__in=kinds) if kinds else rows).order_by("number")


def _facts(rows: QuerySet[FactRow]) -> tuple[Fact, ...]:
    return tuple(Fact(**row) for row in rows.values(*_MEMBERS))
