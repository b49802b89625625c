"""Rules of combination as values: windows, the walk through the tree, and the two understandings of unmarked groups."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.credit.accumulation.trees import area, exactly, group, slot, unit, window
from ecvet.qualification.ambiguity import unmarked_alternatives, with_marked_alternatives
from ecvet.qualification.combination import Combination, Group, OpenSlot, Role, Surplus, UnitPlace, Window, walk
from ecvet.qualification.requirements import Barred, DoubleCount, NonUnitRequirement, Overlay, WeightedAverage, Which
from ecvet.qualification.tree_errors import WindowContradictory
from ecvet.record.values import plain, value
from ecvet.terms import LangString, NotPoints


@pytest.mark.rule("R-COMP-2")
def test_a_window_includes_its_bounds_and_is_exact() -> None:
    assert Decimal("0.3") in window("0.1", "0.3")
    assert Decimal("0.300000001") not in window("0.1", "0.3")
    assert Decimal(0) not in window(1, None)
    assert Decimal(10**9) in window(1, None)


@pytest.mark.rule("R-COMP-2")
def test_a_window_that_contains_nothing_or_a_binary_float_is_refused() -> None:
    with pytest.raises(WindowContradictory, match="from 3 to 2 contains nothing"):
        window(3, 2)
    with pytest.raises(NotPoints):
        Window(0.1)  # type: ignore[arg-type]
    with pytest.raises(NotPoints):
        window(-1)


@pytest.mark.parametrize(
    ("bounds", "words"),
    [((5, 5), "exactly 5"), ((5, None), "at least 5"), ((None, 5), "at most 5"), ((5, 15), "5 to 15")],
)
def test_a_window_speaks(bounds: tuple[int | None, int | None], words: str) -> None:
    assert str(window(*bounds)) == words


def test_a_node_is_named_by_its_id_or_by_its_position() -> None:
    root = group(unit("A"), group(unit("B"), unit("C", id="sea")), slot())
    assert [(one.id, one.parent, one.depth) for one in walk(root)] == [
        ("0", None, 0), ("1", "0", 1), ("2", "0", 1), ("2.1", "2", 2), ("sea", "2", 2), ("3", "0", 1)]  # fmt: skip


def test_a_deep_tree_is_walked_without_recursion() -> None:
    root = group(unit("A"))
    for _ in range(3000):
        root = Group(children=(root,))
    assert sum(1 for _ in walk(root)) == 3002


@pytest.mark.rule("R-COMP-2")
def test_rules_of_every_kind_are_written_and_read_back_equal() -> None:
    rules = Combination(
        root=group(
            area("1525", unit("A", must=True, points=window(0, 25)), title=LangString.of(fi="Ala")),
            group(slot(5, 15, accepts=("local-unit",), count=exactly(1)), surplus=Surplus.FORBID, choose=exactly(1)),
            points=exactly("7.5"), count=window(1), units=window(None, 3),
        ),
        overlays=(Overlay(which=Which(level_from=3, origins=("U",), recognised=False), share=window("0.25")),),
        barred=(Barred(units=("A", "B")),),
        non_unit=(NonUnitRequirement(code="work", amount=Decimal(200), measure="hours"),),
        averages=(WeightedAverage(at_least=Decimal("3.5")),),
        double_counts=(DoubleCount(groups=("g", "h")),),
    )  # fmt: skip
    assert value(Combination, plain(rules)) == rules
    kinds = {node["kind"] for node in plain(rules)["root"]["children"]}  # type: ignore[index, call-overload, union-attr]
    assert kinds == {"group"}


@pytest.mark.rule("R-COMP-4")
def test_choosing_roles_make_alternatives_and_others_do_not() -> None:
    assert {role for role in Role if role.chooses} == {Role.AREA, Role.TITLE, Role.BRANCH}


UNMARKED = Combination(root=group(group(unit("A", must=True), name="one"), group(unit("B", must=True), name="two")))


@pytest.mark.rule("R-COMP-4")
def test_boundless_groups_that_each_compel_a_unit_are_unmarked_alternatives() -> None:
    assert unmarked_alternatives(UNMARKED) == ("0",)
    marked = with_marked_alternatives(UNMARKED)
    assert [child.role for child in marked.root.children if isinstance(child, Group)] == [Role.BRANCH, Role.BRANCH]
    assert marked.root.choose == exactly(1)
    assert unmarked_alternatives(marked) == ()


@pytest.mark.rule("R-COMP-4")
@pytest.mark.parametrize(
    "root",
    [
        group(group(unit("A", must=True)), group(unit("B", must=True), compulsory=True)),
        group(group(unit("A", must=True)), group(unit("B", must=True)), count=exactly(2)),
        group(group(unit("A", must=True)), group(unit("B", must=True), points=exactly(5))),
        group(group(unit("A", must=True)), group(unit("B"), unit("C"))),
        group(area("1", unit("A", must=True)), area("2", unit("B", must=True))),
    ],
)
def test_groups_that_say_what_is_meant_are_left_alone(root: Group) -> None:
    rules = Combination(root=root)
    assert unmarked_alternatives(rules) == ()
    assert with_marked_alternatives(rules) == rules


@given(st.lists(st.sampled_from("ABC"), max_size=6))
def test_each_unit_is_named_once_in_the_order_of_the_tree(codes: list[str]) -> None:
    rules = Combination(root=Group(children=(*(UnitPlace(unit=code) for code in codes), OpenSlot())))
    assert rules.units == tuple(dict.fromkeys(codes))
    assert rules.total is None
