"""Passkeys by a software authenticator: set up, shown, refused in every wrong way, removed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people import actions
from ecvet_platform.people.actions import passkeys, sittings
from ecvet_platform.people.roles import Role
from ecvet_platform.people.store import Account, proofs
from simulators.authenticator import Authenticator

pytestmark = pytest.mark.django_db()
People = Callable[..., Account]
HERE = {"host": "localhost"}


def browser(account: Account | None = None) -> Client:
    """A browser at the name to which passkeys belong."""
    client = Client(headers=HERE)
    if account is not None:
        assert client.post(f"/sign-in/{actions.new_link(account)}").status_code == 302
    return client


def options(client: Client, what: str) -> dict[str, Any]:
    answer = client.post("/sign-in/passkey/options", {"what": what})
    assert answer.status_code == 200
    return answer.json()


def set_up(client: Client, device: Authenticator, name: str = "my phone") -> Any:
    made = device.make(options(client, "create"))
    return client.post("/you/passkeys/new", {"name": name, "ecvet-credential": made})


def come(client: Client, device: Authenticator, **other: Any) -> Any:
    return client.post("/sign-in/passkey", {"ecvet-credential": device.show(options(client, "get")), **other})


@pytest.fixture
def bruno(person: People) -> Account:
    return person("Bruno", Role.COORDINATOR)


@pytest.fixture
def device(bruno: Account) -> Authenticator:
    """A device of Bruno's with a passkey."""
    made = Authenticator()
    assert set_up(browser(bruno), made).status_code == 302
    return made


def verbs() -> list[str]:
    return [entry.verb for entry in journal.read()]


def test_a_passkey_signs_in_without_a_name_and_proves_at_once(bruno: Account, device: Authenticator):
    client = browser()
    asked = options(client, "get")
    assert asked["userVerification"] == "required"
    assert not asked.get("allowCredentials")
    answer = client.post("/sign-in/passkey", {"ecvet-credential": device.show(asked), "next": "/you/"})
    assert (answer.status_code, answer["Location"]) == (302, "/you/")
    page = client.get("/you/").content.decode()
    assert "my phone" in page
    assert "by a passkey" in page
    last = journal.read()[-1]
    assert (last.verb, last.details) == ("person.sign-in", {"by": "passkey", "proved": True})


def test_several_passkeys_have_names_and_a_device_is_not_taken_twice(bruno: Account, device: Authenticator):
    client = browser()
    assert come(client, device).status_code == 302
    key = Authenticator()
    assert set_up(client, key, "key on the ring").status_code == 302
    assert {one.name for one in passkeys.of(bruno)} == {"my phone", "key on the ring"}
    asked = options(client, "create")
    assert len(asked["excludeCredentials"]) == 2
    again = client.post("/you/passkeys/new", {"name": "again", "ecvet-credential": device.make(asked)})
    assert again.status_code == 422
    assert "registered already" in again.content.decode()


def test_a_challenge_is_good_once_and_for_five_minutes(device: Authenticator):
    client = browser()
    shown = {"ecvet-credential": device.show(options(client, "get"))}
    assert client.post("/sign-in/passkey", shown).status_code == 302
    other = browser()
    assert other.post("/sign-in/passkey", shown).status_code == 422
    late = {"ecvet-credential": device.show(options(other, "get"))}
    with clock.fixed(clock.now() + timedelta(minutes=6)):
        assert other.post("/sign-in/passkey", late).status_code == 422


@pytest.mark.parametrize(
    "wrong", [{"origin": "https://localhost.evil.example"}, {"origin": "http://evil.example"}, {"site": "evil.example"},
              {"verifies": False}, {"origin": "http://localhost/path"}],
)  # fmt: skip
def test_what_comes_from_elsewhere_or_unverified_is_refused(device: Authenticator, wrong: dict[str, Any]):
    for name, value in wrong.items():
        setattr(device, name, value)
    client = browser()
    answer = come(client, device)
    assert answer.status_code == 422
    assert "could not be checked" in answer.content.decode()
    assert b"Sign out" not in client.get("/").content
    assert verbs()[-1] == "person.fail"


def test_a_signature_of_another_key_and_an_unknown_passkey_are_refused(device: Authenticator):
    other = Authenticator(credential=device.credential, handle=device.handle)
    assert come(browser(), other).status_code == 422
    answer = come(browser(), Authenticator())
    assert answer.status_code == 422
    assert "not known here" in answer.content.decode()


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"id": 1}', "x" * 60_000, "[" * 20_000,
                                  '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"AA",'
                                  '"authenticatorData":"AA","signature":"AA"}}'])  # fmt: skip
def test_nonsense_is_refused_with_a_sentence(text: str, device: Authenticator):
    client = browser()
    options(client, "get")
    assert client.post("/sign-in/passkey", {"ecvet-credential": text}).status_code == 422


