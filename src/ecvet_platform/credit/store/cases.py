"""Rows ↔ values of cases: one unit of one learner on one basis, with its states and latest records."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from ecvet.record import Address
from ecvet.terms import Identifier
from ecvet_platform.credit.models import CaseRow
from ecvet_platform.qualifications.paging import day, key, one_of, page


class Path(StrEnum):
    """How the learner came to the unit: abroad under an agreement, or by other learning with a portfolio."""

    MOBILITY = "mobility"
    PORTFOLIO = "portfolio"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One unit of one learner's qualification on one basis, named by the thread of the agreement or portfolio.

    `hosting` assesses, `home` validates, `body` recognises. The addresses are those of the latest records.
    """

    id: UUID
    basis: Identifier
    path: Path
    learner: Identifier
    unit: Identifier
    qualification: Identifier
    hosting: Identifier
    home: Identifier
    body: Identifier
    result: str
    recognition: str
    assessed: Address | None = None
    transcript: Address | None = None
    validated: Address | None = None
    recognised: Address | None = None
    appealed: Address | None = None
    due: date | None = None
    changed: datetime


_MEMBERS: Final = tuple(Case.__slots__)


def open_case(
    *, basis: Identifier, path: Path, learner: Identifier, unit: Identifier, qualification: Identifier,
    hosting: Identifier, home: Identifier, body: Identifier, result: str, recognition: str, due: date | None,
    at: datetime,
) -> Case:  # fmt: skip
    """The case of a unit on a basis, begun when there is none yet."""
    row, _ = CaseRow.objects.get_or_create(
        basis=basis, unit=unit, qualification=qualification,
        defaults={
            "path": path.value, "learner": learner, "hosting": hosting, "home": home, "body": body,
            "result": result, "recognition": recognition, "due": due, "changed": at,
        },
    )  # fmt: skip
    return _case({name: getattr(row, name) for name in _MEMBERS})


def move(case: Case, *, at: datetime, **changes: str | date | None) -> bool:
    """Take a case on from the states it was read in; False when somebody else took it on in the meantime."""
    here = CaseRow.objects.filter(id=case.id, result=case.result, recognition=case.recognition, changed=case.changed)
    return here.update(changed=at, **changes) == 1


def one(key: UUID) -> Case | None:
    """The case with this id."""
    return next(iter(_cases(CaseRow.objects.filter(id=key))), None)


def find(basis: Identifier, unit: Identifier) -> Case | None:
    """The case of a unit on a basis."""
    return next(iter(_cases(CaseRow.objects.filter(basis=basis, unit=unit))), None)


def with_record(address: Address) -> Case | None:
    """The case whose latest validation, recognition or appeal this record is."""
    named = Q(validated=address) | Q(recognised=address) | Q(appealed=address)
    return next(iter(_cases(CaseRow.objects.filter(named))), None)


def of_basis(basis: Identifier) -> tuple[Case, ...]:
    """The cases of an agreement or a portfolio, in the order in which they began."""
    return _cases(CaseRow.objects.filter(basis=basis).order_by("number"))


def of_learner(learner: Identifier) -> tuple[Case, ...]:
    """A learner's cases, the latest first."""
    return _cases(CaseRow.objects.filter(learner=learner).order_by("-changed", "-number"))


def of_institution(institution: Identifier, *, limit: int = 200) -> tuple[Case, ...]:
    """The cases in which an institution has a part, the latest first."""
    part = Q(hosting=institution) | Q(home=institution) | Q(body=institution)
    return _cases(CaseRow.objects.filter(part).order_by("-changed", "-number")[:limit])


class Entry(NamedTuple):
    """A case as the list shows it."""

    id: UUID
    unit: Identifier
    learner: Identifier
    hosting: Identifier
    result: str
    recognition: str
    due: date | None


_ENTRIES: Final = "SELECT id, unit, learner, hosting, result, recognition, DATE(due)\nFROM credit_case WHERE"


def concerning(
    learners: Iterable[Identifier], institution: Identifier | None, *, skip: int, limit: int
) -> tuple[tuple[Entry, ...], int]:
    """The cases of these learners, and those in which an institution has a part, the latest first, and how many."""
    own = list(learners)
    part, values = f"learner {one_of(own)}", [*own]
    if institution is not None:
        part, values = f"{part} OR hosting = %s OR home = %s OR body = %s", [*own, *[institution] * 3]
    sql = f"{_ENTRIES} {part} ORDER BY changed DESC, number DESC"
    found, count = page(sql, values, skip=skip, limit=limit, reading={0: key, 6: day})
    return tuple(map(Entry._make, found)), count


def in_recognition(*states: str, limit: int) -> tuple[Case, ...]:
    """The cases whose recognition is in one of the states, the longest unchanged first."""
    return _cases(CaseRow.objects.filter(recognition__in=states).order_by("changed", "number")[:limit])


def waiting(side: str, institution: Identifier, *, result: Iterable[str] = (), recognition: Iterable[str] = (),
            limit: int = 50) -> tuple[Case, ...]:  # fmt: skip
    """The cases that wait for one side (hosting, home, body), by their states, the longest waiting first."""
    rows = CaseRow.objects.filter(**{side: institution}).filter(
        Q(result__in=list(result)) | Q(recognition__in=list(recognition))
    )
    return _cases(rows.order_by("changed", "number")[:limit])


def _cases(rows: QuerySet[CaseRow]) -> tuple[Case, ...]:
    return tuple(_case(row) for row in rows.values(*_MEMBERS))


def _case(row: dict[str, object]) -> Case:
    return Case(**{**row, "path": Path(str(row["path"]))})  # type: ignore[arg-type]
