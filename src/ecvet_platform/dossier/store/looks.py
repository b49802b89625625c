"""Rows ↔ looks at a learner's record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from ecvet.terms import Identifier
from ecvet_platform.dossier.models import LookRow

_MEMBERS: Final = ("learner", "at", "person", "institution", "share", "what", "about")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Somebody looked: a `person` for an institution, or whoever had the link `share`.

    `what` is the kind of thing, `about` its identifier, address or key.
    """

    learner: Identifier
    at: datetime
    person: Identifier | None = None
    institution: Identifier | None = None
    share: UUID | None = None
    what: str
    about: str


def add(look: Look) -> None:
    """Note a look."""
    LookRow.objects.create(**{name: getattr(look, name) for name in _MEMBERS})


def of_learner(learner: Identifier, *, skip: int = 0, limit: int = 100) -> tuple[tuple[Look, ...], int]:
    """The looks at a learner's record, the latest first, and how many there are."""
    rows = LookRow.objects.filter(learner=learner)
    found = rows.order_by("-at", "-id").values(*_MEMBERS)[skip : skip + limit]
    return tuple(Look(**row) for row in found), rows.count()
