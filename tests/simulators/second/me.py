"""Who a partner is: names, key, clock, and how it describes itself (docs/integrate/network.md 1 and 2)."""

from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from . import forms


class Me:
    """An institution with its node; `now` is set from outside."""

    def __init__(self, entity: str, institution: str, name: str, country: str, *, seed: bytes, now: datetime) -> None:
        self.entity, self.institution, self.name, self.country = entity, institution, name, country
        self.key, self.now, self.count = Ed25519PrivateKey.from_private_bytes(seed), now, 0

    def chance(self, what: str) -> bytes:
        """Unguessable by others: made with the private key from a counter."""
        self.count += 1
        return bytes.fromhex(forms.address_of(self.key.sign(f"{what} {self.count}".encode())).removeprefix("sha-256:"))

    def identifier(self) -> str:
        """A UUID of version 7."""
        chance = self.chance("uuid").hex()
        variant = "89ab"[int(chance[3], 16) % 4]
        digits = f"{int(self.now.timestamp() * 1000):012x}7{chance[:3]}{variant}{chance[4:19]}"
        return "urn:uuid:" + "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    @property
    def seconds(self) -> int:
        return int(self.now.timestamp())

    @property
    def time(self) -> str:
        return self.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def own_keys(self) -> dict[str, Ed25519PublicKey]:
        return {f"{one}#1": self.key.public_key() for one in (self.entity, self.institution)}

    def configuration(self) -> str:
        """The entity configuration, as a token."""
        at = f"{self.entity}/x/v1"
        claims: dict[str, Any] = {
            "iss": self.entity, "sub": self.entity, "iat": self.seconds, "exp": self.seconds + 86400,
            "jwks": {"keys": [forms.jwk(key, name) for name, key in self.own_keys.items()]},
            "metadata": {
                "federation_entity": {"organization_name": self.name},
                "ecvet_institution": {"value": {
                    "id": self.institution, "name": {"en": self.name}, "country": self.country,
                    "competences": [{"function": one, "valid": {"start": "2020-01-01"}, "source": "school act"}
                                    for one in ("assess", "document")],
                }},
                "ecvet_node": {
                    **{one: f"{at}/{one}" for one in ("inbox", "outbox", "objects", "threads", "echo")},
                    "schema_majors": ["1"], "protocols": ["ecvet-x-1"], "institutions": [self.institution],
                },
            },
        }  # fmt: skip
        return forms.token(claims, "entity-statement+jwt", self.key, f"{self.entity}#1")
