"""What this room has to do with erasure: what runs still needs the learner, and evidence goes with her (R-DATA-2)."""

from collections.abc import Mapping

from ecvet.credit.erasure import Need, may_erase, needs
from ecvet.credit.lifecycle import RecognitionState, ResultState
from ecvet.mobility.lifecycle import State
from ecvet.terms import Identifier, require
from ecvet_platform.credit.store import cases, evidence
from ecvet_platform.mobility.store import agreements


def needed(learner: Identifier) -> Mapping[Need, int]:
    """For what a learner's personal data are still needed; the caller has checked who asks."""
    known = cases.of_learner(learner)
    return needs(
        [State(line.stay) for line in agreements.of_learner(learner) if line.stay],
        [ResultState(case.result) for case in known],
        [RecognitionState(case.recognition) for case in known if case.recognition],
    )


class Held:
    """What is held here about learners (`mobility.actions.learners.rely_on`)."""

    def check(self, learner: Identifier) -> None:
        """Raise `StillNeeded` while a result, a decision or an appeal is open."""
        require(may_erase(needed(learner)))

    def forget(self, learner: Identifier) -> None:
        """Delete the files of evidence."""
        evidence.erase(learner)
