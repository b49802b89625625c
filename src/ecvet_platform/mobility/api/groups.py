"""Groups for programs: how a group stands, and one step for several of its learners, for all of them or for nobody."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router, Schema

from ecvet.mobility import LearningAgreement, Reason, Remainder, Verb
from ecvet.record import Address, address, plain, value
from ecvet.terms import Identifier
from ecvet_platform.documents.actions import format_of
from ecvet_platform.institutions.actions import register
from ecvet_platform.mobility.actions import group_changes, group_document, group_reminders
from ecvet_platform.mobility.actions import groups as actions
from ecvet_platform.people.doors import actor_of, check_at, language_of, printed, reply
from ecvet_platform.qualifications.naming import key_of, thread_of

router = Router(tags=["groups"])


class Versions(Schema):
    """By the key of each agreement, the version that was read and is meant."""

    versions: dict[UUID, str]

    def by_thread(self) -> dict[Identifier, Address]:
        """The same by thread. Raises what `address` raises."""
        return {thread_of(key): address(one) for key, one in self.versions.items()}


class Members(Schema):
    """The agreements that are meant, by their keys."""

    agreements: list[UUID]


class NewText(Versions):
    """A new common text without a learner, and by the key of each agreement its latest version (`head`)."""

    agreement: dict[str, Any]


class GroupEvent(Members):
    """Something that happened to several stays on the same day."""

    verb: Verb
    on: date
    reason: Reason | None = None
    remainder: Remainder | None = None
    note: str = ""


@router.get("", summary="The groups of your institution")
def groups(request: HttpRequest, q: str = "", page: Annotated[int, Query(ge=1, le=10_000)] = 1) -> HttpResponse:
    """The latest change first, fifty on a page."""
    lines, count = actions.page(actor=actor_of(request), search=q[:200], number=page)
    items = [plain(one) for one in lines]
    return reply({"items": items, "count": count})


@router.get("/{str:text}", summary="One group: who has signed, who deviates, what can be done for whom")
def group(request: HttpRequest, text: str) -> HttpResponse:
    """The name of a group is the address of its common text. 404 for who has no part in it."""
    return _one(request, text)


@router.post("/{str:text}/signatures", summary="Sign several agreements of a group, each with a signature of its own")
def sign(request: HttpRequest, text: str, wanted: Versions) -> HttpResponse:
    """All of them, or none: 409 with whose reasons stand in the way."""
    actions.sign(address(text), wanted.by_thread(), actor=actor_of(request))
    return _one(request, text, 201)


@router.post("/{str:text}/seals", summary="Bring several agreements of a group into force")
def seal(request: HttpRequest, text: str, wanted: Versions) -> HttpResponse:
    """All of them, or none."""
    actions.seal(address(text), wanted.by_thread(), actor=actor_of(request))
    return _one(request, text, 201)


@router.post("/{str:text}/events", summary="Tell that the same happened to several stays of a group")
def tell(request: HttpRequest, text: str, event: GroupEvent) -> HttpResponse:
    """All of them, or none."""
    actions.tell(
        address(text), [thread_of(one) for one in event.agreements], event.verb, on=event.on,
        actor=actor_of(request), reason=event.reason, remainder=event.remainder, note=register.said(event.note, "en"),
    )  # fmt: skip
    return _one(request, text, 201)


@router.post("/{str:text}/versions", summary="Put a new common text to a group, with what deviates for one kept")
def change(request: HttpRequest, text: str, wanted: NewText) -> HttpResponse:
    """All of them, or none; the answer is the group under the address of its new text."""
    draft = value(LearningAgreement, wanted.agreement)
    made = group_changes.change(address(text), draft, wanted.by_thread(), actor=actor_of(request))
    return _one(request, made, 201)


@router.get("/{str:text}/document", summary="The common text with its learners as a PDF, or as docx to edit")
def document(request: HttpRequest, text: str, language: str = "", format: str = "pdf") -> HttpResponse:  # noqa: A002
    """PDF/UA-1 and PDF/A-3a, sealed by the home institution, with the record of the common text attached."""
    form = format_of(format)
    data = group_document.group(
        address(text), actor=actor_of(request), check_at=check_at(request), language=language or language_of(request),
        form=form,
    )  # fmt: skip
    return printed(data, f"group-{text[8:20]}", form)


@router.post("/{str:text}/reminders", summary="Remind those of a group who still have to sign")
def remind(request: HttpRequest, text: str, wanted: Members) -> HttpResponse:
    """One e-mail to each person, at most one a day for an agreement."""
    site = request.build_absolute_uri(reverse("start"))
    among = [thread_of(one) for one in wanted.agreements]
    made = group_reminders.remind(address(text), among, site=site, actor=actor_of(request))
    return reply({"people": made.people, "unreached": made.unreached, "earlier": made.earlier}, 201)


def _one(request: HttpRequest, text: str, status: int = 200) -> HttpResponse:
    found = actions.group(address(text), actor=actor_of(request))
    deviating = found.group.deviating
    members = [
        {
            "thread": one.thread, "key": key_of(one.thread), "version": found.versions[one.thread],
            "head": found.lines[one.thread].head,
            "state": found.lines[one.thread].state, "stay": one.stay or "", "proposed": one.proposed,
            "in_force": one.in_force, "waiting": [plain(who) for who in sorted(one.waiting, key=str)],
            "deviates": [{"field": change.field, "of": change.of} for change in deviating.get(one.thread, ())],
        }
        for one in found.group.members
    ]  # fmt: skip
    body = {"group": text, "common": plain(found.common), "members": members, "steps": found.steps}
    return reply(body, status)
