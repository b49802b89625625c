"""What waits for somebody among memoranda: the lines of the start page."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ecvet_platform.institutions.actions import memoranda
from ecvet_platform.people.doors import Waiting
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications.naming import key_of


def waiting(actor: Actor, on: date) -> Iterator[Waiting]:
    """Memoranda to sign, and those that everybody has signed and that wait to come into force."""
    titles = {"accept": _("Sign a memorandum of understanding"), "seal": _("Bring a memorandum into force")}
    for thread, verb in memoranda.waiting_for(actor):
        address = reverse("institutions:memorandum", kwargs={"key": key_of(thread)})
        yield Waiting(title=titles[verb], address=address, kind=_("memorandum"))
