"""A learner who is erased is forgotten among the guests too; what was signed still verifies."""

import pytest

import stories_of as story
from callers import invite
from ecvet.mobility import Reason, Task, Verb
from ecvet.mobility import Role as Part
from ecvet_platform.guests.models import GuestRow
from ecvet_platform.institutions.actions import keys
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.actions import learners, stays
from stories_of import Cast


@pytest.mark.rule("R-DATA-2")
def test_who_was_invited_as_the_learner_is_forgotten_with_the_learner(everybody: Cast):
    thread, version = story.proposed(everybody)
    guest = invite(everybody, thread, name="Alba Rossi")
    guest.come_in()
    guest.post("accept", version=version)
    mentor = invite(everybody, thread, Part.HOSTING, Task.TELL, by="Chloé", name="Simone", email="salon@example.org")
    bruno = everybody.actor("Bruno")
    stays.tell(thread, Verb.CANCEL, on=story.NOW.date(), actor=bruno, reason=Reason.LEARNERS_WISH)
    learners.erase(everybody.alba.id, actor=bruno)
    kept = "".join(one for row in GuestRow.objects.values_list() for one in row if isinstance(one, str))
    assert "Rossi" not in kept
    assert "@" not in kept
    assert bytes(GuestRow.objects.get(role="learner").salt) == b""
    assert mentor.client.get(mentor.link).status_code == 410
    assert all(keys.check(one) for one in records.signatures(version))
    page = everybody.browser("Bruno").get(f"/agreements/{story.key(thread)}/guests")
    assert "deleted" in page.content.decode()
