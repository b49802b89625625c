"""Days that pass: reminders, escalation, finality; never acceptance. And the ledger's own guard."""

import io
from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command

from albas_story import CUTTING, DECIDED, SENT, Story, agreed
from ecvet.credit.decision_errors import AlreadyBooked
from ecvet.record import address_of
from ecvet_platform.credit.actions import booking, calendar, casework
from ecvet_platform.credit.errors import SomebodyWasFaster
from ecvet_platform.credit.store import cases, ledger

DUE, LATE, LATER = date(2026, 7, 31), date(2026, 8, 1), date(2026, 9, 15)


def state(story: Story) -> str:
    return cases.of_learner(story.alba)[0].recognition


@pytest.mark.rule("R-RECOG-5")
def test_a_passed_day_reminds_and_escalates_and_never_accepts(story: Story) -> None:
    thread = story.agree(agreed(CUTTING), decision_due=DUE)
    story.assess(thread)
    story.transfer(thread)
    with story.on(SENT):
        assert calendar.pass_day() == calendar.Passed(final=0, late=0)
    with story.on(LATE):
        assert calendar.pass_day().late == 1
        assert state(story) == "reminded"
        assert calendar.pass_day().late == 0
    with story.on(LATER):
        call_command("pass_day", stdout=io.StringIO())
    assert state(story) == "escalated"
    assert not booking.of_learner(story.alba).entries


def test_the_database_itself_refuses_to_book_an_outcome_twice(story: Story) -> None:
    story.through(story.agree())
    (entry,) = booking.of_learner(story.alba).entries
    other = address_of(b"another decision")
    with pytest.raises(AlreadyBooked):
        ledger.add(replace(entry, decision=other, because=other))
    assert booking.of_learner(story.alba).entries == (entry,)


def test_of_two_who_take_a_step_at_once_the_second_is_told(story: Story) -> None:
    thread = story.agree()
    story.assess(thread)
    seen = cases.of_learner(story.alba)[0]
    story.transfer(thread)
    with story.on(DECIDED), pytest.raises(SomebodyWasFaster):
        casework.point(seen, assessed="sha-256:" + "0" * 64)
