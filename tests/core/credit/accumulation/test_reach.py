"""The picture of progress: what counts in each group of what it needs, exact, from the whole down."""

from decimal import Decimal

from ecvet.credit.accumulation import Progress, reach
from ecvet.qualification.combination import Combination, Group, UnitPlace, Window
from ecvet.terms import LangString

RULES = Combination(
    root=Group(
        id="whole",
        points=Window(Decimal(60)),
        children=(
            Group(id="core", title=LangString.of(en="Core"), points=Window(Decimal(45)), children=(
                UnitPlace(unit="A"), Group(id="loose", children=(
                    Group(id="deep", title=LangString.of(en="Deep"), points=Window(Decimal(3)),
                          children=(UnitPlace(unit="C"),)),
                )),
            )),
            Group(id="free", points=Window(None, Decimal(15)), children=(UnitPlace(unit="B"),)),
        ),
    )
)  # fmt: skip


def progress(**groups: int) -> Progress:
    counted = {name: Decimal(points) for name, points in groups.items()}
    return Progress(complete=False, reading="S1", counted_points=counted.get("whole"), groups=counted)


def test_each_group_says_what_counts_of_what_it_needs():
    (whole,) = reach(RULES, progress(whole=31, core=30))
    assert (whole.title, whole.reached, whole.needed) == (None, 31, 60)
    (core,) = whole.below
    assert str(core.title) == "Core"
    assert core.share == Decimal("66.7")
    assert not core.is_full


def test_groups_that_ask_for_no_points_are_passed_over_and_what_is_below_moves_up():
    (whole,) = reach(RULES, progress(whole=60, core=50, deep=3))
    (core,) = whole.below
    assert [str(one.title) for one in core.below] == ["Deep"]
    assert core.share == 100
    assert core.is_full
    assert core.below[0].is_full


def test_what_is_not_held_is_nothing_of_it():
    (whole,) = reach(RULES, progress(whole=0))
    assert whole.share == 0
    assert not whole.is_full


def test_without_points_there_is_no_picture():
    assert reach(RULES, progress()) == ()
