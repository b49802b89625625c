"""From an empty installation to a published qualification, written in the browser without JavaScript.

Anna is the register office's first person. She enters a competent institution and Pekka, who writes a small
qualification from nothing: units, outcomes with criteria, points, rules, a translation. Rita, his colleague, changes
the same text at the same time.
"""

from collections.abc import Callable
from datetime import date

from django.test import Client
from playwright.sync_api import expect

from ecvet.partnership import CompetentInstitution
from ecvet.terms import Country, Identifier, LangString
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import actions as journal
from ecvet_platform.people import actions as people
from ecvet_platform.people.roles import Role
from ecvet_platform.qualifications import actions as qualifications
from stories.visitor import Visitor

OFFICE = Identifier("https://office.example/")
BOARD = "https://board.example/"
TODAY = date(2026, 3, 2)
UNITS = {
    "DOU": ("Making dough", ("explains how time changes a dough", "makes yeast dough", "plans a day of baking")),
    "OVE": ("Baking", ("names the kinds of ovens", "bakes bread", "answers for hygiene")),
}
KINDS = ("Knowledge", "Skills", "Competence")


def test_a_qualification_is_written_from_nothing_to_published(
    visitor: Callable[..., Visitor], turn_to: Callable[[date], None]
) -> None:
    turn_to(TODAY)
    first_office()
    anna, pekka, rita = (visitor(name, f"{name.lower()}@example.org") for name in ("Anna", "Pekka", "Rita"))
    enter(anna)
    draft = begin(pekka)
    for code, (title, outcomes) in UNITS.items():
        unit(pekka, draft, code, title, outcomes)
    points(pekka, draft)
    rules(pekka, draft)
    requirements(pekka, draft)
    tried(pekka, draft)
    translate(pekka, draft)
    together(pekka, rita, draft)
    publish(pekka, draft)
    next_version(pekka)
    assert journal.verify()[0] > 20
    assert Client().get(draft).status_code == 302


def first_office() -> None:
    made = people.register(email="anna@example.org", name="Anna")
    people.give_role(made, OFFICE, Role.REGISTER_OFFICE)
    office = CompetentInstitution(id=OFFICE, name=LangString.of(en="Register office"), country=Country("FI"))
    register.enter(office, actor=people.actor(made.id))


def enter(anna: Visitor) -> None:
    anna.go("/").sees("Nothing waits for you now").follow("Enter an institution")
    anna.fill("Identifier", "board").fill("Name", "Board of baking").choose("Country", "Finland").press("Save")
    anna.sees("There is a problem", "is not an identifier").fill("Identifier", BOARD)
    anna.fill("Names in other languages", "fi: Leipomolautakunta").press("Save").sees("Say now what it may do")
    anna.follow("Enter functions").tick("design qualifications", "allocate points", "award")
    anna.fill("Since", date(2020, 1, 1)).fill("Law or decision that grants it", "Act 531/2017").press("Save")
    anna.sees("Act 531/2017").follow("Enter an accreditation").fill("Accredited by", "Ministry of education")
    anna.fill("Decision", "M-12").press("Save").sees("Ministry of education").follow("People")
    for name in ("Pekka", "Rita"):
        anna.fill("Name", name).fill("E-mail address", f"{name.lower()}@example.org").tick("Competent institution")
        anna.press("Enter").sees(f"{name} is entered and gets an e-mail.")


def begin(pekka: Visitor) -> str:
    pekka.go("/").follow("Write a qualification")
    pekka.fill("Title", "Baker").fill("Code", "BAK").press("Begin the draft").sees("What was found", "To mend")
    draft = pekka.path
    pekka.follow("Change title, levels, dates").choose("EQF level", "4").fill("Fields of education", "0721")
    pekka.fill("Valid from", date(2026, 8, 1)).fill("Valid until", date(2026, 1, 1)).press("Save")
    pekka.sees("There is a problem", "lies below").fill("Valid until", date(2031, 7, 31))
    pekka.fill("Transition until", date(2033, 7, 31)).press("Save").sees("Saved.", "0721")
    return draft


def unit(pekka: Visitor, draft: str, code: str, title: str, outcomes: tuple[str, ...]) -> None:
    pekka.go(draft).follow("Add a unit").fill("Code of the unit", code).fill("Title of the unit", title)
    pekka.press("Add the unit").sees("says nothing about how it is assessed")
    page = pekka.page.url
    pekka.fill("How it is assessed", "A practical task of a day, observed by two assessors").press("Save")
    pekka.go(page.removeprefix(pekka.site))
    for kind, text in zip(KINDS, outcomes, strict=True):
        pekka.follow("Add a learning outcome").unfold("How to write a learning outcome").tick(kind)
        pekka.fill("The learner …", text).fill("Criteria", "safely\nin the time of a professional")
        pekka.fill("ESCO skills", "http://data.europa.eu/esco/skill/1a2b").press("Save").sees(text)


def points(pekka: Visitor, draft: str) -> None:
    pekka.go(draft).follow("Allocate points").tick("By hours of effort").press("Continue")
    pekka.fill("Total points", "60").fill("Formal pathway", "Initial training at a college").fill("Its years", "1")
    pekka.fill("DOU: value", "400").fill("OVE: value", "800").press("Save").sees("20 ECVET points", "40 ECVET points")


