"""The owner's words about a thread: seals, hand-overs; a party's notice; the tombstone. One hand keeps the order.

Two equal copies that are compared were the fault of student mobility's network; here one institution, the owner, says
which version is in force (network lessons 1, 2, 7, 9). A seal names the version sealed before it, so that an owner who
says two things to two partners has signed the contradiction. Who holds version, acceptances and seal holds the proof.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Final

from ecvet.credential.formats.strict_json import Claims
from ecvet.federation.carried import signature_bytes, terms_of
from ecvet.federation.errors import HandOverDoesNotFit, SealDoesNotFit
from ecvet.federation.kinds import HAND_OVER, SEAL, TERMINATION
from ecvet.federation.token import SKEW, Keys, glance, instant, open_token, sign_token, text_of
from ecvet.federation.trust_errors import StatementForged, StatementUnreadable
from ecvet.mobility import LearningAgreement, Role
from ecvet.mobility import signatories as agreement_signatories
from ecvet.partnership import MemorandumOfUnderstanding, Seal, Signatory, Termination, Thread
from ecvet.partnership import acceptances as accepted
from ecvet.partnership import signatories as memorandum_signatories
from ecvet.record import Address, Record, RecordType, Signature, SigningKey, address, address_of, plain
from ecvet.saying import say
from ecvet.terms import Failure, Identifier, Success


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedSeal:
    """The owner's seal: `object` is in force from a day; `acceptances` are the addresses of the signatures that prove
    it, `replaces` the version sealed before in this thread. `token` is the text that was signed."""

    thread: Identifier
    object: Address
    by: Identifier
    at: datetime
    in_force_from: date
    acceptances: tuple[Address, ...]
    replaces: Address | None = None
    token: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """The keeping of a thread goes from its owner to another party. `issuer` is the owner, or its superior once the
    owner is gone."""

    thread: Identifier
    owner: Identifier
    to: Identifier
    at: datetime
    issuer: str
    reason: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """A version made by mistake is void: the terms of a record of the type `tombstone`."""

    record_type: ClassVar[RecordType] = RecordType.TOMBSTONE

    object: Address
    thread: Identifier
    reason: str


def signed_seal(made: Seal, thread: Identifier, *, replaces: Address | None) -> SignedSeal:
    """The seal that `ecvet.partnership.seal` allowed, as it is told to the parties."""
    return SignedSeal(
        thread=thread, object=made.object, by=made.by, at=made.at, in_force_from=made.in_force_from, replaces=replaces,
        acceptances=tuple(address_of(signature_bytes(one)) for one in made.signatures),
    )  # fmt: skip


def sign_seal(said: SignedSeal, key: SigningKey) -> str:
    """The seal as a token."""
    claims: Claims = {
        "iss": said.by, "thread": said.thread, "object": said.object, "at": plain(said.at),
        "in_force_from": said.in_force_from.isoformat(), "acceptances": list(said.acceptances),
    }  # fmt: skip
    if said.replaces is not None:
        claims["replaces"] = said.replaces
    return sign_token(SEAL, claims, key)


def open_seal(token: str, keys: Keys) -> SignedSeal:
    """Read a seal signed with one of these keys of the owner. Raises `StatementUnreadable`, `StatementForged`."""
    by, claims = _opened(token, SEAL, keys, "seal")
    listed = claims.get("acceptances")
    if not isinstance(listed, list) or len(listed) > 32:
        raise StatementUnreadable(what="seal", why=say("“acceptances” is not a list of at most 32 addresses"))
    return SignedSeal(
        thread=Identifier(text_of(claims, "thread", what="seal")), object=_address(claims, "object", "seal"), by=by,
        at=instant(claims, "at", what="seal"), in_force_from=_day(claims, "in_force_from", "seal"),
        acceptances=tuple(address(str(one)) for one in listed),
        replaces=_address(claims, "replaces", "seal") if "replaces" in claims else None, token=token,
    )  # fmt: skip


def sign_termination(said: Termination, thread: Identifier, key: SigningKey) -> str:
    """A party's notice as a token."""
    claims: Claims = {
        "iss": said.by, "thread": thread, "object": said.object, "at": plain(said.at), "reason": said.reason,
        "last_day": said.last_day.isoformat(),
    }  # fmt: skip
    return sign_token(TERMINATION, claims, key)


def open_termination(token: str, keys: Keys, *, thread: Identifier) -> Termination:
    """Read a notice about a version of a thread. Raises `StatementUnreadable`, `StatementForged`."""
    by, claims = _opened(token, TERMINATION, keys, "notice")
    if claims.get("thread") != thread:
        raise StatementForged(what="notice", issuer=by, why=say("it is about another document"))
    return Termination(
        object=_address(claims, "object", "notice"), by=by, at=instant(claims, "at", what="notice"),
        reason=text_of(claims, "reason", what="notice"), last_day=_day(claims, "last_day", "notice"),
    )  # fmt: skip


def sign_hand_over(said: HandOver, key: SigningKey) -> str:
    """The hand-over as a token."""
    claims: Claims = {
        "iss": said.issuer, "thread": said.thread, "owner": said.owner, "to": said.to, "at": plain(said.at)
    }  # fmt: skip
    if said.reason:
        claims["reason"] = said.reason
    return sign_token(HAND_OVER, claims, key)


