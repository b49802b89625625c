"""Trying a draft before it is published: what would somebody with this credit have reached by its rules?

Nothing is kept: a trial is a question, asked of the same engine that decides about learners.
"""

from collections.abc import Sequence

from ecvet.credit.accumulation import Held, Progress, accumulate
from ecvet.qualification.reading import READINGS, S1
from ecvet.terms import Identifier
from ecvet_platform.drafts.actions import learners
from ecvet_platform.drafts.store import Kept
from ecvet_platform.journal import clock
from ecvet_platform.people.roles import Actor


def tried(kept: Kept, held: Held, *, declared: Sequence[str] = (), reading: str = S1.name) -> Progress:
    """The verdict with its reasons. Raises `DeclaredGroupUnknown`, `TreeUnusable`."""
    item = kept.draft.qualification
    return accumulate(item, held, declared=declared, reading=READINGS[reading], on=clock.today())


def held_by(kept: Kept, learner: Identifier, *, actor: Actor) -> Held:
    """What a real learner of the version before holds, for who may see it. Raises `LearnerUnknown`."""
    return learners.held(kept.draft.qualification, learner, actor=actor)
