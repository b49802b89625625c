"""The end of an institution's key: certificates that count no longer, from a moment on, though they have not expired.

What was signed until that moment stays verified, what is signed after it is not (security statements 21 and 23). The
list travels with the anchors, by another way than the credentials.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from ecvet.credential.errors import EndNotPossible, TrustUnreadable, VerificationError
from ecvet.credential.formats.strict_json import parse_object
from ecvet.credential.formats.times import stamp
from ecvet.saying import say


class Why(StrEnum):
    """Why a key ends."""

    REGULAR = "regular"
    LOST = "lost"
    COMPROMISED = "compromised"


@dataclass(frozen=True, slots=True)
class Ended:
    """A certificate by the SHA-256 of its DER (64 hexadecimal digits), and the last moment at which its key signed."""

    sha256: str
    until: datetime


WARNED: Final = (60, 14)
"""How many days before its certificate ends those who look after a key are told."""


def warning(ends: datetime, today: date, told: int | None = None) -> int | None:
    """Which of the warnings is due, one of `WARNED`; `told` was the last. None for what has ended, and when none is.

    Missed days are caught up with one warning.
    """
    left = (ends.date() - today).days
    due = next((days for days in sorted(WARNED) if 0 <= left <= days), None)
    return None if due is None or (told is not None and due >= told) else due


def fingerprint(certificate: x509.Certificate) -> str:
    """The SHA-256 of a certificate's DER in hexadecimal."""
    return certificate.fingerprint(SHA256()).hex()


def last_moment(why: Why, *, since: datetime, now: datetime, back: datetime | None = None) -> datetime:
    """When a key that began at `since` ends: now, or for a compromised one the last moment at which it was safe.

    Raises `EndNotPossible` for an end before the key began, after now, or dated back for another reason: what an
    institution has signed in good faith it cannot undo by renewing its key.
    """
    if back is None:
        return now
    if why is not Why.COMPROMISED:
        raise EndNotPossible(why=say("only the end of a compromised key is dated back"))
    if back > now:
        raise EndNotPossible(why=say("that moment is still to come"))
    if back < since:
        raise EndNotPossible(why=say("the key began later"))
    return back


def read_ended(data: bytes) -> tuple[Ended, ...]:
    """Ends from `{"certificates": [{"sha256", "until"}]}`. Raises `TrustUnreadable`."""
    try:
        listed = parse_object(data, "list of ended certificates")["certificates"]
        return tuple(Ended(_digest(one["sha256"]), stamp(one["until"], "the end of a certificate")) for one in listed)
    except (VerificationError, KeyError, TypeError, ValueError) as error:
        raise TrustUnreadable(why=say("ended.json is not a list of certificates with sha256 and until")) from error


def end_of(certificates: Iterable[x509.Certificate], ended: tuple[Ended, ...]) -> datetime | None:
    """The earliest end of one of these certificates; None where none has ended."""
    if not ended:
        return None
    prints = {fingerprint(one) for one in certificates}
    return min((one.until for one in ended if one.sha256 in prints), default=None)


def _digest(text: str) -> str:
    if len(bytes.fromhex(text)) != SHA256.digest_size:
        raise ValueError
    return text.lower()
