"""A person sees, makes and ends the tokens of programs, and signs out everywhere."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from ecvet.terms import Identifier
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people import actions
from ecvet_platform.people.actions import tokens
from ecvet_platform.people.errors import TokenUnknown
from ecvet_platform.people.roles import Role
from ecvet_platform.people.store import Account

pytestmark = pytest.mark.django_db()
People = Callable[..., Account]
SignIn = Callable[[Account], Client]
HOME = Identifier("https://home.example")


@pytest.fixture
def bruno(person: People) -> Account:
    return person("Bruno", Role.COORDINATOR, institution=HOME)


def as_program(secret: str, path: str = "/api/v1/me/tokens", method: str = "get") -> int:
    answer = getattr(Client(), method)(path, headers={"authorization": f"Bearer {secret}"})
    return int(answer.status_code)


def test_a_token_is_made_shown_once_used_and_ended(
    bruno: Account, signed_in: SignIn, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    browser = signed_in(bruno)
    assert browser.post("/you/tokens", {"name": ""}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        page = browser.post("/you/tokens", {"name": "School system"}).content.decode()
    secret = re.search(r"<code>([\w-]{30,})</code>", page)
    assert secret is not None
    assert "A token was made with which a program acts for you." in mail.outbox[-1].body
    assert as_program(secret[1]) == 200
    again = browser.get("/you/tokens").content.decode()
    assert secret[1] not in again
    assert "School system" in again
    (one,) = tokens.of(bruno)
    assert one.used == clock.now() or one.used is not None
    assert one.institution == HOME
    assert "1 token works." in browser.get("/you/").content.decode()
    assert browser.post(f"/you/tokens/{one.id}/end").status_code == 302
    assert as_program(secret[1]) == 401
    assert tokens.of(bruno) == ()
    journal.verify()


def test_nobody_ends_the_token_of_somebody_else(bruno: Account, person: People, signed_in: SignIn) -> None:
    secret = actions.make_token(bruno, institution=HOME, name="program")
    (one,) = tokens.of(bruno)
    other = person("Dimitra", Role.COORDINATOR, institution=HOME)
    assert signed_in(other).post(f"/you/tokens/{one.id}/end").status_code == 404
    with pytest.raises(TokenUnknown):
        tokens.end(other, one.id)
    assert as_program(secret) == 200
    assert "No program acts for you." in signed_in(other).get("/you/tokens").content.decode()
    assert Client().get("/you/tokens").status_code in (302, 401, 403)


def test_programs_list_and_end_and_cannot_make(bruno: Account) -> None:
    secret = actions.make_token(bruno, institution=HOME, name="program")
    (one,) = tokens.of(bruno)
    headers = {"authorization": f"Bearer {secret}"}
    (item,) = Client().get("/api/v1/me/tokens", headers=headers).json()["items"]
    assert (item["id"], item["name"], item["institution"]) == (one.id, "program", HOME)
    assert secret not in str(item)
    assert Client().post("/api/v1/me/tokens", headers=headers).status_code == 405
    assert as_program(secret, f"/api/v1/me/tokens/{one.id}", "delete") == 200
    assert as_program(secret) == 401


def test_a_token_that_has_ended_by_itself_is_not_shown(bruno: Account) -> None:
    actions.make_token(bruno, institution=HOME, name="program")
    with clock.fixed(clock.now() + timedelta(days=actions.TOKEN_DAYS, minutes=1)):
        assert tokens.of(bruno) == ()


def test_signing_out_everywhere_ends_all_sessions_and_the_tokens_when_that_is_ticked(
    bruno: Account, signed_in: SignIn
) -> None:
    here, there = signed_in(bruno), signed_in(bruno)
    secret = actions.make_token(bruno, institution=HOME, name="program")
    assert here.post("/you/sign-out-everywhere").status_code == 302
    assert here.get("/you/").status_code != 200
    assert there.get("/you/").status_code != 200
    assert as_program(secret) == 200
    assert signed_in(bruno).post("/you/sign-out-everywhere", {"tokens": "on"}).status_code == 302
    assert as_program(secret) == 401
