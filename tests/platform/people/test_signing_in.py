"""Signing in by an e-mailed link: looking is harmless, pressing works once, everything is in the journal."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people import actions, store
from ecvet_platform.people.roles import Role
from ecvet_platform.people.store import Account

pytestmark = pytest.mark.django_db()
People = Callable[..., Account]


def verbs() -> list[str]:
    return [entry.verb for entry in journal.read()]


def emailed_path() -> str:
    found = re.search(r"https?://[^/]+(/sign-in/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_a_person_signs_in_with_the_link_that_was_sent_to_her(
    person: People, client: Client, django_capture_on_commit_callbacks
):
    bruno = person("Bruno", Role.COORDINATOR)
    with django_capture_on_commit_callbacks(execute=True):
        asked = client.post("/sign-in", {"email": " Bruno@Example.org "})
    assert asked.status_code == 200
    assert mail.outbox[-1].to == ["bruno@example.org"]
    shown = client.get(emailed_path())
    assert b"Press the button" in shown.content
    assert client.post(emailed_path()).status_code == 302
    assert b"Bruno" in client.get("/").content
    last = journal.read()[-1]
    assert (last.verb, last.person, last.subject) == ("person.sign-in", bruno.identifier, bruno.identifier)


def test_looking_at_a_link_does_not_use_it_up(person: People, client: Client):
    link = f"/sign-in/{actions.new_link(person('Bruno'))}"
    for _ in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code in (200, 405)
    assert b"Sign out" not in client.get("/").content
    assert client.post(link).status_code == 302
    assert b"Sign out" in client.get("/").content


def test_a_link_works_once(person: People):
    link = f"/sign-in/{actions.new_link(person('Bruno'))}"
    assert Client().post(link).status_code == 302
    again = Client()
    assert again.post(link).status_code == 410
    assert again.get(link).status_code == 410
    assert b"Sign out" not in again.get("/").content
    assert verbs().count("person.sign-in") == 1


def test_a_link_expires(person: People, client: Client):
    link = f"/sign-in/{actions.new_link(person('Bruno'))}"
    with clock.fixed(clock.now() + timedelta(minutes=31)):
        assert client.post(link).status_code == 410
    assert "person.sign-in" not in verbs()


def test_a_wrong_link_says_what_to_do(client: Client):
    answer = client.post("/sign-in/nonsense")
    assert answer.status_code == 410
    assert b"Ask for a new link" in answer.content
    assert b"people.sign-in.link-unusable" in answer.content


def test_an_unknown_address_gets_the_same_answer_and_no_mail(
    person: People, client: Client, django_capture_on_commit_callbacks
):
    person("Bruno")
    with django_capture_on_commit_callbacks(execute=True):
        known = client.post("/sign-in", {"email": "bruno@example.org"}).content.decode()
        sent = len(mail.outbox)
        unknown = client.post("/sign-in", {"email": "nobody@example.org"}).content.decode()
    token = r'value="[A-Za-z0-9]{64}"'
    assert re.sub(token, "", known).replace("bruno@", "") == re.sub(token, "", unknown).replace("nobody@", "")
    assert sent == len(mail.outbox) or all(letter.to != ["nobody@example.org"] for letter in mail.outbox)


def test_not_more_than_five_links_are_open_at_a_time(
    person: People, client: Client, django_capture_on_commit_callbacks
):
    person("Bruno")
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(7):
            client.post("/sign-in", {"email": "bruno@example.org"})
    assert len(mail.outbox) == 5


def test_the_secret_of_a_link_is_not_kept(person: People):
    secret = actions.new_link(person("Bruno"))
    assert not store.link_is_open(secret, at=clock.now())
    assert all(secret not in entry.detail for entry in journal.read())


def test_what_is_not_an_address_is_shown_at_its_field(client: Client):
    answer = client.post("/sign-in", {"email": "bruno"})
    assert answer.status_code == 422
    assert b'href="#id_email"' in answer.content
    assert b'aria-describedby="id_email-hint id_email-error"' in answer.content
    assert b'value="bruno"' in answer.content


def test_signing_in_goes_on_to_the_page_that_was_wanted_but_never_to_another_site(person: People):
    bruno = person("Bruno")
    link = f"/sign-in/{actions.new_link(bruno)}"
    assert Client().post(f"{link}?next=/sign-in", follow=False)["Location"] == "/sign-in"
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        link = f"/sign-in/{actions.new_link(bruno)}"
        assert Client().post(link, {"next": elsewhere})["Location"] == "/"


def test_signing_out_ends_the_session_and_is_in_the_journal(person: People, signed_in: Callable[[Account], Client]):
    client = signed_in(person("Bruno"))
    assert client.get("/sign-out").status_code == 405
    answer = client.post("/sign-out", follow=True)
    assert b"You have signed out" in answer.content
    assert b"Sign out" not in client.get("/").content
    assert verbs()[-1] == "person.sign-out"


def test_a_session_ends_after_its_time_however_busy_it_was(person: People, signed_in: Callable[[Account], Client]):
    client = signed_in(person("Bruno"))
    with clock.fixed(clock.now() + timedelta(hours=7, minutes=59)):
        assert b"Sign out" in client.get("/").content
    with clock.fixed(clock.now() + timedelta(hours=8, minutes=1)):
        assert b"Sign out" not in client.get("/").content
    last = journal.read()[-1]
    assert (last.verb, last.details) == ("person.sign-out", {"because": "time limit"})


def test_signing_in_changes_the_key_of_the_session(person: People, client: Client):
    client.get("/sign-in")
    session = client.session
    session["planted"] = "by a stranger"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    client.post(f"/sign-in/{actions.new_link(person('Bruno'))}")
    assert client.session.session_key != before
