"""The house's own pages: start, and whether the server is well."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ecvet_platform.journal import clock
from ecvet_platform.people import session
from ecvet_platform.people.doors import actor_of, public, reply, show
from ecvet_platform.shell.dashboard import waiting_for
from ecvet_platform.shell.navigation import beginnings_for


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """For strangers what this is; for people what waits for them."""
    if session.person_of(request) is None:
        return show(request, "shell/welcome.html")
    actor = actor_of(request)
    return show(
        request, "shell/start.html", waiting=waiting_for(actor, clock.today()), beginnings=beginnings_for(actor),
    )  # fmt: skip


@public
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For the operator's monitor: 200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return reply({"status": "ok", "database": connection.vendor})
