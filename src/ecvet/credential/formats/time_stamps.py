"""Time-stamps (RFC 3161): which bytes existed when, by whom; read and checked, never asked for.

A time-stamp is a CMS signature (RFC 5652) over a statement with the hash of what was stamped, the imprint. Checked here
are the imprint, the signature and that it is by the certificate it names (RFC 5816). Whether that certificate is worth
anything is a question of trust (`ecvet.credential.trust_seals`).
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm

from ecvet.credential.errors import BeyondLimits, Malformed, ProofFails
from ecvet.credential.formats import der
from ecvet.credential.formats.certificates import UNREADABLE, load
from ecvet.credential.formats.der import INTEGER, OCTETS, SEQUENCE, SET, TIME, Element
from ecvet.saying import say

MAX_BYTES: Final = 64 * 1024
MAX_CERTIFICATES: Final = 8

_SIGNED_DATA: Final = "1.2.840.113549.1.7.2"
_STATEMENT: Final = "1.2.840.113549.1.9.16.1.4"
_CONTENT_TYPE: Final = "1.2.840.113549.1.9.3"
_DIGEST: Final = "1.2.840.113549.1.9.4"
_BY_CERTIFICATE: Final = {"1.2.840.113549.1.9.16.2.47": "sha256", "1.2.840.113549.1.9.16.2.12": "sha1"}
"""Attributes that name the signer's certificate by its hash, with the hash that is meant where none is named."""

_HASHES: Final = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_ALGORITHMS: Final[dict[str, Callable[[], HashAlgorithm]]] = {"sha256": SHA256, "sha384": SHA384, "sha512": SHA512}
_SIGNATURES: Final = {
    "1.2.840.113549.1.1.1": "",
    "1.2.840.113549.1.1.11": "sha256",
    "1.2.840.113549.1.1.12": "sha384",
    "1.2.840.113549.1.1.13": "sha512",
    "1.2.840.10045.4.3.2": "sha256",
    "1.2.840.10045.4.3.3": "sha384",
    "1.2.840.10045.4.3.4": "sha512",
}
"""RSA (PKCS #1 v1.5) and ECDSA with their hashes; that of plain RSA is named beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStamp:
    """A time-stamp whose signature was checked: when, the imprint with its hash, the signer's certificate first."""

    at: datetime
    digest: str
    imprint: bytes
    certificates: tuple[x509.Certificate, ...]


