"""The stay abroad as a table: which step may follow in which state, and whose step it is (spec: workflow, 7.2).

The agreement is another machine (`partnership.lifecycle`): a stay is never "signed" and an agreement never "started".
What happens during a stay is told by its hosting institution; the home institution may tell it only where the host
cannot be reached, and decides only what is its own: that everything is ready, and that the stay is closed.
"""

from enum import StrEnum
from typing import Final

from ecvet.mobility.agreement import Role
from ecvet.record import Lifecycle, Step
from ecvet.saying import say


class State(StrEnum):
    """Where a stay stands."""

    PLANNED = "planned"
    READY = "ready"
    STARTED = "started"
    INTERRUPTED = "interrupted"
    ENDED = "ended"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    NO_SHOW = "no-show"


class Verb(StrEnum):
    """What may happen to a stay."""

    PLAN = "plan"
    CONFIRM = "confirm"
    START = "start"
    INTERRUPT = "interrupt"
    RESUME = "resume"
    END = "end"
    END_EARLY = "end early"
    CLOSE = "close"
    CANCEL = "cancel"
    MISS = "miss"


_HOME: Final = frozenset({Role.HOME.value})
_HOSTING: Final = frozenset({Role.HOSTING.value})
_EITHER: Final = _HOME | _HOSTING
_ANYONE: Final = _EITHER | {Role.LEARNER.value}

_ARROWS: Final = (
    (None, Verb.PLAN, State.PLANNED, _HOME, "a learning agreement has been proposed"),
    (State.PLANNED, Verb.CONFIRM, State.READY, _HOME, "the agreement is in force"),
    (State.READY, Verb.START, State.STARTED, _HOSTING, "the learner has arrived"),
    (State.PLANNED, Verb.START, State.STARTED, _HOSTING, "the learner has arrived, though the agreement is unsigned"),
    (State.STARTED, Verb.INTERRUPT, State.INTERRUPTED, _EITHER, "a reason is given"),
    (State.INTERRUPTED, Verb.RESUME, State.STARTED, _HOSTING, ""),
    (State.STARTED, Verb.END, State.ENDED, _HOSTING, "not before the agreed end"),
    (State.INTERRUPTED, Verb.END, State.ENDED, _HOSTING, "not before the agreed end"),
    (State.STARTED, Verb.END_EARLY, State.ENDED, _EITHER, "before the agreed end; a reason is given"),
    (State.INTERRUPTED, Verb.END_EARLY, State.ENDED, _EITHER, "before the agreed end; a reason is given"),
    (State.PLANNED, Verb.CANCEL, State.CANCELLED, _ANYONE, "a reason is given"),
    (State.READY, Verb.CANCEL, State.CANCELLED, _ANYONE, "a reason is given"),
    (State.PLANNED, Verb.MISS, State.NO_SHOW, _HOSTING, "the learner did not arrive"),
    (State.READY, Verb.MISS, State.NO_SHOW, _HOSTING, "the learner did not arrive"),
    (State.ENDED, Verb.CLOSE, State.CLOSED, _HOME, "a review says whether recognition succeeded (R-QA-3)"),
)

STAY: Final[Lifecycle[State]] = Lifecycle(
    thing=say("stay"),
    steps=tuple(Step(state=state, verb=verb, to=to, by=by, guard=guard) for state, verb, to, by, guard in _ARROWS),
)
"""All arrows of a stay. From `planned` a stay may start although nothing is signed: an arrival is a fact, and the
agreement must then be signed with `retroactive` (R-LA-7)."""
