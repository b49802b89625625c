"""What waits for a person: what the rooms say, what has a day first."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from ecvet.terms import Identifier
from ecvet_platform.journal import clock
from ecvet_platform.people.doors import Waiting
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.people.store import Account
from ecvet_platform.shell import dashboard

HOME = Identifier("https://home.example")


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


@pytest.mark.django_db
def test_what_is_overdue_is_marked_and_stands_first_and_numbers_say_how_much(
    monkeypatch: pytest.MonkeyPatch, person: Callable[..., Account], signed_in: Callable[[Account], Client]
):
    def late(actor: Actor, on: date) -> list[Waiting]:
        return [
            Waiting(title="Sign later", address="/agreements/2", until=on + timedelta(days=3), step="sign"),
            Waiting(title="Validate now", address="/credit/3", until=on - timedelta(days=1), step="validate"),
        ]

    monkeypatch.setattr(dashboard, "PROVIDERS", (late,))
    page = signed_in(person("Bruno", Role.COORDINATOR)).get("/").content.decode()
    assert page.index("Validate now") < page.index("Sign later")
    assert page.count("overdue") == 1
    assert "was due on" in page
    bruno = Actor(person=HOME, name="Bruno", institution=HOME, roles=frozenset({Role.COORDINATOR}))
    today = clock.today()
    found = dashboard.counts(bruno, dashboard.waiting_for(bruno, today), (), today)
    assert [(str(one.title), one.number, one.urgent) for one in found] == [
        ("To sign", 1, False), ("To validate", 1, False), ("Under way with others", 0, False), ("Overdue", 1, True),
    ]  # fmt: skip
    learner = Actor(person=HOME, name="Alba", institution=HOME, roles=frozenset({Role.LEARNER}))
    assert dashboard.counts(learner, dashboard.waiting_for(learner, today), (), today) == ()
