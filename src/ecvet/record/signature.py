"""Detached signatures: who did what with exactly which record (spec: exchange of documents, "Signature").

The statement (everything in `Signature` but `jws`) is signed as a detached JWS (RFC 7515, appendix F) with
Ed25519. Keys are arguments; this room stores none and asks nobody.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ecvet.record.attestation import Level
from ecvet.record.canonical import Address, canonical
from ecvet.record.errors import SignatureDoesNotFit, SignatureExpired
from ecvet.record.values import plain
from ecvet.saying import say
from ecvet.terms import Failure, Identifier, Success

if TYPE_CHECKING:  # imported where it signs, because it costs a cold `ecvet verify` a tenth of its time
    from joserfc.jwk import OKPKey

_ALGORITHMS: Final = ["Ed25519", "EdDSA"]


class Act(StrEnum):
    """What a signature says about the record."""

    ACCEPT = "accept"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    ISSUE = "issue"
    ACKNOWLEDGE = "acknowledge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A statement about one record and its detached JWS (`jws`, header..signature).

    `role` is the role in the document (home, hosting, learner …); `reason` is required to reject or withdraw; `person`
    names who acted for an institution, which a colleague may do as well. `level` is how somebody without an account is
    known to have acted, and `evidence` the address of the attestation; both are absent where the person has signed in.
    """

    object: Address
    signer: Identifier
    role: str
    act: Act
    at: datetime
    expires: datetime | None = None
    reason: str | None = None
    person: Identifier | None = None
    level: Level | None = None
    evidence: Address | None = None
    jws: str = ""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An Ed25519 private key of an institution; `kid` names it. Never printed, never part of a record."""

    kid: str
    key: "OKPKey"

    def __repr__(self) -> str:
        return f"SigningKey({self.kid})"

    @classmethod
    def from_seed(cls, kid: str, seed: bytes) -> "SigningKey":
        """The key of 32 secret bytes, drawn by the caller."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from joserfc.jwk import OKPKey

        return cls(kid, OKPKey.import_key(Ed25519PrivateKey.from_private_bytes(seed)))

    @property
    def public(self) -> "VerificationKey":
        """The public half, to be published."""
        return VerificationKey(self.kid, {str(k): str(v) for k, v in self.key.as_dict(private=False).items()})


@dataclass(frozen=True, slots=True)
class VerificationKey:
    """An Ed25519 public key as a JSON Web Key."""

    kid: str
    jwk: dict[str, str]


def sign(statement: Signature, key: SigningKey) -> Signature:
    """Sign a statement; the same statement and key give the same signature. Raises `ValueError` without a reason."""
    from joserfc import jws

    if statement.act in (Act.REJECT, Act.WITHDRAW) and not statement.reason:
        raise ValueError(f"to {statement.act} needs a reason")
    token = jws.serialize_compact(
        {"alg": "Ed25519", "kid": key.kid}, _payload(statement), key.key, algorithms=_ALGORITHMS
    )
    header, _, signature = token.split(".")
    return replace(statement, jws=f"{header}..{signature}")


def check_signature(signature: Signature, key: VerificationKey, *, at: datetime) -> Success | Failure:
    """Whether the signature is the key's over exactly this statement, and has not expired at `at`."""
    from joserfc import jws
    from joserfc.errors import JoseError
    from joserfc.jwk import OKPKey

    header, dots, tail = signature.jws.partition("..")
    if not dots or "." in tail:
        return Failure(SignatureDoesNotFit(why=say("it is not a detached signature")))
    try:
        checked = jws.deserialize_compact(f"{header}.{_b64(_payload(signature))}.{tail}", OKPKey.import_key(key.jwk),  # type: ignore[arg-type]
                                          algorithms=_ALGORITHMS)  # fmt: skip
    except (JoseError, ValueError, json.JSONDecodeError):
        return Failure(SignatureDoesNotFit(why=say("it was made over other bytes or with another key")))
    if checked.headers().get("kid") != key.kid:
        return Failure(SignatureDoesNotFit(why=say("it names another key than {kid}", kid=key.kid)))
    if signature.expires is not None and at > signature.expires:
        return Failure(SignatureExpired(signer=signature.signer, expires=signature.expires.date()))
    return Success()


def _payload(statement: Signature) -> bytes:
    return canonical(plain(replace(statement, jws="")))


def _b64(data: bytes) -> str:
    from joserfc.util import urlsafe_b64encode

    return urlsafe_b64encode(data).decode()
