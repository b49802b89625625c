"""The register: only those in charge publish, versions never change, everybody finds and reads."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

import stories_of as story
from ecvet.partnership import Function
from ecvet.qualification.errors import DoesNotReplace, NotPublishable, PublishedNeverChanges
from ecvet.record import Act
from ecvet.terms import Identifier, LangString, Severity
from ecvet_platform.institutions.actions import keys, register
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import store as records
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.qualifications import actions
from ecvet_platform.qualifications.errors import NotYoursToPublish
from ecvet_platform.qualifications.naming import fold, key_of
from stories_of import Cast

SECOND = Identifier("https://body.example/q/hairdresser/2")


def actor(role: Role, institution: Identifier = story.BODY) -> Actor:
    return Actor(person=Identifier("urn:uuid:1"), name="Somebody", institution=institution, roles=frozenset([role]))


def second_version(everybody: Cast) -> None:
    new = replace(story.HAIRDRESSER, id=SECOND, version="2", replaces=story.QUALIFICATION)
    actions.publish(actions.Draft(new), actor=everybody.actor("Dimitra"))


def test_a_published_qualification_is_a_record_signed_by_its_institution(everybody: Cast):
    found = actions.qualification(story.QUALIFICATION)
    assert found.value == story.HAIRDRESSER
    (signature,) = records.signatures(found.address)
    assert (signature.signer, signature.act) == (story.BODY, Act.ISSUE)
    assert keys.check(signature)
    assert [one.value for one in actions.units_of(story.QUALIFICATION)] == list(story.UNITS)
    journal.verify()


@pytest.mark.parametrize("role", [role for role in Role if role not in actions.PUBLISHERS])
def test_other_roles_may_not_publish(everybody: Cast, role: Role):
    with pytest.raises(NotYourRole):
        actions.publish(story.DRAFT, actor=actor(role))


@pytest.mark.parametrize("role", actions.PUBLISHERS)
def test_the_institution_in_charge_and_a_register_office_may_publish(everybody: Cast, role: Role):
    assert actions.look(story.DRAFT, actor=actor(role)).publishable


def test_another_competent_institution_may_not_publish_unless_it_is_empowered(everybody: Cast):
    stranger = actor(Role.COMPETENT_INSTITUTION, story.STRANGERS)
    with pytest.raises(NotYoursToPublish):
        actions.publish(story.DRAFT, actor=stranger)
    designer = story.institution(story.STRANGERS, "Somewhere else", "DE", Function.DESIGN)
    register.enter(designer, actor=everybody.actor("Dimitra"))
    assert actions.look(story.DRAFT, actor=stranger).publishable


def test_the_same_again_changes_nothing(everybody: Cast):
    before = len(journal.read())
    again = actions.publish(story.DRAFT, actor=everybody.actor("Dimitra"))
    assert again == actions.qualification(story.QUALIFICATION)
    assert len(journal.read()) == before


@pytest.mark.rule("R-QUAL-5")
def test_a_published_version_is_never_published_with_another_content(everybody: Cast):
    changed = replace(story.HAIRDRESSER, title=LangString.of(en="Barber"))
    with pytest.raises(PublishedNeverChanges):
        actions.publish(actions.Draft(changed), actor=everybody.actor("Dimitra"))
    unit = replace(story.UNITS[0], title=LangString.of(en="Shaving"))
    with pytest.raises(PublishedNeverChanges):
        actions.publish(actions.Draft(story.HAIRDRESSER, (unit,)), actor=everybody.actor("Dimitra"))
    assert actions.qualification(story.QUALIFICATION).value.title == story.HAIRDRESSER.title


@pytest.mark.rule("R-QUAL-5", "R-UNIT-12")
def test_a_new_version_replaces_the_old_one_which_stays_readable(everybody: Cast):
    second_version(everybody)
    assert [line.id for line in actions.lines()] == [SECOND]
    first, second = actions.versions(story.QUALIFICATION)
    assert (first.replaced_by, second.id) == (SECOND, SECOND)
    assert actions.qualification(story.QUALIFICATION).value == story.HAIRDRESSER
    assert "was replaced" in Client().get(f"/qualifications/{key_of(story.QUALIFICATION)}").content.decode()


def test_a_draft_with_errors_is_not_published_and_nothing_is_written(everybody: Cast):
    empty = replace(story.HAIRDRESSER, id=SECOND, units=(), standard=())
    with pytest.raises((NotPublishable, DoesNotReplace)):
        actions.publish(actions.Draft(empty), actor=everybody.actor("Dimitra"))
    assert actions.find(SECOND) is None


@pytest.mark.parametrize("words", ["κομμωτης", "ΚΟΜΜΩΤΉΣ", "Hairdresser", "coiff", "HAIR", "κουρεμα"])
def test_a_qualification_is_found_whatever_the_accents_and_capitals(everybody: Cast, words: str):
    assert [line.code for line in actions.lines(search=words)] == ["HAIR"]


def test_filters_narrow_the_list(everybody: Cast):
    assert actions.lines(country="IT", eqf=4, institution=story.BODY)
    assert not actions.lines(country="FI")
    assert not actions.lines(eqf=5)
    assert not actions.lines(search="hairdresser in rome")


def test_folding_knows_greek_and_composed_letters():
    assert fold("Ελλάδα") == fold("ΕΛΛΑΔΑ")
    assert fold("Οδός") == fold("ΟΔΟΣ")
    assert fold("Žďár nad Sázavou") == "zdar nad sazavou"


def test_everybody_reads_the_register_without_signing_in(everybody: Cast):
    client = Client()
    for path, text in {
        "/qualifications/": "Hairdresser",
        "/qualifications/?q=coiffeur&country=IT&eqf=4": "Hairdresser",
        f"/qualifications/{key_of(story.QUALIFICATION)}": "exactly 60 points",
        f"/units/{key_of(story.CUTTING)}": "can carry out Cutting on a model",
    }.items():
        answer = client.get(path)
        assert answer.status_code == 200
        assert text in answer.content.decode(), path
    assert client.get(f"/qualifications/{key_of(SECOND)}").status_code == 404


def test_a_person_of_the_register_office_publishes_by_page(everybody: Cast):
    browser = everybody.browser("Dimitra")
    text = _file()
    looked = browser.post("/qualifications/publish", {"text": text, "step": "look"})
    assert "This can be published" in looked.content.decode()
    assert actions.find(Identifier("https://body.example/cook")) is None
    done = browser.post("/qualifications/publish", {"text": text, "step": "publish"})
    assert done.status_code == 302
    assert "Cook" in browser.get(done["Location"]).content.decode()
    assert everybody.browser("Bruno").get("/qualifications/publish").status_code == 403


def test_an_unreadable_file_is_refused_at_the_form_and_keeps_what_was_typed(everybody: Cast):
    answer = everybody.browser("Dimitra").post("/qualifications/publish", {"text": "a: [", "step": "look"})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert "a: [" in answer.content.decode()


def test_the_api_lists_with_a_cursor_and_describes(everybody: Cast):
    browser = everybody.browser("Dimitra")
    made = browser.post("/api/v1/qualifications", _file(), content_type="application/yaml", headers=_csrf(browser))
    assert made.status_code == 201, made.content
    first = Client().get("/api/v1/qualifications?limit=1").json()
    second = Client().get(f"/api/v1/qualifications?limit=1&after={first['next']}").json()
    assert [one["code"] for one in (*first["items"], *second["items"])] == ["HAIR", "COOK"]
    assert "next" not in second
    one = Client().get(f"/api/v1/qualifications/{made.json()['key']}").json()
    assert one["qualification"]["code"] == "COOK"


def test_the_api_answers_with_findings_what_cannot_be_published(everybody: Cast):
    text = json.dumps(
        {
            "format": "ecvet/1",
            "qualification": {"id": str(SECOND), "code": "X", "title": "Empty", "institution": story.BODY,
                              "country": "IT"},
            "rules": {"parts": []}, "units": [],
        }
    )  # fmt: skip
    browser = everybody.browser("Dimitra")
    answer = browser.post("/api/v1/qualifications", text, content_type="application/json", headers=_csrf(browser))
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert any(finding["rule"] == "R-QUAL-1" for finding in answer.json()["findings"])
    refused = Client().post("/api/v1/qualifications", text, content_type="application/json")
    assert refused.status_code == 401


def test_rules_that_no_selection_satisfies_are_not_published_although_each_bound_looks_right(everybody: Cast):
    text = _file().replace("compulsory: true", "compulsory: false").replace("20, parts", "20, units: 1, parts")
    draft = actions.read_file(text.encode(), "cook.yaml")
    draft = replace(draft, qualification=replace(draft.qualification, institution=story.BODY))
    with pytest.raises(NotPublishable):
        actions.publish(draft, actor=everybody.actor("Dimitra"))
    found = actions.look(draft, actor=everybody.actor("Dimitra")).findings
    assert [one.rule for one in found if one.severity is Severity.ERROR] == ["R-COMP-7"]


def _csrf(browser: Client) -> dict[str, str]:
    return {}


def _file() -> str:
    return """
format: ecvet/1
language: en
qualification: {id: https://body.example/cook, code: COOK, title: Cook, institution: https://body.example/,
                country: IT, points: 20, eqf: 4}
rules: {points: 20, parts: [{unit: A, compulsory: true}, {unit: B, compulsory: true}]}
units:
  - code: A
    title: Soups
    points: 10
    assessment: a task
    outcomes: [{text: cook soup, kind: skills, criteria: [{text: it is hot}]}]
  - code: B
    title: Bread
    points: 10
    assessment: a task
    outcomes: [{text: bake bread, kind: skills, criteria: [{text: it is brown}]}]
"""


def test_the_lists_are_lean(everybody: Cast, django_assert_max_num_queries: Any):
    with django_assert_max_num_queries(3):  # one of ours between the beginning and the end of the transaction
        assert Client().get("/api/v1/qualifications").status_code == 200
    with django_assert_max_num_queries(6):  # the page, the number of all, the two filters
        assert Client().get("/qualifications/?q=hair").status_code == 200
