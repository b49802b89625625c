"""Stays for programs: what happened, and what may be told now."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from ecvet.mobility import Reason, Remainder, Verb
from ecvet.record import plain
from ecvet.terms import Identifier
from ecvet_platform.institutions.actions import register
from ecvet_platform.mobility.actions import stays
from ecvet_platform.people.doors import actor_of, reply
from ecvet_platform.qualifications.naming import thread_of

router = Router(tags=["mobilities"])


class Event(Schema):
    """Something that happened during a stay on a day."""

    verb: Verb
    on: date
    reason: Reason | None = None
    remainder: Remainder | None = None
    note: str = ""


@router.get("/{uuid:key}", summary="What happened during a stay, and what you may tell now")
def stay(request: HttpRequest, key: UUID) -> HttpResponse:
    """The key is that of the agreement's thread."""
    return _stay(request, thread_of(key))


@router.post("/{uuid:key}/events", summary="Tell what happened")
def tell(request: HttpRequest, key: UUID, event: Event) -> HttpResponse:
    """409 with the possible verbs in a state that does not know this one; 403 for the wrong side."""
    stays.tell(
        thread_of(key), event.verb, on=event.on, actor=actor_of(request), reason=event.reason,
        remainder=event.remainder, note=register.said(event.note, "en"),
    )  # fmt: skip
    return _stay(request, thread_of(key), 201)


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
