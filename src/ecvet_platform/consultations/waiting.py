"""What waits for somebody here: to answer when asked, and for the office to reply and to make the report."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ecvet.qualification.consultation import State
from ecvet_platform.consultations.actions import answering, consulting
from ecvet_platform.people.doors import Waiting
from ecvet_platform.people.roles import Actor


def waiting(actor: Actor, on: date) -> Iterator[Waiting]:
    """The consultations to answer, and those to bring to an end."""
    language = get_language() or "en"
    for item, asked in answering.mine(actor=actor):
        if asked.submitted is None and item.round.state(on) is State.OPEN:
            title = _("Give your opinion: %(title)s") % {"title": item.title.in_(language, "en")}
            address = reverse("consultations:answer", kwargs={"key": item.id})
            yield Waiting(title=title, address=address, kind=_("consultation"), until=item.round.deadline)
    for line in consulting.lines(actor=actor):
        item = line.consultation
        if item.round.state(on) in (State.OVER, State.CLOSED):
            title = _("Reply to comments and make the report: %(title)s") % {"title": item.title.in_(language, "en")}
            address = reverse("consultations:one", kwargs={"key": item.id})
            yield Waiting(title=title, address=address, kind=_("consultation"))
