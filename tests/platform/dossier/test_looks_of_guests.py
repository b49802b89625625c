"""Guests without an account look at a learner's agreement too; she reads who they were, and when."""

import pytest

import stories_of as story
from callers import invite
from ecvet.mobility import Role as Part
from ecvet.mobility import Task
from ecvet_platform.dossier.actions import looks
from ecvet_platform.journal import clock
from stories_of import Cast, begun_cast, everybody, now

__all__ = ["begun_cast", "everybody", "now"]


@pytest.fixture(autouse=True)
def post_goes_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.db.transaction.on_commit", lambda do, **_: do())


def test_a_guest_who_came_in_is_noted_by_name_and_one_who_did_not_is_not(everybody: Cast):
    thread, _ = story.in_force(everybody)
    with clock.fixed(story.NOW.replace(month=5, day=25)):
        guest = invite(
            everybody, thread, Part.HOSTING, Task.ASSESS, by="Chloé", name="Simone Petit", email="salon@example.org"
        )
        guest.see()
        assert looks.of_learner(everybody.alba.id, actor=everybody.actor("Alba"))[1] == 0
        guest.come_in()
        seen, _ = looks.of_learner(everybody.alba.id, actor=everybody.actor("Alba"))
    assert [(one.who, one.what) for one in seen] == [("Simone Petit", "thread")]
