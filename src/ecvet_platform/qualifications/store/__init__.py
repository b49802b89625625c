"""Rows ↔ published qualifications and units. The values come from their records; the rows only help to find them."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Count, QuerySet

from ecvet.qualification import Qualification, Unit
from ecvet.record import Address, Record, Recorded, canonical, plain
from ecvet.terms import Identifier, LangString, Points, decimal_text
from ecvet_platform.journal import store as records
from ecvet_platform.qualifications import paging
from ecvet_platform.qualifications.models import QualificationRow, UnitInQualificationRow, UnitRow
from ecvet_platform.qualifications.naming import fold, fold_all, key_of

_LINE: Final = (
    "number", "identifier", "key", "code", "version", "titles", "institution", "country", "eqf", "points", "system",
    "valid_from", "valid_until", "replaced_by",
)  # fmt: skip
_LINES: Final = f"SELECT {', '.join(_LINE)}\nFROM qualifications_qualification WHERE replaced_by IS NULL"


class Line(NamedTuple):
    """One qualification as lists show it; `titles` is the title's plain JSON, `number` the cursor."""

    number: int
    id: Identifier
    key: UUID
    code: str
    version: str
    titles: str
    institution: Identifier
    country: str
    eqf: int | None
    points: str | None
    system: str
    valid_from: date | None
    valid_until: date | None
    replaced_by: Identifier | None

    @property
    def title(self) -> LangString:
        """The title in its languages."""
        return _text(self.titles)

    @property
    def amount(self) -> Points | None:
        """The points of the whole, where it has any."""
        return _points(self.points, self.system) if self.points else None


# ------------------------------------------------------------- write
def add_unit(unit: Unit, record: Record, *, now: bool = True) -> None:
    """Keep the record of a unit version and enter it into the index; `now`: it takes the place of the one before."""
    address = records.keep(record)
    UnitRow.objects.create(
        id=unit.id, key=key_of(unit.id), record=address, thread=record.thread, code=unit.code, version=unit.version,
        title=str(unit.title), titles=canonical(plain(unit.title)).decode(),
        institution=unit.institution, eqf=unit.eqf.level if unit.eqf else None,
        folded=fold_all(unit.code, unit.title, *(outcome.text for outcome in unit.outcomes)),
    )  # fmt: skip
    if unit.replaces and now:
        UnitRow.objects.filter(id=unit.replaces, replaced_by=None).update(replaced_by=unit.id)


def add_qualification(
    item: Qualification, units: Iterable[Unit], record: Record, *, at: datetime, now: bool = True
) -> Address:
    """Keep the record of a qualification version and enter it and its places into the index.

    `now` says that it takes the place of the version before; one that is not in force yet leaves it current.
    """
    address = records.keep(record)
    by_id = {unit.id: unit for unit in units}
    row = QualificationRow.objects.create(
        identifier=item.id, key=key_of(item.id), record=address, thread=record.thread, code=item.code,
        path=item.path, version=item.version, title=str(item.title), titles=canonical(plain(item.title)).decode(),
        institution=item.institution, country=item.country, eqf=item.eqf.level if item.eqf else None,
        points=decimal_text(item.points.value) if item.points else None, system=item.system,
        valid_from=item.valid.start if item.valid else None, valid_until=item.valid.end if item.valid else None,
        transition_end=item.transition_end, published=at,
        folded=fold_all(item.code, item.title, *(by_id[link.unit].title for link in item.units if link.unit in by_id)),
    )  # fmt: skip
    UnitInQualificationRow.objects.bulk_create(
        UnitInQualificationRow(
            qualification=row, unit_id=link.unit, position=position, code=link.code,
            points=decimal_text(link.points.value) if link.points else None,
        )
        for position, link in enumerate(item.units)
    )  # fmt: skip
    if item.replaces and now:
        QualificationRow.objects.filter(identifier=item.replaces, replaced_by=None).update(replaced_by=item.id)
    return address


def take_place(item: Qualification, units: Iterable[Unit]) -> bool:
    """Let a version and its units take the place of those before; False when it has done so already."""
    for unit in units:
        if unit.replaces:
            UnitRow.objects.filter(id=unit.replaces, replaced_by=None).update(replaced_by=unit.id)
    rows = QualificationRow.objects.filter(identifier=item.replaces, replaced_by=None)
    return bool(item.replaces) and rows.update(replaced_by=item.id) > 0


def awaited(on: date) -> tuple[Identifier, ...]:
    """The versions in force on a day that share a thread with another that nothing has replaced, in their order."""
    shared = (
        QualificationRow.objects.filter(replaced_by=None).values("thread").annotate(n=Count("number"))
        .filter(n__gt=1).values("thread")
    )  # fmt: skip
    rows = QualificationRow.objects.filter(thread__in=shared, valid_from__lte=on).order_by("number")
    return tuple(Identifier(one) for one in rows.values_list("identifier", flat=True))


# ------------------------------------------------------------- read values
def qualification(name: Identifier) -> Recorded[Qualification] | None:
    """A published version by its identifier."""
    address = QualificationRow.objects.filter(identifier=name).values_list("record", flat=True).first()
    return records.recorded(Address(address), Qualification) if address else None


def unit(name: Identifier) -> Recorded[Unit] | None:
    """A published unit version by its identifier."""
    address = UnitRow.objects.filter(id=name).values_list("record", flat=True).first()
    return records.recorded(Address(address), Unit) if address else None


def units_of(name: Identifier) -> tuple[Recorded[Unit], ...]:
    """The units of a qualification version, in its order."""
    rows = UnitInQualificationRow.objects.filter(qualification__identifier=name).order_by("position")
    addresses = rows.values_list("unit__record", flat=True)
    return tuple(records.recorded(Address(address), Unit) for address in addresses)


