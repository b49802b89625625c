"""What a learner can take into a wallet: her credentials that stand, and decisions whose credential is to come."""

from dataclasses import dataclass
from uuid import UUID

from ecvet.credential.profiles.types import CertificateType
from ecvet.credential.status.standing import Standing
from ecvet.record import Address
from ecvet.terms import Identifier, LangString
from ecvet_platform.credentials.actions import issue
from ecvet_platform.credit.actions import learners
from ecvet_platform.people.roles import Actor
from ecvet_platform.wallets.errors import NotForYourWallet
from ecvet_platform.wallets.store import copies, memory
from ecvet_platform.wallets.store.copies import Copied


@dataclass(frozen=True, slots=True, kw_only=True)
class Obtainable:
    """A credential that a wallet can have; `credential` is None while the institution has not issued it yet."""

    decision: Address
    kind: CertificateType
    learner: Identifier
    title: LangString
    credential: UUID | None


def obtainable(actor: Actor, kind: str = "") -> tuple[Obtainable, ...]:
    """What the actor's wallet can have as the learner, or of one kind."""
    found = [
        Obtainable(decision=one.decision, kind=one.kind, learner=one.learner, title=one.title, credential=one.id)
        for one in issue.own(actor=actor) if one.standing is Standing.VALID
    ] + [
        Obtainable(decision=one.address, kind=CertificateType(one.type), learner=one.learner, title=one.title,
                   credential=None)
        for one in issue.awaited(actor=actor)
    ]  # fmt: skip
    return tuple(one for one in found if kind in ("", one.kind.value))


def chosen(decision: Address, *, actor: Actor, kind: str = "") -> Obtainable:
    """One of these. Raises `NotForYourWallet`."""
    found = next((one for one in obtainable(actor, kind) if one.decision == decision), None)
    if found is None:
        raise NotForYourWallet(name=decision)
    return found


def in_wallets(*, actor: Actor) -> tuple[Copied, ...]:
    """The copies that went into the actor's wallets, the latest first."""
    return tuple(one for own in learners.mine(actor) for one in copies.of_learner(own))


class Held:
    """What is held here about learners (`mobility.actions.learners.rely_on`)."""

    def check(self, learner: Identifier) -> None:
        """Nothing here needs the data."""

    def forget(self, learner: Identifier) -> None:
        """Forget offers, tokens and which wallets there were."""
        memory.forget(learner)
        copies.forget(learner)
