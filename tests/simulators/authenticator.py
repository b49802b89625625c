"""A software authenticator: makes passkeys and shows them as a phone would, and in the wrong ways on demand."""

import json
import os
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG


@dataclass
class Authenticator:
    """One device with one key. `counts` is whether it counts its signatures, as security keys do and phones do not."""

    site: str = "localhost"
    origin: str = "http://localhost"
    verifies: bool = True
    counts: bool = True
    count: int = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential: bytes = field(default_factory=lambda: os.urandom(32))
    handle: bytes = b""

    def make(self, options: dict[str, Any]) -> str:
        """Answer `navigator.credentials.create`."""
        assert options["rp"]["id"] == "localhost"
        assert options["authenticatorSelection"]["userVerification"] == "required"
        self.handle = websafe_decode(options["user"]["id"])
        data = AttestedCredentialData.create(
            Aaguid.NONE, self.credential, ES256.from_cryptography_key(self.key.public_key())
        )
        made = AuthenticatorData.create(self._site(), self._flags() | FLAG.AT, self._next(), data)
        client = self._client("webauthn.create", options["challenge"])
        return self._said({
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", made, {})),
        })  # fmt: skip

    def show(self, options: dict[str, Any], **other: str) -> str:
        """Answer `navigator.credentials.get`; `other` are members of the response to be told otherwise."""
        assert options["rpId"] == "localhost"
        data = AuthenticatorData.create(self._site(), self._flags(), self._next())
        client = self._client("webauthn.get", options["challenge"])
        signature = self.key.sign(data + client.hash, ec.ECDSA(SHA256()))
        return self._said({
            "clientDataJSON": websafe_encode(client), "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature), "userHandle": websafe_encode(self.handle), **other,
        })  # fmt: skip

    def _client(self, kind: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(kind, challenge, self.origin)

    def _flags(self) -> Any:
        return FLAG.UP | FLAG.UV if self.verifies else FLAG.UP

    def _next(self) -> int:
        self.count += 1 if self.counts else 0
        return self.count

    def _site(self) -> bytes:
        return sha256(self.site.encode()).digest()

    def _said(self, response: dict[str, str]) -> str:
        name = websafe_encode(self.credential)
        return json.dumps({
            "id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {},
        })  # fmt: skip
