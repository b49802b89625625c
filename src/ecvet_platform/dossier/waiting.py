"""What waits here: a request for erasure, until the day on which it must be answered."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ecvet_platform.dossier.actions import erasing
from ecvet_platform.people.doors import Waiting
from ecvet_platform.people.roles import Actor


def waiting(actor: Actor, on: date) -> Iterator[Waiting]:
    """The requests for erasure that the actor's institution has still to answer."""
    for found, name in erasing.to_answer(actor=actor, only_open=True):
        title = _("Answer the request for erasure of %(name)s") % {"name": name}
        address = reverse("dossier:answer", kwargs={"key": found.id})
        yield Waiting(title=title, address=address, kind=_("to answer"), until=found.due, step="answer erasure")
