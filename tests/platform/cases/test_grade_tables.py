"""What if grade scales and pass marks differ (case 19): a table in the memorandum, and a person who takes it or not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from albas_story import AUTHORITY, CUT, DECIDED, LYON, Story
from documents_read import words as printed
from ecvet.credit.assessment import Grade
from ecvet.partnership.grades import GradePair, GradeTable
from ecvet.record import Address, Recorded
from ecvet.terms import Period
from ecvet_platform.credit.actions import grades, reading
from ecvet_platform.credit.actions.documents import printing
from ecvet_platform.credit.actions.scales import SCALES
from ecvet_platform.credit.errors import NoTableForGrade
from ecvet_platform.credit.store import cases
from ecvet_platform.institutions.actions import memoranda
from ecvet_platform.people import actions as people
from ecvet_platform.people.store import Account
from stories_of import MEMORANDUM

SignIn = Callable[[Account], Client]
FR, IT = (next(one for one in SCALES if one.id.endswith(name)) for name in ("fr-20", "it-100"))
TABLE = GradeTable(
    given_by=LYON, read_by=AUTHORITY, scale=FR.id, home_scale=IT.id, passes_from="10", home_passes_from="60",
    valid=Period(date(2026, 1, 1)),
    pairs=(GradePair(grade="10", read_as="58"), GradePair(grade="14", read_as="82")),
)  # fmt: skip
MOU = Address("sha-256:" + "2" * 64)


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """A memorandum between the institutions of the story in which the table stands."""
    monkeypatch.setattr(grades, "_tables", lambda *_: iter([(MOU, TABLE)]))


def validated(story: Story, grade: str) -> tuple[str, Recorded[object]]:
    thread = story.agree()
    story.assess(thread, grade=Grade(scale=FR.id, value=grade))
    done = story.validate(story.transfer(thread).address)
    case = cases.find(thread, CUT)
    assert case is not None
    return f"/credit/cases/{case.id}", done


@pytest.mark.rule("R-ASSESS-11")
def test_the_table_of_the_memorandum_proposes_and_a_person_takes_it(story: Story, signed_in: SignIn, tables: None):
    """Case 19: the page proposes and ticks nothing; page, document and decision say where the grade is from."""
    path, _ = validated(story, "14")
    typed = {"outcomes": ["measures", "cuts"], "use": "part of the qualification", "ground": "Act", "by_table": "on"}
    with story.on(DECIDED):
        browser = signed_in(story.accounts["Dimitra"])
        page = browser.get(f"{path}/recognise").content.decode()
        assert "14 (France 0 to 20) is read as 82 (Italy, hundredths)" in page
        assert "checked" not in page.partition("by_table")[2][:200], "a proposal is not taken by itself"
        both = browser.post(f"{path}/recognise", typed | {"scale": IT.id, "grade": "90"})
        assert "Take the grade of the table, or give another one; not both." in both.content.decode()
        assert browser.post(f"{path}/recognise", typed).status_code == 302
        made = reading.recognitions(story.alba)[-1]
        assert (made.value.grade, made.value.grade_table) == (Grade(scale=IT.id, value="82"), MOU)
        assert "Taken from the table of the memorandum." in browser.get(path).content.decode()
        alba = story.actor("Alba")
        pdf = printing.of_record(made.address, actor=alba, check_at="https://x.example/", language="en")
    assert "table of the memorandum" in printed(pdf)


def test_what_passes_there_and_not_at_home_is_said(story: Story, signed_in: SignIn, tables: None):
    path, _ = validated(story, "10")
    with story.on(DECIDED):
        page = signed_in(story.accounts["Dimitra"]).get(f"{path}/recognise").content.decode()
    assert "It passes there and does not pass at home." in page


def test_without_a_table_for_the_grade_nothing_is_proposed_and_programs_are_told_so(
    story: Story, signed_in: SignIn, tables: None
):
    path, done = validated(story, "12")
    with story.on(DECIDED):
        assert "by_table" not in signed_in(story.accounts["Dimitra"]).get(f"{path}/recognise").content.decode()
        with pytest.raises(NoTableForGrade):
            story.recognise(done.address, by_table=True)


def test_programs_see_the_proposal_and_take_it(story: Story, tables: None):
    _, done = validated(story, "14")
    with story.on(DECIDED):
        secret = people.make_token(story.accounts["Dimitra"], institution=story.at_home["Dimitra"], name="test")
        program = Client(headers={"Authorization": f"Bearer {secret}"})
        path = f"/api/v1/validations/{done.address}"
        found = program.get(f"{path}/proposed-grade").json()["proposal"]
        assert (found["grade"]["value"], found["original"]["value"]) == ("82", "14")
        body = {"ground": {"en": "Act"}, "by_table": True}
        made = program.post(f"{path}/recognitions", body, content_type="application/json")
        assert made.json()["terms"]["grade_table"] == MOU
        stranger = people.make_token(story.accounts["Erik"], institution=story.at_home["Erik"], name="test")
        other = Client(headers={"Authorization": f"Bearer {stranger}"})
        assert other.get(f"{path}/proposed-grade").status_code == 404


def test_the_tables_are_those_of_the_memorandum_of_the_agreement_then_those_in_force(
    story: Story, monkeypatch: pytest.MonkeyPatch
):
    thread = story.agree()
    story.assess(thread)
    case = cases.find(thread, CUT)
    assert case is not None
    item, newer = replace(MEMORANDUM, grade_tables=(TABLE,)), Address("sha-256:" + "3" * 64)
    monkeypatch.setattr(memoranda, "at", lambda address: Recorded(item, address))
    monkeypatch.setattr(memoranda, "between", lambda *_: (Recorded(item, MOU), Recorded(item, newer)))
    assert list(grades._tables(case, MOU)) == [(MOU, TABLE), (newer, TABLE)]
    assert [one for one, _ in grades._tables(case, None)] == [MOU, newer]
    monkeypatch.undo()
    assert list(grades._tables(case, MOU)) == [], "a memorandum that only another server has"
