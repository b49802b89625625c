"""Files of evidence: in the data folder under the hash of their bytes, with a row for each place they belong to."""

import os
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from ecvet.record import Address, Annex, address_of
from ecvet.terms import Identifier
from ecvet_platform.credit.models import EvidenceRow
from ecvet_platform.journal.chance import token

_MEMBERS: Final = ("id", "hash", "basis", "learner", "name", "media", "size", "by", "at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A file of evidence. `basis` is the thread of the portfolio or agreement it belongs to, `by` who brought it."""

    id: UUID
    hash: Address
    basis: Identifier
    learner: Identifier
    name: str
    media: str
    size: int
    by: Identifier
    at: datetime

    @property
    def annex(self) -> Annex:
        """The file as a record names it."""
        return Annex(hash=self.hash, media=self.media, size=self.size)


def keep(
    data: bytes, *, basis: Identifier, learner: Identifier, name: str, media: str, by: Identifier, at: datetime
) -> Evidence:
    """Keep a file; the same bytes for the same basis are kept once."""
    found = address_of(data)
    _write(found, data)
    row, _ = EvidenceRow.objects.get_or_create(
        basis=basis, hash=found,
        defaults={"learner": learner, "name": name, "media": media, "size": len(data), "by": by, "at": at},
    )  # fmt: skip
    return _evidence({member: getattr(row, member) for member in _MEMBERS})


def of_basis(basis: Identifier) -> tuple[Evidence, ...]:
    """The files of a portfolio or an agreement, in the order in which they came."""
    return tuple(map(_evidence, EvidenceRow.objects.filter(basis=basis).order_by("at", "id").values(*_MEMBERS)))


def one(key: UUID) -> Evidence | None:
    """The file with this id."""
    return next(map(_evidence, EvidenceRow.objects.filter(id=key).values(*_MEMBERS)), None)


def with_hash(found: Address) -> tuple[Evidence, ...]:
    """The places to which a file belongs."""
    return tuple(map(_evidence, EvidenceRow.objects.filter(hash=found).values(*_MEMBERS)))


def read(found: Address) -> bytes | None:
    """The bytes of a file; None when they are no longer there or no longer the same."""
    try:
        data = _path(found).read_bytes()
    except OSError:
        return None
    return data if address_of(data) == found else None


def of_learner(learner: Identifier) -> tuple[Evidence, ...]:
    """All files about a learner, in the order in which they came."""
    return tuple(map(_evidence, EvidenceRow.objects.filter(learner=learner).order_by("at", "id").values(*_MEMBERS)))


def erase(learner: Identifier) -> None:
    """Delete a learner's files, except where the same bytes also belong to somebody else."""
    found = {one.hash for one in of_learner(learner)}
    EvidenceRow.objects.filter(learner=learner).delete()
    kept = set(EvidenceRow.objects.filter(hash__in=found).values_list("hash", flat=True))
    for name in found - kept:
        transaction.on_commit(partial(_path(name).unlink, missing_ok=True))


def _path(name: Address) -> Path:
    digits = name.removeprefix("sha-256:")
    return Path(settings.DATA) / "evidence" / digits[:2] / digits


def _write(name: Address, data: bytes) -> None:
    path = _path(name)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{token()[:8]}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
    draft.replace(path)


def _evidence(row: dict[str, object]) -> Evidence:
    return Evidence(**row)  # type: ignore[arg-type]
