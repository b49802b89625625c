"""How it stands with partners: what was sent and what came, in words for people, and what they can do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from ecvet.federation import (
    Delivery,
    JournalHead,
    Kind,
    Message,
    Outcome,
    Shown,
    Trust,
    for_a_person,
    main,
    message,
    problem,
    read,
    shown,
)
from ecvet.federation.receipt import Receipt
from ecvet.record import Address, Json
from ecvet.record.canonical import JsonObject
from ecvet.terms import Identifier
from ecvet_platform.federation.actions import inbox, ourselves, partners
from ecvet_platform.federation.actions.connecting import mine_of
from ecvet_platform.federation.errors import MessageNotWaiting, NotTakenIn, PartnerUnknown
from ecvet_platform.federation.store import messages
from ecvet_platform.federation.store import partners as store
from ecvet_platform.federation.store.messages import FAILED, HELD, QUARANTINED, REFUSED, STORED, Came, Sent
from ecvet_platform.federation.store.partners import Known, Tie
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.journal import store as entries
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications.naming import fold

STATES: Final = (STORED, HELD, QUARANTINED, REFUSED, FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One partner of an institution here, as the list shows it."""

    tie: Tie
    known: Known
    level: Trust
    waiting: int = 0
    stuck: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Out:
    """A message that was sent: what people see of it, whether it is for them to decide, and what stood in the way."""

    item: Sent
    shown: Shown
    stuck: bool
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Into:
    """A message that came, and what became of it."""

    item: Came
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """All about one partner: level, keys, messages."""

    line: Line
    institution: Identifier
    out: tuple[Out, ...]
    into: tuple[Into, ...]


def partners_of(*, actor: Actor, search: str = "") -> tuple[Line, ...]:
    """The institutions elsewhere to which the actor's is tied, by name. Raises `NotYourRole`."""
    mine, now = mine_of(actor), clock.now()
    known = {one.entity: one for one in store.everybody()}
    words = fold(search).split()
    found = []
    for tie in store.ties(mine):
        one = known[tie.entity]
        if all(word in fold(f"{one.name} {one.entity}") for word in words):
            found.append(_line(tie, one, mine, now))
    return tuple(found)


def partner(entity: Identifier, *, actor: Actor, limit: int = 50) -> Partner:
    """One partner with what was sent and what came, the latest first. Raises `PartnerUnknown`, `NotYourRole`."""
    mine, now = mine_of(actor), clock.now()
    tie, known = store.tie(mine, entity), store.known(entity)
    if tie is None or known is None:
        raise PartnerUnknown(entity=entity)
    speaks = partners.institution_of(entity) or Identifier(entity)
    return Partner(
        line=_line(tie, known, mine, now), institution=speaks,
        out=tuple(_out(one, now, paused=tie.paused) for one in messages.sent_to(mine, entity, limit=limit)),
        into=tuple(_into(one) for one in messages.came_from(entity, mine, limit=limit)),
    )  # fmt: skip


def stuck(*, actor: Actor) -> tuple[tuple[Known, int], ...]:
    """The partners whom messages do not reach any more, so that a person has to decide, and how many."""
    counts = store.given_up(mine_of(actor))
    return tuple((one, counts[one.entity]) for one in store.named(counts)) if counts else ()


@transaction.atomic
def send_again(entity: Identifier, *, actor: Actor, ids: Iterable[Identifier] = ()) -> int:
    """Try what has no receipt again from now on: the messages named, or all to the partner; how many."""
    mine = mine_of(actor)
    if store.tie(mine, entity) is None:
        raise PartnerUnknown(entity=entity)
    open_ones = {one.id for one in messages.sent_to(mine, entity, limit=10_000) if not one.receipt}
    chosen = open_ones.intersection(ids) if ids else open_ones
    count = messages.again(sorted(chosen), at=clock.now())
    detail: dict[str, object] = {"institution": mine, "messages": count}
    journal.write("network.send-again", by=actor, subject=entity, detail=detail)
    return count


