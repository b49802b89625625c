"""What a stored message does: its parts enter the conversation one after the other, or none does.

Also who is told of it next. The owner keeps the order of a thread: parties send to the owner, the owner forwards, byte
for byte, what it has taken in. So all hold the same things in the same order, and what the owner refuses (too late, or
made from a version that is no longer current) is taken back by its sender when the `error` comes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from ecvet.credential.formats import jws
from ecvet.errors import EcvetError
from ecvet.federation.errors import NotAParty
from ecvet.federation.kinds import SEAL, TERMINATION, Kind
from ecvet.federation.message import Message
from ecvet.federation.proofs import KeyAt, keys_for, main, type_of
from ecvet.federation.sealing import open_hand_over, open_seal, open_termination
from ecvet.federation.shared import (
    NEGOTIATED,
    Entered,
    Shared,
    ended,
    handed_over,
    proposed,
    retracted,
    sealed,
    signed,
    told,
)
from ecvet.record import Act, Address, Record, RecordType, Signature, address_of
from ecvet.terms import Identifier

Step: TypeAlias = Callable[[Shared | None], Entered]


@dataclass(frozen=True, kw_only=True)
class Processed:
    """The conversation afterwards, whether something in it changed, and why nothing was taken in."""

    shared: Shared | None
    changed: bool = False
    refused: EcvetError | None = None


def process(
    item: Message, shared: Shared | None, key_at: KeyAt, *, from_owner: bool = False, superiors: Iterable[str] = ()
) -> Processed:
    """Let a message that `reception.receive` has let in do what it says. All of it enters, or nothing.

    `from_owner` is whether the sender speaks for the thread's owner: its order counts, whatever was seen here.
    `superiors` are those above the owner, who may hand its threads over once it is gone.
    """
    if item.kind in (Kind.NOTE, Kind.ERROR):
        return Processed(shared=shared)
    if shared is None and item.kind is not Kind.PROPOSE:
        return Processed(shared=None, refused=NotAParty(caller=item.sender))
    now: Shared | None = shared
    for step in _steps(item, key_at, from_owner, tuple(superiors)):
        entered = step(now)
        if entered.refused is not None:
            kept = entered.shared if entered.shared is not None and entered.shared.disputed else shared
            return Processed(shared=kept, changed=kept is not shared, refused=entered.refused)
        now = entered.shared
    return Processed(shared=now, changed=now != shared)


def taken_back(shared: Shared | None, item: Message) -> Shared | None:
    """The sender's conversation after the owner has refused a message: without what it had brought.

    Nothing is lost: the message, its receipt and the error stay in the journal. None when it had founded the thread.
    """
    if shared is None:
        return None
    gone = {address_of(one) for one in item.objects}
    made = set(item.signed)
    versions = tuple(one for one in shared.thread.versions if one.address not in gone)
    if not versions:
        return None
    thread = replace(
        shared.thread, versions=versions,
        signatures=tuple(one for one in shared.thread.signatures if one not in made and one.object not in gone),
        terminations=tuple(one for one in shared.thread.terminations if (one.object, one.by) not in _notices(item)),
    )  # fmt: skip
    return replace(
        shared, thread=thread, others=tuple(one for one in shared.others if one.address not in gone),
        issues=tuple(one for one in shared.issues if one not in made),
    )  # fmt: skip


def recipients(shared: Shared, me: frozenset[Identifier], *, came_from: Identifier | None = None) -> tuple[
    Identifier, ...
]:  # fmt: skip
    """Who is told of something new in a thread: by the owner all other parties but the one from whom it came; by
    everybody else only the owner."""
    if shared.owner not in me:
        return (shared.owner,)
    return tuple(sorted(one for one in shared.parties - me if one != came_from))


def addresses_in(item: Message) -> frozenset[Address]:
    """The addresses of all records in a message."""
    return frozenset(map(address_of, item.objects))


def _steps(item: Message, key_at: KeyAt, from_owner: bool, superiors: tuple[str, ...]) -> list[Step]:
    """The parts of a message as functions of the conversation, in the order in which they enter."""
    issues = tuple(one for one in item.signed if one.act is Act.ISSUE)
    steps = [_record(one, issues, item.thread, from_owner) for one in main(item)]
    tokens = [(type_of(one), one) for one in item.statements]
    if not any(typ == SEAL for typ, _ in tokens):  # with a seal the acceptances enter as its proofs
        steps += [_signature(one, from_owner) for one in item.signed if one.act is not Act.ISSUE]
    return steps + [_statement(typ, one, item, key_at, superiors) for typ, one in tokens]


def _record(record: Record, issues: tuple[Signature, ...], name: Identifier, from_owner: bool) -> Step:
    def step(now: Shared | None) -> Entered:
        if record.type in NEGOTIATED:
            return proposed(now, record, issues, name=name, from_owner=from_owner)
        if now is None:
            return Entered(shared=now)
        return (retracted if record.type is RecordType.TOMBSTONE else told)(now, record, issues)

    return step


def _signature(made: Signature, from_owner: bool) -> Step:
    return lambda now: Entered(shared=None) if now is None else signed(now, made, from_owner=from_owner)


def _statement(typ: str, token: str, item: Message, key_at: KeyAt, superiors: tuple[str, ...]) -> Step:
    keys = keys_for(token, key_at)

    def step(now: Shared | None) -> Entered:
        if now is None:
            return Entered(shared=None)
        if typ == SEAL:
            return sealed(now, open_seal(token, keys), item.signed)
        if typ == TERMINATION:
            return ended(now, open_termination(token, keys, thread=item.thread))
        return handed_over(now, open_hand_over(token, keys), superiors=superiors)

    return step


def _notices(item: Message) -> frozenset[tuple[object, object]]:
    """What a message gives notice of, and who gives it."""
    said = [jws.parse(one, "statement").payload for one in item.statements if type_of(one) == TERMINATION]
    return frozenset((one.get("object"), one.get("iss")) for one in said)