def id_of(key: UUID) -> Identifier | None:
    """The qualification version with this key."""
    found = QualificationRow.objects.filter(key=key).values_list("identifier", flat=True).first()
    return Identifier(found) if found else None


def unit_id_of(key: UUID) -> Identifier | None:
    """The unit version with this key."""
    found = UnitRow.objects.filter(key=key).values_list("id", flat=True).first()
    return Identifier(found) if found else None


def head(name: Identifier) -> Record | None:
    """The record of the version with this identifier, qualification or unit: what a new version follows."""
    row = QualificationRow.objects.filter(identifier=name).values_list("record", flat=True).first()
    row = row or UnitRow.objects.filter(id=name).values_list("record", flat=True).first()
    return records.record(Address(row)) if row else None


# ------------------------------------------------------------- read lists
def lines(
    *, search: str = "", country: str = "", eqf: int | None = None, institution: Identifier | None = None,
    after: int = 0, limit: int = 50, superseded: bool = False,
) -> tuple[Line, ...]:  # fmt: skip
    """Published qualifications, in the order of publication, after a cursor; all words of `search` must be found."""
    rows = _found(search, country, eqf, institution, superseded).filter(number__gt=after).order_by("number")
    return tuple(Line(*row) for row in rows.values_list(*_LINE)[:limit])


def page(*, search: str = "", country: str = "", eqf: int | None = None, skip: int = 0,
         limit: int = 50) -> tuple[tuple[Line, ...], int]:  # fmt: skip
    """The same by title, for people who turn pages, and how many there are."""
    also, wanted = paging.words(search, "folded")
    chosen = {column: value for column, value in {"country": country, "eqf": eqf}.items() if value not in ("", None)}
    sql = f"{_LINES}{''.join(f' AND {one} = %s' for one in chosen)}{also} ORDER BY title, number"
    reading: dict[int, paging.Reading] = {2: paging.key, 11: paging.day, 12: paging.day}
    found, count = paging.page(sql, [*chosen.values(), *wanted], skip=skip, limit=limit, reading=reading)
    return tuple(map(Line._make, found)), count


def units_found(search: str, *, limit: int) -> tuple[tuple[tuple[UUID, str, str], ...], int]:
    """Key, code and title of the current unit versions in which all words are found, and how many there are."""
    rows = UnitRow.objects.filter(replaced_by=None)
    for word in fold(search).split():
        rows = rows.filter(folded__contains=word)
    found = rows.order_by("title", "id").values_list("key", "code", "title")[:limit]
    return tuple(found), rows.count()


def versions(name: Identifier) -> tuple[Line, ...]:
    """All versions of the qualification that this is a version of, the first one first."""
    thread = QualificationRow.objects.filter(identifier=name).values("thread")
    rows = QualificationRow.objects.filter(thread__in=thread).order_by("number").values_list(*_LINE)
    return tuple(Line(*row) for row in rows)


def with_unit(name: Identifier) -> tuple[tuple[Line, str | None], ...]:
    """The qualifications that a unit version belongs to, with its points in each (R-POINTS-8)."""
    rows = QualificationRow.objects.filter(places__unit_id=name).order_by("title", "number")
    return tuple((Line(*row[:-1]), row[-1]) for row in rows.values_list(*_LINE, "places__points"))


def titles(ids: Iterable[Identifier]) -> Mapping[Identifier, LangString]:
    """The titles of published qualifications, by identifier; the unknown ones are left out."""
    wanted = list(dict.fromkeys(ids))
    sql = f"SELECT identifier, titles FROM qualifications_qualification WHERE identifier {paging.one_of(wanted)}"
    return {Identifier(name): _text(titles) for name, titles in paging.select(sql, *wanted)}


def unit_titles(ids: Iterable[Identifier]) -> Mapping[Identifier, LangString]:
    """The same for units."""
    wanted = list(dict.fromkeys(ids))
    sql = f"SELECT id, titles FROM qualifications_unit WHERE id {paging.one_of(wanted)}"
    return {Identifier(name): _text(titles) for name, titles in paging.select(sql, *wanted)}


def choices() -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The countries and the EQF levels that there are, for the filters of the list."""
    found = paging.select("SELECT DISTINCT country, eqf FROM qualifications_qualification WHERE replaced_by IS NULL")
    return tuple(sorted({one for one, _ in found})), tuple(sorted({level for _, level in found if level is not None}))


def points(text: str | None) -> Decimal | None:
    """An amount as the index keeps it."""
    return None if text is None else Decimal(text)


@lru_cache(maxsize=4096)
def _points(value: str, system: str) -> Points:
    return Points.of(value, system)


@lru_cache(maxsize=4096)
def _text(plain_json: str) -> LangString:
    """A title as the index keeps it."""
    members = json.loads(plain_json)
    return LangString.of({tag: text for tag, text in members.items() if tag != "authoritative"},
                         authoritative=members.get("authoritative", ""))  # fmt: skip


def _found(
    search: str, country: str, eqf: int | None, institution: Identifier | None, superseded: bool
) -> "QuerySet[QualificationRow]":
    rows = QualificationRow.objects.all() if superseded else QualificationRow.objects.filter(replaced_by=None)
    if country:
        rows = rows.filter(country=country)
    if eqf is not None:
        rows = rows.filter(eqf=eqf)
    if institution is not None:
        rows = rows.filter(institution=institution)
    for word in fold(search).split():
        rows = rows.filter(folded__contains=word)
    return rows
