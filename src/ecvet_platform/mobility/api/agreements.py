"""Learning agreements for programs: propose, sign, hand on, bring into force, end. Records travel as signed."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Body, Query, Router, Schema

from ecvet.mobility import LearningAgreement, Role
from ecvet.record import Act, address, plain, value
from ecvet.terms import Identifier
from ecvet_platform.documents.actions import format_of
from ecvet_platform.mobility.actions import agreements as actions
from ecvet_platform.mobility.actions import asking, proposing, signing
from ecvet_platform.mobility.actions import document as documented
from ecvet_platform.mobility.actions.agreements import Line
from ecvet_platform.people.doors import actor_of, check_at, language_of, printed, reply
from ecvet_platform.qualifications.naming import key_of, thread_of

router = Router(tags=["agreements"])

Limit = Annotated[int, Query(ge=1, le=200)]


class Group(Schema):
    """One common text without a learner, and the learners who each get an agreement."""

    agreement: dict[str, Any]
    learners: list[str]


class Statement(Schema):
    """An answer to one version: accept, reject or withdraw; the last two with a reason."""

    version: str
    act: Act
    role: Role | None = None
    reason: str = ""


class SealRequest(Schema):
    """Which version is to come into force."""

    version: str


class Handing(Schema):
    """Which version's signature is handed on, and to whom: the account of a colleague."""

    version: str
    to: str


class Notice(Schema):
    """Why and when the version in force ends."""

    reason: str
    last_day: date


@router.get("", summary="The agreements in which you have a part")
def list_agreements(request: HttpRequest, after: str = "", limit: Limit = 50) -> HttpResponse:
    """In the order in which they were begun; `next` is the cursor of the next page."""
    found = actions.lines(actor=actor_of(request), after=Identifier(after) if after else None, limit=limit + 1)
    items = [_line(one) for one in found[:limit]]
    return reply({"items": items, **({"next": found[limit - 1].thread} if len(found) > limit else {})})


@router.post("", summary="Propose an agreement")
def propose(request: HttpRequest, terms: Annotated[dict[str, Any], Body()]) -> HttpResponse:
    """The body is the plain form of an agreement, as in its record."""
    made = proposing.put_forward(value(LearningAgreement, terms), actor=actor_of(request))
    return _one(request, made, 201)


@router.post("/groups", summary="Propose one agreement for each learner from one text")
def propose_group(request: HttpRequest, group: Group) -> HttpResponse:
    """All are proposed, or none."""
    text = value(LearningAgreement, group.agreement)
    chosen = [Identifier(one) for one in group.learners]
    made = proposing.put_forward_group(text, chosen, actor=actor_of(request))
    common = actions.line(made[0], actor=actor_of(request)).group
    return reply({"group": common, "threads": made, "keys": [key_of(one) for one in made]}, 201)


@router.get("/{uuid:key}", summary="One agreement with its versions, signatures and stay")
def agreement(request: HttpRequest, key: UUID) -> HttpResponse:
    """404 for who has no part in it."""
    return _one(request, thread_of(key))


@router.get("/{uuid:key}/document", summary="The agreement as a PDF, or as docx to edit")
def document(request: HttpRequest, key: UUID, language: str = "", format: str = "pdf") -> HttpResponse:  # noqa: A002
    """PDF/UA-1 and PDF/A-3a, sealed by the home institution, with the record attached; a Word file proves nothing."""
    form = format_of(format)
    data = documented.agreement(
        thread_of(key), actor=actor_of(request), check_at=check_at(request), language=language or language_of(request),
        form=form,
    )  # fmt: skip
    return printed(data, f"agreement-{key}", form)


@router.post("/{uuid:key}/versions", summary="Propose a complete new version made from `base`")
def change(request: HttpRequest, key: UUID, base: str, terms: Annotated[dict[str, Any], Body()]) -> HttpResponse:
    """409 with the current head when `base` is no longer current."""
    item = value(LearningAgreement, terms)
    proposing.change(thread_of(key), item, base=address(base), actor=actor_of(request))
    return _one(request, thread_of(key), 201)


