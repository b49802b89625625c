"""The platform's one source of chance: threads, salts and tokens. The core is given what is drawn here."""

import secrets
from typing import Final
from uuid import UUID

from ecvet.terms import Identifier
from ecvet_platform.journal import clock

_VERSION_7: Final = 7 << 76
_VARIANT: Final = 2 << 62


def uuid7() -> UUID:
    """A UUID of version 7 (RFC 9562, 5.7): 48 bits of milliseconds, then 74 random bits; sorts by time."""
    milliseconds = int(clock.now().timestamp() * 1000)
    random = secrets.randbits(74)
    return UUID(int=milliseconds << 80 | _VERSION_7 | (random >> 62) << 64 | _VARIANT | random & ((1 << 62) - 1))


def uuid4() -> UUID:
    """A UUID of version 4 (RFC 9562, 5.4), for what must not tell when or in which order it was made."""
    return UUID(bytes=secrets.token_bytes(16), version=4)


def new_identifier() -> Identifier:
    """A fresh `urn:uuid:…` for a thread, a learner's pseudonym or a person; never reused."""
    return Identifier(uuid7().urn)


def salt() -> bytes:
    """32 random bytes for a commitment to a person."""
    return secrets.token_bytes(32)


def digits() -> str:
    """Six digits that a person can type: a code that goes with a secret and is good for a few minutes and tries."""
    return f"{secrets.randbelow(1_000_000):06}"


def below(limit: int, /) -> int:
    """A whole number from 0 to limit - 1, each as likely as any other: a place in a status list."""
    return secrets.randbelow(limit)


def token() -> str:
    """A secret of 256 bits that fits into a link."""
    return secrets.token_urlsafe(32)
