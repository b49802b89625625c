"""Counting wrong codes, of an account and from an address, and making both wait: each failure doubles the wait."""

from uuid import UUID

from django.db import transaction

from ecvet.terms import Failure, Success
from ecvet_platform.journal import clock
from ecvet_platform.people import proof, sealing
from ecvet_platform.people.store import sittings


def may_try(person: UUID, address: str) -> Success | Failure:
    """Whether a code of this account may be tried now from this address; the answer carries `TooManyTries`."""
    return proof.may_try(sittings.tries(_whos(person, address)), at=clock.now())


@transaction.atomic
def failed(person: UUID, address: str) -> None:
    """A code was wrong. The caller must answer, not raise: what is raised takes the counting back."""
    at = clock.now()
    frees = (proof.FREE_TRIES, proof.FREE_FROM_ADDRESS)
    for who, free in zip(_whos(person, address), frees, strict=False):
        failures = sittings.count_failure(who, at=at, fresh=at - proof.FORGOTTEN_AFTER)
        sittings.lock(who, proof.locked_until(failures, at=at, free=free))


def succeeded(person: UUID) -> None:
    """A code was right: the account begins anew, the address does not."""
    sittings.clear_failures(_whos(person, "")[0])


def _whos(person: UUID, address: str) -> tuple[str, ...]:
    account = sealing.marks(str(person), "attempts of an account")[0]
    return (account, sealing.marks(address, "attempts from an address")[0]) if address else (account,)
