"""Versions, signatures and seals of a document, for memoranda and learning agreements alike: read, decide, write.

The decisions are the core's (`ecvet.partnership.thread`); each room that uses these steps checks first that the actor
may speak for the signatory, and writes its own index afterwards, all in one transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction

from ecvet.partnership import (
    AGREEMENT,
    AgreementState,
    Delegation,
    Seal,
    Signatory,
    Termination,
    Thread,
    acceptances,
    delegated,
    in_force,
    may_propose,
    may_sign,
    may_terminate,
    on_behalf,
    outstanding,
    proposed,
    respond_by,
    state,
)
from ecvet.partnership.errors import VersionSince
from ecvet.partnership.lifecycle import AUTHOR, OWNER, PARTY
from ecvet.record import Act, Address, PersonRef, Record, Signature, record
from ecvet.record.record import Recordable
from ecvet.terms import Failure, Identifier, Success, require
from ecvet_platform.institutions.actions import keys
from ecvet_platform.institutions.store import threads as store
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.people.roles import Actor

_NOWHERE: Final[Mapping[Address, date]] = {}
NOT_BUTTONS = frozenset({"create", "supersede", "end", "retract"})
"""Steps that follow from others or need a place of their own."""


def thread(name: Identifier) -> Thread | None:
    """Everything received about a document; None when there is no such document here."""
    return store.thread(name)


def held(name: Identifier) -> Thread | None:
    """The same, in a transaction that takes a step: nobody else takes one until it ends."""
    store.hold(name)
    return store.thread(name)


@transaction.atomic
def propose(
    terms: Recordable, *, thing: str, author: Identifier, owner: Identifier, actor: Actor,
    thread: Identifier | None = None, base: Address | None = None, person_ref: PersonRef | None = None,
) -> Record:  # fmt: skip
    """Put a complete version to the parties: the first of a new thread, or one made from `base`, signed by its author.

    Raises `ProposalStale` when `base` is neither in force nor proposed, `VersionUnknown`.
    """
    at = clock.now()
    known = store.thread(thread) if thread else None
    if thread is None or known is None:
        made = record(terms, thread=thread or chance.new_identifier(), author=author, at=at, person_ref=person_ref)
    else:
        before = known.version(base) if base else None
        made = record(terms, thread=thread, author=author, at=at, prev=before, person_ref=person_ref)
        require(may_propose(known, made, at.date()))
    store.add_version(made, owner=owner)
    keys.sign_for(author, made.address, role=AUTHOR, act=Act.ISSUE, person=actor.person)
    journal.write(f"{thing}.propose", by=actor, subject=made.thread, record=made.address)
    return made


@transaction.atomic
def sign(
    name: Identifier, version: Address, *, thing: str, act: Act, signatory: Signatory, among: tuple[Signatory, ...],
    key_of: Identifier, actor: Actor, reason: str | None = None,
) -> Signature:  # fmt: skip
    """Accept, reject or withdraw exactly this version, as one of those `among` whom it must be signed.

    `key_of` is the institution whose key makes the signature. Raises `NotASignatory`, `ReasonMissing`,
    `ProposalStale`, `StepNotPossible`, `VersionUnknown`.
    """
    known = _known(name)
    statement = Signature(
        object=version,
        signer=signatory.id,
        role=signatory.role,
        act=act,
        at=clock.now(),
        reason=reason or None,
        person=actor.person,
    )
    require(may_sign(known, statement, among))
    signed = keys.sign_for(
        key_of, version, role=signatory.role, act=act, signer=signatory.id, reason=reason or None, person=actor.person,
        vouched=actor.vouched,
    )  # fmt: skip
    detail = {"role": signatory.role, "signer": signatory.id, "level": signed.level, "evidence": signed.evidence}
    journal.write(f"{thing}.{act}", by=actor, subject=name, record=version, detail=detail)
    return signed


@transaction.atomic
def bring_into_force(name: Identifier, made: Seal, *, thing: str, actor: Actor) -> None:
    """Keep the seal that the core allowed over a version which everybody has accepted; the owner signs for it."""
    keys.sign_for(made.by, made.object, role=OWNER, act=Act.ISSUE, person=actor.person)
    store.add_seal(name, made)
    detail = {"in_force_from": made.in_force_from}
    journal.write(f"{thing}.seal", by=actor, subject=name, record=made.object, detail=detail)


@transaction.atomic
def terminate(
    name: Identifier, version: Address, *, thing: str, among: tuple[Signatory, ...], by: Identifier, actor: Actor,
    reason: str, last_day: date,
) -> Termination:  # fmt: skip
    """End a version in force after a day. Raises `NotASignatory`, `ReasonMissing`, `StepNotPossible`."""
    notice = Termination(object=version, by=by, at=clock.now(), reason=reason.strip(), last_day=last_day)
    require(may_terminate(_known(name), notice, among))
    store.add_notice(name, notice)
    detail = {"last_day": last_day}
    journal.write(f"{thing}.terminate", by=actor, subject=name, record=version, detail=detail)
    return notice


# ------------------------------------------------------------- what stands
@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version as pages show it: its record, where it stands, and who has answered what."""

    record: Record
    state: AgreementState
    signatures: tuple[Signature, ...]
    waiting: tuple[Signatory, ...]
    until: date | None = None
    delegations: tuple[Delegation, ...] = ()

    def handed(self, signatory: Signatory) -> Delegation | None:
        """The delegation that holds for a signature that is missing."""
        return delegated(self.delegations, self.record.address, signatory)

    def on_behalf(self, signature: Signature) -> Delegation | None:
        """The delegation under which a signature was made."""
        return on_behalf(self.delegations, signature)


