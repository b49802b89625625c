"""What a learner holds: own achievements and recognised credit, nothing twice (R-RECOG-8, R-COMP-10, R-COMP-11)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.credit.cast import (
    ALBA,
    BARBER,
    COLOUR,
    CUT,
    CUTTING,
    DONE,
    ERIK,
    FAILED,
    HAIR,
    HAIRDRESSER,
    NO,
    NOT_OURS,
    REMEDY,
    TEN,
    TURIN,
    YES,
    assessed,
    changed,
    compared,
    id_,
    qualification,
    recognised,
    recorded,
    results,
    text,
    transcript,
    validated,
)
from ecvet.credit import Achievement, Grade, PartAchievement, Use, credit_held, part_findings
from ecvet.credit.accumulation import accumulate
from ecvet.credit.errors import AnotherLearner
from ecvet.qualification.qualification import UnitLink
from ecvet.qualification.unit import SubArea
from ecvet.record import Recorded
from ecvet.terms import Points, PointsNotComparable


def own(unit: str = COLOUR, **more: Any) -> Recorded[Achievement]:
    return recorded(
        Achievement(
            **{
                "learner": ALBA,
                "unit": unit,
                "qualification": HAIR,
                "institution": TURIN,
                "on": date(2024, 5, 1),
                **more,
            }
        )
    )


@pytest.mark.rule("R-CREDIT-3")
def test_own_and_recognised_credit_accumulate_towards_one_qualification() -> None:
    held = credit_held((own(),), (recognised(),), HAIRDRESSER)
    assert {piece.code: (piece.points, piece.recognised) for piece in held.units} == {
        "COL": (Decimal(5), False), "CUT": (Decimal(10), True),
    }  # fmt: skip
    assert accumulate(HAIRDRESSER, held).complete is True
    assert accumulate(HAIRDRESSER, credit_held((own(),), (), HAIRDRESSER)).complete is False


@pytest.mark.rule("R-RECOG-8")
def test_a_unit_achieved_at_home_and_recognised_from_abroad_counts_once() -> None:
    """Edge case 16."""
    held = credit_held((own(CUT), own(CUT, on=date(2024, 5, 2))), (recognised(),), HAIRDRESSER)
    assert [piece.code for piece in held.units] == ["CUT"]


def test_of_two_sizes_of_one_unit_the_larger_counts() -> None:
    ranged = changed(HAIRDRESSER, units=(UnitLink(code="CUT", unit=CUT, points=Points.of(5), most=Points.of(15)),))
    first, second = own(CUT, points=Points.of(12)), own(CUT, points=Points.of(7))
    for order in ((first, second), (second, first)):
        assert [piece.points for piece in credit_held(order, (), ranged).units] == [Decimal(12)]


@given(st.permutations(range(4)))
def test_the_order_of_the_records_makes_no_difference(order: list[int]) -> None:
    records = [
        own(),
        own(CUT, grade=Grade(scale=TEN.id, value="8")),
        own(id_("units/beard/1"), points=Points.of(3)),
        own(COLOUR),
    ]
    held = credit_held([records[n] for n in order], (recognised(),), HAIRDRESSER)
    assert {piece.code for piece in held.units} == {"CUT", "COL"}
    assert [piece.points for piece in held.other] == [Decimal(3)]


@pytest.mark.rule("R-RECOG-10", "R-CREDIT-6")
def test_an_unconfirmed_achievement_a_part_an_add_on_and_a_reversed_recognition_do_not_count() -> None:
    half = validated(transcript(assessed(outcomes=results(measures=DONE, cuts=FAILED))),
                     comparison=compared(measures=YES, cuts=NO, advises=NO))  # fmt: skip
    first = recognised()
    gone = recognised(outcomes=frozenset(), reasons=NOT_OURS, remedy=REMEDY, earlier=(first,), instead_of=first.address)
    for achievements, recognitions in (
        ((own(confirmed=False),), ()),
        ((), (recognised(half),)),
        ((), (recognised(use=Use.ADD_ON),)),
        ((), (first, gone)),
        ((), (recognised(qualification=qualification(BARBER)),)),
    ):
        held = credit_held(achievements, recognitions, HAIRDRESSER)
        assert held.units == held.other == ()


def test_parts_that_were_recognised_one_after_the_other_count_as_the_whole_unit_once() -> None:
    half = validated(transcript(assessed(outcomes=results(measures=DONE, cuts=FAILED))),
                     comparison=compared(measures=YES, cuts=NO, advises=NO))  # fmt: skip
    first = recognised(half)
    second = recognised(earlier=(first,), on=date(2024, 8, 1), grade=Grade(scale=TEN.id, value="7"))
    (piece,) = credit_held((), (second, first), HAIRDRESSER).units
    assert (piece.points, piece.gained, piece.grade) == (Decimal(10), date(2024, 8, 1), "7")


@pytest.mark.rule("R-POINTS-8")
def test_a_common_unit_achieved_in_another_qualification_has_the_points_of_this_one() -> None:
    elsewhere = own(CUT, qualification=BARBER, points=Points.of(25))
    assert [piece.points for piece in credit_held((elsewhere,), (), HAIRDRESSER).units] == [Decimal(10)]
    assert credit_held((own(CUT),), (), qualification(cut=None)).units[0].points is None
    assert (
        credit_held((), (recognised(qualification=qualification(cut=None)),), qualification(cut=None)).units[0].points
        is None
    )


@pytest.mark.rule("R-POINTS-20")
def test_points_of_another_credit_system_do_not_enter() -> None:
    with pytest.raises(PointsNotComparable):
        credit_held((own(id_("units/beard/1"), points=Points.of(3, "fi-osp")),), (), HAIRDRESSER)


@pytest.mark.rule("R-CREDIT-1")
def test_credit_of_two_learners_is_never_put_together() -> None:
    with pytest.raises(AnotherLearner):
        credit_held((own(learner=ERIK),), (recognised(),), HAIRDRESSER)


AREAS = changed(CUTTING, sub_areas=(SubArea(code="a", title=text("a")), SubArea(code="b", title=text("b"))))
LINK = HAIRDRESSER.units[0]


def parts(a: int, b: int, **more: Any) -> Achievement:
    made = (PartAchievement(code="a", points=Points.of(a)), PartAchievement(code="b", points=Points.of(b)))
    return own(CUT, parts=made, **more).value


@pytest.mark.rule("R-COMP-10")
def test_the_sub_areas_of_a_unit_add_up_to_its_points() -> None:
    assert list(part_findings(parts(6, 4), AREAS, LINK)) == []
    assert [one.rule for one in part_findings(parts(6, 3), AREAS, LINK)] == ["R-COMP-10"]
    strange = changed(parts(6, 4), parts=(PartAchievement(code="z", points=Points.of(10)),))
    assert [one.rule for one in part_findings(strange, AREAS, LINK)] == ["R-COMP-10"]
    assert list(part_findings(parts(6, 3), AREAS, changed(LINK, most=Points.of(20)))) == []
    tolerated = (PartAchievement(code="a", points=Points.of("9.9995")),)
    assert list(part_findings(changed(parts(6, 4), parts=tolerated), AREAS, LINK)) == []


@pytest.mark.rule("R-COMP-11")
def test_the_parts_of_a_confirmed_achievement_are_its_whole_and_of_an_unfinished_one_nobody_asks() -> None:
    assert [one.rule for one in part_findings(parts(6, 3, points=Points.of(10)), AREAS)] == ["R-COMP-11"]
    assert list(part_findings(parts(6, 4, points=Points.of(10)), AREAS)) == []
    assert list(part_findings(parts(6, 3, points=Points.of(10), confirmed=False), AREAS)) == []
    assert list(part_findings(own(CUT, points=Points.of(10)).value, AREAS)) == []
