"""Assessing and handing over, for programs."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from ecvet.credit.assessment import AdditionalOutcome, Assessor, Grade, OutcomeResult
from ecvet.record import Annex, address
from ecvet.terms import Identifier, LangString
from ecvet_platform.credit.actions import (
    assess,
    looking,
    transcript,
)
from ecvet_platform.credit.api.bodies import NewAssessment, NewTranscript, made, many, one
from ecvet_platform.people.doors import actor_of, reply
from ecvet_platform.qualifications.naming import thread_of

router = Router(tags=["credit"])


@router.get("/agreements/{uuid:key}/credit", summary="What was assessed, handed over and decided on an agreement")
@router.get(
    "/portfolios/{uuid:key}/credit",
    summary="What was assessed and decided on a portfolio",
    operation_id="credit_portfolios_credit",
)
def credit(request: HttpRequest, key: UUID) -> HttpResponse:
    """The cases with their states and latest records."""
    found = looking.ground(thread_of(key), actor=actor_of(request))
    return reply({
        "thread": found.ground.thread, "basis": found.ground.basis.address, "learner": found.ground.learner,
        "transcripts": [one.address for one in found.transcripts],
        "units": [
            {"unit": one.unit.id, "assessed_unit": one.assessed.id, "outcomes": sorted(one.outcomes),
             "assessments": [it.address for it in one.assessments], "case": one.case, "verbs": one.verbs}
            for one in found.units
        ],
    })  # fmt: skip


@router.post("/agreements/{uuid:key}/assessments", summary="Assess an agreed unit")
@router.post(
    "/portfolios/{uuid:key}/assessments",
    summary="Assess a unit of a portfolio",
    operation_id="credit_portfolios_assessments",
)
def assessments(request: HttpRequest, key: UUID, item: NewAssessment) -> HttpResponse:
    """By an assessor of the institution that assesses."""
    done = assess.assess(
        thread_of(key), unit=Identifier(item.unit), outcomes=many(OutcomeResult, item.outcomes), place=item.place,
        methods=tuple(item.methods), on=item.on, position=item.position, beside=many(Assessor, item.beside),
        grade=one(Grade, item.grade), evidence=many(Annex, item.evidence), actor=actor_of(request),
        additional=many(AdditionalOutcome, item.additional), deviations=one(LangString, item.deviations),
        outside_period=one(LangString, item.outside_period), remarks=one(LangString, item.remarks),
        repeats=address(item.repeats) if item.repeats else None,
    )  # fmt: skip
    return made(done)


@router.post("/agreements/{uuid:key}/transcripts", summary="Issue the transcript, or a corrected version of it")
@router.post(
    "/portfolios/{uuid:key}/transcripts",
    summary="Issue or correct the transcript of a portfolio",
    operation_id="credit_portfolios_transcripts",
)
def transcripts(request: HttpRequest, key: UUID, item: NewTranscript) -> HttpResponse:
    """By the institution that assessed; with a reason it is a correction (R-TRANS-4)."""
    thread, actor, reason = thread_of(key), actor_of(request), one(LangString, item.reason)
    if reason is None:
        return made(transcript.transfer(thread, actor=actor))
    without = frozenset(address(one) for one in item.without)
    return made(transcript.correct(thread, reason=reason, without=without, actor=actor))


@router.post("/agreements/{uuid:key}/acknowledgements", summary="Say that the transcript has arrived")
def acknowledgements(request: HttpRequest, key: UUID) -> HttpResponse:
    """By the home institution."""
    transcript.acknowledge(thread_of(key), actor=actor_of(request))
    return reply({"acknowledged": True}, 201)
