"""Institutions, which are public, and memoranda, for programs of those who have a part in them."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Body, Query, Router, Schema

from ecvet.partnership import CompetentInstitution, MemorandumOfUnderstanding
from ecvet.record import Act, address, plain, value
from ecvet.terms import Identifier
from ecvet_platform.documents.actions import format_of
from ecvet_platform.institutions.actions import answering, members, register
from ecvet_platform.institutions.actions import document as documented
from ecvet_platform.institutions.actions import memoranda as actions
from ecvet_platform.institutions.actions.memoranda import Line
from ecvet_platform.people.doors import actor_of, check_at, printed, reply
from ecvet_platform.people.roles import Role
from ecvet_platform.qualifications.naming import key_of, thread_of

institutions = Router(tags=["institutions"])
memoranda = Router(tags=["memoranda"])

Limit = Annotated[int, Query(ge=1, le=200)]


class Entry(Schema):
    """An institution in its plain form; contact data that are left out stay as they are."""

    institution: dict[str, Any]
    contact: dict[str, str] | None = None


class Member(Schema):
    """A person, by e-mail address, and the roles they are to have."""

    email: str
    name: str
    roles: list[Role]


class Statement(Schema):
    """An answer to one version: accept, reject or withdraw; the last two with a reason."""

    version: str
    act: Act
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


@institutions.get("", auth=None, summary="Competent institutions")
def list_institutions(
    request: HttpRequest, q: str = "", country: str = "", after: str = "", limit: Limit = 50
) -> HttpResponse:
    """In the order of their identifiers; `next` is the cursor of the next page."""
    found = register.lines(search=q, country=country, after=after, limit=limit + 1)
    items = [{"id": one.id, "key": one.key, "name": one.name, "country": one.country} for one in found[:limit]]
    return reply({"items": items, **({"next": found[limit - 1].id} if len(found) > limit else {})})


@institutions.get("/{uuid:key}", auth=None, summary="One institution, what it may do, its public keys")
def institution(request: HttpRequest, key: UUID) -> HttpResponse:
    """The keys are JSON Web Keys with the time in which they sign."""
    item = register.with_key(key)
    keys = [
        {"kid": one.key.kid, "jwk": one.key.jwk, "valid_from": one.valid_from, "valid_until": one.valid_until}
        for one in register.public_keys(item.id)
    ]
    return reply({"institution": plain(item), "keys": keys})


@institutions.post("", summary="Enter an institution, or all that is known of it now")
def enter(request: HttpRequest, entry: Entry) -> HttpResponse:
    """For a register office. The body's `institution` is the plain form, as it is read; 201 where it is new."""
    actor, item = actor_of(request), value(CompetentInstitution, entry.institution, "institution")
    known = item.id in register.institutions((item.id,))
    register.enter(item, actor=actor, contact=entry.contact)
    return reply({"key": key_of(item.id), "institution": plain(item)}, 200 if known else 201)


@institutions.get("/{uuid:key}/people", summary="The people of an institution and their roles")
def people(request: HttpRequest, key: UUID) -> HttpResponse:
    """For those who may give roles there."""
    found = members.standing(register.with_key(key).id, actor=actor_of(request))
    return reply({"items": [
        {"person": one.person.id, "name": one.person.name, "email": one.person.email, "roles": sorted(one.roles),
         "last_sign_in": one.person.last_sign_in, "second_factor": one.second_factor}
        for one in found
    ]})  # fmt: skip


@institutions.post("/{uuid:key}/people", summary="Give a person roles in an institution")
def give(request: HttpRequest, key: UUID, member: Member) -> HttpResponse:
    """Makes the account where there is none, and tells the person by e-mail."""
    made = members.add(
        register.with_key(key).id, email=member.email, name=member.name, roles=frozenset(member.roles),
        actor=actor_of(request), sign_in_at=request.build_absolute_uri("/sign-in"),
    )  # fmt: skip
    return reply({"person": made.id, "roles": sorted(member.roles)}, 201)


@institutions.delete("/{uuid:key}/people/{uuid:person}/{role}", summary="Take a role from a person")
def take(request: HttpRequest, key: UUID, person: UUID, role: Role) -> HttpResponse:
    """409 where the person does not have it, or is the last register office."""
    members.take(register.with_key(key).id, person, role, actor=actor_of(request))
    return reply({})


@institutions.delete("/{uuid:key}/people/{uuid:person}", summary="Take all roles from a person here")
def deactivate(request: HttpRequest, key: UUID, person: UUID) -> HttpResponse:
    """Ends the account too where it has no roles elsewhere; then `account` is `ended`."""
    ended = members.deactivate(register.with_key(key).id, person, actor=actor_of(request))
    return reply({"account": "ended" if ended else "in use"})


@memoranda.get("", summary="The memoranda of your institution")
def list_memoranda(request: HttpRequest, after: str = "", limit: Limit = 50) -> HttpResponse:
    """In the order in which they were begun; `next` is the cursor of the next page."""
    found = actions.lines(actor=actor_of(request), after=Identifier(after) if after else None, limit=limit + 1)
    items = [{"key": key_of(one.thread), **plain_of(one)} for one in found[:limit]]
    return reply({"items": items, **({"next": found[limit - 1].thread} if len(found) > limit else {})})


