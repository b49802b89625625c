"""When a learner is erased no link of hers opens any more, and who was invited as learner or guardian is forgotten."""

from ecvet.terms import Identifier
from ecvet_platform.guests.store import guests as store
from ecvet_platform.journal import clock
from ecvet_platform.mobility.store import agreements


class Held:
    """What is held here about learners (`mobility.actions.learners.rely_on`)."""

    def check(self, learner: Identifier) -> None:
        """Nothing here needs the data: what a guest did stands in the records, without a name."""

    def forget(self, learner: Identifier) -> None:
        """End open invitations; forget names, addresses, salts. Scans lie with the evidence, which credit forgets."""
        store.forget((line.thread for line in agreements.of_learner(learner)), at=clock.now())
