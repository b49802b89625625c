"""What programs may ask about the caller's own account: where it is signed in, and ending that."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from ecvet_platform.people.actions import codes, own, passkeys, sittings, tokens
from ecvet_platform.people.doors import actor_of, reply

router = Router(tags=["you"])


@router.get("/me/ways", summary="In which ways you can sign in")
def ways(request: HttpRequest) -> HttpResponse:
    """Passkeys by name, whether an authenticator app is in use, how many recovery codes are left, links by e-mail."""
    person = own(actor_of(request))
    has = codes.ways(person)
    return reply({
        "passkeys": [
            {"id": one.id, "name": one.name, "created": one.created, "used": one.used,
             "suspended": one.suspended is not None}
            for one in passkeys.of(person)
        ],
        "authenticator_app": has.code, "recovery_codes": codes.recovery_left(person), "links": person.by_email,
        "providers": sorted(has.issuers),
    })  # fmt: skip


@router.get("/me/sessions", summary="Where you are signed in")
def sessions(request: HttpRequest) -> HttpResponse:
    """Device, way, since when, last use (to ten minutes); `this` is the session that asks."""
    current = request.session.session_key
    return reply({"items": [
        {"id": one.id, "device": one.device, "by": one.by, "since": one.since, "used": one.seen,
         "this": one.key == current}
        for one in sittings.running(own(actor_of(request)))
    ]})  # fmt: skip


@router.delete("/me/sessions/{uuid:key}", summary="End one of your sessions")
def end(request: HttpRequest, key: UUID) -> HttpResponse:
    """Not the one that asks; `ended` is how many there were."""
    current = request.session.session_key or ""
    return reply({"ended": sittings.end(own(actor_of(request)), but=current, only=key)})


@router.get("/me/tokens", summary="The tokens with which programs act for you")
def tokens_of(request: HttpRequest) -> HttpResponse:
    """Name, institution, made, last use (to ten minutes), until when; the token itself is kept nowhere."""
    return reply({"items": [
        {"id": one.id, "name": one.name, "institution": one.institution or "", "created": one.created,
         "used": one.used, "expires": one.expires}
        for one in tokens.of(own(actor_of(request)))
    ]})  # fmt: skip


@router.delete("/me/tokens/{str:name}", summary="End one of your tokens")
def end_token(request: HttpRequest, name: str) -> HttpResponse:
    """By its `id`; a program may end its own. 404 where there is none."""
    tokens.end(own(actor_of(request)), name)
    return reply({"ended": 1})
