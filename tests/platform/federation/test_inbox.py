"""Inbox and outbox with a partner made by the core: repeated, early, refused, forged, raced, lied."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ecvet.federation import Beside, JournalHead, Kind, Outcome, sign_termination
from ecvet.mobility import MobilityEvent, Reason, Verb
from ecvet.mobility import Role as Part
from ecvet.partnership import Termination
from ecvet.record import Act, Person, Record, SigningKey, address_of, commitment
from ecvet.record.canonical import JsonObject
from ecvet.record.lifecycle import StepNotPossible
from ecvet.terms import Identifier, Period
from ecvet_platform.federation import fetcher
from ecvet_platform.federation.actions import (
    connecting,
    conversation,
    delivering,
    exchanging,
    following,
)
from ecvet_platform.federation.models import CameRow, SentRow
from ecvet_platform.federation.store import messages
from ecvet_platform.institutions.actions import memoranda, threads
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import chance, clock
from ecvet_platform.mobility.actions import agreements, learners, proposing, signing, stays
from ecvet_platform.mobility.store import learners as learner_rows
from federation_internet import HERE
from simulators.partner import Network, Partner
from simulators.world import World, made_world
from stories_of import LYON, MEMORANDUM, NOW, TURIN, draft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hour() -> Iterator[None]:
    with clock.fixed(NOW):
        yield


@pytest.fixture
def world(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    settings.DATA, settings.SITE = tmp_path, HERE
    network = Network()
    monkeypatch.setattr(fetcher, "ask", network.ask)
    return made_world(network)


def states() -> list[str]:
    return list(CameRow.objects.order_by("id").values_list("state", flat=True))


def told_back(world: World) -> list[str]:
    """The codes of the errors that Lyon is sent."""
    world.sent()
    return [str((one.note or {}).get("type")).rpartition("/")[2] for one in world.lyon.came if one.kind is Kind.ERROR]


# ------------------------------------------------------------- delivery
def test_a_whole_agreement_goes_out_in_the_order_of_the_journal(world: World) -> None:
    world.agreed()
    assert world.sent() == ["propose", "sign", "seal", "propose", "event", "sign", "sign", "seal"]
    assert not messages.unhappy()
    assert world.sent() == []


def test_a_repetition_gets_the_same_receipt_and_has_one_effect(world: World) -> None:
    version = world.proposed()
    item = world.accepting(version)
    first, entries = world.lyon.tell(item), journal.verify()[0]
    assert world.lyon.tell(item, item) == first * 2
    assert journal.verify()[0] == entries
    known = threads.thread(version.thread)
    assert known is not None
    assert len([one for one in known.signatures if one.signer == LYON]) == 1


def test_a_request_is_taken_once(world: World) -> None:
    version = world.proposed()
    item, nonce = world.accepting(version), chance.token()
    assert world.lyon.post(item, nonce=nonce).status_code == 200
    assert world.lyon.post(item, nonce=nonce).status_code == 401


def test_what_comes_early_waits_and_is_done_in_its_order(world: World) -> None:
    world.agreed()
    begin, pause, go_on = (
        world.event(Verb.START, date(2026, 4, 6)),
        world.event(Verb.INTERRUPT, date(2026, 4, 10), reason=Reason.ILLNESS),
        world.event(Verb.RESUME, date(2026, 4, 14)),
    )
    with clock.fixed(datetime(2026, 4, 15, 9, tzinfo=NOW.tzinfo)):
        assert [one.outcome for one in world.lyon.tell(go_on, pause)] == [Outcome.STORED] * 2
        assert states()[-2:] == ["held", "held"]
        world.lyon.tell(begin)
    assert states()[-3:] == ["stored"] * 3
    assert agreements.line(begin.thread, actor=world.actor()).stay == "started"


def test_what_never_came_is_fetched_from_the_outbox(world: World) -> None:
    world.agreed()
    world.event(Verb.START, date(2026, 4, 6))
    later = world.event(Verb.INTERRUPT, date(2026, 4, 10), reason=Reason.ILLNESS)
    at = datetime(2026, 4, 15, 9, tzinfo=NOW.tzinfo)
    with clock.fixed(at):
        world.lyon.tell(later)
    with clock.fixed(at + timedelta(minutes=3)):
        assert exchanging.exchange().fetched > 0
    assert set(states()) == {"stored"}
    assert agreements.line(later.thread, actor=world.actor()).stay == "interrupted"


def test_a_refused_message_ends_no_conversation(world: World) -> None:
    version = world.proposed()
    forged = world.accepting(version, key=SigningKey.from_seed(f"{LYON}#1", b"f" * 32))
    [receipt] = world.lyon.tell(forged)
    assert receipt.outcome is Outcome.REFUSED
    [second] = world.lyon.tell(world.accepting(version))
    assert second.outcome is Outcome.STORED
    assert states()[-2:] == ["refused", "stored"]


def test_a_refusal_before_a_gap_closes_is_passed_over_in_its_turn(world: World) -> None:
    version = world.proposed()
    first = world.lyon.make(Kind.NOTE, version.thread, note=JsonObject({"text": "hello"}))
    empty = world.lyon.make(Kind.SIGN, version.thread)
    third = world.accepting(version)
    assert [one.outcome.value for one in world.lyon.tell(third, empty, first)] == ["stored", "refused", "stored"]
    assert states()[-3:] == ["stored", "refused", "stored"]


def test_an_unreadable_message_and_a_batch_too_long(world: World) -> None:
    version = world.proposed()
    good = world.accepting(version)
    body = b'{"messages":[{"id":"x"},' + good.data + b"]}"
    bad, receipt = world.lyon.post(body=body).json()["receipts"]
    assert isinstance(bad, dict)
    assert isinstance(receipt, str)
    many = b'{"messages":[' + b",".join([good.data] * 51) + b"]}"
    answer = world.lyon.post(body=many)
    assert answer.status_code == 413
    assert answer.json()["title"]


def test_a_fault_of_ours_with_one_message_holds_no_other_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    version = world.proposed()
    note = world.lyon.make(Kind.NOTE, version.thread, note=JsonObject({"text": "hello"}))
    other = world.accepting(version)
    from ecvet_platform.federation.actions import applying

    real = applying.apply

    def apply(item: Any, kept: Any, shared: Any) -> None:
        if item.id == note.id:
            raise RuntimeError("a fault")
        real(item, kept, shared)

    monkeypatch.setattr(applying, "apply", apply)
    failed, receipt = world.lyon.post(note, other).json()["receipts"]
    assert failed["status"] == 503
    assert isinstance(receipt, str)
    assert states()[-1:] == ["held"]
    monkeypatch.setattr(applying, "apply", real)
    world.lyon.tell(note)
    assert states()[-2:] == ["stored", "stored"]


# ------------------------------------------------------------- what is refused, and told
def test_an_acceptance_of_a_version_that_is_no_longer_current_is_told_back(world: World) -> None:
    version = world.agreed()
    item = agreements.agreement(version.thread, actor=world.actor()).item
    later = replace(item.value, period=Period(item.value.period.start, date(2026, 6, 5)))
    changed = proposing.change(version.thread, later, base=version.address, actor=world.actor())
    signing.answer(version.thread, changed, Act.WITHDRAW, actor=world.actor(), reason="A slip.")
    withdrawn = world.version(version.thread)
    [receipt] = world.lyon.tell(world.accepting(withdrawn))
    assert receipt.outcome is Outcome.STORED
    assert states()[-1] == "failed"
    assert len(told_back(world)) == 1


def test_a_change_by_the_host_crosses_one_of_home_and_the_owner_keeps_the_order(world: World) -> None:
    version = world.agreed()
    world.sent()
    item = agreements.agreement(version.thread, actor=world.actor()).item
    ours = replace(item.value, period=Period(item.value.period.start, date(2026, 6, 5)))
    theirs = replace(item.value, period=Period(item.value.period.start, date(2026, 6, 12)))
    proposing.change(version.thread, ours, base=version.address, actor=world.actor())
    change = world.lyon.record(theirs, version.thread, prev=version, person_ref=version.person_ref)
    say = world.lyon.make(
        Kind.PROPOSE, version.thread, records=(change,), signatures=(world.lyon.signature(change, Act.ISSUE),)
    )
    [receipt] = world.lyon.tell(say)
    assert receipt.outcome is Outcome.STORED
    known = threads.thread(version.thread)
    assert known is not None
    assert len(known.versions) == 3  # both stand beside each other until one is sealed (7.5, case 9)
    assert not told_back(world)


def test_a_version_made_from_an_old_one_is_told_back_as_stale(world: World) -> None:
    version = world.agreed()
    item = agreements.agreement(version.thread, actor=world.actor()).item
    ours = replace(item.value, period=Period(item.value.period.start, date(2026, 6, 5)))
    second = proposing.change(version.thread, ours, base=version.address, actor=world.actor())
    signing.answer(version.thread, second, Act.ACCEPT, actor=world.actor("Alba"))
    world.lyon.tell(world.accepting(world.version(version.thread)))
    signing.answer(version.thread, second, Act.ACCEPT, actor=world.actor())
    stale = replace(item.value, period=Period(item.value.period.start, date(2026, 6, 12)))
    change = world.lyon.record(stale, version.thread, prev=version, person_ref=version.person_ref)
    world.lyon.tell(
        world.lyon.make(
            Kind.PROPOSE, version.thread, records=(change,), signatures=(world.lyon.signature(change, Act.ISSUE),)
        )
    )
    assert states()[-1] == "failed"
    known = threads.thread(version.thread)
    assert known is not None
    assert len(known.versions) == 2
    assert len(told_back(world)) == 1


def test_lyon_withdraws_before_the_seal(world: World) -> None:
    version = world.proposed()
    signing.answer(version.thread, version.address, Act.ACCEPT, actor=world.actor("Alba"))
    world.lyon.tell(world.accepting(version))
    back = world.lyon.signature(version, Act.WITHDRAW, reason="No room.", at=NOW + timedelta(seconds=1))
    with clock.fixed(NOW + timedelta(seconds=2)):
        world.lyon.tell(world.lyon.make(Kind.SIGN, version.thread, signatures=(back,)))
        with pytest.raises(StepNotPossible):
            signing.answer(version.thread, version.address, Act.ACCEPT, actor=world.actor())
    assert states()[-1] == "stored"
    assert agreements.line(version.thread, actor=world.actor()).in_force is None


def test_lyon_ends_the_memorandum(world: World) -> None:
    thread = world.framed()
    notice = Termination(
        object=world.version(thread).address, by=LYON, at=NOW, reason="No more places.", last_day=date(2026, 12, 31)
    )
    token = sign_termination(notice, thread, world.lyon.key_of_records())
    world.lyon.tell(world.lyon.make(Kind.SIGN, thread, statements=(token,)))
    assert states()[-1] == "stored"
    assert memoranda.last_day(world.version(thread).address) == date(2026, 12, 31)


def test_a_learner_without_person_is_not_let_in(world: World) -> None:
    """Lyon as home sends its own learner without the person beside the record."""
    world.framed()
    assert world.memorandum is not None
    turned = replace(
        draft(world.alba, memoranda.in_force_on(world.memorandum, clock.today()).address),
        parties=tuple(
            replace(one, id=LYON if one.id == TURIN else TURIN if one.id == LYON else chance.new_identifier())
            for one in draft(world.alba, None).parties
        ),
    )  # fmt: skip
    thread = chance.new_identifier()
    item = world.lyon.record(turned, thread, person_ref=world.alba.ref)
    world.lyon.tell(
        world.lyon.make(
            Kind.PROPOSE, thread, records=(item,), signatures=(world.lyon.signature(item, Act.ISSUE, role="home"),)
        )
    )
    assert states()[-1] == "failed"
    assert threads.thread(thread) is None
    assert len(told_back(world)) == 1


def test_our_version_that_its_owner_refuses_is_void_here(world: World) -> None:
    world.lyon.refuses = {"type": "about:blank", "title": "Not possible.", "status": 409}
    thread = memoranda.propose(MEMORANDUM, actor=world.actor())
    world.sent()
    [sent] = messages.unhappy()
    assert sent.outcome == "refused"
    known = threads.thread(thread)
    assert known is not None
    assert world.version(thread).address in known.retracted


# ------------------------------------------------------------- liars and strangers
def test_an_unknown_key_of_a_partner_is_asked_for_once_a_minute(world: World) -> None:
    version = world.proposed()
    item = world.accepting(version)
    world.lyon.renew("2")
    with clock.fixed(NOW + timedelta(minutes=2)):
        assert world.lyon.post(item).status_code == 200
        stranger = SigningKey.from_seed(f"{world.lyon.entity}#9", b"9" * 32)
        before = len(world.network.asked)
        assert world.lyon.post(item, key=stranger).status_code == 401
        assert world.lyon.post(item, key=stranger).status_code == 401
        assert len(world.network.asked) - before <= 1


def test_a_stranger_proposes_a_memorandum_and_waits_for_people(world: World) -> None:
    oulu = Partner("https://oulu.example/node", name="Oulu College", institution="https://oulu.example/")
    world.network.join(oulu)
    item = replace(MEMORANDUM, parties=(TURIN, oulu.id), responsibilities=tuple(
        replace(one, institution=oulu.id if one.institution == LYON else one.institution)
        for one in MEMORANDUM.responsibilities
    ))  # fmt: skip
    receipts = []
    for _ in range(7):
        thread = chance.new_identifier()
        made = oulu.record(item, thread)
        say = oulu.make(
            Kind.PROPOSE, thread, records=(made,), signatures=(oulu.signature(made, Act.ISSUE, role="party"),)
        )
        receipts += oulu.tell(say)
    assert [one.outcome.value for one in receipts] == ["stored"] * 5 + ["refused"] * 2
    assert states()[:5] == ["quarantine"] * 5
    assert threads.thread(say.thread) is None
    asked = [one for one in world.network.asked if one.startswith(oulu.entity)]
    assert len(asked) == 1
    [note] = oulu.tell(oulu.make(Kind.NOTE, chance.new_identifier(), note=JsonObject({"text": "buy"})))
    assert note.outcome is Outcome.REFUSED


def test_who_is_no_party_learns_nothing(world: World) -> None:
    version = world.proposed()
    oulu = Partner("https://oulu.example/node", name="Oulu College", institution="https://oulu.example/")
    world.network.join(oulu)
    assert oulu.get(f"threads/{version.thread}").status_code == 403
    assert oulu.get(f"objects/{version.address}").status_code == 403
    assert oulu.get("outbox").json()["messages"] == []
    assert world.lyon.get(f"threads/{version.thread}").status_code == 200


def test_a_paused_partner_is_sent_nothing_until_it_goes_on(world: World) -> None:
    connecting.pause(Identifier(world.lyon.entity), paused=True, actor=world.actor("Office"))
    world.proposed()
    assert world.sent() == []
    connecting.pause(Identifier(world.lyon.entity), paused=False, actor=world.actor("Office"))
    assert world.sent() == ["propose", "sign", "seal", "propose", "event"]


def test_a_journal_that_was_rewritten_is_told_and_holds_nothing_up(world: World) -> None:
    world.framed()
    head = JournalHead(n=100, hash=address_of(b"one"))
    world.lyon.heads = [head, replace(head, hash=address_of(b"two")), replace(head, hash=address_of(b"two"))]
    world.sent()
    assert not messages.unhappy()
    [entry] = [one for one in journal.read() if one.verb == "network.rewritten"]
    assert entry.details["n"] == 100


def test_a_receipt_for_something_else_is_none(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.framed()
    real = world.lyon._receipt
    monkeypatch.setattr(world.lyon, "_receipt", lambda item: real(replace(item, seq=item.seq + 7)))
    world.sent()
    assert all(one.receipt == "" and one.due is not None for one in messages.unhappy())
    assert len(messages.unhappy()) == 3


def test_a_partner_that_is_away_for_weeks_gets_everything_in_the_end(world: World) -> None:
    world.lyon.silent = True
    world.framed()
    following.follow_all()
    for day in range(20):
        with clock.fixed(NOW + timedelta(days=day)):
            delivering.deliver()
    assert len(messages.unhappy()) == 3
    world.lyon.silent = False
    with clock.fixed(NOW + timedelta(days=21)):
        assert world.sent() == ["propose", "sign", "seal"]


def test_force_majeure_is_told_with_its_reason(world: World) -> None:
    world.agreed()
    with clock.fixed(datetime(2026, 4, 20, 9, tzinfo=NOW.tzinfo)):
        world.lyon.tell(world.event(Verb.START, date(2026, 4, 6)))
        early = world.event(Verb.END_EARLY, date(2026, 4, 20), reason=Reason.FORCE_MAJEURE)
        world.lyon.tell(early)
    assert states()[-1] == "stored"
    assert agreements.line(early.thread, actor=world.actor()).stay == "ended"


def test_an_event_that_is_not_possible_is_received_and_told_back(world: World) -> None:
    world.agreed()
    [receipt] = world.lyon.tell(world.event(Verb.RESUME, date(2026, 4, 6)))
    assert receipt.outcome is Outcome.STORED
    assert states()[-1] == "failed"
    assert len(told_back(world)) == 1


# ------------------------------------------------------------- erasure (R-DATA-2)
def test_a_learner_erased_at_home_is_told_by_a_note_and_leaves_no_person_in_messages(world: World) -> None:
    version = world.proposed()
    world.sent()
    assert any(one.persons for one in world.lyon.came)
    stays.tell(version.thread, Verb.CANCEL, on=clock.today(), actor=world.actor(), reason=Reason.LEARNERS_WISH)
    state = conversation.state(version.thread)
    learners.erase(world.alba.id, actor=world.actor())
    assert world.sent()[-1:] == ["note"]
    assert world.lyon.came[-1].note == {"about": "erasure", "learner": world.alba.id}
    assert all(b"Rossi" not in bytes(one.data) for one in SentRow.objects.all())
    assert conversation.state(version.thread) == state
    assert journal.verify()[0]
    assert not messages.unhappy()


def hosted(world: World) -> tuple[Identifier, Record, Identifier]:
    """Lyon sends a learner of its own to Turin: the document, its first version, and the learner."""
    world.framed()
    assert world.memorandum is not None
    learner, salt = chance.new_identifier(), chance.salt()
    person = Person(names=("Paul",), family_name="Durand", birth_date=date(2006, 1, 1))
    other = {TURIN: LYON, LYON: TURIN, world.alba.id: learner}
    plan = draft(world.alba, memoranda.in_force_on(world.memorandum, clock.today()).address)
    plan = replace(plan, parties=tuple(replace(one, id=other[one.id]) for one in plan.parties))
    item = world.lyon.record(plan, chance.new_identifier(), person_ref=commitment(person, salt))
    beside = Beside(ref=commitment(person, salt), salt=salt, person=person)
    [receipt] = world.lyon.tell(
        world.lyon.make(
            Kind.PROPOSE, item.thread, records=(item,), persons=(beside,),
            signatures=(world.lyon.signature(item, Act.ISSUE, role="home"),),
        )
    )  # fmt: skip
    assert receipt.outcome is Outcome.STORED
    return item.thread, item, learner


def test_a_partners_learner_is_forgotten_once_no_duty_remains(world: World) -> None:
    thread, _, learner = hosted(world)
    assert states()[-1] == "stored"
    note = JsonObject({"about": "erasure", "learner": learner})
    plan = MobilityEvent(stay=thread, verb=Verb.PLAN, on=clock.today(), by=Part.HOME, agreement=None)
    cancel = replace(plan, verb=Verb.CANCEL, reason=Reason.LEARNERS_WISH)
    for one in (plan, None, cancel, None):
        if one is None:
            world.lyon.tell(world.lyon.make(Kind.NOTE, thread, note=note))
            continue
        item = world.lyon.record(one, chance.new_identifier())
        signed = world.lyon.signature(item, Act.ISSUE, role="home")
        world.lyon.tell(world.lyon.make(Kind.EVENT, thread, records=(item,), signatures=(signed,)))
    assert states()[-4:] == ["stored", "failed", "stored", "stored"]  # told why, while the stay was planned
    known = learner_rows.learner(learner)
    assert known is not None
    assert known.person is None
    assert all(b"Durand" not in bytes(one.data) for one in CameRow.objects.all())
    assert journal.verify()[0]
    assert len(told_back(world)) == 1


def test_nobody_but_home_has_a_learner_forgotten(world: World) -> None:
    version = world.proposed()
    note = JsonObject({"about": "erasure", "learner": world.alba.id})
    world.lyon.tell(world.lyon.make(Kind.NOTE, version.thread, note=note))
    assert states()[-1] == "failed"
    known = learner_rows.learner(world.alba.id)
    assert known is not None
    assert known.person is not None


# ------------------------------------------------------------- comparing and catching up
def test_comparing_finds_what_no_gap_shows(world: World) -> None:
    version = world.agreed()
    world.sent()
    world.event(Verb.START, date(2026, 4, 6))  # made, and lost before anything followed
    with clock.fixed(datetime(2026, 4, 15, 9, tzinfo=NOW.tzinfo)):
        world.lyon.states = {version.thread: address_of(b"another")}
        found = exchanging.exchange(compare_now=True)
        assert (found.fetched > 0, found.differing > 0) == (True, True)  # Lyon goes on saying something else
        assert agreements.line(version.thread, actor=world.actor()).stay == "started"
        shared = messages.threads_with(TURIN, world.lyon.entity)
        world.lyon.states = {name: conversation.state(name) for name in shared}
        assert exchanging.exchange(compare_now=True).differing == 0
        assert exchanging.exchange().fetched == 0


def test_after_weeks_everything_is_fetched_page_by_page_and_once(world: World) -> None:
    version = world.agreed()
    world.lyon.said.clear()
    for n in range(120):
        world.lyon.make(Kind.NOTE, version.thread, note=JsonObject({"text": f"Room {n}"}))
    with clock.fixed(NOW + timedelta(days=30)):
        world.lyon.states = {version.thread: address_of(b"another")}
        assert exchanging.exchange(compare_now=True).fetched == 120
        assert exchanging.exchange(compare_now=True).fetched == 0
    assert states().count("stored") == CameRow.objects.count()
