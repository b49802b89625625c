"""What all pages behind a link share: the guest, the guest's language, and whether the code was entered here."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from ecvet_platform.guests.actions import opening
from ecvet_platform.guests.actions.opening import Guest
from ecvet_platform.guests.errors import GuestNotOpened
from ecvet_platform.journal import clock
from ecvet_platform.people.doors import public, show
from ecvet_platform.people.language import speaking

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Guest, str, P], HttpResponse]
Page = Callable[..., HttpResponse]

_OPENED: Final = "guests"


def begun(view: View[P]) -> Page:
    """A page for whoever holds a link that is not over. An expired one can only be renewed."""

    @wraps(view)
    def met(request: HttpRequest, /, secret: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        guest = opening.behind(secret)
        with speaking(_language(request, guest)):
            if opening.has_expired(guest) and not _renews(request):
                return show(request, "guests/expired.html", status=410, secret=secret)
            answer = view(request, guest, secret, *args, **kwargs)
            answer["Content-Language"] = _language(request, guest)
            return answer

    return never_cache(public(met))


def opened(view: View[P]) -> Page:
    """A page for a guest who has entered the code in this browser; others are led to where they get one."""

    def inside(request: HttpRequest, guest: Guest, secret: str, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if is_open(request, guest):
            return view(request, guest, secret, *args, **kwargs)
        if request.method in ("GET", "HEAD"):
            return HttpResponseRedirect(reverse("guests:guest", kwargs={"secret": secret}))
        raise GuestNotOpened()

    return begun(inside)


def is_open(request: HttpRequest, guest: Guest) -> bool:
    """Whether the code was entered in this browser in this sitting."""
    since = request.session.get(_OPENED, {}).get(str(guest.id))
    return since is not None and clock.now() - datetime.fromisoformat(since) < opening.OPEN_FOR


def remember(request: HttpRequest, guest: Guest) -> None:
    """Note that the code was entered in this browser, under a new session key."""
    request.session.cycle_key()
    known = request.session.get(_OPENED, {})
    request.session[_OPENED] = {**known, str(guest.id): clock.now().isoformat()}


def _renews(request: HttpRequest) -> bool:
    return request.resolver_match is not None and request.resolver_match.view_name == "guests:another"


def _language(request: HttpRequest, guest: Guest) -> str:
    """The language that the reader has chosen here, else that of the invitation."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else guest.language