def read(data: bytes) -> TimeStamp:
    """A time-stamp token. Raises `BeyondLimits`, `Malformed`, `ProofFails` if its signature does not fit."""
    if len(data) > MAX_BYTES:
        raise BeyondLimits(why=say("a time-stamp is larger than {max_bytes} kB", max_bytes=MAX_BYTES // 1024))
    try:
        return _read(data)
    except (IndexError, *UNREADABLE) as error:
        raise Malformed(why=say("a time-stamp is not as RFC 3161 demands")) from error


def check(stamp: TimeStamp, stamped: bytes) -> None:
    """Whether these are the bytes that were stamped. Raises `ProofFails`."""
    if hashlib.new(stamp.digest, stamped).digest() != stamp.imprint:
        raise ProofFails(why=say("a time-stamp was made over other bytes"))


def _read(data: bytes) -> TimeStamp:
    kind, wrapped = der.inside(der.read(data), SEQUENCE)
    if der.oid(kind) != _SIGNED_DATA:
        raise Malformed(why=say("a time-stamp is not signed data"))
    _, _, held, *more = der.inside(der.inside(wrapped, 0xA0)[0], SEQUENCE)
    kind, wrapped = der.inside(held, SEQUENCE)
    if der.oid(kind) != _STATEMENT:
        raise Malformed(why=say("a time-stamp signs something else than a time"))
    statement = der.content(der.inside(wrapped, 0xA0)[0], OCTETS)
    listed = next((der.inside(one) for one in more if one.tag == 0xA0), [])
    signers = der.inside(more[-1], SET)
    if len(signers) != 1 or not 1 <= len(listed) <= MAX_CERTIFICATES:
        raise Malformed(why=say("a time-stamp has not one signer and a few certificates"))
    certificates = [load(one.whole) for one in listed]
    signer = _signer(signers[0], statement, certificates)
    certificates.remove(signer)
    _, _, imprint, _, at, *_ = der.inside(der.read(statement), SEQUENCE)
    algorithm, digest = der.inside(imprint, SEQUENCE)
    return TimeStamp(
        at=_moment(der.content(at, TIME)), digest=_hash(algorithm), imprint=der.content(digest, OCTETS),
        certificates=(signer, *certificates),
    )  # fmt: skip


def _signer(info: Element, statement: bytes, certificates: list[x509.Certificate]) -> x509.Certificate:
    """The certificate whose key signed the statement, as the signed attributes say. Raises `ProofFails`."""
    _, sid, algorithm, attributes, kind, signature, *_ = der.inside(info, SEQUENCE)
    issuer, serial = der.inside(sid, SEQUENCE)
    number = int.from_bytes(der.content(serial, INTEGER), "big", signed=True)
    found = [
        one for one in certificates if one.serial_number == number and one.issuer.public_bytes() == issuer.whole
    ]  # fmt: skip
    if not found or attributes.tag != 0xA0:
        raise ProofFails(why=say("a time-stamp does not bring its signer's certificate"))
    digest = _hash(algorithm)
    said: dict[str, Element] = {}
    for one in der.inside(attributes):
        name, values = der.inside(one, SEQUENCE)
        said[der.oid(name)] = der.inside(values, SET)[0]
    if _CONTENT_TYPE not in said or _DIGEST not in said or der.oid(said[_CONTENT_TYPE]) != _STATEMENT:
        raise ProofFails(why=say("a time-stamp does not sign a time"))
    if der.content(said[_DIGEST], OCTETS) != hashlib.new(digest, statement).digest():
        raise ProofFails(why=say("a time-stamp was changed after it was signed"))
    if not any(_names(said[oid], digest_of, found[0]) for oid, digest_of in _BY_CERTIFICATE.items() if oid in said):
        raise ProofFails(why=say("a time-stamp does not say by which certificate it was signed"))
    signed = bytes((SET,)) + attributes.whole[1:]  # RFC 5652, 5.4: as a SET, not as the field that it stands in
    _check(found[0], signed, der.content(signature, OCTETS), der.oid(der.inside(kind, SEQUENCE)[0]), digest)
    return found[0]


def _names(attribute: Element, digest: str, certificate: x509.Certificate) -> bool:
    """Whether an attribute names this certificate, by its hash, first (RFC 5816)."""
    first = der.inside(der.inside(der.inside(attribute, SEQUENCE)[0], SEQUENCE)[0], SEQUENCE)
    if first[0].tag == SEQUENCE:
        digest, first = _hash(first[0]), first[1:]
    return der.content(first[0], OCTETS) == hashlib.new(digest, _der(certificate)).digest()


def _check(certificate: x509.Certificate, signed: bytes, signature: bytes, kind: str, digest: str) -> None:
    try:
        if kind not in _SIGNATURES:
            raise ProofFails(why=say("a time-stamp was signed in a way that is not known here"))
        algorithm = _ALGORITHMS[_SIGNATURES[kind] or digest]()
        key = certificate.public_key()
        if isinstance(key, rsa.RSAPublicKey) and key.key_size >= 2048 and ".113549." in kind:
            key.verify(signature, signed, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey) and ".10045." in kind:
            key.verify(signature, signed, ec.ECDSA(algorithm))
        else:
            raise ProofFails(why=say("the key under a time-stamp does not fit its algorithm, or is too short"))
    except InvalidSignature as error:
        raise ProofFails(why=say("a time-stamp was signed with another key than it says")) from error
    except UnsupportedAlgorithm as error:
        raise ProofFails(why=say("a time-stamp was signed in a way that is not known here")) from error


def _hash(algorithm: Element) -> str:
    found = _HASHES.get(der.oid(der.inside(algorithm, SEQUENCE)[0]))
    if found is None:
        raise ProofFails(why=say("a time-stamp uses a hash that is not accepted"))
    return found


def _moment(text: bytes) -> datetime:
    """A GeneralizedTime in UTC, perhaps with a fraction (RFC 3161, 2.4.2)."""
    whole, _, fraction = text.decode("ascii").removesuffix("Z").partition(".")
    micro = int(fraction[:6].ljust(6, "0")) if fraction else 0
    return datetime.strptime(whole, "%Y%m%d%H%M%S").replace(microsecond=micro, tzinfo=UTC)


def _der(certificate: x509.Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.DER)
