"""Where the private keys lie: one file for each, readable by the server alone, never in the database.

A file holds the 32 secret bytes of an Ed25519 key in hexadecimal and is named by the hash of the key's name. It is
sealed with the platform's secret, where there is one (`people.sealing`).
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from ecvet.record import SigningKey
from ecvet_platform.institutions.errors import KeyLost, KeySealed
from ecvet_platform.people.errors import SealBroken
from ecvet_platform.people.sealing import open_file, seal_file


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys in one folder."""

    folder: Path

    def keep(self, kid: str, seed: bytes) -> None:
        """Keep the seed of a key for ever. Raises `FileExistsError` rather than replace one."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self._path(kid), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(seal_file(seed.hex().encode(), self._path(kid).name))

    def key(self, kid: str) -> SigningKey:
        """The key with this name. Raises `KeyLost`, `KeySealed`."""
        path = self._path(kid)
        try:
            return SigningKey.from_seed(kid, bytes.fromhex(open_file(path.read_bytes(), path.name).decode()))
        except SealBroken as error:
            raise KeySealed(kid=kid) from error
        except (OSError, ValueError) as error:
            raise KeyLost(kid=kid) from error

    def files(self) -> tuple[Path, ...]:
        """The files of all keys."""
        return tuple(sorted(self.folder.glob("*.key")))

    def _path(self, kid: str) -> Path:
        return self.folder / (hashlib.sha256(kid.encode()).hexdigest() + ".key")
