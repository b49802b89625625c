"""Rows ↔ messages: what was sent and what came, in which order, and what became of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError, connection, transaction
from django.db.models import Max, Q

from ecvet.federation import Line, Message
from ecvet.record import Address, Json
from ecvet.terms import Identifier
from ecvet_platform.federation.models import CameRow, CursorRow, EntityRow, EvidenceRow, NonceRow, SentRow, TieRow

STORED: Final = "stored"
"""Kept, and what it says has been done."""
OPEN: Final = "open"
"""Kept, and being done within this transaction."""
HELD: Final = "held"
"""Kept until what lies before it has come."""
QUARANTINED: Final = "quarantine"
"""A stranger's proposal that waits for people."""
REFUSED: Final = "refused"
"""Not in order: its receipt says why."""
FAILED: Final = "failed"
"""In order, but what it says is not possible: its sender was told by a message of the kind `error`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message to an institution elsewhere on its way, or arrived: then `receipt` is there."""

    id: Identifier
    institution: Identifier
    entity: Identifier
    thread: Identifier
    seq: int
    number: int
    kind: str
    data: bytes
    entry: int
    since: datetime
    attempts: int = 0
    last: datetime | None = None
    due: datetime | None = None
    receipt: str = ""
    outcome: str = ""
    problem: dict[str, Json] | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A message from an institution elsewhere, and what became of it."""

    entity: Identifier
    institution: Identifier
    message: Identifier
    thread: Identifier
    seq: int
    kind: str
    digest: Address
    data: bytes
    at: datetime
    state: str
    receipt: str
    problem: dict[str, Json] | None = None
    evidence: str = ""


_SENT: Final = tuple(Sent.__slots__)
_CAME: Final = tuple(Came.__slots__)


# ------------------------------------------------------------- sent
def last_places(institution: Identifier, entity: str, thread: Identifier) -> tuple[int, int]:
    """The last number of an institution's messages to another in a thread, and of all of them."""
    rows = SentRow.objects.filter(institution=institution, entity=entity)
    seq = rows.filter(thread=thread).aggregate(last=Max("seq"))["last"]
    return seq or 0, rows.aggregate(last=Max("number"))["last"] or 0


def add_sent(item: Sent) -> None:
    """Put a message into the outbox."""
    SentRow.objects.create(**{name: getattr(item, name) for name in _SENT})


def was_made(entry: int, institution: Identifier, entity: str) -> bool:
    """Whether an entry of the journal has become a message to somebody already."""
    return SentRow.objects.filter(entry=entry, institution=institution, entity=entity).exists()


def due(at: datetime, *, limit: int) -> tuple[Sent, ...]:
    """What is to be tried now, in the order in which it was made; what is held back is left out."""
    paused = TieRow.objects.filter(paused=True).values_list("institution", "entity_id")
    rows = SentRow.objects.filter(due__lte=at).order_by("since", "number")
    for institution, entity in paused:
        rows = rows.exclude(institution=institution, entity=entity)
    return _sent(rows.values(*_SENT)[:limit])


def tried(ids: Iterable[Identifier], *, at: datetime, due: datetime | None, why: str) -> None:
    """Note an attempt in vain, why, and when the next one is."""
    for row in SentRow.objects.filter(id__in=list(ids), receipt=""):
        row.attempts, row.last, row.due, row.why = row.attempts + 1, at, due, why
        row.save(update_fields=("attempts", "last", "due", "why"))


def arrived(
    name: Identifier, *, at: datetime, receipt: str, outcome: str, problem: dict[str, Json] | None
) -> None:  # fmt: skip
    """Note the receipt of a message."""
    SentRow.objects.filter(id=name).update(receipt=receipt, outcome=outcome, problem=problem, last=at, due=None, why="")


def refused(name: Identifier, problem: dict[str, Json]) -> None:
    """Note that what a message asked for was not possible where it arrived."""
    SentRow.objects.filter(id=name).update(outcome=FAILED, problem=problem)


def forget_in_sent(name: Identifier, data: bytes) -> None:
    """Keep a message that was sent without the person it brought."""
    SentRow.objects.filter(id=name).update(data=data)


def again(ids: Iterable[Identifier], *, at: datetime) -> int:
    """Try messages again from now on, as if they had just been made; how many."""
    return SentRow.objects.filter(id__in=list(ids), receipt="").update(due=at, since=at, attempts=0, last=None, why="")


