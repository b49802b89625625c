"""Signed tokens in the compact form of RFC 7515: ES256, and where a format allows it Ed25519.

The format is so small that the checks a verifier must not forget are easier to see here than in the options of a
library: the algorithm is looked up before any cryptography runs and must fit the key (`none`, HMAC, RSA never fit),
a signature is exactly 64 bytes R‖S, base64url has one spelling, unknown `crit` is refused. Signing is deterministic
(RFC 6979), so that the same credential is the same bytes and the core needs no source of chance.
"""

import binascii
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from ecvet.credential.errors import BeyondLimits, Malformed, ProofFails, WrongType
from ecvet.credential.formats.strict_json import Claims, parse_object
from ecvet.saying import say

PrivateKey: TypeAlias = ec.EllipticCurvePrivateKey | Ed25519PrivateKey
"""P-256 or Ed25519."""

ALGORITHM: Final = "ES256"
ONLY_ES256: Final = frozenset({ALGORITHM})
MAX_HEADER: Final = 32 * 1024
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False)
_SIGNING: Final = ec.ECDSA(SHA256(), deterministic_signing=True)
_CHECKING: Final = ec.ECDSA(SHA256())


class Token(NamedTuple):
    """A compact token taken apart, nothing of it checked.

    `text` are the bytes of the payload, `signed` those under the signature. The header is shared and never changed.
    """

    header: Claims
    payload: Claims
    text: bytes
    signed: bytes
    signature: bytes


def serialise(header: Claims, payload: Claims, key: PrivateKey) -> str:
    """Sign a payload with a P-256 or Ed25519 key; the signature is the same for the same token."""
    if isinstance(key, Ed25519PrivateKey):
        signed = f"{encode(dump({'alg': 'Ed25519', **header}))}.{encode(dump(payload))}"
        return f"{signed}.{encode(key.sign(signed.encode()))}"
    signed = f"{encode(dump({'alg': ALGORITHM, **header}))}.{encode(dump_payload(payload))}"
    r, s = decode_dss_signature(key.sign(signed.encode(), _SIGNING))
    return f"{signed}.{encode(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def parse(text: str, what: str) -> Token:
    """Take a compact token apart. Raises `Malformed`, `BeyondLimits`."""
    parts = text.split(".")
    if len(parts) != 3:
        raise Malformed(why=say("“{what}” has {number} parts instead of three", what=what, number=len(parts)))
    if len(parts[0]) > MAX_HEADER:
        raise BeyondLimits(
            why=say("the header of “{what}” is larger than {max_header} kB", what=what, max_header=MAX_HEADER // 1024)
        )
    content = decode(parts[1], what)
    return Token(
        _header(parts[0], what),
        parse_object(content, f"payload of the {what}"),
        content,
        f"{parts[0]}.{parts[1]}".encode("ascii"),
        decode(parts[2], what),
    )


@lru_cache(maxsize=64)
def _header(text: str, what: str) -> Claims:
    """Headers are remembered: all credentials of an issuer have the same."""
    return parse_object(decode(text, what), f"header of the {what}")


def check_header(token: Token, typ: str, algorithms: frozenset[str] = ONLY_ES256) -> None:
    """Refuse another type or algorithm, `crit` and `b64`. Raises `WrongType`; no cryptography runs before.

    Keys that a header offers itself (`jwk`, `jku`, `x5u`) are never looked at.
    """
    header = token.header
    if header.get("typ") != typ:
        raise WrongType(why=say("its type is not {typ}", typ=typ))
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in algorithms:
        raise WrongType(why=say("its algorithm is not {algorithms}", algorithms=tuple(sorted(algorithms))))
    if "crit" in header or "b64" in header:
        raise WrongType(why=say("it demands extensions (crit, b64) that are not understood"))


def check_signature(token: Token, key: object) -> None:
    """Whether the key signed these bytes. Raises `ProofFails`; a key of another kind than the algorithm never fits."""
    check_raw(token.signed, token.signature, key, str(token.header.get("alg", ALGORITHM)))


def check_raw(signed: bytes, signature: bytes, key: object, algorithm: str) -> None:
    """Whether the key made the 64 bytes of a signature over these bytes. Raises `ProofFails`."""
    if len(signature) != 64:
        raise ProofFails(why=say("the signature is not 64 bytes long"))
    try:
        if algorithm == ALGORITHM:
            if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
                raise ProofFails(why=say("the key of the signer is not a P-256 key"))
            key.verify(_in_der(signature), signed, _CHECKING)
        else:
            if not isinstance(key, Ed25519PublicKey):
                raise ProofFails(why=say("the key of the signer is not an Ed25519 key"))
            key.verify(signature, signed)
    except InvalidSignature as error:
        raise ProofFails(why=say("the signature was made over other bytes or with another key")) from error


def _in_der(signature: bytes) -> bytes:
    """R‖S as `cryptography` takes it (RFC 3279, 2.2.3); all but one of 128 numbers have 32 or 33 bytes in DER."""
    r, s = signature[:32], signature[32:]
    if not (r[0] and s[0]):
        return encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))
    first, second = _INTEGERS[r[0] >> 7] + r, _INTEGERS[s[0] >> 7] + s
    return bytes((0x30, len(first) + len(second))) + first + second


_INTEGERS: Final = (b"\x02\x20", b"\x02\x21\x00")
"""How an INTEGER of 32 bytes begins in DER, by its highest bit."""


class Written(dict[str, Any]):
    """A JSON object that was written once and stands in thousands of payloads; nobody changes it."""

    def __init__(self, members: Claims) -> None:
        super().__init__(members)
        self.text: Final = _ENCODER.encode(members)


def dump_payload(payload: Claims) -> bytes:
    """As `dump`, without writing anew what is `Written` among the members."""
    members = (
        f"{_ENCODER.encode(name)}:{one.text if isinstance(one, Written) else _ENCODER.encode(one)}"
        for name, one in payload.items()
    )
    return f"{{{','.join(members)}}}".encode()


def dump_list(items: Iterable[object]) -> bytes:
    """As `dump`, for a list of which most are texts."""
    return f"[{','.join(map(_ENCODER.encode, items))}]".encode()


def dump(value: object) -> bytes:
    """JSON without spaces, in UTF-8; the order of the members is kept."""
    return _ENCODER.encode(value).encode("utf-8")


def encode(data: bytes) -> str:
    """base64url without padding."""
    return binascii.b2a_base64(data, newline=False).rstrip(b"=").translate(TO_URL).decode("ascii")


def decode(text: str, what: str) -> bytes:
    """Read base64url; every byte string has one spelling only. Raises `Malformed`."""
    left = len(text) % 4
    try:
        data = binascii.a2b_base64(text.encode("ascii").translate(FROM_URL) + _PADDING[left], strict_mode=True)
    except ValueError as error:
        raise Malformed(why=say("“{what}” is not base64url", what=what)) from error
    if left and text[-1] not in _LAST[left]:
        raise Malformed(why=say("“{what}” is not in the one spelling of base64url", what=what))
    return data


TO_URL: Final = bytes.maketrans(b"+/", b"-_")
"""From the alphabet of base64 to that of base64url."""

FROM_URL: Final = bytes.maketrans(b"-_+/=", b"+/!!!")
"""The other way; what is not of the alphabet becomes something that is refused."""

_PADDING: Final = (b"", b"", b"==", b"=")
_LAST: Final = ("", "", "AQgw", "AEIMQUYcgkosw048")
"""The last characters that leave no bits over, by the length modulo four."""
