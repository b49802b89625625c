"""Offer: the learner lets her wallet fetch one credential, with a code in the offer and another that she types."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from ecvet.credential.formats import jws
from ecvet.credential.wallet.errors import GrantInvalid
from ecvet.credential.wallet.issuance import CredentialOffer, TransactionCode
from ecvet.record import Address
from ecvet.saying import say
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.people.roles import Actor
from ecvet_platform.people.sealing import marks
from ecvet_platform.wallets.actions import own
from ecvet_platform.wallets.actions.places import OFFERED, addresses, at, offer_link
from ecvet_platform.wallets.store import memory

DIGITS: Final = 6
TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer as the learner is shown it: the link for the wallet, and the code that she types there."""

    title: Any
    link: str
    transaction_code: str
    until: datetime


@transaction.atomic
def offer(decision: Address, *, actor: Actor) -> Offered:
    """Offer the credential of a decision to the learner's wallet. Raises `NotForYourWallet`."""
    found, now = own.chosen(decision, actor=actor), clock.now()
    memory.sweep(now)
    secret, typed = chance.token(), chance.digits()
    until, code = now + OFFERED, _code(secret)
    memory.keep("offer", secret, {"kind": found.kind.value}, until=until, learner=found.learner)
    memory.keep(
        "code", code, {**granted(found, actor, client=""), "typed": marks(typed, code)[0], "tries": 0}, until=until,
        learner=found.learner,
    )  # fmt: skip
    journal.write("credential.offer", by=actor, subject=found.learner, record=found.decision)
    return Offered(found.title, offer_link(at("offer", secret=secret)), typed, until)


def granted(found: own.Obtainable, actor: Actor, *, client: str) -> dict[str, Any]:
    """What a code stands for: which credential, for whom, granted by whom to which wallet."""
    return {
        "decision": found.decision, "kind": found.kind.value, "learner": found.learner, "person": actor.person,
        "name": actor.name, "client": client,
    }  # fmt: skip


def offered(secret: str) -> CredentialOffer:
    """The offer that lies at an address, for the wallet. Raises `GrantInvalid`."""
    found = memory.find("offer", secret, clock.now())
    if found is None:
        raise GrantInvalid(why=say("the offer has expired"))
    return CredentialOffer(
        issuer=addresses().issuer, configurations=(found.data["kind"],), code=_code(secret), by_sign_in=True,
        transaction_code=TransactionCode(length=DIGITS, description="The six digits beside the picture"),
    )  # fmt: skip


def _code(secret: str) -> str:
    """The code in the offer; it follows from the secret of its address, so that neither is kept."""
    return jws.encode(hashlib.sha256(f"pre-authorised {secret}".encode()).digest())
