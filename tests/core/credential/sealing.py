"""Seals and time-stamps of the tests: an authority of seals, a school with an RSA seal, one that makes time-stamps."""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from core.credential.cast import END, START
from ecvet.credential.seals.file import FileSeal
from ecvet.credential.trust_seals import ORGANISATION

NUMBER = "VATFI-01234567"
NAMES = {
    x509.NameOID.COUNTRY_NAME: "FI",
    x509.NameOID.ORGANIZATION_NAME: "Koulu Oy",
    x509.NameOID.COMMON_NAME: "Koulu seal",
    ORGANISATION: NUMBER,
}
AUTHORITY = {x509.NameOID.COUNTRY_NAME: "FI", x509.NameOID.ORGANIZATION_NAME: "Seals of the North"}
CLOCKS = {x509.NameOID.COUNTRY_NAME: "FI", x509.NameOID.ORGANIZATION_NAME: "Clocks of the North"}
TIME_STAMPING = x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.TIME_STAMPING])


@cache
def rsa_key(name: str, bits: int = 2048) -> rsa.RSAPrivateKey:
    """A key of RSA, made once in a run for each name."""
    return rsa.generate_private_key(65537, bits)


def certificate(
    names: dict[Any, str], key: Any, by: dict[Any, str], signer: Any, *, ca: bool = False, start: datetime = START,
    end: datetime = END, extra: tuple[tuple[Any, bool], ...] = (), serial: int = 5,
) -> x509.Certificate:  # fmt: skip
    """A certificate for a key, with what RFC 5280 asks for."""
    subject, issuer = (x509.Name([x509.NameAttribute(*one) for one in said.items()]) for said in (names, by))
    usage = x509.KeyUsage(
        digital_signature=not ca, content_commitment=not ca, key_cert_sign=ca, crl_sign=ca, key_encipherment=False,
        data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    built = (
        x509.CertificateBuilder(
            issuer_name=issuer, subject_name=subject, public_key=key, serial_number=serial, not_valid_before=start,
            not_valid_after=end,
        )
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )  # fmt: skip
    for extension, critical in extra:
        built = built.add_extension(extension, critical)
    return built.sign(signer, hashes.SHA256())


@dataclass(frozen=True)
class Sealing:
    """Who seals and who stamps."""

    anchor: x509.Certificate
    seal: FileSeal
    ec_seal: FileSeal
    clock_anchor: x509.Certificate
    clock: x509.Certificate

    def stamps(self, at: datetime) -> Callable[[bytes], bytes]:
        """A time-stamping authority whose clock stands still."""
        return lambda data: stamp(data, self.clock, rsa_key("clock"), at)


def stamp(data: bytes, clock: x509.Certificate, key: Any, at: datetime) -> bytes:
    """A time-stamp, made by somebody else's code."""
    from asn1crypto import keys as asn1_keys
    from asn1crypto import x509 as asn1_x509
    from pyhanko.sign.timestamps import DummyTimeStamper

    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    stamper = DummyTimeStamper(
        asn1_x509.Certificate.load(clock.public_bytes(Encoding.DER)), asn1_keys.PrivateKeyInfo.load(private),
        fixed_dt=at, override_md="sha256",
    )  # fmt: skip
    token: bytes = asyncio.run(stamper.async_timestamp(hashlib.sha256(data).digest(), "sha256")).dump()
    return token


@cache
def make_sealing() -> Sealing:
    """Everybody, made once in a run."""
    authority, clocks = rsa_key("authority"), rsa_key("clocks")
    school, school_ec = rsa_key("school"), ec.derive_private_key(4711, ec.SECP256R1())
    return Sealing(
        anchor=certificate(AUTHORITY, authority.public_key(), AUTHORITY, authority, ca=True),
        seal=FileSeal(private=school, chain=(certificate(NAMES, school.public_key(), AUTHORITY, authority),)),
        ec_seal=FileSeal(private=school_ec, chain=(certificate(NAMES, school_ec.public_key(), AUTHORITY, authority),)),
        clock_anchor=certificate(CLOCKS, clocks.public_key(), CLOCKS, clocks, ca=True),
        clock=certificate(
            {**CLOCKS, x509.NameOID.COMMON_NAME: "Clock 1"}, rsa_key("clock").public_key(), CLOCKS, clocks,
            extra=((TIME_STAMPING, True),),
        ),
    )  # fmt: skip
