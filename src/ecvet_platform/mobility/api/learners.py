"""Learners for programs: enter, follow a qualification, change a name, erase."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from ecvet.record import Person, plain
from ecvet.terms import Identifier
from ecvet_platform.mobility.actions import learners as learning
from ecvet_platform.people.doors import actor_of, reply
from ecvet_platform.qualifications.naming import thread_of

router = Router(tags=["learners"])

Limit = Annotated[int, Query(ge=1, le=200)]


class NewLearner(Schema):
    """A learner to be entered."""

    names: list[str]
    family_name: str
    birth_date: date | None = None
    email: str = ""
    qualification: str = ""
    guardian: str = ""
    guardian_email: str = ""


class NewName(Schema):
    """What a learner is called from now on; the date of birth stays where none is given."""

    names: list[str]
    family_name: str = ""
    birth_date: date | None = None


class NewEnrolment(Schema):
    """A qualification version to follow from a day on."""

    qualification: str
    since: date


@router.get("", summary="The learners of your institution")
def list_learners(request: HttpRequest, after: str = "", limit: Limit = 50) -> HttpResponse:
    """In the order in which they were entered; `next` is the cursor of the next page."""
    found = learning.lines(actor=actor_of(request), after=Identifier(after) if after else None, limit=limit + 1)
    items = [{"id": one.id, "key": one.key, "name": one.called} for one in found[:limit]]
    return reply({"items": items, **({"next": found[limit - 1].id} if len(found) > limit else {})})


@router.post("", summary="Enter a learner")
def enter(request: HttpRequest, item: NewLearner) -> HttpResponse:
    """The pseudonym is minted here; the personal data stay outside every record."""
    person = Person(names=tuple(item.names), family_name=item.family_name, birth_date=item.birth_date)
    made = learning.enter(
        person, actor=actor_of(request), email=item.email, guardian=item.guardian, guardian_email=item.guardian_email,
        qualification=Identifier(item.qualification) if item.qualification else None,
    )  # fmt: skip
    return _learner(request, made.id, 201)


@router.get("/{uuid:key}", summary="One learner")
def learner(request: HttpRequest, key: UUID) -> HttpResponse:
    """404 for who may not see the learner."""
    return _learner(request, thread_of(key))


@router.post("/{uuid:key}/enrolments", summary="Follow a qualification version")
def enrol(request: HttpRequest, key: UUID, item: NewEnrolment) -> HttpResponse:
    """The one followed before ends that day."""
    name = thread_of(key)
    learning.enrol(name, Identifier(item.qualification), since=item.since, actor=actor_of(request))
    return _learner(request, name, 201)


@router.post("/{uuid:key}/names", summary="Change or correct the name")
def rename(request: HttpRequest, key: UUID, item: NewName) -> HttpResponse:
    """What was signed keeps the name of its day."""
    name, actor = thread_of(key), actor_of(request)
    now = learning.learner(name, actor=actor).learner.person
    born = item.birth_date or (now.birth_date if now else None)
    person = Person(names=tuple(item.names), family_name=item.family_name, birth_date=born)
    learning.rename(name, person, actor=actor)
    return _learner(request, name, 201)


@router.post("/{uuid:key}/erasures", summary="Erase the personal data")
def erase(request: HttpRequest, key: UUID) -> HttpResponse:
    """409 while a stay is not over."""
    learning.erase(thread_of(key), actor=actor_of(request))
    return _learner(request, thread_of(key), 201)


def _learner(request: HttpRequest, name: Identifier, status: int = 200) -> HttpResponse:
    found = learning.learner(name, actor=actor_of(request))
    body = {
        "id": name, "key": found.learner.key, "home": found.learner.home, "ref": found.learner.ref,
        "person": plain(found.learner.person) if found.learner.person else None, "erased": found.learner.erased,
        "enrolments": [plain(one) for one in found.enrolments],
    }  # fmt: skip
    return reply({one: what for one, what in body.items() if what is not None}, status)
