"""Rows ↔ copies of credentials in wallets."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ecvet.record import Address
from ecvet.terms import Identifier
from ecvet_platform.wallets.models import CopyRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """That copies went into a wallet; `event` is what the wallet said became of them."""

    id: UUID
    decision: Address
    client: str
    number: int
    at: datetime
    event: str


def add(learner: Identifier, decision: Address, client: str, number: int, at: datetime) -> UUID:
    """Keep that copies were handed over."""
    return CopyRow.objects.create(learner=learner, decision=decision, client=client, number=number, at=at).id


def tell(key: UUID, event: str) -> None:
    """Keep what the wallet said."""
    CopyRow.objects.filter(id=key).update(event=event)


def of_learner(learner: Identifier) -> tuple[Copied, ...]:
    """A learner's copies, the latest first."""
    rows = CopyRow.objects.filter(learner=learner).order_by("-at", "-id")
    return tuple(
        Copied(id=one.id, decision=Address(one.decision), client=one.client, number=one.number, at=one.at,
               event=one.event)
        for one in rows
    )  # fmt: skip


def forget(learner: Identifier) -> None:
    """Forget which wallets a learner has."""
    CopyRow.objects.filter(learner=learner).delete()
