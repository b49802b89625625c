"""The seal port: whoever can sign with the key of a seal certificate, wherever that key lies.

The key of a qualified seal is never in a file of the issuer's (Regulation (EU) No 910/2014, Annex III), so issuing
knows no key: it gives bytes to a seal and gets a signature.
"""

from typing import Final, Protocol

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from ecvet.credential.errors import KeyUnusable
from ecvet.saying import say

LEAST_BITS: Final = 2048


class Seal(Protocol):
    """A seal: its certificates, its own first and the anchor left out, and a way to sign."""

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        """The certificates."""
        ...

    @property
    def algorithm(self) -> str:
        """RS256 or ES256, by the kind of key."""
        ...

    def sign(self, data: bytes) -> bytes:
        """The signature over these bytes as JWS writes it (RFC 7518). Raises `KeyUnusable`."""
        ...


def algorithm_of(chain: tuple[x509.Certificate, ...]) -> str:
    """The algorithm of a seal with these certificates. Raises `KeyUnusable` for other keys than RSA and P-256."""
    key = chain[0].public_key() if chain else None
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= LEAST_BITS:
        return "RS256"
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return "ES256"
    raise KeyUnusable(
        why=say(
            "a seal has a certificate with an RSA key of at least {least_bits} bits, or a P-256 key",
            least_bits=LEAST_BITS,
        )
    )


def raw(signature: bytes) -> bytes:
    """A signature of ECDSA in DER as the 64 bytes R‖S of ES256. Raises `KeyUnusable`."""
    try:
        r, s = decode_dss_signature(signature)
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")
    except (ValueError, OverflowError) as error:
        raise KeyUnusable(why=say("what it signed is not a signature of P-256")) from error


def sure(chain: tuple[x509.Certificate, ...], data: bytes, signature: bytes) -> bytes:
    """The signature, if it is one of this certificate: a seal elsewhere may be another than it was said to be.

    Raises `KeyUnusable`.
    """
    key = chain[0].public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
            key.verify(encode_dss_signature(r, s), data, ec.ECDSA(SHA256()))
    except InvalidSignature as error:
        raise KeyUnusable(why=say("it signed with another key than that of its certificate")) from error
    return signature