def not_taken_in(thread: Identifier, entity: str) -> tuple[Sent, ...]:
    """What was sent in a thread to an institution elsewhere, which refused it or found it not possible."""
    rows = SentRow.objects.filter(thread=thread, entity=entity, outcome__in=("refused", FAILED)).order_by("number")
    return _sent(rows.values(*_SENT))


def unhappy(*, institution: Identifier | None = None) -> tuple[Sent, ...]:
    """What was refused, was not possible where it arrived, or has no receipt yet, the oldest first."""
    rows = SentRow.objects.exclude(outcome__in=("stored", "duplicate"))
    if institution is not None:
        rows = rows.filter(institution=institution)
    return _sent(rows.order_by("since", "number").values(*_SENT))


def outbox(institution: Identifier, entity: str, *, after: int, limit: int) -> tuple[Sent, ...]:
    """All messages from an institution to another after a number, in their order."""
    rows = SentRow.objects.filter(institution=institution, entity=entity, number__gt=after).order_by("number")
    return _sent(rows.values(*_SENT)[:limit])


def threads_with(institution: Identifier, entity: str) -> tuple[Identifier, ...]:
    """The documents about which an institution here has sent something to one elsewhere, or had something from it."""
    sent = SentRow.objects.filter(institution=institution, entity=entity).values_list("thread", flat=True)
    taken = CameRow.objects.filter(institution=institution, entity=entity, state=STORED)
    return tuple(sorted({Identifier(one) for one in (*sent, *taken.values_list("thread", flat=True))}))


def sent_in(thread: Identifier) -> tuple[Sent, ...]:
    """What was sent in a thread, the first one first."""
    return _sent(SentRow.objects.filter(thread=thread).order_by("since", "number").values(*_SENT))


def sent(name: Identifier) -> Sent | None:
    """A message that was sent, by its identifier."""
    return next(iter(_sent(SentRow.objects.filter(id=name).values(*_SENT))), None)


# ------------------------------------------------------------- came
def one_at_a_time(entity: str) -> None:
    """Messages of one sender are received one after the other, so that none waits for one that is already here."""
    if connection.features.has_select_for_update:
        EntityRow.objects.select_for_update().filter(entity=entity).values_list("entity").first()


def came(entity: str, message: Identifier) -> Came | None:
    """The message of an institution elsewhere with an identifier."""
    return next(iter(_came(CameRow.objects.filter(entity=entity, message=message).values(*_CAME))), None)


def at_place(entity: str, institution: Identifier, thread: Identifier, seq: int) -> Address | None:
    """The digest of the message that has a number in a thread."""
    rows = CameRow.objects.filter(entity=entity, institution=institution, thread=thread, seq=seq)
    found = rows.exclude(state=REFUSED).values_list("digest", flat=True).first()
    return Address(found) if found else None


def line(entity: str, institution: Identifier, thread: Identifier) -> Line:
    """Where a sender stands in a thread: what is next, and what waits for it.

    What was refused has had its place and its answer: nothing waits for it, or one refusal would end the conversation.
    """
    rows = CameRow.objects.filter(entity=entity, institution=institution, thread=thread)
    aside = Q(state__in=(HELD, REFUSED))
    found = rows.aggregate(done=Max("seq", filter=~aside), last=Max("seq", filter=aside))
    done = found["done"] or 0
    if (found["last"] or 0) <= done:
        return Line(next=done + 1)
    beyond = rows.filter(aside, seq__gt=done).values_list("seq", "state")
    waiting = frozenset(seq for seq, state in beyond if state == HELD)
    passed = {seq for seq, state in beyond if state == REFUSED} - waiting
    while done + 1 in passed:
        done += 1
    return Line(next=done + 1, waiting=waiting)


def add_came(item: Came) -> None:
    """Keep a message that has come."""
    CameRow.objects.create(**{name: getattr(item, name) for name in _CAME})


def receipted(item: Came, receipt: str) -> None:
    """Keep the receipt that was given."""
    CameRow.objects.filter(entity=item.entity, message=item.message).update(receipt=receipt)


def became(item: Came, state: str, *, problem: dict[str, Json] | None = None) -> None:
    """Note what became of a message that was kept."""
    CameRow.objects.filter(entity=item.entity, message=item.message).update(state=state, problem=problem)


def forget_in_came(item: Came, data: bytes) -> None:
    """Keep a message that has come without the person it brought; its digest stays that of what came."""
    CameRow.objects.filter(entity=item.entity, message=item.message).update(data=data)


