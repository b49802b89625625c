"""Credentials for programs: issue one for a decision, fetch it, revoke it, and verify any (without signing in)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import AwareDatetime

from ecvet.credential.ended import Why
from ecvet.credential.keys import to_pem
from ecvet.credential.status.standing import StatusChange, Verb
from ecvet.credential.verify import Report
from ecvet.record import address, plain
from ecvet.terms import LangString
from ecvet_platform.credentials.actions import european, issue, keys, record, status, trust
from ecvet_platform.credentials.actions.issue import Issued
from ecvet_platform.credentials.actions.keys import Held
from ecvet_platform.credentials.actions.verify import verify as examine
from ecvet_platform.institutions.actions import register
from ecvet_platform.people.doors import actor_of, reply
from ecvet_platform.people.telling import problem_of

router = Router(tags=["credentials"])
MEDIA = "application/dc+sd-jwt"


class Change(Schema):
    """A decision about one credential; the reason by languages, read by the learner."""

    verb: Verb
    reason: dict[str, str]


class Changes(Change):
    """One decision about many, by their ids or hashes; with `preview` nothing is done."""

    credentials: list[str]
    preview: bool = False


class Renewal(Schema):
    """Why a key ends; `until` dates the end of a compromised one back to the last moment at which it was safe."""

    why: Why
    until: AwareDatetime | None = None


_TOKEN: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A credential as it was received (SD-JWT VC, W3C, sealed European Digital Credential), or the "
        "PDF, PNG or SVG that carries it",
        "content": {
            kind: {"schema": {"type": "string"}}
            for kind in (MEDIA, "text/plain", "application/json", "application/pdf", "image/png", "image/svg+xml")
        },
    }
}


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
             "fact": problem_of(one.fact) if one.fact else None}
            for one in status.plan(names, said.verb, reason, actor=actor)
        ]})  # fmt: skip
    return reply({"items": [_line(one) for one in status.decide(names, said.verb, reason, actor=actor)]})


@router.get("/credentials/{uuid:key}/unsealed", summary="The European Digital Credential for your institution's seal")
def unsealed(request: HttpRequest, key: UUID) -> HttpResponse:
    """In the wrapper of uploads, as `ecvet seal` takes it; for the institution that issued."""
    return HttpResponse(european.for_sealing(key, actor=actor_of(request)), content_type="application/json")


@router.get("/institutions/{uuid:key}/keys", auth=None, summary="The certificates with which an institution signs")
def certificates(request: HttpRequest, key: UUID) -> HttpResponse:
    """The newest first, in PEM, with the time in which each signs."""
    return reply({"items": [_held(one) for one in keys.held(register.with_key(key))]})


@router.post("/institutions/{uuid:key}/keys", summary="Renew the key with which an institution signs credentials")
def renew_key(request: HttpRequest, key: UUID, said: Renewal) -> HttpResponse:
    """By the institution's people or the register office; 422 for an end that cannot be."""
    return reply(_held(keys.renew(register.with_key(key), why=said.why, back=said.until, actor=actor_of(request))), 201)


@router.post("/verifications", auth=None, summary="Verify a credential", openapi_extra=_TOKEN)
def verifications(request: HttpRequest) -> HttpResponse:
    """The result of each step. 200 also for a credential that is not genuine: the question was answered."""
    return reply(_report(examine(request.body)))


@router.get("/verifications/records/{str:name}", auth=None, summary="Check a printed record by its address")
def known(request: HttpRequest, name: str) -> HttpResponse:
    """Who wrote and signed it, and whether a later version exists; persons are counted and not named."""
    return reply(record.check(address(name)))


@router.get("/trust", auth=None, summary="The anchor and the register of this platform")
def trusted(request: HttpRequest) -> HttpResponse:
    """What the trust directory holds: anchors in PEM, and the register as JSON text."""
    return reply({name: data.decode() for name, data in trust.files().items()})


def _line(one: Issued) -> dict[str, Any]:
    return {
        "id": one.id, "decision": one.decision, "type": one.kind, "learner": one.learner, "issuer": one.issuer,
        "title": plain(one.title), "hash": one.hash, "issued_at": one.at, "standing": one.standing,
    }  # fmt: skip


def _held(one: Held) -> dict[str, Any]:
    return {
        "kid": f"{one.holder}#{one.name}", "certificate": to_pem(one.certificate).decode(),
        "sha256": keys.fingerprint(one.certificate), "since": one.since, "until": one.until, "why": one.why,
    }  # fmt: skip


def _change(one: StatusChange) -> dict[str, Any]:
    return {"verb": one.verb, "to": one.to, "on": one.on, "by": one.by.institution, "reason": plain(one.reason)}


def _report(found: Report) -> dict[str, Any]:
    steps = [{"id": one.step, "outcome": one.outcome, "reason": one.reason, "code": one.code} for one in found.steps]
    if found.verified is None:
        assert found.error is not None
        return {"verified": False, "steps": steps, "error": {**problem_of(found.error), "step": found.error.step}}
    said, issuer = found.verified, found.verified.issuer
    return {
        "verified": True, "steps": steps, "type": said.type, "issued_at": said.issued_at, "expires": said.expires,
        "issuer": {"id": issuer.id, "name": issuer.name, "named_by": issuer.named_by, "flags": issuer.flags},
        "claims": said.claims,
    }  # fmt: skip