# ------------------------------------------------------------- strangers' proposals
def quarantine(*, actor: Actor) -> tuple[tuple[Came, str], ...]:
    """Proposals of strangers that wait for people of the actor's institution, with the names that they give."""
    mine = mine_of(actor)
    found = messages.in_state(QUARANTINED, institution=mine)
    names = {one.entity: one.name for one in store.everybody()}
    return tuple((one, names.get(one.entity, one.entity)) for one in found)


def proposal(name: str, *, actor: Actor) -> tuple[Came, Message, dict[str, Json]]:
    """A stranger's proposal with its terms, to be read before anything is decided. Raises `MessageNotWaiting`."""
    came = _waiting(name, mine_of(actor))
    item = read(came.data)
    return came, item, {name: one for record in main(item) for name, one in record.terms.items()}


def level(entity: str, *, actor: Actor) -> Trust:
    """How well the actor's institution knows one elsewhere now."""
    return partners.standing(entity, mine_of(actor), clock.now()).level


@transaction.atomic
def accept(name: str, *, actor: Actor) -> None:
    """Let a proposal in, once who made it was confirmed. Raises `MessageNotWaiting`, `PartnerUnknown`."""
    mine = mine_of(actor)
    came = _waiting(name, mine)
    if partners.standing(came.entity, mine, clock.now()).level is Trust.UNKNOWN:
        raise PartnerUnknown(entity=came.entity)
    inbox.let_in(came.entity, came.message)
    journal.write("network.let-in", by=actor, subject=came.thread, detail={"entity": came.entity})


@transaction.atomic
def refuse(name: str, *, actor: Actor) -> None:
    """Refuse a proposal; its sender is told that it was not taken in. Raises `MessageNotWaiting`."""
    came = _waiting(name, mine_of(actor))
    said = problem(NotTakenIn())
    messages.became(came, FAILED, problem=said)
    _answer(came, said)
    journal.write("network.keep-out", by=actor, subject=came.thread, detail={"entity": came.entity})


# ------------------------------------------------------------- inside
def _answer(came: Came, said: dict[str, Json]) -> None:
    """Tell who proposed, by a message of the kind `error`."""
    seq, number = messages.last_places(came.institution, came.entity, came.thread)
    made = message(
        Kind.ERROR, id=chance.new_identifier(), sender=ourselves.entity_of(came.institution), to=came.entity,
        seq=seq + 1, thread=came.thread, note=JsonObject(said), in_reply_to=came.message,
    )  # fmt: skip
    n, _ = entries.head_of_chain()
    messages.add_sent(messages.to_send(made, came.institution, number=number + 1, entry=n, at=clock.now()))


def _waiting(name: str, mine: Identifier) -> Came:
    for one in messages.in_state(QUARANTINED, institution=mine):
        if one.message == name:
            return one
    raise MessageNotWaiting()


def _line(tie: Tie, known: Known, mine: Identifier, now: datetime) -> Line:
    level = partners.standing(known.entity, mine, now).level
    open_ones, stuck = store.unanswered(mine, known.entity)
    return Line(tie=tie, known=known, level=level, waiting=open_ones, stuck=stuck)


def _out(one: Sent, now: datetime, *, paused: bool) -> Out:
    delivery = Delivery(
        since=one.since, attempts=one.attempts, last=one.last, receipt=_receipt(one), paused=paused
    )  # fmt: skip
    stuck = for_a_person(delivery, now) or (one.due is None and not one.receipt)
    why, remedy = _words(one.problem)
    return Out(item=one, shown=shown(delivery, now), stuck=stuck, problem=why or one.why, remedy=remedy)


def _receipt(one: Sent) -> Receipt | None:
    """As much of the receipt as what people see depends on; its signature was checked when it came."""
    if not one.receipt:
        return None
    head = JournalHead(n=0, hash=Address(""))
    return Receipt(by=one.entity, message=one.id, digest=Address(""), outcome=Outcome(one.outcome),
                   at=one.last or one.since, head=head)  # fmt: skip


def _into(one: Came) -> Into:
    why, remedy = _words(one.problem)
    return Into(item=one, problem=why, remedy=remedy)


def _words(problem: dict[str, Json] | None) -> tuple[str, str]:
    found = problem or {}
    return str(found.get("title", "")), str(found.get("detail", ""))
