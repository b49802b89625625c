"""Staff access: only operators, with a second factor and a reason, for a time; the learner reads it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

import stories_of as story
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people import actions, store, totp
from ecvet_platform.people.actions import codes
from ecvet_platform.people.store import Account
from ecvet_platform.qualifications.naming import key_of
from stories_of import Cast

pytestmark = pytest.mark.django_db()
TURIN = f"/institutions/{key_of(story.TURIN)}"
REASON = {"reason": "The coordinator asked us why the agreement cannot be opened.", "minutes": "15"}


@pytest.fixture
def operator(db: None) -> Account:
    call_command("operator", "olga@server.example", "--name", "Olga")
    found = store.account_of("olga@server.example")
    assert found
    return found


def browser(person: Account, *, proved: bool = True) -> Client:
    client = Client()
    client.post(f"/sign-in/{actions.new_link(person)}")
    if proved:
        secret = codes.begin(person)
        answer = client.post("/you/codes", {"code": totp.code_at(secret, int(clock.now().timestamp()) // 30)})
        assert answer.status_code == 200
    return client


def looks_of(everybody: Cast, name: str = "Alba") -> str:
    learner = everybody.browser(name)
    page = learner.get("/record/", follow=True)
    return page.content.decode()


def test_only_the_servers_command_line_makes_operators(operator: Account, everybody: Cast):
    assert operator.is_operator
    assert everybody.browser("Dimitra").get(f"{TURIN}/staff").status_code == 403
    assert "Look as staff" not in everybody.browser("Dimitra").get(TURIN).content.decode()
    call_command("operator", "olga@server.example", "--take")
    assert not store.account_of("olga@server.example").is_operator
    verbs = [one.verb for one in journal.read(subject=operator.identifier)]
    assert verbs[-2:] == ["staff.make-operator", "staff.unmake-operator"]
    with pytest.raises(CommandError):
        call_command("operator", "nobody@server.example")


def test_without_a_second_factor_nobody_looks(operator: Account, everybody: Cast):
    client = browser(operator, proved=False)
    answer = client.post(f"{TURIN}/staff", REASON)
    assert answer.status_code == 422
    assert "fresh proof" in answer.content.decode()


def test_a_reason_is_needed_and_what_was_typed_is_kept(operator: Account, everybody: Cast):
    answer = browser(operator).post(f"{TURIN}/staff", {"reason": "why not", "minutes": "30"})
    assert answer.status_code == 422
    assert "No reason is given" in answer.content.decode()
    assert "why not" in answer.content.decode()


def test_a_look_shows_changes_nothing_ends_in_time_and_is_read_by_the_learner(operator: Account, everybody: Cast):
    client = browser(operator)
    assert client.post(f"{TURIN}/staff", REASON).status_code == 302
    page = client.get("/learners/").content.decode()
    assert "You look as staff at what Istituto Torino sees" in page
    learner = f"/learners/{key_of(everybody.alba.id)}"
    assert client.get(learner).status_code == 200
    refused = client.post("/learners/new", {"name": "x"})
    assert refused.status_code == 403
    assert b"people.staff.only-looks" in refused.content
    assert client.post("/api/v1/learners", {}, content_type="application/json").status_code == 403
    assert client.post("/language", {"language": "fi"}).status_code == 302
    with clock.fixed(clock.now() + timedelta(minutes=16)):
        assert client.get(learner).status_code in (403, 404)
    shown = looks_of(everybody)
    assert "as an operator of the server" in shown
    assert "cannot be opened" in shown
    assert "Olga" in shown
    assert all("cannot be opened" not in one.detail for one in journal.read())


def test_a_look_ends_by_a_button_and_institutions_see_it(operator: Account, everybody: Cast):
    client = browser(operator)
    client.post(f"{TURIN}/staff", REASON)
    assert client.post("/you/staff/end").status_code == 302
    assert "You look as staff at" not in client.get("/").content.decode()
    page = everybody.browser("Bruno").get(f"{TURIN}/people").content.decode()
    assert "Staff access to what you see" in page
    assert "cannot be opened" in page
    assert [one.verb for one in journal.read() if one.verb.startswith("staff.")][-2:] == ["staff.begin", "staff.end"]


def test_the_looks_of_an_operator_in_her_own_roles_have_no_reason(operator: Account, everybody: Cast, person: Callable):
    from ecvet_platform.people.actions import staff

    at = clock.now()
    browser(operator).post(f"{TURIN}/staff", REASON)
    looks = [(operator.identifier, story.TURIN, at + timedelta(minutes=5)),
             (operator.identifier, story.LYON, at + timedelta(minutes=5)),
             (operator.identifier, story.TURIN, at + timedelta(hours=5)), (None, story.TURIN, at)]  # fmt: skip
    assert [bool(one) for one in staff.reason_for(looks)] == [True, False, False, False]
