"""What comes from institutions elsewhere: who called, what is done with each message, and the receipt for it.

Receiving and doing what a message says happen in one transaction. A message that is in order but asks for what is not
possible is kept and its sender told (`error`), so that nothing is lost and nothing happens twice.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from ecvet.errors import EcvetError
from ecvet.federation import (
    Caller,
    Circumstances,
    Deed,
    JournalHead,
    KeyAt,
    Kind,
    Message,
    Outcome,
    Request,
    Shared,
    Standing,
    Trust,
    caller_named,
    check,
    evidence,
    examine,
    from_json,
    message,
    problem,
    read,
    read_batch,
    receipt_for,
    receive,
    sign_receipt,
)
from ecvet.federation.errors import CallerUnknown
from ecvet.federation.reception import STRANGER_WINDOW
from ecvet.record import Address, Json, VerificationKey
from ecvet.record.canonical import JsonObject
from ecvet.terms import Identifier
from ecvet_platform.federation.actions import applying, conversation, ourselves, partners
from ecvet_platform.federation.errors import NotNow
from ecvet_platform.federation.store import messages
from ecvet_platform.federation.store.messages import FAILED, HELD, OPEN, QUARANTINED, REFUSED, STORED, Came
from ecvet_platform.journal import chance, clock
from ecvet_platform.journal import store as journal

log: Final = logging.getLogger(__name__)

OUTCOMES: Final = {
    Deed.STORE: (OPEN, Outcome.STORED),
    Deed.HOLD: (HELD, Outcome.STORED),
    Deed.QUARANTINE: (QUARANTINED, Outcome.STORED),
    Deed.REFUSE: (REFUSED, Outcome.REFUSED),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """Who has signed a request to an institution here; `proof` is what is kept with each message of it."""

    caller: Caller
    institution: Identifier
    standing: Standing
    proof: tuple[Address, bytes]


def who(request: Request, entity: str) -> Called:
    """Who has signed a request to an address here; the nonce is used up.

    Whoever calls with a key that is not known is asked who it is, outside of the transaction, and then looked at again.
    Raises `InstitutionUnknown`, and what `ecvet.federation.check` raises.
    """
    try:
        return _who(request, entity)
    except CallerUnknown:
        partners.reach_for_key(caller_named(request))
        return _who(request, entity)


@transaction.atomic
def _who(request: Request, entity: str) -> Called:
    institution, now = ourselves.institution_at(entity), clock.now()
    found = check(request, key_of=lambda kid: partners.of_requests(kid, now), now=now, seen=lambda kid, nonce: False)
    partners.use_up(found)
    return _called(found, institution, now)


def take_in(called: Called, body: bytes) -> tuple[Json, ...]:
    """Receive the messages of a request; a receipt for each, or a problem in the place of one that is unreadable.

    Each in a transaction of its own, which holds the document before the journal as everybody's does; so no two wait
    for each other, and a fault of ours with one message (told as such, and sent again) holds no other up.
    Raises `MessageUnreadable`, `MessageTooLong` for the request as a whole.
    """
    answers: list[Json] = []
    for said in read_batch(body):
        try:
            item = from_json(said)
        except EcvetError as error:
            answers.append(problem(error))
            continue
        try:
            answers.append(_one(item, called))
        except Exception:
            log.exception("message %s of %s", item.id, called.caller.entity)
            answers.append(problem(NotNow()))
    return tuple(answers)


def asked(entity: Identifier, institution: Identifier) -> Called:
    """Whose outbox was asked: what it hands out counts as if it had called."""
    now = clock.now()
    return _called(Caller(entity=entity, keyid=f"{entity}#outbox", nonce="", forget=now), institution, now)


def pulled(called: Called, said: JsonObject) -> None:
    """Receive a message that was fetched from its sender's outbox. Raises `MessageUnreadable`, `MessageTooLong`."""
    _one(from_json(said), called)


@transaction.atomic
def let_in(entity: str, name: Identifier) -> None:
    """Do what a stranger's message says that waited for people, now that they have confirmed who it is."""
    found = messages.came(entity, name)
    if found is not None and found.state == QUARANTINED:
        _do(found, read(found.data), conversation.shared(found.thread))
        _next(found)


def _called(caller: Caller, institution: Identifier, at: datetime) -> Called:
    standing = partners.standing(caller.entity, institution, at)
    known = evidence(standing)
    return Called(caller=caller, institution=institution, standing=standing, proof=(known.address, known.data))


def _lately(called: Called) -> int:
    if called.standing.level is not Trust.UNKNOWN:
        return 0
    return messages.came_lately(called.caller.entity, clock.now() - STRANGER_WINDOW)


