"""Notices for programs that act for a person: what was told, how, and the calendar."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router, Schema

from ecvet_platform.notices.actions import choosing, places
from ecvet_platform.notices.words import SENTENCES
from ecvet_platform.people.doors import actor_of, reply

notices = Router(tags=["notices"])


class Choice(Schema):
    """How to be told: `at once`, `daily` or `never`."""

    rhythm: str


@notices.get("", summary="What you were told, the latest first, and how you are told")
def mine(request: HttpRequest) -> HttpResponse:
    """Nobody's but your own."""
    actor = actor_of(request)
    items = [
        {
            "entry": one.entry, "told": one.told, "sentence": str(SENTENCES[one.told].sentence), "at": one.at,
            "act": SENTENCES[one.told].act, "page": places.place(one), "subject": one.subject,
            **({"until": one.until} if one.until else {}), **({"sent": one.sent} if one.sent else {}),
        }
        for one in choosing.mine(actor, limit=200) if one.told in SENTENCES
    ]  # fmt: skip
    return reply({"rhythm": choosing.rhythm(actor), "items": items})


@notices.put("/rhythm", summary="Choose how you are told")
def choose(request: HttpRequest, choice: Choice) -> HttpResponse:
    """422 for a way that there is not."""
    choosing.choose(choice.rhythm, actor=actor_of(request))
    return reply({"rhythm": choosing.rhythm(actor_of(request))})


@notices.post("/calendars", summary="Make a new link to your calendar; the one before ends")
def open_calendar(request: HttpRequest) -> HttpResponse:
    """The link is shown this once."""
    secret = choosing.open_calendar(actor_of(request))
    return reply({"link": request.build_absolute_uri(reverse("calendar", kwargs={"secret": secret}))}, 201)


@notices.delete("/calendars", summary="End the link to your calendar")
def end_calendar(request: HttpRequest) -> HttpResponse:
    """Whoever has it sees nothing more."""
    choosing.end_calendar(actor_of(request))
    return reply({"ended": True})
