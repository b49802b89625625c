"""Guests without an account, and papers: who looked is noted too, and a scan is held about the learner as evidence."""

import zipfile

import pytest

import stories_of as story
from callers import invite
from ecvet.mobility import Role as Part
from ecvet.mobility import Task
from ecvet_platform.dossier.actions import looks
from ecvet_platform.dossier.actions.export import export
from ecvet_platform.guests.actions import papers
from ecvet_platform.journal import clock
from stories_of import Cast, begun_cast, everybody, now

__all__ = ["begun_cast", "everybody", "now"]

SCAN = b"%PDF-1.7 signed by hand"


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


def test_a_scan_of_a_paper_is_taken_away_and_a_look_at_it_is_noted(everybody: Cast):
    thread, _ = story.proposed(everybody)
    bruno, alba = everybody.actor("Bruno"), everybody.actor("Alba")
    paper = papers.bring(thread, Part.LEARNER, SCAN, actor=bruno)
    assert everybody.browser("Bruno").get(f"/papers/{paper.id}").status_code == 200
    with zipfile.ZipFile(export(everybody.alba.id, actor=alba)) as archive:
        (name,) = [one for one in archive.namelist() if one.startswith("evidence/")]
        assert archive.read(name) == SCAN
    seen, _count = looks.of_learner(everybody.alba.id, actor=alba)
    assert [(one.who, one.what) for one in seen] == [("Bruno", "paper")]
