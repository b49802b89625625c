"""What every door of every room needs: who stands before it, how to show a page, how to reply to a program.

A page is for signed-in people unless it is marked `@public`; `@for_roles` narrows it. Doors parse, call one action,
and show; they decide nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit

import msgspec
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ecvet.errors import EcvetError
from ecvet.saying import Said
from ecvet.terms import require
from ecvet_platform.documents import actions as documents
from ecvet_platform.people import session, telling
from ecvet_platform.people.roles import Actor, Role, has_one_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

public = login_not_required
"""Marks a page that the signed-out may see."""


def unproved(view: View[P]) -> View[P]:
    """Marks a page that is open without the second factor an institution demands: where one sets it up, or leaves."""
    view.unproved = True  # type: ignore[attr-defined]
    return view


def actor_of(request: HttpRequest) -> Actor:
    """Who acts: by token where the API found one, else by session. Raises `NotSignedIn`."""
    known = getattr(request, "auth", None)
    if isinstance(known, Actor):
        return known
    cached = getattr(request, "_ecvet_actor", None)
    if not isinstance(cached, Actor):
        cached = session.actor_of(request)
        request._ecvet_actor = cached  # type: ignore[attr-defined]
    return cached


def for_roles(*roles: Role) -> Callable[[View[P]], View[P]]:
    """Only for people who have one of the roles where they act. The page raises `NotYourRole` for others."""

    def narrowed(view: View[P]) -> View[P]:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            require(has_one_of(actor_of(request), *roles))
            return view(request, *args, **kwargs)

        return checked

    return narrowed


def show(request: HttpRequest, template: str, /, status: int = 200, **values: object) -> HttpResponse:
    """A page of the frame; `template` extends `shell/page.html`."""
    return render(request, template, values, status=status)


def reply(value: Any, status: int = 200) -> HttpResponse:
    """The reply of the API: msgspec writes dataclasses, structs, decimals (as text) and times."""
    data = msgspec.json.encode(value, enc_hook=_told)
    return HttpResponse(data, status=status, content_type="application/json")


def _told(value: object) -> str:
    """What the core says, in the language that the program asked for."""
    if isinstance(value, Said):
        return telling.tell(value)
    raise TypeError(f"{type(value).__name__} has no form in a reply")


def problem(error: EcvetError, instance: str = "") -> HttpResponse:
    """The refusal of the API: RFC 9457. `type` is the stable code as a URN; the remedy is a member of its own."""
    found: dict[str, Any] = {"type": f"urn:ecvet:{error.code}", **telling.problem_of(error), "instance": instance}
    return HttpResponse(msgspec.json.encode(found), status=error.status, content_type="application/problem+json")


def check_at(request: HttpRequest) -> str:
    """The address of the page that checks a record, for the QR code of a document; the record's own follows it."""
    return request.build_absolute_uri(f"/{documents.CHECK}")


def language_of(request: HttpRequest) -> str:
    """The language in which a document is asked for: `?language=`, else the reader's own."""
    return request.GET.get("language", "") or str(getattr(request, "LANGUAGE_CODE", "en"))


def printed(data: bytes, name: str, form: documents.Format = documents.Format.PDF) -> HttpResponse:
    """A document as a browser shows it (a Word file is kept) and as a program fetches it."""
    answer = HttpResponse(data, content_type=documents.MEDIA_OF[form])
    shown = "inline" if form is documents.Format.PDF else "attachment"
    answer["Content-Disposition"] = f'{shown}; filename="{name}.{form}"'
    return answer


def may_lead_to(answer: HttpResponse, url: str) -> HttpResponse:
    """A page whose form leads elsewhere, into the app that asked: browsers must be told (`shell.middleware`)."""
    parts = urlsplit(url)
    source = f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("https", "http") else f"{parts.scheme}:"
    if re.fullmatch(r"[a-z][a-z0-9+.-]*:(//[a-z0-9.:\[\]-]+)?", source, re.IGNORECASE):
        answer.leads_to = source  # type: ignore[attr-defined]
    return answer


def tell(request: HttpRequest, sentence: str) -> None:
    """Say on the next page what has just succeeded."""
    messages.success(request, sentence)


def refuse(form: BaseForm, error: EcvetError, field: str | None = None) -> None:
    """Show a refusal at the form (or at one field of it), in the reader's language, keeping what was typed."""
    form.add_error(field, telling.tell_all(error))


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something that waits for a person: one line of the start page. `until` is the day by which it should be done.

    `step` is the kind of step, by which the start page counts and explains it (`shell.steps`).
    """

    title: str
    address: str
    kind: str = ""
    until: date | None = None
    step: str = ""