@memoranda.post("", summary="Propose a memorandum", openapi_extra={"responses": {201: {"description": "Proposed"}}})
def propose(request: HttpRequest, terms: Annotated[dict[str, Any], Body()]) -> HttpResponse:
    """The body is the plain form of a memorandum, as in its record."""
    made = actions.propose(value(MemorandumOfUnderstanding, terms), actor=actor_of(request))
    return _one(request, made, 201)


@memoranda.get("/{uuid:key}", summary="One memorandum with its versions and who still has to sign")
def memorandum(request: HttpRequest, key: UUID) -> HttpResponse:
    """404 for who has no part in it."""
    return _one(request, thread_of(key))


@memoranda.get("/{uuid:key}/document", summary="The memorandum as a PDF, or as docx to edit")
def document(request: HttpRequest, key: UUID, language: str = "", format: str = "pdf") -> HttpResponse:  # noqa: A002
    """In its own language or the one asked for. PDF/UA-1 and PDF/A-3a, sealed by the owner, record attached."""
    form = format_of(format)
    data = documented.memorandum(
        thread_of(key), actor=actor_of(request), check_at=check_at(request), language=language, form=form
    )
    return printed(data, f"memorandum-{key}", form)


@memoranda.post("/{uuid:key}/versions", summary="Propose a complete new version made from `base`")
def change(request: HttpRequest, key: UUID, base: str, terms: Annotated[dict[str, Any], Body()]) -> HttpResponse:
    """409 with the current head when `base` is no longer current."""
    item = value(MemorandumOfUnderstanding, terms)
    actions.propose(item, actor=actor_of(request), thread=thread_of(key), base=address(base))
    return _one(request, thread_of(key), 201)


@memoranda.post("/{uuid:key}/signatures", summary="Accept, reject or withdraw a version")
def sign(request: HttpRequest, key: UUID, statement: Statement) -> HttpResponse:
    """409 in a state that does not allow it, 403 for who is not asked to sign."""
    actor = actor_of(request)
    actions.answer(thread_of(key), address(statement.version), statement.act, actor=actor, reason=statement.reason)
    return _one(request, thread_of(key), 201)


@memoranda.post("/{uuid:key}/seals", summary="Bring a version into force that everybody has accepted")
def seal(request: HttpRequest, key: UUID, wanted: SealRequest) -> HttpResponse:
    """Only for the owner of the memorandum."""
    actions.seal(thread_of(key), address(wanted.version), actor=actor_of(request))
    return _one(request, thread_of(key), 201)


@memoranda.post("/{uuid:key}/terminations", summary="End the version in force")
def terminate(request: HttpRequest, key: UUID, notice: Notice) -> HttpResponse:
    """Agreements made under it keep its terms."""
    actions.terminate(thread_of(key), actor=actor_of(request), reason=notice.reason, last_day=notice.last_day)
    return _one(request, thread_of(key), 201)


@memoranda.post("/{uuid:key}/delegations", summary="Hand the signature of your institution to a colleague")
def delegate(request: HttpRequest, key: UUID, wanted: Handing) -> HttpResponse:
    """422 for who may not sign for it, 409 when the signature is not owed any more."""
    answering.delegate(thread_of(key), address(wanted.version), Identifier(wanted.to), actor=actor_of(request))
    return _one(request, thread_of(key), 201)


@memoranda.post("/{uuid:key}/requests", summary="Send the request again to everybody whose signature is missing")
def ask_again(request: HttpRequest, key: UUID, wanted: SealRequest) -> HttpResponse:
    """Once a day; 409 the second time, and when nobody is missing."""
    answering.ask_again(thread_of(key), address(wanted.version), actor=actor_of(request))
    return _one(request, thread_of(key), 201)


def plain_of(line: Line) -> dict[str, Any]:
    """A line of the list; what is missing is left out."""
    found = {
        "thread": line.thread, "owner": line.owner, "state": line.state, "head": line.head, "in_force": line.in_force,
        "proposed": line.proposed, "valid_from": line.valid_from, "valid_until": line.valid_until,
        "parties": line.parties,
    }  # fmt: skip
    return {name: one for name, one in found.items() if one is not None}


def _one(request: HttpRequest, thread: Identifier, status: int = 200) -> HttpResponse:
    found = actions.memorandum(thread, actor=actor_of(request))
    versions = [
        {
            "address": one.record.address, "version": one.record.version, "state": one.state,
            "signatures": [plain(signature) for signature in one.signatures],
            "waiting": [plain(signatory) for signatory in one.waiting],
            "verbs": found.verbs[one.record.address], "terms": one.record.terms,
            "delegations": [plain(delegation) for delegation in one.delegations],
            **({"until": one.until} if one.until else {}),
        }
        for one in found.versions
    ]  # fmt: skip
    body = {"thread": thread, "key": key_of(thread), "owner": found.owner, "versions": versions,
            "in_force": found.in_force, "proposed": found.proposed,
            "findings": [plain(finding) for finding in found.findings]}  # fmt: skip
    return reply({name: one for name, one in body.items() if one is not None}, status)
