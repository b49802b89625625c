"""What the platform's tests share: a database in a file of its own (or PostgreSQL), people, and signed-in clients."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client

from ecvet.terms import Identifier
from ecvet_platform.journal import triggers
from ecvet_platform.people import actions
from ecvet_platform.people.roles import Role
from ecvet_platform.people.store import Account
from ecvet_platform.shell import environment

HOME = Identifier("https://home.example")
HOSTING = Identifier("https://hosting.example")


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """SQLite in a file of its own, so that threads and writers meet as they do in earnest; else ECVET_TEST_DATABASE."""
    with tempfile.TemporaryDirectory(prefix="ecvet-test-") as folder:
        url = os.environ.get("ECVET_TEST_DATABASE")
        wanted = environment.database(url or f"sqlite:///{folder}/ecvet.sqlite3")
        if not url:
            wanted["TEST"] = {"NAME": str(Path(folder) / f"test-{os.environ.get('PYTEST_XDIST_WORKER', '')}.sqlite3")}
        settings.DATABASES["default"] = wanted
        connections.__dict__.pop("settings", None)
        connections.__init__()  # type: ignore[misc]
        yield


@pytest.fixture(autouse=True, scope="session")
def _journal_can_be_emptied_between_tests() -> Iterator[None]:
    """Tests with real transactions end by emptying all tables, which the journal's triggers rightly refuse."""
    execute = BaseDatabaseOperations.execute_sql_flush

    def flush(self: Any, statements: Any) -> None:
        with triggers.lifted(self.connection):
            execute(self, statements)

    BaseDatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign]
    yield
    BaseDatabaseOperations.execute_sql_flush = execute  # type: ignore[method-assign]


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
