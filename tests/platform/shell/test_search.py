"""One search over everything that a person may see, and nothing else; accents, capitals and endings do not matter."""

from collections.abc import Callable

import pytest
from django.test import Client

from albas_story import BEFORE, DECIDED, Story
from ecvet.record import Person
from ecvet_platform.mobility.actions import learners
from ecvet_platform.people.store import Account
from ecvet_platform.shell.search import Group, search

SignIn = Callable[[Account], Client]


def found(story: Story, name: str, text: str) -> dict[str, list[str]]:
    with story.on(DECIDED):
        groups: tuple[Group, ...] = search(story.actor(name), text)
    return {str(one.title): [hit.title for hit in one.hits] for one in groups}


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Šimková", "simkova", "SIMK", "simk hele"])
def test_a_learner_is_found_whatever_the_accents_capitals_and_endings(story: Story, text: str):
    with story.on(BEFORE):
        learners.enter(Person(names=("Helena",), family_name="Šimková"), actor=story.actor("Bruno"))
    assert found(story, "Bruno", text)["Learners"] == ["Helena Šimková"]


@pytest.mark.django_db
def test_agreements_units_qualifications_and_institutions_are_found(story: Story):
    story.agree()
    assert found(story, "Bruno", "cutt")["Agreements"] == ["Alba Rossi: Hairdresser"]
    assert found(story, "Bruno", "cutt")["Units"] == ["Cutting"]
    assert found(story, "Bruno", "acconc")["Qualifications"] == ["Hairdresser"]
    assert found(story, "Bruno", "lycee")["Institutions"] == ["Lycée de Lyon"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Erik", "Fiona"])
def test_learners_and_agreements_of_others_are_never_found(story: Story, name: str):
    story.agree()
    for text in ("Alba", "Rossi", "a"):
        assert found(story, name, text).keys().isdisjoint({"Learners", "Agreements"})


@pytest.mark.django_db
def test_the_host_finds_the_agreement_and_not_the_learner_s_file(story: Story):
    story.agree()
    assert found(story, "Chloé", "Rossi") == {"Agreements": ["Alba Rossi: Hairdresser"]}


@pytest.mark.django_db
def test_a_learner_finds_her_own_agreement_and_nobody_else(story: Story):
    story.agree()
    with story.on(BEFORE):
        learners.enter(Person(names=("Albano",), family_name="Verdi"), actor=story.actor("Bruno"))
    assert found(story, "Alba", "alba") == {"Agreements": ["Alba Rossi: Hairdresser"]}


@pytest.mark.django_db
def test_the_page_and_the_api_tell_the_same_and_an_erased_learner_is_not_found(story: Story, signed_in: SignIn):
    with story.on(DECIDED):
        bruno = signed_in(story.accounts["Bruno"])
        page = bruno.get("/search?q=rossi").content.decode()
        assert ">Alba Rossi</a>" in page
        groups = bruno.get("/api/v1/search?q=rossi").json()["groups"]
        assert [one["title"] for one in groups] == ["Learners"]
        learners.erase(story.alba, actor=story.actor("Bruno"))
        assert "Nothing is found that you may see" in bruno.get("/search?q=rossi").content.decode()
        assert "found" not in bruno.get("/search?q=+").content.decode()


def test_a_stranger_signs_in_first(db: None):
    assert Client().get("/search?q=a").status_code == 302
    assert Client().get("/api/v1/search?q=a").status_code == 401
