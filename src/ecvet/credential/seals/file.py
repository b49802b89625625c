"""A seal whose key lies in a file: for tests and for seals that are not qualified."""

from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from ecvet.credential.errors import KeyUnusable
from ecvet.credential.formats.certificates import UNREADABLE
from ecvet.credential.seals.port import algorithm_of, raw
from ecvet.saying import say


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSeal:
    """See `Seal`."""

    private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey = field(repr=False)
    chain: tuple[x509.Certificate, ...]

    def __post_init__(self) -> None:
        if not self.chain or self.chain[0].public_key() != self.private.public_key():
            raise KeyUnusable(why=say("its certificate belongs to another key"))
        algorithm_of(self.chain)

    @property
    def algorithm(self) -> str:
        """See `Seal`."""
        return algorithm_of(self.chain)

    def sign(self, data: bytes) -> bytes:
        """See `Seal`; deterministic, as all signatures of the core."""
        if isinstance(self.private, rsa.RSAPrivateKey):
            return self.private.sign(data, padding.PKCS1v15(), SHA256())
        return raw(self.private.sign(data, ec.ECDSA(SHA256(), deterministic_signing=True)))


def seal_from_pem(key: bytes, chain: bytes, password: bytes | None = None) -> FileSeal:
    """Read a seal's key and its certificates. Raises `KeyUnusable`."""
    try:
        private = load_pem_private_key(key, password)
    except UNREADABLE as error:
        raise KeyUnusable(why=say("it is not PEM, or the password does not fit")) from error
    if not isinstance(private, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise KeyUnusable(why=say("it is neither an RSA key nor one on an elliptic curve"))
    return FileSeal(private=private, chain=read_chain(chain))


def read_chain(chain: bytes) -> tuple[x509.Certificate, ...]:
    """Read the certificates of a seal from PEM. Raises `KeyUnusable`."""
    try:
        return tuple(x509.load_pem_x509_certificates(chain))
    except UNREADABLE as error:
        raise KeyUnusable(why=say("its certificates are not PEM")) from error
