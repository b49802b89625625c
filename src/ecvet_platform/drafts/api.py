"""Drafts for programs: list, begin, read with what was found, put a whole one, publish, discard."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router

from ecvet.record import plain, value
from ecvet_platform.drafts.actions import keeping
from ecvet_platform.drafts.actions.keeping import Kept
from ecvet_platform.people.doors import actor_of, reply
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.actions import Draft
from ecvet_platform.qualifications.naming import key_of

router = Router(tags=["drafts"])


@router.get("", summary="The drafts of your institution")
def drafts(request: HttpRequest) -> HttpResponse:
    """The last changed first."""
    return reply({"items": keeping.lines(actor=actor_of(request))})


@router.post("", summary="Begin a draft with qualification and units")
def begin(request: HttpRequest, draft: Annotated[dict[str, Any], Body()]) -> HttpResponse:
    """The body has `qualification` and `units` in their plain form; both may be unfinished."""
    actor = actor_of(request)
    return _reply(keeping.begin(value(Draft, draft, "draft"), actor=actor), actor, 201)


@router.post("/files", summary="Begin a draft with a file", openapi_extra={
    "requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string"}}}}
})  # fmt: skip
def from_file(request: HttpRequest, path: str = "") -> HttpResponse:
    """A file of any format that is read here: ecvet/1, ePerusteet JSON, openECVET XML."""
    actor = actor_of(request)
    draft = qualifications.read_file(request.body, "request", path or None)
    return _reply(keeping.begin(draft, actor=actor), actor, 201)


@router.get("/{uuid:key}", summary="A draft, its mark, and what was found in it")
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """404 for who may not write it."""
    actor = actor_of(request)
    return _reply(keeping.draft(key, actor=actor), actor)


@router.put("/{uuid:key}", summary="Save a draft as a whole")
def save(request: HttpRequest, key: UUID, seen: str, draft: Annotated[dict[str, Any], Body()]) -> HttpResponse:
    """`seen` is the mark of the version that was read; 409 where another has been saved since."""
    actor, new = actor_of(request), value(Draft, draft, "draft")
    return _reply(keeping.change(key, keeping.WHOLE, seen, lambda _old: new, actor=actor), actor)


@router.post("/{uuid:key}/publications", summary="Publish a draft as it was seen")
def publish(request: HttpRequest, key: UUID, seen: str) -> HttpResponse:
    """422 while a finding is an error."""
    published = keeping.publish(key, seen, actor=actor_of(request))
    name = published.value.id
    return reply({"id": name, "key": key_of(name), "address": published.address}, 201)


@router.delete("/{uuid:key}", summary="Throw a draft away as it was seen")
def discard(request: HttpRequest, key: UUID, seen: str) -> HttpResponse:
    """409 where another version has been saved since."""
    keeping.discard(key, seen, actor=actor_of(request))
    return reply({})


def _reply(kept: Kept, actor: Actor, status: int = 200) -> HttpResponse:
    findings = [plain(one) for one in keeping.look(kept, actor=actor).findings]
    return reply({
        "key": kept.key, "mark": keeping.mark(kept.draft), "changed": kept.changed, "by": kept.by,
        "draft": plain(kept.draft), "findings": findings,
    }, status)  # fmt: skip
