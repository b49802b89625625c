"""Around every request: sessions end in time, the reader's language is spoken, strangers sign in first."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from ecvet_platform.people import actions, session

Answer = Callable[[HttpRequest], HttpResponse]


class SignedIn:
    """Finds whose session it is, and ends it `SESSION_HOURS` after it began, however busy it was.

    The person is found at once and not, as Django does it, when somebody first asks: every page asks.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End the session if its time has come."""
        request.user = auth.get_user(request)
        if request.user.is_authenticated and session.is_over(request):
            actions.sign_out(session.actor_of(request), because="time limit")
            session.end(request)
        elif request.user.is_authenticated:
            session.use(request)
        return self.get_response(request)


class Language:
    """Speaks the language that the person chose, else the cookie's, else the browser's, else English."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language."""
        account = session.account_of(request) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
        chosen = account.language if account else ""
        code = chosen or translation.get_language_from_request(request)
        with translation.override(code):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response


class SignInFirst:
    """Sends the signed-out to the sign-in page, except from pages marked `@public`. The API asks for itself."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave the decision to `process_view`, which knows the page."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: Any) -> HttpResponse | None:
        """Decide before the page is made."""
        if request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if request.path.startswith("/api/"):
            return None
        wanted = {"next": request.get_full_path()} if request.method == "GET" else {}
        return HttpResponseRedirect(reverse(settings.LOGIN_URL) + ("?" + urlencode(wanted) if wanted else ""))
