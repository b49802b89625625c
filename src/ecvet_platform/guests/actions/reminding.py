"""Guests are called like everybody else whose signature is missing, with another link: theirs is kept by nobody."""

from datetime import date

from ecvet.mobility import Task
from ecvet.terms import Identifier
from ecvet_platform.guests.actions import inviting
from ecvet_platform.guests.errors import TooManyMails
from ecvet_platform.guests.naming import link_here
from ecvet_platform.guests.store import guests as store
from ecvet_platform.people.roles import CALENDAR


def call(thread: Identifier, role: str, *, until: date | None) -> int:
    """Remind whoever was invited to sign in a role of an agreement and has not; how many were.

    `until` is the last day to sign, where there is one. Whoever got many e-mails today is left in peace.
    """
    made = 0
    for one in store.of_thread(thread):
        if (one.role, one.task) != (role, Task.SIGN.value) or inviting.state(one) not in ("open", "expired"):
            continue
        try:
            inviting.send_again(one, link=link_here(), by=CALENDAR, reminded_of=until, reminds=True)
        except TooManyMails:
            continue
        made += 1
    return made
