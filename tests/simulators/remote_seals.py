"""A remote signing service (Cloud Signature Consortium, version 2) in memory: it holds keys and signs hashes."""

import base64
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from ecvet.credential.errors import KeyUnusable


@dataclass
class RemoteSeals:
    """The service. Tests change it: disable a seal, let it lie. `seen` are the hashes that it was asked to sign."""

    seals: dict[str, tuple[Any, tuple[x509.Certificate, ...]]]
    pin: str = "9753"
    status: str = "enabled"
    lies: Any = None
    seen: list[bytes] = field(default_factory=list)
    _permits: dict[str, str] = field(default_factory=dict)
    _counter: Any = field(default_factory=itertools.count)

    def post(self, path: str, said: Mapping[str, Any]) -> Mapping[str, Any]:
        """Answer a request as the service would; what it refuses is raised, as a client would raise it."""
        if said.get("credentialID") not in self.seals:
            raise KeyUnusable(why="the remote service says invalid_request")
        return {
            "credentials/info": self._info, "credentials/authorize": self._authorize, "signatures/signHash": self._sign,
        }[path](said)  # fmt: skip

    def _info(self, said: Mapping[str, Any]) -> dict[str, Any]:
        _, chain = self.seals[said["credentialID"]]
        listed = [base64.b64encode(one.public_bytes(Encoding.DER)).decode() for one in chain]
        return {"key": {"status": self.status}, "cert": {"status": "valid", "certificates": listed}}

    def _authorize(self, said: Mapping[str, Any]) -> dict[str, Any]:
        if {"id": "PIN", "value": self.pin} not in said.get("authData", []):
            raise KeyUnusable(why="the remote service says invalid_pin")
        permit = f"permit {next(self._counter)}"
        self._permits[permit] = said["hashes"][0]
        return {"SAD": permit, "expiresIn": 300}

    def _sign(self, said: Mapping[str, Any]) -> dict[str, Any]:
        if self._permits.pop(said["SAD"], None) != said["hashes"][0]:  # once, and for this hash only
            raise KeyUnusable(why="the remote service says invalid_sad")
        digest = base64.b64decode(said["hashes"][0])
        self.seen.append(digest)
        key = self.lies or self.seals[said["credentialID"]][0]
        if isinstance(key, rsa.RSAPrivateKey):
            assert said["signAlgo"] == "1.2.840.113549.1.1.11"
            signature = key.sign(digest, padding.PKCS1v15(), Prehashed(SHA256()))
        else:
            assert said["signAlgo"] == "1.2.840.10045.4.3.2"
            signature = key.sign(digest, ec.ECDSA(Prehashed(SHA256())))
        return {"signatures": [base64.b64encode(signature).decode()]}