@router.post("/{uuid:key}/signatures", summary="Accept, reject or withdraw a version in your role")
def sign(request: HttpRequest, key: UUID, statement: Statement) -> HttpResponse:
    """409 in a state that does not allow it, 403 for who is not asked to sign."""
    signing.answer(
        thread_of(key), address(statement.version), statement.act, actor=actor_of(request), role=statement.role,
        reason=statement.reason,
    )  # fmt: skip
    return _one(request, thread_of(key), 201)


@router.post("/{uuid:key}/seals", summary="Bring a version into force that everybody has accepted")
def seal(request: HttpRequest, key: UUID, wanted: SealRequest) -> HttpResponse:
    """Only for the home institution."""
    signing.seal(thread_of(key), address(wanted.version), actor=actor_of(request))
    return _one(request, thread_of(key), 201)


@router.post("/{uuid:key}/terminations", summary="End the version in force")
def terminate(request: HttpRequest, key: UUID, notice: Notice) -> HttpResponse:
    """A party's notice with a reason and the last day."""
    signing.terminate(thread_of(key), actor=actor_of(request), reason=notice.reason, last_day=notice.last_day)
    return _one(request, thread_of(key), 201)


@router.get("/{uuid:key}/colleagues", summary="To whom you may hand the signature of your institution")
def colleagues(request: HttpRequest, key: UUID) -> HttpResponse:
    """Those who may sign for it, besides you."""
    actions.agreement(thread_of(key), actor=actor_of(request))
    found = asking.colleagues(actor_of(request))
    return reply({"items": [{"person": one.identifier, "name": one.name} for one in found]})


@router.post("/{uuid:key}/delegations", summary="Hand the signature of your institution to a colleague")
def delegate(request: HttpRequest, key: UUID, wanted: Handing) -> HttpResponse:
    """422 for who may not sign for it, 409 when the signature is not owed any more."""
    asking.delegate(thread_of(key), address(wanted.version), Identifier(wanted.to), actor=actor_of(request))
    return _one(request, thread_of(key), 201)


@router.post("/{uuid:key}/requests", summary="Send the request again to everybody whose signature is missing")
def ask_again(request: HttpRequest, key: UUID, wanted: SealRequest) -> HttpResponse:
    """Once a day; 409 the second time, and when nobody is missing."""
    asking.ask_again(thread_of(key), address(wanted.version), actor=actor_of(request))
    return _one(request, thread_of(key), 201)


def _line(line: Line) -> dict[str, Any]:
    found = {
        "thread": line.thread, "key": line.key, "learner": line.learner, "home": line.home, "hosting": line.hosting,
        "qualification": line.qualification, "state": line.state, "stay": line.stay, "starts": line.starts,
        "ends": line.ends, "head": line.head, "in_force": line.in_force, "proposed": line.proposed,
    }  # fmt: skip
    return {name: one for name, one in found.items() if one is not None}


def _one(request: HttpRequest, thread: Identifier, status: int = 200) -> HttpResponse:
    found = actions.agreement(thread, actor=actor_of(request))
    versions = [
        {
            "address": one.record.address, "version": one.record.version, "state": one.state,
            "prev": one.record.prev or "", "signatures": [plain(signature) for signature in one.signatures],
            "waiting": [plain(signatory) for signatory in one.waiting],
            "verbs": found.verbs[one.record.address], "terms": one.record.terms,
            "delegations": [plain(delegation) for delegation in one.delegations],
            **({"until": one.until} if one.until else {}),
        }
        for one in found.versions
    ]  # fmt: skip
    body = {"thread": thread, "key": key_of(thread), "learner": found.learner, "versions": versions,
            "in_force": found.in_force, "proposed": found.proposed, "stay": found.stay.state}  # fmt: skip
    return reply({name: one for name, one in body.items() if one is not None}, status)
