"""Points: the convention, the seven methods, exact division, and who may allocate."""

from dataclasses import fields, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.qualification.samples import BOARD, ON, SCHOOL, STRANGER, outcome, pointed, qualification, text, unit
from ecvet.qualification import (
    Adjustment,
    Allocation,
    ComparisonGround,
    Criterion,
    Input,
    LearningOutcome,
    Method,
    OutcomeKind,
    ReferenceContext,
    Unit,
    UnitLink,
    allocate,
    allocated_points,
    applied,
    dispersion,
    distribute,
    first_phase,
    may_allocate,
    outcome_counts,
    points_for_years,
    weights_of,
)
from ecvet.qualification.errors import (
    AdjustmentWithoutReason,
    CriteriaNotRecorded,
    NotYoursToAllocate,
    PointsDoNotSum,
    ReferenceIncomplete,
    TotalNotOnGrain,
    UnitNotInQualification,
    WeightsUnusable,
)
from ecvet.record import plain, value
from ecvet.record.errors import TermsUnreadable
from ecvet.terms import Failure, Identifier, NotPoints, Points

PATHWAY = ReferenceContext(pathway=text("School-based, one year"), years=Decimal(1))
BAKER = Identifier("https://board.example/qualifications/baker/1")
CLAY = {"1": 15, "2": 20, "3": 10, "4": 25, "5": 15, "6": 15}
"""The relative weights in percent of the six units of clay plastering."""


def inputs(weights: dict[str, Any], by: str = "", weight: str = "1") -> list[Input]:
    return [Input(code=code, value=Decimal(one), by=by, weight=Decimal(weight)) for code, one in weights.items()]


def allocation(method: Method, figures: list[Input], **more: Any) -> Allocation:
    return allocate(method, figures, **{
        "total": Points.of(60), "reference": PATHWAY, "by": SCHOOL, "in_charge": SCHOOL, "on": ON,
        "criteria": frozenset({Criterion.IMPORTANCE}), **more,
    })  # fmt: skip


def amounts(made: Allocation) -> dict[str, str]:
    return {code: str(one.value) for code, one in allocated_points(made).items()}


@pytest.mark.rule("R-POINTS-2")
@pytest.mark.parametrize(("years", "points"), [("3", 180), ("2.5", 150), ("1", 60)])
def test_a_year_of_formal_full_time_training_has_sixty_points(years: str, points: int) -> None:
    assert points_for_years(Decimal(years)) == Points.of(points)
    assert first_phase(ReferenceContext(pathway=text("School"), years=Decimal(years))) == Points.of(points)


@pytest.mark.rule("R-POINTS-5", "R-POINTS-6")
def test_a_total_rests_on_one_pathway_or_on_one_comparison_with_its_ground() -> None:
    compared = ReferenceContext(compared_with=BAKER, ground=ComparisonGround.SIMILAR_OUTCOMES)
    assert first_phase(compared, compared=Points.of(120)) == Points.of(120)
    with pytest.raises(ReferenceIncomplete):
        first_phase(compared)


@pytest.mark.rule("R-POINTS-5", "R-POINTS-6")
@pytest.mark.parametrize(
    "given",
    [
        {},
        {"pathway": text("School")},
        {"years": Decimal(1)},
        {"pathway": text("School"), "years": Decimal(0)},
        {"compared_with": BAKER},
        {"ground": ComparisonGround.EQF_LEVEL},
        {"pathway": text("School"), "years": Decimal(1), "compared_with": BAKER, "ground": ComparisonGround.EQF_LEVEL},
    ],
)
def test_half_a_reference_or_two_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ReferenceIncomplete):
        ReferenceContext(**given)


@pytest.mark.rule("R-POINTS-21")
def test_a_level_alone_gives_no_points() -> None:
    same_level = ReferenceContext(compared_with=BAKER, ground=ComparisonGround.EQF_LEVEL)
    with pytest.raises(ReferenceIncomplete):
        first_phase(same_level)


