"""Every construct of the tree of rules, each with the smallest rules in which it makes the difference."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.credit.accumulation.trees import area, exactly, group, qualification, slot, unit, window
from ecvet.credit.accumulation import Held, Piece, accumulate
from ecvet.credit.accumulation.errors import DeclaredGroupUnknown, TreeUnusable
from ecvet.qualification.combination import Combination, Group, OpenSlot, Role, Surplus
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import S1, STRICT
from ecvet.qualification.requirements import (
    Barred,
    MaximumAge,
    MinimumGrade,
    Window,
)

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


def test_alternatives_that_are_not_marked_leave_a_no_undecided() -> None:
    root = group(group(unit("A", must=True), name="one"), group(unit("B", must=True), name="two"))
    towards = qualification(root)
    progress = accumulate(towards, Held.of({"A": 10}))
    assert progress.complete is None
    assert "alternatives" in progress.undecided[0]
    assert verdict(towards, Held.of({"A": 10, "B": 10}))
    assert verdict(towards, Held()) is False


def test_amounts_too_fine_for_the_solver_are_undecided_and_never_guessed() -> None:
    fine = "100000000.000000001"
    easy = qualification(group(unit("A"), points=window(fine)), {"A": fine})
    assert accumulate(easy, Held.of({"A": fine})).complete, "by hand it is exact, however fine"
    nothing = accumulate(easy, Held())
    assert (nothing.complete, nothing.completion) == (False, None)
    assert "the cheapest completion" in nothing.undecided[0]


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
        "its grade U is not one of these: P", "it may be at most 12 months old and has no date"]  # fmt: skip
    assert accumulate(towards, Held(other=(Piece(points=Decimal(5), grade="P", gained=ON),)), on=ON).complete


def test_ten_thousand_pieces_get_an_answer() -> None:
    towards = qualification(group(unit("A", must=True), slot(5)))
    held = Held.of({**{f"X{n}": 5 for n in range(2_000)}, "A": 5}, [5] * 8_000)
    progress = accumulate(towards, held)
    assert (progress.complete, progress.counted_points) == (True, Decimal(40_005))


def test_what_a_cap_below_cuts_off_is_no_surplus_above() -> None:
    """Three points in a slot that counts two are two points, also where the group above forbids more than two."""
    two = Window(None, Decimal(2))
    root = Group(children=(OpenSlot(points=two),), points=two, surplus=Surplus.FORBID)
    found = accumulate(qualification(root, {}), Held.of({}, [3]))
    assert (found.complete, found.counted_points) == (True, Decimal(2))
