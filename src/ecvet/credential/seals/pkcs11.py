"""A seal in a hardware module, through PKCS #11: the key never leaves it. Needs the extra `hsm` (python-pkcs11)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from cryptography import x509

from ecvet.credential.errors import KeyUnusable
from ecvet.credential.seals.port import algorithm_of, sure
from ecvet.saying import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Pkcs11Seal:
    """See `Seal`. `library` is the module's file, `token` and `label` name the key, `pin` opens the token.

    Every signature has a session of its own, so that a token that was taken out and put back is no trouble.
    """

    library: str
    token: str
    label: str
    pin: str = field(repr=False)
    chain: tuple[x509.Certificate, ...]

    @property
    def algorithm(self) -> str:
        """See `Seal`."""
        return algorithm_of(self.chain)

    def sign(self, data: bytes) -> bytes:
        """See `Seal`."""
        with self._session() as (module, session):
            from hashlib import sha256

            key = session.get_key(module.ObjectClass.PRIVATE_KEY, label=self.label)
            if self.algorithm == "RS256":
                signature = key.sign(data, mechanism=module.Mechanism.SHA256_RSA_PKCS)
            else:  # PKCS #11 gives R‖S already; not every module hashes for ECDSA
                signature = key.sign(sha256(data).digest(), mechanism=module.Mechanism.ECDSA)
        return sure(self.chain, data, bytes(signature))

    @contextmanager
    def _session(self) -> Iterator[tuple[Any, Any]]:
        try:
            import pkcs11
        except ImportError as error:
            raise KeyUnusable(why=say("python-pkcs11 is not installed (ecvet[hsm])")) from error
        try:
            with pkcs11.lib(self.library).get_token(token_label=self.token).open(user_pin=self.pin) as session:
                yield pkcs11, session
        except (pkcs11.PKCS11Error, RuntimeError, OSError) as error:
            raise KeyUnusable(why=say("the hardware module says {name}", name=type(error).__name__)) from error
