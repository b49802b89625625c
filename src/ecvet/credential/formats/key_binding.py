"""Key binding (RFC 9901, 4.3): the holder signs who asked, for which request, when, and what exactly is shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec

from ecvet.credential.errors import HolderNotBound, Malformed, ProofFails
from ecvet.credential.formats import jws
from ecvet.credential.formats.sdjwt import DIGESTS, SdJwt, digest_algorithm, parse
from ecvet.credential.formats.times import moment
from ecvet.saying import say

TYP: Final = "kb+jwt"
_CURVE: Final = ec.SECP256R1()


@dataclass(frozen=True, slots=True)
class KeyBinding:
    """What the holder's key signed; whether it was meant for this verifier and request is the policy's question."""

    audience: str
    nonce: str
    at: datetime


def bind(data: bytes, key: ec.EllipticCurvePrivateKey, *, audience: str, nonce: str, at: datetime) -> bytes:
    """Present a credential (the output of `issue` or `present`) to somebody. Raises what `parse` raises."""
    credential = parse(data)
    claims = {"iat": int(at.timestamp()), "aud": audience, "nonce": nonce, "sd_hash": _sd_hash(credential)}
    return credential.presented + jws.serialise({"typ": TYP}, claims, key).encode("ascii")


def check(credential: SdJwt, holder: object) -> KeyBinding:
    """Check the key binding of a credential; `holder` is its `cnf` claim. Raises `HolderNotBound`, `WrongType`."""
    if credential.binding is None:
        raise HolderNotBound(why=say("there is no key binding"))
    jws.check_header(credential.binding, TYP)
    try:
        jws.check_signature(credential.binding, public_key(holder))
    except ProofFails as error:
        raise HolderNotBound(why=say("the holder's key did not sign this presentation")) from error
    claims = credential.binding.payload
    if claims.get("sd_hash") != _sd_hash(credential):
        raise HolderNotBound(why=say("the key binding belongs to another selection of claims"))
    audience, nonce, issued = claims.get("aud"), claims.get("nonce"), claims.get("iat")
    if not isinstance(audience, str) or not isinstance(nonce, str):
        raise HolderNotBound(why=say("the key binding does not say for whom and for which request it is"))
    return KeyBinding(audience, nonce, moment(issued, "the time of the key binding"))


def holder_key(key: ec.EllipticCurvePublicKey) -> dict[str, Any]:
    """The `cnf` claim of a holder's key."""
    point = key.public_numbers()
    x, y = (jws.encode(number.to_bytes(32, "big")) for number in (point.x, point.y))
    return {"jwk": {"kty": "EC", "crv": "P-256", "x": x, "y": y}}


def public_key(confirmation: object) -> ec.EllipticCurvePublicKey:
    """The key in a `cnf` claim. Raises `HolderNotBound`."""
    jwk = confirmation.get("jwk") if isinstance(confirmation, dict) else None
    if not isinstance(jwk, dict) or jwk.get("kty") != "EC" or jwk.get("crv") != "P-256":
        raise HolderNotBound(why=say("the credential names no P-256 key of its holder"))
    try:
        x, y = (jws.decode(str(jwk.get(name)), "holder's key") for name in "xy")
        if len(x) != 32 or len(y) != 32:  # RFC 7518, 6.2.1.2
            raise ValueError
        return ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, b"\x04" + x + y)
    except (ValueError, Malformed) as error:
        raise HolderNotBound(why=say("the holder's key is not a point of P-256")) from error


def _sd_hash(credential: SdJwt) -> str:
    return jws.encode(DIGESTS[digest_algorithm(credential)](credential.presented).digest())
