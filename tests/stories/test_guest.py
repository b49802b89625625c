"""A workplace mentor assesses on a phone, without account, password or JavaScript: one link, one code, one task."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import pytest
from django.core import mail

from albas_story import BEFORE, CUTTING, HAIR, HAIRDRESSER, LYON, STAY, TESTED, TURIN, Story, agreed
from ecvet.mobility.agreement import LearningAgreement, Party
from ecvet.mobility.agreement import Role as Part
from ecvet.terms import EQFLevel, Identifier
from ecvet_platform.guests.actions.inviting import LINK_LASTS
from ecvet_platform.mobility.actions import proposing
from ecvet_platform.people.roles import Role
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


def proposed(story: Story) -> Identifier:
    """An agreement that waits for everybody's signature."""
    draft = LearningAgreement(
        parties=(
            Party(role=Part.HOME, id=story.at_home["Bruno"]),
            Party(role=Part.HOSTING, id=LYON),
            Party(role=Part.LEARNER, id=story.alba),
        ),
        period=STAY, qualification=HAIR, qualification_title=HAIRDRESSER.title, eqf=EQFLevel(3),
        units=(agreed(CUTTING),),
    )  # fmt: skip
    with story.on(BEFORE):
        return proposing.put_forward(draft, actor=story.actor("Bruno"))


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


def test_an_agreement_is_signed_on_a_phone_in_greek_and_on_paper(story: Story, visitor: Come, turn_to: TurnTo) -> None:
    key = key_of(proposed(story))
    story.add("Bianca", TURIN, Role.COORDINATOR)
    turn_to(BEFORE)
    bruno, bianca, chloe = (visitor(one, story.accounts[one].email) for one in ("Bruno", "Bianca", "Chloé"))
    alba = visitor("Alba", viewport=dict(PHONE), is_mobile=True, has_touch=True, locale="el-GR")

    # a scan that its bringer cannot confirm, and that a colleague refuses
    bruno.go(f"/agreements/{key}/guests").follow("Bring a paper").tick("learner")
    bruno.upload("Scan", "scan.txt", b"Signed by hand").press("Bring").sees("a second person")
    bruno.follow("Signed as learner").sees("a colleague has to confirm it")
    bianca.go("/").follow("Confirm a paper signed by hand").unfold("Refuse this paper")
    bianca.fill("Reason", "The signature is missing").press("Refuse this paper").sees("another one can be brought")

    bruno.go(f"/agreements/{key}/guests/new").tick("sign as the learner").fill("Name", "Alba Rossi")
    bruno.fill("E-mail address", SALON).choose("Language", "Ελληνικά").press("Send the link")
    alba.go(newest(LINK)).press("Στείλτε μου τον κωδικό").fill("Κωδικός", newest(CODE))
    alba.page.locator("main form button").first.click()
    alba.sees("Alba Rossi", "Hairdresser").unfold("Άρνηση αυτής της έκδοσης")
    fits(alba)
    alba.press("Άρνηση αυτής της έκδοσης").sees("Λόγος")
    alba.press("Υπογραφή αυτής της έκδοσης")
    alba.sees("καταγράφηκε")
    bruno.go(f"/agreements/{key}").sees("by e-mailed link and code")

    # at the workplace a mentor tells what happens
    chloe.go(f"/agreements/{key}/guests/new").tick(re.compile("as mentor")).fill("Name", "Simone Petit")
    chloe.fill("E-mail address", "mentor@salon.example").press("Send the link")
    simone = visitor("Simone", viewport=dict(PHONE), is_mobile=True, has_touch=True)
    simone.go(newest(LINK, "mentor@salon.example")).press("Send me the code")
    simone.fill("Code", newest(CODE, "mentor@salon.example")).press("Continue").sees("What has happened?")
    fits(simone)
    simone.follow("The learner has arrived").press("The learner has arrived").sees("under way")
    simone.follow("Interrupt the stay").press("Interrupt the stay").sees("Choose the reason")
    fits(simone)
