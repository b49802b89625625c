"""Non-formal recognition: what was learned at work is identified, documented, assessed and recognised, in part.

Alba has worked in a salon for ten years. Dimitra of the competent institution interviews her, Alba documents it on her
phone with a photograph of a letter, Didier assesses, Dimitra validates and recognises a part; Alba reads what remains
and by which way. There is no host, no agreement and no memorandum.
"""

import re
from collections.abc import Callable
from datetime import date

import pytest

from albas_story import DECIDED, SENT, TESTED, Story
from documents_read import words
from stories.guest import fits
from stories.speech import pattern
from stories.visitor import Visitor
from stories.ways import Way, walked

TurnTo = Callable[[date], None]
LETTER = b"Alba Rossi has measured and cut hair with us since 2016. Salon Bianchi, Torino"


@pytest.fixture
def story(site: str) -> Story:
    return Story().begin()


@walked("Bulgarian without JavaScript", "Maltese on a phone")
def test_learning_at_work_is_recognised_in_part_and_what_remains_is_said(
    story: Story, visitor: Callable[..., Visitor], way: Way, turn_to: TurnTo
) -> None:
    turn_to(TESTED)
    dimitra, didier = (visitor(name, story.accounts[name].email) for name in ("Dimitra", "Didier"))
    alba = visitor("Alba", story.accounts["Alba"].email, **way.small)

    page = interview(dimitra)
    document(alba)
    assess(didier, page)
    turn_to(SENT)
    dimitra.go(page).follow("Issue the transcript").press("Issue and sign").sees("The transcript is issued and signed.")
    turn_to(DECIDED)
    decide(dimitra, page)
    read(alba, page)


def interview(dimitra: Visitor) -> str:
    """Guided questions with notes, and what was identified by outcome."""
    dimitra.go("/portfolios/").follow("Open a portfolio").follow("Hairdresser")
    dimitra.choose("Learner", "Alba").tick("Cutting").press("Continue")
    dimitra.sees("The interview", "For what were you responsible alone?", "What do you want to reach")
    dimitra.fill("Work", "Salon Bianchi, ten years, two of them alone on Mondays").fill("Typical tasks", "Cuts all day")
    dimitra.press("Open the portfolio").sees("There is a problem", "Say for at least one outcome")
    dimitra.fill("Procedure", "Procedure of 2024")
    dimitra.fill("The learner measures hair", "Measures for every client").press("Open the portfolio")
    dimitra.sees("The portfolio is open", "Salon Bianchi, ten years", "Measures for every client", "Identification")
    return dimitra.path


def document(alba: Visitor) -> None:
    """On a phone: a file, and what it shows."""
    alba.go("/").go("/portfolios/").follow("Alba Rossi").follow("Document and bring evidence")
    fits(alba)
    alba.upload("File", "letter.txt", LETTER).press("Bring the file").sees("letter.txt")
    alba.fill("The learner measures hair", "For every client, before each cut")
    alba.fill("The learner cuts hair", "Only with a colleague beside me")
    alba.fill("Where it was learned", "Salon Bianchi, Torino").tick("letter.txt").press("Keep")
    alba.sees("The portfolio is kept.", "letter.txt", "Documentation", "Salon Bianchi, ten years")
    fits(alba)


def assess(didier: Visitor, page: str) -> None:
    """The assessor sees beside each outcome what the portfolio says, with its evidence."""
    didier.go(page).follow("Assess", exact=True)
    didier.sees("The portfolio says:", "For every client, before each cut", "letter.txt")
    didier.fill("Day of the assessment", TESTED).fill("Place", "Torino").fill("Methods", "work sample")
    measures, cuts = didier.page.locator("section.judge").all()
    didier.tick("Achieved", "safely and well", within=measures).tick("Not achieved", within=cuts)
    didier.fill("Reason, if not achieved or not assessed", "Not safe yet", within=cuts)
    didier.press("Record the assessment").sees("The assessment is recorded.")


def decide(dimitra: Visitor, page: str) -> None:
    """Validated and recognised in part: what remains follows, the way and the reason are said."""
    dimitra.go(page).follow("Validate")
    for outcome, result in (
        ("The learner measures hair", "Corresponds"),
        ("The learner cuts hair", "Does not correspond"),
    ):
        dimitra.tick(result, within=dimitra.page.get_by_role("group", name=outcome))
    dimitra.choose("Reason", "Not achieved").fill("Reason in words", "The cut was not safe yet.")
    dimitra.fill("Ground", "Training act, section 12").press("Validate")
    dimitra.go(page).follow("Recognise or refuse").tick_all(within="Outcomes that are recognised")
    dimitra.tick("towards the qualification").fill("Ground", "Training act, section 12")
    dimitra.fill("Explanation", "Ten years in a salon, a letter, a work sample")
    dimitra.choose("What remains can be achieved by", "practice at work").fill("Last day of appeal", date(2026, 9, 1))
    dimitra.press("Decide").sees("What remains to be examined", "The learner cuts hair", "practice at work")


def read(alba: Visitor, page: str) -> None:
    """The learner reads the decision on her phone, and takes it away."""
    alba.go(page).follow("Everything about this unit")
    alba.sees("Recognition of 10 July 2026: In part", "What remains to be examined", "practice at work")
    fits(alba)
    link = alba.page.locator("main a[href$='/pdf']").last.get_attribute("href")
    assert link
    data = alba.fetch(link)
    remains = re.sub(r"\\s\+|\\ ", "", pattern(alba.speech.piece("What remains to be examined")))
    assert re.search(rf"{remains}Thelearnercutshair", words(data).replace(" ", ""))  # a long word may be divided there
