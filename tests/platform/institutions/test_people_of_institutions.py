"""People of an institution get and lose their roles on a page; strangers do not even see who they are."""

import pytest
from django.core import mail
from django.test import Client

import stories_of as story
from ecvet_platform.journal import actions as journal
from ecvet_platform.people import actions as people
from ecvet_platform.people import store as accounts
from ecvet_platform.people.roles import Role
from ecvet_platform.qualifications.naming import key_of
from stories_of import Cast

TURIN, LYON, BODY = (f"/institutions/{key_of(one)}/people" for one in (story.TURIN, story.LYON, story.BODY))
NINA = {"name": "Nina Conti", "email": "nina@turin.example", "roles": ["assessor", "mentor"]}


def nina() -> dict[str, frozenset[Role]]:
    found = accounts.account_of("nina@turin.example")
    return {str(name): roles for name, roles in accounts.memberships(found.id).items()} if found else {}


def test_a_coordinator_enters_a_colleague_who_can_sign_in_at_once(everybody: Cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = everybody.browser("Bruno").post(TURIN, NINA)
    assert answer.status_code == 302
    assert nina() == {story.TURIN: frozenset({Role.ASSESSOR, Role.MENTOR})}
    (letter,) = mail.outbox
    assert letter.to == ["nina@turin.example"]
    assert "Istituto Torino" in letter.subject
    assert "http://testserver/sign-in" in letter.body
    assert [one.detail for one in journal.read() if one.verb == "person.give-role"][-1].count("mentor") == 1
    assert "Nina Conti" in everybody.browser("Bruno").get(TURIN).content.decode()


@pytest.mark.parametrize("name", ["Marc", "Erik"])
def test_others_neither_see_nor_change_them(everybody: Cast, name: str):
    page = everybody.browser(name).get(LYON)
    assert page.status_code == 403
    assert "Chlo" not in page.content.decode().replace(everybody.accounts[name].name, "")
    assert everybody.browser(name).post(LYON, NINA).status_code == 403
    assert Client().get(LYON).status_code == 302
    assert nina() == {}


def test_a_role_that_is_not_hers_to_give_is_refused(everybody: Cast):
    browser = everybody.browser("Bruno")
    answer = browser.post(TURIN, {**NINA, "roles": ["register_office"]})
    assert answer.status_code == 422
    assert "nina@turin.example" in answer.content.decode()
    refused = browser.post(f"/api/v1{TURIN}", {**NINA, "roles": ["register_office"]}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "people.role.not-yours-to-give")
    assert nina() == {}


@pytest.mark.parametrize(("field", "value"), [("email", "nina"), ("roles", []), ("name", "")])
def test_what_is_missing_is_told_at_its_field_and_the_rest_is_kept(everybody: Cast, field: str, value: object):
    answer = everybody.browser("Bruno").post(TURIN, {**NINA, field: value})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert nina() == {}


def test_roles_are_taken_away_by_a_button(everybody: Cast):
    browser = everybody.browser("Bruno")
    browser.post(TURIN, NINA)
    person = accounts.account_of("nina@turin.example")
    assert person
    browser.post(TURIN, {"step": "take", "which": f"{person.id}.mentor"})
    assert nina() == {story.TURIN: frozenset({Role.ASSESSOR})}
    again = browser.post(TURIN, {"step": "take", "which": f"{person.id}.mentor"})
    assert again.status_code == 422
    assert "does not have the role" in again.content.decode()
    assert browser.post(TURIN, {"step": "take", "which": "nonsense"}).status_code == 422


def test_the_last_register_office_cannot_be_taken_away(everybody: Cast):
    which = f"{everybody.accounts['Dimitra'].id}.register_office"
    answer = everybody.browser("Dimitra").post(BODY, {"step": "take", "which": which})
    assert answer.status_code == 422
    assert "Nobody else has the role" in answer.content.decode()
    assert Role.REGISTER_OFFICE in people.actor(everybody.accounts["Dimitra"].id).roles


def test_a_register_office_enters_the_first_people_of_any_institution_by_program(everybody: Cast):
    browser = everybody.browser("Dimitra")
    made = browser.post(
        f"/api/v1{TURIN}", {**NINA, "roles": ["competent_institution"]}, content_type="application/json"
    )
    assert made.status_code == 201
    listed = browser.get(f"/api/v1{TURIN}").json()["items"]
    assert {"nina@turin.example"} < {one["email"] for one in listed} | {""}
    gone = browser.delete(f"/api/v1{TURIN}/{made.json()['person']}/competent_institution")
    assert gone.status_code == 200
    assert nina() == {}
