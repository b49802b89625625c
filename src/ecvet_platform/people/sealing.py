"""Secrets at rest: sealed with a key that follows from the platform's secret, and keyed hashes of what is compared.

Who reads the database alone can neither make codes nor try them. `ECVET_SECRET_BEFORE` opens what was sealed before the
secret was changed.
"""

import base64
import hmac
import os
from functools import lru_cache
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from ecvet_platform.people.errors import SealBroken

_NONCE: Final = 12
_SEALED: Final = b"ecvet-sealed-1 "


def seal(data: bytes, about: str) -> str:
    """Encrypt for one purpose and person (`about`): AES-256-GCM; elsewhere the text opens nothing."""
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(_key(settings.SECRET_KEY, b"seal")).encrypt(nonce, data, about.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(text: str, about: str) -> bytes:
    """What was sealed. Raises `SealBroken` where neither this secret nor the one before opens it."""
    data = base64.urlsafe_b64decode(text)
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return AESGCM(_key(str(secret), b"seal")).decrypt(data[:_NONCE], data[_NONCE:], about.encode())
        except InvalidTag:
            continue
    raise SealBroken()


def seal_file(data: bytes, name: str) -> bytes:
    """What a file of secrets holds: sealed where the secret is kept (`SEALS_KEYS`), else as it is."""
    return _SEALED + seal(data, _file(name)).encode() if settings.SEALS_KEYS else data


def open_file(data: bytes, name: str) -> bytes:
    """What such a file says, sealed or not. Raises `SealBroken`."""
    return unseal(data.removeprefix(_SEALED).decode(), _file(name)) if data.startswith(_SEALED) else data


def reseal(path: Path) -> bool:
    """Seal a file that is not sealed with the secret of now, in one step; whether it was.

    Raises `SealBroken` where neither this secret nor the one before opens it; the file stays as it is.
    """
    data = path.read_bytes()
    if not settings.SEALS_KEYS or _is_current(data, path.name):
        return False
    draft = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(seal_file(open_file(data, path.name), path.name))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return True


def marks(text: str, about: str) -> tuple[str, ...]:
    """Keyed hashes of a text for one purpose: under the platform's secret, then under the one before."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    said = f"{about}\n{text}".encode()
    return tuple(hmac.new(_key(str(one), b"mark"), said, "sha256").hexdigest() for one in secrets)


def _file(name: str) -> str:
    return f"file {name}"


def _is_current(data: bytes, name: str) -> bool:
    """Whether a file is sealed with the secret of now."""
    if not data.startswith(_SEALED):
        return False
    sealed = base64.urlsafe_b64decode(data.removeprefix(_SEALED))
    try:
        AESGCM(_key(settings.SECRET_KEY, b"seal")).decrypt(sealed[:_NONCE], sealed[_NONCE:], _file(name).encode())
    except InvalidTag:
        return False
    return True


@lru_cache
def _key(secret: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"ecvet people " + purpose).derive(secret.encode())
