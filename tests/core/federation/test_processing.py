"""What a stored message does to the document: the race of acceptance against amendment, seals, forks, hand-overs."""

from dataclasses import replace
from datetime import date

from core.federation.samples import AT, HOUR, KEYS, key_at, name, proposing, said, statement
from core.partnership.samples import LYON, STRANGER, THREAD, TODAY, TURIN, proposal, text
from ecvet.federation import (
    HandOver,
    Kind,
    Message,
    Processed,
    Shared,
    SignedSeal,
    Tombstone,
    moment_of_seal,
    process,
    sign_hand_over,
    sign_seal,
    sign_termination,
    signed_seal,
    taken_back,
)
from ecvet.federation.errors import HandOverDoesNotFit, MessageUnfit, NotAParty, SealDoesNotFit, VersionForked
from ecvet.federation.heads import contents, state_of
from ecvet.mobility import MobilityEvent, Role, Verb
from ecvet.partnership import AgreementState, Termination, in_force, seal, signatories, state
from ecvet.partnership.errors import ProposalStale, VersionUnknown
from ecvet.partnership.force import read_memorandum
from ecvet.record import Act, Address, Record, Signature, StepNotPossible, record
from ecvet.record.errors import VersionDoesNotFollow

V1 = proposal()
V2 = proposal(V1, at=AT + HOUR, review=text("Every May"))
V3 = proposal(V1, at=AT + HOUR, author=LYON, review=text("Every June"))


def run(*messages: Message, shared: Shared | None = None) -> Processed:
    last = Processed(shared=shared)
    for item in messages:
        last = process(item, last.shared, key_at())
    return last


def accepting(version: Record, by=LYON, act: Act = Act.ACCEPT, **more) -> Message:
    to = LYON if by == TURIN else TURIN
    return said(Kind.SIGN, sender=by, to=to, signatures=(statement(version, by, act, **more),))


def sealing(shared: Shared, version: Record, at=AT, *, replaces: Address | None = None) -> Message:
    among = signatories(read_memorandum(version))
    made = seal(shared.thread, version.address, among, by=shared.owner, at=at, in_force_from=at.date())
    token = sign_seal(signed_seal(made, THREAD, replaces=replaces), KEYS[shared.owner])
    return said(Kind.SEAL, signatures=made.signatures, statements=(token,))


AGREED = (proposing(V1), accepting(V1, TURIN), accepting(V1))


def agreed() -> Shared:
    found = run(*AGREED).shared
    assert found is not None
    return found


def in_force_now() -> Shared:
    found = run(sealing(agreed(), V1), shared=agreed()).shared
    assert found is not None
    return found


def test_a_memorandum_comes_into_force_in_three_messages():
    assert in_force(in_force_now().thread, TODAY) == V1


def test_the_same_message_twice_changes_nothing():
    for item in (*AGREED, sealing(agreed(), V1)):
        again = process(item, in_force_now(), key_at())
        assert not again.changed
        assert again.refused is None


def test_a_seal_brings_the_acceptances_that_were_not_seen():
    first = run(proposing(V1)).shared
    found = run(sealing(agreed(), V1), shared=first)
    assert found.refused is None
    assert found.shared is not None
    assert in_force(found.shared.thread, TODAY) == V1


# ---------------------------------------------------------------- the race
def test_a_late_acceptance_is_stale_and_told_the_head():
    start = run(proposing(V1)).shared
    now = run(proposing(proposal(V1, at=AT)), shared=start).shared
    late = run(accepting(V1), shared=now)
    assert isinstance(late.refused, ProposalStale)
    assert late.refused.facts["head"] == proposal(V1, at=AT).address
    assert late.shared == now


def test_two_amendments_of_the_same_version_stand_beside_each_other_and_one_is_sealed():
    both = run(proposing(V2), proposing(V3), shared=in_force_now())
    assert both.refused is None
    assert both.shared is not None
    now = run(accepting(V3, TURIN, at=AT + HOUR), accepting(V3, LYON, at=AT + HOUR), shared=both.shared).shared
    assert now is not None
    done = run(sealing(now, V3, AT + HOUR, replaces=V1.address), shared=now).shared
    assert done is not None
    assert in_force(done.thread, TODAY) == V3
    assert state(done.thread, V2.address, TODAY) is AgreementState.SUPERSEDED
    late = run(accepting(V2, at=AT + HOUR), shared=done)
    assert isinstance(late.refused, ProposalStale)


def test_a_proposal_from_what_is_no_longer_current_is_stale():
    now = run(proposing(V2), shared=in_force_now()).shared
    for by in (TURIN, LYON):
        now = run(accepting(V2, by, at=AT + HOUR), shared=now).shared
    assert now is not None
    now = run(sealing(now, V2, AT + HOUR, replaces=V1.address), shared=now).shared
    late = run(proposing(V3), shared=now)
    assert isinstance(late.refused, ProposalStale)
    assert late.refused.facts["head"] == V2.address


