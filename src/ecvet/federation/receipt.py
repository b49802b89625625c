"""What became of a message, signed by who received it: the proof that nothing was lost (network lesson 14).

A receipt names the message by its identifier and digest and carries the head of the receiver's journal, so that every
partner is a witness of it: who rewrites his journal contradicts what others hold.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from ecvet.credential.formats.strict_json import Claims
from ecvet.federation.message import Message
from ecvet.federation.token import Keys, glance, moment, open_token, seconds, sign_token, text_of
from ecvet.federation.trust_errors import StatementForged, StatementUnreadable
from ecvet.record import Address, Json, SigningKey, address
from ecvet.record.canonical import JsonObject
from ecvet.saying import say
from ecvet.terms import Failure, Identifier, Success

RECEIPT: Final = "ecvet-receipt+jwt"
_WHAT: Final = "receipt"


class Outcome(StrEnum):
    """What the receiver has done: kept it, had it already, or kept that it was refused."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalHead:
    """Number and hash of the last entry of a journal."""

    n: int
    hash: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """`by` has received the message with this digest at a moment. `problem` is the body of RFC 9457 where it was
    refused; `first` is the token of the receipt given before, where it is a duplicate."""

    by: Identifier
    message: Identifier
    digest: Address
    outcome: Outcome
    at: datetime
    head: JournalHead
    problem: JsonObject | None = None
    first: str | None = None


def receipt_for(
    item: Message, outcome: Outcome, *, at: datetime, head: JournalHead, problem: dict[str, Json] | None = None,
    first: str | None = None,
) -> Receipt:  # fmt: skip
    """The receipt of a message by its addressee."""
    return Receipt(
        by=item.to, message=item.id, digest=item.digest, outcome=outcome, at=at, head=head,
        problem=None if problem is None else JsonObject(problem), first=first,
    )  # fmt: skip


def sign_receipt(receipt: Receipt, key: SigningKey) -> str:
    """The receipt as a token. Who signs is who says: also where a message was for somebody else (`not-for-us`)."""
    claims: Claims = {
        "iss": key.kid.partition("#")[0], "sub": receipt.message, "digest": receipt.digest,
        "outcome": receipt.outcome.value, "iat": seconds(receipt.at),
        "head": {"n": receipt.head.n, "hash": receipt.head.hash},
    }  # fmt: skip
    if receipt.problem is not None:
        claims["problem"] = receipt.problem
    if receipt.first is not None:
        claims["first"] = receipt.first
    return sign_token(RECEIPT, claims, key)


def open_receipt(text: str, keys: Keys, *, by: Identifier) -> Receipt:
    """Read a receipt of an entity. Raises `StatementUnreadable`, `StatementForged`."""
    said = open_token(text, RECEIPT, keys, what=_WHAT, issuer=by).claims
    if said.get("iss") != by:
        raise StatementForged(what=_WHAT, issuer=by, why=say("it names another issuer"))
    head, problem, first = said.get("head"), said.get("problem"), said.get("first")
    if not isinstance(head, dict) or type(head.get("n")) is not int or head["n"] < 0:
        raise StatementUnreadable(what=_WHAT, why=say("it has no head of the journal"))
    outcome = text_of(said, "outcome", what=_WHAT)
    if outcome not in set(Outcome):
        raise StatementUnreadable(what=_WHAT, why=say("its outcome is none of {listed}", listed=", ".join(Outcome)))
    if (outcome == Outcome.REFUSED) != isinstance(problem, dict):
        raise StatementUnreadable(what=_WHAT, why=say("a refusal comes with its problem, and nothing else does"))
    return Receipt(
        by=by, message=Identifier(text_of(said, "sub", what=_WHAT)),
        digest=address(text_of(said, "digest", what=_WHAT)), outcome=Outcome(outcome),
        at=moment(said, "iat", what=_WHAT), head=JournalHead(n=head["n"], hash=address(str(head.get("hash", "")))),
        problem=JsonObject(problem) if isinstance(problem, dict) else None,
        first=first if isinstance(first, str) else None,
    )  # fmt: skip


def fits(receipt: Receipt, sent: Message) -> Success | Failure:
    """Whether a receipt is the one for a message that was sent: its addressee's, its identifier, its very bytes."""
    if (receipt.by, receipt.message, receipt.digest) == (sent.to, sent.id, sent.digest):
        return Success()
    return Failure(
        StatementForged(what=_WHAT, issuer=receipt.by, why=say("it is for another message than the one sent"))
    )


def consistent(earlier: JournalHead, later: JournalHead) -> bool:
    """Whether two heads of one journal can both be true: it only grows, and one number has one hash.

    A partner whose receipts say otherwise has rewritten its journal, and the two signed receipts prove it.
    """
    return later.n > earlier.n or (later.n == earlier.n and later.hash == earlier.hash)


def claimed_issuer(text: str) -> str:
    """Who claims to have made a receipt, before it is checked. Raises `StatementUnreadable`."""
    return text_of(glance(text, RECEIPT, what=_WHAT), "iss", what=_WHAT)
