"""Figures: counted for who is a party, protected for who is not, the same on the page, in the file and for programs."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from albas_story import DECIDED, HAIR, SENT, Story, begun_story, story
from ecvet.credit.lifecycle import Verb
from ecvet.population.counts import Shown
from ecvet_platform.figures import actions
from ecvet_platform.figures.charts import chart
from ecvet_platform.figures.errors import PeriodUnreadable, YearUnreadable
from ecvet_platform.figures.tables import Line, Table
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.people.store import Account

__all__ = ["begun_story", "story"]
SignIn = Callable[[Account], Client]


def counted(story: Story, name: str, **asked: str) -> actions.Figures:
    actor = story.actor(name)
    return actions.figures(actions.scope(actor=actor, **asked), actor=actor)


@pytest.mark.django_db
def test_a_party_sees_what_happened_in_full(story: Story) -> None:
    story.through(story.agree())
    with story.on(DECIDED):
        for name in ("Bruno", "Chloé", "Dimitra"):
            found = counted(story, name)
            assert found.flows == (Shown("IT>FR", 1),), name
            assert {one.name: one.count for one in found.times if one.count} == {"8-14": 1}
            (quarter,) = found.quarters
            assert (quarter.name, quarter.units) == ("2026-Q3", 1)
            assert quarter.median == Decimal((DECIDED - SENT).days)
            assert found.recognised == (Shown(str(HAIR), 1),)
        assert counted(story, "Erik").flows == ()
        assert counted(story, "Erik").recognised == ()


@pytest.mark.django_db
def test_the_register_office_counts_everything_and_sees_nothing_of_few_people(story: Story) -> None:
    story.through(story.agree())
    with story.on(DECIDED):
        found = counted(story, "Fiona")
        assert found.scope.everything
        assert (found.scope.since, found.scope.until) == (date(2026, 1, 1), date(2026, 12, 31))
        assert found.flows == (Shown("IT>FR", None),)
        assert found.recognised == (Shown(str(HAIR), None),)
        assert found.quarters[0].median is None
        assert {one.count for one in found.times} == {0, None}
        assert counted(story, "Fiona", year="2025").flows == ()


@pytest.mark.django_db
def test_a_step_that_is_owed_ages_until_somebody_does_it(story: Story) -> None:
    story.agree()
    with story.on(date(2026, 7, 10)):
        open_steps = dict(counted(story, "Bruno").open_steps)
        assert sum(one.count or 0 for one in open_steps[Verb.RECOGNISE]) == 0


@pytest.mark.django_db
def test_periods_that_are_none_are_refused(story: Story) -> None:
    with story.on(DECIDED):
        for since, until in (("2026-02-01", "2026-01-01"), ("yesterday", ""), ("2026-13-01", "")):
            with pytest.raises(PeriodUnreadable):
                actions.scope(actor=story.actor("Bruno"), since=since, until=until)
        for year in ("2027", "1999", "²026", "abc"):
            with pytest.raises(YearUnreadable):
                actions.scope(actor=story.actor("Fiona"), year=year)
        with pytest.raises(NotYourRole):
            actions.scope(actor=story.actor("Alba"))


@pytest.mark.django_db
def test_page_file_and_operation_say_the_same(story: Story, signed_in: SignIn) -> None:
    story.through(story.agree())
    with story.on(DECIDED):
        bruno, fiona = signed_in(story.accounts["Bruno"]), signed_in(story.accounts["Fiona"])
        page = bruno.get("/figures/?since=2026-01-01&until=2026-12-31").content.decode()
        assert "Italy → France" in page
        assert '<svg class="chart"' in page
        assert "/lists/figures-flows.csv?since=2026-01-01&amp;until=2026-12-31" in page
        assert "Italy → France,1" in bruno.get("/lists/figures-flows.csv?since=2026-01-01").content.decode()
        told = json.loads(bruno.get("/api/v1/figures").content)
        assert told["flows"] == [{"home": "IT", "hosting": "FR", "stays": 1}]
        assert told["quarters"] == [{"quarter": "2026-Q3", "median_days": "12", "units": 1}]
        assert json.loads(fiona.get("/api/v1/figures?year=2026").content)["flows"][0]["stays"] is None
        assert "not shown" in fiona.get("/figures/?year=2026").content.decode()
        wrong = bruno.get("/figures/?since=2026-12-31&until=2026-01-01")
        assert wrong.status_code == 422
        assert "is no period" in wrong.content.decode()
        assert 'value="2026-12-31"' in wrong.content.decode()


def test_the_longest_bar_leaves_room_for_its_count_and_hidden_counts_have_no_bar() -> None:
    lines = (Line("a", (40,), ("40",)), Line("b", (10,), ("10",)), Line("c", (None,), ("not shown",)))
    drawn = chart(Table(name="flows", title="", about="", head=("", ""), lines=lines))
    assert drawn is not None
    assert [[part.width for part in bar.parts] for bar in drawn.bars] == [["80.0%"], ["20.0%"], []]
    assert drawn.bars[2].written == "not shown"