def test_what_the_owner_refused_is_taken_back():
    here = run(proposing(V3), accepting(V3, at=AT + HOUR), shared=in_force_now()).shared
    assert here is not None
    assert taken_back(here, proposing(V3)) == in_force_now()
    accepted = run(accepting(V1), shared=run(proposing(V1)).shared).shared
    assert taken_back(accepted, accepting(V1)) == run(proposing(V1)).shared
    assert taken_back(run(proposing(V1)).shared, proposing(V1)) is None
    assert taken_back(None, proposing(V1)) is None


def test_a_withdrawal_counts_before_the_seal_and_not_after():
    gone = accepting(V1, LYON, Act.WITHDRAW)
    before = run(gone, shared=agreed()).shared
    assert before is not None
    assert state(before.thread, V1.address, TODAY) is AgreementState.WITHDRAWN
    after = run(gone, shared=in_force_now())
    assert isinstance(after.refused, StepNotPossible)
    # the other side had withdrawn, but the owner sealed before it heard of it: the owner's order counts
    believed = run(sealing(agreed(), V1), shared=before)
    assert believed.refused is None
    assert believed.shared is not None
    assert in_force(believed.shared.thread, TODAY) == V1


def test_clocks_that_differ_do_not_stop_a_seal():
    ahead = statement(V1, LYON, at=AT + 45 * (HOUR / 3600))
    now = run(proposing(V1), accepting(V1, TURIN), said(Kind.SIGN, sender=LYON, to=TURIN, signatures=(ahead,))).shared
    assert now is not None
    at = moment_of_seal(AT, now.thread.signatures)
    assert run(sealing(now, V1, at), shared=now).refused is None


def test_one_simple_change_takes_three_messages():
    """Network lesson 15: student mobility's network needs about ten requests."""
    both = (statement(V2, TURIN, Act.ISSUE), statement(V2, TURIN, at=AT + HOUR))
    change = said(Kind.PROPOSE, records=(V2,), signatures=both)
    now = run(change, accepting(V2, at=AT + HOUR), shared=in_force_now()).shared
    assert now is not None
    done = run(sealing(now, V2, AT + HOUR, replaces=V1.address), shared=now)
    assert done.shared is not None
    assert in_force(done.shared.thread, TODAY) == V2


# ---------------------------------------------------------------- hostile owners and partners
def forged_seal(**more) -> Message:
    acceptances = tuple(_address(one) for one in (statement(V1, TURIN), statement(V1, LYON)))
    made = SignedSeal(thread=THREAD, object=V1.address, by=TURIN, at=AT, in_force_from=TODAY, acceptances=acceptances)
    return said(Kind.SEAL, statements=(sign_seal(replace(made, **more), KEYS[more.get("by", TURIN)]),))


def _address(made: Signature) -> Address:
    from ecvet.federation import signature_bytes
    from ecvet.record import address_of

    return address_of(signature_bytes(made))


def test_a_seal_without_the_acceptances_does_not_hold():
    alone = run(proposing(V1), accepting(V1, TURIN)).shared
    assert isinstance(run(forged_seal(), shared=alone).refused, SealDoesNotFit)
    assert isinstance(run(forged_seal(acceptances=()), shared=agreed()).refused, SealDoesNotFit)
    assert isinstance(run(forged_seal(by=LYON), shared=agreed()).refused, SealDoesNotFit)
    assert isinstance(run(forged_seal(object=V2.address), shared=agreed()).refused, VersionUnknown)
    assert isinstance(run(forged_seal(replaces=V2.address), shared=agreed()).refused, SealDoesNotFit)


def test_an_owner_who_seals_twice_after_the_same_version_is_convicted():
    now = run(proposing(V2), accepting(V2, TURIN), accepting(V2), shared=in_force_now()).shared
    assert now is not None
    first = run(sealing(now, V2, AT + HOUR, replaces=V1.address), proposing(V3), shared=now).shared
    second = tuple(_address(statement(V3, one)) for one in (TURIN, LYON))
    other = forged_seal(object=V3.address, replaces=V1.address, acceptances=second)
    lie = run(other, shared=first)
    assert isinstance(lie.refused, VersionForked)
    assert lie.shared is not None
    assert [one.object for one in lie.shared.disputed] == [V3.address]
    assert in_force(lie.shared.thread, TODAY) == V2
    assert not run(other, shared=lie.shared).changed


