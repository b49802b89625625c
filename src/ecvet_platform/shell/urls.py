"""All addresses of the platform: each room adds its line to `ROOMS`; programs come in by /api/v1."""

from typing import Final

from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver, include, path
from django.urls.resolvers import RoutePattern

from ecvet_platform.shell import calendar, errors, pages
from ecvet_platform.shell.api import build

ROOMS: Final = (
    "ecvet_platform.people.urls",
    "ecvet_platform.qualifications.urls",
    "ecvet_platform.institutions.urls",
    "ecvet_platform.drafts.urls",
    "ecvet_platform.mobility.urls",
    "ecvet_platform.credit.urls",
    "ecvet_platform.guests.urls",
    "ecvet_platform.consultations.urls",
    "ecvet_platform.credentials.urls",
    "ecvet_platform.wallets.urls",
    "ecvet_platform.dossier.urls",
    "ecvet_platform.notices.urls",
    "ecvet_platform.figures.urls",
    "ecvet_platform.federation.urls",
)
"""The module of each room's addresses."""


class Room(URLResolver):
    """The addresses of a room, found by the word with which a path begins: there are many rooms with many addresses."""

    def __init__(self, module: str) -> None:
        patterns, app, namespace = include(module)
        super().__init__(RoutePattern(""), patterns, {}, app, namespace)
        words = [str(one.pattern).partition("/")[0] for one in self.url_patterns]
        assert not any("<" in word for word in words), "an address begins with a word, not with a parameter"
        under = {word: [one for at, one in zip(words, self.url_patterns, strict=True) if at == word] for word in words}
        self._under = {
            word: URLResolver(RoutePattern(""), found, {}, app, namespace) for word, found in under.items()
        }  # fmt: skip

    def resolve(self, path: str) -> ResolverMatch:
        """The page at a path. Raises `Resolver404`."""
        found = self._under.get(path.partition("/")[0])
        if found is None:
            raise Resolver404({"path": path, "tried": []})
        return found.resolve(path)


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
    *map(Room, ROOMS),
]

handler400 = errors.bad_request
handler403 = errors.not_allowed
handler404 = errors.not_found
handler500 = errors.broken
