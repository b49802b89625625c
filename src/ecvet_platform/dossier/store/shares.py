"""Rows ↔ share links."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from ecvet.terms import Identifier
from ecvet_platform.dossier.models import ShareRow

_MEMBERS: Final = ("id", "learner", "by", "items", "recipient", "purpose", "created", "until", "ended")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share link: which documents (`items`), to whom and for what, until which day; `by` is the account that gave."""

    id: UUID
    learner: Identifier
    by: Identifier
    items: tuple[str, ...]
    recipient: str
    purpose: str
    created: datetime
    until: date
    ended: datetime | None

    def is_open(self, on: date) -> bool:
        """Whether it can be used on a day."""
        return self.ended is None and on <= self.until


def add(
    digest: str, *, learner: Identifier, by: Identifier, items: tuple[str, ...], recipient: str, purpose: str,
    created: datetime, until: date,
) -> Share:  # fmt: skip
    """Keep a link by the hash of its secret."""
    row = ShareRow.objects.create(
        hash=digest, learner=learner, by=by, items=list(items), recipient=recipient, purpose=purpose, created=created,
        until=until,
    )  # fmt: skip
    return _share({name: getattr(row, name) for name in _MEMBERS})


def with_hash(digest: str) -> Share | None:
    """The link whose secret has this hash, open or not."""
    return next(map(_share, ShareRow.objects.filter(hash=digest).values(*_MEMBERS)), None)


def of_learner(learner: Identifier) -> tuple[Share, ...]:
    """A learner's links, the latest first."""
    return tuple(map(_share, ShareRow.objects.filter(learner=learner).order_by("-created", "-id").values(*_MEMBERS)))


def end(key: UUID, *, learner: Identifier, at: datetime) -> bool:
    """End a link of this learner; False when there is none to end."""
    return ShareRow.objects.filter(id=key, learner=learner, ended=None).update(ended=at) > 0


def forget(learner: Identifier, *, at: datetime) -> None:
    """End all links of an erased learner, and forget for whom and what they were."""
    ShareRow.objects.filter(learner=learner, ended=None).update(ended=at)
    ShareRow.objects.filter(learner=learner).update(recipient="", purpose="", items=[])


def _share(row: dict[str, object]) -> Share:
    return Share(**{**row, "items": tuple(row["items"])})  # type: ignore[arg-type]
