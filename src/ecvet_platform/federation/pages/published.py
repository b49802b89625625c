"""What every institution of this server publishes for other servers: who it is, and what it states about others."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from ecvet.errors import EcvetError
from ecvet.terms import Identifier
from ecvet_platform.federation.actions import ourselves, superior
from ecvet_platform.federation.pages.endpoints import refusal
from ecvet_platform.journal import clock
from ecvet_platform.people.doors import public

STATEMENT = "application/entity-statement+jwt"


@public
@require_safe
def configuration(request: HttpRequest, key: UUID) -> HttpResponse:
    """The entity configuration of an institution, signed now."""
    try:
        token = ourselves.configuration(_named(key), at=clock.now())
    except EcvetError as error:
        return refusal(error)
    return _token(token)


@public
@require_safe
def fetch(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the institution states as a superior about the entity `sub`."""
    try:
        token = superior.statement(_named(key), request.GET.get("sub", "")[:2000])
    except EcvetError as error:
        return refusal(error)
    return _token(token)


@public
@require_safe
def marks(request: HttpRequest, key: UUID) -> HttpResponse:
    """The marks that the institution gives to the entity `sub`."""
    try:
        found = superior.marks(_named(key), request.GET.get("sub", "")[:2000])
    except EcvetError as error:
        return refusal(error)
    return JsonResponse({"trust_marks": list(found)})


def _named(key: UUID) -> Identifier:
    return ourselves.institution_at(f"{settings.SITE}/institutions/{key}")


def _token(text: str) -> HttpResponse:
    answer = HttpResponse(text, content_type=STATEMENT)
    answer["Cache-Control"] = "public, max-age=300"
    return answer
