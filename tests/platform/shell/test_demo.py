"""The demo: loaded once by the rooms' actions, and something to do for everybody who signs in."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from ecvet.examples import names, qualification
from ecvet.examples.cast import ALBA, BRUNO, FARID, GEORG, LIISA, ONNI, CastLearner, Figure
from ecvet_platform.credentials.actions import issue, verify
from ecvet_platform.credit.actions import accumulate
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.actions import learners
from ecvet_platform.mobility.errors import LearnerUnknown
from ecvet_platform.people import actions as people
from ecvet_platform.people import store as accounts
from ecvet_platform.people.roles import Actor
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.shell import demo
from ecvet_platform.shell.dashboard import waiting_for

SIGN, ACCEPT = "Sign the learning agreement", "Sign a memorandum"
WITH_SOMETHING_TO_DO = {
    "Bruno Salmi": (SIGN, ACCEPT, "Validate"),
    "Chloé Borg": (SIGN, ACCEPT, "Assess", "Issue the transcript"),
    "Marco Vella": ("Veera Salo",),
    "Onni Korhonen": (SIGN,),
    "Mari Niemi": (SIGN,),
    "Dimitra Aalto": ("Recognise or refuse", "Decide on the appeal"),
    "Georg Lehmann": (ACCEPT, "Assess"),
}


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The demo, loaded once for all tests here and taken back afterwards."""
    before, settings.DATA = settings.DATA, tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock():
        with transaction.atomic():
            assert demo.load()
            yield
            transaction.set_rollback(True)
        settings.DATA = before


def actor(figure: Figure) -> Actor:
    found = accounts.account_of(figure.email)
    assert found is not None
    return people.actor(found.id)


def standing(who: CastLearner) -> accumulate.Standing:
    me = actor(who.figure)
    return accumulate.progress(learners.mine(me)[0].id, who.follows, actor=me)


def test_loading_again_changes_nothing_and_says_so():
    before = journal.verify()
    assert demo.load() is False
    assert journal.verify() == before


@pytest.mark.parametrize("name", names())
def test_each_qualification_was_published_by_the_institution_in_charge(name: str):
    item, _ = qualification(name)
    found = qualifications.qualification(item.id)
    assert records.record(found.address).author == item.institution
    assert {one.signer for one in records.signatures(found.address)} == {item.institution}


def test_the_institutions_have_competences_and_keys():
    found = register.lines()
    assert len(found) >= 4
    for one in found:
        assert register.institution(one.id).competences
        assert register.public_keys(one.id)


def test_alba_is_qualified_and_her_credential_verifies():
    assert standing(ALBA).progress.complete is True
    assert len(standing(ALBA).awards) == 1
    mine = issue.mine(actor=actor(ALBA.figure))
    assert len(mine) == 2
    for one in mine:
        assert verify.verify(issue.credential(one.id, actor=actor(ALBA.figure))[1]).verified


@pytest.mark.parametrize(("who", "points"), [(ONNI, 35), (LIISA, 47), (FARID, 27)])
def test_the_others_are_on_their_way(who: CastLearner, points: int):
    found = standing(who)
    assert found.progress.complete is False
    assert found.progress.counted_points == points
    assert found.progress.missing


def test_liisas_refusal_stays_beside_the_decision_that_took_its_place():
    me = learners.mine(actor(LIISA.figure))[0].id
    decisions = [one.verb for one in journal.read(limit=1000) if one.details.get("learner") == me]  # type: ignore[union-attr]
    refused, heard, changed = (decisions.index(f"credit.{one}") for one in ("refuse", "appeal", "recognise"))
    assert refused < heard < changed
    assert [one.value.extent for one in standing(LIISA).recognitions] == ["full"]


@pytest.mark.parametrize(("figure", "roles"), demo.LINKS, ids=lambda one: one.name if isinstance(one, Figure) else "")
def test_everybody_finds_what_waits_and_can_open_it(figure: Figure, roles: str):
    client = Client()
    links = {title: path for title, path in demo.sign_in_links().items() if title.startswith(figure.name)}
    assert [*links] == [f"{figure.name} ({roles})"]
    assert client.post(links[f"{figure.name} ({roles})"]).status_code == 302
    assert client.get("/").status_code == 200
    waiting = waiting_for(actor(figure), clock.today())
    for wanted in WITH_SOMETHING_TO_DO.get(figure.name, ()):
        assert any(one.title.startswith(wanted) for one in waiting), wanted
    for one in waiting:
        assert client.get(one.address).status_code == 200, one.address


def test_no_step_of_the_story_lies_in_the_future():
    assert max(one.at for one in journal.read(limit=1000)) <= clock.now()
    assert min(one.at for one in journal.read(limit=1)).date() == date(2022, 8, 1)


def test_a_stranger_does_not_see_the_learners_of_others():
    assert actor(BRUNO).institution != actor(GEORG).institution
    farid = learners.mine(actor(FARID.figure))[0].id
    with pytest.raises(LearnerUnknown):
        learners.learner(farid, actor=actor(BRUNO))
