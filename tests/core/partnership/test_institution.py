"""Competent institutions: which function, for which qualification, on which day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.partnership.samples import HAIR_FR, HAIR_IT, LYON, TURIN, YEARS, institution, text
from ecvet.partnership import Competence, Function, empowered, may
from ecvet.partnership.errors import FunctionNotHeld
from ecvet.qualification import Criterion, Input, Method, ReferenceContext, allocate
from ecvet.qualification.errors import NotYoursToAllocate
from ecvet.record import plain, value
from ecvet.terms import Failure, Points

ON = date(2024, 5, 1)
ONLY_HAIR = replace(
    institution(TURIN, "IT"),
    competences=(Competence(function=Function.ALLOCATE, valid=YEARS, qualifications=frozenset({HAIR_IT})),),
)


@pytest.mark.rule("R-RECOG-14")
def test_an_institution_decides_only_in_a_function_it_holds_for_the_qualification_on_the_day() -> None:
    assert may(ONLY_HAIR, Function.ALLOCATE, HAIR_IT, ON)
    for function, qualification, on in [
        (Function.RECOGNISE, HAIR_IT, ON),
        (Function.ALLOCATE, HAIR_FR, ON),
        (Function.ALLOCATE, None, ON),
        (Function.ALLOCATE, HAIR_IT, date(2023, 12, 31)),
        (Function.ALLOCATE, HAIR_IT, date(2027, 1, 1)),
    ]:
        answer = may(ONLY_HAIR, function, qualification, on)
        assert isinstance(answer, Failure)
        assert isinstance(answer.reason, FunctionNotHeld)
        assert answer.reason.status == 403


@pytest.mark.rule("R-RECOG-14")
def test_a_function_held_for_all_qualifications_is_held_for_each_and_for_any() -> None:
    board = institution(LYON, "FR", Function.RECOGNISE)
    assert may(board, Function.RECOGNISE, HAIR_IT, ON)
    assert may(board, Function.RECOGNISE, None, ON)
    assert not may(board, Function.AWARD, None, ON)
    assert value(type(board), plain(board)) == board


@pytest.mark.rule("R-POINTS-9")
def test_points_are_allocated_by_those_empowered_for_the_qualification_and_by_no_other() -> None:
    power = empowered([ONLY_HAIR, institution(LYON, "FR", Function.ASSESS)], Function.ALLOCATE, HAIR_IT, ON)
    assert power == {TURIN}

    def allocated_by(who: object) -> object:
        return allocate(
            Method.PERCENT, [Input(code="A", value=Decimal(1))], total=Points.of(60), by=who,  # type: ignore[arg-type]
            reference=ReferenceContext(pathway=text("School"), years=Decimal(1)), in_charge=HAIR_IT, on=ON,
            empowered=power, criteria=frozenset({Criterion.EFFORT}),
        ).by  # fmt: skip

    assert allocated_by(TURIN) == TURIN
    with pytest.raises(NotYoursToAllocate):
        allocated_by(LYON)
