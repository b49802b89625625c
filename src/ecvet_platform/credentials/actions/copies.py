"""Copies for wallets: the certificate that was issued, once more, bound to keys of the learner's wallet.

A decision still has one certificate (R-RECOG-12): a copy says the same, and its place in a status list follows the same
standing. Who asks was granted it by the learner; that is the caller's matter.
"""

from collections.abc import Iterable
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction

from ecvet.credential.issue import copy
from ecvet.credential.status.standing import Standing
from ecvet.credential.wallet.errors import CredentialDenied
from ecvet.saying import say
from ecvet_platform.credentials.actions import status_lists
from ecvet_platform.credentials.actions.keys import key_of
from ecvet_platform.credentials.store import credentials as store
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.journal.chain import By


@transaction.atomic
def copies(key: UUID, holders: Iterable[ec.EllipticCurvePublicKey], *, by: By) -> tuple[bytes, ...]:
    """One copy for each key. Raises `CredentialDenied` for what does not stand, `KeyUnusable`."""
    found = store.one(key)
    data = store.file(key) if found is not None else b""
    if found is None or not data:
        raise CredentialDenied(why=say("it is no longer here"))
    if found.standing is not Standing.VALID:
        raise CredentialDenied(why=say("it is {standing}", standing=found.standing.value))
    signer, at, made = key_of(institutions.institution(found.issuer), by=by), clock.now(), []
    for holder in holders:
        place = status_lists.draw(found.issuer)
        made.append(copy(data, signer, at=at, salts=chance.salt, holder=holder, status=place.reference))
        place.give(found.id)
    journal.write(
        "credential.copy", by=by, subject=found.learner, record=found.decision,
        detail={"hash": found.hash, "copies": len(made)},
    )  # fmt: skip
    return tuple(made)
