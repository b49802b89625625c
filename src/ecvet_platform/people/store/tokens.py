"""Rows ↔ the tokens of programs, which are kept as hashes; the hash is also the name under which one is ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from ecvet.terms import Identifier
from ecvet_platform.people.models import Token

FRESH: Final = timedelta(minutes=10)
"""How exactly the last use is noted: a write for every request would cost more than it tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A token as its owner sees it; `id` is the hash, from which the token does not follow."""

    id: str
    name: str
    institution: Identifier | None
    created: datetime
    expires: datetime
    used: datetime | None


def of(person: UUID, *, at: datetime) -> tuple[Known, ...]:
    """The tokens that still act, the latest made first."""
    rows = Token.objects.filter(user_id=person, revoked=None, expires__gt=at).order_by("-created", "hash")
    return tuple(
        Known(
            id=row.hash, name=row.name, institution=Identifier(row.institution) if row.institution else None,
            created=row.created, expires=row.expires, used=row.used,
        )
        for row in rows
    )  # fmt: skip


def touch(digest: str, *, at: datetime) -> None:
    """Note that a token is used, to ten minutes."""
    Token.objects.filter(Q(used=None) | Q(used__lt=at - FRESH), hash=digest).update(used=at)


def end(person: UUID, *, at: datetime, only: str | None = None) -> int:
    """End the tokens of a person that still act, or the one of that name; how many there were."""
    rows = Token.objects.filter(user_id=person, revoked=None, expires__gt=at)
    return (rows if only is None else rows.filter(hash=only)).update(revoked=at)
