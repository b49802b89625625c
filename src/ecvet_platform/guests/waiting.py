"""What waits for somebody here: papers that a colleague has brought and that need a second person."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ecvet_platform.guests.actions import papers
from ecvet_platform.people.doors import Waiting
from ecvet_platform.people.roles import Actor


def waiting(actor: Actor, on: date) -> Iterator[Waiting]:
    """The papers to be confirmed or refused."""
    for one in papers.to_confirm(actor):
        address = reverse("guests:paper", kwargs={"key": one.id})
        yield Waiting(
            title=_("Confirm a paper signed by hand"), address=address, kind=_("second person"), step="confirm paper"
        )
