"""The house's own pages: start, search, lists as files, and whether the server is well."""

from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ecvet_platform.dossier.actions import contents
from ecvet_platform.journal import clock
from ecvet_platform.people import session
from ecvet_platform.people.doors import actor_of, public, reply, show
from ecvet_platform.people.language import language_name
from ecvet_platform.people.roles import Actor
from ecvet_platform.shell import languages as words
from ecvet_platform.shell.catalogues import status
from ecvet_platform.shell.dashboard import counts, waiting_for
from ecvet_platform.shell.errors import PageUnknown
from ecvet_platform.shell.frame import LANGUAGES
from ecvet_platform.shell.lists import table
from ecvet_platform.shell.navigation import beginnings_for
from ecvet_platform.shell.search import search
from ecvet_platform.shell.spreadsheet import FORMATS
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
def listed(request: HttpRequest, name: str, ending: str) -> HttpResponse:
    """A list as a file, with the same words in its address as on its page."""
    return as_file(name, ending, actor_of(request), request.GET.dict())


def as_file(name: str, ending: str, actor: Actor, asked: dict[str, Any]) -> HttpResponse:
    """The file of a list, for the page and the API. Raises `PageUnknown`, or what its page raises."""
    found, format_ = table(name, actor=actor, asked=asked), FORMATS.get(ending)
    if found is None or format_ is None:
        raise PageUnknown()
    answer = HttpResponse(format_.write(found.title, found.head, found.rows), content_type=format_.media)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer


@public
@require_safe
def languages(request: HttpRequest) -> HttpResponse:
    """How far each language is, and how much of it no reader has confirmed."""
    return show(request, "shell/languages.html", rows=words.rows(), own_names=LANGUAGES)


@public
@require_safe
def language_status(request: HttpRequest, code: str) -> HttpResponse:
    """The same of one language, area by area. Raises `PageUnknown`."""
    if not words.known(code):
        raise PageUnknown()
    return show(
        request, "shell/language.html", name=language_name(code), count=status.of(code).count,
        areas=words.by_area(code),
    )  # fmt: skip


@public
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For the operator's monitor: 200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return reply({"status": "ok", "database": connection.vendor})
