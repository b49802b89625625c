"""What the platform's tests share: people, and signed-in clients. The database is that of tests/conftest.py."""

import with_django  # noqa: F401 - before anything that knows tables

# isort: split
from collections.abc import Callable

import pytest
from django.test import Client

from ecvet.terms import Identifier
from ecvet_platform.people import actions
from ecvet_platform.people.roles import Role
from ecvet_platform.people.store import Account

HOME = Identifier("https://home.example")
HOSTING = Identifier("https://hosting.example")


@pytest.fixture
def person(db: None) -> Callable[..., Account]:
    """Makes people: `person("Bruno", Role.COORDINATOR, institution=HOME)`."""

    def make(name: str, *roles: Role, institution: Identifier = HOME, language: str = "") -> Account:
        made = actions.register(email=f"{name.lower()}@example.org", name=name, language=language)
        for role in roles:
            actions.give_role(made, institution, role)
        return made

    return make


@pytest.fixture
def signed_in() -> Callable[[Account], Client]:
    """A browser in which a person has signed in by her link."""

    def sign_in(account: Account) -> Client:
        client = Client()
        assert client.post(f"/sign-in/{actions.new_link(account)}").status_code == 302
        return client

    return sign_in
