"""Telling a person by e-mail what has changed in how she signs in, so that a stranger's change does not stay unseen."""

from typing import Final

from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecvet_platform.people.store import Account

Notice = str | Promise

PASSKEY_ADDED: Final[Notice] = gettext_lazy("A passkey was added to your account.")
PASSKEY_REMOVED: Final[Notice] = gettext_lazy("A passkey was removed from your account.")
PASSKEY_COPIED: Final[Notice] = gettext_lazy("A passkey of your account was suspended: somebody may have a copy of it.")
CODES_SET_UP: Final[Notice] = gettext_lazy("An authenticator app was set up for your account.")
CODES_REMOVED: Final[Notice] = gettext_lazy("The authenticator app of your account was removed.")
NEW_RECOVERY: Final[Notice] = gettext_lazy("New recovery codes were made for your account.")
RECOVERY_USED: Final[Notice] = gettext_lazy("A recovery code of your account was used.")
PROVIDER_TIED: Final[Notice] = gettext_lazy("Your account was connected with an account elsewhere.")
TOKEN_MADE: Final[Notice] = gettext_lazy("A token was made with which a program acts for you.")
EMAIL_OFF: Final[Notice] = gettext_lazy("Links by e-mail no longer sign you in.")
RESET: Final[Notice] = gettext_lazy("Your institution has reset how you sign in: only links by e-mail sign you in now.")


def changed(person: Account, notice: Notice) -> None:
    """Say what has changed, in the person's language, once the change is kept."""
    with translation.override(person.language or translation.get_language()):
        subject = _("Your way to sign in to ecvet has changed")
        advice = _("If it was not you, tell your institution's coordinator at once.")
        text = f"{notice}\n\n{advice}\n"
    transaction.on_commit(lambda: send_mail(subject, text, None, [person.email]), robust=True)
