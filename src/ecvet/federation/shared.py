"""What a message does to a document that two nodes share: a fold over `ecvet.partnership.Thread`, the same on both.

Signatures and statements reach these functions after their keys were checked (`reception`). The owner's side decides
about the order; the other side believes what is proved. Entering the same thing twice changes nothing; what comes too
late is refused with a reason that the sender is told by a message of the kind `error`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from ecvet.errors import EcvetError
from ecvet.federation.carried import terms_of
from ecvet.federation.errors import MessageUnfit, NotAParty, VersionForked
from ecvet.federation.sealing import (
    HandOver,
    SignedSeal,
    Tombstone,
    as_seal,
    forked,
    may_believe,
    may_hand_over,
    owner_of,
    parties_of,
    signatories_of,
)
from ecvet.federation.token import SKEW
from ecvet.partnership import Termination, Thread, may_propose, may_retract, may_sign, may_terminate
from ecvet.record import Act, Address, Json, Record, RecordType, Signature
from ecvet.record.errors import VersionDoesNotFollow
from ecvet.saying import say
from ecvet.terms import Failure, Identifier, Success

NEGOTIATED = frozenset({RecordType.MOU, RecordType.LEARNING_AGREEMENT})
"""Types of which several versions may stand beside each other until one is sealed."""


@dataclass(frozen=True, kw_only=True)
class Shared:
    """One conversation as a node holds it: the negotiated document, and the records that rest on it.

    `thread` is the document with its versions, signatures, seals and notices; `seals` are the owner's tokens; `others`
    are events, transcripts, decisions, appeals and tombstones in the order in which they came; `disputed` are seals
    that contradict one of `seals`.
    """

    name: Identifier
    thread: Thread
    seals: tuple[SignedSeal, ...] = ()
    others: tuple[Record, ...] = ()
    hand_overs: tuple[HandOver, ...] = ()
    disputed: tuple[SignedSeal, ...] = ()
    issues: tuple[Signature, ...] = field(default=())

    @property
    def owner(self) -> Identifier:
        """Who keeps the thread now."""
        return self.thread.owner

    @property
    def parties(self) -> frozenset[Identifier]:
        """The institutions that take part, in whichever version was ever proposed."""
        named = (parties_of(one) for one in self.thread.versions)
        return frozenset[Identifier]().union(*named)

    @property
    def addresses(self) -> frozenset[Address]:
        """The addresses of all records held."""
        return frozenset(one.address for one in (*self.thread.versions, *self.others))


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What became of it: the conversation now, and the reason where nothing was taken in."""

    shared: Shared | None
    refused: EcvetError | None = None


def proposed(
    shared: Shared | None, new: Record, issues: Iterable[Signature], *, name: Identifier, from_owner: bool = False
) -> Entered:
    """A version enters the thread, the first one founds it.

    A version made from anything else than what is in force or proposed is refused as stale, with the current head; what
    the owner sends enters on the other side whatever that side has seen, because the owner keeps the order. Versions
    stand in the order of their numbers, times and addresses, so that both sides call the same one the latest.
    """
    if new.thread != name or new.type not in NEGOTIATED:
        return Entered(
            shared=shared, refused=MessageUnfit(kind="propose", why=say("its record is not of this document"))
        )
    if shared is None:
        if new.prev is not None:
            return Entered(shared=None, refused=VersionDoesNotFollow(why=say("the version before it is not here")))
        founded = Thread(owner=owner_of(new), versions=(new,))
        return Entered(shared=Shared(name=name, thread=founded, issues=tuple(issues)))
    if new in shared.thread.versions:
        return Entered(shared=shared)
    if new.prev is not None and new.prev not in shared.addresses:
        return Entered(shared=shared, refused=VersionDoesNotFollow(why=say("the version before it is not here")))
    if new.type is not shared.thread.versions[0].type:
        return Entered(shared=shared, refused=VersionDoesNotFollow(why=say("it is of another type")))
    answer = Success() if from_owner else may_propose(shared.thread, new, new.created.date())
    if isinstance(answer, Failure):
        return Entered(shared=shared, refused=answer.reason)
    versions = sorted((*shared.thread.versions, new), key=lambda one: (one.version, one.created, one.address))
    thread = replace(shared.thread, versions=tuple(versions))
    return Entered(shared=replace(shared, thread=thread, issues=(*shared.issues, *issues)))


def signed(shared: Shared, made: Signature, *, from_owner: bool = False) -> Entered:
    """An acceptance, rejection or withdrawal enters; acknowledgements of other records too.

    What the owner has let in and forwards is not judged again by what is seen here.
    """
    if made in shared.thread.signatures or made in shared.issues:
        return Entered(shared=shared)
    if made.act in (Act.ISSUE, Act.ACKNOWLEDGE):
        return Entered(shared=replace(shared, issues=(*shared.issues, made)))
    try:
        version = shared.thread.version(made.object)
        alone = Thread(owner=shared.owner, versions=(version,)) if from_owner else shared.thread
        answer = may_sign(alone, made, signatories_of(version))
    except EcvetError as error:
        return Entered(shared=shared, refused=error)
    if isinstance(answer, Failure):
        return Entered(shared=shared, refused=answer.reason)
    thread = replace(shared.thread, signatures=(*shared.thread.signatures, made))
    return Entered(shared=replace(shared, thread=thread))


