"""The journal is the outbox: what institutions here did in a document with others elsewhere becomes messages.

A follower reads the journal with a cursor of its own, so that nobody waits for another server and nothing is lost when
this one stops. Which entry becomes which kind of message stands in a table.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from django.db import transaction

from ecvet.credit.transcript import Transcript
from ecvet.federation import Beside, Kind, Message, Shared, message, recipients, sign_termination
from ecvet.mobility import Role
from ecvet.mobility import read as agreement_of
from ecvet.record import Act, Address, Record, RecordType, Signature, value
from ecvet.record.canonical import JsonObject
from ecvet.terms import Identifier
from ecvet_platform.federation.actions import conversation, ourselves
from ecvet_platform.federation.store import messages
from ecvet_platform.institutions.actions import keys as signing
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.journal import store as records
from ecvet_platform.journal.chain import Entry
from ecvet_platform.mobility.store import agreements, learners
from ecvet_platform.qualifications import actions as qualifications

CURSOR: Final = "journal"

ERASURE: Final = "erasure"
"""What the note says with which a learner's home tells that she was erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a message carries."""

    kind: Kind
    records: tuple[Record, ...] = ()
    signatures: tuple[Signature, ...] = ()
    statements: tuple[str, ...] = ()
    persons: tuple[Beside, ...] = ()
    note: JsonObject | None = None


def follow_all() -> int:
    """Read everything that was done since the last time, in steps; how many messages it has become."""
    made = 0
    while True:
        before, found = messages.position(CURSOR), follow()
        made += found
        if messages.position(CURSOR) == before:
            return made


@transaction.atomic
def follow(*, limit: int = 100) -> int:
    """Read what was done since the last time, and put into the outbox what follows for others; how many messages."""
    after, made = messages.cursor(CURSOR), 0
    records.hold()  # messages are numbered without gaps, also while others come in
    here = register.here()
    entries = journal.read(after=after, limit=limit)
    for entry in entries:
        if entry.verb == "learner.erase" and (entry.institution is None or entry.institution in here):
            lines = agreements.of_learner(entry.subject)
            made += sum(_tell(replace(entry, subject=one.thread), _erasure) for one in lines)
            continue
        parts_of = TABLE.get(entry.verb) or (_event if entry.verb.startswith("stay.") else None)
        if parts_of is not None and (entry.institution is None or entry.institution in here):
            made += _tell(entry, parts_of)
    if entries:
        messages.move(CURSOR, entries[-1].n)
    return made


def forward(item: Message, found: Shared, *, came_from: Identifier) -> int:
    """Hand on what the owner here has taken in from one party to all others, byte for byte; to how many."""
    nodes = conversation.elsewhere(found)
    others = {nodes[one] for one in recipients(found, frozenset({found.owner})) if one in nodes} - {came_from}
    if found.owner in nodes or not others:
        return 0
    records.hold()
    entry, _ = records.head_of_chain()
    return sum(_put(found.owner, entity, item, entry=entry) for entity in sorted(others))


def _tell(entry: Entry, parts_of: "Callable[[Entry, Shared], Parts | None]") -> int:
    found = conversation.shared(entry.subject)
    nodes = conversation.elsewhere(found) if found is not None else {}
    if found is None or not nodes:
        return 0
    parts = parts_of(entry, found)
    if parts is None:
        return 0
    ours = found.parties - nodes.keys()
    sender = found.owner if found.owner in ours else entry.institution if entry.institution in ours else min(ours)
    to = {nodes[one] for one in recipients(found, frozenset(ours)) if one in nodes}
    return sum(_put(sender, entity, parts, entry=entry.n, thread=entry.subject) for entity in sorted(to))


def _put(
    sender: Identifier, entity: Identifier, carried: "Parts | Message", *, entry: int, thread: Identifier | None = None
) -> int:  # fmt: skip
    """One message into the outbox; 0 where it is there already."""
    seq, number = messages.last_places(sender, entity, thread or carried.thread)  # type: ignore[union-attr]
    name, me = chance.new_identifier(), ourselves.entity_of(sender)
    if isinstance(carried, Message):
        made = Message(
            id=name, sender=me, to=entity, seq=seq + 1, thread=carried.thread, kind=carried.kind,
            objects=carried.objects, signatures=carried.signatures,
            statements=carried.statements, persons=carried.persons, note=carried.note,
        )  # fmt: skip
    else:
        assert thread is not None
        made = message(
            carried.kind, id=name, sender=me, to=entity, seq=seq + 1, thread=thread, records=carried.records,
            signatures=carried.signatures,
            statements=carried.statements, persons=carried.persons, note=carried.note,
        )  # fmt: skip
    messages.add_sent(messages.to_send(made, sender, number=number + 1, entry=entry, at=clock.now()))
    return 1


