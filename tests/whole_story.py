"""Alba has the whole way behind her, an agreement waits, and people of every role are there: for walks over pages."""

from albas_story import BEFORE, COLOURING, DECIDED, GROUND, HAIR, HAIRDRESSER, LYON, STAY, Story, agreed
from ecvet.mobility.agreement import LearningAgreement, Party
from ecvet.mobility.agreement import Role as Part
from ecvet.terms import EQFLevel, Identifier
from ecvet_platform.credentials.actions import issue
from ecvet_platform.credit.actions import accumulate
from ecvet_platform.mobility.actions import proposing
from ecvet_platform.people.roles import Role

ROLES = ("Bruno", "Chloé", "Dimitra", "Alba", "Fiona", "Marco", "Vera")
"""Home coordinator, hosting assessor, competent institution, learner, register office, mentor, verifier."""


def proposed(story: Story) -> Identifier:
    """An agreement that waits for everybody's signature."""
    draft = LearningAgreement(
        parties=(
            Party(role=Part.HOME, id=story.at_home["Bruno"]),
            Party(role=Part.HOSTING, id=LYON),
            Party(role=Part.LEARNER, id=story.alba),
        ),
        period=STAY, qualification=HAIR, qualification_title=HAIRDRESSER.title, eqf=EQFLevel(3),
        units=(agreed(COLOURING),),
    )  # fmt: skip
    with story.on(BEFORE):
        return proposing.put_forward(draft, actor=story.actor("Bruno"))


def everything(story: Story) -> None:
    """One learner has the whole way behind her, and the next agreement is proposed."""
    proposed(story)
    story.through(story.agree())
    story.own(COLOURING)
    with story.on(DECIDED):
        dimitra = story.actor("Dimitra")
        award = accumulate.award(story.alba, HAIR, ground=GROUND, actor=dimitra)
        issue.issue(award.address, actor=dimitra)
    story.add("Marco", LYON, Role.MENTOR)
    story.add("Vera", Identifier("https://employer.example"), Role.VERIFIER)
