"""What this room has to do with erasure: persons that travelled beside records go from messages kept here (R-DATA-2).

The message keeps its identifier, its place and the digest that its receipt names; only the person is gone.
"""

from dataclasses import replace

from ecvet.federation import read
from ecvet.terms import Identifier
from ecvet_platform.federation.store import messages
from ecvet_platform.mobility.store import agreements


class Held:
    """What is held here about learners (`mobility.actions.learners.rely_on`)."""

    def check(self, learner: Identifier) -> None:
        """Nothing that lies in messages is still needed."""

    def forget(self, learner: Identifier) -> None:
        """Take the person out of every message about one of her agreements."""
        for line in agreements.of_learner(learner):
            for sent in messages.sent_in(line.thread):
                if (data := _without(sent.data)) is not None:
                    messages.forget_in_sent(sent.id, data)
            for came in messages.came_in(line.thread):
                if (data := _without(came.data)) is not None:
                    messages.forget_in_came(came, data)


def _without(data: bytes) -> bytes | None:
    """A message without persons; None where it has none."""
    item = read(data)
    return replace(item, persons=()).data if item.persons else None
