"""A version that is decided now and in force later: until then the one before stays current."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

import stories_of as story
from ecvet.qualification.errors import NotYetInForce
from ecvet.terms import Identifier, Period
from ecvet_platform.drafts.actions import keeping, writing
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import learners
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.naming import key_of
from stories_of import NOW, Cast

START = date(2026, 9, 1)


@pytest.fixture
def coming(everybody: Cast) -> Identifier:
    """The version after the hairdresser, published today and in force in September."""
    dimitra = everybody.actor("Dimitra")
    kept = keeping.begin(
        writing.next_version(qualifications.qualification(story.QUALIFICATION).value), actor=dimitra
    )  # fmt: skip

    def edit(draft: Any) -> Any:
        return replace(draft, qualification=replace(draft.qualification, valid=Period(START)))

    keeping.change(kept.key, keeping.WHOLE, None, edit, actor=dimitra)
    page = everybody.browser("Dimitra").get(f"/drafts/{kept.key}").content.decode()
    assert "in force from 1 September 2026" in page
    seen = keeping.mark(keeping.draft(kept.key, actor=dimitra).draft)
    return keeping.publish(kept.key, seen, actor=dimitra).value.id


def listed() -> set[str]:
    return {line.id for line in qualifications.lines()}


def current() -> str:
    found = qualifications.current(story.QUALIFICATION)
    assert found is not None
    return found.id


@pytest.mark.rule("R-QUAL-5")
def test_until_its_day_the_version_before_stays_current_and_nobody_begins_with_the_new_one(
    everybody: Cast, coming: Identifier
) -> None:
    assert current() == story.QUALIFICATION
    assert {story.QUALIFICATION, coming} <= listed()
    new = Client().get(f"/qualifications/{key_of(coming)}").content.decode()
    assert "comes into force on 1 September 2026" in new
    assert "was replaced" not in Client().get(f"/qualifications/{key_of(story.QUALIFICATION)}").content.decode()
    bruno, alba = everybody.actor("Bruno"), everybody.alba.id
    with pytest.raises(NotYetInForce):
        learners.enrol(alba, coming, since=date(2026, 8, 31), actor=bruno)
    answer = everybody.browser("Bruno").post(
        f"/api/v1/learners/{key_of(alba)}/enrolments", {"qualification": coming, "since": "2026-08-31"},
        content_type="application/json",
    )  # fmt: skip
    assert (answer.status_code, answer.json()["code"]) == (409, NotYetInForce.code)
    learners.enrol(alba, coming, since=START, actor=bruno)


def test_from_its_day_on_it_is_current_and_the_daily_task_makes_the_list_say_so_once(
    coming: Identifier, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("pass_day")
    assert "0 versions of qualifications came into force" in capsys.readouterr().out
    assert story.QUALIFICATION in listed()
    with clock.fixed(NOW.replace(month=9, day=1)):
        assert current() == coming, "also before the daily task has run"
        call_command("pass_day")
        assert "1 version of a qualification came into force" in capsys.readouterr().out
        assert story.QUALIFICATION not in listed()
        assert qualifications.come_into_force() == 0
        assert "was replaced" in Client().get(f"/qualifications/{key_of(story.QUALIFICATION)}").content.decode()
    assert [one.verb for one in journal.read(subject=coming)][-1] == "qualification.in-force"
