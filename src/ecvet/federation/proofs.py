"""Whether everything signed in a message was signed by whom it says, with a key that counted then.

An institution signs with a key of its own. For a learner or guardian the key is that of an institution of the document
that keeps them; for a guest or on paper (level) it is that of the institution that answers for it, and the attestation
is named. Nobody answers for a guest of who has a node: that institution signs itself.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final, TypeAlias

from ecvet.credential.errors import VerificationError
from ecvet.credential.formats import jws
from ecvet.federation.entity import DatedKey
from ecvet.federation.errors import MessageUnfit, ObjectNotSigned
from ecvet.federation.kinds import HAND_OVER, KINDS, SEAL, TERMINATION
from ecvet.federation.message import Message
from ecvet.federation.sealing import (
    open_hand_over,
    open_seal,
    open_termination,
    parties_of,
)
from ecvet.federation.shared import NEGOTIATED, Shared, too_far_ahead
from ecvet.federation.standing import Standing
from ecvet.federation.token import Keys, instant
from ecvet.mobility import Role
from ecvet.record import Act, Record, RecordType, Signature, VerificationKey, check_signature
from ecvet.saying import say
from ecvet.terms import Failure, Identifier

KeyAt: TypeAlias = Callable[[str, datetime], VerificationKey | None]
"""The key with a name (`kid`), if it was in use at a moment by the institution that its name begins with; asked with
the bare identifier of an institution, any key of it, or None where it has no node."""

_PERSONS: Final = frozenset({Role.LEARNER.value, Role.GUARDIAN.value})


def key_finder(known: Iterable[Standing]) -> KeyAt:
    """The keys of everybody whose standing is given, the own institutions too.

    A key counts only under the name of its entity or of an institution for which that may speak, whatever it publishes.
    """
    by_kid: dict[str, DatedKey] = {}
    holders: dict[str, list[DatedKey]] = {}
    for partner in known:
        for one in partner.configuration.keys if partner.configuration is not None else ():
            holder = one.key.kid.partition("#")[0]
            if holder == partner.entity or partner.speaks_for(Identifier(holder)):
                by_kid.setdefault(one.key.kid, one)
                holders.setdefault(holder, []).append(one)

    def find(kid: str, at: datetime) -> VerificationKey | None:
        dated = [by_kid[kid]] if kid in by_kid else holders.get(kid, [])
        return next((one.key for one in dated if one.signed(at)), None)

    return find


def check(item: Message, key_at: KeyAt, sender: Standing, shared: Shared | None, now: datetime) -> None:
    """Check all signatures and statements of a message. Raises `ObjectNotSigned`, `MessageUnfit`, and what reading
    them raises."""
    parties = shared.parties if shared is not None else frozenset[Identifier]()
    brought = [one.record for one in item.records if one.record.type is not RecordType.ATTESTATION]
    for one in main(item):
        if one.type in NEGOTIATED:
            parties |= parties_of(one)
        if too_far_ahead(one.created, now):
            raise ObjectNotSigned(object=one.address, why=say("it is dated in the future"))
    strange = {one.address for one in brought if is_hearsay(one, key_at)}
    for made in item.signed:
        if made.object not in strange:
            _check_one(made, key_at, parties, now)
    for one in brought:
        _check_author(one, item)
    for token in item.statements:
        _statement(token, item, key_at)


def main(item: Message) -> tuple[Record, ...]:
    """The record that a message is about; not those that come beside it, nor attestations."""
    aside = KINDS[item.kind].beside | {RecordType.ATTESTATION}
    return tuple(one.record for one in item.records if one.record.type not in aside)


def is_hearsay(record: Record, key_at: KeyAt) -> bool:
    """Whether a unit beside a record is of a body that nobody here knows: then it is what the sender says.

    Its author's signature travels along and cannot be checked until that body is known.
    """
    return record.type is RecordType.UNIT and key_at(record.author, record.created) is None


def keys_for(token: str, key_at: KeyAt) -> Keys:
    """The key that a statement names, if it was in use when it was made."""
    parsed = jws.parse(token, "statement")
    kid, at = str(parsed.header.get("kid", "")), instant(parsed.payload, "at", what="statement")
    key = key_at(kid, at)
    return {} if key is None else {kid: key}


def type_of(token: str) -> str:
    """The type that a statement names."""
    return str(jws.parse(token, "statement").header.get("typ", ""))


def kid_of(signature: Signature) -> str:
    """The name of the key in the header of a signature; empty when there is none."""
    try:
        header = jws.parse(signature.jws.replace("..", ".e30.", 1), "signature").header
    except VerificationError:
        return ""
    found = header.get("kid")
    return found if isinstance(found, str) else ""


def types(item: Message) -> frozenset[str]:
    """The types of the statements in a message. Raises `MessageUnfit` for one that is unreadable."""
    return frozenset(_type(one, item) for one in item.statements)


def hands_over(item: Message) -> bool:
    """Whether a message only hands the thread over, which a superior's word lets another party send."""
    return bool(item.statements) and types(item) == {HAND_OVER}