def open_hand_over(token: str, keys: Keys) -> HandOver:
    """Read a hand-over, signed by whom it names as its issuer. Raises `StatementUnreadable`, `StatementForged`."""
    issuer, claims = _opened(token, HAND_OVER, keys, "hand-over")
    return HandOver(
        thread=Identifier(text_of(claims, "thread", what="hand-over")), issuer=issuer,
        owner=Identifier(text_of(claims, "owner", what="hand-over")),
        to=Identifier(text_of(claims, "to", what="hand-over")), at=instant(claims, "at", what="hand-over"),
        reason=str(claims.get("reason", "")), token=token,
    )  # fmt: skip


def may_hand_over(
    said: HandOver, *, owner: Identifier, parties: frozenset[Identifier], superiors: Iterable[str] = ()
) -> Success | Failure:
    """Whether a hand-over counts: signed by the owner now or one of its superiors, in favour of another party."""
    if said.owner != owner:
        return Failure(
            HandOverDoesNotFit(why=say("{owner} does not keep it, {owner_2} does", owner=said.owner, owner_2=owner))
        )
    if said.issuer != owner and said.issuer not in superiors:
        return Failure(
            HandOverDoesNotFit(why=say("{issuer} is neither its owner nor a superior of the owner", issuer=said.issuer))
        )
    if said.to not in parties or said.to == owner:
        return Failure(HandOverDoesNotFit(why=say("{to} is not another party of it", to=said.to)))
    return Success()


def may_believe(
    said: SignedSeal, thread: Thread, owner: Identifier, *, sealed: Iterable[SignedSeal] = ()
) -> Success | Failure:
    """Whether a seal proves what it says, by what this side holds: version, acceptances, and who keeps the thread.

    The owner's order counts: that this side has withdrawn or proposed something since then changes nothing, if the
    acceptances were given (network lesson 7). Raises `VersionUnknown`.
    """
    if said.by != owner:
        return Failure(
            SealDoesNotFit(
                object=said.object, why=say("{by} does not keep this document, {owner} does", by=said.by, owner=owner)
            )
        )
    version = thread.version(said.object)
    last = max(sealed, key=lambda one: one.at, default=None)
    if said.replaces != (last.object if last else None):
        return Failure(SealDoesNotFit(object=said.object, why=say("it does not follow the seal before it")))
    named = set(said.acceptances)
    shown = tuple(one for one in thread.signatures if address_of(signature_bytes(one)) in named)
    alone = Thread(owner=owner, versions=(version,), signatures=shown)
    held = accepted(alone, said.object, signatories_of(version), said.at + SKEW)
    missing = [one for one in signatories_of(version) if one not in held]
    if missing:
        return Failure(
            SealDoesNotFit(object=said.object, why=say("the acceptance of {id} is not with it", id=missing[0].id))
        )
    return Success()


def forked(said: SignedSeal, sealed: Iterable[SignedSeal]) -> SignedSeal | None:
    """Another seal of the same owner after the same version: both together prove that two things were said."""
    return next((one for one in sealed if one.replaces == said.replaces and one.object != said.object), None)


def moment_of_seal(now: datetime, accepting: Iterable[Signature]) -> datetime:
    """The moment that the owner gives to a seal: now, but not before the acceptances. Clocks differ by up to 60 s."""
    return max((now, *(one.at for one in accepting)))


def as_seal(said: SignedSeal, signatures: Iterable[Signature]) -> Seal:
    """The seal as the rooms of the domain know it."""
    named = set(said.acceptances)
    shown = tuple(one for one in signatures if address_of(signature_bytes(one)) in named)
    return Seal(object=said.object, by=said.by, at=said.at, in_force_from=said.in_force_from, signatures=shown)


def signatories_of(version: Record) -> tuple[Signatory, ...]:
    """Who must sign a version of a memorandum or learning agreement. Raises `TermsUnreadable`."""
    if version.type is RecordType.MOU:
        return memorandum_signatories(terms_of(MemorandumOfUnderstanding, version))
    return agreement_signatories(terms_of(LearningAgreement, version))


_SENT_TO: Final = frozenset({Role.HOME, Role.HOSTING, Role.INTERMEDIARY})


def parties_of(version: Record) -> frozenset[Identifier]:
    """The institutions that take part in a memorandum or learning agreement, also those that need not sign."""
    if version.type is RecordType.MOU:
        return frozenset(terms_of(MemorandumOfUnderstanding, version).parties)
    said = terms_of(LearningAgreement, version)
    return frozenset(one.id for one in said.parties if one.role in _SENT_TO)


def owner_of(first: Record) -> Identifier:
    """Who keeps a thread from its beginning: the initiator of a memorandum, home of a learning agreement."""
    if first.type is RecordType.LEARNING_AGREEMENT:
        home = terms_of(LearningAgreement, first).party(Role.HOME)
        return home or first.author
    return first.author


def _opened(token: str, typ: str, keys: Keys, what: str) -> tuple[Identifier, Claims]:
    issuer = text_of(glance(token, typ, what=what), "iss", what=what)
    opened = open_token(token, typ, keys, what=what, issuer=issuer)
    if opened.kid.partition("#")[0] != issuer:
        raise StatementForged(what=what, issuer=issuer, why=say("it was signed with the key of somebody else"))
    return Identifier(issuer), opened.claims


def _address(claims: Claims, name: str, what: str) -> Address:
    return address(text_of(claims, name, what=what))


def _day(claims: Claims, name: str, what: str) -> date:
    try:
        return date.fromisoformat(text_of(claims, name, what=what))
    except ValueError as error:
        raise StatementUnreadable(what=what, why=say("“{name}” is not a day", name=name)) from error
