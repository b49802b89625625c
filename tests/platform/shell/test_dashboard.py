"""What waits for a person: what the rooms say, what has a day first."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from ecvet_platform.people.doors import Waiting
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.people.store import Account
from ecvet_platform.shell import dashboard


def signing(actor: Actor, on: date) -> list[Waiting]:
    if Role.COORDINATOR not in actor.roles:
        return []
    return [
        Waiting(title="Read the unit", address="/units/1"),
        Waiting(title="Sign the agreement", address="/agreements/2", kind="sign", until=date(2026, 12, 1)),
        Waiting(title="Answer the appeal", address="/appeals/3", until=date(2026, 11, 1)),
    ]


@pytest.mark.django_db
def test_each_person_sees_what_waits_for_her_the_most_urgent_first(
    monkeypatch: pytest.MonkeyPatch, person: Callable[..., Account], signed_in: Callable[[Account], Client]
):
    monkeypatch.setattr(dashboard, "PROVIDERS", (signing,))
    page = signed_in(person("Bruno", Role.COORDINATOR)).get("/").content.decode()
    assert page.index("Answer the appeal") < page.index("Sign the agreement") < page.index("Read the unit")
    assert "until 1 December 2026" in page
    assert "Sign the agreement" not in signed_in(person("Alba", Role.LEARNER)).get("/").content.decode()
