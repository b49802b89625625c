"""Where the private keys lie: one file for each, readable by the server alone, never in the database.

A file holds the 32 secret bytes of an Ed25519 key in hexadecimal and is named by the hash of the key's name.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from ecvet.record import SigningKey
from ecvet_platform.institutions.errors import KeyLost


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys in one folder."""

    folder: Path

    def keep(self, kid: str, seed: bytes) -> None:
        """Keep the seed of a key for ever. Raises `FileExistsError` rather than replace one."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self._path(kid), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(seed.hex())

    def key(self, kid: str) -> SigningKey:
        """The key with this name. Raises `KeyLost`."""
        try:
            return SigningKey.from_seed(kid, bytes.fromhex(self._path(kid).read_text()))
        except (OSError, ValueError) as error:
            raise KeyLost(kid=kid) from error

    def _path(self, kid: str) -> Path:
        return self.folder / (hashlib.sha256(kid.encode()).hexdigest() + ".key")
