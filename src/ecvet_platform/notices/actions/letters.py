"""Letters: what is to be told goes out by e-mail, at once or once a day, in the language of each reader.

A letter is claimed before it is sent and noted afterwards. When a run ends between the two, the same letter with the
same contents and the same Message-ID (RFC 5322, 3.6.4) goes out again after `LEASE`, which mail servers and programs
take for the one that it is: nothing is lost, and nobody reads it twice.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecvet.terms import Identifier
from ecvet_platform.journal import chance, clock
from ecvet_platform.notices.actions import places
from ecvet_platform.notices.store import notices as store
from ecvet_platform.notices.store.notices import Notice
from ecvet_platform.notices.words import SENTENCES, Rhythm
from ecvet_platform.people import store as accounts
from ecvet_platform.people.language import day, speaking
from ecvet_platform.people.store import Account

LEASE: Final = timedelta(minutes=15)
MOST_TRIES: Final = 20
MOST_IN_ONE: Final = 50
MORNING: Final = 5
"""The hour (UTC) from which the letter of the day goes out."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a run did: letters handed over, and letters that could not be and are tried again."""

    letters: int
    failed: int


def send(*, limit: int = 5_000) -> Sent:
    """Send what is due, to at most `limit` people; may be ended at any moment and run again."""
    done = failed = 0
    before = clock.now() - LEASE
    for person, first in store.ready(before=before, most_tries=MOST_TRIES, limit=limit):
        reader = _reader(person)
        rhythm = Rhythm(store.rhythm(person) or Rhythm.AT_ONCE)
        if reader is None or rhythm is Rhythm.NEVER:
            store.settle(person, at=clock.now())
        elif goes_now(rhythm, first, clock.now()):
            for found in _claimed(person, before):
                sent = _hand_over(reader, found)
                done, failed = done + sent, failed + (not sent)
    return Sent(letters=done, failed=failed)


def goes_now(rhythm: Rhythm, first: datetime, at: datetime) -> bool:
    """Whether a letter goes out at a moment, when the oldest thing to be told is of `first`.

    The letter of the day holds what was there at its hour; what comes later waits for the next.
    """
    if rhythm is not Rhythm.DAILY:
        return rhythm is Rhythm.AT_ONCE
    hour = at.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return first < (hour if at >= hour else hour - timedelta(days=1))


def written(reader: Account, found: tuple[Notice, ...]) -> EmailMessage:
    """The letter in the reader's language: no name and no matter in its subject, and one link back."""
    with speaking(reader.language or settings.LANGUAGE_CODE):
        sentences = list(dict.fromkeys(_sentence(one) for one in found))
        subject = str(SENTENCES[found[0].told].sentence)
        if len(sentences) > 1:
            subject = ngettext("%(num)s thing to know in ecvet", "%(num)s things to know in ecvet", len(sentences))
            subject %= {"num": len(sentences)}
        one_place = places.place(found[0]) if len({one.subject for one in found}) == 1 else ""
        lines = (
            _("Good day %(name)s,") % {"name": reader.name},
            *sentences,
            _("Open this page; sign in there if you are asked to:"),
            settings.SITE + (one_place or reverse("notices:mine")),
            _("How you are told of things, you choose under “Your notices” on your start page."),
        )
    letter = EmailMessage(" ".join(subject.split()), "\n\n".join(lines) + "\n", None, [reader.email])
    letter.extra_headers = {"Message-ID": message_id(found[0].letter), "Auto-Submitted": "auto-generated"}
    return letter


def message_id(letter: UUID | None) -> str:
    """The same for the same letter, however often it is tried."""
    return f"<{letter}@{settings.SITE.partition('://')[2].partition(':')[0].partition('/')[0]}>"


# ------------------------------------------------------------- inside
def _claimed(person: Identifier, before: datetime) -> list[tuple[Notice, ...]]:
    found: list[tuple[Notice, ...]] = []
    while len(found) < MOST_IN_ONE:
        with transaction.atomic():
            some = store.claim(
                person, chance.uuid7(), at=clock.now(), before=before, most_tries=MOST_TRIES, limit=MOST_IN_ONE
            )
        if not some:
            break
        found.append(some)
    return found


def _hand_over(reader: Account, found: tuple[Notice, ...]) -> bool:
    letter = found[0].letter
    assert letter is not None, "what is claimed has its letter"
    try:
        written(reader, found).send()
    except OSError as error:  # no connection, refused, timed out: SMTP's errors are all of this kind
        _log.warning("the letter %s could not be handed over: %s", letter, type(error).__name__)
        return False
    store.sent(letter, at=clock.now())
    return True


def _sentence(one: Notice) -> str:
    said = str(SENTENCES[one.told].sentence)
    return f"{said} " + _("Last day: %(day)s.") % {"day": day(one.until)} if one.until else said


def _reader(person: Identifier) -> Account | None:
    key = accounts.id_of(person)
    return accounts.account(key) if key else None
