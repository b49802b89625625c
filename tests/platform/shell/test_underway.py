"""The start page says what waits for others: who acts next, with which step, until when."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from albas_story import BEFORE, DECIDED, HAIR, HAIRDRESSER, LYON, STAY, TURIN, Story, agreed
from albas_story import CUTTING as UNIT
from ecvet.mobility.agreement import LearningAgreement, Party
from ecvet.mobility.agreement import Role as Part
from ecvet.terms import EQFLevel
from ecvet_platform.dossier.actions import erasing
from ecvet_platform.mobility.actions import proposing
from ecvet_platform.people.store import Account
from ecvet_platform.shell.underway import under_way

SignIn = Callable[[Account], Client]


def lines(story: Story, name: str) -> list[tuple[str, str]]:
    with story.on(DECIDED):
        return [(one.who, one.step) for one in under_way(story.actor(name))]


@pytest.mark.django_db
def test_whose_signatures_are_missing(story: Story):
    draft = LearningAgreement(
        parties=(Party(role=Part.HOME, id=TURIN), Party(role=Part.HOSTING, id=LYON),
                 Party(role=Part.LEARNER, id=story.alba)),
        period=STAY, qualification=HAIR, qualification_title=HAIRDRESSER.title, eqf=EQFLevel(3), units=(agreed(UNIT),),
    )  # fmt: skip
    with story.on(BEFORE):
        proposing.put_forward(draft, actor=story.actor("Bruno"))
        found = {name: {(one.who, one.step, one.until) for one in under_way(story.actor(name))}
                 for name in ("Bruno", "Alba", "Erik", "Dimitra")}  # fmt: skip
    until = min(STAY.start, BEFORE + timedelta(days=60))
    lyon, alba = (
        ("Lycée de Lyon (hosting institution)", "Sign", until),
        ("Alba Rossi (learner)", "Sign", until),
    )
    home = ("Scuola di Torino (home institution)", "Sign", until)
    assert found["Bruno"] == {lyon, alba}
    assert found["Alba"] == {lyon, home}
    assert found["Erik"] == found["Dimitra"] == set()


@pytest.mark.django_db
def test_who_acts_next_with_a_unit(story: Story, signed_in: SignIn):
    thread = story.agree()
    story.assess(thread)
    assert lines(story, "Bruno") == lines(story, "Alba") == [("Lycée de Lyon", "Issue the transcript")]
    assert lines(story, "Chloé") == []
    sent = story.transfer(thread)
    assert lines(story, "Chloé") == lines(story, "Alba") == [("Scuola di Torino", "Validate")]
    story.validate(sent.address)
    assert lines(story, "Bruno") == [("Regional authority", "Recognise or refuse")]
    assert lines(story, "Dimitra") == lines(story, "Erik") == []
    with story.on(DECIDED):
        page = signed_in(story.accounts["Alba"]).get("/").content.decode()
    for words in ("Under way: who acts next", "Regional authority", "Everything held about Alba Rossi"):
        assert words in page


@pytest.mark.django_db
def test_a_request_for_erasure_waits_for_the_institution(story: Story):
    with story.on(DECIDED):
        made = erasing.ask(story.alba, words="", actor=story.actor("Alba"))
        (line,) = under_way(story.actor("Alba"))
        assert (line.who, line.until) == ("Scuola di Torino", made.due)
        assert under_way(story.actor("Bruno")) == ()