def test_a_counter_that_goes_back_suspends_the_passkey(bruno: Account, device: Authenticator):
    assert come(browser(), device).status_code == 302
    device.count = 0
    answer = come(browser(), device)
    assert answer.status_code == 422
    assert "copy" in answer.content.decode()
    device.count = 50
    assert come(browser(), device).status_code == 422, "it stays suspended"
    assert not proofs.ways(bruno.id).has_second


def test_a_device_that_does_not_count_may_show_zero_for_ever(bruno: Account):
    phone = Authenticator(counts=False)
    set_up(browser(bruno), phone)
    for _ in range(3):
        assert come(browser(), phone).status_code == 302


def test_a_passkey_of_another_person_does_not_pass_for_the_second_step(person: People, device: Authenticator):
    chloe = person("Chloe")
    client = browser(chloe)
    answer = client.post("/confirm", {"ecvet-credential": device.show(options(client, "get")), "ecvet-to": "/"})
    assert answer.status_code == 422


def test_the_last_way_in_stays(bruno: Account, device: Authenticator):
    client = browser()
    come(client, device)
    client.post("/you/links", {"links": "off"})
    (key,) = passkeys.of(bruno)
    refused = client.post(f"/you/passkeys/{key.id}/remove")
    assert refused.status_code == 409
    assert b"people.proof.last-way-in" in refused.content
    client.post("/you/links", {"links": "on"})
    assert client.post(f"/you/passkeys/{key.id}/remove").status_code == 302
    assert passkeys.of(bruno) == ()
    assert verbs()[-1] == "person.remove-passkey"


def test_links_cannot_be_switched_off_without_a_passkey_and_then_say_what_to_do(
    bruno: Account, device: Authenticator, person: People, django_capture_on_commit_callbacks, mailoutbox
):
    assert browser(person("Chloe")).post("/you/links", {"links": "off"}).status_code == 409
    client = browser()
    come(client, device)
    client.post("/you/links", {"links": "off"})
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        Client().post("/sign-in", {"email": bruno.email})
    assert "passkey" in mailoutbox[-1].body
    assert "/sign-in/" not in mailoutbox[-1].body


def test_nobody_removes_or_renames_the_passkey_of_another(person: People, device: Authenticator, bruno: Account):
    (key,) = passkeys.of(bruno)
    stranger = browser(person("Erik"))
    assert stranger.post(f"/you/passkeys/{key.id}/remove").status_code == 422
    assert stranger.post(f"/you/passkeys/{key.id}/rename", {"name": "mine"}).status_code == 422
    assert [one.name for one in passkeys.of(bruno)] == ["my phone"]


def test_setting_one_up_is_told_by_mail_and_in_the_journal_without_names(
    bruno: Account, django_capture_on_commit_callbacks, mailoutbox
):
    with django_capture_on_commit_callbacks(execute=True):
        set_up(browser(bruno), Authenticator(), "a very private name")
    assert "passkey was added" in mailoutbox[-1].body
    assert verbs()[-1] == "person.add-passkey"
    assert all("private" not in entry.detail and "Bruno" not in entry.detail for entry in journal.read())


def test_a_page_elsewhere_and_a_browser_without_scripts_say_what_to_do(bruno: Account):
    page = Client().get("/sign-in").content.decode()
    assert "Passkeys work only at localhost" in page
    page = browser().get("/sign-in").content.decode()
    assert "data-passkey-without" in page
    assert "Ask for a link by e-mail above" in page
    assert "<script src=" in page
    assert "<script>" not in page


def test_a_stranger_gets_no_options_to_make_a_passkey():
    assert browser().post("/sign-in/passkey/options", {"what": "create"}).status_code == 401


def test_sessions_are_seen_and_ended_from_elsewhere(bruno: Account):
    one, two = browser(), Client(headers={**HERE, "user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"})
    for client in (one, two):
        client.post(f"/sign-in/{actions.new_link(bruno)}")
    page = two.get("/you/").content.decode()
    assert "Firefox, Linux" in page
    assert page.count("this session") == 1
    elsewhere = next(one for one in sittings.running(bruno) if not one.device)
    assert two.post(f"/you/sessions/{elsewhere.id}/end").status_code == 302
    assert b"Sign out" not in one.get("/").content
    assert b"Sign out" in two.get("/").content
    assert journal.read()[-1].details == {"because": "asked elsewhere", "sessions": 1}
    items = two.get("/api/v1/me/sessions").json()["items"]
    assert [(one["this"], one["by"]) for one in items] == [(True, "link")]


def test_a_session_of_another_cannot_be_ended(person: People, bruno: Account):
    browser(bruno)
    stranger, (mine,) = browser(person("Erik")), sittings.running(bruno)
    stranger.post(f"/you/sessions/{mine.id}/end")
    assert stranger.delete(f"/api/v1/me/sessions/{mine.id}").json() == {"ended": 0}
    assert len(sittings.running(bruno)) == 1
