"""A workplace mentor assesses on a phone, without account, password or JavaScript: one link, one code, one task."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import pytest
from django.core import mail

from albas_story import TESTED, Story
from ecvet_platform.guests.actions.inviting import LINK_LASTS
from ecvet_platform.qualifications.naming import key_of
from stories.examination import PHONE
from stories.visitor import Visitor

Come = Callable[..., Visitor]
TurnTo = Callable[[date], None]

SALON: Final = "simone@salon.example"
LINK: Final = re.compile(r"https?://[^/\s]+(/guest/\S+)")
CODE: Final = re.compile(r"\b(\d{6})\b")


@pytest.fixture
def story(site: str) -> Story:
    return Story().begin()


def newest(pattern: re.Pattern[str], email: str = SALON) -> str:
    """What the newest e-mail to somebody holds."""
    texts = [str(one.body) for one in mail.outbox if one.to == [email]]
    return [found[1] for text in texts if (found := pattern.search(text))][-1]


def fits(guest: Visitor) -> None:
    """Nothing of the page lies beside the screen of the phone."""
    assert guest.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_workplace_mentor_assesses_on_a_phone_without_an_account(
    story: Story, visitor: Come, turn_to: TurnTo
) -> None:
    key = key_of(story.agree())
    turn_to(TESTED)
    chloe = visitor("Chloé", story.accounts["Chloé"].email)
    simone = visitor("Simone", viewport=dict(PHONE), is_mobile=True, has_touch=True)

    chloe.go(f"/agreements/{key}").follow("Guests and papers").follow("Invite somebody")
    chloe.tick("assess at the workplace").fill("Name", "Simone Petit").fill("E-mail address", SALON)
    chloe.press("Send the link").sees("The link is on its way", "waits for the guest")

    # the first link lies too long in the mailbox; a click sends another one
    old = newest(LINK)
    turn_to(TESTED + LINK_LASTS + timedelta(days=1))
    simone.go(old).sees("the same e-mail address")
    simone.press("Send me a new link").sees("A new link is on its way")
    simone.go(old).sees("Open the link in the newest e-mail")

    simone.go(newest(LINK)).sees("asked to assess", "You need no account")
    fits(simone)
    simone.press("Send me the code").fill("Code", "12").press("Continue").sees("This code does not fit.")
    simone.fill("Code", newest(CODE)).press("Continue").sees("Assess Alba Rossi", "Evidence")
    fits(simone)
    simone.upload("File", "table.txt", b"Measured twice, cut once.").press("Bring the file").sees("table.txt")

    simone.follow("Assess", exact=True).fill("Day of the assessment", TESTED).fill("Place", "Salon Lumière")
    simone.fill("Methods", "skills demonstration").fill("Your position", "mentor")
    fits(simone)
    simone.press("Record the assessment").sees("Choose one of the answers.")
    simone.tick_all("Achieved").tick_all(within="Criteria that were met")
    simone.press("Record the assessment").sees("What you did was recorded", "The link no longer works.")
    simone.go(newest(LINK)).sees("You need do nothing more")

    chloe.go(f"/credit/{key}").sees("Simone Petit", "Salon Lumière")
    chloe.follow("Guests and papers").sees("done", "deleted")
