"""What the frame of every page knows: who is here, which language, which links."""

from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.template.loader import render_to_string
from django.utils import translation
from markupsafe import Markup

from ecvet_platform.institutions.actions import register
from ecvet_platform.people import session
from ecvet_platform.people.doors import actor_of
from ecvet_platform.people.language import own_name
from ecvet_platform.shell.crumbs import crumbs
from ecvet_platform.shell.journey import journey
from ecvet_platform.shell.languages import speaks_in_drafts
from ecvet_platform.shell.navigation import links_for
from ecvet_platform.shell.related import related

LANGUAGES: Final = {code: own_name(code) for code, _ in settings.LANGUAGES}
"""The languages of the pages, each by its own name."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """The values that `shell/page.html` uses beside those of the page."""
    person = session.person_of(request) if hasattr(request, "user") else None
    actor = actor_of(request) if person else None
    mine = tuple(session.memberships_of(request)) if person else ()
    language = translation.get_language() or settings.LANGUAGE_CODE
    account, look = (session.account_of(request), session.staff_access(request)) if person else (None, None)
    return {
        "csrf_input": csrf_input(request),  # once for all forms of the page
        "actor": actor,
        "operator": account is not None and account.is_operator,
        "look": look,  # as staff: at which institution, until when
        "look_at": register.names([look.institution])[look.institution] if look else "",
        "institutions": register.names(mine) if len(mine) > 1 else {},  # to choose from
        "related": tuple(related(request, actor)),
        "way": journey(request, actor) if actor and request.method == "GET" else None,
        "crumbs": crumbs(request) if actor else (),
        "navigation": _fragment("_navigation", language, links_for(actor, request.path)) if actor else "",
        "language": language,
        "spoken_here": LANGUAGES.get(language, language),
        "language_menu": _fragment("_languages", language),
        "drafted": speaks_in_drafts(language),
        "here": request.get_full_path() if request.method == "GET" else "/",
        "notices": list(get_messages(request)) if hasattr(request, "_messages") else [],
        "demo": settings.DEMO,
    }


@lru_cache(maxsize=1024)
def _fragment(name: str, language: str, links: tuple[tuple[str, str, bool], ...] = ()) -> Markup:
    """A part of the frame in which nothing is of one person only, made once."""
    values = {"language": language, "languages": LANGUAGES, "links": links}
    return Markup(render_to_string(f"shell/{name}.html", values))
