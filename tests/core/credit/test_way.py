"""The way of a credit: every state has its stage, steps lead on or stop, and of several units the slowest tells."""

import pytest

from ecvet.credit.lifecycle import RECOGNITION, RESULT, RecognitionState, ResultState
from ecvet.credit.way import STAGE_OF, STOPPED, Mark, Stage, stage, way


def marks(*units: tuple[ResultState, RecognitionState | None], agreed: bool = True) -> dict[Stage, Mark]:
    return dict(way(agreed=agreed, units=units).steps)


def test_every_state_of_both_life_cycles_has_a_stage():
    assert set(STAGE_OF) == {*ResultState, *RecognitionState}
    reached = {step.to for step in (*RESULT.steps, *RECOGNITION.steps)}
    assert reached <= set(STAGE_OF)


def test_the_ordinary_way_never_leads_back():
    order = list(Stage)
    path = [
        (ResultState.OPEN, None), (ResultState.ASSESSED, None), (ResultState.ISSUED, RecognitionState.AWAITED),
        (ResultState.ACKNOWLEDGED, RecognitionState.VALIDATED), (ResultState.ACKNOWLEDGED, RecognitionState.RECOGNISED),
        (ResultState.ACKNOWLEDGED, RecognitionState.FINAL), (ResultState.ACKNOWLEDGED, RecognitionState.COMPLETE),
    ]  # fmt: skip
    at = [order.index(found) for one in path if (found := stage(*one)) is not None]
    assert at == sorted(at)
    assert len(at) == len(path)
    assert stage(ResultState.ACKNOWLEDGED, RecognitionState.AWARDED) is None


def test_before_it_is_in_force_it_waits_for_agreement():
    assert marks(agreed=False)[Stage.AGREE] is Mark.NOW
    assert marks()[Stage.ASSESS] is Mark.NOW
    assert marks()[Stage.AGREE] is Mark.DONE


def test_the_unit_that_is_furthest_behind_tells():
    found = marks((ResultState.ASSESSED, None), (ResultState.ACKNOWLEDGED, RecognitionState.COMPLETE))
    assert found[Stage.ASSESS] is Mark.DONE
    assert found[Stage.TRANSFER] is Mark.NOW
    assert found[Stage.AWARD] is Mark.LATER


@pytest.mark.parametrize("state", sorted(STOPPED))
def test_a_refusal_stops_the_way_and_an_appeal_opens_it(state: RecognitionState):
    assert marks((ResultState.ACKNOWLEDGED, state))[Stage.RECOGNISE] is Mark.STOPPED
    assert marks((ResultState.ACKNOWLEDGED, RecognitionState.APPEALED))[Stage.RECOGNISE] is Mark.NOW


def test_a_contested_transcript_goes_first():
    assert marks((ResultState.CONTESTED, RecognitionState.VALIDATED))[Stage.TRANSFER] is Mark.NOW


def test_with_the_award_everything_is_behind():
    assert set(marks((ResultState.ACKNOWLEDGED, RecognitionState.AWARDED)).values()) == {Mark.DONE}
