"""Files of evidence: brought by a learner or an assessor, looked at by those who have a part in the credit."""

from typing import Final
from uuid import UUID

from django.db import transaction

from ecvet.terms import Identifier
from ecvet_platform.credit.actions import sides
from ecvet_platform.credit.errors import (
    CreditUnknown,
    EvidenceLost,
    EvidenceNotAccepted,
    EvidenceTooLarge,
    EvidenceTooMany,
)
from ecvet_platform.credit.store import evidence as store
from ecvet_platform.credit.store.evidence import Evidence as Evidence
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people.roles import Actor

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_FILES: Final = 50

_SIGNS: Final = (
    ("application/pdf", b"%PDF-"),
    ("image/png", b"\x89PNG\r\n\x1a\n"),
    ("image/jpeg", b"\xff\xd8\xff"),
)


@transaction.atomic
def bring(thread: Identifier, data: bytes, *, name: str, actor: Actor) -> Evidence:
    """Bring a file to a portfolio or an agreement in which the actor has a part.

    Raises `BasisUnknown`, `EvidenceTooLarge`, `EvidenceTooMany`, `EvidenceNotAccepted`.
    """
    ground = sides.ground_for(thread, actor)
    media = media_of(data)
    if len(store.of_basis(thread)) >= MOST_FILES:
        raise EvidenceTooMany(most=MOST_FILES)
    kept = store.keep(
        data, basis=thread, learner=ground.learner, name=_plain_name(name), media=media, by=actor.person,
        at=clock.now(),
    )  # fmt: skip
    journal.write("evidence.bring", by=actor, subject=thread, detail={"hash": kept.hash, "size": kept.size})
    return kept


def of_basis(thread: Identifier, *, actor: Actor) -> tuple[Evidence, ...]:
    """The files of a portfolio or an agreement. Raises `BasisUnknown`."""
    sides.ground_for(thread, actor)
    return store.of_basis(thread)


@transaction.atomic
def read(key: UUID, *, actor: Actor) -> tuple[Evidence, bytes]:
    """A file with its bytes; that it was looked at is told in the journal. Raises `CreditUnknown`, `EvidenceLost`."""
    found = store.one(key)
    if found is None:
        raise CreditUnknown(name=key)
    sides.ground_for(found.basis, actor)
    data = store.read(found.hash)
    if data is None:
        raise EvidenceLost()
    journal.write("evidence.read", by=actor, subject=found.basis, detail={"hash": found.hash})
    return found, data


def media_of(data: bytes) -> str:
    """The kind of a file by its own bytes, never by its name. Raises `EvidenceTooLarge`, `EvidenceNotAccepted`."""
    if len(data) > MOST_BYTES:
        raise EvidenceTooLarge(size=len(data), most=MOST_BYTES)
    for media, sign in _SIGNS:
        if data.startswith(sign):
            return media
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data and _is_text(data):
        return "text/plain"
    raise EvidenceNotAccepted()


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return all(one.isprintable() or one in "\t\n\r\f" for one in text)


def _plain_name(name: str) -> str:
    """The last part of a file's name, without anything that a path or a header could misread."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(one for one in last if one.isprintable() and one not in '<>:"|?*;')
    return kept[:100].strip() or "file"
