"""Two tables: what may become of a result, and what may become of a target unit at home (spec: workflow, 7.3, 7.4).

Nothing stores a state: `ecvet.credit.history` walks these tables along the records there are. No arrow that grants
anything is open to the calendar: a deadline reminds and escalates, and silence is never acceptance (R-RECOG-5).
On the way without mobility the awarding institution does what host and home do elsewhere (R-NFIL-6).
"""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from ecvet.partnership.institution import Function
from ecvet.record import Lifecycle, Step
from ecvet.saying import say


class Role(StrEnum):
    """Whose step it is. `CALENDAR` is nobody: a day has passed."""

    HOME = "home"
    HOSTING = "hosting"
    LEARNER = "learner"
    AWARDING = "awarding"
    CALENDAR = "calendar"


class ResultState(StrEnum):
    """Where the result of a unit stands."""

    OPEN = "open"
    ASSESSED = "assessed"
    NOT_ASSESSED = "not assessed"
    ISSUED = "issued"
    ACKNOWLEDGED = "acknowledged"
    CORRECTED = "corrected"
    CONTESTED = "contested"


class RecognitionState(StrEnum):
    """Where a target unit of the home qualification stands."""

    AWAITED = "awaited"
    REMINDED = "reminded"
    ESCALATED = "escalated"
    MORE_EVIDENCE = "more evidence asked"
    VALIDATED = "validated"
    NOT_VALIDATED = "not validated"
    RECOGNISED = "recognised"
    PARTLY_RECOGNISED = "partly recognised"
    REFUSED = "refused"
    APPEALED = "appeal lodged"
    UPHELD = "upheld"
    CHANGED = "changed"
    FINAL = "final"
    BOOKED = "points booked"
    COMPLETE = "unit complete"
    AWARDED = "qualification awarded"
    REVIEW = "review"
    REVERSED = "reversed"


class Verb(StrEnum):
    """What may happen to a result or to a target unit."""

    AGREE = "agree"
    ASSESS = "assess"
    NOT_ASSESS = "record as not assessed"
    TRANSFER = "transfer"
    ACKNOWLEDGE = "acknowledge"
    CONTEST = "contest"
    CONFIRM = "confirm"
    CORRECT = "correct"
    EXPECT = "expect"
    REMIND = "remind"
    ESCALATE = "escalate"
    ASK = "ask for evidence"
    VALIDATE = "validate"
    NOT_VALIDATE = "not validate"
    RECOGNISE = "recognise"
    RECOGNISE_PART = "recognise in part"
    REFUSE = "refuse"
    APPEAL = "appeal"
    UPHOLD = "uphold"
    CHANGE = "change"
    BECOME_FINAL = "become final"
    BOOK = "book"
    COMPLETE = "complete"
    AWARD = "award"
    REOPEN = "reopen"
    REVERSE = "reverse"


FUNCTION_NEEDED: Final = {
    Verb.ASSESS: Function.ASSESS,
    Verb.NOT_ASSESS: Function.ASSESS,
    Verb.TRANSFER: Function.ASSESS,
    Verb.CORRECT: Function.ASSESS,
    Verb.CONFIRM: Function.ASSESS,
    Verb.ASK: Function.VALIDATE,
    Verb.VALIDATE: Function.VALIDATE,
    Verb.NOT_VALIDATE: Function.VALIDATE,
    Verb.RECOGNISE: Function.RECOGNISE,
    Verb.RECOGNISE_PART: Function.RECOGNISE,
    Verb.REFUSE: Function.RECOGNISE,
    Verb.UPHOLD: Function.RECOGNISE,
    Verb.CHANGE: Function.RECOGNISE,
    Verb.REOPEN: Function.RECOGNISE,
    Verb.REVERSE: Function.RECOGNISE,
    Verb.AWARD: Function.AWARD,
}
"""The function that an institution must hold for a verb (R-RECOG-14); verbs that are not here need none."""

_HOST: Final = frozenset({Role.HOSTING.value, Role.AWARDING.value})
_HOME: Final = frozenset({Role.HOME.value, Role.AWARDING.value})
_LEARNER: Final = frozenset({Role.LEARNER.value})
_ALL: Final = _HOST | _HOME | _LEARNER
_CALENDAR: Final = frozenset({Role.CALENDAR.value})

