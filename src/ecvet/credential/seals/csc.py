"""A seal at a remote service, by the API of the Cloud Signature Consortium (version 2): where qualified seals live.

The service holds the key; it is given the hash of what is to be sealed, never the credential. How a request travels is
an argument, because the core has no network: `post` takes the method's path and a JSON object and gives the answer.
Three methods are enough: credentials/info, credentials/authorize, signatures/signHash.
"""

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from cryptography import x509

from ecvet.credential.errors import KeyUnusable
from ecvet.credential.formats.certificates import UNREADABLE
from ecvet.credential.seals.port import algorithm_of, raw, sure
from ecvet.saying import say

Post: TypeAlias = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]
"""Sends an object to a method of the service and gives its answer. Raises `KeyUnusable` where there is none."""

_SHA256: Final = "2.16.840.1.101.3.4.2.1"
_ALGORITHMS: Final = {"RS256": "1.2.840.113549.1.1.11", "ES256": "1.2.840.10045.4.3.2"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CscSeal:
    """See `Seal`. `credential` is the service's name of the seal; `pin` authorises it, if one is asked for."""

    post: Post = field(repr=False)
    credential: str
    chain: tuple[x509.Certificate, ...]
    pin: str = field(default="", repr=False)

    @property
    def algorithm(self) -> str:
        """See `Seal`."""
        return algorithm_of(self.chain)

    def sign(self, data: bytes) -> bytes:
        """See `Seal`."""
        digest = base64.b64encode(hashlib.sha256(data).digest()).decode("ascii")
        asked: dict[str, Any] = {
            "credentialID": self.credential, "numSignatures": 1, "hashes": [digest], "hashAlgorithmOID": _SHA256,
        }  # fmt: skip
        if self.pin:
            asked["authData"] = [{"id": "PIN", "value": self.pin}]
        permit = _text(self.post("credentials/authorize", asked), "SAD")
        answer = self.post(
            "signatures/signHash",
            {
                "credentialID": self.credential,
                "SAD": permit,
                "hashes": [digest],
                "hashAlgorithmOID": _SHA256,
                "signAlgo": _ALGORITHMS[self.algorithm],
            },
        )
        listed = answer.get("signatures")
        if not isinstance(listed, list) or len(listed) != 1:
            raise KeyUnusable(why=say("the remote service gave no signature, or several"))
        signature = _bytes(listed[0])
        if self.algorithm == "ES256" and len(signature) != 64:
            signature = raw(signature)
        return sure(self.chain, data, signature)


def csc_seal(post: Post, credential: str, pin: str = "") -> CscSeal:
    """The seal of this name at a service, with the certificates that the service has for it. Raises `KeyUnusable`."""
    said = post("credentials/info", {"credentialID": credential, "certificates": "chain"})
    key, held = said.get("key"), said.get("cert")
    if not isinstance(key, Mapping) or key.get("status") != "enabled" or not isinstance(held, Mapping):
        raise KeyUnusable(why=say("the remote service does not have this seal, or has disabled it"))
    listed = held.get("certificates")
    try:
        chain = tuple(map(x509.load_der_x509_certificate, map(_bytes, listed if isinstance(listed, list) else ())))
    except UNREADABLE as error:
        raise KeyUnusable(why=say("the certificates at the remote service are unreadable")) from error
    algorithm_of(chain)
    return CscSeal(post=post, credential=credential, chain=_without_anchor(chain), pin=pin)


def _without_anchor(chain: tuple[x509.Certificate, ...]) -> tuple[x509.Certificate, ...]:
    """The chain without the self-signed certificate at its end, which verifiers take from elsewhere."""
    return chain[:-1] if len(chain) > 1 and chain[-1].subject == chain[-1].issuer else chain


def _text(answer: Mapping[str, Any], name: str) -> str:
    found = answer.get(name)
    if not isinstance(found, str) or not found:
        raise KeyUnusable(why=say("the remote service gave no {name}", name=name))
    return found


def _bytes(text: object) -> bytes:
    try:
        return base64.b64decode(text if isinstance(text, str) else "", validate=True)
    except ValueError as error:
        raise KeyUnusable(why=say("what the remote service gave is not base64")) from error
