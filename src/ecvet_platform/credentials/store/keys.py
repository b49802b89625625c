"""Keys as files in the data folder, readable by the server alone (0600): the anchors of this platform, and one file
for each key of an institution that issues. A file holds the private key and, after it, the certificates if it has any,
sealed with the platform's secret where there is one (`people.sealing`).

A key that is there is never overwritten: of two who make one at the same time, the first wins and both use hers.
"""

import os
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from django.conf import settings

from ecvet.credential.errors import KeyUnusable
from ecvet.credential.keys import Authority, IssuerKey, from_pem, to_pem
from ecvet.record import address_of
from ecvet.saying import say
from ecvet.terms import Identifier
from ecvet_platform.journal.chance import token
from ecvet_platform.people.errors import SealBroken
from ecvet_platform.people.sealing import open_file, seal_file

ANCHOR: Final = "anchor"
"""The name of the first anchor; those that follow have it with something behind it."""


def authority(name: str = ANCHOR) -> Authority | None:
    """An anchor of this platform, if it has been made. Raises `KeyUnusable` for a file that is not what it was."""
    data = _read(name)
    if data is None:
        return None
    key = from_pem(name, data, data)
    return Authority(private=key.private, certificate=key.chain[0])


def keep_authority(made: Authority, name: str = ANCHOR) -> None:
    """Keep an anchor, unless there is one with this name."""
    _write(name, to_pem(made.private) + to_pem(made.certificate))


def key(institution: Identifier, name: str | None = None) -> IssuerKey | None:
    """The key of an institution, its first unless another is named, if it has been made. Raises `KeyUnusable`."""
    name = name or first_name(institution)
    data = _read(name)
    return None if data is None else from_pem(f"{institution}#{name}", data, data)


def keep_key(name: str, private: bytes, certificate: x509.Certificate) -> None:
    """Keep an institution's key (PEM) with its certificate, unless there is one with this name."""
    _write(name, private + to_pem(certificate))


def proof_key(name: str) -> Ed25519PrivateKey | None:
    """The key that makes proofs, by its name. Raises `KeyUnusable`."""
    data = _read(name)
    if data is None:
        return None
    try:
        found = load_pem_private_key(data, None)
    except ValueError as error:
        raise KeyUnusable(why=say("the file {name}.pem is not a key", name=name)) from error
    if not isinstance(found, Ed25519PrivateKey):
        raise KeyUnusable(why=say("the file {name}.pem is not an Ed25519 key", name=name))
    return found


def keep_proof_key(name: str, private: Ed25519PrivateKey) -> None:
    """Keep a key that makes proofs, unless there is one with this name."""
    _write(name, private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def first_name(institution: Identifier) -> str:
    """The name of the first key of an institution; those that follow have it with something behind it."""
    return address_of(institution.encode())[8:24]


def files() -> tuple[Path, ...]:
    """The files of all keys."""
    return tuple(sorted(_folder().glob("[!.]*.pem")))


def _folder() -> Path:
    return Path(settings.DATA) / "keys" / "credentials"


def _read(name: str) -> bytes | None:
    path = _folder() / f"{name}.pem"
    try:
        return open_file(path.read_bytes(), path.name)
    except FileNotFoundError:
        return None
    except SealBroken as error:
        raise KeyUnusable(
            why=say("the file {name} is sealed with another secret than ECVET_SECRET", name=path.name)
        ) from error
    except OSError as error:
        raise KeyUnusable(why=say("the file {name} cannot be read", name=path.name)) from error


def _write(name: str, data: bytes) -> None:
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft, path = folder / f".{name}.{token()[:8]}", folder / f"{name}.pem"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(seal_file(data, path.name))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # fails when there is one already, and never shows half a file
    except FileExistsError:
        pass
    finally:
        draft.unlink()
