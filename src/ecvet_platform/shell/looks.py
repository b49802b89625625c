"""Every look of staff at a learner's data is noted, whichever room's page or operation showed them.

Which addresses show what of a learner stands in `LOOKS`, once for pages and API. The look is noted after the page was
made and before it is handed out, outside the page's own transaction: a look that cannot be noted is not given.
"""

import re
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

from ecvet_platform.dossier.actions import looks
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
)
"""The beginning of an address, and the kind of thing that its key names (`dossier.actions.looks.SUBJECTS`)."""

_PARAMETER: Final = re.compile(r"<[^>]*?(key|name)>")

Answer = Callable[[HttpRequest], HttpResponse]


def looked_at(route: str) -> str | None:
    """The kind of thing of a learner that the pages at a route show; None where they show none."""
    plain = _PARAMETER.sub(lambda found: f"<{found[1]}>", route.removeprefix("api/v1/"))
    return next((what for start, what in LOOKS if plain == start or plain.startswith(f"{start}/")), None)


class Looks:
    """Notes who was shown what of a learner."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and note the look of whoever is not the learner herself."""
        response = self.get_response(request)
        match = request.resolver_match
        if match is None or response.status_code != 200 or not (what := looked_at(match.route)):
            return response
        actor = _actor(request)
        if actor is not None:
            looks.note(what, str(match.kwargs.get("key") or match.kwargs["name"]), actor=actor)
        return response


def _actor(request: HttpRequest) -> Actor | None:
    """Who acts, by session or by token; a guest without account is noted by the room that let him in."""
    by_token = isinstance(getattr(request, "auth", None), Actor)
    return actor_of(request) if by_token or session.person_of(request) is not None else None