def versions(
    known: Thread, signatories_of: "dict[Address, tuple[Signatory, ...]]",
    begins: "Mapping[Address, date]" = _NOWHERE,
) -> tuple[Version, ...]:  # fmt: skip
    """All versions of a thread, the first one first, as they stand now.

    `begins` are the days on which what a version is about begins, before which it is to be signed.
    """
    at = clock.now()
    handed = store.delegations(one.address for one in known.versions)
    return tuple(
        Version(
            record=one,
            state=(where := state(known, one.address, at.date())),
            signatures=tuple(item for item in known.signatures if item.object == one.address),
            waiting=(
                outstanding(known, one.address, signatories_of[one.address], at)
                if where is AgreementState.PROPOSED else ()
            ),
            until=respond_by(one, begins.get(one.address)) if where is AgreementState.PROPOSED else None,
            delegations=tuple(item for item in handed if item.object == one.address),
        )
        for one in known.versions
    )  # fmt: skip


def nothing_since(known: Thread, newest: Address | None) -> Success | Failure:
    """Whether the latest version is still the one that somebody saw; always, where none was named."""
    return Success() if newest in (None, known.versions[-1].address) else Failure(VersionSince())


def latest(known: Thread) -> Record:
    """The version that speaks for the document: the one in force, else the one proposed, else the last."""
    on = clock.today()
    return in_force(known, on) or proposed(known, on) or known.versions[-1]


def verbs(
    known: Thread, version: Address, among: tuple[Signatory, ...], *, me: frozenset[Signatory],
    institution: Identifier | None,
) -> tuple[str, ...]:  # fmt: skip
    """The steps that somebody may take now with a version: the buttons of its page.

    `me` are the signatories for whom the actor may speak, `institution` the one for which the actor acts.
    """
    at = clock.now()
    where = state(known, version, at.date())
    record = known.version(version)
    mine = me & set(among)
    roles = {
        AUTHOR: institution == record.author, OWNER: institution == known.owner, PARTY: bool(mine),
    }  # fmt: skip
    found = [step.verb for step in AGREEMENT.possible(where) if any(roles[role] for role in step.by)]
    held = acceptances(known, version, among, at)
    hidden = set(NOT_BUTTONS)
    if mine <= held.keys():
        hidden.add("accept")
    if outstanding(known, version, among, at):
        hidden.add("seal")
    return tuple(verb for verb in dict.fromkeys(found) if verb not in hidden)


def _known(name: Identifier) -> Thread:
    found = store.thread(name)
    assert found is not None, "the room has found its document before it takes a step with it"
    return found
