"""Receipts: what became of a message, proved, with the receiver's journal as witness."""

from dataclasses import replace

import pytest

from core.federation.samples import AT, KEYS, proposing
from core.partnership.samples import LYON, TURIN
from ecvet.federation.errors import MessageUnfit, problem
from ecvet.federation.receipt import (
    JournalHead,
    Outcome,
    claimed_issuer,
    consistent,
    fits,
    open_receipt,
    receipt_for,
    sign_receipt,
)
from ecvet.federation.token import sign_token
from ecvet.federation.trust_errors import StatementForged, StatementUnreadable
from ecvet.record import address_of

HEAD = JournalHead(n=7, hash=address_of(b"7"))
SENT = proposing()
KEY = {KEYS[LYON].kid: KEYS[LYON].public}


def receipt(outcome: Outcome = Outcome.STORED, **more):
    return receipt_for(SENT, outcome, at=AT, head=HEAD, **more)


def test_a_receipt_is_read_as_it_was_signed():
    first = sign_receipt(receipt(), KEYS[LYON])
    for made in (
        receipt(),
        receipt(Outcome.DUPLICATE, first=first),
        receipt(Outcome.REFUSED, problem=problem(MessageUnfit(kind="sign", why="it says nothing"))),
    ):
        token = sign_receipt(made, KEYS[LYON])
        assert open_receipt(token, KEY, by=LYON) == made
        assert claimed_issuer(token) == LYON
        assert fits(made, SENT)


def test_a_receipt_is_for_one_message_and_its_very_bytes():
    assert not fits(receipt(), proposing(n=2))
    assert not fits(receipt(), replace(SENT, seq=2))
    assert not fits(replace(receipt(), by=TURIN), SENT)


def test_a_forged_receipt_is_found():
    token = sign_receipt(receipt(), KEYS[LYON])
    with pytest.raises(StatementForged):
        open_receipt(sign_receipt(receipt(), KEYS[TURIN]), KEY, by=LYON)
    with pytest.raises(StatementForged):
        open_receipt(token, KEY, by=TURIN)
    with pytest.raises(StatementForged):
        open_receipt(token[:-4] + "AAAA", KEY, by=LYON)
    with pytest.raises(StatementUnreadable):
        open_receipt(token[:100], KEY, by=LYON)


@pytest.mark.parametrize(
    "change",
    [
        {"head": 7},
        {"outcome": "lost"},
        {"outcome": "refused"},
        {"problem": {"title": "x"}},
        {"iat": "now"},
        {"iat": -1},
    ],
)
def test_what_is_not_a_receipt_is_not_read(change):
    claims = {
        "iss": LYON,
        "sub": SENT.id,
        "digest": SENT.digest,
        "outcome": "stored",
        "iat": 1,
        "head": {"n": 7, "hash": HEAD.hash},
        **change,
    }
    with pytest.raises(StatementUnreadable):
        open_receipt(sign_token("ecvet-receipt+jwt", claims, KEYS[LYON]), KEY, by=LYON)


def test_a_token_of_another_type_is_no_receipt():
    with pytest.raises(StatementUnreadable):
        open_receipt(sign_token("ecvet-seal+jwt", {"iss": LYON}, KEYS[LYON]), KEY, by=LYON)


def test_who_rewrites_a_journal_contradicts_a_receipt():
    assert consistent(HEAD, HEAD)
    assert consistent(HEAD, JournalHead(n=8, hash=address_of(b"8")))
    assert not consistent(HEAD, JournalHead(n=7, hash=address_of(b"other")))
    assert not consistent(HEAD, JournalHead(n=6, hash=address_of(b"6")))
