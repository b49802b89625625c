"""The keys of institutions and of the platform for programs."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import AwareDatetime

from ecvet.credential.ended import Why
from ecvet.credential.keys import to_pem
from ecvet.terms import require
from ecvet_platform.credentials.actions import (
    keys,
    platform_keys,
    renewing,
)
from ecvet_platform.credentials.actions.keys import Held
from ecvet_platform.credentials.actions.renewing import Kind, Own, Shown
from ecvet_platform.institutions.actions import register
from ecvet_platform.people.doors import actor_of, reply

router = Router(tags=["credentials"])


class PlatformRenewal(Schema):
    """Why a key ends; `until` dates the end of a compromised one back to the last moment at which it was safe."""

    why: Why
    until: AwareDatetime | None = None


class Renewal(PlatformRenewal):
    """The same, and which of the institution's keys; the key of records has no `until`."""

    kind: Kind = Kind.CERTIFICATE


@router.get("/institutions/{uuid:key}/keys", auth=None, summary="The keys with which an institution signs")
def certificates(request: HttpRequest, key: UUID) -> HttpResponse:
    """The newest first, with the time in which each signs: `items` in PEM, `proofs` and `records` by name."""
    item = register.with_key(key)
    shown = renewing.of(item)
    others = {str(kind): [_shown(one) for one in shown[kind]] for kind in (Kind.PROOFS, Kind.RECORDS)}
    return reply({"items": [_held(one) for one in keys.held(item)], **others})


@router.post("/institutions/{uuid:key}/keys", summary="Renew a key with which an institution signs")
def renew_key(request: HttpRequest, key: UUID, said: Renewal) -> HttpResponse:
    """By the institution's people or the register office; 422 for an end that cannot be."""
    item = register.with_key(key)
    renewing.renew(item, said.kind, why=said.why, back=said.until, actor=actor_of(request))
    made = keys.held(item)[0] if said.kind is Kind.CERTIFICATE else None
    return reply(_held(made) if made else _shown(renewing.of(item)[said.kind][0]), 201)


@router.get("/keys", summary="The keys of this platform")
def platforms(request: HttpRequest) -> HttpResponse:
    """For the register office."""
    require(platform_keys.may_renew(actor=actor_of(request)))
    return reply({str(kind): [_shown(one) for one in found] for kind, found in renewing.of_platform().items()})


@router.post("/keys/{kind}", summary="Renew the platform's own key, or its anchor")
def renew_platform(request: HttpRequest, kind: Own, said: PlatformRenewal) -> HttpResponse:
    """By the register office; a renewed anchor stays trusted for what it certified."""
    renewing.RENEW[kind](why=said.why, back=said.until, actor=actor_of(request))
    return reply(_shown(renewing.of_platform()[kind][0]), 201)


def _held(one: Held) -> dict[str, Any]:
    return {
        "kid": f"{one.holder}#{one.name}", "certificate": to_pem(one.certificate).decode(),
        "sha256": keys.fingerprint(one.certificate), "since": one.since, "until": one.until, "why": one.why,
    }  # fmt: skip


def _shown(one: Shown) -> dict[str, Any]:
    return {"name": one.mark, "since": one.since, "until": one.until, "why": one.why, "expires": one.expires}
