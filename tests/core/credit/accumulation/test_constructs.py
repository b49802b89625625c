"""Every construct of the union rule model, each with the smallest rules in which it makes the difference."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.credit.accumulation.trees import area, exactly, group, qualification, slot, unit, window
from ecvet.correspondence.equivalence import Equivalence, Ground
from ecvet.credit.accumulation import Held, Piece, accumulate
from ecvet.credit.accumulation.errors import DeclaredGroupUnknown, TreeUnusable
from ecvet.qualification.combination import Combination, Group, Role, Surplus
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import S1, STRICT
from ecvet.qualification.requirements import (
    Barred,
    Corequisite,
    DoubleCount,
    Exemption,
    MaximumAge,
    MinimumGrade,
    NonUnitRequirement,
    Overlay,
    Prerequisite,
    WeightedAverage,
    Which,
)
from ecvet.terms import Identifier, LangString, Period

ON = date(2025, 6, 1)


def pieces(*units: Piece, **more: object) -> Held:
    return Held(units=units, **more)  # type: ignore[arg-type]


def verdict(towards: Qualification, held: Held) -> bool | None:
    return accumulate(towards, held, on=ON).complete


ABC = group(unit("A"), unit("B"), unit("C"), points=window(20))


@pytest.mark.rule("R-COMP-1")
def test_the_same_credit_is_judged_by_the_rules_of_each_institution_only() -> None:
    held = Held.of({"A": 10, "B": 10})
    assert verdict(qualification(ABC), held)
    assert not verdict(qualification(replace(ABC, points=window(21))), held)
    assert not verdict(qualification(group(unit("A"), unit("C", must=True))), held)


@pytest.mark.rule("R-COMP-2")
def test_a_group_bounds_points_and_the_number_of_its_parts() -> None:
    counted = qualification(group(unit("A"), unit("B"), unit("C"), count=exactly(2)))
    assert verdict(counted, Held.of({"A": 1, "B": 1}))
    assert not verdict(counted, Held.of({"A": 10}))
    assert verdict(counted, Held.of({"A": 1, "B": 1, "C": 1})), "a unit too many may stay unused"


@pytest.mark.rule("R-COMP-3")
def test_a_compulsory_unit_is_needed_wherever_its_group_is_used() -> None:
    inner = group(unit("B", must=True), unit("C"), name="inner")
    towards = qualification(group(unit("A"), replace(inner, role=Role.BRANCH), points=window(20)))
    assert not verdict(towards, Held.of({"A": 10, "C": 10}))
    assert verdict(towards, Held.of({"A": 10, "B": 10}))


def test_a_group_with_a_minimum_is_compulsory_inside_a_used_parent() -> None:
    towards = qualification(group(unit("A"), group(unit("B"), points=window(5))))
    assert not verdict(towards, Held.of({"A": 10}))
    assert verdict(towards, Held.of({"A": 10, "B": 5}))


def test_the_number_of_units_anywhere_below_a_group_can_be_bounded() -> None:
    towards = qualification(group(group(unit("A"), unit("B")), slot(), units=exactly(3)))
    assert verdict(towards, Held.of({"A": 0, "B": 0}, [0]))
    assert not verdict(towards, Held.of({"A": 0, "B": 0}))


def test_surplus_is_capped_or_forbidden() -> None:
    capped = group(unit("A"), points=exactly(8))
    towards = qualification(group(capped, unit("B")))
    progress = accumulate(towards, Held.of({"A": 10, "B": 1}))
    assert (progress.complete, progress.counted_points) == (True, Decimal(9))
    forbidding = replace(capped, surplus=Surplus.FORBID)
    assert not verdict(qualification(group(forbidding, unit("B"))), Held.of({"A": 10, "B": 1}))


def test_a_cap_below_a_forbidding_group_cannot_hide_surplus() -> None:
    inner = group(unit("A"), points=window(None, 5))
    towards = qualification(group(inner, unit("B", must=True), points=exactly(10), surplus=Surplus.FORBID))
    assert verdict(towards, Held.of({"A": 9, "B": 5}))
    assert not verdict(towards, Held.of({"A": 9, "B": 6}))


@pytest.mark.rule("R-COMP-4")
def test_of_alternatives_exactly_one_is_used_when_their_parent_has_no_minimum() -> None:
    areas = group(area("1", unit("A", must=True)), area("2", unit("B", must=True)))
    towards = qualification(group(areas, unit("C", must=True)))
    assert not verdict(towards, Held.of({"C": 10}))
    progress = accumulate(towards, Held.of({"A": 10, "B": 10, "C": 10}))
    assert (progress.complete, progress.counted_points) == (True, Decimal(20))


@pytest.mark.rule("R-COMP-4")
def test_the_number_of_alternatives_can_be_said_explicitly() -> None:
    branches = [replace(area(code, unit(code, must=True)), role=Role.BRANCH) for code in "ABC"]
    two = qualification(group(*branches, choose=exactly(2)))
    assert not verdict(two, Held.of({"A": 10}))
    assert verdict(two, Held.of({"A": 10, "C": 10}))


def test_a_declared_area_must_be_used_and_the_others_may_not() -> None:
    towards = qualification(group(area("1", unit("A", must=True)), area("2", unit("B", must=True))))
    held = Held.of({"A": 10})
    assert accumulate(towards, held, declared=["1"]).complete
    assert not accumulate(towards, held, declared=["2"]).complete
    with pytest.raises(DeclaredGroupUnknown, match="no group “3”"):
        accumulate(towards, held, declared=["3"])


def test_a_piece_declared_for_a_group_counts_there_or_nowhere() -> None:
    one, other = group(unit("A"), unit("B"), name="one", points=window(10)), group(unit("B"), name="other")
    towards = qualification(group(one, other, points=window(20)))
    assert verdict(towards, Held.of({"A": 10, "B": 10}))
    declared = pieces(Piece(code="A", points=Decimal(10)), Piece(code="B", points=Decimal(10), declared="other"))
    assert verdict(towards, declared)
    assert not verdict(towards, pieces(Piece(code="B", points=Decimal(20), declared="other")))


@pytest.mark.rule("R-COMP-5")
def test_a_unit_that_stands_in_two_places_counts_once() -> None:
    towards = qualification(group(group(unit("A"), points=window(10)), group(unit("A"), unit("B"), points=window(10))))
    assert not verdict(towards, Held.of({"A": 10}))
    assert verdict(towards, Held.of({"A": 10, "B": 10}))


@pytest.mark.rule("R-COMP-8")
def test_an_open_slot_takes_other_credit_within_its_bounds_only() -> None:
    towards = qualification(group(unit("A", must=True), slot(5, 15), points=window(20)))
    assert verdict(towards, Held.of({"A": 10}, [10]))
    assert not verdict(towards, Held.of({"A": 16}, [4])), "4 is less than the slot's minimum"
    progress = accumulate(towards, Held.of({"A": 10}, [20]))
    assert (progress.complete, progress.counted_points) == (True, Decimal(25))
    assert not verdict(towards, Held.of({"A": 10, "X": 10})), "a unit not listed is no other credit"


def test_kinds_of_credit_are_checked_under_the_strict_reading_only() -> None:
    towards = qualification(group(slot(accepts=("local-unit",)), points=window(5)))
    degree = Held(other=(Piece(points=Decimal(5), sort="higher-education"),))
    assert accumulate(towards, degree, reading=S1).complete
    assert not accumulate(towards, degree, reading=STRICT).complete
    assert accumulate(towards, Held(other=(Piece(points=Decimal(5), sort="local-unit"),)), reading=STRICT).complete


@pytest.mark.rule("R-COMP-9")
def test_a_chosen_size_lies_in_the_units_range() -> None:
    towards = qualification(group(unit("A"), unit("B", points=window(5, 8)), points=window(20)), {"A": (0, 25), "B": 6})
    assert verdict(towards, Held.of({"A": 25}))
    progress = accumulate(towards, Held.of({"A": 26}))
    assert not progress.complete
    assert "outside the range" in progress.units[0].why
    assert not verdict(towards, Held.of({"A": 11, "B": 9}))


@pytest.mark.rule("R-COMP-9")
def test_the_cheapest_completion_chooses_a_size_in_the_range() -> None:
    towards = qualification(group(unit("A"), unit("B"), points=exactly(30)), {"A": (0, 25), "B": (10, 12)})
    completion = accumulate(towards, Held.of({"B": 11})).completion
    assert completion is not None
    assert [(one.piece.code, one.piece.points) for one in completion.add] == [("A", Decimal(19))]


def test_points_are_those_of_the_record_else_those_of_the_qualification() -> None:
    towards = qualification(group(unit("A"), points=window(12)), {"A": 12})
    assert verdict(towards, pieces(Piece(code="A")))
    assert not verdict(towards, Held.of({"A": 9}))


def leveled(code: str, points: int, level: int | None) -> Piece:
    return Piece(code=code, points=Decimal(points), level=level)


def test_points_at_a_level_or_above_are_counted_over_the_whole_selection() -> None:
    overlay = Overlay(which=Which(level_from=3), points=window(46))
    towards = qualification(group(unit("A"), unit("B"), points=window(58)), overlays=(overlay,))
    assert verdict(towards, pieces(leveled("A", 46, 3), leveled("B", 12, 2)))
    assert not verdict(towards, pieces(leveled("A", 45, 3), leveled("B", 13, 2)))
    assert not verdict(towards, pieces(leveled("A", 46, None), leveled("B", 12, 2))), "an unknown level proves nothing"


def test_origin_and_shares_are_bounded() -> None:
    most = Overlay(which=Which(recognised=True), share=window(None, "0.5"), id="half")
    towards = qualification(group(unit("A"), unit("B"), points=window(20)), overlays=(most,))
    own, foreign = Piece(code="A", points=Decimal(10)), Piece(code="B", points=Decimal(10), recognised=True)
    assert verdict(towards, pieces(own, foreign))
    assert not verdict(towards, pieces(replace(own, points=Decimal(9)), replace(foreign, points=Decimal(11))))
    least = Overlay(which=Which(origins=("U",)), points=window(10), count=window(1))
    residency = qualification(group(unit("A"), unit("B"), points=window(20)), overlays=(least,))
    assert verdict(residency, pieces(replace(own, origin="U"), foreign))
    assert not verdict(residency, pieces(replace(own, origin="V"), foreign))


def test_compensation_bounds_the_points_with_a_failing_grade() -> None:
    overlay = Overlay(which=Which(grades=("U",)), points=window(None, 10))
    towards = qualification(group(unit("A"), unit("B"), points=window(20)), overlays=(overlay,))
    graded = [Piece(code=code, points=Decimal(10), grade=grade) for code, grade in (("A", "U"), ("B", "P"))]
    assert verdict(towards, pieces(*graded))
    assert not verdict(towards, pieces(graded[0], replace(graded[1], grade="U")))


def test_barred_units_do_not_count_together() -> None:
    towards = qualification(ABC, barred=(Barred(units=("A", "B")),))
    assert not verdict(towards, Held.of({"A": 10, "B": 10}))
    assert verdict(towards, Held.of({"A": 10, "B": 10, "C": 10}))


@pytest.mark.rule("R-COMP-13")
def test_a_prerequisite_must_be_held() -> None:
    towards = qualification(ABC, prerequisites=(Prerequisite(unit="B", needs=("C", "D")),))
    assert not verdict(towards, Held.of({"A": 10, "B": 10}))
    assert verdict(towards, Held.of({"A": 10, "B": 10, "C": 0, "D": 0}))
    either = qualification(ABC, prerequisites=(Prerequisite(unit="B", needs=("C", "D"), any_of=True),))
    assert verdict(either, Held.of({"A": 10, "B": 10, "D": 0}))
    progress = accumulate(towards, Held.of({"A": 10, "B": 10}))
    assert any("presupposes C, D" in one.why for one in progress.units)


def test_a_completion_adds_the_prerequisite_too() -> None:
    towards = qualification(group(unit("A", must=True), unit("B")), {"A": 10, "B": 3},
                            prerequisites=(Prerequisite(unit="A", needs=("B",)),))  # fmt: skip
    completion = accumulate(towards, Held()).completion
    assert completion is not None
    assert completion.points == Decimal(13)


def test_corequisites_count_together_or_not_at_all() -> None:
    towards = qualification(ABC, corequisites=(Corequisite(units=("A", "B")),))
    assert not verdict(towards, Held.of({"A": 10, "C": 10}))
    assert verdict(towards, Held.of({"A": 10, "B": 10}))


def test_an_exemption_stands_for_a_unit_with_or_without_its_points() -> None:
    root = group(unit("A", must=True), unit("B"), points=window(15))
    held = Held(units=(Piece(code="B", points=Decimal(10)),), exempt=("A",))
    assert verdict(qualification(root, exemptions=(Exemption(unit="A", nominal_points=True),)), held)
    assert not verdict(qualification(root, exemptions=(Exemption(unit="A"),)), held)
    assert not verdict(qualification(root), held), "the rules know no exemption"


def test_what_is_no_unit_is_needed_beside_the_units() -> None:
    hours = NonUnitRequirement(code="work", amount=Decimal(200), measure="hours", title=LangString.of(en="Work"))
    towards = qualification(ABC, non_unit=(hours,))
    progress = accumulate(towards, Held.of({"A": 10, "B": 10}))
    assert (progress.complete, progress.missing) == (False, ("Work: 0 of 200 hours.",))
    assert verdict(towards, replace(Held.of({"A": 10, "B": 10}), fulfilled=(("work", Decimal(200)),)))


def test_a_grade_that_is_too_low_or_unknown_does_not_count() -> None:
    towards = qualification(ABC, minimum_grades=(MinimumGrade(grades=("3", "4", "5"), units=("B",)),))
    graded = pieces(Piece(code="A", points=Decimal(10)), Piece(code="B", points=Decimal(10), grade="3"))
    assert verdict(towards, graded)
    assert not verdict(towards, Held.of({"A": 10, "B": 10}))


def test_the_weighted_average_of_the_grades_is_exact() -> None:
    towards = qualification(ABC, averages=(WeightedAverage(at_least=Decimal("3.5")),))

    def graded(high: str) -> Held:
        return pieces(Piece(code="A", points=Decimal(10), grade="3"), Piece(code="B", points=Decimal(10), grade=high))

    assert verdict(towards, graded("4"))
    assert not verdict(towards, graded("3"))
    assert not verdict(towards, Held.of({"A": 10, "B": 10})), "no grade, no average"


def test_credit_that_is_too_old_does_not_count_and_without_a_day_the_verdict_is_undecided() -> None:
    towards = qualification(ABC, maximum_age=(MaximumAge(months=12),))
    held = pieces(
        *(Piece(code=code, points=Decimal(10), gained=date(2024, 6, day)) for code, day in (("A", 2), ("B", 2)))
    )
    assert verdict(towards, held)
    assert not verdict(towards, pieces(replace(held.units[0], gained=date(2024, 6, 1)), held.units[1]))
    progress = accumulate(towards, held)
    assert progress.complete is None
    assert "the day of the verdict is not given" in progress.undecided[0]


def test_permitted_double_counting_never_turns_into_a_wrong_no() -> None:
    root = group(
        group(unit("A"), points=window(10), name="g"), group(unit("A"), unit("B"), points=window(10), name="h")
    )
    towards = qualification(root, double_counts=(DoubleCount(groups=("g", "h")),))
    progress = accumulate(towards, Held.of({"A": 10}))
    assert progress.complete is None
    assert "double counting" in progress.undecided[0]
    assert verdict(towards, Held.of({"A": 10, "B": 10}))


def equivalence(from_: str, to: str, ratio: str = "1", valid: Period | None = None) -> Equivalence:
    return Equivalence(
        from_=frozenset(Identifier(f"https://abroad.example/{code}") for code in from_),
        to=frozenset(Identifier(f"https://board.example/units/{code}") for code in to),
        by=Identifier("https://board.example/"),
        on=date(2024, 1, 1),
        valid=valid or Period(date(2024, 1, 1)),
        ground=Ground.SAME_OUTCOMES,
        reason=LangString.of(en="compared"),
        ratio=Decimal(ratio),
    )


def foreign(*codes: str) -> Held:
    return pieces(
        *(Piece(code=code, points=Decimal(7), unit=Identifier(f"https://abroad.example/{code}")) for code in codes)
    )


def test_an_equivalence_lets_two_units_stand_for_two_others_once() -> None:
    towards = qualification(ABC)
    rules = [equivalence("XY", "AB")]
    progress = accumulate(towards, foreign("X", "Y"), equivalences=rules, on=ON)
    assert progress.complete
    assert {one.by for one in progress.placements} == {("X", "Y")}
    assert not accumulate(towards, foreign("X"), equivalences=rules, on=ON).complete, "both are needed"
    assert not accumulate(towards, foreign("X", "Y"), on=ON).complete


def test_an_equivalence_is_directed_dated_and_of_one_hop() -> None:
    towards = qualification(group(unit("A", must=True)))
    assert accumulate(towards, foreign("X"), equivalences=[equivalence("X", "A")], on=ON).complete
    over = equivalence("X", "A", valid=Period(date(2020, 1, 1), date(2020, 12, 31)))
    assert not accumulate(towards, foreign("X"), equivalences=[over], on=ON).complete
    hop = replace(equivalence("X", "A"), to=frozenset({Identifier("https://abroad.example/Y")}))
    assert not accumulate(towards, foreign("X"), equivalences=[hop, equivalence("Y", "A")], on=ON).complete
    assert accumulate(towards, foreign("X"), equivalences=[equivalence("X", "A")]).complete is None, "no day was given"


def test_an_equivalence_carries_its_share_of_the_points() -> None:
    towards = qualification(group(unit("A"), points=window(8)))
    assert accumulate(towards, foreign("X"), equivalences=[equivalence("X", "A", "0.8")], on=ON).complete
    assert not accumulate(towards, foreign("X"), equivalences=[equivalence("X", "A", "0.7")], on=ON).complete


def test_what_is_held_itself_goes_before_an_equivalence() -> None:
    held = replace(foreign("X"), units=(*foreign("X").units, Piece(code="A", points=Decimal(10))))
    towards = qualification(group(unit("A", must=True)))
    progress = accumulate(towards, held, equivalences=[equivalence("X", "A")], on=ON)
    assert [one.by for one in progress.placements] == [()]


def test_alternatives_that_are_not_marked_leave_a_no_undecided() -> None:
    root = group(group(unit("A", must=True), name="one"), group(unit("B", must=True), name="two"))
    towards = qualification(root)
    progress = accumulate(towards, Held.of({"A": 10}))
    assert progress.complete is None
    assert "alternatives" in progress.undecided[0]
    assert verdict(towards, Held.of({"A": 10, "B": 10}))
    assert verdict(towards, Held()) is False


def test_amounts_too_fine_for_the_solver_are_undecided_and_never_guessed() -> None:
    towards = qualification(group(unit("A"), points=window("100000000.000000001")), {"A": "100000000.000000001"})
    assert accumulate(towards, Held.of({"A": "100000000.000000001"})).complete is None


def test_exactness_of_thirds_and_halves() -> None:
    towards = qualification(group(*map(unit, "ABC"), points=exactly("0.3")), dict.fromkeys("ABC", "0.1"))
    assert verdict(towards, Held.of(dict.fromkeys("ABC", Decimal("0.1"))))
    assert not verdict(towards, Held.of({"A": Decimal("0.1"), "B": Decimal("0.199999999")}))


def test_no_time_is_an_honest_undecided() -> None:
    many = [unit(f"U{n}") for n in range(60)]
    halves = [group(*many, points=exactly(1003), surplus=Surplus.FORBID, name=f"g{n}") for n in range(4)]
    towards = qualification(group(*halves), {one.unit: 34 + 2 * n for n, one in enumerate(many)})
    held = Held.of({one.unit: 34 + 2 * n for n, one in enumerate(many)})
    assert accumulate(towards, held, seconds=0).complete in (None, False)


@pytest.mark.parametrize("twice", [True, False])
def test_a_tree_that_cannot_be_computed_with_is_refused(twice: bool) -> None:
    root = group(unit("A", id="x"), unit("B", id="x" if twice else "y"))
    if twice:
        with pytest.raises(TreeUnusable, match="two nodes have the id “x”"):
            accumulate(qualification(root), Held())
    else:
        assert accumulate(qualification(root), Held()).complete is False
    with pytest.raises(TreeUnusable, match="more than 20000 nodes"):
        accumulate(qualification(Group(children=tuple(unit("A") for _ in range(20_001)))), Held())


def test_a_composition_keeps_its_requirements_apart_from_its_tree() -> None:
    rules = Combination(root=ABC, barred=(Barred(units=("A", "B")),))
    assert rules.units == ("A", "B", "C")
    assert rules.total == Decimal(20)


def test_a_listed_unit_goes_into_an_open_slot_only_under_a_reading_that_allows_it() -> None:
    towards = qualification(group(unit("A", must=True), group(unit("B"), slot(), name="free", units=exactly(2))))
    held = Held.of({"A": 10, "B": 10, "C": 10})
    assert not accumulate(towards, held).complete
    wide = qualification(group(unit("A"), slot(id="s"), points=exactly(10), count=exactly(1)))
    loose = replace(S1, name="loose", listed_in_slots=True)
    assert accumulate(wide, pieces(Piece(code="A", points=Decimal(10), declared="s")), reading=loose).complete
    assert not accumulate(wide, pieces(Piece(code="A", points=Decimal(10), declared="s"))).complete


def test_other_credit_that_may_not_count_is_told_why() -> None:
    towards = qualification(
        group(slot(), points=window(5)),
        minimum_grades=(MinimumGrade(grades=("P",)),),
        maximum_age=(MaximumAge(months=12),),
    )
    bad = Held(other=(Piece(points=Decimal(5), grade="U"), Piece(points=Decimal(5), grade="P")))
    progress = accumulate(towards, bad, on=ON)
    assert not progress.complete
    assert [one.why for one in progress.units] == [
        "its grade U is not one of P", "it may be at most 12 months old and has no date"]  # fmt: skip
    assert accumulate(towards, Held(other=(Piece(points=Decimal(5), grade="P", gained=ON),)), on=ON).complete


def test_ten_thousand_pieces_get_an_answer() -> None:
    towards = qualification(group(unit("A", must=True), slot(5)))
    held = Held.of({**{f"X{n}": 5 for n in range(2_000)}, "A": 5}, [5] * 8_000)
    progress = accumulate(towards, held)
    assert (progress.complete, progress.counted_points) == (True, Decimal(40_005))
