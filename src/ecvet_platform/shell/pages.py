"""The house's own pages: start, search, lists as files, and whether the server is well."""

from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ecvet_platform.dossier.actions import contents
from ecvet_platform.journal import clock
from ecvet_platform.people import session
from ecvet_platform.people.doors import actor_of, public, reply, show
from ecvet_platform.people.roles import Actor
from ecvet_platform.shell.dashboard import counts, waiting_for
from ecvet_platform.shell.errors import PageUnknown
from ecvet_platform.shell.lists import table
from ecvet_platform.shell.navigation import beginnings_for
from ecvet_platform.shell.search import search
from ecvet_platform.shell.spreadsheet import MEDIA, write
from ecvet_platform.shell.underway import MOST, under_way


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """For strangers what this is; for people what waits for them."""
    if session.person_of(request) is None:
        return show(request, "shell/welcome.html")
    actor = actor_of(request)
    today = clock.today()
    waiting, others = waiting_for(actor, today), under_way(actor)
    return show(
        request, "shell/start.html", waiting=waiting, beginnings=beginnings_for(actor), under_way=others[:MOST],
        more=len(others[MOST:]), counts=counts(actor, waiting, others, today), records=contents.mine(actor),
        today=today,
    )  # fmt: skip


@require_safe
def searched(request: HttpRequest) -> HttpResponse:
    """What the reader may see and in which all words are found."""
    text = request.GET.get("q", "").strip()[:200]
    return show(request, "shell/search.html", text=text, groups=search(actor_of(request), text))


@require_safe
def listed(request: HttpRequest, name: str) -> HttpResponse:
    """A list as CSV, with the same words in its address as on its page."""
    return as_csv(name, actor_of(request), request.GET.dict())


def as_csv(name: str, actor: Actor, asked: dict[str, Any]) -> HttpResponse:
    """The file of a list, for the page and the API. Raises `PageUnknown`, or what its page raises."""
    found = table(name, actor=actor, asked=asked)
    if found is None:
        raise PageUnknown()
    answer = HttpResponse(write(*found), content_type=MEDIA)
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


@public
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For the operator's monitor: 200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return reply({"status": "ok", "database": connection.vendor})
