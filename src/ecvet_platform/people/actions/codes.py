"""Codes of an authenticator app and recovery codes: set up, used once each, taken away."""

import base64
from typing import Final

from django.db import transaction

from ecvet.terms import Failure, Success
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.people import sealing, totp
from ecvet_platform.people.actions import attempts, notices, self_of
from ecvet_platform.people.errors import CodeWrong
from ecvet_platform.people.proof import Ways
from ecvet_platform.people.store import Account, proofs

RECOVERY_CODES: Final = 10
_LENGTH: Final = 12


def ways(person: Account) -> Ways:
    """In which ways a person can sign in and prove herself."""
    return proofs.ways(person.id)


def recovery_left(person: Account) -> int:
    """How many recovery codes a person has."""
    return proofs.recovery_left(person.id)


@transaction.atomic
def begin(person: Account) -> bytes:
    """The secret that an app is to read; the same one until a code has confirmed it."""
    if proofs.code_secret(person.id, confirmed=False) is None:
        proofs.begin_code(person.id, sealing.seal(chance.salt()[:20], _about(person)), at=clock.now())
    kept = proofs.code_secret(person.id, confirmed=False)
    return sealing.unseal(kept[0], _about(person)) if kept else b""


@transaction.atomic
def confirm(person: Account, code: str, *, address: str) -> Success | Failure | tuple[str, ...]:
    """Take the app into use by its first code; the recovery codes, which are shown this once, or why not.

    A wrong code is an answer and not an exception, which would take the counting back.
    """
    answer = _try(person, code, confirmed=False, address=address)
    if not answer:
        return answer
    codes = _new_recovery(person)
    journal.write("person.set-up-codes", by=self_of(person), subject=person.identifier)
    notices.changed(person, notices.CODES_SET_UP)
    return codes


def check(person: Account, code: str, *, address: str) -> Success | Failure:
    """Use up a code of the app or a recovery code. Failures carry `CodeWrong` or `TooManyTries`."""
    return _try(person, code, confirmed=True, address=address)


@transaction.atomic
def new_recovery(person: Account) -> tuple[str, ...]:
    """New recovery codes in place of the ones before; they are shown this once."""
    codes = _new_recovery(person)
    journal.write("person.new-recovery-codes", by=self_of(person), subject=person.identifier)
    notices.changed(person, notices.NEW_RECOVERY)
    return codes


@transaction.atomic
def remove(person: Account) -> None:
    """Take the app and its recovery codes out of use."""
    if proofs.remove_code(person.id):
        journal.write("person.remove-codes", by=self_of(person), subject=person.identifier)
        notices.changed(person, notices.CODES_REMOVED)


@transaction.atomic
def _try(person: Account, code: str, *, confirmed: bool, address: str) -> Success | Failure:
    allowed = attempts.may_try(person.id, address)
    if not allowed:
        return allowed
    kind = _used(person, code, confirmed=confirmed)
    if kind is None:
        attempts.failed(person.id, address)
        journal.write("person.fail", by=self_of(person), subject=person.identifier, detail={"by": "code"})
        return Failure(CodeWrong())
    attempts.succeeded(person.id)
    if kind == "recovery":
        left = proofs.recovery_left(person.id)
        journal.write("person.use-recovery-code", by=self_of(person), subject=person.identifier, detail={"left": left})
        notices.changed(person, notices.RECOVERY_USED)
    return Success()


def _used(person: Account, code: str, *, confirmed: bool) -> str | None:
    """What was used up: `app` or `recovery`; None where the code is neither."""
    at, kept = clock.now(), proofs.code_secret(person.id, confirmed=confirmed)
    plain = _plain(code)
    if confirmed and len(plain) == _LENGTH:
        marks = sealing.marks(plain, _about(person))
        return "recovery" if any(proofs.use_recovery(person.id, mark, at=at) for mark in marks) else None
    if kept is None:
        return None
    step = totp.step_of(sealing.unseal(kept[0], _about(person)), code, at=at, after=kept[1])
    return "app" if step is not None and proofs.use_step(person.id, step, at=at) else None


def _new_recovery(person: Account) -> tuple[str, ...]:
    codes = [base64.b32encode(chance.salt()).decode()[:_LENGTH] for _ in range(RECOVERY_CODES)]
    proofs.set_recovery(person.id, [sealing.marks(one, _about(person))[0] for one in codes])
    return tuple("-".join(one[place : place + 4] for place in range(0, _LENGTH, 4)) for one in codes)


def _plain(code: str) -> str:
    """A recovery code however it was typed: base32 has no 0, 1 and 8, which look like O, I and B."""
    return code.upper().replace("-", "").replace(" ", "").translate(str.maketrans("018", "OIB"))


def _about(person: Account) -> str:
    return f"codes of {person.id}"
