"""The guardian of a learner under age signs by link, without an account."""

from datetime import date
from typing import Any

import pytest

import stories_of as story
from callers import invite
from ecvet.mobility import Role as Part
from ecvet.record import Level
from ecvet_platform.journal import store as records


@pytest.mark.rule("R-LA-9", "R-EUR-2")
def test_a_guardian_signs_by_link(db: None, settings: Any, tmp_path: Any):
    settings.DATA = tmp_path
    family = story.cast(birth_date=date(2010, 1, 1), guardian=True)
    thread, version = story.proposed(family)
    guest = invite(family, thread, Part.GUARDIAN, email="gaia@elsewhere.example", name="Gaia")
    assert "sign as guardian" in guest.come_in()
    assert guest.post("accept", version=version).status_code == 200
    (signature,) = (one for one in records.signatures(version) if one.role == Part.GUARDIAN.value)
    assert (signature.signer, signature.level) == (family.alba.guardian, Level.GUEST)
