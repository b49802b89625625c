"""Who must know what: noted from the journal once, sent once, in the reader's language and rhythm."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.message import EmailMessage
from django.core.management import call_command
from django.test import Client

import stories_of as story
from ecvet.partnership import Call
from ecvet.record import Act
from ecvet.terms import Identifier
from ecvet_platform.institutions.actions import memoranda
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import asking, proposing, signing
from ecvet_platform.notices.actions import choosing, following, letters, telling
from ecvet_platform.notices.actions.audience import FIND
from ecvet_platform.notices.errors import RhythmUnknown
from ecvet_platform.notices.words import SENTENCES, TOLD, Rhythm, Who
from ecvet_platform.people import actions as people
from ecvet_platform.people import store as accounts
from ecvet_platform.people.roles import Role
from stories_of import NOW, TURIN, Cast

DAY = timedelta(days=1)
NOWHERE = Identifier("urn:uuid:0190a1b2-0000-7000-8000-000000000009")


def told() -> dict[str, list[str]]:
    """Run everything once; the sentences and subjects that went out, by reader."""
    mail.outbox.clear()
    telling.tell()
    found: dict[str, list[str]] = {}
    for one in mail.outbox:
        (to,) = one.to
        found.setdefault(to.partition("@")[0], []).append(str(one.body))
    return found


def colleague(everybody: Cast, name: str, language: str = "") -> Identifier:
    made = people.register(email=f"{name.lower()}@example.org", name=name, language=language)
    people.give_role(made, TURIN, Role.COORDINATOR)
    everybody.accounts[name] = made
    return made.identifier


# ------------------------------------------------------------- who is told what
def test_those_whose_signature_is_missing_are_asked_and_nobody_else(everybody: Cast):
    story.memorandum_in_force(everybody)
    told()
    story.proposing.put_forward(story.draft(everybody.alba, None), actor=everybody.actor("Bruno"))
    found = told()
    assert set(found) == {"chloe", "alba"}, "not Bruno, who did it, and not Marc, Dimitra and Erik"
    assert "You are asked to sign a learning agreement." in found["alba"][0]
    assert told() == {}, "once is enough"


def test_every_step_of_a_signature_reaches_those_concerned(everybody: Cast):
    bianca = colleague(everybody, "Bianca")
    thread, version = story.proposed(everybody)
    told()
    asking.delegate(thread, version, bianca, actor=everybody.actor("Bruno"))
    assert list(told()) == ["bianca"]
    asking.ask_again(thread, version, actor=everybody.actor("Bruno"))
    assert set(told()) == {"bianca", "chloe", "alba"}, "home's colleague to whom it was handed, not all of home"
    signing.answer(thread, version, Act.ACCEPT, actor=everybody.actor("Alba"))
    signing.answer(thread, version, Act.ACCEPT, actor=everybody.actor("Chloé"))
    found = told()
    assert set(found) == {"bruno"}
    assert "One more party has signed" in found["bruno"][0]
    signing.answer(thread, version, Act.ACCEPT, actor=everybody.actor("Bianca"))
    found = told()
    assert set(found) == {"alba", "chloe", "bruno"}
    assert all("A learning agreement is in force." in one for texts in found.values() for one in texts)


def test_a_decline_reaches_all_parties(everybody: Cast):
    thread, version = story.proposed(everybody)
    told()
    signing.answer(thread, version, Act.REJECT, actor=everybody.actor("Chloé"), reason="The salon is closed")
    found = told()
    assert set(found) == {"bruno", "alba"}
    assert all("declined" in one and "salon is closed" not in one for texts in found.values() for one in texts)


def test_the_owner_hears_when_everybody_else_has_signed(everybody: Cast):
    bruno, chloe = everybody.actor("Bruno"), everybody.actor("Chloé")
    thread = memoranda.propose(story.MEMORANDUM, actor=chloe)
    version = memoranda.memorandum(thread, actor=chloe).item.address
    assert "memorandum" in told()["bruno"][0]
    memoranda.answer(thread, version, Act.ACCEPT, actor=bruno)
    assert "One more party has signed a memorandum" in told()["chloe"][0]


def test_first_the_signatory_then_who_proposed_then_the_colleagues(everybody: Cast):
    """The deadline of spec 7.1: who is told when it approaches, passes, and stays passed."""
    colleague(everybody, "Carla")
    story.memorandum_in_force(everybody)
    thread = proposing.put_forward(story.draft(everybody.alba, None), actor=everybody.actor("Bruno"))
    for name in ("Chloé", "Bruno"):
        version = asking.agreements.agreement(thread, actor=everybody.actor(name)).proposed
        assert version is not None
        signing.answer(thread, version, Act.ACCEPT, actor=everybody.actor(name))
    told()
    readers = {}
    for days in (7, 33, 36, 44):
        with clock.fixed(NOW + days * DAY):
            readers[days] = set(told())
    assert readers == {7: {"alba"}, 33: {"alba"}, 36: {"alba", "bruno"}, 44: {"alba", "bruno", "carla"}}


def test_the_colleague_hears_when_the_one_who_proposed_is_here_no_more(everybody: Cast):
    """Spec 7.5, case 2."""
    colleague(everybody, "Carla")
    thread, version = story.proposed(everybody)
    told()
    people.take_role(everybody.accounts["Bruno"], TURIN, Role.COORDINATOR, by=everybody.actor("Dimitra"))
    signing.answer(thread, version, Act.ACCEPT, actor=everybody.actor("Chloé"))
    assert set(told()) == {"carla"}


def test_a_reminder_names_the_last_day_and_leads_to_the_page(everybody: Cast):
    thread, _version = story.proposed(everybody)
    told()
    with clock.fixed(NOW + 7 * DAY):
        text = told()["alba"][0]
    assert "still waits for a signature of yours. Last day: 6 April 2026." in text
    assert f"http://127.0.0.1:8000/agreements/{story.key(thread)}\n" in text
    assert len(re.findall(r"https?://", text)) == 1, "one link back"


# ------------------------------------------------------------- letters
def test_no_subject_and_no_letter_names_the_learner(everybody: Cast):
    story.in_force(everybody)
    told()
    assert mail.outbox
    for one in mail.outbox:
        assert "Alba" not in one.subject
        assert "Rossi" not in one.subject
        assert "Rossi" not in str(one.body) or one.to == ["alba@example.org"], "she is greeted by her own name"
        assert "\n" not in one.subject


def test_several_things_go_in_one_letter_with_one_link(everybody: Cast):
    story.in_force(everybody)
    found = told()
    (text,) = found["chloe"]
    assert text.count("http://") == 1
    assert "/notices/" in text
    assert any("things to know in ecvet" in one.subject for one in mail.outbox)


def test_each_reads_in_her_own_language(everybody: Cast):
    people.choose_language("de", person=everybody.accounts["Chloé"].id)
    story.proposed(everybody)
    told()
    with clock.fixed(NOW + 7 * DAY):
        found = told()
    assert "6. April 2026" in found["chloe"][0]
    assert "6 April 2026" in found["alba"][0]


def test_once_a_day_everything_in_one_letter(everybody: Cast):
    choosing.choose("daily", actor=everybody.actor("Chloé"))
    thread, version = story.proposed(everybody)
    assert "chloe" not in told()
    asking.ask_again(thread, version, actor=everybody.actor("Bruno"))
    morning = NOW.replace(hour=letters.MORNING) + DAY
    with clock.fixed(morning - timedelta(minutes=1)):
        assert "chloe" not in told()
    with clock.fixed(morning):
        assert len(told()["chloe"]) == 1
        assert "chloe" not in told()


def test_who_wants_no_letters_gets_none_and_no_heap_of_them_later(everybody: Cast):
    chloe = everybody.actor("Chloé")
    choosing.choose("never", actor=chloe)
    story.proposed(everybody)
    assert "chloe" not in told()
    assert choosing.mine(chloe), "they stand on the page"
    choosing.choose("at once", actor=chloe)
    assert "chloe" not in told()
    with pytest.raises(RhythmUnknown):
        choosing.choose("hourly", actor=chloe)


@pytest.mark.parametrize(
    ("rhythm", "first", "at", "goes"),
    [
        (Rhythm.AT_ONCE, (3, 23), (3, 23), True),
        (Rhythm.NEVER, (1, 0), (9, 0), False),
        (Rhythm.DAILY, (2, 9), (2, 23), False),
        (Rhythm.DAILY, (2, 9), (3, 4), False),
        (Rhythm.DAILY, (2, 9), (3, 5), True),
        (Rhythm.DAILY, (3, 4), (3, 5), True),
        (Rhythm.DAILY, (3, 5), (3, 6), False),
    ],
)
def test_when_a_letter_goes(rhythm: Rhythm, first: tuple[int, int], at: tuple[int, int], goes: bool):
    day, hour = first
    now_day, now_hour = at
    assert letters.goes_now(rhythm, datetime(2026, 3, day, hour, tzinfo=UTC),
                            datetime(2026, 3, now_day, now_hour, tzinfo=UTC)) is goes  # fmt: skip


# ------------------------------------------------------------- lost nothing, doubled nothing
class Ended(BaseException):
    """The run is killed."""


def test_a_run_that_is_killed_between_sending_and_noting_sends_the_same_letter_again(
    everybody: Cast, monkeypatch: pytest.MonkeyPatch
):
    """The same Message-ID and the same text, so that mail programs take it for the one it is."""
    story.proposed(everybody)
    following.follow()
    sent_before = letters.store.sent

    def killed(*_args: object, **_more: object) -> None:
        raise Ended

    monkeypatch.setattr(letters.store, "sent", killed)
    with pytest.raises(Ended):
        letters.send()
    (first,) = mail.outbox
    monkeypatch.setattr(letters.store, "sent", sent_before)
    letters.send()
    assert [one for one in mail.outbox[1:] if one.to == first.to] == [], "somebody may still be at it"
    with clock.fixed(NOW + letters.LEASE + timedelta(seconds=1)):
        letters.send()
        (again,) = [one for one in mail.outbox[1:] if one.to == first.to]
        letters.send()
    assert again.extra_headers["Message-ID"] == first.extra_headers["Message-ID"]
    assert (again.subject, again.body) == (first.subject, first.body)
    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == len({one.to[0] for one in mail.outbox})


def test_what_comes_meanwhile_goes_in_a_letter_of_its_own(everybody: Cast, monkeypatch: pytest.MonkeyPatch):
    thread, version = story.proposed(everybody)
    following.follow()
    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", _refused)
        assert letters.send() == letters.Sent(letters=0, failed=3)
    asking.ask_again(thread, version, actor=everybody.actor("Bruno"))
    following.follow()
    mail.outbox.clear()
    with clock.fixed(NOW + 2 * letters.LEASE):
        letters.send()
    to_alba = [one for one in mail.outbox if one.to == ["alba@example.org"]]
    assert len({one.extra_headers["Message-ID"] for one in to_alba}) == len(to_alba) == 2


def _refused(*_: object) -> int:
    raise ConnectionRefusedError


def test_a_run_that_is_killed_while_noting_notes_everything_the_next_time(
    everybody: Cast, monkeypatch: pytest.MonkeyPatch
):
    story.proposed(everybody)
    real = following.notices
    seen: list[int] = []

    def killed(entry: journal.Entry) -> object:
        seen.append(entry.n)
        if len(seen) == 3:
            raise Ended
        return real(entry)

    monkeypatch.setattr(following, "notices", killed)
    with pytest.raises(Ended):
        following.follow(batch=1000)
    monkeypatch.setattr(following, "notices", real)
    assert following.follow(batch=2) > 0
    assert following.follow() == 0
    assert len(choosing.mine(everybody.actor("Alba"))) == 1


def test_what_is_old_is_no_news(everybody: Cast):
    story.proposed(everybody)
    with clock.fixed(NOW + following.NEWS + DAY):
        assert following.follow() == 0


def test_an_entry_that_cannot_be_read_holds_nobody_up(everybody: Cast):
    journal.write("credit.transfer", by=everybody.actor("Bruno"), subject=NOWHERE)
    story.proposed(everybody)
    assert "alba" in told()


def test_an_account_that_is_closed_is_not_written_to(everybody: Cast):
    story.proposed(everybody)
    following.follow()
    accounts.forget(everybody.accounts["Alba"].id)
    letters.send()
    assert [one for one in mail.outbox if "erased" in one.to[0] or "alba" in one.to[0]] == []


def test_the_command_says_what_it_did(everybody: Cast, capsys: pytest.CaptureFixture[str]):
    story.proposed(everybody)
    call_command("send_notices")
    said = capsys.readouterr().out
    assert re.search(r"0 calls made; 0 guests reminded; \d+ notices? noted; \d+ letters? sent\.", said)


# ------------------------------------------------------------- the table
def test_the_table_is_whole(everybody: Cast):
    assert set(FIND) == set(Who)
    assert len(SENTENCES) == sum(len(one) for one in TOLD.values()), "each sentence has a name of its own"
    for thing in ("agreement", "memorandum"):
        assert {f"{thing}.{one}" for one in Call} <= TOLD.keys()
    for one in SENTENCES.values():
        assert letters.places.place(_notice(one.key))


def _notice(key: str) -> letters.Notice:
    return letters.Notice(person=TURIN, entry=1, told=key, subject=NOWHERE, at=NOW)


# ------------------------------------------------------------- the page and the calendar
def test_the_page_of_notices_and_the_choice(everybody: Cast):
    thread, _version = story.proposed(everybody)
    following.follow()
    alba = everybody.browser("Alba")
    page = alba.get("/notices/").content.decode()
    assert "You are asked to sign a learning agreement." in page
    assert f"/agreements/{story.key(thread)}" in page
    assert alba.post("/notices/", {"rhythm": "daily"}).status_code == 302
    assert choosing.rhythm(everybody.actor("Alba")) is Rhythm.DAILY
    assert alba.post("/notices/", {"rhythm": "hourly"}).status_code == 422
    assert "You are asked to sign" not in everybody.browser("Erik").get("/notices/").content.decode()
    assert "Your notices" in alba.get("/").content.decode()


def test_a_calendar_by_a_link_that_can_be_ended(everybody: Cast):
    story.in_force(everybody)
    proposing.put_forward(story.draft(everybody.alba, None), actor=everybody.actor("Bruno"))
    chloe = everybody.browser("Chloé")
    shown = chloe.post("/notices/calendar").content.decode()
    (link,) = re.findall(r"http://testserver(/calendar/[^\"]+\.ics)", shown)
    stranger = Client()
    answer = stranger.get(link)
    text = answer.content.decode().replace("\r\n ", "")
    assert answer["Content-Type"].startswith("text/calendar")
    assert "DTSTART;VALUE=DATE:20260406\r\nDTEND;VALUE=DATE:20260530\r\nSUMMARY:Stay abroad: Hairdresser" in text
    assert "SUMMARY:Last day: Sign" in text
    assert "Rossi" not in text
    assert "Alba" not in text
    again = re.findall(r"http://testserver(/calendar/[^\"]+\.ics)", chloe.post("/notices/calendar").content.decode())
    assert stranger.get(link).status_code == 404, "a new link ends the one before"
    assert stranger.get(again[0]).status_code == 200
    assert chloe.post("/notices/calendar/end").status_code == 302
    assert stranger.get(again[0]).status_code == 404


def test_a_program_reads_and_chooses(everybody: Cast):
    story.proposed(everybody)
    following.follow()
    token = people.make_token(everybody.accounts["Alba"], institution=None, name="test")
    head, client = {"authorization": f"Bearer {token}"}, Client()
    found = client.get("/api/v1/notices", headers=head).json()
    assert found["rhythm"] == "at once"
    assert [one["told"] for one in found["items"]] == ["agreement.propose"]
    put = client.put("/api/v1/notices/rhythm", {"rhythm": "daily"}, content_type="application/json", headers=head)
    assert put.json() == {"rhythm": "daily"}
    wrong = client.put("/api/v1/notices/rhythm", {"rhythm": "hourly"}, content_type="application/json", headers=head)
    assert wrong.json()["type"] == "urn:ecvet:notices.rhythm.unknown"
    link = client.post("/api/v1/notices/calendars", headers=head).json()["link"]
    assert client.get(link.removeprefix("http://testserver")).status_code == 200
