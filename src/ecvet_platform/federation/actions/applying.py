"""Doing what a message says: the core decides whether the conversation lets it in, then the rooms keep it.

The rooms judge by their own rules as well, with one difference: what the owner of a document has let in and forwards is
not judged again by what was seen here, because the owner keeps the order.
"""

from dataclasses import dataclass

from ecvet.federation import (
    Beside,
    Kind,
    Message,
    Processed,
    Shared,
    is_hearsay,
    keys_for,
    main,
    process,
    read,
    type_of,
)
from ecvet.federation.kinds import HAND_OVER, SEAL, TERMINATION
from ecvet.federation.sealing import as_seal, open_seal, open_termination
from ecvet.partnership import Seal, Termination
from ecvet.record import Act, Address, Record, RecordType, Signature
from ecvet.record.canonical import JsonObject
from ecvet.terms import Identifier
from ecvet_platform.credit.actions import receiving as credit
from ecvet_platform.federation.actions import following, partners
from ecvet_platform.federation.errors import HandOverNotYet
from ecvet_platform.federation.store import messages
from ecvet_platform.federation.store.messages import Came, Sent
from ecvet_platform.institutions.actions import received, register
from ecvet_platform.institutions.actions import receiving as memoranda
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.actions import receiving as mobility
from ecvet_platform.qualifications.actions import receiving as register_of_units


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who acts from elsewhere, as the journal names it; `person` is who the signature says, or the institution."""

    person: Identifier
    institution: Identifier | None


def apply(item: Message, kept: Came, shared: Shared | None) -> None:
    """Do what a message says, in this transaction; `shared` is the conversation as it is before.

    Raises what the core or a room refuses.
    """
    if item.kind is Kind.NOTE:
        by, note = _by(item, kept), item.note or JsonObject({})
        learner = note.get("learner")
        journal.write("network.note", by=by, subject=item.thread, detail={"message": item.id})
        if note.get("about") == following.ERASURE and isinstance(learner, str):
            mobility.forgotten(Identifier(learner), by=by)
        return
    if item.kind is Kind.ERROR:
        _taken_back(item, kept)
        return
    from_owner = shared is not None and _speaks_for(kept, shared.owner)
    done: Processed = process(item, shared, partners.key_at, from_owner=from_owner)
    if done.refused is not None:
        raise done.refused
    assert done.shared is not None
    if done.changed or item.kind is Kind.SIGN:
        _write(item, kept, done.shared, from_owner)
    following.forward(item, done.shared, came_from=kept.entity)


def _write(item: Message, kept: Came, shared: Shared, from_owner: bool) -> None:
    by, signed = _by(item, kept), item.signed
    for one in item.records:
        if one.record.type is RecordType.ATTESTATION:
            records.keep(one.record)
    for one in item.records:
        if one.record.type is RecordType.UNIT:
            _unit(one.record, signed, by)
    for record in main(item):
        _record(record, item, by, from_owner)
    about_memorandum = shared.thread.versions[0].type is RecordType.MOU
    for token in item.statements:
        said = _statement(token, item, shared)
        _turn(item.thread, said, by, about_memorandum, from_owner)
    if not item.statements:
        for made in signed:
            if made.act is Act.ACKNOWLEDGE:
                credit.acknowledged(made, by=by)
            elif made.act is not Act.ISSUE and item.kind is not Kind.PROPOSE:
                _turn(item.thread, made, by, about_memorandum, from_owner)


def _record(record: Record, item: Message, by: Sender, from_owner: bool) -> None:
    signed = item.signed
    if record.type is RecordType.MOU:
        memoranda.version(record, signed, by=by, from_owner=from_owner)
    elif record.type is RecordType.LEARNING_AGREEMENT:
        mobility.version(record, signed, _besides(item.persons), by=by, from_owner=from_owner)
    elif record.type is RecordType.MOBILITY_EVENT:
        mobility.event(record, signed, by=by)
    elif record.type is RecordType.TRANSCRIPT:
        assessed = [one.record for one in item.records if one.record.type is RecordType.ASSESSMENT]
        credit.result(record, assessed, signed, by=by)
    elif record.type is RecordType.DECISION:
        credit.decision(record, signed, by=by)
    elif record.type is RecordType.APPEAL:
        credit.appeal(record, signed, by=by)
    else:
        raise HandOverNotYet(what=record.type)


def _turn(
    thread: Identifier, said: Signature | Seal | Termination, by: Sender, about_memorandum: bool, from_owner: bool
) -> None:
    room = memoranda if about_memorandum else mobility
    room.turn(thread, said, by=by, from_owner=from_owner)


def _unit(record: Record, signed: tuple[Signature, ...], by: Sender) -> None:
    if register_of_units.unit(record, by=by) and not is_hearsay(record, partners.key_at):
        received.issued(record.address, signed, record.author)


def _statement(token: str, item: Message, shared: Shared) -> Seal | Termination:
    keys = keys_for(token, partners.key_at)
    if type_of(token) == SEAL:
        return as_seal(open_seal(token, keys), (*shared.thread.signatures, *item.signed))
    if type_of(token) == TERMINATION:
        return open_termination(token, keys, thread=item.thread)
    raise HandOverNotYet(what=HAND_OVER)


def _taken_back(item: Message, kept: Came) -> None:
    """What the owner refused of ours: shown to people, and a version that it did not let in is void here too."""
    sent = messages.sent(item.in_reply_to) if item.in_reply_to is not None else None
    if sent is None or sent.entity != kept.entity or sent.institution != kept.institution:
        return
    said = dict(item.note or {})
    messages.refused(sent.id, said)
    void(sent)
    detail = {"message": sent.id, "problem": str(said.get("type", ""))}
    journal.write("network.refused", by=_by(item, kept), subject=item.thread, detail=detail)


def void(sent: Sent) -> None:
    """A version that we sent and its owner did not let in is void here too."""
    for address in _versions_of(sent.data):
        received.not_taken_in(sent.thread, address)


def _versions_of(data: bytes) -> tuple[Address, ...]:
    sent = read(data)
    return tuple(one.address for one in main(sent)) if sent.kind is Kind.PROPOSE else ()


def _by(item: Message, kept: Came) -> Sender:
    """Who is named in the journal: who signed what the message is about, for the institution that speaks."""
    acted = [one for one in item.signed if one.person is not None]
    author = next((one.author for one in main(item)), None)
    institution = author or next((one.signer for one in item.signed), None) or _institution(kept)
    if institution not in register.elsewhere([institution]):
        institution = _institution(kept)
    return Sender(person=(acted[0].person if acted and acted[0].person else institution), institution=institution)


def _institution(kept: Came) -> Identifier:
    found = partners.institution_of(kept.entity)
    return found if found is not None else kept.entity


def _speaks_for(kept: Came, owner: Identifier) -> bool:
    return register.elsewhere([owner]).get(owner) == kept.entity


def _besides(persons: tuple[Beside, ...]) -> tuple[mobility.Beside, ...]:
    return tuple(mobility.Beside(ref=one.ref, salt=one.salt, person=one.person) for one in persons)
