"""What partners may read here: messages for them, records and files of documents they take part in, states of these.

Nothing is told about a document to who is not a party of it; that a file was handed over stands in the journal.
"""

from typing import Final

from django.db import transaction

from ecvet.federation import Shared, head_of
from ecvet.record import Address, RecordType
from ecvet.record import address as as_address
from ecvet.record.canonical import Json
from ecvet.terms import Identifier
from ecvet_platform.credit.store import evidence, facts
from ecvet_platform.federation.actions import applying, conversation
from ecvet_platform.federation.actions.inbox import Called
from ecvet_platform.federation.errors import NotForYou, NotHere
from ecvet_platform.federation.store import messages
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import store as records
from ecvet_platform.journal.errors import RecordUnknown

PAGE: Final = 50


def outbox(called: Called, cursor: str) -> dict[str, Json]:
    """The messages for the caller after a cursor, the oldest first."""
    after = int(cursor) if cursor.isdecimal() and len(cursor) < 16 else 0
    found = messages.outbox(called.institution, called.caller.entity, after=after, limit=PAGE + 1)
    shown = found[:PAGE]
    return {
        "messages": [conversation.parsed(one.data) for one in shown],
        "cursor": str(shown[-1].number if shown else after),
        "more": len(found) > PAGE,
    }


@transaction.atomic
def thing(called: Called, text: str) -> bytes:
    """The bytes of a record or of a file that belongs to one. Raises `NotForYou`, `NotHere`."""
    wanted = as_address(text)
    try:
        record = records.record(wanted)
    except RecordUnknown:
        return _file(called, wanted)
    if record.type is RecordType.UNIT:
        return records.record_bytes(wanted)
    if record.type in (RecordType.MOU, RecordType.LEARNING_AGREEMENT):
        thread = record.thread
    elif record.type is RecordType.MOBILITY_EVENT:
        thread = Identifier(str(record.terms["stay"]))
    else:
        fact = facts.one(wanted)
        if fact is None or fact.basis is None:
            raise NotHere(address=text)
        thread = fact.basis
    _shared(called, thread)
    return records.record_bytes(wanted)


def threads(called: Called) -> dict[str, Json]:
    """The states of everything shared with the caller, and the one hash over them."""
    names = messages.threads_with(called.institution, called.caller.entity)
    found = {name: conversation.state(name) for name in names}
    return {"head": head_of(found), "threads": dict(sorted(found.items()))}


def thread(called: Called, name: Identifier) -> dict[str, Json]:
    """What is held of one document. Raises `NotForYou`, `NotHere`."""
    found = _shared(called, name)
    held: list[Json] = [*sorted(set(conversation.everything(name)))]
    return {
        "owner": found.owner, "contents": held, "state": conversation.state(name),
        "seals": [one.token for one in found.seals],
    }  # fmt: skip


def _file(called: Called, wanted: Address) -> bytes:
    """A file of evidence, which is handed over on request only, to a party of the document it belongs to."""
    data = evidence.read(wanted) or b""
    for one in evidence.with_hash(wanted) if data else ():
        found = conversation.shared(one.basis)
        if found is not None and _takes_part(called, found):
            by = applying.Sender(person=called.institution, institution=called.institution)
            detail = {"file": one.hash, "to": called.caller.entity}
            journal.write("network.hand-over-file", by=by, subject=one.basis, detail=detail)
            return data
    raise NotHere(address=wanted)


def _shared(called: Called, name: Identifier) -> Shared:
    found = conversation.shared(name)
    if found is None:
        raise NotHere(address=name)
    if not _takes_part(called, found):
        raise NotForYou(address=name)
    return found


def _takes_part(called: Called, found: Shared) -> bool:
    return called.institution in found.parties and any(called.standing.speaks_for(one) for one in found.parties)
