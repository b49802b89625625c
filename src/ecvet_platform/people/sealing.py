"""Secrets at rest: sealed with a key that follows from the platform's secret, and keyed hashes of what is compared.

Who reads the database alone can neither make codes nor try them. `ECVET_SECRET_BEFORE` opens what was sealed before the
secret was changed.
"""

import base64
import hmac
import os
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from ecvet_platform.people.errors import SealBroken

_NONCE: Final = 12


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


def marks(text: str, about: str) -> tuple[str, ...]:
    """Keyed hashes of a text for one purpose: under the platform's secret, then under the one before."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    said = f"{about}\n{text}".encode()
    return tuple(hmac.new(_key(str(one), b"mark"), said, "sha256").hexdigest() for one in secrets)


@lru_cache
def _key(secret: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"ecvet people " + purpose).derive(secret.encode())
