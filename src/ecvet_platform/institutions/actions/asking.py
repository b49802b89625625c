"""Whose signature is missing, and what is done about it: handed to a colleague, asked for again, called for by a day.

For memoranda and learning agreements alike; each room checks first that the actor may speak for the institution. What
is said here goes into the journal, and the room of notices tells it to those whom it concerns.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from django.conf import settings
from django.db import transaction

from ecvet.partnership import (
    AgreementState,
    Call,
    Delegation,
    Intervals,
    Signatory,
    call_on,
    may_ask_again,
    may_delegate,
    outstanding,
    state,
)
from ecvet.partnership import delegated as delegated
from ecvet.record import Address
from ecvet.terms import Identifier, require
from ecvet_platform.institutions.actions import threads
from ecvet_platform.institutions.store import threads as store
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people import store as accounts
from ecvet_platform.people.roles import CALENDAR, Actor, Role
from ecvet_platform.people.store import Account

Signers = tuple[Role, ...]
CALLS: Final = frozenset(one.value for one in Call)
ASK_AGAIN: Final = "ask-again"


def intervals() -> Intervals:
    """On which days people are called here, as the operator has set it."""
    return Intervals(**settings.SIGNING_DAYS)


def colleagues(institution: Identifier, signers: Signers, *, besides: Identifier) -> tuple[Account, ...]:
    """Who else may sign for an institution: those who have one of the roles there."""
    return tuple(one for one in accounts.members(institution, *signers) if one.identifier != besides)


@transaction.atomic
def delegate(
    name: Identifier, version: Address, *, thing: str, signatory: Signatory, among: tuple[Signatory, ...],
    signers: Signers, to: Identifier, actor: Actor,
) -> Delegation:  # fmt: skip
    """Hand the signature that the actor's institution owes to a colleague, who is told.

    Raises `NotASignatory`, `SignatureNotOwed`, `DelegateNotAuthorised`, `DelegatedToOneself`, `ProposalStale`.
    """
    known = threads.held(name)
    assert known is not None, "the room has found its document before"
    made = Delegation(
        object=version, institution=signatory.id, role=signatory.role, by=actor.person, to=to, at=clock.now()
    )
    authorised = {one.identifier for one in accounts.members(signatory.id, *signers)}
    require(may_delegate(known, made, among, authorised=authorised))
    store.add_delegation(name, made)
    detail = {"role": signatory.role, "institution": signatory.id, "to": to}
    journal.write(f"{thing}.delegate", by=actor, subject=name, record=version, detail=detail)
    return made


@transaction.atomic
def ask_again(
    name: Identifier, version: Address, *, thing: str, among: tuple[Signatory, ...], actor: Actor
) -> tuple[Signatory, ...]:
    """Send the request once more to those who have not signed; who they are.

    Raises `NobodyToAsk`, `AskedToday`, `VersionUnknown`.
    """
    known = threads.held(name)
    assert known is not None, "the room has found its document before"
    waits = state(known, version, clock.today()) is AgreementState.PROPOSED
    missing = outstanding(known, version, among, clock.now()) if waits else ()
    said = [one.at.date() for one in journal.read(subject=name) if one.verb == f"{thing}.{ASK_AGAIN}"
            and one.record == version]  # fmt: skip
    require(may_ask_again(missing, said, clock.today()))
    detail = {"missing": [{"role": one.role, "signer": one.id} for one in missing]}
    journal.write(f"{thing}.{ASK_AGAIN}", by=actor, subject=name, record=version, detail=detail)
    return missing


@transaction.atomic
def call(name: Identifier, version: Address, *, thing: str, among: tuple[Signatory, ...], until: date) -> int:
    """Make the calls that today brings about each missing signature under one version; how many were made.

    Doing it twice on a day makes none the second time: what was made stands in the journal.
    """
    known = threads.held(name)
    if known is None or state(known, version, clock.today()) is not AgreementState.PROPOSED:
        return 0
    asked, last, made = known.version(version).created.date(), _last_calls(name, version, thing), 0
    for one in outstanding(known, version, among, clock.now()):
        due = call_on(asked, until, clock.today(), last=last.get(one), intervals=intervals())
        if due is not None:
            detail = {"role": one.role, "signer": one.id, "due": due.on, "until": until}
            journal.write(f"{thing}.{due.call}", by=CALENDAR, subject=name, record=version, detail=detail)
            made += 1
    return made


# ------------------------------------------------------------- read
def delegations(versions: Iterable[Address]) -> tuple[Delegation, ...]:
    """What was handed on under some versions, in the order in which it was."""
    return store.delegations(versions)


def handed_on(versions: Iterable[Address | None]) -> Mapping[tuple[Address, Signatory], Delegation]:
    """The delegation that holds for each signature under some versions."""
    return {(one.object, one.signatory): one for one in store.delegations(one for one in versions if one)}


def named(people: Iterable[Identifier | None]) -> dict[Identifier, str]:
    """What people with an account are called, for the readers of what they signed."""
    found = {one: accounts.id_of(one) for one in dict.fromkeys(people) if one}
    return {name: one.name for name, key in found.items() if key is not None and (one := accounts.account(key))}


def people_in(versions: Iterable[threads.Version]) -> dict[Identifier, str]:
    """What those are called who acted for an institution in some versions, or were asked to."""
    signed = (one.person for version in versions for one in version.signatures)
    handed = (who for version in versions for one in version.delegations for who in (one.by, one.to))
    return named((*signed, *handed))


def _last_calls(name: Identifier, version: Address, thing: str) -> dict[Signatory, date]:
    found: dict[Signatory, date] = {}
    for one in journal.read(subject=name, limit=10_000):
        kind, _, verb = one.verb.partition(".")
        if kind == thing and verb in CALLS and one.record == version:
            said = json.loads(one.detail)
            found[Signatory(role=said["role"], id=Identifier(said["signer"]))] = date.fromisoformat(said["due"])
    return found
