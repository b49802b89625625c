"""Issue into a wallet: keys are proved with a nonce used once, and the credential comes bound to them, now or later."""

from typing import Any, Final
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec

from ecvet.credential.formats.key_binding import holder_key, public_key
from ecvet.credential.wallet.errors import (
    ConfigurationUnknown,
    CredentialDenied,
    IdentifierUnknown,
    KeyProofInvalid,
    NotificationUnknown,
    ProofNonceInvalid,
    TransactionUnknown,
)
from ecvet.credential.wallet.issuance import CredentialResponse, credential_request, notification
from ecvet.credential.wallet.offering import BATCH
from ecvet.credential.wallet.reading import json_object, text
from ecvet.credential.wallet.tokens import check_key_proof
from ecvet.saying import say
from ecvet_platform.credentials.actions import copies, issue
from ecvet_platform.journal import chance, clock
from ecvet_platform.wallets.actions.places import DEFERRED, NONCE, addresses
from ecvet_platform.wallets.actions.tokens import Granted
from ecvet_platform.wallets.store import copies as kept
from ecvet_platform.wallets.store import memory

INTERVAL: Final = 3600
"""Seconds after which a wallet asks again for what was not issued yet: a person decides, not a machine."""


def nonce() -> dict[str, str]:
    """A nonce for proofs of keys; it counts once."""
    secret, now = chance.token(), clock.now()
    memory.sweep(now)
    memory.keep("nonce", secret, {}, until=now + NONCE)
    return {"c_nonce": secret}


def credential(body: bytes, granted: Granted) -> CredentialResponse:
    """The answer of the credential endpoint. Raises `WalletRefusal`s."""
    asked = credential_request(body, most=BATCH)
    if asked.configuration is not None and asked.configuration != granted.kind:
        raise ConfigurationUnknown()
    if asked.identifier is not None and asked.identifier != granted.identifier:
        raise IdentifierUnknown()
    keys = _proved(asked.proofs, granted)
    found = issue.of_decision(granted.decision)
    if found is not None:
        return _handed_over(found.id, keys, granted)
    if not issue.still_stands(granted.decision):
        raise CredentialDenied(why=say("the decision no longer stands"))
    secret, until = chance.token(), clock.now() + DEFERRED
    memory.keep(
        "transaction", secret, {"keys": [holder_key(one)["jwk"] for one in keys]}, until=until, parent=granted.token,
        learner=granted.learner,
    )  # fmt: skip
    memory.prolong("token", granted.token, until)
    return CredentialResponse(transaction=secret, interval=INTERVAL)


def deferred(body: bytes, granted: Granted) -> CredentialResponse:
    """The answer of the deferred credential endpoint. Raises `TransactionUnknown`, `CredentialDenied`."""
    secret, now = text(json_object(body, "request"), "transaction_id"), clock.now()
    found = memory.find("transaction", secret, now)
    if found is None or found.used or found.parent != granted.token:
        raise TransactionUnknown()
    known = issue.of_decision(granted.decision)
    if known is None:
        if not issue.still_stands(granted.decision):
            raise CredentialDenied(why=say("the decision no longer stands"))
        return CredentialResponse(transaction=secret, interval=INTERVAL)
    memory.use("transaction", secret, now)
    return _handed_over(known.id, tuple(public_key({"jwk": one}) for one in found.data["keys"]), granted)


def notify(body: bytes, granted: Granted) -> None:
    """Keep what became of a credential in the wallet. Raises `NotificationInvalid`, `NotificationUnknown`."""
    said = notification(body)
    found = memory.find("notice", said.id, clock.now())
    if found is None or found.parent != granted.token:
        raise NotificationUnknown()
    kept.tell(UUID(found.data["copy"]), said.event)


def _proved(proofs: tuple[str, ...], granted: Granted) -> tuple[ec.EllipticCurvePublicKey, ...]:
    """The keys of the proofs. Their nonces are used up whatever becomes of the request."""
    at, found = clock.now(), []
    for one in proofs:
        found.append(check_key_proof(one, audience=addresses().issuer, client=granted.client, at=at))
    used = {one: memory.use("nonce", one, at) is not None for one in {proof.nonce for proof in found}}
    if not all(used.values()):
        raise ProofNonceInvalid()
    if len({one.thumbprint for one in found}) < len(found):
        raise KeyProofInvalid(why=say("two proofs are of one key"))
    return tuple(one.key for one in found)


def _handed_over(key: UUID, holders: tuple[Any, ...], granted: Granted) -> CredentialResponse:
    made = copies.copies(key, holders, by=granted.by)
    secret, now = chance.token(), clock.now()
    copy = kept.add(granted.learner, granted.decision, granted.client, len(made), now)
    memory.keep(
        "notice", secret, {"copy": str(copy)}, until=now + DEFERRED, parent=granted.token, learner=granted.learner
    )  # fmt: skip
    return CredentialResponse(credentials=tuple(one.decode() for one in made), notification=secret)
