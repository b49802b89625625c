"""What learners hold, for rooms that come earlier in the story."""

from collections.abc import Mapping

from ecvet.credit.standing import in_effect
from ecvet.terms import Identifier
from ecvet_platform.credit.actions import reading


class ForMobility:
    """What the room of mobility needs of this one (`mobility.actions.proposing.rely_on`)."""

    def achieved(self, learner: Identifier) -> Mapping[Identifier, frozenset[str]]:
        """The recognised outcomes of a learner, by unit version (R-LA-14)."""
        found: dict[Identifier, frozenset[str]] = {}
        for one in in_effect(reading.recognitions(learner)):
            found[one.value.unit] = found.get(one.value.unit, frozenset()) | one.value.outcomes
        return found
