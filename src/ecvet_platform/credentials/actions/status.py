"""Revoke, suspend, reinstate: the institution that issued decides, with a reason, about one or many credentials.

Many are decided about at once or not at all. Nothing is overwritten: decisions are appended, and the lists of the
platform get a new edition in the same transaction.
"""

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from ecvet.credential.status.standing import StatusChange, Verb, change
from ecvet.errors import EcvetError
from ecvet.record import Address
from ecvet.terms import Failure, LangString, require
from ecvet_platform.credentials.actions import status_lists
from ecvet_platform.credentials.actions.issue import ISSUERS
from ecvet_platform.credentials.errors import CredentialUnknown, NoneNamed, TooManyAtOnce
from ecvet_platform.credentials.store import credentials
from ecvet_platform.credentials.store import status as store
from ecvet_platform.credentials.store.credentials import Issued
from ecvet_platform.credit.actions import learners
from ecvet_platform.credit.actions.keeping import decider
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people.roles import Actor, has_one_of

MOST: Final = 1000
"""Credentials in one decision."""

_NAMES: Final = re.compile(
    r"sha-256:[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Planned:
    """What would become of one credential: the change, or the fact that stands in its way.

    `offline` says whether somebody who verifies without asking this platform learns of it. A credential from before
    status lists names none: that it was revoked is only said here (ADR 0033).
    """

    credential: Issued
    learner: str
    change: StatusChange | None
    fact: EcvetError | None
    offline: bool = True


def named(text: str) -> tuple[str, ...]:
    """The credentials that a text names, by id, by SHA-256 or by the address of a page; each once."""
    return tuple(dict.fromkeys(one.lower() for one in _NAMES.findall(text)))


def plan(names: tuple[str, ...], verb: Verb, reason: LangString | None, *, actor: Actor) -> tuple[Planned, ...]:
    """What would become of these credentials; nothing is written.

    Raises `NotYourRole`, `NobodyDecides`, `NoneNamed`, `TooManyAtOnce`, `CredentialUnknown`.
    """
    require(has_one_of(actor, *ISSUERS))
    by, on = decider(actor), clock.today()
    found = _found(names, actor)
    decided, placed = store.changes(one.id for one in found), store.placed(one.id for one in found)
    called = learners.names(one.learner for one in found)
    planned = []
    for one in found:
        answer = change(verb, decided[one.id], issuer=one.issuer, by=by, on=on, reason=reason)
        no = answer.reason if isinstance(answer, Failure) else None
        then = None if isinstance(answer, Failure) else answer
        planned.append(Planned(one, called[one.learner], then, no, offline=one.id in placed))
    return tuple(planned)


@transaction.atomic
def decide(names: tuple[str, ...], verb: Verb, reason: LangString | None, *, actor: Actor) -> tuple[Issued, ...]:
    """Change the status of all these credentials, or of none. Raises what `plan` raises, and the first fact found."""
    planned = plan(names, verb, reason, actor=actor)
    for one in planned:
        if one.fact is not None:
            raise one.fact
    at = clock.now()
    for one in planned:
        assert one.change is not None
        store.append(one.credential.id, one.change, at)
        journal.write(
            f"credential.{verb.value}", by=actor, subject=one.credential.learner, record=one.credential.decision,
            detail={"hash": one.credential.hash},
        )  # fmt: skip
    status_lists.renew(tuple(one.credential.id for one in planned), at)
    return credentials.some(one.credential.id for one in planned)


def history(key: UUID) -> tuple[StatusChange, ...]:
    """What was decided about a credential that the caller was allowed to see, the first decision first."""
    return store.changes((key,))[key]


def may_change(found: Issued, *, actor: Actor) -> bool:
    """Whether the page offers it."""
    return found.issuer == actor.institution and bool(has_one_of(actor, *ISSUERS))


def _found(names: tuple[str, ...], actor: Actor) -> tuple[Issued, ...]:
    """The credentials, all of which the actor's institution issued; to others each looks as if it were not there."""
    if not names:
        raise NoneNamed()
    if len(names) > MOST:
        raise TooManyAtOnce(count=len(names), most=MOST)
    if strange := [one for one in names if not _NAMES.fullmatch(one)]:
        raise CredentialUnknown(name=strange[0][:80])
    by_id = credentials.some(UUID(one) for one in names if not one.startswith("sha-256:"))
    by_hash = credentials.with_hashes(Address(one) for one in names if one.startswith("sha-256:"))
    own = {one.id: one for one in (*by_id, *by_hash) if one.issuer == actor.institution}
    known = {str(one.id) for one in own.values()} | {str(one.hash) for one in own.values()}
    for name in names:
        if name not in known:
            raise CredentialUnknown(name=name)
    return tuple(own.values())
