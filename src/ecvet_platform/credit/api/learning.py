"""Progress, achievements, awards, portfolios and evidence, for programs."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Router
from ninja.files import UploadedFile

from ecvet.credit.assessment import Grade
from ecvet.credit.portfolio import Claim, Experience, Note
from ecvet.record import address, plain, value
from ecvet.terms import Identifier, LangString, Points
from ecvet_platform.credit.actions import (
    accumulate,
    evidence,
    looking,
    portfolio,
)
from ecvet_platform.credit.api.bodies import NewAchievement, NewAward, NewClaims, NewPortfolio, made, many, one
from ecvet_platform.people.doors import actor_of, reply
from ecvet_platform.qualifications.naming import thread_of

router = Router(tags=["credit"])


@router.get("/learners/{uuid:key}/progress", summary="Where a learner stands towards a qualification")
def progress(request: HttpRequest, key: UUID, qualification: str) -> HttpResponse:
    """What counts and why, what is missing, the cheapest completion; `complete` is null where it is undecided."""
    found = accumulate.progress(thread_of(key), Identifier(qualification), actor=actor_of(request))
    return reply({
        "learner": found.learner, "qualification": found.qualification.value.id, "progress": found.progress,
        "recognitions": [one.address for one in found.recognitions],
        "achievements": [one.address for one in found.achievements], "awards": [one.address for one in found.awards],
    })  # fmt: skip


@router.post("/learners/{uuid:key}/achievements", summary="Enter a unit passed at home")
def achievements(request: HttpRequest, key: UUID, item: NewAchievement) -> HttpResponse:
    """By the coordinator of the home institution."""
    done = accumulate.enter_achievement(
        thread_of(key), unit=Identifier(item.unit), qualification=Identifier(item.qualification), sort=item.sort,
        confirmed=item.confirmed, code=item.code, points=one(Points, item.points), grade=one(Grade, item.grade),
        actor=actor_of(request),
    )  # fmt: skip
    return made(done)


@router.post("/learners/{uuid:key}/awards", summary="Award a qualification")
def awards(request: HttpRequest, key: UUID, item: NewAward) -> HttpResponse:
    """By the awarding institution; 409 with what is missing while it is not complete."""
    done = accumulate.award(
        thread_of(key), Identifier(item.qualification), ground=value(LangString, item.ground), position=item.position,
        actor=actor_of(request),
    )  # fmt: skip
    return made(done)


@router.get("/portfolios", summary="Your portfolios, or those of your institution")
def portfolios(request: HttpRequest) -> HttpResponse:
    """The latest first."""
    found = portfolio.portfolios(actor=actor_of(request))
    return reply({"items": [
        {"thread": one.thread, "key": one.key, "learner": one.learner, "qualification": one.qualification,
         "version": one.basis.address, "stage": portfolio.value_of(one).stage} for one in found
    ]})  # fmt: skip


@router.post("/portfolios", summary="Identification: open a portfolio")
def identify(request: HttpRequest, item: NewPortfolio) -> HttpResponse:
    """By an institution that may recognise or award."""
    done = portfolio.identify(
        Identifier(item.learner), qualification=Identifier(item.qualification), claims=many(Claim, item.claims),
        procedure=value(LangString, item.procedure), experience=many(Experience, item.experience),
        interview=many(Note, item.interview), actor=actor_of(request),
    )  # fmt: skip
    return reply({"thread": done.thread, "key": done.key, "address": done.basis.address}, 201)


@router.post("/portfolios/{uuid:key}/versions", summary="Documentation: claims with their evidence")
def document(request: HttpRequest, key: UUID, item: NewClaims) -> HttpResponse:
    """By the learner, or the institution for them."""
    done = portfolio.document(
        thread_of(key), claims=many(Claim, item.claims), actor=actor_of(request),
        experience=None if item.experience is None else many(Experience, item.experience),
    )  # fmt: skip
    return reply({"thread": done.thread, "key": done.key, "address": done.basis.address}, 201)


@router.post("/portfolios/{uuid:key}/evidence", summary="Bring a file of evidence")
@router.post(
    "/agreements/{uuid:key}/evidence", summary="Bring a file of evidence", operation_id="credit_agreements_evidence"
)
def bring(request: HttpRequest, key: UUID, file: Annotated[UploadedFile, File()]) -> HttpResponse:
    """PDF, JPEG, PNG, WebP or plain text, at most 10 MB; the reply is the annex to name in a claim or assessment."""
    data = file.read(evidence.MOST_BYTES + 1)
    done = evidence.bring(thread_of(key), data, name=file.name or "", actor=actor_of(request))
    return reply({"id": done.id, "name": done.name, "annex": plain(done.annex)}, 201)


@router.get("/records/{str:name}", summary="A record of credit, byte for byte")
def record(request: HttpRequest, name: str) -> HttpResponse:
    """The canonical bytes that its address is the hash of; 404 for who has no part in it."""
    data = looking.record(address(name), actor=actor_of(request))
    return HttpResponse(data, content_type="application/json")
