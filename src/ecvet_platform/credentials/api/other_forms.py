"""A credential in other forms for programs: badge, learner record, European Digital Credential, records behind."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from ecvet_platform.credentials.actions import (
    badges,
    european,
    issue,
    losses,
    proof,
)
from ecvet_platform.credentials.actions.losses import Lost
from ecvet_platform.documents.badge import MEDIA_OF, Picture
from ecvet_platform.people.doors import actor_of, reply

router = Router(tags=["credentials"])


@router.get("/credentials/{uuid:key}/unsealed", summary="The European Digital Credential for your institution's seal")
def unsealed(request: HttpRequest, key: UUID) -> HttpResponse:
    """In the wrapper of uploads, as `ecvet seal` takes it; for the institution that issued."""
    return HttpResponse(european.for_sealing(key, actor=actor_of(request)), content_type="application/json")


@router.get("/credentials/{uuid:key}/badge", summary="The credential as an Open Badge 3.0")
def badge(request: HttpRequest, key: UUID, picture: Picture | None = None) -> HttpResponse:
    """Byte for byte as it was signed, or baked into a picture; 409 for what is suspended or revoked."""
    if picture is None:
        return HttpResponse(badges.badge(key, actor=actor_of(request))[1], content_type="application/vc")
    data = badges.baked(key, picture, actor=actor_of(request))[1]
    return HttpResponse(data, content_type=MEDIA_OF[picture])


@router.post("/credentials/{uuid:key}/learner-record", summary="All valid credentials of the learner as CLR 2.0")
def learner_record(request: HttpRequest, key: UUID) -> HttpResponse:
    """Those by the institution of this credential, as badges in one record that is signed now."""
    made = badges.learner_record(key, actor=actor_of(request))
    return HttpResponse(made.data, status=201, content_type="application/vc")


@router.get("/credentials/{uuid:key}/records", summary="The records behind a credential, with their signatures")
def records_behind(request: HttpRequest, key: UUID) -> HttpResponse:
    """As `ecvet verify --bundle` reads them; for the learner and the issuer."""
    return HttpResponse(proof.bundle(key, actor=actor_of(request))[1], content_type="application/json")


@router.get("/credentials/{uuid:key}/losses", summary="What each form of a credential leaves out")
def left_out(request: HttpRequest, key: UUID) -> HttpResponse:
    """For those who issue for the institution; for others the list is empty."""
    actor = actor_of(request)
    found, _ = issue.credential(key, actor=actor)
    return reply({"items": [lost_line(one) for one in losses.of_credential(found, actor=actor)]})


def lost_line(one: Lost) -> dict[str, Any]:
    """The losses of one form, for programs."""
    return {
        "form": one.form, "impossible": one.impossible or None,
        "losses": [{"what": each.what, "instead": each.instead} for each in one.losses],
    }  # fmt: skip