# ------------------------------------------------------------- what an entry becomes
def _proposal(entry: Entry, found: Shared) -> Parts | None:
    item = _record(entry)
    issued = _signed(item.address, item.author, Act.ISSUE)
    if item.type is not RecordType.LEARNING_AGREEMENT:
        return Parts(kind=Kind.PROPOSE, records=(item,), signatures=issued)
    draft = agreement_of(item).value
    named = (name for one in draft.units for name in (one.unit, one.hosting_unit) if name)
    units = tuple(records.record(one.address) for name in dict.fromkeys(named)
                  if (one := qualifications.find_unit(name)) is not None)  # fmt: skip
    theirs = tuple(each for one in units for each in _signed(one.address, one.author, Act.ISSUE))
    known = next((one for one in draft.parties if one.role.value == "learner"), None)
    persons = learners.besides(known.id) if known is not None else ()
    beside = tuple(Beside(ref=ref, salt=salt, person=person) for ref, salt, person in persons
                   if ref == item.person_ref)  # fmt: skip
    return Parts(kind=Kind.PROPOSE, records=(item, *units), signatures=(*issued, *theirs), persons=beside)


def _answer(entry: Entry, found: Shared) -> Parts | None:
    act = Act(entry.verb.rpartition(".")[2])
    detail = entry.details
    assert isinstance(detail, dict)
    assert entry.record is not None
    mine = [one for one in records.signatures(entry.record)
            if (one.act, one.role, one.signer) == (act, detail.get("role"), detail.get("signer"))
            and one.at <= entry.at]  # fmt: skip
    return Parts(kind=Kind.SIGN, signatures=(mine[-1],), records=_attested(mine[-1:])) if mine else None


def _seal(entry: Entry, found: Shared) -> Parts | None:
    said = next((one for one in found.seals if one.object == entry.record), None)
    proofs = next((one.signatures for one in found.thread.seals if one.object == entry.record), ())
    if said is None:
        return None
    return Parts(kind=Kind.SEAL, statements=(said.token,), signatures=proofs, records=_attested(proofs))


def _notice(entry: Entry, found: Shared) -> Parts | None:
    said = next((one for one in found.thread.terminations if one.object == entry.record), None)
    if said is None:
        return None
    key = signing.signing_key(said.by, said.at)
    return Parts(kind=Kind.SIGN, statements=(sign_termination(said, found.name, key),))


def _event(entry: Entry, found: Shared) -> Parts | None:
    item = _record(entry) if entry.record is not None else None
    if item is None or item.type is not RecordType.MOBILITY_EVENT:
        return None
    signatures = _signed(item.address, item.author, Act.ISSUE)
    return Parts(kind=Kind.EVENT, records=(item, *_attested(signatures)), signatures=signatures)


def _result(entry: Entry, found: Shared) -> Parts | None:
    item = _record(entry)
    said = value(Transcript, item.terms)
    named = dict.fromkeys(name for one in said.entries for name in one.assessments)
    below = tuple(map(records.record, named))
    signatures = tuple(each for one in (item, *below) for each in _signed(one.address, one.author, Act.ISSUE))
    return Parts(kind=Kind.RESULT, records=(item, *below, *_attested(signatures)), signatures=signatures)


def _decision(entry: Entry, found: Shared) -> Parts | None:
    item = _record(entry)
    return Parts(kind=Kind.DECIDE, records=(item,), signatures=_signed(item.address, item.author, Act.ISSUE))


def _appeal(entry: Entry, found: Shared) -> Parts | None:
    item = _record(entry)
    return Parts(kind=Kind.APPEAL, records=(item,), signatures=_signed(item.address, item.author, Act.ISSUE))


def _receipt(entry: Entry, found: Shared) -> Parts | None:
    assert entry.record is not None
    made = [one for one in records.signatures(entry.record) if one.act is Act.ACKNOWLEDGE]
    return Parts(kind=Kind.SIGN, signatures=(made[-1],)) if made else None


def _erasure(entry: Entry, found: Shared) -> Parts | None:
    """The learner of a document was erased at home: parties forget her where no duty remains (R-DATA-2)."""
    learner = agreement_of(found.thread.versions[0]).value.party(Role.LEARNER)
    return Parts(kind=Kind.NOTE, note=JsonObject({"about": ERASURE, "learner": str(learner)}))


TABLE: Final[dict[str, Callable[[Entry, Shared], Parts | None]]] = {
    **{f"{thing}.{verb}": parts for thing in ("memorandum", "agreement") for verb, parts in (
        ("propose", _proposal), ("accept", _answer), ("reject", _answer), ("withdraw", _answer), ("seal", _seal),
        ("terminate", _notice),
    )},
    "credit.transfer": _result,
    "credit.correct": _result,
    "credit.acknowledge": _receipt,
    "credit.validate": _decision,
    "credit.ask": _decision,
    "credit.recognise": _decision,
    "credit.refuse": _decision,
    "credit.appeal": _appeal,
}  # fmt: skip
"""What each verb of the journal becomes; everything that happens in a stay becomes an event."""


# ------------------------------------------------------------- inside
def _record(entry: Entry) -> Record:
    assert entry.record is not None, f"{entry.verb} names its record"
    return records.record(entry.record)


def _signed(address: Address, by: Identifier, *acts: Act) -> tuple[Signature, ...]:
    return tuple(one for one in records.signatures(address) if one.signer == by and one.act in acts)[:1]


def _attested(signatures: Iterable[Signature]) -> tuple[Record, ...]:
    """The attestations of acts without an account, which travel beside the signatures that name them."""
    named = dict.fromkeys(one.evidence for one in signatures if one.evidence is not None)
    return tuple(map(records.record, named))
