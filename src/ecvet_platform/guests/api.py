"""Inviting guests and bringing papers, for programs. What a guest does, a person does on the pages behind the link."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from ecvet.mobility import Role, Task
from ecvet.record import address
from ecvet_platform.credit.actions import evidence
from ecvet_platform.guests.actions import inviting, inviting_many, papers
from ecvet_platform.guests.actions.inviting import Guest
from ecvet_platform.guests.actions.inviting_many import Wanted
from ecvet_platform.guests.actions.papers import Paper
from ecvet_platform.guests.naming import link_of
from ecvet_platform.people.doors import actor_of, reply
from ecvet_platform.qualifications.naming import thread_of

router = Router(tags=["guests"])


class NewGuest(Schema):
    """Somebody without an account, invited for one task in one role of one agreement."""

    role: Role
    task: Task
    name: str
    email: str
    language: str = "en"


class Named(Schema):
    """Somebody by name and address."""

    name: str
    email: str


class NewGuests(Schema):
    """People without an account, by the key of the agreement for which each is invited."""

    role: Role
    task: Task
    language: str = "en"
    people: dict[UUID, Named]


class NewRefusal(Schema):
    """Why a paper is refused."""

    reason: str


@router.get("/agreements/{uuid:key}/guests", summary="Who is invited to an agreement without an account")
def guests(request: HttpRequest, key: UUID) -> HttpResponse:
    """For its coordinators; the e-mail address only for the institution that invited."""
    found = inviting.invited(thread_of(key), actor=actor_of(request))
    return reply({"items": [_guest(one.guest, one.state, mine=one.mine) for one in found]})


@router.post("/agreements/{uuid:key}/guests", summary="Invite somebody without an account")
def invite(request: HttpRequest, key: UUID, item: NewGuest) -> HttpResponse:
    """The link goes by e-mail and is never shown."""
    made = inviting.invite(
        thread_of(key), item.role, item.task, name=item.name, email=item.email, language=item.language,
        link=link_of(request), actor=actor_of(request),
    )  # fmt: skip
    return reply(_guest(made, "open", mine=True), 201)


@router.post("/groups/{str:text}/guests", summary="Invite somebody for each of several agreements of a group")
def invite_many(request: HttpRequest, text: str, item: NewGuests) -> HttpResponse:
    """All of them, or nobody: 409 with whose reasons stand in the way. Each link goes by e-mail and is never shown."""
    wanted = {thread_of(key): Wanted(name=one.name, email=one.email) for key, one in item.people.items()}
    made = inviting_many.invite(
        address(text), item.role, item.task, wanted, language=item.language, link=link_of(request),
        actor=actor_of(request),
    )  # fmt: skip
    return reply({"items": [_guest(one, "open", mine=True) for one in made]}, 201)


@router.post("/guests/{uuid:guest}/renewals", summary="Send another link to the same address")
def renew(request: HttpRequest, guest: UUID) -> HttpResponse:
    """The link before stops working; 410 when the task is over."""
    return reply(_guest(inviting.renew(guest, link=link_of(request), actor=actor_of(request)), "open", mine=True), 201)


@router.post("/guests/{uuid:guest}/withdrawals", summary="Take an invitation back")
def withdraw(request: HttpRequest, guest: UUID) -> HttpResponse:
    """The link is dead and the address forgotten."""
    inviting.withdraw(guest, actor=actor_of(request))
    return reply({"withdrawn": True}, 201)


@router.get("/agreements/{uuid:key}/papers", summary="The papers signed by hand that your institution keeps")
def kept(request: HttpRequest, key: UUID) -> HttpResponse:
    """The latest first."""
    return reply({"items": [_paper(one) for one in papers.of_thread(thread_of(key), actor=actor_of(request))]})


@router.post("/agreements/{uuid:key}/papers", summary="Bring the scan of a version signed by hand")
def bring(request: HttpRequest, key: UUID, role: Form[Role], file: File[UploadedFile]) -> HttpResponse:
    """It counts for nothing until a second person of the institution has confirmed it."""
    data = file.read(evidence.MOST_BYTES + 1)
    return reply(_paper(papers.bring(thread_of(key), role, data, actor=actor_of(request))), 201)


@router.post("/papers/{uuid:paper}/confirmations", summary="Confirm a paper as the second person")
def confirm(request: HttpRequest, paper: UUID) -> HttpResponse:
    """403 for the person who brought it."""
    papers.confirm(paper, actor=actor_of(request))
    return reply(_paper(papers.paper(paper, actor=actor_of(request))), 201)


@router.post("/papers/{uuid:paper}/refusals", summary="Refuse a paper")
def refuse(request: HttpRequest, paper: UUID, item: NewRefusal) -> HttpResponse:
    """With the reason."""
    papers.refuse(paper, reason=item.reason, actor=actor_of(request))
    return reply(_paper(papers.paper(paper, actor=actor_of(request))), 201)


def _guest(one: Guest, state: str, *, mine: bool) -> dict[str, Any]:
    found = {
        "id": one.id, "role": one.role, "task": one.task, "institution": one.institution, "name": one.name,
        "email": one.email if mine else "", "language": one.language, "state": state, "sent": one.sent,
        "expires": one.expires, "done": one.done,
    }  # fmt: skip
    return {name: what for name, what in found.items() if what not in (None, "")}


def _paper(one: Paper) -> dict[str, Any]:
    found = {
        "id": one.id, "version": one.version, "role": one.role, "scan": one.scan, "state": papers.state(one),
        "brought_by": one.by, "at": one.at, "decided": one.decided, "decided_by": one.decided_by,
        "refused_because": one.refused_because,
    }  # fmt: skip
    return {name: what for name, what in found.items() if what not in (None, "")}
