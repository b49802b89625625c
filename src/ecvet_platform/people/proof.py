"""What counts as proof of who somebody is, for how long, and what is too often: pure decisions, read by every door.

A session is *proved* by a second factor: a code of an authenticator app, a recovery code, a passkey (which asks for
finger, face or PIN itself), or a provider that says so. What is signed needs a proof that is fresh.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ecvet.terms import Failure, Success
from ecvet_platform.people.errors import LastWayIn, ProofNeeded, TooManyTries

FREE_TRIES: Final = 5
"""As many wrong codes cost nothing but the code."""

FREE_FROM_ADDRESS: Final = 30
"""The same from one address, behind which a whole school may sit."""

FIRST_WAIT: Final = timedelta(seconds=30)
LONGEST_WAIT: Final = timedelta(hours=1)
FORGOTTEN_AFTER: Final = timedelta(hours=24)
"""Failures before this long ago no longer count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """In which ways a person can sign in and prove herself; suspended passkeys and unfinished apps are not among them.

    `issuers` are the providers that know her.
    """

    passkeys: int = 0
    code: bool = False
    by_email: bool = True
    issuers: frozenset[str] = frozenset()

    @property
    def has_second(self) -> bool:
        """Whether she can prove more than that she reads her mailbox."""
        return self.code or self.passkeys > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """Failures in a row of one account or address; nothing is tried before `until`."""

    failures: int
    last: datetime
    until: datetime | None


def may_sign(ways: Ways, proved: datetime | None, *, at: datetime, within: timedelta) -> Success | Failure:
    """Whether somebody may sign, recognise or award now: who has a second factor must have shown it a short while ago.

    Who has none may, as far as her institution demands none (`meets`).
    """
    if not ways.has_second or (proved is not None and timedelta(0) <= at - proved <= within):
        return Success()
    return Failure(ProofNeeded())


def meets(demanded: bool, proved: datetime | None) -> Success | Failure:
    """Whether a session meets what the institution demands for the roles: a second factor at some time in it."""
    return Success() if not demanded or proved is not None else Failure(ProofNeeded())


def may_do_without_passkey(ways: Ways, issuers: Iterable[str]) -> Success | Failure:
    """Whether a passkey may be removed: another way in must stay. `issuers` are the providers that are set up here."""
    others = ways.passkeys > 1 or ways.by_email or bool(ways.issuers & frozenset(issuers))
    return Success() if others else Failure(LastWayIn())


def may_do_without_provider(ways: Ways, issuer: str, issuers: Iterable[str]) -> Success | Failure:
    """Whether the tie to a provider may be removed."""
    others = ways.passkeys > 0 or ways.by_email or bool((ways.issuers - {issuer}) & frozenset(issuers))
    return Success() if others else Failure(LastWayIn())


def may_do_without_email(ways: Ways) -> Success | Failure:
    """Whether links by e-mail may be switched off: only a passkey is sure enough to be the only way in."""
    return Success() if ways.passkeys > 0 else Failure(LastWayIn())


def may_try(tries: Iterable[Try], *, at: datetime) -> Success | Failure:
    """Whether a code may be tried now by this account and from this address."""
    latest = max((one.until for one in tries if one.until is not None and one.until > at), default=None)
    if latest is None:
        return Success()
    return Failure(TooManyTries(minutes=-(-(latest - at) // timedelta(minutes=1))))


def locked_until(failures: int, *, at: datetime, free: int = FREE_TRIES) -> datetime | None:
    """Until when nothing may be tried after so many failures: each one doubles the wait, up to an hour."""
    if failures < free:
        return None
    return at + min(FIRST_WAIT * (1 << min(failures - free, 20)), LONGEST_WAIT)


def is_copied(kept: int, told: int) -> bool:
    """Whether a counter says that there are two of a passkey (WebAuthn Level 3, 7.2 step 22); zeros count nothing."""
    return (kept > 0 or told > 0) and told <= kept
