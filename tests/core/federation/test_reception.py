"""What the receiver does with a message: each rule, and everything a hostile partner tries."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.federation.samples import (
    AT,
    HOUR,
    KEYS,
    circumstances,
    configuration,
    key_at,
    key_of,
    known,
    name,
    proposing,
    said,
    statement,
)
from core.partnership.samples import LYON, STRANGER, THREAD, TURIN, proposal, text
from ecvet.errors import EcvetError
from ecvet.federation import Deed, Kind, Line, Shared, Trust, examine, process, receive
from ecvet.federation.errors import (
    MessageIdReused,
    MessageTooLong,
    MessageUnfit,
    NotAParty,
    NotForUs,
    NotYoursToSay,
    ObjectNotSigned,
    PersonDoesNotFit,
    PlaceTaken,
    SenderNotCaller,
    StrangerMayNot,
    TooOften,
)
from ecvet.federation.message import Beside
from ecvet.federation.processing import recipients
from ecvet.federation.reception import AHEAD, IN_TURN, RULES
from ecvet.federation.sealing import (
    HandOver,
    SignedSeal,
    sign_hand_over,
    sign_seal,
    sign_termination,
)
from ecvet.federation.standing import Standing
from ecvet.partnership import Termination
from ecvet.record import Act, Level, Person, address_of, commitment, record, sign
from ecvet.record.canonical import JsonObject
from ecvet.record.record import to_bytes

V1 = proposal()


def shared() -> Shared:
    found = process(proposing(V1), None, key_at()).shared
    assert found is not None
    return found


def accept(**more):
    return said(Kind.SIGN, sender=LYON, to=TURIN, signatures=(statement(V1, LYON),), **more)


def seal_token(by=TURIN, key=None, **more) -> str:
    both = [statement(V1, one) for one in (TURIN, LYON)]
    from ecvet.federation import signature_bytes

    made = SignedSeal(
        thread=THREAD,
        object=V1.address,
        by=by,
        at=AT,
        in_force_from=AT.date(),
        acceptances=tuple(address_of(signature_bytes(one)) for one in both),
    )
    return sign_seal(replace(made, **more), key or KEYS[by])


def sealing(*tokens: str, **more):
    both = tuple(statement(V1, one) for one in (TURIN, LYON))
    return said(Kind.SEAL, seq=2, n=2, signatures=both, statements=tokens or (seal_token(),), **more)


def test_what_is_in_order_is_stored():
    assert receive(proposing(V1), circumstances(proposing(V1))).deed is Deed.STORE
    assert receive(accept(), circumstances(accept(), shared=shared())).deed is Deed.STORE
    assert receive(sealing(), circumstances(sealing(), shared=shared(), line=Line(next=2))).deed is Deed.STORE
    note = said(Kind.NOTE, seq=2, note=JsonObject({"text": "The bus leaves at nine."}))
    assert receive(note, circumstances(note, shared=shared(), line=Line(next=2))).deed is Deed.STORE


def refused(item, **more) -> EcvetError | None:
    decision = receive(item, circumstances(item, **more))
    assert decision.deed is Deed.REFUSE, decision
    return decision.reason


def test_only_what_is_for_us_and_from_the_caller():
    assert isinstance(refused(proposing(V1), here=frozenset()), NotForUs)
    assert isinstance(refused(proposing(V1), caller=LYON), SenderNotCaller)
    assert isinstance(refused(proposing(V1), sender=known(LYON)), SenderNotCaller)


def test_the_same_message_again_gets_the_same_receipt():
    item = proposing(V1)
    assert receive(item, circumstances(item, same_id=item.digest)).deed is Deed.REPEAT
    assert isinstance(refused(item, same_id=address_of(b"other")), MessageIdReused)
    assert isinstance(refused(item, same_place=address_of(b"other")), PlaceTaken)


def test_what_comes_early_waits():
    item = accept(seq=3)
    assert receive(item, circumstances(item, shared=shared(), line=Line(next=2))).deed is Deed.HOLD
    assert receive(item, circumstances(item)).deed is Deed.HOLD  # also when the document has not come yet
    assert isinstance(refused(accept(seq=1 + AHEAD)), MessageTooLong)


def test_what_was_held_is_examined_when_its_turn_comes():
    good, bad = accept(seq=3), said(Kind.SIGN, sender=LYON, to=TURIN, seq=3, signatures=(forged()["another time"],))
    for item in (good, bad):
        assert receive(item, circumstances(item, shared=shared(), line=Line(next=2))).deed is Deed.HOLD
    assert examine(good, circumstances(good, shared=shared(), line=Line(next=4))) is None
    assert isinstance(examine(bad, circumstances(bad, shared=shared(), line=Line(next=4))), ObjectNotSigned)
    assert isinstance(examine(good, circumstances(good, line=Line(next=4))), NotAParty)


def test_each_kind_carries_what_belongs_to_it():
    made = statement(V1, TURIN, Act.ISSUE)
    cases = (
        said(Kind.PROPOSE, signatures=(made,)),
        said(Kind.PROPOSE, records=(V1, proposal(V1)), signatures=(made,)),
        said(Kind.EVENT, records=(V1,), signatures=(made,)),
        said(Kind.SIGN, records=(V1,), signatures=(statement(V1, TURIN),)),
        said(Kind.SIGN, signatures=(made,)),
        said(Kind.SIGN),
        said(Kind.SIGN, statements=(seal_token(),)),
        said(Kind.SIGN, statements=("a.b.c",)),
        said(Kind.SIGN, signatures=(statement(V1, TURIN),), note=JsonObject({"text": "x"})),
        said(Kind.NOTE),
        said(Kind.SEAL),
    )
    for item in cases:
        assert isinstance(refused(item, shared=shared()), MessageUnfit), item.kind


def test_persons_fit_their_commitment():
    alba, salt = Person(names=("Alba",), family_name="Ferri"), bytes(32)
    made = replace(V1, person_ref=commitment(alba, salt))
    good = proposing(made, persons=(Beside(ref=commitment(alba, salt), salt=salt, person=alba),))
    assert receive(good, circumstances(good)).deed is Deed.STORE
    other = replace(alba, family_name="Rossi")
    for beside in (
        Beside(ref=commitment(alba, salt), salt=salt, person=other),
        Beside(ref=commitment(other, salt), salt=salt, person=other),
    ):
        assert isinstance(refused(proposing(made, persons=(beside,))), PersonDoesNotFit)


# ---------------------------------------------------------------- strangers
def stranger(**more):
    return {"sender": known(TURIN, Trust.UNKNOWN), **more}


def test_a_strangers_memorandum_waits_for_people():
    item = proposing(V1)
    assert receive(item, circumstances(item, **stranger())).deed is Deed.QUARANTINE
    assert isinstance(refused(item, **stranger(lately=5)), TooOften)
    assert isinstance(refused(accept(), sender=known(LYON, Trust.UNKNOWN), shared=shared()), StrangerMayNot)


def test_a_stranger_proposes_only_for_itself_and_to_us():
    other = replace(V1, author=LYON)
    item = said(Kind.PROPOSE, records=(other,), signatures=(statement(other, LYON, Act.ISSUE),))
    assert isinstance(refused(item, **stranger()), NotAParty)
    elsewhere = proposal(parties=(TURIN, STRANGER))
    assert isinstance(refused(proposing(elsewhere), **stranger()), NotAParty)
    unsigned = said(Kind.PROPOSE, records=(V1,), signatures=(statement(proposal(V1), TURIN, Act.ISSUE),))
    assert isinstance(refused(unsigned, **stranger()), ObjectNotSigned)


# ---------------------------------------------------------------- parties and whose turn
def test_only_parties_act_in_a_thread():
    item = proposing(proposal(parties=(STRANGER, LYON)))
    assert isinstance(refused(item), NotAParty)
    KEYS.setdefault(STRANGER, key_of(STRANGER))
    sign_ = said(Kind.SIGN, sender=STRANGER, to=TURIN, signatures=(statement(V1, STRANGER),))
    assert isinstance(refused(sign_, shared=shared()), NotAParty)


def test_only_the_owner_seals():
    item = said(Kind.SEAL, sender=LYON, to=TURIN, statements=(seal_token(LYON),))
    assert isinstance(refused(item, shared=shared()), NotYoursToSay)


def test_only_the_author_sends_a_record_but_the_owner_forwards_it():
    mine = proposal(V1, author=TURIN)
    item = said(Kind.PROPOSE, sender=LYON, to=TURIN, records=(mine,), signatures=(statement(mine, TURIN, Act.ISSUE),))
    assert isinstance(refused(item, shared=shared()), NotYoursToSay)
    theirs = proposal(V1, author=LYON)
    item = said(Kind.PROPOSE, records=(theirs,), signatures=(statement(theirs, LYON, Act.ISSUE),))
    assert receive(item, circumstances(item, shared=shared())).deed is Deed.STORE


# ---------------------------------------------------------------- proofs
def forged():
    good = statement(V1, LYON)
    guest = {"level": Level.GUEST, "evidence": address_of(b"attestation")}
    return {
        "another's key": sign(replace(good, jws=""), KEYS[TURIN]),
        "an unknown key": sign(replace(good, jws=""), key_of(LYON, "evil")),
        "another statement": replace(good, act=Act.REJECT, reason="no"),
        "another version": replace(good, object=address_of(b"other")),
        "another time": replace(good, at=AT - HOUR),
        "the future": statement(V1, LYON, at=AT + timedelta(seconds=61)),
        "expired": statement(V1, LYON, expires=AT - HOUR),
        "no signature": replace(good, jws=""),
        "half a signature": replace(good, jws=good.jws[:-20]),
        "a guest of somebody with a node": sign(replace(good, jws="", **guest), KEYS[TURIN]),
        "a guest without attestation": sign(replace(good, jws="", level=Level.GUEST), KEYS[TURIN]),
    }


@pytest.mark.parametrize("case", forged())
def test_a_signature_that_does_not_fit_is_refused(case: str):
    item = said(Kind.SIGN, sender=LYON, to=TURIN, signatures=(forged()[case],))
    assert isinstance(refused(item, shared=shared()), ObjectNotSigned)


def test_a_guest_without_a_node_acts_through_the_inviting_one():
    guest = replace(statement(V1, TURIN), signer=LYON, jws="", level=Level.GUEST, evidence=address_of(b"a"))
    item = said(Kind.SIGN, signatures=(sign(guest, KEYS[TURIN]),))
    only_turin = key_at({TURIN: KEYS[TURIN]})
    assert receive(item, circumstances(item, shared=shared(), key_at=only_turin)).deed is Deed.STORE


def test_a_record_from_the_future_is_refused():
    late = proposal(at=AT + timedelta(seconds=90))
    assert isinstance(refused(proposing(late)), ObjectNotSigned)


@pytest.mark.parametrize(
    "token",
    [
        seal_token(thread=name(9)),
        seal_token(key=KEYS[LYON]),
        seal_token(key=key_of(TURIN, "evil")),
        seal_token()[:-4] + "AAAA",
    ],
    ids=["another document", "another's key", "an unknown key", "other bytes"],
)
def test_a_seal_that_is_not_the_owners_word_is_refused(token: str):
    assert refused(sealing(token), shared=shared(), line=Line(next=2)) is not None


def test_notices_and_hand_overs_are_checked_too():
    notice = Termination(object=V1.address, by=LYON, at=AT, reason="We close.", last_day=AT.date())
    item = said(Kind.SIGN, sender=LYON, to=TURIN, statements=(sign_termination(notice, THREAD, KEYS[LYON]),))
    assert receive(item, circumstances(item, shared=shared())).deed is Deed.STORE
    elsewhere = said(Kind.SIGN, sender=LYON, to=TURIN, statements=(sign_termination(notice, name(9), KEYS[LYON]),))
    assert refused(elsewhere, shared=shared()) is not None
    over = HandOver(thread=THREAD, owner=TURIN, to=LYON, at=AT, issuer=TURIN)
    item = said(Kind.SEAL, statements=(sign_hand_over(over, KEYS[TURIN]),))
    assert receive(item, circumstances(item, shared=shared())).deed is Deed.STORE


def test_every_rule_has_its_name_and_place():
    assert next(iter(RULES)) == "the addressee is here"
    assert list(RULES)[-3:] == list(IN_TURN)


def test_nobody_but_a_party_learns_that_a_document_is_here():
    """A stranger gets the same refusal whether the thread is here or not."""
    outsider = Standing(
        entity=STRANGER, at=AT, level=Trust.UNKNOWN, configuration=configuration(STRANGER, key_of(STRANGER))
    )
    item = said(Kind.NOTE, sender=STRANGER, to=TURIN, note=JsonObject({"text": "?"}))
    here = receive(item, circumstances(item, sender=outsider, shared=shared()))
    not_here = receive(item, circumstances(item, sender=outsider))
    assert here == not_here


def test_who_is_told_next():
    assert recipients(shared(), frozenset({TURIN})) == (LYON,)
    assert recipients(shared(), frozenset({LYON})) == (TURIN,)
    assert recipients(shared(), frozenset({TURIN}), came_from=LYON) == ()


def test_bytes_of_others_are_forwarded_as_they_came():
    item = proposing(V1)
    assert item.records[0].data == to_bytes(V1)
    assert record(shared().thread.versions and V1.terms and _memorandum(), thread=THREAD, author=TURIN, at=AT) == V1


def _memorandum():
    from core.partnership.samples import memorandum

    assert text("x")
    return memorandum()
