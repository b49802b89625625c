"""Learners, agreements and stays for programs. Records travel in the form in which they are signed."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Body, Query, Router, Schema

from ecvet.mobility import LearningAgreement, Reason, Remainder, Role, Verb
from ecvet.record import Act, Person, address, plain, value
from ecvet.terms import Identifier
from ecvet_platform.documents.actions import format_of
from ecvet_platform.institutions.actions import register
from ecvet_platform.mobility.actions import agreements as actions
from ecvet_platform.mobility.actions import asking, proposing, signing, stays
from ecvet_platform.mobility.actions import document as documented
from ecvet_platform.mobility.actions import learners as learning
from ecvet_platform.mobility.actions.agreements import Line
from ecvet_platform.people.doors import actor_of, check_at, language_of, printed, reply
from ecvet_platform.qualifications.naming import key_of, thread_of

learners = Router(tags=["learners"])
agreements = Router(tags=["agreements"])
mobilities = Router(tags=["mobilities"])

Limit = Annotated[int, Query(ge=1, le=200)]


class NewLearner(Schema):
    """A learner to be entered."""

    names: list[str]
    family_name: str
    birth_date: date | None = None
    email: str = ""
    qualification: str = ""
    guardian: str = ""
    guardian_email: str = ""


class NewEnrolment(Schema):
    """A qualification version to follow from a day on."""

    qualification: str
    since: date


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


class Event(Schema):
    """Something that happened during a stay on a day."""

    verb: Verb
    on: date
    reason: Reason | None = None
    remainder: Remainder | None = None
    note: str = ""


# ------------------------------------------------------------- learners
@learners.get("", summary="The learners of your institution")
def list_learners(request: HttpRequest, after: str = "", limit: Limit = 50) -> HttpResponse:
    """In the order in which they were entered; `next` is the cursor of the next page."""
    found = learning.lines(actor=actor_of(request), after=Identifier(after) if after else None, limit=limit + 1)
    items = [{"id": one.id, "key": one.key, "name": one.called} for one in found[:limit]]
    return reply({"items": items, **({"next": found[limit - 1].id} if len(found) > limit else {})})


@learners.post("", summary="Enter a learner")
def enter(request: HttpRequest, item: NewLearner) -> HttpResponse:
    """The pseudonym is minted here; the personal data stay outside every record."""
    person = Person(names=tuple(item.names), family_name=item.family_name, birth_date=item.birth_date)
    made = learning.enter(
        person, actor=actor_of(request), email=item.email, guardian=item.guardian, guardian_email=item.guardian_email,
        qualification=Identifier(item.qualification) if item.qualification else None,
    )  # fmt: skip
    return _learner(request, made.id, 201)


@learners.get("/{uuid:key}", summary="One learner")
def learner(request: HttpRequest, key: UUID) -> HttpResponse:
    """404 for who may not see the learner."""
    return _learner(request, thread_of(key))


@learners.post("/{uuid:key}/enrolments", summary="Follow a qualification version")
def enrol(request: HttpRequest, key: UUID, item: NewEnrolment) -> HttpResponse:
    """The one followed before ends that day."""
    name = thread_of(key)
    learning.enrol(name, Identifier(item.qualification), since=item.since, actor=actor_of(request))
    return _learner(request, name, 201)


@learners.post("/{uuid:key}/erasures", summary="Erase the personal data")
def erase(request: HttpRequest, key: UUID) -> HttpResponse:
    """409 while a stay is not over."""
    learning.erase(thread_of(key), actor=actor_of(request))
    return _learner(request, thread_of(key), 201)


# ------------------------------------------------------------- agreements
@agreements.get("", summary="The agreements in which you have a part")
def list_agreements(request: HttpRequest, after: str = "", limit: Limit = 50) -> HttpResponse:
    """In the order in which they were begun; `next` is the cursor of the next page."""
    found = actions.lines(actor=actor_of(request), after=Identifier(after) if after else None, limit=limit + 1)
    items = [_line(one) for one in found[:limit]]
    return reply({"items": items, **({"next": found[limit - 1].thread} if len(found) > limit else {})})


@agreements.post("", summary="Propose an agreement")
def propose(request: HttpRequest, terms: Annotated[dict[str, Any], Body()]) -> HttpResponse:
    """The body is the plain form of an agreement, as in its record."""
    made = proposing.put_forward(value(LearningAgreement, terms), actor=actor_of(request))
    return _one(request, made, 201)


@agreements.post("/groups", summary="Propose one agreement for each learner from one text")
def propose_group(request: HttpRequest, group: Group) -> HttpResponse:
    """All are proposed, or none."""
    text = value(LearningAgreement, group.agreement)
    chosen = [Identifier(one) for one in group.learners]
    made = proposing.put_forward_group(text, chosen, actor=actor_of(request))
    common = actions.line(made[0], actor=actor_of(request)).group
    return reply({"group": common, "threads": made, "keys": [key_of(one) for one in made]}, 201)


@agreements.get("/{uuid:key}", summary="One agreement with its versions, signatures and stay")
def agreement(request: HttpRequest, key: UUID) -> HttpResponse:
    """404 for who has no part in it."""
    return _one(request, thread_of(key))


@agreements.get("/{uuid:key}/document", summary="The agreement as a PDF, or as docx to edit")
def document(request: HttpRequest, key: UUID, language: str = "", format: str = "pdf") -> HttpResponse:  # noqa: A002
    """PDF/UA-1 and PDF/A-3a, sealed by the home institution, with the record attached; a Word file proves nothing."""
    form = format_of(format)
    data = documented.agreement(
        thread_of(key), actor=actor_of(request), check_at=check_at(request), language=language or language_of(request),
        form=form,
    )  # fmt: skip
    return printed(data, f"agreement-{key}", form)


@agreements.post("/{uuid:key}/versions", summary="Propose a complete new version made from `base`")
def change(request: HttpRequest, key: UUID, base: str, terms: Annotated[dict[str, Any], Body()]) -> HttpResponse:
    """409 with the current head when `base` is no longer current."""
    item = value(LearningAgreement, terms)
    proposing.change(thread_of(key), item, base=address(base), actor=actor_of(request))
    return _one(request, thread_of(key), 201)


@agreements.post("/{uuid:key}/signatures", summary="Accept, reject or withdraw a version in your role")
def sign(request: HttpRequest, key: UUID, statement: Statement) -> HttpResponse:
    """409 in a state that does not allow it, 403 for who is not asked to sign."""
    signing.answer(
        thread_of(key), address(statement.version), statement.act, actor=actor_of(request), role=statement.role,
        reason=statement.reason,
    )  # fmt: skip
    return _one(request, thread_of(key), 201)


@agreements.post("/{uuid:key}/seals", summary="Bring a version into force that everybody has accepted")
def seal(request: HttpRequest, key: UUID, wanted: SealRequest) -> HttpResponse:
    """Only for the home institution."""
    signing.seal(thread_of(key), address(wanted.version), actor=actor_of(request))
    return _one(request, thread_of(key), 201)


@agreements.post("/{uuid:key}/terminations", summary="End the version in force")
def terminate(request: HttpRequest, key: UUID, notice: Notice) -> HttpResponse:
    """A party's notice with a reason and the last day."""
    signing.terminate(thread_of(key), actor=actor_of(request), reason=notice.reason, last_day=notice.last_day)
    return _one(request, thread_of(key), 201)


