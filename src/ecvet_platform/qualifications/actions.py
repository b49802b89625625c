"""The register's verbs: look through a draft, publish it, and read what is published.

Keys and competences belong to the institutions, which come later in the story; `rely_on` lets their room hand in what
this one needs of them, once, when the platform starts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol
from uuid import UUID

from django.db import transaction

from ecvet.credit.accumulation.prove import prove
from ecvet.exchange import read_qualification
from ecvet.partnership.institution import Function
from ecvet.qualification import Description, Qualification, Unit, describe, may_follow
from ecvet.record import Address, Record, Recorded, record
from ecvet.terms import Identifier, LangString, require
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.people.roles import Actor, Role, has_one_of
from ecvet_platform.qualifications import store
from ecvet_platform.qualifications.errors import FileTooLarge, NotYoursToPublish, QualificationUnknown, UnitUnknown
from ecvet_platform.qualifications.store import Line as Line

MOST_BYTES: Final = 4 * 1024 * 1024
PUBLISHERS: Final = (Role.COMPETENT_INSTITUTION, Role.REGISTER_OFFICE)


class Institutions(Protocol):
    """What the register needs of the institutions' room."""

    def issue(self, item: Address, institution: Identifier) -> None:
        """Sign a record as its author, in this transaction."""
        ...

    def name_of(self, institution: Identifier) -> str:
        """What an institution is called; its identifier where it is unknown."""
        ...

    def empowered(self, function: Function, qualification: Identifier, on: date) -> frozenset[Identifier]:
        """The institutions that hold the function for the qualification on that day."""
        ...


_institutions: list[Institutions] = []


def rely_on(institutions: Institutions) -> None:
    """Take the institutions' room as the one that signs and knows who is empowered."""
    _institutions[:] = [institutions]


@dataclass(frozen=True, slots=True)
class Draft:
    """A qualification not yet published, with the units that come with it; units published earlier are only linked."""

    qualification: Qualification
    units: tuple[Unit, ...] = ()


# ------------------------------------------------------------- describe
def read_file(data: bytes, name: str, path: str | None = None) -> Draft:
    """The draft in a file of any known format; `path` chooses where it holds several ways of completing.

    Raises `FileTooLarge`, `FileNotUnderstood`, `FileDangerous`, `PathNotChosen`, `PathUnknown`, or what is wrong in it.
    """
    if len(data) > MOST_BYTES:
        raise FileTooLarge(size=len(data), most=MOST_BYTES)
    return Draft(*read_qualification(data, name, path))


def look(draft: Draft, *, actor: Actor, on: date | None = None) -> Description:
    """What a person should know before publishing: findings, and whether it may be done. Writes nothing.

    Raises `NotYourRole`, `NotYoursToPublish`.
    """
    on = on or clock.today()
    by = _publisher(draft, actor)
    item = draft.qualification
    return describe(
        item, _units(draft), by=by, on=on,
        designers=_empowered(Function.DESIGN, item.id, on) | _office(actor),
        allocators=_empowered(Function.ALLOCATE, item.id, on),
        prover=prove,
    )  # fmt: skip


def look_who(draft: Draft, *, actor: Actor) -> None:
    """Refuse who could not publish the draft, whatever is in it. Raises `NotYourRole`, `NotYoursToPublish`."""
    _publisher(draft, actor)


@transaction.atomic
def publish(draft: Draft, *, actor: Actor, on: date | None = None) -> Recorded[Qualification]:
    """Publish a qualification and its new units as signed records; the same again changes nothing (R-QUAL-5).

    Raises what `look` raises, `NotPublishable`, `NotYoursToDescribe`, `PublishedNeverChanges`, `DoesNotReplace`.
    """
    by, item = _publisher(draft, actor), draft.qualification
    require(look(draft, actor=actor, on=on).publishable)
    known = store.qualification(item.id)
    if known is not None:
        require(may_follow(known.value, item))
    for unit in draft.units:
        _publish_unit(unit, actor, by)
    if known is not None:
        return known
    made = _next(item, by)
    address = store.add_qualification(item, _units(draft).values(), made, at=clock.now())
    _sign(address, by)
    journal.write("qualification.publish", by=actor, subject=item.id, record=address, detail={"thread": made.thread})
    return Recorded(item, address)


# ------------------------------------------------------------- read
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


def with_unit(name: Identifier) -> tuple[tuple[Line, str | None], ...]:
    """The qualifications with this unit, and its points in each."""
    return store.with_unit(name)


def name_of(institution: Identifier) -> str:
    """What an institution is called."""
    return next((one.name_of(institution) for one in _institutions), institution)


def empowered(function: Function, qualification: Identifier, on: date) -> frozenset[Identifier]:
    """The institutions that hold a function for a qualification on a day."""
    return _empowered(function, qualification, on)


# ------------------------------------------------------------- inside
def _publisher(draft: Draft, actor: Actor) -> Identifier:
    """For whom the actor publishes; a register office may do it for the institution in charge."""
    require(has_one_of(actor, *PUBLISHERS))
    item = draft.qualification
    strange = [unit for unit in draft.units if unit.institution != item.institution and not store.unit(unit.id)]
    own = actor.institution is not None and (
        actor.institution == item.institution
        or actor.institution in _empowered(Function.DESIGN, item.id, clock.today())
    )
    if actor.institution is None or not (Role.REGISTER_OFFICE in actor.roles or (own and not strange)):
        raise NotYoursToPublish(institution=item.institution)
    return actor.institution


def _publish_unit(item: Unit, actor: Actor, by: Identifier) -> None:
    known = store.unit(item.id)
    if known is not None:
        require(may_follow(known.value, item))
        return
    made = _next(item, by)
    store.add_unit(item, made)
    _sign(made.address, by)
    journal.write("unit.publish", by=actor, subject=item.id, record=made.address, detail={"thread": made.thread})


def _next(item: Qualification | Unit, by: Identifier) -> Record:
    """The record of a value: the next version of what it replaces, or the first of a thread of its own."""
    before = store.head(item.replaces) if item.replaces else None
    thread = before.thread if before else chance.new_identifier()
    return record(item, thread=thread, author=by, at=clock.now(), prev=before)


def _units(draft: Draft) -> dict[Identifier, Unit]:
    own = {unit.id: unit for unit in draft.units}
    linked = {link.unit for link in draft.qualification.units} - own.keys()
    return own | {name: found.value for name in linked if (found := store.unit(name)) is not None}


def _office(actor: Actor) -> frozenset[Identifier]:
    is_office = Role.REGISTER_OFFICE in actor.roles and actor.institution is not None
    return frozenset([actor.institution]) if is_office and actor.institution else frozenset()


def _empowered(function: Function, qualification: Identifier, on: date) -> frozenset[Identifier]:
    return frozenset().union(*(one.empowered(function, qualification, on) for one in _institutions))


def _sign(item: Address, by: Identifier) -> None:
    for one in _institutions:
        one.issue(item, by)
