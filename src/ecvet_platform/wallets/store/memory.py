"""What a protocol remembers: kept by the hash of its secret, used once, forgotten in time. Whoever reads the database
alone can use nothing of it.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from ecvet.terms import Identifier
from ecvet_platform.wallets.models import RememberedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What was kept under a secret; `used` says that it was used before."""

    hash: str
    data: dict[str, Any]
    until: datetime
    used: bool
    parent: str


def hashed(secret: str) -> str:
    """The hash under which a secret of 256 bits is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def keep(kind: str, secret: str, data: dict[str, Any], *, until: datetime, parent: str = "", learner: str = "") -> str:
    """Remember something until a time; its hash."""
    RememberedRow.objects.create(
        kind=kind, hash=hashed(secret), data=data, until=until, parent=parent, learner=learner
    )  # fmt: skip
    return hashed(secret)


def find(kind: str, secret: str, at: datetime) -> Remembered | None:
    """What is remembered, used or not; None once its time has passed. Held until the transaction ends."""
    rows = RememberedRow.objects.select_for_update().filter(kind=kind, hash=hashed(secret), until__gt=at)
    return next(map(_remembered, rows), None)


def use(kind: str, secret: str, at: datetime) -> Remembered | None:
    """Use something for the first and only time; None when it is unknown, expired or was used."""
    rows = RememberedRow.objects.filter(kind=kind, hash=hashed(secret), until__gt=at, used=None)
    return find(kind, secret, at) if rows.update(used=at) else None


def first(kind: str, secret: str, *, until: datetime) -> bool:
    """Whether this is seen for the first time; it is remembered from now on."""
    _, made = RememberedRow.objects.get_or_create(kind=kind, hash=hashed(secret), defaults={"data": {}, "until": until})
    return made


def rewrite(kind: str, hash_: str, data: dict[str, Any]) -> None:
    """Remember something else in its place."""
    RememberedRow.objects.filter(kind=kind, hash=hash_).update(data=data)


def prolong(kind: str, hash_: str, until: datetime) -> None:
    """Remember it for longer."""
    RememberedRow.objects.filter(kind=kind, hash=hash_).update(until=until)


def drop(*, parent: str) -> None:
    """Forget what was made of something: tokens of a code, and what was granted with them."""
    children = list(RememberedRow.objects.filter(parent=parent).values_list("hash", flat=True))
    RememberedRow.objects.filter(Q(parent=parent) | Q(parent__in=children)).delete()


def sweep(at: datetime) -> None:
    """Forget what has had its time."""
    RememberedRow.objects.filter(until__lte=at).delete()


def forget(learner: Identifier) -> None:
    """Forget everything about a learner."""
    hashes = list(RememberedRow.objects.filter(learner=learner).values_list("hash", flat=True))
    for one in hashes:
        drop(parent=one)
    RememberedRow.objects.filter(learner=learner).delete()


def _remembered(row: RememberedRow) -> Remembered:
    return Remembered(hash=row.hash, data=row.data, until=row.until, used=row.used is not None, parent=row.parent)
