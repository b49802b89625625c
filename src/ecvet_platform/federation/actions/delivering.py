"""Sending what lies in the outbox until there is a receipt: at least once.

The order within a thread is kept by its numbers: what comes early waits at the receiver.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from django.db import transaction

from ecvet.errors import EcvetError
from ecvet.federation import (
    MAX_BATCH,
    MAX_MESSAGES,
    Answer,
    Delivery,
    EntityConfiguration,
    Outcome,
    Receipt,
    Request,
    answer,
    consistent,
    fits,
    next_attempt,
    open_receipt,
    read,
    sign,
    split,
    write_batch,
)
from ecvet.federation.transport import JSON_TYPE
from ecvet.terms import Identifier, require
from ecvet_platform.federation import fetcher
from ecvet_platform.federation.actions import applying, ourselves, partners
from ecvet_platform.federation.errors import JournalRewritten, PartnerUnknown
from ecvet_platform.federation.store import messages
from ecvet_platform.federation.store import partners as known
from ecvet_platform.federation.store.messages import Sent
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock

ROOM: Final = 64
"""Bytes of a request beside the messages."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of an hour's or a minute's sending: messages with a receipt, refused ones among them, and failures."""

    arrived: int = 0
    refused: int = 0
    failed: int = 0

    def __add__(self, other: "Delivered") -> "Delivered":
        return Delivered(self.arrived + other.arrived, self.refused + other.refused, self.failed + other.failed)


def deliver(*, limit: int = 1000) -> Delivered:
    """Send everything that is due; one partner that does not answer holds no other up."""
    total = Delivered()
    waiting = sorted(messages.due(clock.now(), limit=limit), key=lambda one: (one.institution, one.entity, one.number))
    for (institution, entity), own in groupby(waiting, key=lambda one: (one.institution, one.entity)):
        total += _to_one(institution, entity, tuple(own))
    return total


def send(address: str, body: bytes, *, institution: Identifier, of: str) -> fetcher.Reply:
    """A signed request of an institution here to one elsewhere: POST with a body, GET without."""
    method = "POST" if body else "GET"
    fields: fetcher.Fields = (("content-type", JSON_TYPE),) if body else ()
    request = Request(method=method, target=address, fields=fields, body=body)
    added = sign(request, ourselves.key_of_requests(institution), at=clock.now(), nonce=chance.token())
    kind = "inbox" if body else "outbox"
    return fetcher.ask(method, address, of=of, kind=kind, fields=(*fields, *added), body=body)


# ------------------------------------------------------------- inside
def _to_one(institution: Identifier, entity: Identifier, waiting: tuple[Sent, ...]) -> Delivered:
    try:
        partner = partners.configuration_of(entity)
        if partner.endpoints is None:
            raise PartnerUnknown(entity=entity)
    except EcvetError as error:
        return _in_vain(waiting, str(error))
    total = Delivered()
    sizes = tuple(len(one.data) + 1 for one in waiting)
    for batch in split(sizes, most=MAX_MESSAGES, most_bytes=MAX_BATCH - ROOM):
        total += _batch(institution, partner, partner.endpoints.inbox, tuple(waiting[n] for n in batch))
        if total.failed:
            break  # whoever does not answer is not asked again at once
    return total


def _batch(institution: Identifier, partner: EntityConfiguration, inbox: str, batch: tuple[Sent, ...]) -> Delivered:
    items = [read(one.data) for one in batch]
    try:
        reply = send(inbox, write_batch(items), institution=institution, of=partner.id)
        what = answer(reply.status)
        if what is not Answer.RECEIPT:
            later = None if what is Answer.PERSON else _retry_after(reply)
            why = f"HTTP {reply.status}: {_title(reply)}"
            return _in_vain(batch, why, not_before=later, give_up=what is Answer.PERSON)
        tokens = json.loads(reply.body).get("receipts")
        if not isinstance(tokens, list) or len(tokens) != len(batch):
            return _in_vain(batch, "there is not one receipt for each message")
    except EcvetError as error:
        return _in_vain(batch, str(error))
    except (ValueError, AttributeError):
        return _in_vain(batch, "the answer is unreadable")
    total = Delivered()
    for sent, item, token in zip(batch, items, tokens, strict=True):
        try:
            if not isinstance(token, str):
                total += _in_vain((sent,), _title_of(token), give_up=not _passing(token))
                continue
            found = open_receipt(token, partner.by_kid, by=sent.entity)
            require(fits(found, item))
            _arrived(sent, token, found)
            total += Delivered(arrived=1, refused=found.outcome is Outcome.REFUSED)
        except EcvetError as error:
            total += _in_vain((sent,), str(error))
    return total


@transaction.atomic
def _arrived(sent: Sent, token: str, found: Receipt) -> None:
    """Keep a receipt; a version that was refused is void here too.

    A head that contradicts one shown before is told in the journal with both, for people to clear up; the message has
    arrived all the same, and what follows it is sent.
    """
    before = known.known(sent.entity)
    shown = before.head if before is not None else None
    newer = shown is None or found.head.n >= shown.n
    known.heard(sent.entity, at=clock.now(), head=found.head if newer else None)
    messages.arrived(
        sent.id, at=clock.now(), receipt=token, outcome=found.outcome.value,
        problem=dict(found.problem) if found.problem else None,
    )  # fmt: skip
    if found.outcome is Outcome.REFUSED:
        applying.void(sent)
    if shown is not None and found.head.n <= shown.n and not consistent(found.head, shown):
        error = JournalRewritten(entity=sent.entity, n=found.head.n)
        detail = {"n": found.head.n, "before": shown.hash, "now": found.head.hash, "message": sent.id}
        by = applying.Sender(person=sent.institution, institution=sent.institution)
        journal.write("network.rewritten", by=by, subject=sent.entity, detail={**detail, "said": str(error)})


def _in_vain(
    batch: Iterable[Sent], why: str, *, not_before: datetime | None = None, give_up: bool = False
) -> Delivered:  # fmt: skip
    now, count = clock.now(), 0
    for one in batch:
        tried = Delivery(since=one.since, attempts=one.attempts + 1, last=now)
        due = None if give_up else next_attempt(tried, chance.below(1000), not_before=not_before)
        messages.tried([one.id], at=now, due=due, why=why[:500])
        count += 1
    return Delivered(failed=count)


def _retry_after(reply: fetcher.Reply) -> datetime | None:
    text = reply.fields.get("retry-after", "")
    return clock.now() + timedelta(seconds=int(text)) if text.isdecimal() and len(text) < 7 else None


def _title(reply: fetcher.Reply) -> str:
    try:
        return _title_of(json.loads(reply.body))
    except ValueError:
        return "no reason was given"


def _passing(problem: object) -> bool:
    """Whether what went wrong with one message is the receiver's own trouble, which passes."""
    status = problem.get("status") if isinstance(problem, dict) else None
    return isinstance(status, int) and answer(status) is Answer.AGAIN and status >= 500


def _title_of(problem: object) -> str:
    found = problem.get("title") if isinstance(problem, dict) else None
    return found[:300] if isinstance(found, str) else "no reason was given"
