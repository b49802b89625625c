"""The demo: invented people at invented institutions, and the story that they live through.

`load` makes everything once, by the rooms' actions only, so that the journal tells the story as it would in earnest.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.urls import reverse

from ecvet.terms import Identifier
from ecvet_platform.people import actions, store
from ecvet_platform.people.roles import Role

COLLEGE: Final = Identifier("https://college.demo.example")
"""The home institution, where Alba learns."""
ACADEMY: Final = Identifier("https://academy.demo.example")
"""The hosting institution, where she is assessed."""
AUTHORITY: Final = Identifier("https://authority.demo.example")
"""The competent institution at home, which recognises and awards."""
REGISTER: Final = Identifier("https://register.demo.example")
"""The register office, which describes and publishes qualifications."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One person of the story."""

    name: str
    email: str
    institution: Identifier
    roles: tuple[Role, ...]


CAST: Final = (
    Figure("Alba Lindqvist", "alba@demo.example", COLLEGE, (Role.LEARNER,)),
    Figure("Bruno Salmi", "bruno@demo.example", COLLEGE, (Role.COORDINATOR,)),
    Figure("Chloé Borg", "chloe@demo.example", ACADEMY, (Role.COORDINATOR, Role.ASSESSOR)),
    Figure("Erik Vella", "erik@demo.example", ACADEMY, (Role.MENTOR,)),
    Figure("Dimitra Aalto", "dimitra@demo.example", AUTHORITY, (Role.COMPETENT_INSTITUTION,)),
    Figure("Fiona Niemi", "fiona@demo.example", REGISTER, (Role.REGISTER_OFFICE,)),
    Figure("Georg Keller", "georg@demo.example", Identifier("https://employer.demo.example"), (Role.VERIFIER,)),
)


def is_loaded() -> bool:
    """Whether the demo is in the database already."""
    return store.account_of(CAST[0].email) is not None


@transaction.atomic
def load() -> None:
    """Load the demo into an empty database, all of it or nothing.

    For now: the cast with their roles. The story (qualifications, memorandum, agreements, results, recognitions,
    awards, credentials) is told after them, step by step, by the actions of the rooms.
    """
    for figure in CAST:
        person = actions.register(email=figure.email, name=figure.name)
        for role in figure.roles:
            actions.give_role(person, figure.institution, role)


def sign_in_links() -> dict[str, str]:
    """A fresh sign-in link for each of the cast, valid for 12 hours: name and roles → path."""
    found = {}
    for figure in CAST:
        person = store.account_of(figure.email)
        if person is not None:
            secret = actions.new_link(person, valid_for=timedelta(hours=12))
            title = f"{figure.name} ({', '.join(role.value.replace('_', ' ') for role in figure.roles)})"
            found[title] = reverse("people:link", kwargs={"secret": secret})
    return found
