"""Opening a link: looking at it changes nothing, a press has a code sent, the code opens it in one browser.

The code goes to the address that was invited. It proves that whoever holds the link also reads that mailbox now, which
a forwarded or leaked link, a mail scanner and a shared computer do not (docs/decisions, guests).
"""

from datetime import timedelta
from typing import Final

from django.db import transaction

from ecvet.terms import Failure, Success
from ecvet_platform.guests.actions import inviting, mails
from ecvet_platform.guests.actions.inviting import digest, told
from ecvet_platform.guests.errors import CodeWrong, GuestLinkUnusable, GuestTaskOver, GuestWithdrawn, TooManyMails
from ecvet_platform.guests.store import guests as store
from ecvet_platform.guests.store.guests import Guest as Guest
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.people.roles import Actor

CODE_MINUTES: Final = 15
OPEN_FOR: Final = timedelta(hours=2)
"""How long a browser in which the code was entered stays open: one sitting."""


def behind(secret: str) -> Guest:
    """The guest of a link that is not over; it may have expired, see `has_expired`.

    Raises `GuestLinkUnusable`, `GuestWithdrawn`, `GuestTaskOver`.
    """
    found = store.behind(digest(secret))
    if found is None:
        raise GuestLinkUnusable()
    match inviting.state(found):
        case "withdrawn":
            raise GuestWithdrawn()
        case "done" | "over":
            raise GuestTaskOver()
    return found


def has_expired(guest: Guest) -> bool:
    """Whether the link has expired, so that all it is good for is to have another one sent."""
    return guest.expires < clock.now()


@transaction.atomic
def send_code(guest: Guest, secret: str) -> None:
    """E-mail a fresh code; the one before stops working. Raises `TooManyMails`."""
    if not store.may_mail(guest.id, at=clock.now()):
        raise TooManyMails()
    digits = chance.digits()
    store.set_code(guest.id, code=digest(secret + digits), until=clock.now() + timedelta(minutes=CODE_MINUTES))
    mails.code(guest, digits, minutes=CODE_MINUTES)
    journal.write("guest.send-code", by=as_self(guest), subject=guest.thread, detail={"guest": guest.identifier})


@transaction.atomic
def enter_code(guest: Guest, secret: str, code: str) -> Success | Failure:
    """Use the code up. A wrong one is counted, so the no is an answer and no exception that would take it back."""
    digits = "".join(one for one in code if one.isdecimal() and one.isascii())
    if not store.use_code(guest.id, code=digest(secret + digits), at=clock.now()):
        journal.write("guest.wrong-code", by=as_self(guest), subject=guest.thread, detail={"guest": guest.identifier})
        return Failure(CodeWrong())
    journal.write("guest.open", by=as_self(guest), subject=guest.thread, detail=told(guest))
    return Success()


def code_is_open(guest: Guest) -> bool:
    """Whether a code was sent that can still be entered."""
    return store.code_is_open(guest.id, at=clock.now())


@transaction.atomic
def send_me_another(guest: Guest, *, link: str) -> None:
    """The guest's own click on an expired link; the new one goes to the same address and is not shown.

    Raises `GuestTaskOver`, `TooManyMails`.
    """
    inviting.send_again(guest, link=link, by=as_self(guest))


def as_self(guest: Guest) -> Actor:
    """The guest before the journal, without any role."""
    return Actor(person=guest.identifier, name=guest.name, institution=guest.institution, roles=frozenset())
