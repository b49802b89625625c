"""A link reveals nothing, changes nothing by being looked at, and is good for one thread, one role and one task."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail

import stories_of as story
from callers import Caller, everybody_leaves_lyon, invite
from ecvet.mobility import Role as Part
from ecvet.record import Act
from ecvet.terms import Identifier
from ecvet_platform.guests.actions import inviting
from ecvet_platform.guests.models import GuestRow
from ecvet_platform.guests.store.guests import MOST_MAILS, MOST_TRIES
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import agreements, proposing, signing
from stories_of import Cast

STEPS = ("code", "enter", "another", "accept", "reject", "tell/start", "assess/1", "evidence", "transcript")
SECRETS = ("Alba", "Rossi", "Hairdresser", "Istituto", "Bruno", "guest@example.org", "urn:uuid")


def everything() -> tuple[Any, ...]:
    """What looking at a page must not change."""
    return (
        tuple(GuestRow.objects.order_by("id").values_list()), len(journal.read(limit=9999)), len(mail.outbox),
        Session.objects.count(),
    )  # fmt: skip


def reveals(answer: Any) -> list[str]:
    return [one for one in SECRETS if one in answer.content.decode()]


def test_scanners_that_open_every_address_do_no_harm(everybody: Cast):
    thread, _version = story.proposed(everybody)
    guest = invite(everybody, thread)
    before = everything()
    for step in ("", *(f"/{one}" for one in (*STEPS, "pdf"))):
        for ask in (guest.client.get, guest.client.head, guest.client.options):
            answer = ask(guest.link + step)
            assert answer.status_code in (200, 302, 405), step
            assert not {"Alba", "Rossi", "Hairdresser"} & set(reveals(answer)), step
    assert everything() == before


def test_without_the_code_nothing_can_be_done_and_nothing_is_seen(everybody: Cast):
    thread, version = story.proposed(everybody)
    guest = invite(everybody, thread)
    for step in ("accept", "reject", "tell/start", "assess/1", "evidence", "transcript"):
        answer = guest.post(step, version=version, reason="no", on="2026-04-06")
        assert (answer.status_code, reveals(answer)) == (403, []), step
    assert guest.client.get(f"{guest.link}/pdf")["Location"] == guest.link


def test_the_code_opens_one_browser_once(everybody: Cast):
    thread, _version = story.proposed(everybody)
    guest = invite(everybody, thread)
    guest.come_in()
    other = Caller(guest.email)
    assert other.post("enter", code=guest.code).status_code == 422
    assert "Send me the code" in other.see()


def test_the_sitting_ends_after_two_hours(everybody: Cast):
    thread, version = story.proposed(everybody)
    guest = invite(everybody, thread)
    guest.come_in()
    with clock.fixed(story.NOW + timedelta(hours=2)):
        assert "Send me the code" in guest.see()
        assert guest.post("accept", version=version).status_code == 403


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_after_five_wrong_tries_even_the_right_code_is_refused(everybody: Cast):
    thread, _version = story.proposed(everybody)
    guest = invite(everybody, thread)
    guest.post("code")
    for _ in range(MOST_TRIES):
        answer = guest.post("enter", code=wrong(guest.code))
        assert (answer.status_code, reveals(answer)) == (422, [])
    assert guest.post("enter", code=guest.code).status_code == 422
    tries = [one for one in journal.read(subject=thread) if one.verb == "guest.wrong-code"]
    assert len(tries) == MOST_TRIES + 1
    guest.post("code")
    assert guest.post("enter", code=guest.code).status_code == 302


def test_a_code_is_typed_with_blanks_and_dies_after_a_quarter_of_an_hour(everybody: Cast):
    thread, _version = story.proposed(everybody)
    guest = invite(everybody, thread)
    guest.post("code")
    old = guest.code
    with clock.fixed(story.NOW + timedelta(minutes=15)):
        assert guest.post("enter", code=old).status_code == 422
        guest.post("code")
        assert guest.post("enter", code=f" {guest.code[:3]} {guest.code[3:]} ").status_code == 302


def test_a_code_fits_its_own_link_only(everybody: Cast):
    thread, _version = story.proposed(everybody)
    one = invite(everybody, thread)
    everybody_leaves_lyon(everybody)
    other = invite(everybody, thread, Part.HOSTING, email="host@example.org")
    one.post("code")
    other.post("code")
    if one.code != other.code:
        assert other.post("enter", code=one.code).status_code == 422


def test_no_mailbox_is_flooded(everybody: Cast):
    thread, _version = story.proposed(everybody)
    guest = invite(everybody, thread)
    for _ in range(MOST_MAILS - 1):
        assert guest.post("code").status_code == 302
    answer = guest.post("code")
    assert (answer.status_code, reveals(answer), len(guest.letters)) == (429, [], MOST_MAILS)
    with clock.fixed(story.NOW + timedelta(days=1, seconds=1)):
        assert guest.post("code").status_code == 302


@pytest.mark.rule("R-EUR-2")
def test_an_expired_link_is_renewed_by_a_click_and_the_new_one_goes_to_the_same_address(everybody: Cast):
    """Edge case 27."""
    thread, version = story.proposed(everybody)
    guest = invite(everybody, thread)
    old = guest.link
    with clock.fixed(story.NOW + inviting.LINK_LASTS + timedelta(seconds=1)):
        expired = guest.client.get(old)
        assert (expired.status_code, reveals(expired)) == (410, [])
        assert guest.client.post(f"{old}/code").status_code == 410
        sent = guest.client.post(f"{old}/another")
        assert (sent.status_code, reveals(sent)) == (200, [])
        assert guest.link != old
        assert guest.link not in sent.content.decode()
        gone = guest.client.get(old)
        assert gone.status_code == 410
        assert "newest e-mail" in gone.content.decode()
        guest.come_in()
        assert guest.post("accept", version=version).status_code == 200


def test_a_link_that_has_not_expired_is_not_renewed_by_its_holder(everybody: Cast):
    thread, _version = story.proposed(everybody)
    guest = invite(everybody, thread)
    guest.post("another")
    assert len(guest.letters) == 1


def test_a_withdrawn_link_says_so_and_no_more(everybody: Cast):
    thread, version = story.proposed(everybody)
    guest = invite(everybody, thread)
    guest.come_in()
    inviting.withdraw(GuestRow.objects.get().id, actor=everybody.actor("Bruno"))
    for answer in (guest.client.get(guest.link), guest.post("accept", version=version), guest.post("another")):
        assert (answer.status_code, reveals(answer)) == (410, [])
    assert "withdrawn" in guest.client.get(guest.link).content.decode()


def test_a_link_is_over_when_the_thread_leaves_nothing_to_do(everybody: Cast):
    thread, version = story.proposed(everybody)
    guest = invite(everybody, thread)
    guest.come_in()
    signing.answer(thread, version, Act.REJECT, actor=everybody.actor("Chloé"), reason="no place")
    assert guest.client.get(guest.link).status_code == 410
    assert guest.post("accept", version=version).status_code == 410


@pytest.mark.parametrize("secret", ["x", "a" * 43, "..", "%00", "é"])
def test_no_link_is_guessed(everybody: Cast, secret: str):
    guest = invite(everybody, story.proposed(everybody)[0])
    for answer in (guest.client.get(f"/guest/{secret}"), guest.client.post(f"/guest/{secret}/code")):
        assert answer.status_code in (410, 404)
        assert reveals(answer) == []


def test_only_hashes_of_link_and_code_are_kept(everybody: Cast):
    guest = invite(everybody, story.proposed(everybody)[0])
    guest.post("code")
    row = repr(GuestRow.objects.values_list().get())
    assert guest.link.rsplit("/", 1)[1] not in row
    assert f"'{guest.code}'" not in row


Try = Callable[[Caller, Identifier, str], Any]

FORBIDDEN: dict[str, Try] = {
    "tell": lambda guest, thread, version: guest.post("tell/start", on="2026-04-06"),
    "see the grid": lambda guest, thread, version: guest.client.get(f"{guest.link}/assess/1"),
    "assess": lambda guest, thread, version: guest.post("assess/1"),
    "bring evidence": lambda guest, thread, version: guest.post("evidence"),
    "issue": lambda guest, thread, version: guest.post("transcript"),
}


@pytest.mark.rule("R-EUR-2")
@pytest.mark.parametrize("what", list(FORBIDDEN))
def test_who_is_invited_to_sign_does_nothing_else(everybody: Cast, what: str):
    thread, version = story.proposed(everybody)
    guest = invite(everybody, thread)
    guest.come_in()
    before = len(journal.read(subject=thread))
    answer = FORBIDDEN[what](guest, thread, version)
    assert answer.status_code in (302, 403)
    assert len(journal.read(subject=thread)) == before


def test_a_guest_is_nobody_elsewhere(everybody: Cast):
    thread, _version = story.proposed(everybody)
    guest = invite(everybody, thread)
    guest.come_in()
    key = story.key(thread)
    for path in ("/", f"/agreements/{key}", f"/learners/{everybody.alba.key}", "/agreements/", f"/credit/{key}"):
        answer = guest.client.get(path)
        assert "Rossi" not in answer.content.decode()
        assert path == "/" or answer["Location"].startswith("/sign-in"), path
    assert guest.client.get(f"/api/v1/agreements/{key}").status_code == 401


def test_a_guest_cannot_sign_the_version_of_another_agreement(everybody: Cast):
    first, version = story.proposed(everybody)
    bruno = everybody.actor("Bruno")
    second = proposing.put_forward(
        story.draft(everybody.alba, agreements.agreement(first, actor=bruno).item.value.memorandum), actor=bruno
    )
    guest = invite(everybody, second)
    guest.come_in()
    assert guest.post("accept", version=version).status_code == 422
    assert agreements.agreement(first, actor=bruno).versions[-1].waiting


def test_pages_and_mails_speak_the_language_of_the_guest(everybody: Cast):
    thread, _version = story.proposed(everybody)
    guest = invite(everybody, thread, language="el")
    answer = guest.client.get(guest.link)
    assert answer["Content-Language"] == "el"
    assert "Στείλτε μου τον κωδικό" in answer.content.decode()
    assert "χωρίς" in guest.letters[0].body or "δεν χρειάζεστε" in guest.letters[0].body.lower()
    guest.post("code")
    assert "κωδικός" in guest.letters[1].subject
    refused = guest.post("enter", code="1").content.decode()
    assert "Αυτός ο κωδικός δεν ταιριάζει." in refused
    guest.client.cookies["ecvet_language"] = "fr"
    assert guest.client.get(guest.link)["Content-Language"] == "fr"


def test_no_mail_names_the_learner(everybody: Cast):
    thread, version = story.proposed(everybody)
    guest = invite(everybody, thread)
    guest.come_in()
    guest.post("accept", version=version)
    assert len(guest.letters) == 3
    for letter in guest.letters:
        assert "Alba" not in f"{letter.subject} {letter.body}"
