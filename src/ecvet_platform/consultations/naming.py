"""How the pages of a consultation are addressed in e-mails."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def answer_at(request: HttpRequest, key: UUID) -> str:
    """The page on which somebody with an account answers."""
    return request.build_absolute_uri(reverse("consultations:answer", kwargs={"key": key}))


def answer_here(key: UUID) -> str:
    """The same where nobody asks through a browser, by `ECVET_SITE`."""
    return settings.SITE + reverse("consultations:answer", kwargs={"key": key})


def report_at(request: HttpRequest, key: UUID) -> str:
    """The page of the report, for everybody."""
    return request.build_absolute_uri(reverse("consultations:report", kwargs={"key": key}))