def _keys(sender: Standing) -> KeyAt:
    """The keys of everybody who is entered here; those of a stranger count for what waits for people.

    It may bring keys under the names of its own institutions only, and of none that is known here.
    """
    own = sender.configuration
    if sender.level is not Trust.UNKNOWN or own is None:
        return partners.key_at
    names = own.institutions | {own.id}

    def find(kid: str, at: datetime) -> VerificationKey | None:
        holder = kid.partition("#")[0]
        known = partners.key_at(kid, at)
        if known is not None or holder not in names or partners.key_at(holder, at) is not None:
            return known
        return own.key(kid, at)

    return find


# ------------------------------------------------------------- one message
@transaction.atomic
def _one(item: Message, called: Called) -> str:
    entity, institution = called.caller.entity, called.institution
    messages.one_at_a_time(entity)
    before = messages.came(entity, item.id)
    place = messages.at_place(entity, institution, item.thread, item.seq)
    shared = conversation.shared(item.thread)
    known = Circumstances(
        caller=entity, sender=called.standing, here=frozenset({ourselves.entity_of(institution), institution}),
        now=clock.now(), key_at=_keys(called.standing), same_id=before.digest if before else None,
        same_place=place if before is None else None, line=messages.line(entity, institution, item.thread),
        shared=shared, lately=_lately(called),
    )  # fmt: skip
    decision = receive(item, known)
    if decision.deed is Deed.REPEAT:
        assert before is not None
        if known.line.waiting:
            _next(before)
        return before.receipt
    state, outcome = OUTCOMES[decision.deed]
    said = problem(decision.reason) if decision.reason is not None else None
    if before is not None:  # another content under the identifier: told, and what was kept stays
        return _receipt(item, institution, Outcome.REFUSED, said)
    kept = _keep(item, called, state, said)
    if decision.deed is Deed.STORE:
        _do(kept, item, shared)
    if known.line.waiting and decision.deed in (Deed.STORE, Deed.REFUSE):
        _next(kept)
    token = _receipt(item, institution, outcome, said)
    messages.receipted(kept, token)
    return token


def _keep(item: Message, called: Called, state: str, said: dict[str, Json] | None) -> Came:
    address, data = called.proof
    messages.keep_evidence(address, data)
    kept = Came(
        entity=Identifier(called.caller.entity), institution=called.institution, message=item.id, thread=item.thread,
        seq=item.seq, kind=item.kind.value, digest=item.digest, data=item.data, at=clock.now(), state=state, receipt="",
        problem=said, evidence=address,
    )  # fmt: skip
    messages.add_came(kept)
    return kept


def _receipt(item: Message, institution: Identifier, outcome: Outcome, said: dict[str, Json] | None) -> str:
    n, hash_ = journal.head_of_chain()
    made = receipt_for(item, outcome, at=clock.now(), head=JournalHead(n=n, hash=hash_), problem=said)
    return sign_receipt(made, ourselves.key_of_requests(institution))


def _do(kept: Came, item: Message, shared: Shared | None) -> None:
    """Do what a message says, all of it or nothing; where it is not possible, tell its sender why."""
    try:
        with transaction.atomic():
            applying.apply(item, kept, shared)
    except EcvetError as error:
        said = problem(error)
        messages.became(kept, FAILED, problem=said)
        if item.kind is not Kind.ERROR:
            _tell(kept, item, said)
    else:
        messages.became(kept, STORED)


def _next(kept: Came) -> None:
    """Do what waited for this message, in order; what is not in order when its turn comes is told to its sender."""
    while True:
        line = messages.line(kept.entity, kept.institution, kept.thread)
        waiting = messages.held(kept.entity, kept.institution, kept.thread, line.next)
        if waiting is None:
            return
        item = read(waiting.data)
        now = clock.now()
        known = Circumstances(
            caller=kept.entity, sender=partners.standing(kept.entity, kept.institution, now),
            here=frozenset({ourselves.entity_of(kept.institution), kept.institution}), now=now,
            key_at=partners.key_at, line=line,
            shared=conversation.shared(item.thread),
        )  # fmt: skip
        reason = examine(item, known)
        if reason is not None:
            said = problem(reason)
            messages.became(waiting, FAILED, problem=said)
            _tell(waiting, item, said)
        else:
            _do(waiting, item, known.shared)


def _tell(kept: Came, item: Message, said: dict[str, Json]) -> None:
    """Put an `error` about a message into the outbox, in answer to it."""
    journal.hold()
    seq, number = messages.last_places(kept.institution, kept.entity, item.thread)
    made = message(
        Kind.ERROR, id=chance.new_identifier(), sender=ourselves.entity_of(kept.institution), to=kept.entity,
        seq=seq + 1, thread=item.thread, note=JsonObject(said), in_reply_to=item.id,
    )  # fmt: skip
    n, _ = journal.head_of_chain()
    messages.add_sent(messages.to_send(made, kept.institution, number=number + 1, entry=n, at=clock.now()))