@pytest.mark.rule("R-POINTS-11")
def test_the_clay_weights_give_their_points_on_sixty_and_sum_on_any_total() -> None:
    weights = {code: Fraction(weight) for code, weight in CLAY.items()}
    on_sixty = distribute(Points.of(60), weights)
    assert [int(one.value) for one in on_sixty.values()] == [9, 12, 6, 15, 9, 9]
    on_twenty_five = distribute(Points.of(25), weights)
    assert sum(one.value for one in on_twenty_five.values()) == 25
    assert all(one.value % 1 == 0 for one in on_twenty_five.values())


@pytest.mark.rule("R-POINTS-11", "R-POINTS-10")
@given(
    weights=st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.fractions(0, 100), min_size=1, max_size=12),
    steps=st.integers(0, 5000),
    grain=st.sampled_from(["1", "0.5", "0.1"]),
)
def test_units_always_make_up_the_total_whatever_the_weights_and_the_order(
    weights: dict[str, Fraction], steps: int, grain: str
) -> None:
    weights["always"] = Fraction(1)
    whole, step = Points(steps * Decimal(grain)), Decimal(grain)
    shares = distribute(whole, weights, step)
    assert sum(one.value for one in shares.values()) == whole.value
    assert shares == distribute(whole, dict(reversed(weights.items())), step)
    every = sum(weights.values())
    for code, one in shares.items():
        assert one.value % step == 0
        assert abs(Fraction(one.value) - Fraction(whole.value) * weights[code] / every) < Fraction(step)


@pytest.mark.rule("R-POINTS-11")
def test_a_total_that_is_no_multiple_of_the_grain_cannot_be_divided() -> None:
    with pytest.raises(TotalNotOnGrain):
        distribute(Points.of("7.5"), {"A": Fraction(1)})
    with pytest.raises(TotalNotOnGrain):
        distribute(Points.of(7), {"A": Fraction(1)}, Decimal(0))
    assert distribute(Points.of("7.5"), {"A": Fraction(1), "B": Fraction(2)}, Decimal("0.5"))["A"] == Points.of("2.5")


@pytest.mark.rule("R-POINTS-7")
def test_percent_weights_are_divided_in_proportion() -> None:
    assert list(amounts(allocation(Method.PERCENT, inputs(CLAY))).values()) == ["9", "12", "6", "15", "9", "9"]


@pytest.mark.rule("R-POINTS-7")
def test_criteria_scores_count_by_their_share_and_their_weight() -> None:
    scores = inputs({"A": 1, "B": 3}, by="importance", weight="3") + inputs({"A": 30, "B": 10}, by="effort")
    made = allocation(Method.CRITERIA, scores, criteria=frozenset(), grain=Decimal("0.5"))
    assert amounts(made) == {"A": "22.5", "B": "37.5"}  # (3/4·1/4 + 1/4·3/4) and (3/4·3/4 + 1/4·1/4) of 60
    assert made.criteria == {Criterion.IMPORTANCE, Criterion.EFFORT}, "the choice of criteria is recorded"


@pytest.mark.rule("R-POINTS-7")
def test_only_the_three_criteria_are_scored() -> None:
    with pytest.raises(WeightsUnusable, match="prestige"):
        allocation(Method.CRITERIA, inputs({"A": 1}, by="prestige"))


@pytest.mark.rule("R-POINTS-7")
def test_time_stands_for_effort_and_an_outcome_count_for_volume() -> None:
    by_time = allocation(Method.TIME, inputs({"A": 400, "B": 200}), criteria=frozenset())
    assert (amounts(by_time), by_time.criteria) == ({"A": "40", "B": "20"}, {Criterion.EFFORT})
    units = {"A": unit("A"), "B": unit("B", outcomes=(outcome("one", OutcomeKind.SKILLS),))}
    counted = allocation(Method.OUTCOME_COUNT, list(outcome_counts(units)), criteria=frozenset())
    assert (amounts(counted), counted.criteria) == ({"A": "45", "B": "15"}, {Criterion.COMPLEXITY})


