"""E-mails of consultations to people with an account, and to everybody when the report is there."""

from datetime import date

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _

from ecvet.terms import LangString
from ecvet_platform.consultations.words import ASKS
from ecvet_platform.people.language import day, speaking


def asked(email: str, name: str, language: str, *, title: LangString, until: date, address: str) -> None:
    """Somebody with an account is asked, or reminded."""
    with speaking(language):
        subject = _("Your opinion is asked for: %(title)s") % {"title": title.in_(language, "en")}
        lines = (
            _("Good day %(name)s,") % {"name": name},
            str(ASKS),
            _("Sign in and answer here, until %(until)s:") % {"until": day(until)},
            address,
        )
    _send(email, subject, lines)


def reported(email: str, name: str, language: str, *, title: LangString, address: str) -> None:
    """The report is there, for somebody who was asked."""
    with speaking(language):
        subject = _("What came of the consultation: %(title)s") % {"title": title.in_(language, "en")}
        lines = (
            _("Good day %(name)s,") % {"name": name},
            _("The consultation is over. Its report says what was said, what was decided and why:"),
            address,
            _("If you came in by a link, your e-mail address has now been deleted from the invitation."),
        )
    _send(email, subject, lines)


def _send(email: str, subject: str, lines: tuple[str, ...]) -> None:
    letter = EmailMessage(" ".join(subject.split()), "\n\n".join(lines) + "\n", None, [email])
    transaction.on_commit(letter.send, robust=True)
