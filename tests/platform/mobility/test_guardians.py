"""A learner under age does not sign alone."""

from dataclasses import replace
from datetime import date

import pytest

import stories_of as story
from ecvet.mobility.errors import GuardianMissing
from ecvet.partnership import AgreementState
from ecvet.record import Act
from ecvet.terms import Identifier
from ecvet_platform.mobility.actions import agreements, proposing, signing
from stories_of import Cast


def state(people: Cast, thread: Identifier) -> AgreementState:
    return agreements.agreement(thread, actor=people.actor("Bruno")).versions[-1].state


@pytest.mark.rule("R-LA-9")
def test_a_minors_guardian_signs_too(db: None, settings: object, tmp_path: object):
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    people = story.cast(birth_date=date(2010, 1, 1), guardian=True)
    memorandum = story.memorandum_in_force(people)
    with pytest.raises(GuardianMissing):
        proposing.put_forward(story.draft(replace(people.alba, guardian=None), memorandum), actor=people.actor("Bruno"))
    thread = proposing.put_forward(story.draft(people.alba, memorandum), actor=people.actor("Bruno"))
    version = agreements.agreement(thread, actor=people.actor("Gaia")).item.address
    for name in ("Alba", "Chloé", "Bruno"):
        signing.answer(thread, version, Act.ACCEPT, actor=people.actor(name))
    assert state(people, thread) is AgreementState.PROPOSED
    signing.answer(thread, version, Act.ACCEPT, actor=people.actor("Gaia"))
    signing.seal(thread, version, actor=people.actor("Bruno"))
    assert state(people, thread) is AgreementState.IN_FORCE
