"""Keys and certificates of institutions: P-256 and X.509, as the wallets of Europe expect them (HAIP: ES256, x5c).

An authority (a ministry, a national agency, the demo) holds an anchor and certifies institutions; the anchor's
certificate travels to verifiers by another way than the credentials. Nothing here is drawn or timed: seeds, serial
numbers and times are arguments, and certificates are signed deterministically (RFC 6979). The one exception is an
encrypted PEM, whose salt the cryptographic library draws.
"""

import base64
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from ecvet.credential.errors import KeyUnusable
from ecvet.credential.formats.certificates import UNREADABLE
from ecvet.saying import say
from ecvet.terms import Country, Identifier

DOCUMENT_SIGNING: Final = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
"""id-kp-documentSigning (RFC 9336): the use that an institution's certificate is made for."""

_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerKey:
    """An institution's key with its chain: its own certificate first, the anchor left out (HAIP)."""

    kid: str
    private: ec.EllipticCurvePrivateKey = field(repr=False)
    chain: tuple[x509.Certificate, ...]

    def __post_init__(self) -> None:
        if not self.chain or self.chain[0].public_key() != self.private.public_key():
            raise KeyUnusable(why=say("its certificate belongs to another key"))

    @property
    def header(self) -> dict[str, object]:
        """The members of a token's header that name the key: kid and x5c."""
        return {"kid": self.kid, "x5c": list(_x5c(self.chain))}


@lru_cache(maxsize=64)
def _x5c(chain: tuple[x509.Certificate, ...]) -> tuple[str, ...]:
    """The certificates as a header carries them; remembered, because a key signs thousands."""
    return tuple(base64.b64encode(one.public_bytes(Encoding.DER)).decode("ascii") for one in chain)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Who certifies institutions: a private key and its self-signed certificate, the anchor."""

    private: ec.EllipticCurvePrivateKey = field(repr=False)
    certificate: x509.Certificate


def private_key(seed: bytes) -> ec.EllipticCurvePrivateKey:
    """The P-256 key of a secret seed, drawn by the caller: 40 bytes or more, so that no key is likelier than another.

    Raises `KeyUnusable` (FIPS 186-5, A.2.1).
    """
    if len(seed) < 40:
        raise KeyUnusable(why=say("a seed has at least 40 bytes"))
    return ec.derive_private_key(int.from_bytes(seed, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


def make_authority(
    name: str, country: Country, key: ec.EllipticCurvePrivateKey, *, serial: int, start: datetime, end: datetime
) -> Authority:
    """An anchor that certifies institutions directly (path length 0). Times are aware; the serial is positive."""
    subject = _name(name, country)
    usage = _usage(certificates=True)
    certificate = (
        _certificate(subject, subject, key.public_key(), serial, start, end)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, SHA256(), ecdsa_deterministic=True)
    )
    return Authority(private=key, certificate=certificate)


def certify(
    authority: Authority, institution: Identifier, name: str, country: Country, key: ec.EllipticCurvePublicKey,
    *, serial: int, start: datetime, end: datetime,
) -> x509.Certificate:  # fmt: skip
    """The certificate of an institution: its identifier as URI in the subject's alternative names, for documents."""
    anchor = authority.private.public_key()
    return (
        _certificate(_name(name, country), authority.certificate.subject, key, serial, start, end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
        .add_extension(x509.SubjectAlternativeName([x509.UniformResourceIdentifier(institution)]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(anchor), critical=False)
        .sign(authority.private, SHA256(), ecdsa_deterministic=True)
    )


def to_pem(item: ec.EllipticCurvePrivateKey | x509.Certificate, password: bytes | None = None) -> bytes:
    """A private key (PKCS #8, encrypted when a password is given) or a certificate in PEM."""
    if isinstance(item, x509.Certificate):
        return item.public_bytes(Encoding.PEM)
    protection = BestAvailableEncryption(password) if password else NoEncryption()
    return item.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection)


def from_pem(kid: str, key: bytes, chain: bytes, password: bytes | None = None) -> IssuerKey:
    """Read an institution's key and its certificates. Raises `KeyUnusable`."""
    try:
        private = load_pem_private_key(key, password)
        certificates = tuple(x509.load_pem_x509_certificates(chain))
    except UNREADABLE as error:
        raise KeyUnusable(why=say("it is not PEM, or the password does not fit")) from error
    if not isinstance(private, ec.EllipticCurvePrivateKey) or not isinstance(private.curve, ec.SECP256R1):
        raise KeyUnusable(why=say("it is not a P-256 key"))
    return IssuerKey(kid=kid, private=private, chain=certificates)


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, serial: int, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    return x509.CertificateBuilder(
        issuer_name=issuer, subject_name=subject, public_key=key, serial_number=serial,
        not_valid_before=start, not_valid_after=end,
    )  # fmt: skip


def _name(name: str, country: Country) -> x509.Name:
    parts = {x509.NameOID.COUNTRY_NAME: country, x509.NameOID.ORGANIZATION_NAME: name[:64]}
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts.items()])


def _usage(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates, key_cert_sign=certificates, crl_sign=certificates,
        content_commitment=False, key_encipherment=False, data_encipherment=False, key_agreement=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