def test_nothing_enters_a_thread_that_is_not_there_or_of_another_document():
    assert isinstance(run(accepting(V1)).refused, NotAParty)
    assert isinstance(run(proposing(V2)).refused, VersionDoesNotFollow)
    other = said(Kind.PROPOSE, records=(V1,), signatures=(statement(V1, TURIN, Act.ISSUE),), thread=name(5))
    assert isinstance(run(other).refused, MessageUnfit)
    assert isinstance(run(proposing(proposal(V2, at=AT)), shared=agreed()).refused, VersionDoesNotFollow)


def test_all_of_a_message_enters_or_nothing():
    good, bad = statement(V1, LYON), statement(V1, TURIN, Act.REJECT)
    item = said(Kind.SIGN, sender=LYON, to=TURIN, signatures=(good, replace(bad, signer=STRANGER)))
    start = run(proposing(V1)).shared
    found = run(item, shared=start)
    assert found.refused is not None
    assert found.shared == start


# ---------------------------------------------------------------- notices, hand-overs, tombstones, events
def test_a_notice_ends_what_is_in_force():
    notice = Termination(object=V1.address, by=LYON, at=AT, reason="We close.", last_day=date(2024, 6, 30))
    item = said(Kind.SIGN, sender=LYON, to=TURIN, statements=(sign_termination(notice, THREAD, KEYS[LYON]),))
    found = run(item, shared=in_force_now())
    assert found.shared is not None
    assert found.shared.thread.terminations == (notice,)
    assert in_force(found.shared.thread, date(2024, 7, 1)) is None
    assert run(item, shared=agreed()).refused is not None


def test_the_owner_hands_a_thread_over_and_nobody_else_does():
    over = HandOver(thread=THREAD, owner=TURIN, to=LYON, at=AT, issuer=TURIN, reason="We merge.")
    item = said(Kind.SEAL, statements=(sign_hand_over(over, KEYS[TURIN]),))
    found = run(item, shared=agreed())
    assert found.shared is not None
    assert found.shared.owner == LYON
    assert not run(item, shared=found.shared).changed
    for bad in (
        replace(over, issuer=LYON),
        replace(over, to=STRANGER),
        replace(over, to=TURIN),
        replace(over, owner=LYON),
    ):
        item = said(Kind.SEAL, statements=(sign_hand_over(bad, KEYS[bad.issuer]),))
        assert isinstance(run(item, shared=agreed()).refused, HandOverDoesNotFit)
    by_superior = said(Kind.SEAL, statements=(sign_hand_over(replace(over, issuer=LYON), KEYS[LYON]),))
    assert process(by_superior, agreed(), key_at(), superiors=(LYON,)).refused is None


def stone(version: Record) -> Message:
    made = record(
        Tombstone(object=version.address, thread=THREAD, reason="wrong learner"), thread=name(77), author=TURIN, at=AT
    )
    return said(Kind.RETRACT, records=(made,), signatures=(statement(made, TURIN, Act.ISSUE),))


def test_a_tombstone_makes_a_version_void():
    found = run(stone(V1), shared=in_force_now()).shared
    assert found is not None
    assert state(found.thread, V1.address, TODAY) is AgreementState.VOID
    assert in_force(found.thread, TODAY) is None
    assert not run(stone(V1), shared=found).changed


def event(verb: Verb, prev: Record | None = None, author=LYON) -> Message:
    made = record(
        MobilityEvent(stay=THREAD, verb=verb, on=TODAY, by=Role.HOSTING),
        thread=name(50),
        author=author,
        at=AT,
        prev=prev,
    )
    return said(Kind.EVENT, sender=author, to=TURIN if author == LYON else LYON, records=(made,),
                signatures=(statement(made, author, Act.ISSUE),))  # fmt: skip


def test_records_of_one_author_form_one_line():
    first = event(Verb.START)
    now = run(first, shared=in_force_now()).shared
    again = event(Verb.START, first.records[0].record)
    assert run(again, shared=now).refused is None
    assert isinstance(run(event(Verb.MISS), shared=now).refused, VersionDoesNotFollow)
    assert isinstance(run(event(Verb.START, first.records[0].record, TURIN), shared=now).refused, NotAParty)


def test_a_record_that_rests_on_something_else_belongs_to_another_conversation():
    told = MobilityEvent(stay=name(9), verb=Verb.START, on=TODAY, by=Role.HOSTING)
    other = record(told, thread=name(50), author=LYON, at=AT)
    item = said(Kind.EVENT, sender=LYON, to=TURIN, records=(other,), signatures=(statement(other, LYON, Act.ISSUE),))
    assert isinstance(run(item, shared=in_force_now()).refused, MessageUnfit)


def test_the_state_of_a_thread_does_not_depend_on_the_order():
    one = run(proposing(V1), accepting(V1), accepting(V1, TURIN)).shared
    assert one is not None
    assert state_of(contents(one.thread)) == state_of(contents(agreed().thread))
    assert state_of(contents(one.thread)) != state_of(contents(in_force_now().thread, (forged_seal().statements)))
