"""The e-mails to guests, in the language in which each was invited. No mail names the learner or the matter."""

from datetime import date

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _

from ecvet.terms import Identifier
from ecvet_platform.documents.actions import MEDIA
from ecvet_platform.guests.actions import errands
from ecvet_platform.guests.store.guests import Guest
from ecvet_platform.guests.words import TASKS
from ecvet_platform.institutions.actions import register
from ecvet_platform.people.language import day, moment, speaking


def invitation(guest: Guest, address: str, *, reminds: bool = False, until: date | None = None) -> None:
    """The one link; as a reminder it says so, with the last day, and that the link before is dead."""
    with speaking(guest.language):
        called = {"institution": _called(guest.institution)}
        subject = _("%(institution)s asks for your part") % called
        if reminds:
            subject = _("Reminder: %(institution)s still waits for your part") % called
        lines = (
            _("Good day %(name)s,") % {"name": guest.name},
            asks(guest.task),
            *([_("Last day: %(day)s.") % {"day": day(until)}] if until else []),
            *([_("The link that we sent before no longer works; this one takes its place.")] if reminds else []),
            _("Open this link. You need no account and no password:"),
            address,
            _("We then send a code to this e-mail address. The link is for you alone; it is valid until %(until)s.")
            % {"until": moment(guest.expires)},
            _("If you do not know what this is about, do nothing."),
        )
    _send(guest, subject, lines)


def code(guest: Guest, digits: str, *, minutes: int) -> None:
    """The one-time code."""
    with speaking(guest.language):
        subject = _("Your code: %(code)s") % {"code": digits}
        lines = (
            _("The code for the page that you have opened is %(code)s.") % {"code": digits},
            _("It works once, within %(minutes)s minutes.") % {"minutes": minutes},
            _("If you did not ask for a code, do nothing."),
        )
    _send(guest, subject, lines)


def thanks(guest: Guest, evidence: str, document: bytes | None = None) -> None:
    """What was kept of the act, after which the link is dead and the address forgotten; with what was signed."""
    with speaking(guest.language):
        subject = _("Thank you: your part is done")
        lines = (
            _("What you did was recorded. Its number is %(number)s.") % {"number": evidence},
            _("The link no longer works, and your e-mail address was deleted from the invitation."),
        )
    _send(guest, subject, lines, document)


def asks(task: str) -> str:
    """The sentence that asks for a task, in the language that is spoken."""
    errand = errands.of(task)
    return str(errand.asks if errand is not None else TASKS[task])


def _called(institution: Identifier) -> str:
    return register.names((institution,))[institution]


def _send(guest: Guest, subject: str, lines: tuple[str, ...], document: bytes | None = None) -> None:
    letter = EmailMessage(" ".join(subject.split()), "\n\n".join(lines) + "\n", None, [guest.email])
    if document is not None:
        letter.attach("agreement.pdf", document, MEDIA)
    transaction.on_commit(letter.send, robust=True)
