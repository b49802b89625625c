"""Looking through a draft, and publishing it: what is published is signed and never changes."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction

from ecvet.credit.accumulation.prove import prove
from ecvet.exchange import read_qualification
from ecvet.partnership.institution import Function
from ecvet.qualification import Description, Qualification, Standing, Unit, describe, may_follow, standing
from ecvet.record import Record, Recorded, record
from ecvet.terms import Identifier, require
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.people.roles import CALENDAR, Actor, Role, has_one_of
from ecvet_platform.qualifications import store
from ecvet_platform.qualifications.actions.relying import empowered, sign
from ecvet_platform.qualifications.errors import FileTooLarge, NotYoursToPublish

MOST_BYTES: Final = 4 * 1024 * 1024
PUBLISHERS: Final = (Role.COMPETENT_INSTITUTION, Role.REGISTER_OFFICE)


@dataclass(frozen=True, slots=True)
class Draft:
    """A qualification not yet published, with the units that come with it; units published earlier are only linked."""

    qualification: Qualification
    units: tuple[Unit, ...] = ()


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
        designers=empowered(Function.DESIGN, item.id, on) | _office(actor),
        allocators=empowered(Function.ALLOCATE, item.id, on),
        prover=prove,
    )  # fmt: skip


def look_who(draft: Draft, *, actor: Actor) -> None:
    """Refuse who could not publish the draft, whatever is in it. Raises `NotYourRole`, `NotYoursToPublish`."""
    _publisher(draft, actor)


@transaction.atomic
def publish(draft: Draft, *, actor: Actor, on: date | None = None) -> Recorded[Qualification]:
    """Publish a qualification and its new units as signed records; the same again changes nothing (R-QUAL-5).

    A version whose first day is still to come is decided now and in force then: until that day the one before stays
    current (`come_into_force`).

    Raises what `look` raises, `NotPublishable`, `NotYoursToDescribe`, `PublishedNeverChanges`, `DoesNotReplace`.
    """
    by, item = _publisher(draft, actor), draft.qualification
    require(look(draft, actor=actor, on=on).publishable)
    known = store.qualification(item.id)
    if known is not None:
        require(may_follow(known.value, item))
    now = standing(item, clock.today()) is not Standing.COMING
    for unit in draft.units:
        _publish_unit(unit, actor, by, now=now)
    if known is not None:
        return known
    made = _next(item, by)
    address = store.add_qualification(item, _units(draft).values(), made, at=clock.now(), now=now)
    sign(address, by)
    journal.write("qualification.publish", by=actor, subject=item.id, record=address, detail={"thread": made.thread})
    return Recorded(item, address)


@transaction.atomic
def come_into_force() -> int:
    """Let versions that were decided earlier take the place of those before, from their first day on; how many did.

    Doing it twice on a day changes nothing more. For a daily task.
    """
    made = 0
    for name in store.awaited(clock.today()):
        found = store.qualification(name)
        assert found is not None, "the index names what is kept"
        units = [unit.value for unit in store.units_of(name)]
        if store.take_place(found.value, units):
            journal.write("qualification.in-force", by=CALENDAR, subject=name, record=found.address)
            made += 1
    return made


def _publisher(draft: Draft, actor: Actor) -> Identifier:
    """For whom the actor publishes; a register office may do it for the institution in charge."""
    require(has_one_of(actor, *PUBLISHERS))
    item = draft.qualification
    strange = [unit for unit in draft.units if unit.institution != item.institution and not store.unit(unit.id)]
    own = actor.institution is not None and (
        actor.institution == item.institution or actor.institution in empowered(Function.DESIGN, item.id, clock.today())
    )
    if actor.institution is None or not (Role.REGISTER_OFFICE in actor.roles or (own and not strange)):
        raise NotYoursToPublish(institution=item.institution)
    return actor.institution


def _publish_unit(item: Unit, actor: Actor, by: Identifier, *, now: bool) -> None:
    known = store.unit(item.id)
    if known is not None:
        require(may_follow(known.value, item))
        return
    made = _next(item, by)
    store.add_unit(item, made, now=now)
    sign(made.address, by)
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
