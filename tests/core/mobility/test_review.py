"""Looking back on a stay: was what was learned recognised, and if not, why?"""

from dataclasses import replace
from datetime import date

import pytest

from core.mobility import cast
from core.mobility.cast import END, START, STAY, TURIN, event
from ecvet.mobility import MobilityReview, Outcome, Role, Verb, WhyNot, after, may_close, stay_of
from ecvet.mobility.review import Feedback
from ecvet.mobility.stay_errors import ReviewMissing, WhyNotMissing
from ecvet.partnership import Evaluation, Function, Phase
from ecvet.partnership.errors import QualityNotReviewed
from ecvet.record import StepNotPossible, plain, value
from ecvet.terms import Failure

SEPTEMBER = date(2024, 9, 2)
REVIEW = MobilityReview(
    stay=STAY,
    agreement=cast.versions(cast.DRAFT)[0].address,
    on=SEPTEMBER,
    by=TURIN,
    recognised=Outcome.PARTIAL,
    why_not=frozenset({WhyNot.DOCUMENTED_POORLY}),
    feedback=(Feedback(role=Role.LEARNER, text=cast.text("too few customers")),),
)
ENTRIES = [
    Evaluation(
        subject=STAY, phase=phase, by=TURIN, on=SEPTEMBER, text=cast.text("good"),
        looked_at=frozenset({Function.ASSESS, Function.VALIDATE, Function.RECOGNISE}),
    )
    for phase in (Phase.EVALUATION, Phase.REVIEW)
]  # fmt: skip
ENDED = stay_of(
    [
        event(Verb.PLAN, cast.SPRING, Role.HOME),
        event(Verb.CONFIRM, cast.SPRING, Role.HOME),
        event(Verb.START, START),
        event(Verb.END, END),
    ]
)
CLOSING = event(Verb.CLOSE, SEPTEMBER, Role.HOME)


def reason_of(answer: object) -> object:
    return answer.reason if isinstance(answer, Failure) else None


@pytest.mark.rule("R-QA-3")
@pytest.mark.parametrize("outcome", [Outcome.PARTIAL, Outcome.NONE])
def test_a_review_says_why_recognition_did_not_succeed(outcome: Outcome) -> None:
    with pytest.raises(WhyNotMissing):
        replace(REVIEW, recognised=outcome, why_not=frozenset())
    assert replace(REVIEW, recognised=Outcome.FULL, why_not=frozenset()).why_not == frozenset()


@pytest.mark.rule("R-QA-3")
def test_a_stay_is_closed_only_with_a_review_of_its_own() -> None:
    assert reason_of(may_close(ENDED, CLOSING, None, ENTRIES)) == ReviewMissing(stay=STAY)
    other = replace(REVIEW, stay=cast.MEMORANDUM_THREAD)
    assert reason_of(may_close(ENDED, CLOSING, other, ENTRIES)) == ReviewMissing(stay=STAY)
    assert may_close(ENDED, CLOSING, REVIEW, ENTRIES)
    assert after(ENDED, CLOSING).state == "closed"


@pytest.mark.rule("R-QA-2")
def test_a_stay_is_closed_only_when_it_was_evaluated() -> None:
    assert isinstance(reason_of(may_close(ENDED, CLOSING, REVIEW, ENTRIES[:1])), QualityNotReviewed)


def test_a_stay_that_has_not_ended_is_not_closed() -> None:
    with pytest.raises(StepNotPossible):
        may_close(stay_of(ENDED.events[:3]), CLOSING, REVIEW, ENTRIES)


def test_a_review_is_read_back_as_it_was_written() -> None:
    assert value(MobilityReview, plain(REVIEW)) == REVIEW
