"""The demo: invented people at invented institutions, the story that they lived through, and what waits for them today.

`load` makes everything once, by the rooms' actions only, so that the journal tells the story as it would in earnest.
"""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.urls import reverse

from ecvet.examples.cast import ALBA, BRUNO, CHLOE, DIMITRA, ERIK, GEORG, MARCO, MARI, ONNI, Figure
from ecvet_platform.journal import clock
from ecvet_platform.people import actions, store
from ecvet_platform.shell.story.days import live_through
from ecvet_platform.shell.story.present import present
from ecvet_platform.shell.story.tales import tales
from ecvet_platform.shell.story.world import World

LINKS: Final[tuple[tuple[Figure, str], ...]] = (
    (BRUNO, "coordinator, home"),
    (CHLOE, "assessor and coordinator, hosting"),
    (MARCO, "mentor, hosting"),
    (ALBA.figure, "learner, qualified"),
    (ONNI.figure, "learner, on the way"),
    (MARI, "guardian of Eero"),
    (DIMITRA, "competent institution, register office"),
    (GEORG, "competent institution of clay plastering, assessor"),
    (ERIK, "verifier"),
)
"""Who can sign in by a link that `ecvet up --demo` prints, and as what."""


def is_loaded() -> bool:
    """Whether the demo is in the database already."""
    return store.account_of(BRUNO.email) is not None


@transaction.atomic
def load() -> bool:
    """Load the demo, all of it or nothing; False when it is there already, and then nothing is changed."""
    if is_loaded():
        return False
    world, today = World(), clock.today()
    live_through(*tales(world), *present(world, today), until=today)
    return True


def sign_in_links() -> dict[str, str]:
    """A fresh sign-in link for each of `LINKS`, valid for 12 hours: name and roles → path."""
    found = {}
    for figure, roles in LINKS:
        person = store.account_of(figure.email)
        if person is not None:
            secret = actions.new_link(person, valid_for=timedelta(hours=12))
            found[f"{figure.name} ({roles})"] = reverse("people:link", kwargs={"secret": secret})
    return found
