"""The keys that make proofs in badges, learner records and status lists: Ed25519 under the did:web of an institution.

It is a key for that alone (ADR 0033). A did:web is an address on this platform, so when that changes, the key of before
ends and the institution proves under its new name; what was proved before stays verified under the old one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import IntegrityError, transaction

from ecvet.credential.did_web import Published, did_web, document, listed
from ecvet.credential.ended import Why, last_moment
from ecvet.credential.errors import KeyUnusable
from ecvet.credential.trust import Method
from ecvet.partnership.institution import CompetentInstitution
from ecvet.record import Json
from ecvet.saying import say
from ecvet.terms import Identifier, require
from ecvet_platform.credentials.actions.keys import may_renew
from ecvet_platform.credentials.errors import KeyRenewedMeanwhile
from ecvet_platform.credentials.store import keys as files
from ecvet_platform.credentials.store import methods as store
from ecvet_platform.credentials.store.methods import Proving
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.journal.chain import By
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications.naming import key_text

_EARLIER: Final = timedelta(days=400)  # as the first certificate: a demonstration also tells stories of last year


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofKey:
    """A private key with its name, and the did:web that controls it."""

    method: str
    did: Identifier
    private: Ed25519PrivateKey


def did_of(institution: Identifier) -> Identifier:
    """The did:web of an institution on this platform."""
    return did_web(settings.SITE, "institutions", key_text(institution))


def proof_key_of(institution: CompetentInstitution, *, by: By) -> ProofKey:
    """The key of now, made when it is needed for the first time. Raises `KeyUnusable`."""
    known, did = store.current(institution.id), did_of(institution.id)
    if known is not None and known.controller != did:  # the platform has moved
        _follow(known, clock.now().replace(microsecond=0), Why.REGULAR)
        known = _made(institution.id, clock.now().replace(microsecond=0), by=by)
    if known is None:
        known = _first(institution.id, by=by)
    private = files.proof_key(known.name)
    if private is None:
        raise KeyUnusable(
            why=say("the file {name}.pem is gone; bring it back, or renew the key as lost", name=known.name)
        )
    return ProofKey(method=known.id, did=known.controller, private=private)


@transaction.atomic
def renew(institution: CompetentInstitution, *, why: Why, back: datetime | None = None, actor: Actor) -> Proving:
    """A new key from now on; the one before keeps what it proved until its end (`back`, or now).

    Raises `NotYourRole`, `EndNotPossible`, `KeyRenewedMeanwhile`, `KeyUnusable`.
    """
    require(may_renew(institution.id, actor=actor))
    now = clock.now().replace(microsecond=0)
    known = store.current(institution.id) or _first(institution.id, by=actor)
    until = last_moment(why, since=known.since, now=now, back=back)
    _follow(known, until, why)
    made = _made(institution.id, now, by=actor)
    journal.write(
        "credential.renew-proof-key", by=actor, subject=institution.id,
        detail={"before": known.name, "until": until, "why": why.value, "now": made.name},
    )  # fmt: skip
    return made


def held(institution: Identifier) -> tuple[Proving, ...]:
    """The keys of an institution, the newest first."""
    return store.of_holder(institution)


def since(institution: Identifier) -> datetime | None:
    """Since when an institution makes proofs with the key of now; None before the first."""
    found = store.current(institution)
    return found.since if found else None


def methods() -> tuple[Method, ...]:
    """All keys with their intervals, as verifiers are told."""
    return tuple(one.method for one in store.every())


def methods_file() -> dict[str, Json]:
    """The list `methods.json` of a trust directory."""
    return listed(methods())


def did_document(institution: CompetentInstitution) -> dict[str, Json]:
    """What is published under the did:web of an institution (W3C DID 1.0)."""
    shown = (Published(one.method, revoked=one.why is Why.COMPROMISED) for one in store.of_holder(institution.id))
    return document(did_of(institution.id), tuple(shown), also=(institution.id,))


def _first(institution: Identifier, *, by: By) -> Proving:
    try:
        with transaction.atomic():
            return _made(institution, (clock.now() - _EARLIER).replace(microsecond=0), by=by)
    except IntegrityError as error:  # somebody else was first
        known = store.current(institution)
        if known is None:
            raise KeyRenewedMeanwhile() from error
        return known


def _made(institution: Identifier, at: datetime, *, by: By) -> Proving:
    name = f"proof-{chance.uuid7().hex}"
    private = Ed25519PrivateKey.from_private_bytes(chance.salt())
    made = store.add(name, institution, did_of(institution), private.public_key(), at)
    files.keep_proof_key(name, private)
    journal.write("credential.make-proof-key", by=by, subject=institution, detail={"method": made.id})
    return made


def _follow(known: Proving, until: datetime, why: Why) -> None:
    if not store.end(known, until, why):
        raise KeyRenewedMeanwhile()
