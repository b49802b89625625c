"""All addresses of the platform: each room adds its line to `ROOMS`; programs come in by /api/v1."""

from typing import Final

from django.urls import URLPattern, URLResolver, include, path

from ecvet_platform.shell import calendar, errors, pages
from ecvet_platform.shell.api import build

ROOMS: Final[tuple[tuple[str, str], ...]] = (
    ("", "ecvet_platform.people.urls"),
    ("", "ecvet_platform.qualifications.urls"),
    ("", "ecvet_platform.institutions.urls"),
    ("", "ecvet_platform.drafts.urls"),
    ("", "ecvet_platform.mobility.urls"),
    ("", "ecvet_platform.credit.urls"),
    ("", "ecvet_platform.guests.urls"),
    ("", "ecvet_platform.consultations.urls"),
    ("", "ecvet_platform.credentials.urls"),
    ("", "ecvet_platform.wallets.urls"),
    ("", "ecvet_platform.dossier.urls"),
    ("", "ecvet_platform.notices.urls"),
    ("", "ecvet_platform.figures.urls"),
    ("", "ecvet_platform.federation.urls"),
)
"""Prefix and module of each room's pages: `("agreements/", "ecvet_platform.mobility.urls")`."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.start, name="start"),
    path("health", pages.health, name="health"),
    path("languages", pages.languages, name="languages"),
    path("languages/<str:code>", pages.language_status, name="language-status"),
    path("what-if", pages.what_if, name="what-if"),
    path("search", pages.searched, name="search"),
    path("lists/<str:name>.<str:ending>", pages.listed, name="list"),
    path("calendar/<str:secret>.ics", calendar.calendar, name="calendar"),
    path("api/v1/", build().urls),
    *(path(prefix, include(module)) for prefix, module in ROOMS),
]

handler400 = errors.bad_request
handler403 = errors.not_allowed
handler404 = errors.not_found
handler500 = errors.broken