def sealed(shared: Shared, said: SignedSeal, proofs: Iterable[Signature] = ()) -> Entered:
    """The owner's seal enters, with the acceptances that prove it, some of which this side may not have seen yet.

    A second seal after the same version is kept as a proof against the owner and refused (`VersionForked`).
    """
    if any(one.token == said.token for one in (*shared.seals, *shared.disputed)):
        return Entered(shared=shared)
    known = shared.thread.signatures
    new = tuple(one for one in proofs if one.object == said.object and one.act is Act.ACCEPT and one not in known)
    thread = replace(shared.thread, signatures=(*known, *new))
    try:
        other = forked(said, shared.seals)
        if other is not None:
            error = VersionForked(owner=said.by, first=other.object, second=said.object)
            return Entered(shared=replace(shared, disputed=(*shared.disputed, said)), refused=error)
        answer = may_believe(said, thread, shared.owner, sealed=shared.seals)
    except EcvetError as error:
        return Entered(shared=shared, refused=error)
    if isinstance(answer, Failure):
        return Entered(shared=shared, refused=answer.reason)
    made = replace(thread, seals=(*thread.seals, as_seal(said, thread.signatures)))
    return Entered(shared=replace(shared, thread=made, seals=(*shared.seals, said)))


def ended(shared: Shared, notice: Termination) -> Entered:
    """A party's notice enters."""
    if notice in shared.thread.terminations:
        return Entered(shared=shared)
    try:
        version = shared.thread.version(notice.object)
        answer = may_terminate(shared.thread, notice, signatories_of(version))
    except EcvetError as error:
        return Entered(shared=shared, refused=error)
    if isinstance(answer, Failure):
        return Entered(shared=shared, refused=answer.reason)
    thread = replace(shared.thread, terminations=(*shared.thread.terminations, notice))
    return Entered(shared=replace(shared, thread=thread))


def handed_over(shared: Shared, said: HandOver, *, superiors: Iterable[str] = ()) -> Entered:
    """The thread gets another owner."""
    if any(one.token == said.token for one in shared.hand_overs):
        return Entered(shared=shared)
    answer = may_hand_over(said, owner=shared.owner, parties=shared.parties, superiors=superiors)
    if isinstance(answer, Failure):
        return Entered(shared=shared, refused=answer.reason)
    thread = replace(shared.thread, owner=said.to)
    return Entered(shared=replace(shared, thread=thread, hand_overs=(*shared.hand_overs, said)))


def told(shared: Shared, new: Record, issues: Iterable[Signature]) -> Entered:
    """An event, transcript, decision or appeal enters: the first of its own thread, or the version after the last.

    These have one author each and no seal: a second version after the same one is refused (network lesson 18). Each
    names the document, or a record that is here; what rests on something else belongs to another conversation.
    """
    if new in shared.others:
        return Entered(shared=shared)
    if not _names(new.terms, shared.addresses | {shared.name}):
        why = f"its {new.type} names neither this document nor a record of it"
        return Entered(shared=shared, refused=MessageUnfit(kind=new.type, why=why))
    line = [one for one in shared.others if one.thread == new.thread]
    last = line[-1] if line else None
    if last is not None and last.author != new.author:
        return Entered(shared=shared, refused=NotAParty(caller=new.author))
    if new.prev != (last.address if last else None):
        why = f"the latest version here is {last.address}" if last else "the version before it is not here"
        return Entered(shared=shared, refused=VersionDoesNotFollow(why=why))
    return Entered(shared=replace(shared, others=(*shared.others, new), issues=(*shared.issues, *issues)))


def retracted(shared: Shared, stone: Record, issues: Iterable[Signature]) -> Entered:
    """The owner puts a tombstone over a version; not once a transcript is here that may rest on it."""
    if stone in shared.others:
        return Entered(shared=shared)
    said = terms_of(Tombstone, stone)
    results = any(one.type is RecordType.TRANSCRIPT for one in shared.others)
    on = stone.created.date()
    try:
        answer = may_retract(shared.thread, said.object, by=stone.author, results_exist=results, on=on)
    except EcvetError as error:
        return Entered(shared=shared, refused=error)
    if isinstance(answer, Failure):
        return Entered(shared=shared, refused=answer.reason)
    thread = replace(shared.thread, retracted=shared.thread.retracted | {said.object})
    others = (*shared.others, stone)
    return Entered(shared=replace(shared, thread=thread, others=others, issues=(*shared.issues, *issues)))


def _names(item: Json, known: Collection[str]) -> bool:
    """Whether one of these names stands anywhere in the terms of a record."""
    if isinstance(item, dict):
        return any(_names(one, known) for one in item.values())
    if isinstance(item, list):
        return any(_names(one, known) for one in item)
    return isinstance(item, str) and item in known


def too_far_ahead(at: datetime, now: datetime) -> bool:
    """Whether a time that somebody has signed lies further in the future than clocks may differ."""
    return at > now + SKEW
