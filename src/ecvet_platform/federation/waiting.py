"""What waits for somebody in the network: proposals of strangers, and messages that nobody answers."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecvet.terms import Failure
from ecvet_platform.federation.actions import watching
from ecvet_platform.federation.actions.connecting import CONNECTING
from ecvet_platform.institutions.actions import register
from ecvet_platform.people.doors import Waiting
from ecvet_platform.people.roles import Actor, has_one_of
from ecvet_platform.qualifications.naming import key_of


def waiting(actor: Actor, on: date) -> Iterator[Waiting]:
    """One line for each proposal of a stranger, and one for each partner whom messages do not reach any more."""
    if isinstance(has_one_of(actor, *CONNECTING), Failure) or actor.institution not in register.here():
        return
    for came, called in watching.quarantine(actor=actor):
        title = _("Look at the proposal of a stranger: %(name)s") % {"name": called}
        address = reverse("federation:proposal", kwargs={"key": key_of(came.message)})
        yield Waiting(title=title, address=address, kind=_("network"))
    for known, count in watching.stuck(actor=actor):
        title = ngettext(
            "%(num)s message does not reach %(name)s", "%(num)s messages do not reach %(name)s", count
        ) % {"num": count, "name": known.name}  # fmt: skip
        address = reverse("federation:partner", kwargs={"key": known.key})
        yield Waiting(title=title, address=address, kind=_("network"))
