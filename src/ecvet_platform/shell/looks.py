"""Every look of staff at a learner's data is noted, whichever room's page or operation showed them.

Which addresses show what of a learner stands in `LOOKS`, once for pages and API. The look is noted after the page was
made and before it is handed out, outside the page's own transaction: a look that cannot be noted is not given.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from django.http import HttpRequest, HttpResponse

from ecvet.errors import EcvetError
from ecvet_platform.dossier.actions import looks
from ecvet_platform.guests.actions import opening
from ecvet_platform.guests.pages.links import is_open
from ecvet_platform.people import session
from ecvet_platform.people.doors import actor_of
from ecvet_platform.people.roles import Actor

LOOKS: Final[tuple[tuple[str, str], ...]] = (
    ("learners/<key>", "learner"),
    ("agreements/<key>", "thread"),
    ("mobilities/<key>", "thread"),
    ("portfolios/<key>", "thread"),
    ("credit/cases/<key>", "case"),
    ("credit/evidence/<key>", "evidence"),
    ("credit/records/<name>", "record"),
    ("credit/<key>", "thread"),
    ("records/<name>", "record"),
    ("transcripts/<name>", "record"),
    ("validations/<name>", "record"),
    ("recognitions/<name>", "record"),
    ("appeals/<name>", "record"),
    ("credentials/<key>", "credential"),
    ("papers/<key>", "paper"),
)
"""The beginning of an address, and the kind of thing that its key names (`dossier.actions.looks.SUBJECTS`)."""

GUEST: Final = "guest/<str:secret>"
"""Where everything behind the link of a guest without account lies."""

_PARAMETER: Final = re.compile(r"<(?:[^>:]*:)?([a-z_]+)>")

Answer = Callable[[HttpRequest], HttpResponse]


def looked_at(route: str) -> str | None:
    """The kind of thing of a learner that the pages at a route show; None where they show none."""
    found = plain(route)
    return next((what for start, what in LOOKS if found == start or found.startswith(f"{start}/")), None)


def plain(route: str) -> str:
    """A route without the prefix of the API and without the kinds of its parameters: pages and API read alike."""
    return _PARAMETER.sub(lambda found: f"<{found[1]}>", route.removeprefix("api/v1/"))


class Looks:
    """Notes who was shown what of a learner."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and note the look of whoever is not the learner herself."""
        response = self.get_response(request)
        match = request.resolver_match
        if match is None or response.status_code != 200:
            return response
        if match.route.startswith(GUEST):
            _note_guest(request, str(match.kwargs["secret"]))
        elif (what := looked_at(match.route)) and (actor := _actor(request)):
            looks.note(what, str(match.kwargs.get("key") or match.kwargs["name"]), actor=actor)
        return response


def _note_guest(request: HttpRequest, secret: str) -> None:
    """Note the look of a guest who has entered the code; before that the link shows nothing of a learner."""
    with suppress(EcvetError):  # the task was done with this very request
        guest = opening.behind(secret)
        if is_open(request, guest):
            looks.by_guest(guest)


def _actor(request: HttpRequest) -> Actor | None:
    """Who acts, by session or by token."""
    by_token = isinstance(getattr(request, "auth", None), Actor)
    return actor_of(request) if by_token or session.person_of(request) is not None else None
