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


# ------------------------------------------------------------- accounts
def entered(everybody: Cast, django_capture: object = None) -> accounts.Account:
    everybody.browser("Bruno").post(TURIN, NINA)
    found = accounts.account_of("nina@turin.example")
    assert found
    return found


def test_the_list_tells_last_sign_in_and_second_factor(everybody: Cast):
    person = entered(everybody)
    page = everybody.browser("Bruno").get(TURIN).content.decode()
    assert "Has never signed in." in page
    assert "Has no second factor." in page
    Client().post(f"/sign-in/{people.new_link(person)}")
    assert "Last signed in" in everybody.browser("Bruno").get(TURIN).content.decode()
    item = next(
        one for one in everybody.browser("Bruno").get(f"/api/v1{TURIN}").json()["items"] if one["name"] == "Nina Conti"
    )
    assert item["last_sign_in"]
    assert item["second_factor"] is False


def test_who_leaves_is_put_out_of_use_with_all_sessions_links_and_tokens(everybody: Cast):
    person = entered(everybody)
    token = people.make_token(person, institution=story.TURIN, name="program")
    link, client = f"/sign-in/{people.new_link(person)}", Client()
    client.post(f"/sign-in/{people.new_link(person)}")
    answer = everybody.browser("Bruno").post(TURIN, {"step": "deactivate", "which": str(person.id)}, follow=True)
    assert "out of use" in answer.content.decode()
    assert accounts.account_of("nina@turin.example") is None
    assert b"Sign out" not in client.get("/").content
    assert Client().post(link).status_code == 410
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert journal.read()[-1].verb in ("person.deactivate", "person.sign-in")
    entered(everybody)
    assert nina() == {story.TURIN: frozenset({Role.ASSESSOR, Role.MENTOR})}


def test_who_also_works_elsewhere_loses_only_the_roles_here(everybody: Cast):
    person = entered(everybody)
    people.give_role(person, story.LYON, Role.MENTOR)
    gone = everybody.browser("Bruno").delete(f"/api/v1{TURIN}/{person.id}")
    assert gone.json() == {"account": "in use"}
    assert nina() == {story.LYON: frozenset({Role.MENTOR})}


def test_nobody_ends_herself_or_those_above_her(everybody: Cast):
    from ecvet_platform.institutions.actions import members
    from ecvet_platform.people.errors import NotYoursToEnd, YourselfOnly

    bruno = people.actor(everybody.accounts["Bruno"].id)
    with pytest.raises(YourselfOnly):
        members.deactivate(story.TURIN, everybody.accounts["Bruno"].id, actor=bruno)
    person = entered(everybody)
    people.give_role(person, story.TURIN, Role.COMPETENT_INSTITUTION)
    for end in (members.deactivate, members.reset):
        with pytest.raises(NotYoursToEnd):
            end(story.TURIN, person.id, actor=bruno)
    assert accounts.account_of("nina@turin.example")


def test_a_lost_phone_is_answered_by_a_reset_and_told(everybody: Cast, django_capture_on_commit_callbacks):
    from ecvet_platform.journal import clock
    from ecvet_platform.people import totp
    from ecvet_platform.people.actions import codes

    person = entered(everybody)
    secret = codes.begin(person)
    codes.confirm(person, totp.code_at(secret, int(clock.now().timestamp()) // 30), address="")
    with django_capture_on_commit_callbacks(execute=True):
        everybody.browser("Bruno").post(TURIN, {"step": "reset", "which": str(person.id)})
    assert not codes.ways(person).has_second
    assert mail.outbox[-1].to == ["nina@turin.example"]
    assert "has reset how you sign in" in mail.outbox[-1].body
    assert Client().post(f"/sign-in/{people.new_link(person)}")["Location"] == "/"


@pytest.mark.parametrize("step", ["deactivate", "reset", "nonsense"])
def test_a_button_for_nobody_is_refused(everybody: Cast, step: str):
    for which in ("", "nonsense", str(everybody.accounts["Marc"].id)):
        assert everybody.browser("Bruno").post(TURIN, {"step": step, "which": which}).status_code == 422
