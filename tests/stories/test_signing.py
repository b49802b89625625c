"""An agreement is declined with a reason, made anew from the declined version, handed on, reminded of, and signed."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import mail

from albas_story import BEFORE, CUTTING, HAIR, HAIRDRESSER, LYON, STAY, TURIN, Story, agreed
from ecvet.mobility.agreement import LearningAgreement, Party
from ecvet.mobility.agreement import Role as Part
from ecvet.terms import EQFLevel, Identifier
from ecvet_platform.mobility.actions import proposing
from ecvet_platform.notices.actions import telling
from ecvet_platform.people.roles import Role
from ecvet_platform.qualifications.naming import key_of
from stories.visitor import Visitor

Come = Callable[..., Visitor]
TurnTo = Callable[[date], None]


@pytest.fixture
def story(site: str) -> Story:
    return Story().begin()


def proposed(story: Story) -> Identifier:
    draft = LearningAgreement(
        parties=(
            Party(role=Part.HOME, id=TURIN),
            Party(role=Part.HOSTING, id=LYON),
            Party(role=Part.LEARNER, id=story.alba),
        ),
        period=STAY, qualification=HAIR, qualification_title=HAIRDRESSER.title, eqf=EQFLevel(3),
        units=(agreed(CUTTING),),
    )  # fmt: skip
    with story.on(BEFORE):
        return proposing.put_forward(draft, actor=story.actor("Bruno"))


def told(story: Story, name: str) -> str:
    """Send what is to be told; the newest letter to somebody, which names nobody in its subject."""
    telling.tell()
    letters = [
        one for one in mail.outbox if one.to == [story.accounts[name].email] and "Message-ID" in one.extra_headers
    ]
    assert letters, f"{name} was told nothing"
    assert "Alba" not in letters[-1].subject
    return str(letters[-1].body)


def link_in(letter: str) -> str:
    (found,) = re.findall(r"https?://[^/\s]+(/\S+)", letter)
    return found


def test_declined_made_anew_handed_on_reminded_of_and_signed(story: Story, visitor: Come, turn_to: TurnTo) -> None:
    key = key_of(proposed(story))
    story.add("Bianca", TURIN, Role.COORDINATOR)
    turn_to(BEFORE)
    bruno, bianca, chloe, alba = (
        visitor(one, story.accounts[one].email) for one in ("Bruno", "Bianca", "Chloé", "Alba")
    )

    # Chloé hears of it, and declines with a reason; without one she is told what is missing, at the field
    chloe.go(link_in(told(story, "Chloé"))).sees("Who acts next:", "To be signed by")
    chloe.unfold("Reject this version").press("Reject this version").sees("Reason")
    chloe.fill("Reason", "The salon is closed in the last week of June").press("Reject this version")
    chloe.sees("rejected", "closed in the last week of June")

    # Bruno makes the next version from the declined one: only the last day is typed
    bruno.go(link_in(told(story, "Bruno"))).sees("closed in the last week of June")
    bruno.follow("Make a new version from this one").fill("Last day", STAY.end - timedelta(days=7) if STAY.end else "")
    bruno.propose()
    if "press the button again" in bruno.page.content():
        bruno.propose()
    bruno.sees("side by side").follow("Back to the agreement")

    # he hands his signature to Bianca, who is told
    bruno.unfold("Hand the signature to a colleague").press("Hand the signature to a colleague").sees("Colleague")
    bruno.choose("Colleague", "Bianca").press("Hand the signature to a colleague").sees("handed to Bianca by Bruno")
    assert "A colleague has handed you the signature" in told(story, "Bianca")
    bianca.go("/").sees("handed to you").follow("Sign the learning agreement of Alba Rossi")

    # a week later nobody has signed: those whose signature is missing are reminded
    turn_to(BEFORE + timedelta(days=7))
    for one, name in ((alba, "Alba"), (chloe, "Chloé"), (bianca, "Bianca")):
        letter = told(story, name)
        assert "still waits for a signature of yours. Last day:" in letter
        one.go(link_in(letter)).press("Sign this version")
    bianca.sees("in force", "through Bianca", "handed on by Bruno")
    told(story, "Alba")
    alba.go("/notices/").sees("A learning agreement is in force.")

    # she chooses a letter a day, and takes her stay into her own calendar
    alba.tick("Once a day").press("Save").sees("Saved.")
    alba.press("Make a link").sees("shown this once")
    link = alba.page.get_by_label("The link").input_value()
    answer = alba.page.request.get(link)
    assert "Stay abroad: Hairdresser" in answer.text()
    assert alba.go(f"/agreements/{key}").sees("through Bianca")
