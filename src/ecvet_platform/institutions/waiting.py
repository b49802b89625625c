"""What waits for somebody among memoranda: the lines of the start page."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ecvet.partnership import Signatory
from ecvet.partnership.force import PARTY_ROLE
from ecvet.terms import Identifier
from ecvet_platform.institutions.actions import asking, memoranda
from ecvet_platform.people.doors import Waiting
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications.naming import key_of


def waiting(actor: Actor, on: date) -> Iterator[Waiting]:
    """Memoranda to sign, and those that everybody has signed and that wait to come into force."""
    lines = memoranda.to_sign(actor)
    handed = asking.handed_on(line.proposed for line in lines)
    for line in lines:
        mine = Signatory(role=PARTY_ROLE, id=actor.institution or Identifier(""))
        given = handed.get((line.proposed, mine)) if line.proposed else None
        yield Waiting(
            title=_("Sign a memorandum of understanding"), address=_address(line.thread),
            kind=asked(given.to if given else None, actor) or _("memorandum"), until=line.respond_by, step="sign",
        )  # fmt: skip
    for thread in memoranda.to_seal(actor):
        title = _("Bring a memorandum into force")
        yield Waiting(title=title, address=_address(thread), kind=_("memorandum"), step="seal")


def asked(to: Identifier | None, actor: Actor) -> str:
    """What the start page says of a signature that was handed on; nothing of one that was not."""
    if to is None:
        return ""
    return _("handed to you") if to == actor.person else _("handed to a colleague")


def _address(thread: Identifier) -> str:
    return reverse("institutions:memorandum", kwargs={"key": key_of(thread)})
