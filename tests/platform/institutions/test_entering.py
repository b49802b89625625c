"""A register office enters institutions, what they may do and who accredits them; nobody else does."""

from datetime import date

import pytest
from django.test import Client

import stories_of as story
from ecvet.partnership import Accreditation, Competence, Function
from ecvet.record import plain
from ecvet.terms import Identifier, Period
from ecvet_platform.institutions.actions import entering, register
from ecvet_platform.institutions.errors import InstitutionKnown, PieceChanged
from ecvet_platform.journal import actions as journal
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.qualifications.naming import key_of
from stories_of import Cast

NEW = Identifier("https://new.example/")
TYPED = {
    "id": NEW, "name": "Ammattikoulu Uusi", "language": "fi", "names": "en: New College\nsv: Nya skolan",
    "country": "FI", "other_ids": "urn:pic:999999999", "email": "office@new.example",
}  # fmt: skip
PAGES = (
    "/institutions/new", f"/institutions/{key_of(story.LYON)}/change", f"/institutions/{key_of(story.LYON)}/functions",
    f"/institutions/{key_of(story.LYON)}/accreditations",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_only_a_register_office_has_the_pages(everybody: Cast, page: str):
    assert everybody.browser("Dimitra").get(page).status_code == 200
    assert everybody.browser("Erik").get(page).status_code == 403
    assert everybody.browser("Erik").post(page, TYPED).status_code == 403
    assert Client().get(page).status_code == 302


def test_an_institution_is_entered_with_its_names_and_a_key(everybody: Cast):
    answer = everybody.browser("Dimitra").post("/institutions/new", TYPED)
    assert answer.headers["Location"] == f"/institutions/{key_of(NEW)}"
    found = register.institution(NEW)
    assert dict(found.name.texts) == {"fi": "Ammattikoulu Uusi", "en": "New College", "sv": "Nya skolan"}
    assert found.name.authoritative == "fi"
    assert found.other_ids == ("urn:pic:999999999",)
    assert register.contact(NEW)["e-mail"] == "office@new.example"
    assert len(register.public_keys(NEW)) == 1
    assert {"institution.enter", "institution.make-key"} <= {one.verb for one in journal.read(subject=NEW)}


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("id", "new college", "is not an identifier"),
        ("names", "New College", "is not a language and a name"),
        ("names", "xx: New College", "is not a language and a name"),
        ("other_ids", "999999999", "is not an identifier"),
        ("name", "", "required"),
        ("id", story.LYON, "here already"),
    ],
)
def test_what_cannot_be_entered_is_told_at_its_field_and_kept(everybody: Cast, field: str, text: str, says: str):
    answer = everybody.browser("Dimitra").post("/institutions/new", {**TYPED, field: text})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "There is a problem" in page
    assert "office@new.example" in page
    assert NEW not in register.institutions((NEW,))


def test_changing_the_name_leaves_what_it_may_do(everybody: Cast):
    before = register.institution(story.LYON)
    browser, page = everybody.browser("Dimitra"), f"/institutions/{key_of(story.LYON)}/change"
    browser.post(page, {**TYPED, "name": "Lycée neuf", "language": "fr", "names": "", "country": "FR"})
    after = register.institution(story.LYON)
    assert str(after.name) == "Lycée neuf"
    assert (after.id, after.competences) == (before.id, before.competences)


@pytest.mark.rule("R-RECOG-14")
def test_functions_are_entered_several_at_once_for_some_qualifications_within_dates(everybody: Cast):
    browser, page = everybody.browser("Dimitra"), f"/institutions/{key_of(story.TURIN)}/functions"
    assert "Hairdresser" in browser.get(page).content.decode()
    browser.post(page, {
        "functions": [Function.ASSESS, Function.AWARD], "start": "2026-01-01", "end": "2026-12-31",
        "source": "Decree 7", "qualifications": [story.QUALIFICATION],
    })  # fmt: skip
    for function in (Function.ASSESS, Function.AWARD):
        assert register.may_do(story.TURIN, function, story.QUALIFICATION, date(2026, 12, 31))
        assert not register.may_do(story.TURIN, function, story.QUALIFICATION, date(2027, 1, 1))
        assert not register.may_do(story.TURIN, function, story.CUTTING, date(2026, 12, 31))
    assert "Decree 7" in Client().get(f"/institutions/{key_of(story.TURIN)}").content.decode()


