"""Credentials for programs: issue one for a decision, fetch it, suspend or revoke it."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from ecvet.credential.status.standing import StatusChange, Verb
from ecvet.record import address, plain
from ecvet.terms import LangString
from ecvet_platform.credentials.actions import (
    issue,
    status,
)
from ecvet_platform.credentials.actions.issue import Issued
from ecvet_platform.people.doors import actor_of, reply
from ecvet_platform.people.telling import problem_of

router = Router(tags=["credentials"])
MEDIA: Final = "application/dc+sd-jwt"


class Change(Schema):
    """A decision about one credential; the reason by languages, read by the learner."""

    verb: Verb
    reason: dict[str, str]


class Changes(Change):
    """One decision about many, by their ids or hashes; with `preview` nothing is done."""

    credentials: list[str]
    preview: bool = False


@router.post("/recognitions/{str:name}/credentials", summary="Issue the credential of a recognised unit")
def of_recognition(request: HttpRequest, name: str) -> HttpResponse:
    """By the institution that decided; 409 when there is one."""
    return reply(_line(issue.issue(address(name), actor=actor_of(request))), 201)


@router.post("/awards/{str:name}/credentials", summary="Issue the credential of an award")
def of_award(request: HttpRequest, name: str) -> HttpResponse:
    """By the institution that awarded; 409 when there is one."""
    return reply(_line(issue.issue(address(name), actor=actor_of(request))), 201)


@router.get("/credentials", summary="Your credentials, or those that your institution issued")
def credentials(request: HttpRequest) -> HttpResponse:
    """The latest first."""
    return reply({"items": [_line(one) for one in issue.mine(actor=actor_of(request))]})


@router.get("/credentials/{uuid:key}", summary="One credential, byte for byte")
def credential(request: HttpRequest, key: UUID) -> HttpResponse:
    """The signed bytes; 404 for who may not have them."""
    _, data = issue.credential(key, actor=actor_of(request))
    return HttpResponse(data, content_type=MEDIA)


@router.get("/credentials/{uuid:key}/status", summary="Where a credential stands, and what was decided about it")
def standing(request: HttpRequest, key: UUID) -> HttpResponse:
    """For the learner and the issuer."""
    found, _ = issue.credential(key, actor=actor_of(request))
    return reply({"standing": found.standing, "changes": [_change(one) for one in status.history(key)]})


@router.post("/credentials/{uuid:key}/status", summary="Suspend, reinstate or revoke a credential")
def change(request: HttpRequest, key: UUID, said: Change) -> HttpResponse:
    """By the institution that issued it; 409 for a step that cannot follow."""
    reason = LangString.of(said.reason)
    return reply(_line(status.decide((str(key),), said.verb, reason, actor=actor_of(request))[0]))


@router.post("/credentials/status", summary="Suspend, reinstate or revoke many credentials, all or none")
def changes(request: HttpRequest, said: Changes) -> HttpResponse:
    """With `preview`, what would become of each."""
    names, reason, actor = tuple(dict.fromkeys(said.credentials)), LangString.of(said.reason), actor_of(request)
    if said.preview:
        return reply({"items": [
            {**_line(one.credential), "to": one.change.to if one.change else None,
             "fact": problem_of(one.fact) if one.fact else None, "offline": one.offline}
            for one in status.plan(names, said.verb, reason, actor=actor)
        ]})  # fmt: skip
    return reply({"items": [_line(one) for one in status.decide(names, said.verb, reason, actor=actor)]})


def _line(one: Issued) -> dict[str, Any]:
    return {
        "id": one.id, "decision": one.decision, "type": one.kind, "learner": one.learner, "issuer": one.issuer,
        "title": plain(one.title), "hash": one.hash, "issued_at": one.at, "standing": one.standing,
    }  # fmt: skip


def _change(one: StatusChange) -> dict[str, Any]:
    return {"verb": one.verb, "to": one.to, "on": one.on, "by": one.by.institution, "reason": plain(one.reason)}