_R, _S = ResultState, RecognitionState
_SENT: Final = (_R.ISSUED, _R.ACKNOWLEDGED, _R.CORRECTED)
_WAITING: Final = (_S.AWAITED, _S.REMINDED, _S.ESCALATED, _S.MORE_EVIDENCE)
_DECIDED: Final = (_S.RECOGNISED, _S.PARTLY_RECOGNISED, _S.REFUSED)
_ANSWERED: Final = (_S.UPHELD, _S.CHANGED)
_REOPENED: Final = (
    _S.VALIDATED, _S.NOT_VALIDATED, *_DECIDED, _S.APPEALED, *_ANSWERED, _S.FINAL, _S.BOOKED, _S.COMPLETE, _S.REVERSED,
)  # fmt: skip
_TRANSFERABLE: Final = (_R.ASSESSED, _R.NOT_ASSESSED)

_RESULT_ARROWS: Final[tuple[tuple[ResultState | None, Verb, ResultState, frozenset[str], str], ...]] = (
    (None, Verb.AGREE, _R.OPEN, _ALL, "an agreement in force or a portfolio names the unit"),
    *((state, Verb.ASSESS, _R.ASSESSED, _HOST, "by an assessor who is not the learner")
      for state in (_R.OPEN, *_TRANSFERABLE)),
    *((state, Verb.NOT_ASSESS, _R.NOT_ASSESSED, _HOST, "a reason is given") for state in (_R.OPEN, _R.NOT_ASSESSED)),
    (_R.ASSESSED, Verb.NOT_ASSESS, _R.ASSESSED, _HOST, "a second attempt that did not take place takes nothing away"),
    *((state, Verb.TRANSFER, _R.ISSUED, _HOST, "version 1, signed") for state in _TRANSFERABLE),
    (_R.ISSUED, Verb.ACKNOWLEDGE, _R.ACKNOWLEDGED, _HOME, ""),
    (_R.CORRECTED, Verb.ACKNOWLEDGE, _R.ACKNOWLEDGED, _HOME, ""),
    *((state, Verb.CONTEST, _R.CONTESTED, _LEARNER, "in words") for state in _SENT),
    *((state, Verb.CORRECT, _R.CORRECTED, _HOST, "a new version with its reason") for state in (*_SENT, _R.CONTESTED)),
    (_R.CONTESTED, Verb.CONFIRM, _R.ISSUED, _HOST, "in words"),
)  # fmt: skip

