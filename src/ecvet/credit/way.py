"""The way of a mobility in seven stages, and how far one has come: agree, assess, transfer, validate, recognise,
accumulate, award (Recommendation 2009/C 155/02, Annex II, 4-6).

Nothing is decided here. The stage is read off the states of the two life cycles; of several units the one that is
furthest behind tells. A refusal and a reversal stop the way where they are until something new begins.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ecvet.credit.lifecycle import RecognitionState, ResultState


class Stage(StrEnum):
    """A stage of the way, in the order in which they come."""

    AGREE = "agree"
    ASSESS = "assess"
    TRANSFER = "transfer"
    VALIDATE = "validate"
    RECOGNISE = "recognise"
    ACCUMULATE = "accumulate"
    AWARD = "award"


class Mark(StrEnum):
    """How a stage stands: behind, where we are, before us, or where it stopped."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    STOPPED = "stopped"


_R, _S = ResultState, RecognitionState

STAGE_OF: Final[dict[ResultState | RecognitionState, Stage | None]] = {
    _R.OPEN: Stage.ASSESS,
    **dict.fromkeys((_R.ASSESSED, _R.NOT_ASSESSED, _R.CONTESTED), Stage.TRANSFER),
    **dict.fromkeys((_R.ISSUED, _R.ACKNOWLEDGED, _R.CORRECTED), Stage.VALIDATE),
    **dict.fromkeys((_S.AWAITED, _S.REMINDED, _S.ESCALATED, _S.MORE_EVIDENCE, _S.REVIEW), Stage.VALIDATE),
    **dict.fromkeys((_S.VALIDATED, _S.NOT_VALIDATED, _S.APPEALED), Stage.RECOGNISE),
    **dict.fromkeys((_S.REFUSED, _S.UPHELD, _S.REVERSED), Stage.RECOGNISE),
    **dict.fromkeys((_S.RECOGNISED, _S.PARTLY_RECOGNISED, _S.CHANGED, _S.FINAL, _S.BOOKED), Stage.ACCUMULATE),
    _S.COMPLETE: Stage.AWARD,
    _S.AWARDED: None,
}
"""The stage that a state waits in; None when the whole way lies behind."""

STOPPED: Final = frozenset({_S.REFUSED, _S.UPHELD, _S.REVERSED})
"""The states in which nothing follows unless the learner appeals or brings more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The stages, each with how it stands."""

    steps: tuple[tuple[Stage, Mark], ...]


def stage(result: ResultState, recognition: RecognitionState | None) -> Stage | None:
    """Where one unit stands: a contested result goes first, then the recognition, once there is one."""
    state = result if recognition is None or result is ResultState.CONTESTED else recognition
    return STAGE_OF[state]


def way(*, agreed: bool, units: Iterable[tuple[ResultState, RecognitionState | None]]) -> Way:
    """How far an agreement or portfolio has come: `agreed` once it is in force, `units` the states of its units.

    Before a unit has a state it waits to be assessed.
    """
    order = list(Stage)
    states = tuple(units)
    if not agreed:
        return _way(0, Mark.NOW)
    if not states:
        return _way(order.index(Stage.ASSESS), Mark.NOW)
    at = [order.index(found) if (found := stage(*one)) else len(order) for one in states]
    behind = min(at)
    stopped = all(one[1] in STOPPED for one, n in zip(states, at, strict=True) if n == behind)
    return _way(behind, Mark.STOPPED if stopped and behind < len(order) else Mark.NOW)


def _way(now: int, mark: Mark) -> Way:
    return Way(
        steps=tuple(
            (one, Mark.DONE if n < now else mark if n == now else Mark.LATER) for n, one in enumerate(Stage)
        )
    )  # fmt: skip
