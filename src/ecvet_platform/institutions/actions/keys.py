"""Signing for institutions: making their keys, making signatures, and checking those of others."""

import json
from base64 import urlsafe_b64decode
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.db import transaction

from ecvet.partnership import CompetentInstitution
from ecvet.record import Act, Address, Signature, SigningKey, check_signature, sign
from ecvet.terms import Failure, Identifier, Success, require
from ecvet_platform.institutions.errors import KeyMissing, SignsElsewhere
from ecvet_platform.institutions.keyring import Keyring
from ecvet_platform.institutions.store import institutions as store
from ecvet_platform.institutions.store.institutions import PublicKey
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.journal import store as records
from ecvet_platform.journal.chain import By
from ecvet_platform.people.roles import Actor, Role, Vouched, has_one_of


class Certifier(Protocol):
    """What this room needs of the one that certifies keys for documents and credentials."""

    def certify(self, institution: CompetentInstitution, *, by: By) -> None:
        """Give an institution a key and a certificate, unless it has them."""


_certifiers: list[Certifier] = []


def rely_on(certifier: Certifier) -> None:
    """Take a room as the one that certifies."""
    _certifiers[:] = [certifier]


def give(institution: CompetentInstitution, *, by: By) -> None:
    """Everything with which an institution signs: records from its entry on, documents and credentials too.

    One that signs on a server of its own has its keys there.
    """
    if store.nodes([institution.id]):
        return
    if not store.keys(institution.id):
        make(institution.id, by=by)
    for certifier in _certifiers:
        certifier.certify(institution, by=by)


def keyring() -> Keyring:
    """The folder of private keys of this server."""
    return Keyring(settings.DATA / "keys")


@transaction.atomic
def make(institution: Identifier, *, by: By) -> PublicKey:
    """Make a new key for an institution; the one before stops signing and stays published. Raises `SignsElsewhere`."""
    _here(institution)
    kid, at = f"{institution}#{chance.uuid7()}", clock.now()
    seed = chance.salt()
    key = SigningKey.from_seed(kid, seed)
    made = PublicKey(key=key.public, institution=institution, valid_from=at, valid_until=None)
    store.add_key(made)
    keyring().keep(kid, seed)
    journal.write("institution.make-key", by=by, subject=institution, detail={"kid": kid})
    return made


def may_renew(institution: Identifier, *, actor: Actor) -> Success | Failure:
    """Whether somebody renews the key of records: the institution's own people who sign, or the register office."""
    own = (Role.COMPETENT_INSTITUTION, Role.COORDINATOR) if actor.institution == institution else ()
    return has_one_of(actor, Role.REGISTER_OFFICE, *own)


@transaction.atomic
def renew(institution: Identifier, *, why: str = "regular", actor: Actor) -> PublicKey:
    """A new key of records from now on, at the wish of who may; what the one before signed stays signed.

    It ends now and never in the past: agreements rest on what it signed (ADR 0033). Raises `NotYourRole`.
    """
    require(may_renew(institution, actor=actor))
    made = make(institution, by=actor)
    journal.write("institution.renew-key", by=actor, subject=institution, detail={"now": made.key.kid, "why": why})
    return made


def sign_for(
    institution: Identifier, record: Address, *, role: str, act: Act, signer: Identifier | None = None,
    reason: str | None = None, person: Identifier | None = None, vouched: Vouched | None = None,
) -> Signature:  # fmt: skip
    """Sign a record with an institution's key and keep the signature beside it.

    `signer` is another than the institution where a learner or guardian acts through an account that the institution
    keeps; then the header's `kid` still names the institution whose key it is. `person` is who acted; where somebody
    without an account is `vouched` for, the key is that of the institution that vouches, and the signature says so.
    Raises `KeyMissing`, `KeyLost`, `SignsElsewhere`.
    """
    at = clock.now()
    statement = Signature(
        object=record, signer=signer or institution, role=role, act=act, at=at, reason=reason, person=person,
        level=vouched.level if vouched else None, evidence=vouched.evidence if vouched else None,
    )  # fmt: skip
    holder = vouched.by if vouched else institution
    signed = sign(statement, signing_key(holder, at))
    records.keep_signature(signed)
    return signed


def signing_key(institution: Identifier, at: datetime) -> SigningKey:
    """The key with which an institution signs at a moment. Raises `KeyMissing`, `KeyLost`, `SignsElsewhere`."""
    _here(institution)
    public = store.key_at(institution, at)
    if public is None:
        raise KeyMissing(institution=institution)
    return keyring().key(public.key.kid)


def check(signature: Signature) -> Success | Failure:
    """Whether a signature was made with a key that is known here and was valid at its time."""
    kid = kid_of(signature)
    public = store.key_named(kid)
    if public is None:
        return Failure(KeyMissing(institution=signature.signer))
    if signature.at < public.valid_from or (public.valid_until is not None and signature.at > public.valid_until):
        return Failure(KeyMissing(institution=public.institution))
    return check_signature(signature, public.key, at=signature.at)


def kid_of(signature: Signature) -> str:
    """The name of the key that the signature's header gives; empty when it gives none."""
    header = signature.jws.partition(".")[0]
    try:
        found = json.loads(urlsafe_b64decode(header + "=" * (-len(header) % 4)))
    except ValueError:
        return ""
    return str(found.get("kid", "")) if isinstance(found, dict) else ""


def _here(institution: Identifier) -> None:
    if node := store.nodes([institution]).get(institution):
        raise SignsElsewhere(institution=institution, node=node)
