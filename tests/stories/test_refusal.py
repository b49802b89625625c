"""A refusal with its reason, the learner's appeal, and a new decision, each by the person who takes it."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from albas_story import DECIDED, Story
from stories.speech import pattern
from stories.visitor import Visitor
from stories.ways import walked


@pytest.fixture
def story(site: str) -> Story:
    return Story().begin()


@walked("Bulgarian without JavaScript", "Maltese on a phone", "pseudo-locale on a wide screen")
def test_a_refusal_is_appealed_against_and_decided_anew(
    story: Story, visitor: Callable[..., Visitor], turn_to: Callable[[date], None]
) -> None:
    thread = story.agree()
    story.assess(thread)
    story.validate(story.transfer(thread).address)
    turn_to(DECIDED)
    dimitra, alba, erik = (visitor(one, story.accounts[one].email) for one in ("Dimitra", "Alba", "Erik"))

    # a refusal says why, and what the learner can do
    dimitra.go("/").follow("Recognise or refuse").sees("Nothing is recognised by itself", "Validated on")
    dimitra.press("Decide").sees("There is a problem")
    dimitra.fill("Ground", "Training act, section 12").choose("Reason", "agreed procedure was not followed")
    dimitra.fill("Reason in words", "Only one assessor was present.")
    dimitra.fill("Last day of appeal", DECIDED + timedelta(days=30)).press("Decide").sees("Decided: not recognised.")
    dimitra.sees("The agreed procedure was not followed", "Only one assessor was present.")
    case = dimitra.path

    # the learner reads it and appeals; an empty appeal is no appeal
    alba.go("/credit/").follow("Cutting").sees("Refused", "Only one assessor was present.", "Last day of appeal")
    step, stopped = (pattern(alba.speech.piece(one)) for one in ("Recognise", "stopped"))
    expect(alba.page.locator(".way-stopped")).to_have_text(re.compile(rf"^\s*{step}, {stopped}\s*$", re.IGNORECASE))
    alba.follow("Appeal").press("Lodge the appeal").sees("There is a problem")
    alba.fill("Why the decision should be another one", "Two were there; the second has signed the grid.")
    alba.press("Lodge the appeal").sees("Your appeal is lodged.", "Appeal lodged")

    # somebody else sees nothing of it
    erik.come_in()
    assert erik.status(case) == 404

    # a new decision in place of the first
    dimitra.go("/").follow("Decide on the appeal").sees("The learner writes", "Two were there")
    dimitra.tick_all(within="Outcomes that are recognised")
    dimitra.fill("Ground", "Training act, section 12").press("Decide").sees(
        "The appeal is decided: recognised in full."
    )
    alba.go(case).sees("Recognition of", "In full", "10")