@agreements.get("/{uuid:key}/colleagues", summary="To whom you may hand the signature of your institution")
def colleagues(request: HttpRequest, key: UUID) -> HttpResponse:
    """Those who may sign for it, besides you."""
    actions.agreement(thread_of(key), actor=actor_of(request))
    found = asking.colleagues(actor_of(request))
    return reply({"items": [{"person": one.identifier, "name": one.name} for one in found]})


@agreements.post("/{uuid:key}/delegations", summary="Hand the signature of your institution to a colleague")
def delegate(request: HttpRequest, key: UUID, wanted: Handing) -> HttpResponse:
    """422 for who may not sign for it, 409 when the signature is not owed any more."""
    asking.delegate(thread_of(key), address(wanted.version), Identifier(wanted.to), actor=actor_of(request))
    return _one(request, thread_of(key), 201)


@agreements.post("/{uuid:key}/requests", summary="Send the request again to everybody whose signature is missing")
def ask_again(request: HttpRequest, key: UUID, wanted: SealRequest) -> HttpResponse:
    """Once a day; 409 the second time, and when nobody is missing."""
    asking.ask_again(thread_of(key), address(wanted.version), actor=actor_of(request))
    return _one(request, thread_of(key), 201)


# ------------------------------------------------------------- stays
@mobilities.get("/{uuid:key}", summary="What happened during a stay, and what you may tell now")
def stay(request: HttpRequest, key: UUID) -> HttpResponse:
    """The key is that of the agreement's thread."""
    return _stay(request, thread_of(key))


@mobilities.post("/{uuid:key}/events", summary="Tell what happened")
def tell(request: HttpRequest, key: UUID, event: Event) -> HttpResponse:
    """409 with the possible verbs in a state that does not know this one; 403 for the wrong side."""
    stays.tell(
        thread_of(key), event.verb, on=event.on, actor=actor_of(request), reason=event.reason,
        remainder=event.remainder, note=register.said(event.note, "en"),
    )  # fmt: skip
    return _stay(request, thread_of(key), 201)


# ------------------------------------------------------------- inside
def _learner(request: HttpRequest, name: Identifier, status: int = 200) -> HttpResponse:
    found = learning.learner(name, actor=actor_of(request))
    body = {
        "id": name, "key": found.learner.key, "home": found.learner.home, "ref": found.learner.ref,
        "person": plain(found.learner.person) if found.learner.person else None, "erased": found.learner.erased,
        "enrolments": [plain(one) for one in found.enrolments],
    }  # fmt: skip
    return reply({one: what for one, what in body.items() if what is not None}, status)


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


def _stay(request: HttpRequest, thread: Identifier, status: int = 200) -> HttpResponse:
    found = stays.told(thread, actor=actor_of(request))
    return reply(
        {
            "stay": thread, "state": found.stay.state or "", "verbs": found.verbs, "ending": found.ending or "",
            "events": [plain(event) for event in found.stay.events],
            "remarks": [plain(finding) for finding in found.remarks],
        },
        status,
    )  # fmt: skip
