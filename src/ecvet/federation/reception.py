"""What the receiver of a message does with it: one table of rules, the first that has an answer decides.

Receiving is not processing: a message that is in order is stored and gets its receipt, even when what it says is too
late for the document (then the sender is told by a message of the kind `error`). Refused is what is not in order; the
refusal is a receipt too, so that the same message gets the same answer for ever. Keys, standings and what is held come
from the caller; nothing is fetched here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

from ecvet.errors import EcvetError
from ecvet.federation import proofs
from ecvet.federation.errors import (
    MessageTooLong,
    MessageUnfit,
    NotAParty,
    NotForUs,
    NotYoursToSay,
    PersonDoesNotFit,
    SenderNotCaller,
    StrangerMayNot,
    TooOften,
)
from ecvet.federation.kinds import KINDS, Kind, Whose
from ecvet.federation.message import Message
from ecvet.federation.order import Arrival, Line, arrival
from ecvet.federation.proofs import KeyAt
from ecvet.federation.sealing import parties_of
from ecvet.federation.shared import Shared
from ecvet.federation.standing import Standing, Trust
from ecvet.record import Address, RecordType
from ecvet.saying import say
from ecvet.terms import Failure, Identifier

AHEAD: Final = 1000
"""How far ahead of the next number a message may be and still be kept until its turn."""

STRANGER_PROPOSALS: Final = 5
STRANGER_WINDOW: Final = timedelta(days=1)
"""How many proposals of one stranger are kept for people to look at, in which time."""


class Deed(StrEnum):
    """What is done with a message."""

    STORE = "store"
    """Keep it and process it."""
    HOLD = "hold"
    """Keep it, and process it when what lies before it has come; ask the sender's outbox for that."""
    REPEAT = "repeat"
    """Give the receipt that was given before; nothing else happens."""
    QUARANTINE = "quarantine"
    """Keep it for people to look at; it has no effect until they accept the stranger."""
    REFUSE = "refuse"
    """Keep that it came and why it was refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is done, and why not, where it is refused."""

    deed: Deed
    reason: EcvetError | None = None


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What the receiver knows when a message comes.

    `caller` is the entity that has signed the request, `sender` its standing; `here` are the entities that receive
    here and the institutions for which they speak. `same_id` and `same_place` are digests of earlier messages (see
    `order.arrival`), `line` is where the sender stands in the thread; `shared` is the conversation. `key_at` finds keys
    of everybody who is known. `lately` counts the proposals of a stranger within the window.
    """

    caller: str
    sender: Standing
    here: frozenset[Identifier]
    now: datetime
    key_at: KeyAt
    same_id: Address | None = None
    same_place: Address | None = None
    line: Line = field(default_factory=Line)
    shared: Shared | None = None
    lately: int = 0


Rule: TypeAlias = Callable[[Message, Circumstances], "Decision | None"]


def receive(item: Message, known: Circumstances) -> Decision:
    """What is done with a message that comes: the answer of the first rule that has one, else it is stored."""
    return _first(RULES, item, known)


def examine(item: Message, known: Circumstances) -> EcvetError | None:
    """Why a message that was held must not be processed now that its turn has come; None when it may be.

    Who may say what depends on what lies before it, so it could not be judged when it came. The sender is told by a
    message of the kind `error`.
    """
    return _first(IN_TURN, item, known).reason


def _first(rules: "Mapping[str, Rule]", item: Message, known: Circumstances) -> Decision:
    for rule in rules.values():
        try:
            decision = rule(item, known)
        except EcvetError as error:
            return Decision(deed=Deed.REFUSE, reason=error)
        if decision is not None:
            return decision
    return Decision(deed=Deed.STORE)


def _addressee(item: Message, known: Circumstances) -> Decision | None:
    return None if item.to in known.here else _refuse(NotForUs(to=item.to))


def _sender(item: Message, known: Circumstances) -> Decision | None:
    same = item.sender == known.caller == known.sender.entity
    return None if same else _refuse(SenderNotCaller(sender=item.sender, caller=known.caller))


def _repetition(item: Message, known: Circumstances) -> Decision | None:
    how = arrival(item, same_id=known.same_id, same_place=known.same_place)
    if isinstance(how, Failure):
        return _refuse(how.reason)
    return Decision(deed=Deed.REPEAT) if how is Arrival.REPEATED else None


def _contents(item: Message, known: Circumstances) -> Decision | None:
    """What the kind carries, and nothing else (`kinds.KINDS`)."""
    carries, kind = KINDS[item.kind], item.kind
    main = proofs.main(item)
    if len(main) != bool(carries.record) or any(one.type not in carries.record for one in main):
        return _refuse(MessageUnfit(kind=kind, why=say("it does not carry exactly the record that belongs to it")))
    strange = [one.act for one in item.signed if one.act not in carries.acts]
    if strange:
        return _refuse(
            MessageUnfit(kind=kind, why=say("it does not carry a signature that says “{strange}”", strange=strange[0]))
        )
    if proofs.types(item) - carries.statements:
        return _refuse(MessageUnfit(kind=kind, why=say("it carries a statement that belongs to another kind")))
    if (item.note is not None) != carries.note:
        return _refuse(
            MessageUnfit(kind=kind, why=say("a note belongs to it") if carries.note else say("it carries a note"))
        )
    empty = not carries.record and not carries.note and not item.statements and not item.signatures
    return _refuse(MessageUnfit(kind=kind, why=say("it says nothing"))) if empty else None


def _persons(item: Message, known: Circumstances) -> Decision | None:
    committed = {one.record.person_ref for one in item.records}
    for one in item.persons:
        if one.ref not in committed or not one.fits():
            return _refuse(PersonDoesNotFit(ref=one.ref))
    return None


def _stranger(item: Message, known: Circumstances) -> Decision | None:
    """A stranger may propose a memorandum to us, a few times; people look at it before anything follows."""
    if known.sender.level is not Trust.UNKNOWN:
        return None
    first = next(iter(proofs.main(item)), None)
    if item.kind is not Kind.PROPOSE or first is None or first.type is not RecordType.MOU:
        return _refuse(StrangerMayNot(caller=known.caller))
    named = known.sender.configuration.institutions if known.sender.configuration is not None else frozenset()
    if first.author not in named | {item.sender} or not parties_of(first) & (known.here | {item.to}):
        return _refuse(NotAParty(caller=known.caller))
    if known.lately >= STRANGER_PROPOSALS:
        window = f"{STRANGER_WINDOW.days} day"
        return _refuse(TooOften(caller=known.caller, count=known.lately, limit=STRANGER_PROPOSALS, window=window))
    proofs.check(item, known.key_at, known.sender, known.shared, known.now)
    return Decision(deed=Deed.QUARANTINE)


def _parties(item: Message, known: Circumstances) -> Decision | None:
    """Both sides take part in the document: in the one that is here, or in the version that founds it."""
    parties = known.shared.parties if known.shared is not None else frozenset[Identifier]()
    if item.kind is Kind.PROPOSE:
        parties |= parties_of(proofs.main(item)[0])
    elif known.shared is None:
        return _refuse(NotAParty(caller=known.caller))
    ours = parties & (known.here | {item.to})
    theirs = any(known.sender.speaks_for(one) for one in parties)
    return None if ours and theirs else _refuse(NotAParty(caller=known.caller))


def _whose(item: Message, known: Circumstances) -> Decision | None:
    """Who may send the kind. The owner may send everything, because it forwards what others have sent to it; the others
    send to the owner only."""
    if known.shared is None or known.sender.speaks_for(known.shared.owner):
        return None
    if known.shared.owner not in known.here and not proofs.hands_over(item):
        return _refuse(NotYoursToSay(kind=item.kind, whose=known.shared.owner, caller=known.caller))
    whose = KINDS[item.kind].from_
    if whose is Whose.OWNER and not proofs.hands_over(item):
        return _refuse(NotYoursToSay(kind=item.kind, whose=known.shared.owner, caller=known.caller))
    if whose is Whose.AUTHOR:
        author = proofs.main(item)[0].author
        if not known.sender.speaks_for(author):
            return _refuse(NotYoursToSay(kind=item.kind, whose=author, caller=known.caller))
    return None


def _proofs(item: Message, known: Circumstances) -> Decision | None:
    proofs.check(item, known.key_at, known.sender, known.shared, known.now)
    return None


def _order(item: Message, known: Circumstances) -> Decision | None:
    if item.seq >= known.line.next + AHEAD:
        gap = f"{item.seq - known.line.next} messages"
        return _refuse(MessageTooLong(what="the gap before this message", found=gap, limit=AHEAD))
    return Decision(deed=Deed.HOLD) if item.seq > known.line.next else None


IN_TURN: Final[Mapping[str, Rule]] = {
    "both sides are parties": _parties,
    "it is the sender's to say": _whose,
    "every signature fits and counts": _proofs,
}
"""What depends on everything that lies before: judged when it is the message's turn."""

RULES: Final[Mapping[str, Rule]] = {
    "the addressee is here": _addressee,
    "the sender has signed the request": _sender,
    "a repetition gets the same receipt": _repetition,
    "the kind carries what belongs to it": _contents,
    "persons fit their commitments": _persons,
    "a stranger only proposes a memorandum": _stranger,
    "what comes early waits": _order,
    **IN_TURN,
}
"""In this order. The cheap ones stand first, and nothing is told about a document to who is not a party of it."""


def _refuse(reason: EcvetError) -> Decision:
    return Decision(deed=Deed.REFUSE, reason=reason)
