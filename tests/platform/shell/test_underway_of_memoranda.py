"""Memoranda that others have still to sign stand on the start page too, for their parties alone."""

import stories_of as story
from ecvet_platform.institutions.actions import memoranda, register
from ecvet_platform.shell.underway import under_way
from stories_of import Cast, begun_cast, everybody, now

__all__ = ["begun_cast", "everybody", "now"]


def test_memoranda_that_others_have_still_to_sign_are_under_way(everybody: Cast):
    thread = memoranda.propose(story.MEMORANDUM, actor=everybody.actor("Bruno"))
    page = f"/memoranda/{story.key(thread)}"
    found = {name: [one.who for one in under_way(everybody.actor(name)) if one.address == page]
             for name in ("Bruno", "Chloé", "Dimitra", "Erik")}  # fmt: skip
    names = register.names((story.TURIN, story.LYON))
    assert found == {"Bruno": [names[story.LYON]], "Chloé": [names[story.TURIN]], "Dimitra": [], "Erik": []}
