"""Versions, signatures and seals of one document: what stands, what is proposed, and who may do what next.

Shared by memorandum and learning agreement. The document has one owner who keeps its order; all versions are complete
records chained by `prev`; an acceptance names one hash and no other; only a seal over all acceptances brings a version
into force. Signatures reach these functions after `ecvet.record.check_signature` has passed them.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from ecvet.partnership.errors import (
    AcceptancesMissing,
    NotASignatory,
    NotTheOwner,
    ProposalStale,
    ReasonMissing,
    ResultsExist,
    VersionUnknown,
)
from ecvet.partnership.lifecycle import AGREEMENT, AUTHOR, OWNER, PARTY, AgreementState
from ecvet.record import Act, Address, Record, Signature, StepNotPossible
from ecvet.saying import say
from ecvet.terms import Failure, Identifier, Success, require

ACCEPTANCE_LASTS: Final = timedelta(days=60)
"""How long an acceptance holds unless the version is sealed before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who must sign a version, and in which role: an institution, a learner's pseudonym or a guardian's."""

    role: str
    id: Identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """The owner's word that a version is in force from a day on, with the acceptances that prove it."""

    object: Address
    by: Identifier
    at: datetime
    in_force_from: date
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Termination:
    """A party's notice that a version in force ends after the day `last_day`."""

    object: Address
    by: Identifier
    at: datetime
    reason: str
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Everything that the owner has received about one document, in the order in which it came.

    `versions` are those that `may_propose` let in (a draft is nobody else's business), `signatures` those that
    `may_sign` let in; `retracted` are versions under a tombstone.
    """

    owner: Identifier
    versions: tuple[Record, ...]
    signatures: tuple[Signature, ...] = ()
    seals: tuple[Seal, ...] = ()
    terminations: tuple[Termination, ...] = ()
    retracted: frozenset[Address] = frozenset()

    def version(self, address: Address) -> Record:
        """The version with this address. Raises `VersionUnknown`."""
        for one in self.versions:
            if one.address == address:
                return one
        raise VersionUnknown(address=address)

    def seal_of(self, address: Address) -> Seal | None:
        """The seal over this version, if there is one."""
        return next((seal for seal in self.seals if seal.object == address), None)


def state(thread: Thread, version: Address, on: date) -> AgreementState:
    """Where a version stands on a day. Raises `VersionUnknown`."""
    record = thread.version(version)
    if version in thread.retracted:
        return AgreementState.VOID
    if thread.seal_of(version) is not None:
        return _after_seal(thread, version, on)
    acts = {one.act for one in thread.signatures if one.object == version}
    if Act.REJECT in acts:
        return AgreementState.REJECTED
    if Act.WITHDRAW in acts:
        return AgreementState.WITHDRAWN
    later = thread.versions[thread.versions.index(record) + 1 :]
    if any(one.prev in (record.prev, version) and one.address not in thread.retracted for one in later):
        return AgreementState.SUPERSEDED
    if any(seal.object != version and thread.version(seal.object).prev == record.prev for seal in thread.seals):
        return AgreementState.SUPERSEDED
    return AgreementState.PROPOSED


def in_force(thread: Thread, on: date) -> Record | None:
    """The version in force on a day, also while a change is proposed, and until the last day of a notice."""
    for seal in reversed(thread.seals):
        if seal.in_force_from <= on and seal.object not in thread.retracted:
            ended = any(one.object == seal.object and one.last_day < on for one in thread.terminations)
            return None if ended else thread.version(seal.object)
    return None


def proposed(thread: Thread, on: date) -> Record | None:
    """The version that waits for signatures on a day, if one does: the pointer beside `in_force`."""
    waiting = (one for one in reversed(thread.versions) if state(thread, one.address, on) is AgreementState.PROPOSED)
    return next(waiting, None)


def head(thread: Thread, on: date) -> Address | None:
    """The version that whoever acts now should look at: the one proposed, else the one in force."""
    found = proposed(thread, on) or in_force(thread, on)
    return found.address if found else None


def acceptances(
    thread: Thread, version: Address, signatories: tuple[Signatory, ...], at: datetime
) -> dict[Signatory, Signature]:
    """The acceptances of exactly this version that hold at a moment, by whose they are."""
    found = {}
    for one in thread.signatures:
        signatory = Signatory(role=one.role, id=one.signer)
        lapses = min(one.at + ACCEPTANCE_LASTS, one.expires or one.at + ACCEPTANCE_LASTS)
        if one.object == version and one.act is Act.ACCEPT and signatory in signatories and one.at <= at <= lapses:
            found[signatory] = one
    return found


def outstanding(
    thread: Thread, version: Address, signatories: tuple[Signatory, ...], at: datetime
) -> tuple[Signatory, ...]:
    """Who still has to accept this version, in the order of the document."""
    held = acceptances(thread, version, signatories, at)
    return tuple(one for one in signatories if one not in held)


def may_propose(thread: Thread, new: Record, on: date) -> Success | Failure:
    """Whether a version may enter the thread.

    It is made from the last one sealed, from the newest, or from the one proposed, or stands beside that one with the
    same base. A version made from anything else is refused with the current head (`ProposalStale`).
    """
    if not thread.versions:
        return Success()
    bases = {thread.seals[-1].object if thread.seals else None, thread.versions[-1].address}
    waiting = proposed(thread, on)
    if waiting is not None:
        bases |= {waiting.address, waiting.prev}
    if new.prev in bases:
        return Success()
    return Failure(ProposalStale(seen=new.prev or say("a first version"), head=head(thread, on) or "none"))


def may_sign(thread: Thread, signature: Signature, signatories: tuple[Signatory, ...]) -> Success | Failure:
    """Whether an acceptance, rejection or withdrawal counts. The author may withdraw, signatory or not.

    A late acceptance of a version that was replaced is refused with the current head; after the seal nothing of the
    three is possible, only a new version or a termination.
    """
    record, day = thread.version(signature.object), signature.at.date()
    is_signatory = Signatory(role=signature.role, id=signature.signer) in signatories
    is_author = signature.act is Act.WITHDRAW and signature.signer == record.author
    if not is_signatory and not is_author:
        return Failure(NotASignatory(signer=signature.signer, act=signature.act, role=signature.role))
    if signature.act is not Act.ACCEPT and not signature.reason:
        return Failure(ReasonMissing(act=signature.act))
    current = state(thread, signature.object, day)
    if current is AgreementState.SUPERSEDED:
        return Failure(ProposalStale(seen=signature.object, head=head(thread, day) or "none"))
    return _possible(current, signature.act, AUTHOR if is_author else PARTY)


def seal(
    thread: Thread, version: Address, signatories: tuple[Signatory, ...], *, by: Identifier, at: datetime,
    in_force_from: date,
) -> Seal:  # fmt: skip
    """Bring a version into force: the owner's act, with all acceptances of this very version (R-MOU-6, R-LA-1).

    Raises `NotTheOwner`, `ProposalStale`, `StepNotPossible`, `AcceptancesMissing`, `VersionUnknown`.
    """
    require(may_seal(thread, version, signatories, by=by, at=at))
    held = acceptances(thread, version, signatories, at)
    signed = tuple(held[one] for one in signatories)
    return Seal(object=version, by=by, at=at, in_force_from=in_force_from, signatures=signed)


def may_seal(
    thread: Thread, version: Address, signatories: tuple[Signatory, ...], *, by: Identifier, at: datetime
) -> Success | Failure:
    """Whether the version may be sealed now; see `seal`."""
    if by != thread.owner:
        return Failure(NotTheOwner(by=by, verb="seal", owner=thread.owner))
    current = state(thread, version, at.date())
    if current is AgreementState.SUPERSEDED:
        return Failure(ProposalStale(seen=version, head=head(thread, at.date()) or "none"))
    answer = _possible(current, "seal", OWNER)
    missing = outstanding(thread, version, signatories, at)
    if answer and missing:
        return Failure(AcceptancesMissing(missing=", ".join(f"{one.role} {one.id}" for one in missing)))
    return answer


def may_terminate(thread: Thread, notice: Termination, signatories: tuple[Signatory, ...]) -> Success | Failure:
    """Whether a party may end a version in force; what runs under it keeps the old terms until its own end."""
    if notice.by not in {one.id for one in signatories}:
        return Failure(NotASignatory(signer=notice.by, act="terminate", role=PARTY))
    if not notice.reason:
        return Failure(ReasonMissing(act="terminate"))
    return _possible(state(thread, notice.object, notice.at.date()), "terminate", PARTY)


def may_retract(
    thread: Thread, version: Address, *, by: Identifier, results_exist: bool, on: date
) -> Success | Failure:
    """Whether the owner may put a tombstone over a version made by mistake: not once results rest on it."""
    if by != thread.owner:
        return Failure(NotTheOwner(by=by, verb="retract", owner=thread.owner))
    if results_exist:
        return Failure(ResultsExist())
    return _possible(state(thread, version, on), "retract", OWNER)


def _after_seal(thread: Thread, version: Address, on: date) -> AgreementState:
    sealed = [one.object for one in thread.seals if one.in_force_from <= on and one.object not in thread.retracted]
    if version in sealed[:-1]:
        return AgreementState.SUPERSEDED
    for notice in thread.terminations:
        if notice.object == version:
            return AgreementState.ENDING if on <= notice.last_day else AgreementState.TERMINATED
    return AgreementState.IN_FORCE


def _possible(current: AgreementState, verb: str, role: str) -> Success | Failure:
    try:
        AGREEMENT.after(current, verb, role)
    except StepNotPossible as error:
        return Failure(error)
    return Success()
