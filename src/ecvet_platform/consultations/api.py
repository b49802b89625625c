"""Consultations for programs: what the office does, what people with an account answer, reports for everybody."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from ecvet.qualification.consultation import Group, Opinion, Verdict, View, rate
from ecvet.record import plain
from ecvet.terms import LangString, country
from ecvet_platform.consultations.actions import (
    analysing,
    answering,
    consulting,
    replying,
    reporting,
    stakeholders,
)
from ecvet_platform.consultations.actions.answering import Asked
from ecvet_platform.consultations.actions.consulting import Consultation
from ecvet_platform.consultations.actions.stakeholders import Invitation, Stakeholder
from ecvet_platform.consultations.naming import answer_at, report_at
from ecvet_platform.guests.naming import link_of
from ecvet_platform.people.doors import actor_of, language_of, printed, reply

router = Router(tags=["consultations"])


class NewRound(Schema):
    """A round on a draft as it was seen (its mark). `asked` is a text by language."""

    seen: str
    deadline: date
    minimum: int = 5
    asked: dict[str, str] = Field(default_factory=dict)


class NewDeadline(Schema):
    """A later last day."""

    deadline: date


class NewStakeholder(Schema):
    """Somebody who is asked; `member` means with an account here, else by an e-mailed link."""

    name: str
    email: str
    group: Group
    country: str
    language: str = "en"
    organisation: str = ""
    member: bool = False


class GivenView(Schema):
    """An opinion and a comment (a text by language) at one place."""

    place: str
    opinion: Opinion = Opinion.NONE
    comment: dict[str, str] = Field(default_factory=dict)


class GivenViews(Schema):
    """What somebody says about some places; those about others stay."""

    views: list[GivenView]


class Submission(Schema):
    """Handing in, with the wish to be named or not."""

    anonymous: bool = False


class NewReply(Schema):
    """The answer to comments, each named as response and place; `places` are those of the draft that were changed."""

    verdict: Verdict
    reason: dict[str, str]
    comments: list[str]
    places: list[str] = Field(default_factory=list)


@router.get("/consultations", summary="The consultations of your institution, and those in which you are asked")
def consultations(request: HttpRequest) -> HttpResponse:
    """The latest first."""
    actor = actor_of(request)
    asking = [
        {**_round(one.consultation), "invited": one.invited, "answered": one.answered}
        for one in consulting.lines(actor=actor)
    ]
    asked = [{**_round(item), "submitted": one.submitted} for item, one in answering.mine(actor=actor)]
    return reply({"items": asking, "asked": asked})


@router.post("/drafts/{uuid:key}/consultations", summary="Freeze a draft and open a consultation on it")
def begin(request: HttpRequest, key: UUID, item: NewRound) -> HttpResponse:
    """409 where another version has been saved since it was seen, or a round is open."""
    made = consulting.begin(
        key, item.seen, deadline=item.deadline, minimum=item.minimum,
        asked=LangString.of(item.asked) if item.asked else None, actor=actor_of(request),
    )  # fmt: skip
    return reply(_round(made), 201)


@router.get("/consultations/{uuid:key}", summary="A consultation with who is asked")
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """For the office; who said what is not in it."""
    actor = actor_of(request)
    item, asked = consulting.office(key, actor=actor), stakeholders.asked(key, actor=actor)
    answered = sum(who.submitted is not None for who in asked)
    return reply({**_round(item), "rate": rate(answered, len(asked)), "stakeholders": [_who(who) for who in asked]})


@router.get("/consultations/{uuid:key}/text", summary="The frozen text, with its places")
def text(request: HttpRequest, key: UUID) -> HttpResponse:
    """For the office and for those who are asked with an account. Its address is the hash of `draft`."""
    actor = actor_of(request)
    asked = next((item for item, _who in answering.mine(actor=actor) if item.id == key), None)
    item = asked or consulting.office(key, actor=actor)
    draft, _units, places = consulting.text(item)
    return reply({"address": item.snapshot, "draft": plain(draft), "places": [place.key for place in places]})


@router.post("/consultations/{uuid:key}/stakeholders", summary="Ask somebody")
def invite(request: HttpRequest, key: UUID, item: NewStakeholder) -> HttpResponse:
    """The link goes by e-mail and is never shown."""
    wanted = Invitation(
        name=item.name, email=item.email, group=item.group, country=country(item.country), language=item.language,
        organisation=item.organisation, member=item.member,
    )  # fmt: skip
    made = stakeholders.invite(
        key, wanted, link=link_of(request), page=answer_at(request, key), actor=actor_of(request)
    )  # fmt: skip
    return reply(_who(made), 201)


@router.delete("/consultations/{uuid:key}/stakeholders/{uuid:stakeholder}", summary="Take an invitation back")
def withdraw(request: HttpRequest, key: UUID, stakeholder: UUID) -> HttpResponse:
    """409 for who has answered."""
    stakeholders.withdraw(key, stakeholder, actor=actor_of(request))
    return reply({})


@router.post("/consultations/{uuid:key}/reminders", summary="Remind everybody who has not answered")
def remind(request: HttpRequest, key: UUID) -> HttpResponse:
    """How many e-mails went out."""
    sent = stakeholders.remind(key, link=link_of(request), page=answer_at(request, key), actor=actor_of(request))
    return reply({"sent": sent}, 201)


@router.post("/consultations/{uuid:key}/prolongations", summary="Let a consultation last longer")
def prolong(request: HttpRequest, key: UUID, item: NewDeadline) -> HttpResponse:
    """Until it is closed or a comment has a reply."""
    actor = actor_of(request)
    consulting.prolong(key, item.deadline, actor=actor)
    return reply(_round(consulting.office(key, actor=actor)), 201)


@router.post("/consultations/{uuid:key}/closings", summary="Close a consultation")
def close(request: HttpRequest, key: UUID) -> HttpResponse:
    """Before its last day or after."""
    actor = actor_of(request)
    consulting.close(key, actor=actor)
    return reply(_round(consulting.office(key, actor=actor)), 201)


@router.get("/consultations/{uuid:key}/answer", summary="What you said")
def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """For somebody who is asked with an account."""
    return reply(_answer(answering.by_member(key, actor=actor_of(request))))


@router.put("/consultations/{uuid:key}/answer", summary="Say what you think of some places")
def save(request: HttpRequest, key: UUID, item: GivenViews) -> HttpResponse:
    """It counts once it is submitted; what is changed after that counts at once."""
    actor = actor_of(request)
    answering.save(answering.by_member(key, actor=actor), [
        View(place=one.place, opinion=one.opinion, comment=LangString.of(one.comment) if one.comment else None)
        for one in item.views
    ])  # fmt: skip
    return reply(_answer(answering.by_member(key, actor=actor)))


@router.post("/consultations/{uuid:key}/answer/submissions", summary="Hand your answer in")
def submit(request: HttpRequest, key: UUID, item: Submission) -> HttpResponse:
    """Again to change the wish to be named or not."""
    actor = actor_of(request)
    answering.submit(answering.by_member(key, actor=actor), anonymous=item.anonymous)
    return reply(_answer(answering.by_member(key, actor=actor)), 201)


@router.get("/consultations/{uuid:key}/analysis", summary="Counts by group, country and place")
def analysis(request: HttpRequest, key: UUID, place: str = "") -> HttpResponse:
    """Groups too small to hide in are counted together with others; `place` narrows the counts by group and country."""
    found = analysing.analysis(key, actor=actor_of(request), place=place)
    return reply({
        "invited": found.invited, "answered": found.answered, "rate": rate(found.answered, found.invited),
        "unanswered": found.unanswered, "groups": plain(found.groups), "countries": plain(found.countries),
        "by_group": plain(found.by_group), "by_country": plain(found.by_country), "results": plain(found.results),
    })  # fmt: skip


@router.get("/consultations/{uuid:key}/comments", summary="The comments with their replies")
def comments(
    request: HttpRequest, key: UUID, place: str = "", group: str = "", country: str = "", opinion: str = "",
    replied: str = "",
) -> HttpResponse:  # fmt: skip
    """By place. `replied` is none or some."""
    wanted = analysing.Wanted(place=place, group=group, country=country, opinion=opinion, reply=replied)
    found = analysing.comments(key, actor=actor_of(request), wanted=wanted)
    return reply({"items": [
        {"id": one.name, **_plain(one.said), "reply": plain(one.reply) if one.reply else None} for one in found
    ]})  # fmt: skip


@router.post("/consultations/{uuid:key}/replies", summary="Answer comments")
def answer_comments(request: HttpRequest, key: UUID, item: NewReply) -> HttpResponse:
    """When the consultation is over; a later reply takes the place of an earlier one."""
    made = replying.reply(
        key, item.verdict, LangString.of(item.reason), tuple(item.comments), places=tuple(item.places),
        actor=actor_of(request),
    )  # fmt: skip
    return reply(plain(made), 201)


@router.post("/consultations/{uuid:key}/reports", summary="Make the report")
def make_report(request: HttpRequest, key: UUID) -> HttpResponse:
    """Once; everybody who was asked gets its address."""
    return reply(plain(reporting.make(key, address=report_at(request, key), actor=actor_of(request))), 201)


@router.get("/consultations/{uuid:key}/report", summary="The report, for everybody", auth=None)
def report(request: HttpRequest, key: UUID) -> HttpResponse:
    """404 before it is made."""
    return reply(plain(reporting.made(key)[1]))


@router.get("/consultations/{uuid:key}/report/document", summary="The report as a document", auth=None)
def report_pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """In the language asked for with `language`."""
    return printed(
        reporting.pdf(key, page=report_at(request, key), language=language_of(request)), "consultation"
    )  # fmt: skip


def _round(item: Consultation) -> dict[str, Any]:
    return {
        "key": item.id, "draft": item.draft, "qualification": item.qualification, "title": plain(item.title),
        "asked": plain(item.asked) if item.asked else None, "institution": item.institution, "round": item.number,
        "text": item.snapshot, "minimum": item.minimum, "opened": item.round.opened, "deadline": item.round.deadline,
        "closed": item.round.closed, "reported": item.round.reported, "state": consulting.state(item),
    }  # fmt: skip


def _who(one: Stakeholder) -> dict[str, Any]:
    return {
        "id": one.id, "name": one.name, "organisation": one.organisation, "group": one.group, "country": one.country,
        "language": one.language, "way": "member" if one.account else "guest", "invited": one.invited,
        "reminded": one.reminded, "submitted": one.submitted is not None,
    }  # fmt: skip


def _answer(asked: Asked) -> dict[str, Any]:
    who = asked.stakeholder
    return {
        **_round(asked.consultation), "views": plain(who.views), "anonymous": who.anonymous,
        "submitted": who.submitted,
    }  # fmt: skip


def _plain(item: object) -> dict[str, Any]:
    found = plain(item)
    assert isinstance(found, dict)
    return found
