"""The whole story through the rooms' actions: from the agreement to the verified credential."""

from albas_story import COLOURING, DECIDED, GROUND, HAIR, Story
from ecvet.credit.decision import Extent
from ecvet.terms import Points
from ecvet_platform.credentials.actions import issue, verify
from ecvet_platform.credit.actions import accumulate
from ecvet_platform.credit.store import cases
from ecvet_platform.journal import actions as journal


def test_a_learner_is_recognised_at_home_for_what_she_achieved_abroad(story: Story) -> None:
    thread = story.agree()
    recognition = story.through(thread)
    assert recognition.value.extent is Extent.FULL
    assert recognition.value.points == Points.of(10)
    story.own(COLOURING)
    with story.on(DECIDED):
        found = accumulate.progress(story.alba, HAIR, actor=story.actor("Alba"))
        assert found.progress.complete
        award = accumulate.award(story.alba, HAIR, ground=GROUND, actor=story.actor("Dimitra"))
        issued = issue.issue(recognition.address, actor=story.actor("Dimitra"))
        _, data = issue.credential(issued.id, actor=story.actor("Alba"))
        report = verify.verify(data)
    assert report.verified, report.error
    assert report.verified.issuer.name == "Regional authority"
    assert award.value.points == Points.of(15)
    assert cases.of_basis(thread)[0].recognition == "qualification awarded"
    assert journal.verify()[0] > 20


def test_the_award_is_issued_with_recognised_and_own_units(story: Story) -> None:
    story.through(story.agree())
    story.own(COLOURING)
    with story.on(DECIDED):
        dimitra = story.actor("Dimitra")
        award = accumulate.award(story.alba, HAIR, ground=GROUND, actor=dimitra)
        issued = issue.issue(award.address, actor=dimitra)
        report = verify.verify(issue.credential(issued.id, actor=story.actor("Alba"))[1])
    assert report.verified, report.error
    units = report.verified.claims["ecvet"]["units"]
    assert {one["code"] for one in units} == {"cutting", "COL"}
    assert report.verified.claims["ecvet"]["points"]["value"] == "15"
