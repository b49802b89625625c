"""A learner's own record for programs: read it, take it away, give and end links, see who looked, ask for erasure."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Router, Schema

from ecvet.credit.erasure import Ground, Refusal
from ecvet.record import plain
from ecvet_platform.dossier import words
from ecvet_platform.dossier.actions import contents, erasing, looks, sharing
from ecvet_platform.dossier.actions.erasing import Erasure
from ecvet_platform.dossier.actions.export import export
from ecvet_platform.dossier.actions.sharing import Share
from ecvet_platform.people.doors import actor_of, check_at, language_of, reply
from ecvet_platform.qualifications.naming import thread_of

router = Router(tags=["the learner's own record"])


class NewShare(Schema):
    """Documents by their ids in the record, to whom and for what they are shown, and the last day."""

    items: list[str]
    recipient: str
    purpose: str
    until: date


class Request(Schema):
    """A request for erasure, in words or without."""

    words: str = ""


class Secret(Schema):
    """The secret of a link; with a document's id that document, else the list."""

    secret: str
    document: str = ""
    pdf: bool = False


class No(Schema):
    """A refusal: ground, reason and remedy."""

    ground: Ground
    reason: str
    remedy: str


@router.get("/records-of-mine", summary="The learners whose whole record you may read: yourself, or your wards")
def records_of_mine(request: HttpRequest) -> HttpResponse:
    """Key and name."""
    found = contents.mine(actor_of(request))
    return reply({"items": [{"id": one.id, "key": one.key, "name": one.called} for one in found]})


@router.get("/records-of-mine/{uuid:key}", summary="Your whole record")
def record_of_mine(request: HttpRequest, key: UUID) -> HttpResponse:
    """404 for everybody else, staff included."""
    found = contents.dossier(thread_of(key), actor=actor_of(request))
    return reply({
        "learner": found.learner.id, "name": found.learner.called, "home": found.learner.home,
        "follows": found.enrolments, "agreements": [one.thread for one in found.agreements],
        "units": [
            {"unit": one.case.unit, "result": one.case.result, "recognition": one.case.recognition,
             "stands": words.stands(one.case.result, one.case.recognition), "ahead": one.ahead}
            for one in found.units
        ],
        "progress": {one.qualification.value.id: one.progress for one in found.standings},
        "items": [
            {"id": one.id, "kind": one.kind, "title": plain(one.title), "on": one.on, "by": one.by}
            for one in found.items
        ],
    })  # fmt: skip


@router.get("/records-of-mine/{uuid:key}/export", summary="Everything as one ZIP file")
def export_of_mine(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """JSON records as they were signed, files, and a page that lists them."""
    data = export(thread_of(key), actor=actor_of(request))
    return FileResponse(data, as_attachment=True, filename="record.zip", content_type="application/zip")


@router.get("/records-of-mine/{uuid:key}/looks", summary="Who looked at what and when")
def looks_of_mine(request: HttpRequest, key: UUID, page: int = 1) -> HttpResponse:
    """The latest first, a hundred to a page."""
    found, count = looks.of_learner(thread_of(key), actor=actor_of(request), number=max(page, 1))
    return reply({"items": found, "count": count})


@router.get("/records-of-mine/{uuid:key}/links", summary="The links that you gave")
def links(request: HttpRequest, key: UUID) -> HttpResponse:
    """The latest first; never their secrets."""
    return reply({"items": [_share(one) for one in sharing.of_learner(thread_of(key), actor=actor_of(request))]})


@router.post("/records-of-mine/{uuid:key}/links", summary="Give a link to chosen documents")
def give(request: HttpRequest, key: UUID, item: NewShare) -> HttpResponse:
    """The secret is in this reply and kept nowhere."""
    secret, made = sharing.share(thread_of(key), actor=actor_of(request), **item.dict())
    return reply({"secret": secret, **_share(made)}, 201)


@router.delete("/records-of-mine/{uuid:key}/links/{uuid:share}", summary="End a link at once")
def end(request: HttpRequest, key: UUID, share: UUID) -> HttpResponse:
    """404 when there is none to end."""
    sharing.end(thread_of(key), share, actor=actor_of(request))
    return HttpResponse(status=204)


@router.post("/shared", auth=None, summary="Open a link: the list of its documents, or one of them")
def shared(request: HttpRequest, item: Secret) -> HttpResponse:
    """Without signing in; each call is noted for the learner. 410 for a link that ended."""
    if item.document:
        file = sharing.fetch(
            item.secret, item.document, printed=item.pdf, check_at=check_at(request), language=language_of(request)
        )
        return HttpResponse(file.data, content_type=file.media)
    found = sharing.look(item.secret)
    items = [{"id": one.id, "kind": one.kind, "title": plain(one.title), "on": one.on} for one in found.items]
    return reply({"name": found.name, "purpose": found.share.purpose, "until": found.share.until, "items": items})


@router.get("/records-of-mine/{uuid:key}/erasures", summary="Your requests for erasure with their answers")
def erasures_of_mine(request: HttpRequest, key: UUID) -> HttpResponse:
    """The latest first."""
    return reply({"items": [_erasure(one) for one in erasing.of_learner(thread_of(key), actor=actor_of(request))]})


@router.post("/records-of-mine/{uuid:key}/erasures", summary="Ask for erasure")
def ask(request: HttpRequest, key: UUID, item: Request) -> HttpResponse:
    """409 while a request is open."""
    return reply(_erasure(erasing.ask(thread_of(key), words=item.words, actor=actor_of(request))), 201)


@router.get("/erasures", summary="The requests for erasure to your institution")
def erasures(request: HttpRequest) -> HttpResponse:
    """The open ones first."""
    return reply({"items": [_erasure(one) for one, _name in erasing.to_answer(actor=actor_of(request))]})


@router.post("/erasures/{uuid:key}/grants", summary="Grant erasure: the data are gone with this call")
def grant(request: HttpRequest, key: UUID) -> HttpResponse:
    """409 while something that is running needs the data."""
    return reply(_erasure(erasing.grant(key, actor=actor_of(request))), 201)


@router.post("/erasures/{uuid:key}/refusals", summary="Refuse erasure, with reason and remedy")
def refuse(request: HttpRequest, key: UUID, item: No) -> HttpResponse:
    """422 without reason or remedy."""
    refusal = Refusal(ground=item.ground, reason=item.reason, remedy=item.remedy)
    return reply(_erasure(erasing.refuse(key, refusal, actor=actor_of(request))), 201)


def _share(one: Share) -> dict[str, Any]:
    return {
        "id": one.id, "items": one.items, "recipient": one.recipient, "purpose": one.purpose, "created": one.created,
        "until": one.until, "ended": one.ended,
    }  # fmt: skip


def _erasure(one: Erasure) -> dict[str, Any]:
    return {
        "id": one.id, "learner": one.learner, "asked": one.asked, "due": one.due, "words": one.words,
        "answer": one.answer, "ground": one.ground, "reason": one.reason, "remedy": one.remedy,
        "answered": one.answered,
    }  # fmt: skip
