"""Drafts for programs: begin, read with what was found, change, try, compare, publish, discard.

Every answer about one draft has its mark as `ETag`; whoever changes it sends the mark of what was seen as `If-Match`
(RFC 9110, 13.1.1), or as `seen`. Without either nothing is changed (RFC 6585, 3).
"""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router

from ecvet.credit.accumulation import Held
from ecvet.qualification import Unit
from ecvet.record import plain, value
from ecvet_platform.drafts.actions import keeping, learners, parts, trying, versions, writing
from ecvet_platform.drafts.actions.keeping import Kept
from ecvet_platform.drafts.errors import MarkMissing, PartGone
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


@router.post("/versions/{uuid:key}", summary="Begin the version after a published one")
def next_version(request: HttpRequest, key: UUID) -> HttpResponse:
    """`key` is that of the published version; the draft has its units and rules, and says what it replaces."""
    actor, published = actor_of(request), qualifications.with_key(key).value
    return _reply(keeping.begin(writing.next_version(published), actor=actor), actor, 201)


@router.get("/{uuid:key}", summary="A draft, its mark, and what was found in it")
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """404 for who may not write it; 304 where it is still as `If-None-Match` says."""
    actor = actor_of(request)
    kept = keeping.draft(key, actor=actor)
    if keeping.mark(kept.draft) in _marks(request, "If-None-Match"):
        answer = HttpResponse(status=304)
        answer["ETag"] = f'"{keeping.mark(kept.draft)}"'
        return answer
    return _reply(kept, actor)


@router.put("/{uuid:key}", summary="Save a draft as a whole")
def save(request: HttpRequest, key: UUID, draft: Annotated[dict[str, Any], Body()], seen: str = "") -> HttpResponse:
    """`If-Match` (or `seen`) is the mark of the version that was read; 409 where another has been saved since."""
    actor, new = actor_of(request), value(Draft, draft, "draft")
    return _reply(keeping.change(key, keeping.WHOLE, _seen(request, seen), lambda _old: new, actor=actor), actor)


@router.put("/{uuid:key}/units/{uuid:unit}", summary="Save one unit of a draft, with its outcomes")
def save_unit(request: HttpRequest, key: UUID, unit: UUID, item: Annotated[dict[str, Any], Body()],
              seen: str = "") -> HttpResponse:  # fmt: skip
    """The mark is that of the unit (in `marks` of the draft), so that others can write on other units meanwhile."""
    actor, new = actor_of(request), value(Unit, item, "unit")

    def change(draft: Draft) -> Draft:
        if parts.own_unit(draft, unit) is None:
            raise PartGone()
        return writing.put_whole_unit(draft, unit, new)

    return _reply(keeping.change(key, parts.whole_unit(unit), _seen(request, seen), change, actor=actor), actor)


@router.get("/{uuid:key}/findings", summary="What was found in a draft")
def findings(request: HttpRequest, key: UUID) -> HttpResponse:
    """Errors keep it from being published; warnings and flags do not."""
    actor = actor_of(request)
    found = keeping.look(keeping.draft(key, actor=actor), actor=actor)
    return reply({"publishable": bool(found.publishable), "items": [plain(one) for one in found.findings]})


@router.post("/{uuid:key}/trials", summary="What the rules of a draft make of held credit")
def try_out(request: HttpRequest, key: UUID, held: Annotated[dict[str, Any], Body()], *,
            reading: Literal["S1", "strict"] = "S1", declared: str = "") -> HttpResponse:  # fmt: skip
    """The body has `units`, `other`, `fulfilled`, `exempt`; `declared` names groups, with commas. Nothing is kept."""
    kept = keeping.draft(key, actor=actor_of(request))
    groups = tuple(one.strip() for one in declared.split(",") if one.strip())
    return reply(trying.tried(kept, value(Held, held, "held"), declared=groups, reading=reading))


@router.get("/{uuid:key}/changes", summary="What a draft changes, and how many learners it concerns")
def changes(request: HttpRequest, key: UUID) -> HttpResponse:
    """Against the published version that it replaces; empty where it replaces none."""
    actor = actor_of(request)
    kept = keeping.draft(key, actor=actor)
    found, who = versions.changes(kept), learners.concerned(kept, actor=actor)
    return reply({
        "replaces": kept.draft.qualification.replaces, "learners": len(who.moved), "losing": len(who.losing),
        "items": [
            {"level": one.level, "subject": one.subject, "member": one.member, "before": _plain(one.before),
             "after": _plain(one.after)} for one in (found[1] if found else ())
        ],
    })  # fmt: skip


@router.post("/{uuid:key}/publications", summary="Publish a draft as it was seen")
def publish(request: HttpRequest, key: UUID, seen: str = "") -> HttpResponse:
    """422 while a finding is an error."""
    published = keeping.publish(key, _seen(request, seen), actor=actor_of(request))
    name = published.value.id
    return reply({"id": name, "key": key_of(name), "address": published.address}, 201)


@router.delete("/{uuid:key}", summary="Throw a draft away as it was seen")
def discard(request: HttpRequest, key: UUID, seen: str = "") -> HttpResponse:
    """409 where another version has been saved since."""
    keeping.discard(key, _seen(request, seen), actor=actor_of(request))
    return reply({})


def _reply(kept: Kept, actor: Actor, status: int = 200) -> HttpResponse:
    found, mark = keeping.look(kept, actor=actor), keeping.mark(kept.draft)
    answer = reply({
        "key": kept.key, "mark": mark, "changed": kept.changed, "by": kept.by, "draft": plain(kept.draft),
        "marks": {str(key_of(one.id)): keeping.mark(one) for one in kept.draft.units},
        "findings": [plain(one) for one in found.findings], "publishable": bool(found.publishable),
    }, status)  # fmt: skip
    answer["ETag"] = f'"{mark}"'
    return answer


def _seen(request: HttpRequest, seen: str) -> str:
    """The mark that the caller has seen. Raises `MarkMissing`."""
    given = seen or next(iter(_marks(request, "If-Match")), "")
    if not given:
        raise MarkMissing()
    return given


def _marks(request: HttpRequest, header: str) -> list[str]:
    return [one.strip().removeprefix("W/").strip('"') for one in request.headers.get(header, "").split(",") if one]


def _plain(item: Any) -> Any:
    """A side of a difference; what is no value of the records stays as it is."""
    if isinstance(item, tuple):
        return [_plain(one) for one in item]
    return item
