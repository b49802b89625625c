"""Appeal: a learner asks for a decision to be taken anew, before its last day; the answer is a new one (R-RECOG-14)."""

from datetime import date

from ecvet.credit.decision_errors import AppealTooLate, NotYourDecision
from ecvet.credit.errors import DayInFuture
from ecvet.credit.recognition import Appeal, Recognition
from ecvet.credit.transcript import Transcript
from ecvet.credit.validation import Validation
from ecvet.record import Recorded
from ecvet.terms import Failure, Identifier, LangString, Success, require

Appealable = Recognition | Validation | Transcript
"""A decision on recognition or validation; or a transcript, which the learner contests."""


def may_appeal(decision: Recorded[Appealable], *, by: Identifier, on: date) -> Success | Failure:
    """Whether this learner may still appeal: about their own learning, after the decision, not after its last day."""
    if by != decision.value.learner:
        return Failure(NotYourDecision())
    if isinstance(decision.value, Transcript):
        return Success()
    if on < decision.value.on:
        return Failure(DayInFuture(day=decision.value.on, on=on))
    remedy = decision.value.remedy if isinstance(decision.value, Recognition) else None
    until = remedy.appeal_until if remedy else None
    if until is not None and on > until:
        return Failure(AppealTooLate(until=until))
    return Success()


def appeal(decision: Recorded[Appealable], *, text: LangString, by: Identifier, on: date) -> Appeal:
    """Lodge an appeal. `by` is the learner, also when a guardian writes. Raises `NotYourDecision`, `AppealTooLate`."""
    require(may_appeal(decision, by=by, on=on))
    return Appeal(learner=by, decision=decision.address, text=text, on=on)
