"""A credential in other forms to take away: Open Badge, baked into a picture too; learner record; what is behind."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from ecvet_platform.credentials.actions import badges, proof
from ecvet_platform.documents.badge import MEDIA_OF, Picture
from ecvet_platform.people.doors import actor_of

MEDIA = "application/vc"


@require_safe
def badge(request: HttpRequest, key: UUID) -> HttpResponse:
    """The Open Badge, byte for byte as it was signed."""
    found, data = badges.badge(key, actor=actor_of(request))
    return _file(data, MEDIA, f"open-badge-{found.hash[8:16]}.json")


@require_safe
def picture(request: HttpRequest, key: UUID, form: str) -> HttpResponse:
    """The Open Badge, baked into a picture."""
    found, data = badges.baked(key, Picture(form), actor=actor_of(request))
    return _file(data, MEDIA_OF[Picture(form)], f"open-badge-{found.hash[8:16]}.{form}")


@require_POST
def learner_record(request: HttpRequest, key: UUID) -> HttpResponse:
    """All valid credentials of the learner by the same institution as one record, signed now."""
    made = badges.learner_record(key, actor=actor_of(request))
    return _file(made.data, MEDIA, "learner-record.json")


@require_safe
def records(request: HttpRequest, key: UUID) -> HttpResponse:
    """The records behind the credential with their signatures, for `ecvet verify FILE --bundle FILE`."""
    found, data = proof.bundle(key, actor=actor_of(request))
    return _file(data, "application/json", f"records-{found.hash[8:16]}.json")


def _file(data: bytes, media: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