def held(entity: str, institution: Identifier, thread: Identifier, seq: int) -> Came | None:
    """The message with a number that waits for its turn."""
    rows = CameRow.objects.filter(entity=entity, institution=institution, thread=thread, seq=seq, state=HELD)
    return next(iter(_came(rows.values(*_CAME))), None)


def in_state(state: str, *, institution: Identifier | None = None, limit: int = 200) -> tuple[Came, ...]:
    """Messages of which this became, the oldest first."""
    rows = CameRow.objects.filter(state=state)
    if institution is not None:
        rows = rows.filter(institution=institution)
    return _came(rows.order_by("id").values(*_CAME)[:limit])


def came_in(thread: Identifier) -> tuple[Came, ...]:
    """What has come in a thread, the first one first."""
    return _came(CameRow.objects.filter(thread=thread).order_by("id").values(*_CAME))


def came_lately(entity: str, since: datetime) -> int:
    """How many messages of somebody wait for people since a moment."""
    return CameRow.objects.filter(entity=entity, state=QUARANTINED, at__gte=since).count()


def came_from(entity: str, institution: Identifier, *, limit: int = 100) -> tuple[Came, ...]:
    """What has come from an institution elsewhere, the latest first."""
    rows = CameRow.objects.filter(entity=entity, institution=institution).order_by("-id")
    return _came(rows.values(*_CAME)[:limit])


def sent_to(institution: Identifier, entity: str, *, limit: int = 100) -> tuple[Sent, ...]:
    """What was sent to an institution elsewhere, the latest first."""
    rows = SentRow.objects.filter(institution=institution, entity=entity).order_by("-number")
    return _sent(rows.values(*_SENT)[:limit])


def with_gaps(before: datetime) -> tuple[tuple[Identifier, Identifier], ...]:
    """The institutions here and senders elsewhere between whom something has waited since a moment."""
    rows = CameRow.objects.filter(state=HELD, at__lte=before).values_list("institution", "entity").distinct()
    return tuple((Identifier(institution), Identifier(entity)) for institution, entity in rows)


# ------------------------------------------------------------- nonces, cursors, evidence
def seen(keyid: str, nonce: str, *, forget: datetime) -> bool:
    """Whether a nonce was seen before; if not, it is from now on."""
    try:
        with transaction.atomic():
            NonceRow.objects.create(keyid=keyid, nonce=nonce, forget=forget)
    except IntegrityError:
        return True
    return False


def forget_nonces(before: datetime) -> int:
    """Forget the nonces that need not be known any more; how many."""
    return NonceRow.objects.filter(forget__lt=before).delete()[0]


def cursor(name: str) -> int:
    """How far a follower has read, held until the transaction ends so that two do not follow at once."""
    CursorRow.objects.get_or_create(name=name)
    return CursorRow.objects.select_for_update().get(name=name).n


def position(name: str) -> int:
    """How far something was read; 0 from the beginning."""
    return CursorRow.objects.filter(name=name).values_list("n", flat=True).first() or 0


def set_position(name: str, n: int) -> None:
    """Note how far something was read."""
    CursorRow.objects.update_or_create(name=name, defaults={"n": n})


def move(name: str, n: int) -> None:
    """Note how far a follower has read."""
    CursorRow.objects.filter(name=name).update(n=n)


def keep_evidence(address: Address, data: bytes) -> None:
    """Keep what was known of a partner, once."""
    EvidenceRow.objects.get_or_create(address=address, defaults={"data": data})


def evidence(address: str) -> bytes | None:
    """What was known of a partner, by its address."""
    found = EvidenceRow.objects.filter(address=address).values_list("data", flat=True).first()
    return bytes(found) if found else None


# ------------------------------------------------------------- inside
def _sent(rows: Iterable[dict[str, object]]) -> tuple[Sent, ...]:
    return tuple(Sent(**{**row, "data": bytes(row["data"])}) for row in rows)  # type: ignore[call-overload]


def _came(rows: Iterable[dict[str, object]]) -> tuple[Came, ...]:
    return tuple(Came(**{**row, "data": bytes(row["data"])}) for row in rows)  # type: ignore[call-overload]


def to_send(item: Message, institution: Identifier, *, number: int, entry: int, at: datetime) -> Sent:
    """A message as it enters the outbox, to be tried at once."""
    return Sent(
        id=item.id, institution=institution, entity=item.to, thread=item.thread, seq=item.seq, number=number,
        kind=item.kind.value, data=item.data, entry=entry, since=at, due=at,
    )  # fmt: skip
