"""Learners: entered and erased by their home institution, known to themselves, unknown to strangers."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

import stories_of as story
from ecvet.mobility import Reason, Verb
from ecvet.record import Person, commitment
from ecvet.terms import Identifier
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import agreements, learners, proposing, stays
from ecvet_platform.mobility.errors import LearnerErased, LearnerStillBound, LearnerUnknown
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.qualifications.errors import QualificationUnknown
from stories_of import Cast

BEN = Person(names=("Ben",), family_name="Čapek", birth_date=date(2006, 1, 1))


@pytest.mark.parametrize("role", list(Role))
def test_only_a_coordinator_enters_learners(everybody: Cast, role: Role):
    who = Actor(person=Identifier("urn:uuid:1"), name="x", institution=story.TURIN, roles=frozenset([role]))
    if role in learners.KEEPERS:
        made = learners.enter(BEN, actor=who)
        assert made.home == story.TURIN
    else:
        with pytest.raises(NotYourRole):
            learners.enter(BEN, actor=who)


def test_a_learner_is_a_pseudonym_and_a_commitment(everybody: Cast):
    row = apps.get_model("mobility", "LearnerRow").objects.get(id=everybody.alba.id)
    assert everybody.alba.id.startswith("urn:uuid:")
    assert everybody.alba.person is not None
    assert commitment(everybody.alba.person, bytes(row.salt or b"")) == everybody.alba.ref


def test_names_are_taken_out_of_the_persons_that_an_older_version_kept(everybody: Cast):
    rows = apps.get_model("mobility", "LearnerRow").objects
    rows.update(name="")
    import_module("ecvet_platform.mobility.migrations.0002_learner_name").name(apps, None)
    assert rows.get(id=everybody.alba.id).name == "Alba Rossi"


@pytest.mark.rule("R-DATA-2")
def test_erasing_forgets_the_person_and_leaves_the_records(everybody: Cast):
    thread, _version = story.in_force(everybody)
    bruno = everybody.actor("Bruno")
    with pytest.raises(LearnerStillBound):
        learners.erase(everybody.alba.id, actor=bruno)
    stays.tell(thread, Verb.CANCEL, on=clock.today(), actor=bruno, reason=Reason.LEARNERS_WISH)
    learners.erase(everybody.alba.id, actor=bruno)
    row = apps.get_model("mobility", "LearnerRow").objects.get(id=everybody.alba.id)
    assert (row.person, row.name, row.salt, row.folded, row.account) == (None, "", None, "", None)
    assert learners.names([everybody.alba.id])[everybody.alba.id] == everybody.alba.id
    assert agreements.agreement(thread, actor=bruno).learner == everybody.alba.id
    with pytest.raises(LearnerErased):
        proposing.put_forward(story.draft(everybody.alba, None), actor=bruno)
    journal.verify()


def test_a_learner_sees_herself_and_strangers_see_nobody(everybody: Cast):
    assert learners.learner(everybody.alba.id, actor=everybody.actor("Alba")).learner.called == "Alba Rossi"
    for name in ("Erik", "Chloé", "Marc"):
        with pytest.raises(LearnerUnknown):
            learners.learner(everybody.alba.id, actor=everybody.actor(name))
    assert learners.page(actor=everybody.actor("Erik")) == ((), 0)


def test_learners_are_found_without_accents(everybody: Cast):
    bruno = everybody.actor("Bruno")
    learners.enter(BEN, actor=bruno)
    assert [one.called for one in learners.page(actor=bruno, search="capek")[0]] == ["Ben Čapek"]


@pytest.mark.rule("R-QUAL-5")
def test_a_learner_follows_one_version_at_a_time(everybody: Cast):
    bruno = everybody.actor("Bruno")
    with pytest.raises(QualificationUnknown):
        learners.enrol(everybody.alba.id, Identifier("https://unknown.example/"), since=clock.today(), actor=bruno)
    learners.enrol(everybody.alba.id, story.QUALIFICATION, since=date(2026, 9, 1), actor=bruno)
    first, second = learners.learner(everybody.alba.id, actor=bruno).enrolments
    assert (first.until, second.until) == (date(2026, 9, 1), None)
    assert learners.followed([everybody.alba.id], date(2026, 9, 1)) == {everybody.alba.id: story.QUALIFICATION}


def test_nobody_touches_the_learners_of_another_school(everybody: Cast):
    erik = everybody.actor("Erik")
    for step in (
        lambda: learners.erase(everybody.alba.id, actor=erik),
        lambda: learners.enrol(everybody.alba.id, story.QUALIFICATION, since=clock.today(), actor=erik),
    ):
        with pytest.raises(LearnerUnknown):
            step()
