"""Certificates (X.509, RFC 5280) that somebody brings: read within limits, nothing of them believed.

Whether a certificate is worth anything is a question of trust (`ecvet.credential.trust`, `trust_seals`).
"""

import base64
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from ecvet.credential.errors import BeyondLimits, IssuerNotTrusted
from ecvet.saying import say

MAX_CHAIN: Final = 4
UNREADABLE: Final = (
    ValueError,
    TypeError,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
    UnsupportedAlgorithm,
)
"""What reading a certificate of strangers may raise."""


@dataclass(frozen=True, slots=True)
class Certified:
    """What an anchor vouches for: the identifiers of the institution and its name."""

    ids: frozenset[str]
    name: str | None


@dataclass(frozen=True, slots=True)
class Path:
    """A way to one of the anchors that was checked, and from when until when all its certificates are valid."""

    anchors: tuple[x509.Certificate, ...]
    certified: Certified
    anchor: x509.Certificate
    start: datetime
    end: datetime


@dataclass(frozen=True, eq=False)
class Chain:
    """The certificates that a token brings, the issuer's first, and its key; nothing of it checked.

    `known` remembers the last paths that somebody found for it.
    """

    certificates: tuple[x509.Certificate, ...]
    key: object
    known: deque[Path] = field(default_factory=lambda: deque(maxlen=8))


def certificates(x5c: object) -> Chain:
    """The certificates of a token's x5c header, the issuer's first. Raises `IssuerNotTrusted`, `BeyondLimits`."""
    if not isinstance(x5c, list) or not x5c or not all(isinstance(one, str) for one in x5c):
        raise IssuerNotTrusted(why=say("the credential brings no certificate of its issuer (x5c)"))
    if len(x5c) > MAX_CHAIN:
        raise BeyondLimits(
            why=say("it brings {number} certificates, more than {max_chain}", number=len(x5c), max_chain=MAX_CHAIN)
        )
    return _read_chain(tuple(x5c))


def public_key(certificate: x509.Certificate) -> object:
    """The key of a certificate; None when it is of a kind that is not known."""
    try:
        return certificate.public_key()
    except UNREADABLE:
        return None


def load(data: bytes) -> x509.Certificate:
    """A certificate from DER, of which names and times were read: they are read only when asked for, and may fail then.

    For what it may meet there see the list of the unreadable above.
    """
    found = x509.load_der_x509_certificate(data)
    for name in ("subject", "issuer", "not_valid_before_utc", "not_valid_after_utc"):
        getattr(found, name)
    return found


@lru_cache(maxsize=64)
def _read_chain(x5c: tuple[str, ...]) -> Chain:
    """The certificates; remembered, because those who verify thousands meet few issuers."""
    try:
        found = tuple(load(base64.b64decode(one, validate=True)) for one in x5c)
        return Chain(found, public_key(found[0]))
    except UNREADABLE as error:
        raise IssuerNotTrusted(why=say("a certificate in the credential is unreadable")) from error
