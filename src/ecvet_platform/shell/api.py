"""The API's frame: who calls, which routers, how a refusal reads. Rooms add their line to `ROUTERS`.

Callers sign in with a bearer token, or with the session of the page (then with the CSRF token in X-CSRFToken).
"""

from typing import Annotated, Any, Final, Literal

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Query, Router
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer, SessionAuth

from ecvet.errors import EcvetError
from ecvet.saying import say
from ecvet_platform.people import actions, session
from ecvet_platform.people.doors import actor_of, problem, reply
from ecvet_platform.people.errors import NotSignedIn
from ecvet_platform.people.roles import Actor
from ecvet_platform.shell import languages as words
from ecvet_platform.shell.catalogues import status
from ecvet_platform.shell.errors import PageUnknown, RequestUnreadable
from ecvet_platform.shell.pages import as_file
from ecvet_platform.shell.search import search

house: Final = Router(tags=["house"])

ROUTERS: Final[tuple[tuple[str, Router | str], ...]] = (
    ("", house),
    ("", "ecvet_platform.people.api.router"),
    ("/qualifications", "ecvet_platform.qualifications.api.router"),
    ("/institutions", "ecvet_platform.institutions.api.institutions"),
    ("/memoranda", "ecvet_platform.institutions.api.memoranda"),
    ("/drafts", "ecvet_platform.drafts.api.router"),
    ("/learners", "ecvet_platform.mobility.api.learners.router"),
    ("/learners/lists", "ecvet_platform.mobility.api.rosters.router"),
    ("/groups", "ecvet_platform.mobility.api.groups.router"),
    ("/mobilities/events", "ecvet_platform.mobility.api.befalling.router"),
    ("/agreements", "ecvet_platform.mobility.api.agreements.router"),
    ("/agreements", "ecvet_platform.mobility.api.neighbours.router"),
    ("/mobilities", "ecvet_platform.mobility.api.mobilities.router"),
    ("", "ecvet_platform.credit.api.router"),
    ("", "ecvet_platform.guests.api.router"),
    ("", "ecvet_platform.consultations.api.router"),
    ("", "ecvet_platform.credentials.api.batches.router"),
    ("", "ecvet_platform.credentials.api.credentials.router"),
    ("", "ecvet_platform.credentials.api.other_forms.router"),
    ("", "ecvet_platform.credentials.api.keys.router"),
    ("", "ecvet_platform.credentials.api.verifying.router"),
    ("", "ecvet_platform.wallets.api.router"),
    ("", "ecvet_platform.dossier.api.router"),
    ("/notices", "ecvet_platform.notices.api.notices"),
    ("", "ecvet_platform.figures.api.router"),
)
"""Prefix and router of each room: `("/agreements", "ecvet_platform.mobility.api.router")`."""


class BySession(SessionAuth):
    """The session of the page."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """Who is signed in."""
        return session.actor_of(request) if session.person_of(request) else None


class ByToken(HttpBearer):
    """A token in the header Authorization."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """For whom the token acts."""
        return actions.actor_with_token(token)


@house.get("/me", summary="Who you are, for which institution, in which roles")
def me(request: HttpRequest) -> HttpResponse:
    """The caller as actions see him."""
    return reply(actor_of(request))


@house.get("/search", summary="Search learners, agreements, units, qualifications and institutions")
def searched(request: HttpRequest, q: str) -> HttpResponse:
    """Only over what you may see; the first lines of each sort and how many there are."""
    groups = search(actor_of(request), q[:200])
    return reply({"groups": [
        {"title": str(one.title), "count": one.count, "hits": one.hits} for one in groups
    ]})  # fmt: skip


@house.get("/lists/{str:name}", summary="A list as a file, with the filters of its page")
def listed(
    request: HttpRequest, name: str, ending: Annotated[Literal["csv", "xlsx"], Query(alias="format")] = "csv"
) -> HttpResponse:
    """CSV in UTF-8 with a byte order mark, or an Excel workbook with typed cells; no cell of either is a formula."""
    return as_file(name, ending, actor_of(request), request.GET.dict())


@house.get("/languages", summary="How far each language is: confirmed by people, drafted by a machine, missing")
def languages(request: HttpRequest) -> HttpResponse:
    """All languages but English, which is the original, each with its areas."""
    return reply({"languages": [words.values(status.of(code)) for code, _ in settings.LANGUAGES if words.known(code)]})


def build(urls_namespace: str = "api") -> NinjaAPI:
    """The API with the routers of all rooms."""
    made = NinjaAPI(
        title="ecvet", version="1", description="Units of learning outcomes across borders.",
        docs_url=None, auth=[ByToken(), BySession()], urls_namespace=urls_namespace,
    )  # fmt: skip
    for prefix, router in ROUTERS:
        made.add_router(prefix, router)
    made.add_exception_handler(EcvetError, _refuse)
    made.add_exception_handler(ValidationError, _unreadable)
    made.add_exception_handler(AuthenticationError, lambda request, error: _refuse(request, NotSignedIn()))
    made.add_exception_handler(Http404, lambda request, error: _refuse(request, PageUnknown()))
    made.add_exception_handler(HttpError, lambda request, error: _refuse(request, RequestUnreadable(why=str(error))))
    return made


def _refuse(request: HttpRequest, error: Any) -> HttpResponse:
    """A problem; whatever the operation wrote before it was refused is taken back."""
    if transaction.get_connection().in_atomic_block:
        transaction.set_rollback(True)
    return problem(error, instance=request.path)


def _unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    found = "; ".join(f"{'.'.join(str(step) for step in one['loc'][1:])}: {one['msg']}" for one in error.errors)
    return _refuse(request, RequestUnreadable(why=found or say("it is malformed")))
