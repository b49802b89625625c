"""Reading what is published: qualifications and units with their versions, by identifier, by key, by words."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from ecvet.qualification import Qualification, Unit
from ecvet.qualification.differences import Difference, differences
from ecvet.record import Recorded
from ecvet.terms import Identifier, LangString
from ecvet_platform.journal import clock
from ecvet_platform.qualifications import store
from ecvet_platform.qualifications.errors import QualificationUnknown, UnitUnknown
from ecvet_platform.qualifications.store import Line


def qualification(name: Identifier) -> Recorded[Qualification]:
    """A published version by its identifier. Raises `QualificationUnknown`."""
    found = store.qualification(name)
    if found is None:
        raise QualificationUnknown(name=name)
    return found


def unit(name: Identifier) -> Recorded[Unit]:
    """A published unit version by its identifier. Raises `UnitUnknown`."""
    found = store.unit(name)
    if found is None:
        raise UnitUnknown(name=name)
    return found


def find(name: Identifier) -> Recorded[Qualification] | None:
    """The same, or None."""
    return store.qualification(name)


def find_unit(name: Identifier) -> Recorded[Unit] | None:
    """The same for a unit."""
    return store.unit(name)


def units_of(name: Identifier) -> tuple[Recorded[Unit], ...]:
    """The units of a published qualification version, in its order. Raises `QualificationUnknown`."""
    qualification(name)
    return store.units_of(name)


def with_key(key: UUID) -> Recorded[Qualification]:
    """The qualification version whose key stands in an address. Raises `QualificationUnknown`."""
    found = store.id_of(key)
    if found is None:
        raise QualificationUnknown(name=str(key))
    return qualification(found)


def unit_with_key(key: UUID) -> Recorded[Unit]:
    """The unit version whose key stands in an address. Raises `UnitUnknown`."""
    found = store.unit_id_of(key)
    if found is None:
        raise UnitUnknown(name=str(key))
    return unit(found)


def titles(ids: Iterable[Identifier]) -> Mapping[Identifier, LangString]:
    """The titles of published qualifications, by identifier."""
    return store.titles(ids)


def unit_titles(ids: Iterable[Identifier]) -> Mapping[Identifier, LangString]:
    """The titles of published units, by identifier."""
    return store.unit_titles(ids)


def lines(*, search: str = "", country: str = "", eqf: int | None = None, institution: Identifier | None = None,
          after: int = 0, limit: int = 50) -> tuple[Line, ...]:  # fmt: skip
    """The register from a cursor on, in the order of publication."""
    return store.lines(search=search, country=country, eqf=eqf, institution=institution, after=after, limit=limit)


def page(*, search: str = "", country: str = "", eqf: int | None = None, number: int = 1,
         size: int = 50) -> tuple[tuple[Line, ...], int]:  # fmt: skip
    """One page of the register by title, and how many qualifications there are on all pages."""
    return store.page(search=search, country=country, eqf=eqf, skip=(number - 1) * size, limit=size)


def units_found(search: str, *, limit: int = 50) -> tuple[tuple[tuple[UUID, str, str], ...], int]:
    """Key, code and title of the current units in which all words are found, by title, and how many there are."""
    return store.units_found(search, limit=limit)


def choices() -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The countries and EQF levels in the register."""
    return store.choices()


def versions(name: Identifier) -> tuple[Line, ...]:
    """All versions of a qualification, the first one first."""
    return store.versions(name)


def current(name: Identifier) -> Line | None:
    """The latest version of the qualification that is in force today; the first one while none is yet."""
    known, today = versions(name), clock.today()
    return next((one for one in reversed(known) if one.valid_from is None or one.valid_from <= today),
                known[0] if known else None)  # fmt: skip


def with_unit(name: Identifier) -> tuple[tuple[Line, str | None], ...]:
    """The qualifications with this unit, and its points in each."""
    return store.with_unit(name)


def changes(new: Qualification) -> tuple[Qualification, tuple[Difference, ...], dict[Identifier, Unit]] | None:
    """The published version that another one replaces, what differs, and the units of both; None without one."""
    before = find(new.replaces) if new.replaces else None
    if before is None:
        return None
    old, now = ({one.value.id: one.value for one in store.units_of(name)} for name in (before.value.id, new.id))
    return before.value, differences(before.value, new, old, now), old | now
