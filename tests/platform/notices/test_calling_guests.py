"""Guests and those asked for an opinion hear what a day brings, without anybody's click, and each once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

import stories_of as story
from callers import invite
from consultation_of import begin
from ecvet.mobility import Role as Part
from ecvet_platform.guests.actions import inviting
from ecvet_platform.guests.store import guests
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import asking
from ecvet_platform.notices.actions import calling, telling
from stories_of import NOW, Cast

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def post_goes_at_once(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """A test's own transaction never commits; what waits for that is done at once."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda do, **_: do())
    settings.SITE = "https://ecvet.example"


def to(address: str) -> list[str]:
    found = [f"{one.subject}\n{one.body}" for one in mail.outbox if one.to == [address]]
    mail.outbox.clear()
    return found


def test_a_guest_who_does_not_sign_is_called_like_everybody_else(everybody: Cast) -> None:
    thread, version = story.proposed(everybody)
    guest = invite(everybody, thread, Part.LEARNER, email="alba@elsewhere.example", name="Alba")
    telling.tell()
    mail.outbox.clear()
    before = guests.of_thread(thread)[0]
    with clock.fixed(NOW + 7 * DAY):
        assert telling.tell().guests == 1
        (said,) = to("alba@elsewhere.example")
        assert telling.tell().guests == 0, "once for each call"
    assert "Reminder: Istituto Torino still waits for your part" in said
    assert "Last day: " in said
    assert "no longer works" in said
    assert "Rossi" not in said, "no mail names the learner"
    link = re.search(r"https://ecvet\.example(/guest/\S+)", said)
    assert link is not None
    assert guest.client.get(link[1]).status_code == 200
    after = guests.of_thread(thread)[0]
    assert after.expires > before.expires
    assert version
    journal.verify()


def test_a_request_that_is_sent_again_reaches_guests_and_what_is_done_reaches_nobody(everybody: Cast) -> None:
    thread, version = story.proposed(everybody)
    invite(everybody, thread, Part.LEARNER, email="alba@elsewhere.example", name="Alba")
    telling.tell()
    with clock.fixed(NOW + DAY):
        asking.ask_again(thread, version, actor=everybody.actor("Bruno"))
        assert calling.call_guests() == 1
    (one,) = guests.of_thread(thread)
    with clock.fixed(NOW + 2 * DAY):
        inviting.withdraw(one.id, actor=everybody.actor("Bruno"))
        asking.ask_again(thread, version, actor=everybody.actor("Bruno"))
        assert calling.call_guests() == 0


def test_a_consultation_reminds_by_itself_before_its_last_day(
    everybody: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = begin(everybody)
    begun.ask("Zoe")
    begun.ask("Erik", email=everybody.accounts["Erik"].email, member=True)
    telling.tell()
    mail.outbox.clear()
    days = (begun.item.round.deadline - NOW.date()).days
    with clock.fixed(NOW + (days - 14) * DAY):
        call_command("send_notices")
        assert "2 calls made" in capsys.readouterr().out
        assert len(mail.outbox) == 2
        (said,) = to("zoe@asked.example")
        assert "https://ecvet.example/guest/" in said
        call_command("send_notices")
        assert not mail.outbox
    with clock.fixed(NOW + (days - 3) * DAY):
        telling.tell()
        assert f"https://ecvet.example/consultations/{begun.key}" in to(everybody.accounts["Erik"].email)[0]
    with clock.fixed(NOW + (days + 1) * DAY):
        telling.tell()
        assert not to("zoe@asked.example")
