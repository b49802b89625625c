"""The endpoints of an institution in the network (docs/integrate/network.md, 3): signed requests in, JSON out."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.encoding import escape_uri_path
from django.views.decorators.csrf import csrf_exempt

from ecvet.errors import EcvetError
from ecvet.federation import Request, problem
from ecvet.federation.errors import RequestForged
from ecvet.record import plain
from ecvet.terms import identifier
from ecvet_platform.federation.actions import inbox as incoming
from ecvet_platform.federation.actions import ourselves, serving
from ecvet_platform.federation.actions.inbox import Called
from ecvet_platform.journal import clock
from ecvet_platform.people.doors import public

Door = Callable[..., HttpResponse]


def for_nodes(*methods: str) -> Callable[[Door], Callable[..., HttpResponse]]:
    """A door for other servers: without session; who calls is proved by the signature of the request.

    No transaction lasts for the whole request: each message has its own, and none is open while a caller is looked up.
    """

    def doorway(door: Door) -> Callable[..., HttpResponse]:
        @wraps(door)
        def answered(request: HttpRequest, *, key: UUID, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                return HttpResponse(status=405, headers={"Allow": ", ".join(methods)})
            try:
                called = _who(request, f"{settings.SITE}/institutions/{key}", **kwargs)
                answer = door(called, request, **kwargs)
            except EcvetError as error:
                answer = refusal(error)
            answer["Cache-Control"] = "no-store"
            return answer

        made = transaction.non_atomic_requests(csrf_exempt(public(answered)))
        made.writes = True  # type: ignore[attr-defined]
        return made

    return doorway


@for_nodes("POST")
def inbox(called: Called, request: HttpRequest) -> HttpResponse:
    """Messages in, a receipt for each out."""
    return _said({"receipts": list(incoming.take_in(called, request.body))})


@for_nodes("GET")
def outbox(called: Called, request: HttpRequest) -> HttpResponse:
    """The messages for the caller, to catch up."""
    return _said(serving.outbox(called, request.GET.get("after", "")))


@for_nodes("GET")
def thing(called: Called, request: HttpRequest, address: str) -> HttpResponse:
    """The bytes of a record or file."""
    return HttpResponse(serving.thing(called, address), content_type="application/octet-stream")


@for_nodes("GET")
def threads(called: Called, request: HttpRequest) -> HttpResponse:
    """The states of what is shared with the caller."""
    return _said(serving.threads(called))


@for_nodes("GET")
def thread(called: Called, request: HttpRequest, name: str) -> HttpResponse:
    """What is held of one document."""
    return _said(serving.thread(called, identifier(name)))


@for_nodes("GET", "POST")
def echo(called: Called, request: HttpRequest) -> HttpResponse:
    """That the signature fits."""
    return _said({"caller": called.caller.entity, "keyid": called.caller.keyid, "at": plain(clock.now())})


@csrf_exempt
@public
def configuration(request: HttpRequest, key: UUID) -> HttpResponse:
    """How an institution describes itself to others."""
    try:
        institution = ourselves.institution_at(f"{settings.SITE}/institutions/{key}")
        token = ourselves.configuration(institution, at=clock.now())
    except EcvetError as error:
        return refusal(error)
    return HttpResponse(token, content_type="application/entity-statement+jwt")


def refusal(error: EcvetError) -> HttpResponse:
    """A problem (RFC 9457)."""
    answer = JsonResponse(problem(error), status=error.status)
    answer["Content-Type"] = "application/problem+json"
    return answer


def _who(request: HttpRequest, entity: str, *, name: str = "", **_: Any) -> Called:
    """Who has signed the request.

    The name of a document is signed as it was called, percent-encoded or not, but servers hand paths on decoded: both
    spellings are tried.
    """
    path = request.get_full_path()
    if name:
        try:
            encoded = path.replace(escape_uri_path(name), quote(name, safe=""), 1)
            return incoming.who(_request(request, encoded), entity)
        except RequestForged:
            pass
    return incoming.who(_request(request, path), entity)


def _request(request: HttpRequest, path: str) -> Request:
    """The request as it was signed: the address as partners know it, whatever proxy stands in between."""
    fields = tuple((name.lower(), value) for name, value in request.headers.items())
    return Request(method=request.method or "", target=settings.SITE + path, fields=fields, body=request.body)


def _said(value: dict[str, Any]) -> HttpResponse:
    return JsonResponse(value)
