"""What is missing, where each piece counts or why not, and the cheapest way to finish."""

from decimal import Decimal

import pytest

from core.credit.accumulation.trees import area, exactly, group, qualification, slot, unit, window
from ecvet.credit.accumulation import Held, accumulate, complete
from ecvet.qualification.combination import OpenSlot
from ecvet.qualification.requirements import Overlay, Which
from ecvet.terms import LangString

CORE = group(
    unit("A", must=True, title=LangString.of(en="Welding")), unit("B", must=True), name="Core", points=exactly(20)
)
FREE = group(
    unit("C"), unit("D"),
    OpenSlot(points=window(None, 10), id="s", title=LangString.of(en="Local units")),
    name="Free choice", points=exactly(10),
)  # fmt: skip
TOWARDS = qualification(group(CORE, FREE, points=exactly(30)), {"A": 15, "B": 5, "C": 5, "D": 6}, total=30)


@pytest.mark.rule("R-COMP-14")
def test_what_is_missing_is_said_once_and_innermost_first() -> None:
    progress = accumulate(TOWARDS, Held.of({"B": 5, "C": 5}))
    assert progress.missing == ("A Welding is compulsory and missing.", "Free choice: 5 of 10 points.")
    assert progress.counted_points == Decimal(10)
    assert progress.groups["Free choice"] == Decimal(5)


@pytest.mark.rule("R-COMP-14")
def test_the_cheapest_completion_names_units_and_open_credit() -> None:
    progress = accumulate(TOWARDS, Held.of({"B": 5, "C": 5}))
    assert progress.completion is not None
    assert progress.completion.points == Decimal(20)
    added = sorted((one.piece.code, one.piece.points, one.place) for one in progress.completion.add)
    assert added == [("", Decimal(5), "s"), ("A", Decimal(15), "1.1")]
    assert complete(TOWARDS, Held.of({"B": 5, "C": 5})) == progress.completion


def test_an_area_nobody_began_is_reported_with_the_cheapest_choice() -> None:
    areas = group(area("1", unit("A", must=True)), area("2", unit("B", must=True)), name="Areas")
    towards = qualification(group(areas, unit("C", must=True)), {"A": 9, "B": 10, "C": 10})
    assert accumulate(towards, Held.of({"C": 10})).missing == ("Areas is compulsory and missing. The cheapest way: A.",)


def test_a_complete_record_misses_nothing_and_adds_nothing() -> None:
    progress = accumulate(TOWARDS, Held.of({"A": 15, "B": 5, "C": 5, "D": 6}))
    assert progress.complete
    assert progress.missing == ()
    assert progress.completion is not None
    assert (progress.completion.points, progress.completion.add) == (Decimal(0), ())


def test_each_piece_is_told_where_it_counts_or_why_not() -> None:
    progress = accumulate(TOWARDS, Held.of({"A": 15, "B": 5, "C": 5, "D": 6, "X": 3}, [10, 4]))
    why = {(one.piece.code, one.piece.points): one.why for one in progress.units}
    assert why["A", Decimal(15)] == "counts in: Core"
    assert why["X", Decimal(3)].startswith("the qualification does not list this unit")
    assert len(progress.units) == 7
    assert {one.piece.code for one in progress.units if one.place} >= {"A", "B"}


def test_a_piece_that_is_not_needed_is_told_which_group_is_full() -> None:
    towards = qualification(group(group(unit("A"), name="Small", points=window(None, 5)), slot(5, id="s"),
                                  count=exactly(1)), {"A": 5})  # fmt: skip
    progress = accumulate(towards, Held.of({"A": 5}, [7]))
    assert {one.why for one in progress.units} == {
        "counts in: s",
        "not used: the groups that could take it are not chosen, or full",
    }
    full = qualification(group(group(unit("A"), unit("B"), name="One", points=window(5, 5), count=exactly(1))))
    reasons = [one.why for one in accumulate(full, Held.of({"A": 5, "B": 6})).units if one.place is None]
    assert reasons == ["not needed: “One” has its 5 points"]


def test_rules_that_nothing_completes_say_so() -> None:
    towards = qualification(group(unit("A"), points=exactly(11)))
    progress = accumulate(towards, Held.of({"A": 10}))
    assert progress.complete is False
    assert progress.missing == ("No selection of units and open credit completes this by its rules.",)
    assert progress.completion is None


def test_an_overlay_that_is_short_is_named_by_its_title() -> None:
    overlay = Overlay(which=Which(level_from=4), points=window(5), id="l4", title=LangString.of(en="Points at level 4"))
    towards = qualification(group(unit("A"), slot(id="s")), overlays=(overlay,))
    assert accumulate(towards, Held.of({"A": 10})).missing == ("Points at level 4: 0 of 5 points.",)


def test_rules_without_points_count_parts_only() -> None:
    towards = qualification(group(unit("A", must=True), unit("B"), unit("C"), name="All", count=exactly(2)),
                            dict.fromkeys("ABC"))  # fmt: skip
    progress = accumulate(towards, Held.of({"B": 0}))
    assert progress.counted_points is None
    assert progress.completion is not None
    assert progress.completion.points is None
    assert [one.piece.code for one in progress.completion.add] == ["A"]