def test_experts_are_averaged_and_their_dispersion_is_told() -> None:
    asked = inputs({"A": 50, "B": 50}, by="first") + inputs({"A": 1, "B": 3}, by="second")
    made = allocation(Method.EXPERTS, asked, grain=Decimal("0.5"))
    assert amounts(made) == {"A": "22.5", "B": "37.5"}
    spread = dispersion(made)["A"]
    assert (spread.least, spread.mean, spread.most) == (Decimal(25), Decimal("37.5"), Decimal(50))


@pytest.mark.parametrize(
    "figures",
    [
        [],
        inputs({"A": 0, "B": 0}),
        inputs({"A": 1, "B": 1}, by="x") + inputs({"A": 1}, by="y"),
        inputs({"A": 1}, by="x") + inputs({"A": 2}, by="x"),
        inputs({"A": 1}, by="x", weight="0"),
        inputs({"A": 1}, by="x", weight="1") + inputs({"B": 1}, by="x", weight="2"),
    ],
)
def test_weights_from_which_nothing_follows_are_refused(figures: list[Input]) -> None:
    with pytest.raises(WeightsUnusable):
        allocation(Method.EXPERTS, figures)
    with pytest.raises(WeightsUnusable):
        distribute(Points.of(1), {"A": Fraction(0)})


@pytest.mark.rule("R-POINTS-10")
@pytest.mark.parametrize("bad", ["-1", "NaN"])
def test_a_figure_is_an_exact_amount_of_zero_or_more(bad: str) -> None:
    with pytest.raises(NotPoints):
        Input(code="A", value=Decimal(bad))
    with pytest.raises(NotPoints):
        Input(code="A", value=0.1)  # type: ignore[arg-type]


def test_points_typed_in_are_checked_against_the_total() -> None:
    assert amounts(allocation(Method.MANUAL, inputs({"A": 5, "B": 35, "C": 20}))) == {"A": "5", "B": "35", "C": "20"}
    with pytest.raises(PointsDoNotSum, match="59"):
        allocation(Method.MANUAL, inputs({"A": 5, "B": 34, "C": 20}))
    with pytest.raises(WeightsUnusable):
        allocation(Method.MANUAL, inputs({"A": 30}) + inputs({"A": 30}))


@pytest.mark.rule("R-POINTS-7")
@pytest.mark.parametrize("method", [Method.MANUAL, Method.PERCENT, Method.EXPERTS])
def test_weights_without_a_recorded_criterion_are_refused(method: Method) -> None:
    with pytest.raises(CriteriaNotRecorded):
        allocation(method, inputs({"A": 60}), criteria=frozenset())
    assert allocation(Method.NATIONAL, inputs({"A": 60}), criteria=frozenset()).criteria == frozenset()


@pytest.mark.rule("R-POINTS-9")
def test_only_the_institution_in_charge_or_one_empowered_allocates() -> None:
    assert may_allocate(BOARD, in_charge=SCHOOL, empowered=frozenset({BOARD}))
    assert may_allocate(STRANGER, in_charge=SCHOOL, empowered=frozenset({BOARD})) == Failure(
        NotYoursToAllocate(by=STRANGER, in_charge=SCHOOL)
    )
    with pytest.raises(NotYoursToAllocate):
        allocation(Method.PERCENT, inputs(CLAY), by=STRANGER)


@pytest.mark.rule("R-POINTS-5", "R-POINTS-7")
def test_the_record_of_an_allocation_can_be_followed_by_anybody() -> None:
    made = allocation(Method.PERCENT, inputs(CLAY), justification="Agreed by the project's partners.")
    again = value(Allocation, plain(made))
    assert again == made
    assert allocated_points(again) == allocated_points(made)
    assert (again.by, again.on, again.reference) == (SCHOOL, ON, PATHWAY)


@pytest.mark.rule("R-POINTS-8")
def test_points_live_on_the_link_so_that_two_qualifications_weigh_a_unit_differently() -> None:
    assert "points" not in {field.name for field in fields(Unit)}
    assert "points" in {field.name for field in fields(UnitLink)}
    first = applied(qualification(), allocation(Method.PERCENT, inputs({"A": 1, "B": 1, "C": 1})))
    second = applied(qualification(), allocation(Method.PERCENT, inputs({"A": 4, "B": 1, "C": 1})))
    assert first.units[0].unit == second.units[0].unit
    assert (first.units[0].points, second.units[0].points) == (Points.of(20), Points.of(40))


