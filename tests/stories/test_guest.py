"""A workplace mentor assesses on a phone, without account, password or JavaScript: one link, one code, one task."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import pytest

from albas_story import BEFORE, CUTTING, HAIR, HAIRDRESSER, LYON, STAY, TESTED, TURIN, Story, agreed
from ecvet.mobility.agreement import LearningAgreement, Party
from ecvet.mobility.agreement import Role as Part
from ecvet.terms import EQFLevel, Identifier
from ecvet_platform.guests.actions.inviting import LINK_LASTS
from ecvet_platform.mobility.actions import proposing
from ecvet_platform.people.roles import Role
from ecvet_platform.qualifications.naming import key_of
from stories.guest import by_link, code, fits, link
from stories.visitor import Visitor
from stories.ways import Way, walked

Come = Callable[..., Visitor]
TurnTo = Callable[[date], None]

SALON: Final = "simone@salon.example"
MENTOR: Final = "mentor@salon.example"


@pytest.fixture
def story(site: str) -> Story:
    return Story().begin()


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


@walked("pseudo-locale on a wide screen")
def test_a_workplace_mentor_assesses_on_a_phone_without_an_account(
    story: Story, visitor: Come, way: Way, turn_to: TurnTo
) -> None:
    key = key_of(story.agree())
    turn_to(TESTED)
    chloe = visitor("Chloé", story.accounts["Chloé"].email)
    simone = visitor("Simone", **way.small)

    chloe.go(f"/agreements/{key}").follow("Guests and papers").follow("Invite somebody")
    chloe.tick("assess at the workplace").fill("Name", "Simone Petit").fill("E-mail address", SALON)
    chloe.press("Send the link").sees(f"The link is on its way to {SALON}.", "waits for the guest")

    # the first link lies too long in the mailbox; a click sends another one
    old = link(SALON)
    turn_to(TESTED + LINK_LASTS + timedelta(days=1))
    simone.go(old).sees("the same e-mail address")
    simone.press("Send me a new link").sees("A new link is on its way")
    simone.go(old).sees("Open the link in the newest e-mail")

    simone.go(link(SALON)).sees("asked to assess", "You need no account")
    fits(simone)
    simone.press("Send me the code").fill("Code", "12").press("Continue").sees("This code does not fit.")
    simone.fill("Code", code(SALON)).press("Continue").sees("Assess Alba Rossi", "Evidence")
    fits(simone)
    simone.upload("File", "table.txt", b"Measured twice, cut once.").press("Bring the file").sees("table.txt")

    simone.follow("Assess", exact=True).fill("Day of the assessment", TESTED).fill("Place", "Salon Lumière")
    simone.fill("Methods", "skills demonstration").fill("Your position", "mentor")
    fits(simone)
    simone.press("Record the assessment").sees("Choose one of the answers.")
    simone.tick_all("Achieved").tick_all(within="Criteria that were met")
    simone.press("Record the assessment").sees("What you did was recorded", "The link no longer works.")
    simone.go(link(SALON)).sees("You need do nothing more")

    chloe.go(f"/credit/{key}").sees("Simone Petit", "Salon Lumière")
    chloe.follow("Guests and papers").sees("done", "deleted")


@walked()
def test_an_agreement_is_signed_on_a_phone_in_greek_and_on_paper(
    story: Story, visitor: Come, way: Way, turn_to: TurnTo
) -> None:
    key = key_of(proposed(story))
    story.add("Bianca", TURIN, Role.COORDINATOR)
    turn_to(BEFORE)
    bruno, bianca, chloe = (visitor(one, story.accounts[one].email) for one in ("Bruno", "Bianca", "Chloé"))
    alba = visitor("Alba", way=replace(way, language="el", locale="el-GR"), **way.small)

    # a scan that its bringer cannot confirm, and that a colleague refuses
    bruno.go(f"/agreements/{key}/guests").follow("Bring a paper").tick("learner")
    bruno.upload("Scan", "scan.txt", b"Signed by hand").press("Bring").sees("a second person")
    bruno.follow("Signed as learner, brought on 2 March 2026, 12:00 UTC").sees("a colleague has to confirm it")
    bianca.go("/").follow("Confirm a paper signed by hand").unfold("Refuse this paper")
    bianca.fill("Reason", "The signature is missing").press("Refuse this paper").sees("another one can be brought")

    bruno.go(f"/agreements/{key}/guests/new").tick("sign as the learner").fill("Name", "Alba Rossi")
    bruno.fill("E-mail address", SALON).choose("Language", "Ελληνικά").press("Send the link")
    by_link(alba, SALON).sees("Alba Rossi", HAIRDRESSER.title).unfold("Decline this version")
    fits(alba)
    alba.press("Decline this version").sees("Reason", "Λόγος").press("Sign this version").sees(
        "What you did was recorded", "καταγράφηκε"
    )
    bruno.go(f"/agreements/{key}").sees("by e-mailed link and code")

    # at the workplace a mentor tells what happens
    chloe.go(f"/agreements/{key}/guests/new").tick("tell what happens during the stay, as mentor at the workplace")
    chloe.fill("Name", "Simone Petit").fill("E-mail address", MENTOR).press("Send the link")
    simone = visitor("Simone", **way.small)
    by_link(simone, MENTOR).sees("What has happened?")
    fits(simone)
    simone.follow("The learner has arrived").press("The learner has arrived").sees("under way")
    simone.follow("Interrupt the stay").press("Interrupt the stay").sees("Choose the reason")
    fits(simone)
