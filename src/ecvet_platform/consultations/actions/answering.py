"""Answering: somebody who is asked reads the text part by part, gives opinions and comments, and submits.

What is saved counts once it is submitted; what is changed after that counts at once, until the deadline.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from ecvet.mobility.stay_errors import GuestMayNot
from ecvet.qualification.consultation import Place, PlaceKind, State, View, may_be_submitted, may_respond
from ecvet.qualification.consultation.errors import PlaceUnknown
from ecvet.qualification.unit import Unit
from ecvet.terms import Identifier, require
from ecvet_platform.consultations.actions import consulting
from ecvet_platform.consultations.actions.consulting import Consultation
from ecvet_platform.consultations.actions.stakeholders import TASK
from ecvet_platform.consultations.errors import ConsultationUnknown
from ecvet_platform.consultations.store import consultations
from ecvet_platform.consultations.store import stakeholders as store
from ecvet_platform.consultations.store.stakeholders import Stakeholder
from ecvet_platform.guests.actions import opening
from ecvet_platform.guests.store.guests import Guest
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.journal.chain import By
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications.actions import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is answered on one page: the qualification itself (number 0), or a unit with its outcomes."""

    number: int
    unit: Unit | None
    code: str
    places: tuple[Place, ...]
    said: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Somebody who is asked, before the text."""

    consultation: Consultation
    stakeholder: Stakeholder
    draft: Draft
    units: dict[Identifier, Unit]
    parts: tuple[Part, ...]
    by: By

    @property
    def views(self) -> dict[str, View]:
        """What was said so far, by place."""
        return {one.place: one for one in self.stakeholder.views}


def by_guest(guest: Guest) -> Asked:
    """What a guest is asked. Raises `GuestMayNot` for who was invited for something else."""
    found = store.as_guest(guest.id) if guest.task == TASK else None
    if found is None:
        raise GuestMayNot(verb="answer", thread=guest.thread)
    return _asked(found, opening.as_self(guest))


def by_member(key: UUID, *, actor: Actor) -> Asked:
    """What somebody with an account is asked. Raises `ConsultationUnknown` for who is not."""
    found = store.as_member(key, actor.person)
    if found is None:
        raise ConsultationUnknown()
    return _asked(found, actor)


def mine(*, actor: Actor) -> tuple[tuple[Consultation, Stakeholder], ...]:
    """The consultations in which somebody with an account is asked, the latest first."""
    found = store.of_account(actor.person)
    known = consultations.with_ids(one.consultation for one in found)
    return tuple((known[one.consultation], one) for one in found)


def may_answer(item: Consultation) -> bool:
    """Whether answers are taken today."""
    return consulting.state(item) is State.OPEN


@transaction.atomic
def save(asked: Asked, views: Iterable[View]) -> None:
    """Keep what is said about some places; the rest stays. Raises `ConsultationOver`, `PlaceUnknown`, `NothingSaid`."""
    require(may_respond(asked.consultation.round, clock.today()))
    known = [place.key for part in asked.parts for place in part.places]
    given = {one.place: one for one in views}
    strange = next((name for name in given if name not in known), None)
    if strange is not None:
        raise PlaceUnknown(place=strange[:80])
    all_views = asked.views | given
    kept = [all_views[name] for name in known if name in all_views and all_views[name].said]
    if asked.stakeholder.submitted is not None:
        require(may_be_submitted(kept, known))
    store.keep_views(asked.stakeholder.id, kept, at=clock.now())
    _tell("consultation.save", asked)


@transaction.atomic
def submit(asked: Asked, *, anonymous: bool) -> None:
    """Hand the answer in, with the wish to be named or not. Raises `ConsultationOver`, `NothingSaid`."""
    require(may_respond(asked.consultation.round, clock.today()))
    known = [place.key for part in asked.parts for place in part.places]
    require(may_be_submitted(asked.stakeholder.views, known))
    store.submit(asked.stakeholder.id, anonymous=anonymous, at=clock.now())
    _tell("consultation.submit", asked)


# ------------------------------------------------------------- inside
def _asked(found: Stakeholder, by: By) -> Asked:
    item = consultations.one(found.consultation)
    assert item is not None, "nobody is asked without a consultation"
    draft, units, places = consulting.text(item)
    said = {one.place for one in found.views if one.said}
    groups: dict[str, list[Place]] = {"": []}
    for place in places:
        code = place.code if place.kind in (PlaceKind.UNIT, PlaceKind.OUTCOME) else ""
        groups.setdefault(code, []).append(place)
    parts = tuple(
        Part(number=number, unit=own[0].unit, code=code, places=tuple(own), said=sum(one.key in said for one in own))
        for number, (code, own) in enumerate(groups.items())
    )
    return Asked(consultation=item, stakeholder=found, draft=draft, units=units, parts=parts, by=by)


def _tell(verb: str, asked: Asked) -> None:
    """The journal says that somebody answered, never what."""
    detail = {"stakeholder": Identifier(asked.stakeholder.id.urn)}
    journal.write(verb, by=asked.by, subject=asked.consultation.thread, detail=detail)
