"""Erasure: what stands in its way, what goes and what stays, and what makes an answer."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecvet.credit.erasure import (
    ERASED,
    KEPT,
    Ground,
    Need,
    NothingNeedsThem,
    Part,
    Refusal,
    RefusalUnexplained,
    StillNeeded,
    answer_by,
    may_erase,
    may_refuse,
    needs,
)
from ecvet.credit.lifecycle import RecognitionState, ResultState
from ecvet.mobility.lifecycle import State
from ecvet.terms import require

BECAUSE = Refusal(ground=Ground.STILL_NEEDED, reason="Your appeal is running.", remedy="Ask again after the answer.")


def test_nothing_stands_in_the_way_of_who_has_finished() -> None:
    found = needs([State.CLOSED, State.CANCELLED, State.NO_SHOW], [ResultState.ISSUED], [RecognitionState.AWARDED])
    assert found == {}
    assert may_erase(found)


def test_an_erasure_request_waits_while_an_appeal_runs() -> None:
    found = needs([], [], [RecognitionState.APPEALED])
    assert found == {Need.APPEAL: 1}
    with pytest.raises(StillNeeded, match="an appeal is running"):
        require(may_erase(found))


@pytest.mark.parametrize(
    ("stays", "results", "recognitions", "need"),
    [
        ([State.STARTED, State.ENDED], [], [], {Need.STAY: 2}),
        ([], [ResultState.ASSESSED, ResultState.CONTESTED], [], {Need.RESULT: 2}),
        ([], [], [RecognitionState.VALIDATED, RecognitionState.FINAL], {Need.DECISION: 1}),
    ],
)
def test_what_is_running_needs_the_person(
    stays: list[State], results: list[ResultState], recognitions: list[RecognitionState], need: dict[Need, int]
) -> None:
    assert needs(stays, results, recognitions) == need
    assert not may_erase(need)


def test_every_part_either_goes_or_stays_with_its_reason() -> None:
    assert set(ERASED) | set(KEPT) == set(Part)
    assert not set(ERASED) & set(KEPT)
    assert all(KEPT.values())


@pytest.mark.parametrize(("reason", "remedy", "what"), [(" ", "Ask again", "reason"), ("Because", "", "remedy")])
def test_a_refusal_says_why_and_what_can_be_done(reason: str, remedy: str, what: str) -> None:
    with pytest.raises(RefusalUnexplained, match=what):
        require(may_refuse(Refusal(ground=Ground.ARCHIVE_LAW, reason=reason, remedy=remedy), {}))


def test_data_that_nothing_needs_are_not_withheld_as_needed() -> None:
    with pytest.raises(NothingNeedsThem):
        require(may_refuse(BECAUSE, {}))
    assert may_refuse(BECAUSE, {Need.APPEAL: 1})
    assert may_refuse(Refusal(ground=Ground.ARCHIVE_LAW, reason="Archive act", remedy="Complain"), {})


@given(st.dates(max_value=date(9998, 12, 31)))
def test_the_answer_is_due_within_a_month(asked: date) -> None:
    due = answer_by(asked)
    assert timedelta(days=28) <= due - asked <= timedelta(days=31)
    assert answer_by(date(2026, 1, 31)) == date(2026, 2, 28)
