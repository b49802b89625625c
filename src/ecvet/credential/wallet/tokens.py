"""The three small tokens that wallets sign with keys they bring along: DPoP (RFC 9449), proofs of keys (OpenID4VCI,
appendix F.1), and what both need: a JWK and its thumbprint (RFC 7638).

A key that comes in the header proves nothing but that who sent it holds it. Whether a token was used before, and
whether a nonce was given, is the caller's memory.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec

from ecvet.credential.errors import VerificationError
from ecvet.credential.formats import jws
from ecvet.credential.formats.key_binding import holder_key, public_key
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.formats.times import moment
from ecvet.credential.wallet.errors import KeyProofInvalid, PossessionNotProved, WalletRefusal
from ecvet.saying import say

DPOP: Final = "dpop+jwt"
PROOF: Final = "openid4vci-proof+jwt"
MAX_TOKEN: Final = 8 * 1024
FRESH: Final = timedelta(minutes=5)
SKEW: Final = timedelta(seconds=60)
"""How old a token may be, and by how much clocks may differ."""


@dataclass(frozen=True, slots=True)
class Possession:
    """What a DPoP proof proves: the key with this thumbprint made this request. `jti` names the proof."""

    thumbprint: str
    jti: str


@dataclass(frozen=True, slots=True)
class KeyProof:
    """What a proof of a key proves: who asks holds the key and signed this nonce for this issuer."""

    key: ec.EllipticCurvePublicKey
    thumbprint: str
    nonce: str


def thumbprint(key: ec.EllipticCurvePublicKey) -> str:
    """The thumbprint of a P-256 key (RFC 7638, SHA-256)."""
    jwk = holder_key(key)["jwk"]
    said = jws.dump({name: jwk[name] for name in sorted(jwk)})
    return jws.encode(hashlib.sha256(said).digest())


def token_hash(token: str) -> str:
    """The hash of an access token, as a DPoP proof carries it (`ath`)."""
    return jws.encode(hashlib.sha256(token.encode()).digest())


def check_dpop(text: str | None, *, method: str, url: str, at: datetime, token: str | None = None) -> Possession:
    """Check a DPoP proof for a request, with `token` where one is used. Raises `PossessionNotProved`."""
    no = PossessionNotProved
    if not text:
        raise no(why=say("there is no DPoP proof, or more than one"))
    found, key = _opened(text, DPOP, no)
    claims = found.payload
    jti = claims.get("jti")
    if claims.get("htm") != method or str(claims.get("htu", "")).partition("?")[0].partition("#")[0] != url:
        raise no(why=say("the proof is for another request"))
    if not isinstance(jti, str) or not 8 <= len(jti) <= 256:
        raise no(why=say("the proof has no name of its own (jti)"))
    _fresh(claims, at, no)
    if token is not None and claims.get("ath") != token_hash(token):
        raise no(why=say("the proof is for another token"))
    return Possession(thumbprint(key), jti)


def check_key_proof(text: str, *, audience: str, client: str, at: datetime) -> KeyProof:
    """Check the proof of a key to which a credential shall be bound. Raises `KeyProofInvalid`.

    `client` is the wallet's client_id where there is one: an `iss` that names another is refused.
    """
    no = KeyProofInvalid
    found, key = _opened(text, PROOF, no)
    claims = found.payload
    if "kid" in found.header or "x5c" in found.header:
        raise no(why=say("it names its key in more ways than one"))
    if claims.get("aud") != audience:
        raise no(why=say("it was signed for another issuer"))
    if "iss" in claims and claims["iss"] != client:
        raise no(why=say("it was signed by another wallet"))
    _fresh(claims, at, no)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not nonce:
        raise no(why=say("it has no nonce"))
    return KeyProof(key, thumbprint(key), nonce)


def _opened(text: str, typ: str, no: type[WalletRefusal]) -> tuple[jws.Token, ec.EllipticCurvePublicKey]:
    """A token that was signed with the key in its own header."""
    if len(text) > MAX_TOKEN:
        raise no(why=say("it is too large"))
    try:
        found = jws.parse(text, "proof")
        jws.check_header(found, typ)
        jwk = found.header.get("jwk")
        if isinstance(jwk, dict) and "d" in jwk:
            raise no(why=say("it gives away a private key"))
        key = public_key({"jwk": jwk})
        jws.check_signature(found, key)
    except (VerificationError, UnicodeEncodeError) as error:
        why = error.facts.get("why") if isinstance(error, VerificationError) else None
        raise no(why=str(why or say("it is not a signed token"))) from error
    return found, key


def _fresh(claims: Claims, at: datetime, no: type[WalletRefusal]) -> None:
    try:
        issued = moment(claims.get("iat"), "the time of signing")
    except VerificationError as error:
        raise no(why=say("it does not say when it was signed")) from error
    if not -SKEW <= at - issued <= FRESH + SKEW:
        raise no(why=say("it was not signed now"))