def rules(pekka: Visitor, draft: str) -> None:
    pekka.go(draft).follow("Write the rules").press("Add a group (The whole)")
    pekka.sees("is empty").press("Up (Group p4)").press("Into the group before (OVE Baking)")
    pekka.follow("Change (Group p4)").fill("Title", "At the oven").fill("At least so many points", "50").press("Save")
    pekka.sees("needs 50 points, but its parts give at most 40")
    pekka.follow("Change (At the oven)").fill("At least so many points", "40").press("Save")
    pekka.follow("Change (The whole)").fill("At least so many points", "60").fill("At most so many points", "60")
    pekka.press("Save").press("Add a place for credit from elsewhere (At the oven)").sees("Credit from elsewhere")
    pekka.follow("Change (Credit from elsewhere)").fill("At most so many points", "10")
    pekka.tick("work experience").press("Save").sees("Meant for: work experience", "at most 10 points")
    pekka.sees("Nothing stands in the way of publishing.")


def requirements(pekka: Visitor, draft: str) -> None:
    rules = f"{draft}/rules"
    pekka.go(rules).unfold("Add a requirement").follow("A unit that needs others first")
    pekka.choose("This unit counts only for who holds", "OVE Baking").press("Save")
    pekka.sees("There is a problem", "Choose at least 1").tick("DOU Making dough").press("Save")
    pekka.sees("OVE Baking counts only with DOU Making dough.")
    pekka.unfold("Add a requirement").follow("A bound over everything that counts").fill("Title", "Level")
    pekka.fill("Only credit at this level or above", "4").fill("At least so many points", "70").press("Save")
    pekka.sees("that which is at level 4 or above has at least 70 points", "no selection gives more than")
    pekka.follow("Change (Level: of what counts").fill("At least so many points", "20")
    pekka.fill("The rule in words", "Twenty points at level 4, says § 7").press("Save")
    pekka.sees("at least 20 points", "Twenty points at level 4, says § 7")
    pekka.unfold("Add a requirement").follow("Units that exclude each other").tick("DOU Making dough", "OVE Baking")
    pekka.press("Save").sees("At most 1 of these counts: DOU Making dough, OVE Baking.", "infeasible")
    pekka.press("Remove (At most 1 of these counts: DOU Making dough, OVE Baking.)")
    pekka.go(draft).follow("Add a unit").fill("Code of the unit", "PAS").fill("Title of the unit", "Pastry")
    pekka.press("Add the unit").fill("How it is assessed", "A practical task").press("Save")
    page = pekka.path
    pekka.go(page).follow("Add a learning outcome").tick("Skills").fill("The learner …", "knows sweet doughs")
    pekka.fill("Criteria", "well").press("Save").sees("“knows” cannot be seen or heard.")
    pekka.follow("knows sweet doughs").fill("The learner …", "makes sweet doughs").press("Save")
    pekka.go(draft).follow("Size (Pastry)").fill("Points", "10").press("Save").sees("10 ECVET points")
    pekka.go(rules).follow("Change (PAS Pastry)")
    pekka.page.get_by_label("Compulsory").uncheck()
    pekka.press("Save").unfold("Add a requirement").follow("Units that exclude each other")
    pekka.tick("DOU Making dough", "PAS Pastry").press("Save")
    pekka.sees("At most 1 of these counts: DOU Making dough, PAS Pastry.", "Nothing stands in the way of publishing.")


def tried(pekka: Visitor, draft: str) -> None:
    pekka.go(f"{draft}/rules").follow("Try the rules").tick("DOU Making dough").press("See the verdict")
    pekka.sees("Not complete", "What is missing", "OVE Baking", "The cheapest way to finish")
    pekka.unfold("More about DOU Making dough").fill("Level (DOU Making dough)", "4").tick("OVE Baking")
    pekka.press("See the verdict").sees("60 of 60 points count.", "Complete")


def translate(pekka: Visitor, draft: str) -> None:
    pekka.go(draft).unfold("Translate into another language").follow("Finnish")
    pekka.fill("Baker", "Leipuri").press("Save").follow("Finnish").follow("DOU Making dough")
    pekka.fill("Making dough", "Taikinan valmistus").press("Save").sees("Saved.")


def together(pekka: Visitor, rita: Visitor, draft: str) -> None:
    rita.go("/drafts/").follow("Baker").follow("Change title, levels, dates")
    pekka.go(draft).follow("Change title, levels, dates").fill("Title", "Master baker").press("Save")
    rita.fill("Title", "Artisan baker").press("Save").sees("Both versions", "Master baker", "Artisan baker")
    expect(rita.page.get_by_label("Title", exact=True)).to_have_value("Artisan baker")
    rita.follow("Back without saving").sees("Master baker")


def publish(pekka: Visitor, draft: str) -> None:
    pekka.go(draft).sees("Nothing stands in the way of publishing.").press("Publish")
    pekka.sees("“Master baker” is published.", "At the oven").follow("Baking").sees("Skills", "bakes bread")
    (line,) = qualifications.lines(search="Leipuri")
    found = qualifications.qualification(line.id).value
    assert [one.code for one in found.units] == [*UNITS, "PAS"]
    assert found.rules.barred


def next_version(pekka: Visitor) -> None:
    (line,) = qualifications.lines(search="Leipuri")
    pekka.go(f"/qualifications/{line.key}").sees("At most 1 of these counts: DOU Making dough, PAS Pastry.")
    pekka.follow("Write the next version").press("Begin the draft")
    draft = pekka.path
    pekka.follow("Find fields of education").fill("Words, or the beginning of a code", "hotel").press("Search")
    pekka.press("Link it (1013 Hotel, restaurants and catering)").go(draft)
    pekka.follow("Change title, levels, dates").fill("Title", "Baker of bread").fill("Valid from", date(2031, 8, 1))
    pekka.press("Save").follow("See what it changes")
    pekka.sees(
        "Master baker", "Baker of bread", "1013 Hotel", "Whom it concerns", "Learners who follow one of them now"
    )
    pekka.go(draft).press("Publish").sees("“Baker of bread” is published.").follow("What this version changes")
    pekka.sees("Master baker", "Baker of bread")
