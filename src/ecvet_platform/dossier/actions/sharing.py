"""Share links: a learner shows chosen documents to whom she wants, for a purpose, until a day, revocable at once.

A link is a secret of which only the hash is kept. Looking at its address changes nothing and reveals nothing; pressing
the button opens it, and every opening is noted for the learner. Once it ended it is as if it had never been.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from ecvet.terms import Identifier
from ecvet_platform.credit.actions import learners
from ecvet_platform.credit.actions.documents import printing
from ecvet_platform.documents import actions as documents
from ecvet_platform.dossier.actions import contents, looks
from ecvet_platform.dossier.actions.contents import Item, Kind, owned
from ecvet_platform.dossier.errors import ShareOfNothing, ShareTooLong, ShareUnknown, ShareUnusable
from ecvet_platform.dossier.store import erasures
from ecvet_platform.dossier.store import shares as store
from ecvet_platform.dossier.store.shares import Share as Share
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.journal.chance import token
from ecvet_platform.mobility.actions import document as agreed
from ecvet_platform.people.roles import Actor

MOST_DAYS: Final = 365
CREDENTIAL_MEDIA: Final = "application/dc+sd-jwt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What the holder of a link sees: whose documents, which, and until when."""

    share: Share
    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class File:
    """A document as it is handed over."""

    name: str
    media: str
    data: bytes


@transaction.atomic
def share(
    learner: Identifier, *, items: Iterable[str], recipient: str, purpose: str, until: date, actor: Actor
) -> tuple[str, Share]:  # fmt: skip
    """Make a link to these documents; its secret, shown once, and what is kept of it. For the learner and guardian.

    Raises `DossierUnknown`, `ShareOfNothing`, `ShareTooLong`.
    """
    owned(learner, actor)
    wanted, today = set(items), clock.today()
    chosen = tuple(one.id for one in contents.items(learner) if one.id in wanted)
    if not chosen or len(chosen) != len(wanted):
        raise ShareOfNothing()
    last = today + timedelta(days=MOST_DAYS)
    if not today <= until <= last:
        raise ShareTooLong(until=until, first=today, last=last)
    secret = token()
    made = store.add(
        _hash(secret), learner=learner, by=actor.person, items=chosen, recipient=recipient.strip(),
        purpose=purpose.strip(), created=clock.now(), until=until,
    )  # fmt: skip
    detail = {"share": made.id.urn, "documents": len(chosen), "until": until}
    journal.write("share.give", by=actor, subject=learner, detail=detail)
    return secret, made


@transaction.atomic
def end(learner: Identifier, key: UUID, *, actor: Actor) -> None:
    """End a link at once. Raises `DossierUnknown`, `ShareUnknown`."""
    owned(learner, actor)
    if not store.end(key, learner=learner, at=clock.now()):
        raise ShareUnknown()
    journal.write("share.end", by=actor, subject=learner, detail={"share": key.urn})


def of_learner(learner: Identifier, *, actor: Actor) -> tuple[Share, ...]:
    """A learner's links, the latest first. Raises `DossierUnknown`."""
    owned(learner, actor)
    return store.of_learner(learner)


# ------------------------------------------------------------- through a link
def check(secret: str) -> None:
    """Look whether a link could be opened, without opening it. Raises `ShareUnusable`."""
    _open(secret)


@transaction.atomic
def look(secret: str) -> Shared:
    """Open a link: what it shows. The look is noted. Raises `ShareUnusable`."""
    found = _open(secret)
    looks.through(found, "list", "")
    name = learners.known(found.learner).called
    return Shared(share=found, name=name, items=_items(found))


@transaction.atomic
def fetch(secret: str, item: str, *, printed: bool, check_at: str, language: str) -> File:
    """One document of a link: as PDF where it is `printed`, else exactly as it was signed. The look is noted.

    Raises `ShareUnusable`, also for a document that the link does not show; `LanguageUnknown`, `CharacterMissing`.
    """
    found = _open(secret)
    wanted = next((one for one in _items(found) if one.id == item), None)
    if wanted is None or (printed and not wanted.printed):
        raise ShareUnusable()
    looks.through(found, wanted.kind.value, wanted.id)
    return _file(wanted, _giver(found), printed=printed, check_at=check_at, language=language)


class Held:
    """What is held here about learners (`mobility.actions.learners.rely_on`)."""

    def check(self, learner: Identifier) -> None:
        """Nothing here needs the data: links are the learner's own."""

    def forget(self, learner: Identifier) -> None:
        """End the links, and clear for whom and what they were and what was said about erasure."""
        at = clock.now()
        store.forget(learner, at=at)
        erasures.forget(learner, at=at)


# ------------------------------------------------------------- inside
def _open(secret: str) -> Share:
    """The link, while it is open and whoever gave it still acts for the learner."""
    found = store.with_hash(_hash(secret))
    if found is None or not found.is_open(clock.today()) or not learners.acts_as(_giver(found), found.learner):
        raise ShareUnusable()
    return found


def _giver(found: Share) -> Actor:
    """A link can show what its giver may see, and nothing more."""
    return Actor(person=found.by, name="", institution=None, roles=frozenset())


def _items(found: Share) -> tuple[Item, ...]:
    return tuple(one for one in contents.items(found.learner) if one.id in found.items)


def _file(item: Item, giver: Actor, *, printed: bool, check_at: str, language: str) -> File:
    if item.credential is not None:
        return File(
            f"credential-{item.credential}.sd-jwt", CREDENTIAL_MEDIA, contents.credential(item.credential, actor=giver)
        )
    assert item.address is not None
    name = f"{item.kind.value}-{item.address[8:24]}"
    if not printed:
        return File(f"{name}.json", "application/json", records.record_bytes(item.address))
    if item.kind is Kind.AGREEMENT:
        assert item.thread is not None
        data = agreed.agreement(item.thread, actor=giver, check_at=check_at, language=language)
    else:
        data = printing.of_record(item.address, actor=giver, check_at=check_at, language=language)
    return File(f"{name}.pdf", documents.MEDIA, data)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
