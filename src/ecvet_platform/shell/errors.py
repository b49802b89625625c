"""Every refusal as a page: one sentence, what to do next, and the stable code."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from ecvet.errors import EcvetError
from ecvet.saying import say
from ecvet_platform.people.doors import problem, public


class PageUnknown(EcvetError):
    """An address behind which there is nothing."""

    code = "shell.page.unknown"
    sentence = "There is no page at this address."
    remedy = "Check the address, or begin again from the start page."
    status = 404


class NotAllowed(EcvetError):
    """Something that this person may not do."""

    code = "shell.page.not-allowed"
    sentence = "You may not do this."
    remedy = "Ask your institution's coordinator who may, or go back to the start page."
    status = 403


class FormTooOld(EcvetError):
    """A form that was opened in another session, or without cookies (CSRF)."""

    code = "shell.form.too-old"
    sentence = "This form can no longer be sent: it was opened in another session."
    remedy = "Go back, load the page again, and send the form once more; cookies must be allowed for this site."
    status = 403


class RequestUnreadable(EcvetError):
    """A request that does not have the form that was asked for."""

    code = "shell.request.unreadable"
    sentence = "The request cannot be read: {why}."
    remedy = "Correct the request; /api/v1/openapi.json describes every field."
    status = 422


class RequestTooLarge(EcvetError):
    """A form or a body that is larger than this server reads."""

    code = "shell.request.too-large"
    sentence = "What was sent is too large; nothing of it was kept."
    remedy = "Go back, shorten the text, or send it in several parts."
    status = 413


class SomethingBroke(EcvetError):
    """A fault of the platform itself. Nothing of the request was kept."""

    code = "shell.broken"
    sentence = "Something went wrong on our side; nothing was changed."
    remedy = "Try again in a few minutes. If it happens again, tell the operator of this server when it happened."
    status = 500


def refusal(request: HttpRequest, error: EcvetError) -> HttpResponse:
    """The answer to a request that was refused: a problem for programs, a page for people."""
    if request.path.startswith("/api/"):
        return problem(error, instance=request.path)
    return render(request, "shell/refusal.html", {"error": error}, status=error.status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler of 400."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
        return refusal(request, RequestTooLarge())
    return refusal(request, RequestUnreadable(why=say("it is malformed")))


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler of 403."""
    return refusal(request, NotAllowed())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler of 404."""
    return refusal(request, PageUnknown())


@public
def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's handler of forms without a valid token."""
    return refusal(request, FormTooOld())


def broken(request: HttpRequest) -> HttpResponse:
    """Django's handler of 500: a page that needs neither database nor session."""
    if request.path.startswith("/api/"):
        return problem(SomethingBroke(), instance=request.path)
    values = {"error": SomethingBroke(), "language": get_language() or "en"}
    return HttpResponse(render_to_string("shell/broken.html", values), status=500)
