"""The status of the languages for people: who made the words that they read."""

from typing import Any, Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecvet_platform.people.language import languages
from ecvet_platform.shell.catalogues import status
from ecvet_platform.shell.catalogues.status import Count, Progress

AREAS: Final[dict[str, str | Promise]] = {
    "consultations": _("Consultations"),
    "core": _("Messages of the rules"),
    "credentials": _("Credentials"),
    "credit": _("Assessment, validation and recognition"),
    "documents": _("Documents"),
    "dossier": _("The learner’s own record"),
    "drafts": _("Writing qualifications"),
    "figures": _("Figures"),
    "federation": _("Network"),
    "guests": _("Pages for guests"),
    "institutions": _("Institutions and memoranda"),
    "journal": _("Journal"),
    "mobility": _("Learners and learning agreements"),
    "notices": _("Notices"),
    "people": _("Sign-in and roles"),
    "qualifications": _("Register of qualifications"),
    "shell": _("Start, menu and search"),
    "wallets": _("Wallets"),
}
"""The areas by their names; an area that has none yet is shown by that of its room."""


def rows() -> list[dict[str, Any]]:
    """Each official language with its count, by name; English is the original and has none."""
    return [
        {"code": code, "name": name, "count": None if code == "en" else status.of(code).count}
        for code, name in languages()
    ]


def known(code: str) -> bool:
    """Whether it is one of the languages into which the texts are translated."""
    return code != "en" and code in dict(settings.LANGUAGES)


def by_area(code: str) -> list[tuple[str | Promise, Count]]:
    """The areas of a language by name, with their counts."""
    return [(AREAS.get(area, area), count) for area, count in status.of(code).areas]


def values(progress: Progress) -> dict[str, Any]:
    """The status of a language for programs."""
    return {"language": progress.code, **numbers(progress.count), "areas": {
        area: numbers(count) for area, count in progress.areas
    }}  # fmt: skip


def numbers(count: Count) -> dict[str, int]:
    """A count for programs."""
    return {"people": count.people, "drafts": count.drafts, "missing": count.missing}


def speaks_in_drafts(code: str) -> bool:
    """Whether pages in this language show what no reader of it has confirmed."""
    return code != "en" and status.of(code).count.drafts > 0