def _type(token: str, item: Message) -> str:
    try:
        found = jws.parse(token, "statement").header.get("typ")
    except VerificationError as error:
        raise MessageUnfit(kind=item.kind, why=say("a statement in it is unreadable")) from error
    if found not in (SEAL, TERMINATION, HAND_OVER):
        raise MessageUnfit(kind=item.kind, why=say("a statement in it is of a type that is not known"))
    return str(found)


def _check_one(made: Signature, key_at: KeyAt, parties: frozenset[Identifier], now: datetime) -> None:
    kid = kid_of(made)
    holder = kid.partition("#")[0]
    if too_far_ahead(made.at, now):
        raise ObjectNotSigned(object=made.object, why=say("a signature is dated in the future"))
    by_another = made.role in _PERSONS or made.level is not None
    if holder != made.signer and not (by_another and holder in parties):
        raise ObjectNotSigned(
            object=made.object,
            why=say("{value} does not sign for {signer}", value=holder or "an unnamed key", signer=made.signer),
        )
    if made.level is not None and made.evidence is None:
        raise ObjectNotSigned(object=made.object, why=say("an act without an account comes without its attestation"))
    if made.level is not None and holder != made.signer and _has_key(made.signer, key_at, made.at):
        raise ObjectNotSigned(object=made.object, why=say("{signer} has a node and signs itself", signer=made.signer))
    key = key_at(kid, made.at)
    if key is None:
        raise ObjectNotSigned(
            object=made.object, why=say("the key {kid} was not one of {holder} then", kid=kid[:80], holder=holder[:80])
        )
    answer = check_signature(made, key, at=made.at)
    if isinstance(answer, Failure):
        raise ObjectNotSigned(object=made.object, why=str(answer.reason)) from answer.reason


def _has_key(institution: Identifier, key_at: KeyAt, at: datetime) -> bool:
    """Whether an institution signs itself: `key_at` answers for the bare name with any key that it has."""
    return key_at(institution, at) is not None


def _check_author(record: Record, item: Message) -> None:
    """The author has signed the very record: `issue`, or for what is negotiated also `accept`."""
    acts = {Act.ISSUE, Act.ACCEPT} if record.type in NEGOTIATED else {Act.ISSUE}
    if not KINDS[item.kind].acts & acts:
        return
    if not any(one.object == record.address and one.signer == record.author and one.act in acts for one in item.signed):
        raise ObjectNotSigned(
            object=record.address, why=say("its author {author} has not signed it", author=record.author)
        )


def _statement(token: str, item: Message, key_at: KeyAt) -> None:
    header = jws.parse(token, "statement").header
    kid = header.get("kid")
    if not isinstance(kid, str):
        raise MessageUnfit(kind=item.kind, why=say("a statement in it names no key"))
    typ = _type(token, item)
    key = key_at(kid, instant(jws.parse(token, "statement").payload, "at", what="statement"))
    keys = {} if key is None else {kid: key}
    if typ == TERMINATION:
        open_termination(token, keys, thread=item.thread)
        return
    said = open_seal(token, keys) if typ == SEAL else open_hand_over(token, keys)
    if said.thread != item.thread:
        raise MessageUnfit(kind=item.kind, why=say("a statement in it is about another document"))
