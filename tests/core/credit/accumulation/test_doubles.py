"""Double counting: a relation between two requirements, in which a unit counts towards both and, above both, once."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.credit.accumulation.trees import exactly, group, qualification, slot, unit, window
from ecvet.credit.accumulation import Held, Piece, Placement, accumulate
from ecvet.credit.accumulation.check import Checker
from ecvet.credit.accumulation.errors import TreeUnusable
from ecvet.qualification.combination import Group
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import S1
from ecvet.qualification.requirements import Barred, Common, DoubleCount, Overlay, WeightedAverage, Which

BOTH = DoubleCount(groups=("g", "h"))
CORE = group(unit("A", id="ga"), unit("B", id="gb"), name="g", points=window(10))
MAJOR = group(unit("A", id="ha"), unit("C", id="hc"), name="h", points=window(10))


def towards(*rules: DoubleCount, points: int | None = None, **across: object) -> Qualification:
    root = group(CORE, MAJOR, points=None if points is None else window(points))
    return qualification(root, double_counts=rules, **across)


def test_a_unit_counts_in_two_groups_only_where_their_rule_says_so() -> None:
    held = Held.of({"A": 10})
    assert accumulate(towards(), held).complete is False
    progress = accumulate(towards(BOTH), held)
    assert (progress.complete, progress.undecided) == (True, ())
    assert {one.place for one in progress.placements} == {"ga", "ha"}
    assert [one.also for one in progress.placements].count(1) == 1
    assert progress.units[0].why in ("counts in: g, h", "counts in: h, g")


def test_what_counts_in_two_groups_counts_once_above_them_unless_the_rule_says_from_each() -> None:
    each = replace(BOTH, common=Common.EACH)
    assert accumulate(towards(BOTH), Held.of({"A": 10})).counted_points == Decimal(10)
    assert accumulate(towards(each), Held.of({"A": 10})).counted_points == Decimal(20)
    assert accumulate(towards(BOTH, points=15), Held.of({"A": 10})).complete is False
    assert accumulate(towards(each, points=15), Held.of({"A": 10})).complete
    assert accumulate(towards(BOTH, points=15), Held.of({"A": 10, "B": 5})).complete


def test_a_unit_cut_off_in_one_group_gives_its_points_up_from_the_other() -> None:
    root = group(replace(CORE, points=exactly(5)), MAJOR, points=window(10))
    progress = accumulate(qualification(root, double_counts=(BOTH,)), Held.of({"A": 10}))
    assert (progress.complete, progress.counted_points) == (True, Decimal(10))
    assert (progress.groups["g"], progress.groups["h"]) == (Decimal(5), Decimal(10))


def test_a_cap_below_the_sharing_group_cuts_what_goes_up_as_well() -> None:
    inner = group(unit("A"), unit("D"), name="inner", points=window(None, 12))
    root = group(group(inner, name="g", points=window(10)), MAJOR)
    progress = accumulate(qualification(root, double_counts=(BOTH,)), Held.of({"A": 10, "C": 10, "D": 10}))
    assert progress.counted_points == Decimal(30), "A goes up from h, so that only D needs room in the inner group"


def test_how_much_two_groups_share_can_be_bounded() -> None:
    root = group(replace(CORE, points=window(20)), group(unit("A"), unit("B"), name="h", points=window(20)))
    held = Held.of({"A": 10, "B": 10})

    def verdict(rule: DoubleCount) -> bool | None:
        return accumulate(qualification(root, double_counts=(rule,)), held).complete

    assert verdict(BOTH)
    assert verdict(replace(BOTH, units=window(None, 2), points=window(None, 20)))
    assert verdict(replace(BOTH, units=window(None, 1))) is False
    assert verdict(replace(BOTH, points=window(None, 19))) is False


def test_more_than_two_groups_share_a_unit_only_by_a_rule_that_names_them_all() -> None:
    root = group(CORE, MAJOR, group(unit("A"), name="k", points=window(10)))
    pairs = (BOTH, DoubleCount(groups=("h", "k")), DoubleCount(groups=("g", "k")))
    assert accumulate(qualification(root, double_counts=pairs), Held.of({"A": 10})).complete is False
    every = DoubleCount(groups=("g", "h", "k"))
    progress = accumulate(qualification(root, double_counts=(every,)), Held.of({"A": 10}))
    assert (progress.complete, progress.counted_points) == (True, Decimal(10))


def test_over_the_whole_selection_a_shared_unit_is_one() -> None:
    held = Held(units=(Piece(code="A", points=Decimal(10), level=3, grade="3"),))
    level = Overlay(which=Which(level_from=3), points=window(None, 10), count=window(None, 1))
    across = {"overlays": (level,), "averages": (WeightedAverage(at_least=Decimal(3)),)}
    assert accumulate(towards(BOTH, barred=(Barred(units=("A", "B")),), **across), held).complete
    counted = qualification(group(CORE, MAJOR, units=window(2)), double_counts=(BOTH,))
    assert accumulate(counted, held).complete is False


def test_the_cheapest_completion_uses_what_may_count_twice() -> None:
    completion = accumulate(towards(BOTH), Held()).completion
    assert completion is not None
    assert (completion.points, [one.piece.code for one in completion.add]) == (Decimal(10), ["A"])
    assert len(completion.placements) == 2


def test_an_added_unit_of_variable_size_has_one_size_in_both_groups() -> None:
    found = qualification(group(CORE, replace(MAJOR, points=window(18))), {"A": (0, 25), "B": 10, "C": 30},
                          double_counts=(BOTH,))  # fmt: skip
    completion = accumulate(found, Held()).completion
    assert completion is not None
    assert {one.piece.points for one in completion.placements} == {Decimal(18)}
    assert completion.points == Decimal(18)


def test_other_credit_with_a_code_may_stand_in_two_slots_and_without_one_in_one() -> None:
    root = group(group(slot(), name="g", points=window(5)), group(slot(), name="h", points=window(5)))
    found = qualification(root, {}, double_counts=(BOTH,))
    assert accumulate(found, Held(other=(Piece(code="X", points=Decimal(5)),))).complete
    assert accumulate(found, Held(other=(Piece(points=Decimal(5)),))).complete is False


@pytest.mark.parametrize(
    ("root", "why"),
    [
        (group(CORE), "“h”, which is none of its groups"),
        (group(replace(CORE, children=(*CORE.children, MAJOR))), "one lies inside the other"),
    ],
)
def test_groups_that_cannot_share_are_refused_with_the_reason(root: Group, why: str) -> None:
    with pytest.raises(TreeUnusable, match=why):
        accumulate(qualification(root, double_counts=(BOTH,)), Held())


def test_the_check_refuses_what_the_rule_does_not_allow() -> None:
    piece = Piece(code="A", points=Decimal(10))
    main, also = Placement(place="ga", piece=piece), Placement(place="ha", piece=piece, also=1)
    checker, held = Checker(towards(BOTH), S1), Held.of({"A": 10, "C": 10})

    def wrong(*placements: Placement) -> set[str]:
        return {one.what for one in checker.check(placements, held).broken}

    assert wrong(main, also) == set()
    assert "counted-twice-or-not-held" in wrong(main, replace(also, also=0))
    assert "counted-twice-or-not-held" in wrong(also)
    assert "counted-twice-or-not-held" in wrong(main, also, also)
    assert "counted-twice-or-not-held" in wrong(main, replace(also, piece=replace(piece, points=Decimal(20))))
    assert "counted-twice-or-not-held" in wrong(main, replace(also, place="nowhere"))
    other = Placement(place="hc", piece=Piece(code="C", points=Decimal(10)))
    assert "wrong-unit" in wrong(main, replace(other, piece=piece, also=1))
    few = Checker(towards(replace(BOTH, units=window(None, 0), points=window(None, 9))), S1)
    assert {one.what for one in few.check((main, also), held).broken} == {"shared-over", "shared-points-over"}
