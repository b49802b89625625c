"""By when a version is signed, and who is called when: the laws hold for any request, day and intervals."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.partnership.samples import AT, LYON, PARTIES, TURIN, proposal, signed, thread
from ecvet.partnership import (
    CALLED,
    Call,
    Called,
    Due,
    Intervals,
    Signatory,
    call_on,
    calls,
    may_ask_again,
    outstanding,
    respond_by,
)
from ecvet.partnership.errors import AskedToday, DaysUnusable, NobodyToAsk
from ecvet.terms import Failure

FIRST = proposal()
ASKED = AT.date()
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))
SOME = st.lists(st.integers(min_value=1, max_value=365), max_size=5).map(tuple)
INTERVALS = st.builds(Intervals, remind=SOME, warn=SOME, escalate=SOME)


def day(number: int) -> date:
    return ASKED + timedelta(days=number)


# ------------------------------------------------------------- by when
def test_everybody_answers_while_no_acceptance_can_have_lapsed() -> None:
    until = respond_by(FIRST)
    assert until == day(60)
    at = datetime.combine(until, AT.time(), UTC)
    known = thread(FIRST, signatures=(signed(FIRST, TURIN, at=AT), signed(FIRST, LYON, at=at)))
    assert outstanding(known, FIRST.address, PARTIES, at) == ()


def test_signatures_come_before_the_stay_begins() -> None:
    """R-LA-7; a retroactive version, whose stay has begun, has the sixty days."""
    assert respond_by(FIRST, begins=day(30)) == day(30)
    assert respond_by(FIRST, begins=day(90)) == day(60)
    assert respond_by(FIRST, begins=day(-5)) == day(60)


# ------------------------------------------------------------- who is called
def test_first_the_signatory_then_who_proposed_then_their_colleagues() -> None:
    """Spec, 7.1 and the issue: nobody is called for another before the day has passed."""
    before: frozenset[Called] = frozenset()
    for call in (Call.REMIND, Call.WARN, Call.OVERDUE, Call.ESCALATE):
        assert before <= CALLED[call]
        before = CALLED[call]
    assert CALLED[Call.REMIND] == CALLED[Call.WARN] == {Called.SIGNATORY}
    assert CALLED[Call.ESCALATE] == set(Called)


def test_the_usual_calls_of_a_request_with_sixty_days() -> None:
    found = [(one.on, one.call) for one in calls(ASKED, day(60), Intervals())]
    assert found == [
        (day(7), Call.REMIND), (day(21), Call.REMIND), (day(46), Call.WARN), (day(57), Call.WARN),
        (day(61), Call.OVERDUE), (day(68), Call.ESCALATE), (day(82), Call.ESCALATE),
    ]  # fmt: skip


@given(DAYS, st.integers(min_value=-10, max_value=100), INTERVALS)
def test_reminders_come_before_the_day_and_escalation_after_it(asked: date, days: int, intervals: Intervals) -> None:
    until = asked + timedelta(days=days)
    for one in calls(asked, until, intervals):
        early = one.call in (Call.REMIND, Call.WARN)
        assert asked < one.on <= until if early else one.on > until
    assert [one.call for one in calls(asked, until, intervals)].count(Call.OVERDUE) == 1


@given(DAYS, st.integers(min_value=0, max_value=100), INTERVALS, st.lists(st.integers(0, 500), max_size=12))
def test_a_call_is_made_once_whatever_days_are_missed(
    asked: date, days: int, intervals: Intervals, runs: list[int]
) -> None:
    """The last call of a gapped calendar is the last of a daily one, and none is made twice."""
    until, last, made = asked + timedelta(days=days), None, list[Due]()
    for number in sorted(runs):
        on = asked + timedelta(days=number)
        for _again in range(2):
            found = call_on(asked, until, on, last=last, intervals=intervals)
            if found is not None:
                made.append(found)
                last = found.on
    assert len({one.on for one in made}) == len(made)
    assert made == sorted(made)
    if runs:
        due = [one.on for one in calls(asked, until, intervals) if one.on <= asked + timedelta(days=max(runs))]
        assert (made[-1].on if made else None) == (due[-1] if due else None)


@pytest.mark.parametrize("days", [(0,), (366,), (-1,), tuple(range(1, 12))])
def test_days_that_are_none_are_refused(days: tuple[int, ...]) -> None:
    with pytest.raises(DaysUnusable):
        Intervals(warn=days)


# ------------------------------------------------------------- ask again
def test_people_are_asked_again_once_a_day_and_only_while_somebody_is_missing() -> None:
    missing = (Signatory(role="party", id=LYON),)
    assert may_ask_again(missing, (), ASKED)
    assert may_ask_again(missing, (ASKED,), day(1))
    for answer, error in (
        (may_ask_again((), (), ASKED), NobodyToAsk),
        (may_ask_again(missing, (ASKED,), ASKED), AskedToday),
    ):
        assert isinstance(answer, Failure)
        assert isinstance(answer.reason, error)
