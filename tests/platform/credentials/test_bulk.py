"""Many credentials at once: looked through, issued step by step, going on where it stopped, never one twice."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from albas_story import COLOURING, CUTTING, DECIDED, GROUND, HAIR, Story, agreed, because, until
from ecvet.credential.errors import DraftIncomplete
from ecvet.record import Address
from ecvet.terms import Identifier
from ecvet_platform.credentials.actions import bulk, issue
from ecvet_platform.credentials.actions.bulk import Selection
from ecvet_platform.credentials.actions.keys import PLATFORM
from ecvet_platform.credentials.errors import BatchUnknown, NothingIsDue
from ecvet_platform.credit.actions import appeal, recognise
from ecvet_platform.credit.store import facts
from ecvet_platform.people import actions as people
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.people.roles import Role
from ecvet_platform.people.store import Account


@pytest.fixture
def decisions(story: Story) -> tuple[Address, ...]:
    """Two recognitions without a credential, and a refusal of which none is due."""
    thread = story.agree(agreed(CUTTING), agreed(COLOURING))
    for one in (CUTTING, COLOURING):
        story.assess(thread, one)
    sent = story.transfer(thread)
    found = [story.recognise(story.validate(sent.address, one).address).address for one in (CUTTING, COLOURING)]
    other = story.agree(agreed(CUTTING))
    story.assess(other)
    validation = story.validate(story.transfer(other).address)
    story.recognise(validation.address, outcomes=frozenset(), reasons=because(), remedy=until(DECIDED))
    return tuple(found)


def test_it_is_looked_through_and_nothing_is_written(story: Story, decisions: tuple[Address, ...]) -> None:
    with story.on(DECIDED):
        found = bulk.plan(Selection(), actor=story.actor("Dimitra"))
        assert (found.due, found.refused) == (2, ())
        assert {str(one.form) for one, _ in found.lost} >= {"sd-jwt", "open-badge"}
        assert {count for _, count in found.lost} == {2}
        assert issue.mine(actor=story.actor("Dimitra")) == ()
        nothing = (
            Selection(kind="award"), Selection(qualification=Identifier("https://other.example")),
            Selection(since=DECIDED + timedelta(days=1)), Selection(until=DECIDED - timedelta(days=1)),
        )  # fmt: skip
        for selection in nothing:
            assert bulk.plan(selection, actor=story.actor("Dimitra")).due == 0
        with pytest.raises(NothingIsDue):
            bulk.begin(nothing[0], actor=story.actor("Dimitra"))
        assert list(bulk.choices(actor=story.actor("Dimitra"))) == [HAIR]


@pytest.mark.rule("R-RECOG-12")
def test_a_run_goes_on_where_it_stopped_and_issues_nothing_twice(
    story: Story, decisions: tuple[Address, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "STEP", 1)
    with story.on(DECIDED):
        dimitra = story.actor("Dimitra")
        made = bulk.begin(Selection(kind="recognition", qualification=HAIR), actor=dimitra)
        assert bulk.step(made.id, actor=dimitra).issued == 1
        monkeypatch.setattr(issue, "made_of", lambda *_, **__: pytest.fail("killed"))
        with pytest.raises(BaseException, match="killed"):
            bulk.step(made.id, actor=dimitra)
        assert bulk.batch(made.id, actor=dimitra).issued == 1
        monkeypatch.undo()
        done = bulk.step(made.id, actor=dimitra)
        assert (done.issued, done.refused, done.done) == (2, (), True)
        assert bulk.step(made.id, actor=dimitra).issued == 2, "it is done"
        assert {one.decision for one in issue.mine(actor=dimitra)} == set(decisions)


def test_what_cannot_be_issued_is_noted_with_its_reason_and_stops_nothing(
    story: Story, decisions: tuple[Address, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(fact: object, signer: object, **more: object) -> issue.Issued:
        if fact.address == decisions[0]:  # type: ignore[attr-defined]
            raise DraftIncomplete(why="the unit has no outcome x")
        return original(fact, signer, **more)  # type: ignore[arg-type]

    original = issue.made_of
    monkeypatch.setattr(issue, "made_of", wrong)
    with story.on(DECIDED):
        dimitra = story.actor("Dimitra")
        made = bulk.begin(Selection(), actor=dimitra)
        done = bulk.step(made.id, actor=dimitra)
    assert done.issued == 1
    assert [(one.decision, one.code) for one in done.refused] == [(decisions[0], DraftIncomplete.code)]


@pytest.mark.parametrize("name", ["Bruno", "Didier", "Alba"])
def test_only_those_who_issue_may(story: Story, name: str) -> None:
    for ask in (bulk.plan, bulk.begin):
        with story.on(DECIDED), pytest.raises(NotYourRole):
            ask(Selection(), actor=story.actor(name))


def test_a_run_is_its_institutions_own(story: Story, decisions: tuple[Address, ...]) -> None:
    with story.on(DECIDED):
        made = bulk.begin(Selection(), actor=story.actor("Dimitra"))
        with pytest.raises(BatchUnknown):
            bulk.step(made.id, actor=story.actor("Erik"))


def test_the_command_works_off_what_is_not_done(story: Story, decisions: tuple[Address, ...]) -> None:
    said = io.StringIO()
    with story.on(DECIDED):
        bulk.begin(Selection(), actor=story.actor("Dimitra"))
        call_command("issue_batches", stdout=said)
        assert "2 issued, 0 refused" in said.getvalue()
        assert bulk.unfinished() == ()


def test_the_command_issues_for_nobody_whose_role_was_taken(story: Story, decisions: tuple[Address, ...]) -> None:
    with story.on(DECIDED):
        dimitra = story.actor("Dimitra")
        made = bulk.begin(Selection(), actor=dimitra)
        people.take_role(story.accounts["Dimitra"], story.at_home["Dimitra"], Role.COMPETENT_INSTITUTION, by=PLATFORM)
        call_command("issue_batches", stdout=io.StringIO())
        found = bulk.batch(made.id, actor=dimitra)
        assert (found.issued, found.done) == (0, True)


def test_pages_and_programs(
    story: Story, decisions: tuple[Address, ...], signed_in: Callable[[Account], Client]
) -> None:
    with story.on(DECIDED):
        dimitra = signed_in(story.accounts["Dimitra"])
        assert "/credentials/batches/" in dimitra.get("/credentials/").content.decode()
        page = dimitra.get("/credentials/batches/").content.decode()
        assert "Hairdresser" in page
        wrong = {"since": "2026-07-11", "until": "2026-07-01"}
        assert dimitra.post("/credentials/batches/", wrong).status_code == 422
        said = {"kind": "recognition", "qualification": HAIR, "since": "2026-07-01"}
        page = dimitra.post("/credentials/batches/", said).content.decode()
        assert "Nothing has been issued yet" in page
        assert "What each form leaves out" in page
        asked = dimitra.post("/api/v1/credentials/batches", {"preview": True}, content_type="application/json").json()
        assert (asked["due"], asked["refused"]) == (2, [])
        answer = dimitra.post("/credentials/batches/", {**said, "do": "yes"})
        assert answer.status_code == 302
        shown = dimitra.get(answer["Location"]).content.decode()
        assert "Done" in shown
        key = answer["Location"].rpartition("/")[2]
        found = dimitra.get(f"/api/v1/credentials/batches/{key}").json()
        assert (found["issued"], found["done"]) == (2, True)
        assert dimitra.post(f"/api/v1/credentials/batches/{key}/steps").json()["issued"] == 2
        again = dimitra.post("/api/v1/credentials/batches", {}, content_type="application/json")
        assert again.status_code == 409
        assert signed_in(story.accounts["Bruno"]).get("/credentials/batches/").status_code == 403


def test_a_decision_that_an_appeal_replaced_is_not_due(story: Story) -> None:
    thread = story.agree()
    story.assess(thread)
    validation = story.validate(story.transfer(thread).address)
    refusal = story.recognise(validation.address, outcomes=frozenset(), reasons=because(), remedy=until(DECIDED))
    with story.on(DECIDED):
        dimitra = story.actor("Dimitra")
        lodged = appeal.appeal(refusal.address, text=GROUND, actor=story.actor("Alba"))
        changed = recognise.answer_appeal(lodged.address, ground=GROUND, actor=dimitra)
        made = bulk.begin(Selection(), actor=dimitra)
        assert bulk.step(made.id, actor=dimitra).issued == 1
        assert [one.decision for one in issue.mine(actor=dimitra)] == [changed.address]


def test_lists_and_runs_read_decisions_page_by_page_to_the_last(
    story: Story, decisions: tuple[Address, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest are never beyond a limit; a page shows the latest and says whether there are more."""
    monkeypatch.setattr(facts, "PAGE", 1)
    with story.on(DECIDED):
        dimitra = story.actor("Dimitra")
        due, more = issue.without_credential(actor=dimitra)
        assert ([one.address for one in due], more) == (list(reversed(decisions)), False)
        assert bulk.plan(Selection(), actor=dimitra).due == 2
        monkeypatch.setattr(issue, "SHOWN", 1)
        due, more = issue.without_credential(actor=dimitra)
        assert ([one.address for one in due], more) == ([decisions[-1]], True)
        issue.issue(decisions[0], actor=dimitra)
        assert issue.without_credential(actor=dimitra)[1] is False