def test_a_function_is_ended_or_taken_back(everybody: Cast):
    browser, key = everybody.browser("Dimitra"), key_of(story.LYON)
    first, second = register.institution(story.LYON).competences
    page = f"/institutions/{key}/functions/{entering.mark(first)}"
    assert "Take it back" in browser.get(page).content.decode()
    browser.post(page, {"functions": [first.function], "start": "2020-01-01", "end": "2026-06-30"})
    assert register.institution(story.LYON).competences[0].valid == Period(date(2020, 1, 1), date(2026, 6, 30))
    browser.post(f"/institutions/{key}/functions/{entering.mark(second)}", {"step": "remove"})
    assert len(register.institution(story.LYON).competences) == 1


def test_who_changes_what_was_changed_meanwhile_is_told_and_nothing_is_lost(everybody: Cast):
    dimitra, first = everybody.actor("Dimitra"), register.institution(story.LYON).competences[0]
    mark = entering.mark(first)
    shorter = Competence(function=first.function, valid=Period(date(2020, 1, 1), date(2026, 1, 1)))
    entering.regrant(story.LYON, mark, shorter, actor=dimitra)
    with pytest.raises(PieceChanged):
        entering.regrant(story.LYON, mark, None, actor=dimitra)
    assert shorter in register.institution(story.LYON).competences
    page = f"/institutions/{key_of(story.LYON)}/functions/{mark}"
    assert everybody.browser("Dimitra").get(page).status_code == 409


def test_a_period_that_ends_before_it_begins_is_told_at_its_field(everybody: Cast):
    typed = {"functions": [Function.ASSESS], "start": "2026-02-01", "end": "2026-01-01", "source": "Decree 7"}
    answer = everybody.browser("Dimitra").post(PAGES[2], typed)
    assert answer.status_code == 422
    assert "lies before the first" in answer.content.decode()
    assert "Decree 7" in answer.content.decode()


def test_an_accreditation_is_public_and_gives_no_function(everybody: Cast):
    browser, key = everybody.browser("Dimitra"), key_of(story.STRANGERS)
    browser.post(f"/institutions/{key}/accreditations", {
        "by": "Akkreditierungsrat", "reference": "AR-2026-1", "start": "2026-01-01", "end": "2031-12-31",
    })  # fmt: skip
    (made,) = register.institution(story.STRANGERS).accreditations
    assert made == Accreditation(
        by="Akkreditierungsrat", reference="AR-2026-1", valid=Period(date(2026, 1, 1), date(2031, 12, 31))
    )
    assert "AR-2026-1" in Client().get(f"/institutions/{key}").content.decode()
    assert not register.may_do(story.STRANGERS, Function.AWARD, None, date(2026, 6, 1))
    browser.post(f"/institutions/{key}/accreditations/{entering.mark(made)}", {"step": "remove"})
    assert register.institution(story.STRANGERS).accreditations == ()


def test_an_institution_is_not_entered_twice(everybody: Cast):
    with pytest.raises(InstitutionKnown):
        entering.begin(register.institution(story.LYON), actor=everybody.actor("Dimitra"), contact={})
    with pytest.raises(NotYourRole):
        entering.begin(story.institution(NEW, "New", "PT"), actor=everybody.actor("Erik"), contact={})


def test_programs_enter_an_institution_whole(everybody: Cast):
    new = story.institution(NEW, "New", "PT", Function.ASSESS)
    body, browser = {"institution": plain(new)}, everybody.browser("Dimitra")
    first = browser.post("/api/v1/institutions", body, content_type="application/json")
    again = browser.post("/api/v1/institutions", body, content_type="application/json")
    assert (first.status_code, again.status_code) == (201, 200)
    assert register.institution(NEW) == new
    refused = everybody.browser("Erik").post("/api/v1/institutions", body, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "people.actor.wrong-role")
    bad = browser.post("/api/v1/institutions", {"institution": {"id": NEW}}, content_type="application/json")
    assert bad.status_code == 422
