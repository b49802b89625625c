"""Requirements across the tree, and equivalences, each with the smallest rules in which they make the difference."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.credit.accumulation.trees import group, qualification, unit, window
from ecvet.correspondence.equivalence import Equivalence, Ground
from ecvet.credit.accumulation import Held, Piece, accumulate
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.requirements import (
    Barred,
    Corequisite,
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
    assert any("presupposes these units: C, D" in one.why for one in progress.units)


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
    assert (progress.complete, progress.missing) == (False, ("Work: 0 of 200 (hours).",))
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


def test_a_completion_says_which_average_the_added_credit_must_reach() -> None:
    towards = qualification(ABC, averages=(WeightedAverage(at_least=Decimal("3.5")),))
    progress = accumulate(towards, pieces(Piece(code="A", points=Decimal(10), grade="3")))
    assert progress.completion is not None
    assert (progress.completion.points, progress.completion.average) == (Decimal(10), Decimal(4))
    assert "The grades of what is added must be 4 on average, weighted by points." in progress.missing
    thirds = accumulate(towards, pieces(Piece(code="A", points=Decimal(3), grade="3")))
    assert thirds.completion is not None
    assert thirds.completion.average == Decimal("3.58"), "10.5/20 above 3 and a half, rounded up: never too little"
    good = accumulate(towards, pieces(Piece(code="A", points=Decimal(30), grade="5")))
    assert good.complete
    assert good.completion is not None
    assert good.completion.average is None


def test_added_credit_gets_no_better_grade_than_the_scale_has() -> None:
    root = group(unit("A", must=True), unit("B"), unit("C"), points=window(20))
    held = pieces(Piece(code="A", points=Decimal(10), grade="1"))

    def points(at_least: str, best: int | None) -> Decimal | None:
        rule = WeightedAverage(at_least=Decimal(at_least), best=None if best is None else Decimal(best))
        completion = accumulate(qualification(root, averages=(rule,)), held).completion
        return completion and completion.points

    assert points("3", 5) == Decimal(10)
    assert points("3.1", 5) == Decimal(20), "one more unit, since none can be better than 5"
    assert points("3.7", 5) is None
    assert points("3.7", None) == Decimal(10), "without a scale any grade is thought possible"


def test_a_full_record_with_a_poor_average_is_completed_only_by_more_credit() -> None:
    towards = qualification(group(unit("A", must=True), unit("B")), averages=(WeightedAverage(at_least=Decimal(2)),))
    progress = accumulate(towards, pieces(Piece(code="A", points=Decimal(10), grade="1")))
    assert progress.complete is False
    assert progress.completion is not None
    assert ([one.piece.code for one in progress.completion.add], progress.completion.average) == (["B"], Decimal(3))
    assert "The weighted average of the grades is below 2." in progress.missing


def test_averages_of_any_fineness_are_exact() -> None:
    towards = qualification(ABC, averages=(WeightedAverage(at_least=Decimal("3.00001")),))
    held = pieces(*(Piece(code=code, points=Decimal(10), grade=grade) for code, grade in (("A", "3"), ("B", "3"))))
    assert accumulate(towards, held).complete is False
    fine = pieces(held.units[0], replace(held.units[1], grade="3.00002"))
    assert accumulate(towards, fine).complete


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


@pytest.mark.rule("R-COMP-9")
@pytest.mark.parametrize(
    ("held", "ratio", "points"),
    [("X", "1", 7), ("X", "0.5", 5), ("XY", "1", 12), ("XY", "0.6", "8.4")],
)
def test_an_equivalence_onto_a_variable_size_carries_the_points_of_its_sources(
    held: str, ratio: str, points: int | str
) -> None:
    towards = qualification(group(unit("A")), {"A": (5, 12)})
    progress = accumulate(towards, foreign(*held), equivalences=[equivalence(held, "A", ratio)], on=ON)
    assert (progress.complete, progress.counted_points) == (True, Decimal(points))


def test_units_that_an_equivalence_brings_together_share_the_points_of_the_sources() -> None:
    rules = [equivalence("XY", "ABC")]

    def sizes(most: int) -> dict[str, Decimal | None]:
        towards = qualification(group(*map(unit, "ABC")), {"A": 4, "B": (2, most), "C": (1, 9)})
        progress = accumulate(towards, foreign("X", "Y"), equivalences=rules, on=ON)
        return {one.piece.code: one.piece.points for one in progress.placements}

    assert sizes(5) == {"A": 4, "B": 5, "C": 5}
    assert sizes(20) == {"A": 4, "B": 9, "C": 1}, "14 points in all, in the order of the codes"


def test_what_an_equivalence_brings_stands_only_where_its_size_fits() -> None:
    towards = qualification(group(unit("A", points=window(8)), unit("B")), {"A": (5, 12), "B": 3})
    rule = [equivalence("X", "A")]
    assert accumulate(towards, foreign("X"), equivalences=rule, on=ON).complete is False
    assert accumulate(towards, foreign("X", "Y"), equivalences=[equivalence("XY", "A")], on=ON).complete
    without = Held(units=(Piece(code="X", unit=Identifier("https://abroad.example/X")),))
    wide = qualification(group(unit("A")), {"A": (5, 12)})
    assert accumulate(wide, without, equivalences=rule, on=ON).counted_points == Decimal(5)


def test_what_is_held_itself_goes_before_an_equivalence() -> None:
    held = replace(foreign("X"), units=(*foreign("X").units, Piece(code="A", points=Decimal(10))))
    towards = qualification(group(unit("A", must=True)))
    progress = accumulate(towards, held, equivalences=[equivalence("X", "A")], on=ON)
    assert [one.by for one in progress.placements] == [()]