_RECOGNITION_ARROWS: Final[tuple[tuple[RecognitionState | None, Verb, RecognitionState, frozenset[str], str], ...]] = (
    (None, Verb.EXPECT, _S.AWAITED, _ALL, "a transcript was issued"),
    *((state, Verb.REMIND, _S.REMINDED, _CALENDAR | _LEARNER | _HOST, "the agreed day of decision has passed")
      for state in (_S.AWAITED, _S.MORE_EVIDENCE)),
    (_S.REMINDED, Verb.ESCALATE, _S.ESCALATED, _CALENDAR | _LEARNER, "to the competent institution"),
    *((state, Verb.ASK, _S.MORE_EVIDENCE, _HOME, "says what is missing") for state in (*_WAITING, _S.REVIEW)),
    *((state, Verb.VALIDATE, _S.VALIDATED, _HOME, "outcome by outcome") for state in (*_WAITING, _S.REVIEW)),
    *((state, Verb.NOT_VALIDATE, _S.NOT_VALIDATED, _HOME, "with reasons") for state in (*_WAITING, _S.REVIEW)),
    *((state, Verb.RECOGNISE, _S.RECOGNISED, _HOME, "a person decides")
      for state in (_S.VALIDATED, _S.REVIEW)),
    *((state, Verb.RECOGNISE_PART, _S.PARTLY_RECOGNISED, _HOME, "with what remains")
      for state in (_S.VALIDATED, _S.REVIEW)),
    *((state, Verb.REFUSE, _S.REFUSED, _HOME, "with reason and remedy") for state in (_S.VALIDATED, _S.NOT_VALIDATED)),
    *((state, Verb.APPEAL, _S.APPEALED, _LEARNER, "before the last day of appeal")
      for state in (_S.NOT_VALIDATED, *_DECIDED, *_ANSWERED, _S.REVERSED)),
    (_S.APPEALED, Verb.UPHOLD, _S.UPHELD, _HOME, "a new decision with the same content"),
    (_S.APPEALED, Verb.CHANGE, _S.CHANGED, _HOME, "a new decision in place of the first"),
    (_S.APPEALED, Verb.VALIDATE, _S.VALIDATED, _HOME, "the validation itself was appealed against"),
    *((state, Verb.BECOME_FINAL, _S.FINAL, _CALENDAR, "the last day of appeal has passed")
      for state in (*_DECIDED, *_ANSWERED)),
    (_S.FINAL, Verb.BOOK, _S.BOOKED, _HOME, "once for each learner, unit and qualification"),
    (_S.BOOKED, Verb.COMPLETE, _S.COMPLETE, _HOME, "every required outcome is recognised"),
    *((state, Verb.VALIDATE, _S.VALIDATED, _HOME, "what was still missing")
      for state in (_S.PARTLY_RECOGNISED, *_ANSWERED, _S.FINAL, _S.BOOKED, _S.REVERSED)),
    (_S.COMPLETE, Verb.AWARD, _S.AWARDED, frozenset({Role.AWARDING.value}), "accumulation is complete"),
    *((state, Verb.CORRECT, _S.REVIEW, _HOST, "the transcript was corrected") for state in (*_REOPENED, _S.REVIEW)),
    *((state, Verb.CORRECT, state, _HOST, "the transcript was corrected before a decision") for state in _WAITING),
    *((state, Verb.REVERSE, _S.REVERSED, _HOME, "a reversal entry; the booked one stays")
      for state in (_S.VALIDATED, _S.NOT_VALIDATED, _S.REVIEW)),
    *((state, Verb.REOPEN, _S.REVIEW, _HOME, "home reviews its own decision, with reasons") for state in _REOPENED),
)  # fmt: skip

RESULT: Final[Lifecycle[ResultState]] = Lifecycle(
    thing=say("result"),
    steps=tuple(Step(state=s, verb=verb, to=to, by=by, guard=guard) for s, verb, to, by, guard in _RESULT_ARROWS),
)
"""All arrows of the result of one unit (7.3)."""

RECOGNITION: Final[Lifecycle[RecognitionState]] = Lifecycle(
    thing=say("recognition"),
    steps=tuple(Step(state=s, verb=verb, to=to, by=by, guard=guard) for s, verb, to, by, guard in _RECOGNITION_ARROWS),
)
"""All arrows of the recognition of one target unit (7.4)."""

_AWAITED: Final = {
    **dict.fromkeys((*_WAITING, _S.REVIEW), Verb.VALIDATE),
    **dict.fromkeys((_S.VALIDATED, _S.NOT_VALIDATED), Verb.RECOGNISE),
    _S.APPEALED: Verb.CHANGE,
}


def awaited(result: ResultState, recognition: RecognitionState | None) -> Verb | None:
    """The step that somebody still owes a learner; None where nothing is open, because it was decided."""
    if recognition is not None:
        return _AWAITED.get(recognition)
    if result is _R.OPEN:
        return Verb.ASSESS
    return Verb.TRANSFER if result in _TRANSFERABLE else None


ESCALATED_AFTER: Final = timedelta(days=30)
"""How long after a reminder the competent institution is asked."""


def overdue(state: RecognitionState, *, due: date | None, on: date) -> Verb | None:
    """What a passed day of decision asks for: a reminder, then escalation; never acceptance, and nothing once decided.

    `due` is the day by which home was to decide, None where none was agreed.
    """
    if due is None or on <= due:
        return None
    if state in (_S.AWAITED, _S.MORE_EVIDENCE):
        return Verb.REMIND
    return Verb.ESCALATE if state is _S.REMINDED and on > due + ESCALATED_AFTER else None
