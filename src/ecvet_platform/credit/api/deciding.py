"""Validating, recognising, appealing, for programs."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from ecvet.credit.assessment import Grade
from ecvet.credit.decision import Reason, Remedy
from ecvet.credit.recognition import Reconsideration
from ecvet.credit.shares import OutcomeWeight, step_of_points
from ecvet.credit.validation import OutcomeValidation
from ecvet.record import address, plain, value
from ecvet.terms import Identifier, LangString, Points, decimal
from ecvet_platform.credit.actions import (
    appeal,
    grades,
    recognise,
    validate,
)
from ecvet_platform.credit.actions.recognise import ShareRule
from ecvet_platform.credit.api.bodies import NewRecognition, NewRequest, NewValidation, Terms, Words, made, many, one
from ecvet_platform.people.doors import actor_of, reply

router = Router(tags=["credit"])


@router.get("/transcripts/{str:name}/comparison", summary="What there is to compare for one home unit, with a proposal")
def comparison(request: HttpRequest, name: str, unit: str) -> HttpResponse:
    """A proposal to start from; it decides nothing."""
    found = validate.compare(address(name), Identifier(unit), actor=actor_of(request))
    return reply({
        "unit": plain(found.unit), "agreed": sorted(found.agreed), "entries": [plain(one) for one in found.entries],
        "proposal": [plain(one) for one in found.proposal],
    })  # fmt: skip


@router.post("/transcripts/{str:name}/validations", summary="Validate one home unit of a transcript")
def validations(request: HttpRequest, name: str, item: NewValidation) -> HttpResponse:
    """By the home institution; full, partial or none follows from the comparison."""
    done = validate.validate(
        address(name), unit=Identifier(item.unit), comparison=many(OutcomeValidation, item.comparison),
        ground=value(LangString, item.ground), reasons=many(Reason, item.reasons), position=item.position,
        actor=actor_of(request),
    )  # fmt: skip
    return made(done)


@router.post("/transcripts/{str:name}/requests", summary="Ask for more evidence")
def requests(request: HttpRequest, name: str, item: NewRequest) -> HttpResponse:
    """By the home institution, before it decides."""
    done = validate.ask(
        address(name), unit=Identifier(item.unit), what=value(LangString, item.what), due=item.due,
        actor=actor_of(request),
    )  # fmt: skip
    return made(done)


@router.post("/transcripts/{str:name}/contestations", summary="Contest a transcript")
def contestations(request: HttpRequest, name: str, item: Words) -> HttpResponse:
    """By the learner."""
    return made(appeal.contest(address(name), text=value(LangString, item.text), actor=actor_of(request)))


@router.get("/validations/{str:name}/proposed-grade", summary="The grade at home by the table of the memorandum")
def proposed_grade(request: HttpRequest, name: str) -> HttpResponse:
    """The grade that was given stays, and a person decides. `proposal` is absent where no table knows the grade."""
    found = grades.of_validation(address(name), actor=actor_of(request))
    return reply({"proposal": plain(found)} if found else {})


@router.post("/validations/{str:name}/recognitions", summary="Recognise in full or in part, or refuse")
def recognitions(request: HttpRequest, name: str, item: NewRecognition) -> HttpResponse:
    """By the body that holds the function; never by itself (R-RECOG-5)."""
    done = recognise.recognise(address(name), use=item.use, actor=actor_of(request), **_decision(item))
    return made(done)


@router.post("/recognitions/{str:name}/appeals", summary="Appeal against a recognition or refusal")
@router.post(
    "/validations/{str:name}/appeals", summary="Appeal against a validation", operation_id="credit_validations_appeals"
)
def appeals(request: HttpRequest, name: str, item: Words) -> HttpResponse:
    """By the learner, before the last day of appeal."""
    return made(appeal.appeal(address(name), text=value(LangString, item.text), actor=actor_of(request)))


@router.post("/appeals/{str:name}/recognitions", summary="Decide on an appeal")
def appeal_decisions(request: HttpRequest, name: str, item: NewRecognition) -> HttpResponse:
    """A new decision; the one appealed against stays."""
    return made(recognise.answer_appeal(address(name), actor=actor_of(request), **_decision(item)))


def _decision(item: NewRecognition) -> Terms:
    return {
        "ground": value(LangString, item.ground), "reasons": many(Reason, item.reasons),
        "outcomes": None if item.outcomes is None else frozenset(item.outcomes), "remedy": one(Remedy, item.remedy),
        "explanation": one(LangString, item.explanation), "points": one(Points, item.points),
        "reconsideration": one(Reconsideration, item.reconsideration), "position": item.position,
        "share": _share(item), "grade": one(Grade, item.grade), "by_table": item.by_table,
    }  # fmt: skip


def _share(item: NewRecognition) -> ShareRule | None:
    """The rule that gives a part its share of the points, if one was named."""
    if item.share_rule is None:
        return None
    weights = None if item.weights is None else many(OutcomeWeight, item.weights)
    text, grain = value(LangString, item.share_rule), step_of_points(decimal(item.grain))
    return ShareRule(text=text, weights=weights, grain=grain, rounding=item.rounding)
