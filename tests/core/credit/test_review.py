"""The facts with which a mobility is reviewed: what was recognised, what not, and why."""

from core.credit.cast import (
    AGREEMENT,
    COLOUR,
    COLOURING,
    CUT,
    DONE,
    FAILED,
    NO,
    NOT_OURS,
    PORTFOLIO,
    REMEDY,
    YES,
    agreed,
    agreement,
    assessed,
    changed,
    compared,
    recognised,
    recorded,
    results,
    transcript,
    validated,
)
from ecvet.credit import answers


def test_it_can_be_said_of_each_agreed_unit_whether_it_was_recognised_and_why_not() -> None:
    both = recorded(agreement(agreed(outcomes=("measures", "cuts")), agreed(COLOURING)))
    sent = transcript(assessed(both), basis=both)
    done = validated(sent, both, comparison=compared(measures=YES, cuts=NO), reasons=NOT_OURS)
    decision = recognised(done, remedy=REMEDY)
    cut, colour = answers(both.value, (done,), (decision,))
    assert (cut.unit, cut.recognised, cut.not_recognised, cut.reasons) == (CUT, {"measures"}, {"cuts"}, NOT_OURS)
    assert (cut.decided, cut.succeeded) == (True, False)
    assert (colour.unit, colour.decided, colour.reasons) == (COLOUR, False, ())


def test_a_decision_that_was_replaced_gives_no_answer_any_more() -> None:
    refusal = recognised(outcomes=frozenset(), reasons=NOT_OURS, remedy=REMEDY)
    later = recognised(earlier=(refusal,), instead_of=refusal.address)
    part = changed(AGREEMENT.value, units=(agreed(outcomes=("measures", "cuts")),))
    (answer,) = answers(part, (), (refusal, later))
    assert (answer.succeeded, answer.reasons) == (True, ())


def test_the_claims_of_a_portfolio_are_answered_in_the_same_way() -> None:
    sent = transcript(assessed(PORTFOLIO, outcomes=results(measures=DONE, cuts=FAILED)), basis=PORTFOLIO)
    done = validated(sent, PORTFOLIO, comparison=compared(measures=YES, cuts=NO))
    (answer,) = answers(PORTFOLIO.value, (done,), ())
    assert (answer.unit, answer.recognised, answer.decided) == (CUT, frozenset(), False)
