"""Rows ↔ requests for erasure with their answers."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from ecvet.terms import Identifier
from ecvet_platform.dossier.models import ErasureRow

_MEMBERS: Final = (
    "id", "learner", "home", "by", "words", "asked", "due", "answer", "ground", "reason", "remedy", "answered",
    "answered_by",
)  # fmt: skip


class Answer(StrEnum):
    """What was answered; nothing yet while it is open."""

    OPEN = ""
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """A request and its answer; `by` is the account that asked, `due` the last day for the answer."""

    id: UUID
    learner: Identifier
    home: Identifier
    by: Identifier
    words: str
    asked: datetime
    due: date
    answer: Answer
    ground: str
    reason: str
    remedy: str
    answered: datetime | None
    answered_by: Identifier | None


def add(
    *, learner: Identifier, home: Identifier, by: Identifier, words: str, asked: datetime, due: date
) -> Erasure | None:  # fmt: skip
    """Keep a request; None when one is open already, also when two ask at once."""
    try:
        with transaction.atomic():
            row = ErasureRow.objects.create(learner=learner, home=home, by=by, words=words, asked=asked, due=due)
    except IntegrityError:
        return None
    return one(row.id)


def answer(
    key: UUID, answer: Answer, *, by: Identifier, at: datetime, ground: str = "", reason: str = "", remedy: str = ""
) -> bool:  # fmt: skip
    """Keep the answer of an open request; False when it was answered already."""
    rows = ErasureRow.objects.filter(id=key, answer=Answer.OPEN.value)
    return rows.update(
        answer=answer.value, answered=at, answered_by=by, ground=ground, reason=reason, remedy=remedy
    ) > 0  # fmt: skip


def forget(learner: Identifier, *, at: datetime) -> None:
    """Clear the words of an erased learner's requests and answers; one that was still open is granted by that."""
    ErasureRow.objects.filter(learner=learner, answer=Answer.OPEN.value).update(
        answer=Answer.GRANTED.value, answered=at
    )
    ErasureRow.objects.filter(learner=learner).update(words="", reason="", remedy="")


def one(key: UUID) -> Erasure | None:
    """The request with this id."""
    return next(iter(_all(ErasureRow.objects.filter(id=key))), None)


def of_learner(learner: Identifier) -> tuple[Erasure, ...]:
    """A learner's requests, the latest first."""
    return _all(ErasureRow.objects.filter(learner=learner).order_by("-asked", "-id"))


def of_home(home: Identifier, *, only_open: bool = False, limit: int = 200) -> tuple[Erasure, ...]:
    """The requests to an institution, the open ones first, then the latest."""
    rows = ErasureRow.objects.filter(home=home)
    if only_open:
        rows = rows.filter(answer=Answer.OPEN.value)
    return _all(rows.order_by("answer", "-asked", "-id")[:limit])


def _all(rows: QuerySet[ErasureRow]) -> tuple[Erasure, ...]:
    return tuple(Erasure(**{**row, "answer": Answer(row["answer"])}) for row in rows.values(*_MEMBERS))