def test_an_allocation_applies_to_units_of_the_qualification_only() -> None:
    part = applied(pointed("1", "2", "3"), allocation(Method.MANUAL, inputs({"A": 60})))
    assert [str(link.points) for link in part.units] == ["60 ecvet", "2 ecvet", "3 ecvet"]
    with pytest.raises(UnitNotInQualification):
        applied(qualification(), allocation(Method.MANUAL, inputs({"Z": 60})))


@pytest.mark.rule("R-POINTS-12")
def test_relative_weights_of_a_fixed_set_sum_to_one() -> None:
    made = applied(qualification(), allocation(Method.PERCENT, inputs({"A": 1, "B": 2, "C": 4})))
    weights = [made.relative_weight(code) for code in "ABC"]
    assert sum(one for one in weights if one is not None) == 1
    assert weights[0] == Fraction(9, 60)


@pytest.mark.rule("R-POINTS-12", "R-POINTS-1")
def test_a_published_weight_stands_where_there_are_no_points_and_a_range_has_none() -> None:
    links = qualification().units
    weighed = replace(qualification(), units=(replace(links[0], weight=Decimal(15)), *links[1:]))
    assert (weighed.relative_weight("A"), weighed.relative_weight("B")) == (Fraction(15, 100), None)
    made = pointed("0", "20", "40", total="60")
    ranged = replace(made, units=(replace(made.units[0], most=Points.of(25)), *made.units[1:]))
    assert ranged.relative_weight("A") is None


@pytest.mark.rule("R-POINTS-20")
def test_points_are_added_within_one_qualification_only() -> None:
    made = pointed("10", "20", "30", total="60")
    assert made.points_of(["A", "B", "A"]) == Points.of(30)
    assert qualification().points_of("ABC") == Points.of(0)
    with pytest.raises(UnitNotInQualification):
        made.points_of(["A", "of-another-qualification"])


@pytest.mark.rule("R-POINTS-22")
def test_a_learning_outcome_has_no_place_for_points() -> None:
    given = plain(outcome("x", OutcomeKind.SKILLS))
    assert isinstance(given, dict)
    with pytest.raises(TermsUnreadable, match="unknown member “points”"):
        value(LearningOutcome, {**given, "points": {"value": "1", "system": "ecvet"}})


# ------------------------------------------------------------- adjustments
def adjusted(*adjustments: Adjustment) -> Allocation:
    inputs = tuple(Input(code=code, value=Decimal(1)) for code in "ABC")
    made = allocate(Method.TIME, inputs, total=Points(Decimal(60)), reference=ReferenceContext(pathway=text("school"),
                    years=Decimal(1)), by=BOARD, in_charge=BOARD, on=ON)  # fmt: skip
    return replace(made, adjustments=adjustments)


@pytest.mark.rule("R-POINTS-11")
def test_what_is_set_by_hand_is_taken_first_and_the_others_share_the_rest():
    found = allocated_points(adjusted(Adjustment(code="A", points=Decimal(31), reason="most important")))
    assert {code: one.value for code, one in found.items()} == {"A": 31, "B": 15, "C": 14}
    assert weights_of(adjusted()) == dict.fromkeys("ABC", Decimal("33.33"))


@pytest.mark.parametrize(
    ("points", "error"),
    [({"A": 61}, PointsDoNotSum), ({"A": 20, "B": 20, "C": 10}, PointsDoNotSum), ({"X": 1}, WeightsUnusable)],
)
def test_adjustments_that_leave_no_whole_are_refused(points: dict[str, int], error: type[Exception]):
    made = [Adjustment(code=code, points=Decimal(amount), reason="so") for code, amount in points.items()]
    with pytest.raises(error):
        allocated_points(adjusted(*made))


def test_an_adjustment_needs_a_reason():
    with pytest.raises(AdjustmentWithoutReason):
        Adjustment(code="A", points=Decimal(1), reason=" ")
