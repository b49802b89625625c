"""Around every request: headers that keep strangers' code out, and refusals that become answers."""

from collections.abc import Callable
from typing import Final

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.http import HttpRequest, HttpResponse

from ecvet.errors import EcvetError
from ecvet_platform.shell.errors import refusal

Answer = Callable[[HttpRequest], HttpResponse]

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


_HERE: Final = "form-action 'self'"


class SecurityHeaders:
    """No inline scripts or styles, nothing from elsewhere, no frames; pages of signed-in people are not stored."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if leads_to := getattr(response, "leads_to", ""):
            policy = response.headers["Content-Security-Policy"]
            response.headers["Content-Security-Policy"] = policy.replace(_HERE, f"{_HERE} {leads_to}")
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class PlainQueries:
    """Takes NUL out of what is asked by address: it means nothing, and PostgreSQL refuses texts that hold one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the query without NUL."""
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "")
        return self.get_response(request)


class ReadsWaitForNobody:
    """On SQLite the transaction of a page that is only read does not take the one lock of those who write.

    Transactions that may write begin with the lock (`environment.database`), so that none fails half way.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with transactions that take the lock only when something is written."""
        database = connections[DEFAULT_DB_ALIAS]
        if request.method not in ("GET", "HEAD") or not isinstance(database, DatabaseWrapper):
            return self.get_response(request)
        database.ensure_connection()  # connecting sets the mode
        before = database.transaction_mode  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            database.transaction_mode = before  # type: ignore[attr-defined]

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *_: object) -> None:
        """A door that writes although it is a GET says so (`writes`): each question of a partner uses up a nonce."""
        database = connections[DEFAULT_DB_ALIAS]
        reads = request.method in ("GET", "HEAD") and not getattr(view, "writes", False)
        if reads and isinstance(database, DatabaseWrapper):
            database.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]


class Refusals:
    """An `EcvetError` that leaves a view becomes a page or a problem; the view's transaction is rolled back by then."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave the work to `process_exception`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; leave everything else to Django."""
        return refusal(request, exception) if isinstance(exception, EcvetError) else None
