"""One event over many stays for programs: whom it concerns, what it would mean for each, and telling it."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from ecvet.mobility import Fate, MobilityEvent, Reason, Remainder
from ecvet.record import plain
from ecvet.terms import Failure, Identifier
from ecvet_platform.institutions.actions import register
from ecvet_platform.mobility.actions import befalling as actions
from ecvet_platform.mobility.actions.befalling import Choice
from ecvet_platform.people.doors import actor_of, reply
from ecvet_platform.people.telling import problem_of
from ecvet_platform.qualifications.naming import key_of, thread_of

router = Router(tags=["mobilities"])


class StayFate(Schema):
    """What the event means for one stay, by the key of its agreement's thread."""

    key: UUID
    outcome: Fate
    remainder: Remainder | None = None


class BulkEvent(Schema):
    """One day and one reason for all; with `dry_run` nothing is told."""

    on: date
    stays: list[StayFate]
    reason: Reason = Reason.FORCE_MAJEURE
    note: str = ""
    dry_run: bool = False


@router.get("", summary="The stays that an event would concern, by country, place, host and period")
def concerned(
    request: HttpRequest, country: str = "", place: str = "", hosting: str = "", start: date | None = None,
    end: date | None = None,
) -> HttpResponse:  # fmt: skip
    """Those of your institution that are not over, each with the outcomes that are possible and the usual one."""
    found = actions.concerned(
        actor=actor_of(request), country=country, place=place, hosting=Identifier(hosting) if hosting else None,
        start=start, end=end,
    )  # fmt: skip
    items = [
        {"thread": one.line.thread, "key": one.line.key, "learner": one.line.learner, "hosting": one.line.hosting,
         "country": one.country, "place": one.place, "stay": one.line.stay or "", "outcomes": one.fates,
         "usual": one.usual}
        for one in found
    ]  # fmt: skip
    return reply({"items": items})


@router.post("", summary="Tell one event for many stays, with an outcome for each")
def befall(request: HttpRequest, event: BulkEvent) -> HttpResponse:
    """All of them, or none: 409 with whose reasons stand in the way."""
    actor, note = actor_of(request), register.said(event.note, "en")
    choices = {thread_of(one.key): Choice(fate=one.outcome, remainder=one.remainder) for one in event.stays}
    answers = actions.look(choices, on=event.on, reason=event.reason, note=note, actor=actor)
    if not event.dry_run:
        actions.tell(choices, on=event.on, reason=event.reason, note=note, actor=actor)
    items = []
    for thread, one in answers.items():
        item: dict[str, object] = {"thread": thread, "key": key_of(thread), "outcome": choices[thread].fate}
        if isinstance(one, MobilityEvent):
            item["event"] = plain(one)
        elif isinstance(one, Failure):
            item["problem"] = problem_of(one.reason)
        items.append(item)
    return reply({"told": not event.dry_run, "items": items}, 200 if event.dry_run else 201)
