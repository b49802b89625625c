"""Codes of authenticator apps (RFC 6238: SHA-1, six digits, 30 seconds, which all apps know). Pure."""

import base64
import hmac
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

STEP: Final = 30
DRIFT: Final = 1
"""By so many steps the clocks may differ (RFC 6238, 5.2 and 6)."""

DIGITS: Final = 6


def step_of(secret: bytes, code: str, *, at: datetime, after: int) -> int | None:
    """The time step whose code this is, near to `at` and later than the last one used; None where there is none."""
    typed = "".join(code.split())
    if not (typed.isascii() and typed.isdecimal() and len(typed) == DIGITS):
        return None
    here = int(at.timestamp()) // STEP
    found = [
        step for step in range(here - DRIFT, here + DRIFT + 1) if hmac.compare_digest(code_at(secret, step), typed)
    ]
    return next((step for step in found if step > after), None)


def code_at(secret: bytes, step: int) -> str:
    """The code of a time step."""
    return TOTP(secret, DIGITS, SHA1(), STEP).generate(step * STEP).decode()


def written(secret: bytes) -> str:
    """A secret as people type it: base32 in groups of four."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def address(secret: bytes, account: str, issuer: str) -> str:
    """The `otpauth:` address that an app reads from a QR code."""
    return TOTP(secret, DIGITS, SHA1(), STEP).get_provisioning_uri(account, issuer)
