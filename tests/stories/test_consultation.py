"""A consultation: an office asks three people of three countries about a draft, and tells them what came of it.

Ana speaks for a chamber in Slovenia and answers on a phone, without an account; Pierre teaches in France and has an
account; Katerina of a trade union comes in by a link in Greek, whatever the others speak, and asks not to be named.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

import pytest
from django.core import mail

from albas_story import BEFORE, HAIR, LYON, Story
from documents_read import words
from ecvet_platform.journal import actions as journal
from ecvet_platform.people.roles import Role
from ecvet_platform.qualifications.naming import key_of
from stories.guest import by_link, fits, link
from stories.visitor import Visitor
from stories.ways import Way, walked

LAST: Final = date(2026, 3, 31)
AFTER: Final = date(2026, 4, 15)
ANA, KATERINA, PIERRE = "ana@chamber.example", "katerina@union.example", "pierre@example.org"
TurnTo = Callable[[date], None]


@pytest.fixture
def story(site: str) -> Story:
    return Story().begin()


@walked()
def test_three_people_of_three_countries_are_asked_and_told_what_came_of_it(
    story: Story, visitor: Callable[..., Visitor], way: Way, turn_to: TurnTo
) -> None:
    turn_to(BEFORE)
    story.add("Pierre", LYON, Role.ASSESSOR)
    office = visitor("Dimitra", story.accounts["Dimitra"].email)
    pierre = visitor("Pierre", PIERRE)
    ana = visitor("Ana", **way.small)
    katerina = visitor("Katerina", way=replace(way, language="el", locale="el-GR"))

    draft = begin_draft(office)
    consultation = ask(office, draft, way.language)
    answer_on_a_phone(ana)
    answer_with_an_account(pierre)
    answer_in_greek(katerina)
    analyse(office, consultation)
    turn_to(AFTER)
    change(office, draft)
    reply(office, consultation)
    report(office, consultation)
    read_report(visitor("Erik"), office, draft, consultation)
    assert journal.verify()[0] > 20


def begin_draft(office: Visitor) -> str:
    """The next version of a qualification that exists, with a unit to be changed."""
    office.go(f"/qualifications/{key_of(HAIR)}/next")
    office.press("Begin the draft")
    draft = office.path
    office.press("Make a new version (Cutting)")
    return draft


def ask(office: Visitor, draft: str, language: str) -> str:
    office.go(draft).follow("Consultation on this draft").sees("Nobody has been asked").follow("Open a consultation")
    office.fill("What you ask", "Is measuring still needed?").fill("Answers until", BEFORE)
    office.fill("Smallest group", "3").press("Freeze the text and open").sees("cannot last until")
    office.fill("Answers until", LAST).press("Freeze the text and open").sees("Now invite", "Nobody is invited yet.")
    consultation = office.path
    office.follow("Ask somebody").fill("Name", "Pierre Martin").fill("Organisation", "Lycée de Lyon")
    office.fill("E-mail address", "nobody@example.org").choose("Speaks for", "Teachers").choose("Country", "France")
    office.tick("With an account here").press("Invite").sees("Nobody has an account here")
    office.fill("E-mail address", PIERRE).press("Invite").sees("on its way", "Pierre Martin")
    office.follow("Ask everybody of a list").fill("Stakeholders", "Ana Novak; ana")
    office.press("Invite").sees("Line 1 of the list cannot be read: it does not have five parts.")
    office.fill("Stakeholders", f"Ana Novak; {ANA}; chamber; SI; {language}\nΚατερίνα; {KATERINA}; trade_union; GR; el")
    office.press("Invite").sees("2 invitations are on their way.", "Slovenia", "Greece", "Response rate: 0 %")
    return consultation


def answer_on_a_phone(ana: Visitor) -> None:
    ana.go(link(ANA)).sees("You are asked what you think of a draft qualification")
    fits(ana)
    by_link(ana, ANA).sees("Regional authority asks what you think of this draft.", "Is measuring still needed?")
    ana.sees("not submitted", "Answer until 31 March 2026. You can stop and come back; what you keep is there.")
    fits(ana)
    ana.press("Submit").sees("no opinion and no comment yet")
    ana.follow("Title, points, rules")
    fits(ana)
    say(ana, "Agree", at="The qualification as a whole")
    say(ana, "Disagree", at="Points", comment="Ten points are too few for cutting.")
    ana.press("Keep and go on").sees("It is kept.", "The learner measures hair")
    fits(ana)
    say(ana, "Disagree", at="The learner measures hair", comment="Nobody measures any more.")
    ana.press("Keep and go back").sees("2 of 3 answered", "1 of 3 answered")
    ana.go(link(ANA)).press("Submit").sees("your answer counts", "submitted")


def answer_with_an_account(pierre: Visitor) -> None:
    pierre.go("/").follow("Give your opinion: Hairdresser").follow("Cut")
    say(pierre, "Agree with changes", at="The learner measures hair", comment="Only for long hair.")
    pierre.press("Keep and go back").press("Submit").sees(
        "You can change your answer until 31 March 2026; every change counts at once."
    )


def answer_in_greek(katerina: Visitor) -> None:
    by_link(katerina, KATERINA).follow("Title, points, rules")
    say(katerina, "Agree", at="The qualification as a whole", comment="Καλοί κανόνες")
    katerina.press("Keep and go back").tick("Show neither my name").press("Submit")
    katerina.sees("your answer counts", "31 Μαρτίου 2026")


def analyse(office: Visitor, consultation: str) -> None:
    office.go(consultation).sees("3 of 3 have answered, until 31 March 2026.", "Response rate: 100 %").follow(
        "Analysis"
    )
    office.sees("Most disagreement first", "Trade unions", "1 (100 %)")
    at(office, "units/CUT/measures").press("Show").sees("Chambers, Teachers and trainers, Trade unions")
    office.follow("CUT: The learner measures hair").sees(
        "2 of 4 comments are shown, by place.", "Only for long hair.", "Chambers, Slovenia"
    )
    office.choose("Country", "Slovenia").press("Show").sees(
        "1 of 4 comments are shown, by place.", "can be answered when"
    )


def change(office: Visitor, draft: str) -> None:
    office.go(draft).follow("Cutting").follow("The learner measures hair")
    office.fill("The learner …", "The learner measures long hair").press("Save")


def reply(office: Visitor, consultation: str) -> None:
    office.go(consultation).sees("deadline has passed").unfold("Prolong").fill("New deadline", LAST)
    office.press("Prolong").sees("cannot last until")
    office.unfold("Close the consultation").press("Close now").sees(
        "comments can now be answered", "4 comments have no reply."
    )
    office.follow("Comments").press("Reply").sees("There is a problem", "Tick at least one comment.")
    at(office, "units/CUT/measures").press("Show").tick("Answer comment 1", "Answer comment 2")
    office.tick("Accepted in part").fill("Reason", "Measuring stays for long hair.")
    office.tick("CUT: The learner measures long hair").press("Reply").sees("The reply is kept", "Measuring stays")
    office.go(f"{consultation}/comments").choose("Reply", "Without a reply").press("Show")
    office.tick("Answer comment 1", "Answer comment 2").tick("Not accepted")
    office.fill("Reason", "Points follow from hours.").press("Reply").sees("The reply is kept")
    office.go(consultation).follow("What was changed").sees("long hair", "Because of", "Nobody measures any more.")


def report(office: Visitor, consultation: str) -> None:
    office.go(consultation).press("Make the report")
    office.sees(
        "everybody who was asked gets its address",
        "3 of 3 answered (100 %)",
        "Measuring stays",
        "Καλοί κανόνες",
        "anonymous",
    )
    assert {one.to[0] for one in mail.outbox[-3:]} == {ANA, KATERINA, PIERRE}


def read_report(erik: Visitor, office: Visitor, draft: str, consultation: str) -> None:
    office.go(draft).press("Publish").sees("is published")
    published = office.path
    erik.go(published).follow("Consultations before it was published").follow("Report of round 1")
    erik.sees("Nobody measures any more.", "Lycée de Lyon", "Points follow from hours.")
    assert "Measuring stays for long hair." in words(erik.fetch(f"{consultation}/report.pdf"))


def at(office: Visitor, place: str) -> Visitor:
    """Choose a place in the filter."""
    office.page.locator("select[name=place]").select_option(place)
    return office


def say(guest: Visitor, opinion: str, *, at: str, comment: str = "") -> None:
    """Give an opinion and a comment at the place whose heading is a text."""
    place = guest.page.get_by_role("region", name=guest.speech.whole(at), exact=True)
    guest.tick(opinion, within=place)
    if comment:
        guest.fill("Comment", comment, within=place)
