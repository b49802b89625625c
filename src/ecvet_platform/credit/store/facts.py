"""Keeping the records of this room in the journal, signed where they travel, and finding them again by their index."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

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


PAGE: Final = 500
"""How many records of an institution are read at once; who goes on reads the next."""


def latest_of_institution(institution: Identifier, *kinds: str, limit: int) -> tuple[Fact, ...]:
    """The records that an institution made last, the latest first."""
    return _facts(FactRow.objects.filter(institution=institution, kind__in=kinds).order_by("-number")[:limit])


def pages_of_institution(
    institution: Identifier, *kinds: str, qualification: Identifier | None = None, since: date | None = None,
    until: date | None = None, after: int = 0, latest_first: bool = False,
) -> Iterator[tuple[tuple[int, Fact], ...]]:  # fmt: skip
    """All records that an institution made, page by page, each with its number; of a qualification, within days.

    From a number on, the first one first; or the latest first.
    """
    rows = FactRow.objects.filter(institution=institution, kind__in=kinds, number__gt=after)
    if qualification is not None:
        rows = rows.filter(qualification=qualification)
    if since is not None:
        rows = rows.filter(on__gte=since)
    if until is not None:
        rows = rows.filter(on__lte=until)
    ordered = rows.order_by("-number" if latest_first else "number").values("number", *_MEMBERS)
    page = list(ordered[:PAGE])
    while page:
        numbers = [row.pop("number") for row in page]
        yield tuple((number, Fact(**row)) for number, row in zip(numbers, page, strict=True))
        beyond = {"number__lt" if latest_first else "number__gt": numbers[-1]}
        page = list(ordered.filter(**beyond)[:PAGE]) if len(page) == PAGE else []


def decided_again(institution: Identifier, kind: str) -> tuple[Fact, ...]:
    """The records of a kind about units of learners about which the institution made several, the first one first."""
    same = FactRow.objects.filter(
        institution=institution, kind=kind, learner=OuterRef("learner"), unit=OuterRef("unit")
    ).exclude(number=OuterRef("number"))
    return _facts(FactRow.objects.filter(Exists(same), institution=institution, kind=kind).order_by("number"))


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
