"""A version is decided earlier than it holds: from its first day it may be begun, after its last only finished."""

from dataclasses import replace
from datetime import date

import pytest

from core.qualification.samples import qualification
from ecvet.qualification import Qualification, Standing, may_begin, standing
from ecvet.qualification.errors import NoLongerBegun, NotYetInForce
from ecvet.terms import Failure, Period

START, END, LAST = date(2026, 9, 1), date(2030, 7, 31), date(2032, 7, 31)


@pytest.fixture
def item() -> Qualification:
    return replace(qualification(), valid=Period(START, END), transition_end=LAST)


@pytest.mark.rule("R-QUAL-5")
@pytest.mark.parametrize(("on", "where", "refused"), [
    (date(2026, 8, 31), Standing.COMING, NotYetInForce), (START, Standing.IN_FORCE, None),
    (END, Standing.IN_FORCE, None), (date(2030, 8, 1), Standing.TRANSITION, NoLongerBegun),
    (LAST, Standing.TRANSITION, NoLongerBegun), (date(2032, 8, 1), Standing.OVER, NoLongerBegun),
])  # fmt: skip
def test_each_day_has_one_answer(item: Qualification, on: date, where: Standing, refused: type | None) -> None:
    assert standing(item, on) is where
    answer = may_begin(item, on)
    assert bool(answer) is (refused is None)
    if isinstance(answer, Failure):
        assert isinstance(answer.reason, refused or object)


def test_without_a_validity_it_holds_and_without_an_end_of_the_transition_everybody_may_finish(
    item: Qualification,
) -> None:
    assert standing(replace(item, valid=None), date(1999, 1, 1)) is Standing.IN_FORCE
    assert standing(replace(item, valid=Period(START)), date(2099, 1, 1)) is Standing.IN_FORCE
    assert standing(replace(item, transition_end=None), date(2099, 1, 1)) is Standing.TRANSITION
