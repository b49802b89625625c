"""Public keys as one word (Multikey, did:key): base58 with the kind of key in front. Ed25519 and P-256 only."""

from dataclasses import dataclass
from typing import Final, TypeAlias

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ecvet.credential.errors import Malformed
from ecvet.saying import say

PublicKey: TypeAlias = ec.EllipticCurvePublicKey | Ed25519PublicKey

ED25519: Final = b"\xed\x01"
P256: Final = b"\x80\x24"
DID_KEY: Final = "did:key:"
_ALPHABET: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_MAX: Final = 256


@dataclass(frozen=True, slots=True)
class KeyName:
    """A name that is a key: the did:key and the key itself."""

    did: str
    key: PublicKey


def base58(data: bytes) -> str:
    """Bytes in the alphabet of Bitcoin."""
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = _ALPHABET[digit] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def from_base58(text: str, what: str) -> bytes:
    """Read base58, at most a few hundred characters. Raises `Malformed`."""
    if len(text) > _MAX or not set(text) <= set(_ALPHABET):
        raise Malformed(why=say("“{what}” is not base58", what=what))
    number = 0
    for one in text:
        number = number * 58 + _ALPHABET.index(one)
    zeros = len(text) - len(text.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def encode(key: PublicKey) -> str:
    """A key as `publicKeyMultibase`."""
    if isinstance(key, Ed25519PublicKey):
        return "z" + base58(ED25519 + key.public_bytes(Encoding.Raw, PublicFormat.Raw))
    return "z" + base58(P256 + key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))


def decode(text: str) -> PublicKey:
    """Read a `publicKeyMultibase`. Raises `Malformed` for what is no Ed25519 and no P-256 key."""
    data = from_base58(text[1:], "key") if text.startswith("z") else b""
    try:
        if data[:2] == ED25519:
            return Ed25519PublicKey.from_public_bytes(data[2:])
        if data[:2] == P256 and len(data) == 35:
            return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), data[2:])
    except (ValueError, UnsupportedAlgorithm) as error:
        raise Malformed(why=say("the key is not a point of its curve")) from error
    raise Malformed(why=say("the key is neither Ed25519 nor P-256"))


def did_key(key: PublicKey) -> str:
    """The name that is this key."""
    return DID_KEY + encode(key)


def read_did_key(method: str) -> KeyName:
    """The key of a verification method of did:key, `did:key:z…#z…`. Raises `Malformed`."""
    did, _, fragment = method.partition("#")
    name = did.removeprefix(DID_KEY)
    if not did.startswith(DID_KEY) or fragment not in ("", name):
        raise Malformed(why=say("the name of the key is not that of a did:key"))
    return KeyName(did, decode(name))
