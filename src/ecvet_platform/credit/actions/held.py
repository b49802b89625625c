"""What learners hold, for rooms that come earlier in the story."""

from collections.abc import Iterable, Mapping

from ecvet.credit.accumulation import Held
from ecvet.credit.achievement import credit_held
from ecvet.credit.standing import in_effect
from ecvet.qualification import Qualification
from ecvet.terms import Identifier
from ecvet_platform.credit.actions import learners, reading
from ecvet_platform.credit.actions.access import may_look_at
from ecvet_platform.people.roles import Actor


class ForMobility:
    """What the room of mobility needs of this one (`mobility.actions.proposing.rely_on`)."""

    def achieved(self, learner: Identifier) -> Mapping[Identifier, frozenset[str]]:
        """The recognised outcomes of a learner, by unit version (R-LA-14)."""
        found: dict[Identifier, frozenset[str]] = {}
        for one in in_effect(reading.recognitions(learner)):
            found[one.value.unit] = found.get(one.value.unit, frozenset()) | one.value.outcomes
        return found


class ForDrafts:
    """What the writers of a new version need to know of the learners of the old one (`drafts.actions.learners`)."""

    def following(self, qualifications: Iterable[Identifier]) -> tuple[Identifier, ...]:
        """The learners who follow one of these qualification versions now."""
        return tuple(one.id for one in learners.following(qualifications))

    def held(self, learner: Identifier, qualification: Qualification) -> Held:
        """What a learner holds towards a version."""
        return credit_held(reading.achievements(learner), reading.recognitions(learner), qualification)

    def names(self, who: Iterable[Identifier], actor: Actor) -> Mapping[Identifier, str]:
        """The names of those of the learners whose record the actor may see."""
        return learners.names(one for one in who if may_look_at(one, actor))
