"""The cheapest completion by reckoning, against the solver, which it may spare but never contradict."""

from decimal import Decimal

import pytest
from hypothesis import assume, given

from core.credit.accumulation.test_against_brute_force import SIZES, SLOW, holdings, trees
from core.credit.accumulation.trees import area, exactly, group, qualification, slot, unit, window
from ecvet.credit.accumulation import Held, Placement, complete
from ecvet.credit.accumulation.cheapest import cheapest, with_rest
from ecvet.credit.accumulation.compile import compiled
from ecvet.credit.accumulation.decision import Decision
from ecvet.credit.accumulation.solve import Outcome
from ecvet.qualification.combination import Group
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import STRICT


def added(placements: tuple[Placement, ...]) -> list[Decimal]:
    return [one.piece.points or Decimal(0) for one in placements if one.added]


def cost(decision: Decision, placements: tuple[Placement, ...]) -> Decimal | int:
    """Points to add; pieces, where the rules know no points."""
    found = added(placements)
    return sum(found, Decimal(0)) if decision.tree.has_points else len(found)


def agrees_with_the_solver(towards: Qualification, held: Held) -> None:
    decision = Decision(compiled(towards), held, (), (), None, 20.0)
    outcome, placements = cheapest(decision.tree, decision.supply, ())
    assume(outcome is not Outcome.UNKNOWN)
    other, theirs = decision.best(adding=True)
    assert outcome is other
    if outcome is Outcome.OPTIMAL:
        for some in (placements, with_rest(decision.tree, decision.supply, placements)):
            assert decision.check(some).broken == []
            assert cost(decision, some) == cost(decision, theirs)


@pytest.mark.rule("R-COMP-14")
@SLOW
@given(trees, holdings)
def test_reckoning_never_contradicts_the_solver(root: Group, held: Held) -> None:
    agrees_with_the_solver(qualification(root, SIZES), held)


@SLOW
@given(trees, holdings)
def test_nor_where_there_are_no_points(root: Group, held: Held) -> None:
    bare = Held.of(dict.fromkeys((unit.code for unit in held.units), 0), [0] * len(held.other))
    agrees_with_the_solver(qualification(root, {}), bare)


HALVES = qualification(
    group(*(group(*map(unit, "ABCD"), slot(1, 4, id=f"{side} s"), name=side, points=window(12)) for side in ("l", "r")),
          points=exactly(24)),
    {"A": 5, "B": 4, "C": 6, "D": 3},
)  # fmt: skip


def test_a_unit_that_fits_in_two_places_is_settled_in_one() -> None:
    found = complete(HALVES, Held.of({"A": 5, "B": 4, "C": 6}))
    assert found is not None
    assert found.points == 9
    assert sorted(one.piece.code for one in found.placements if one.piece.code) == ["A", "B", "C", "D"]


def test_credit_of_half_points_is_reckoned_in_half_points_and_added_in_whole_ones() -> None:
    towards = qualification(group(unit("A"), slot(id="s"), points=window(10)), {"A": "2.5"})
    found = complete(towards, Held.of({"A": "2.5"}, ["1.5"]))
    assert found is not None
    assert (found.points, added(found.placements)) == (Decimal(6), [Decimal(6)])


def test_a_declared_area_is_completed_though_another_is_cheaper() -> None:
    areas = group(area("1", unit("A"), points=exactly(5)), area("2", unit("B"), unit("C"), points=exactly(10)))
    towards = qualification(areas, {"A": 5, "B": 5, "C": 5})
    free, chosen = complete(towards, Held()), complete(towards, Held(), declared=("2",))
    assert free is not None
    assert chosen is not None
    assert (free.points, chosen.points) == (5, 10)


def test_forbidden_surplus_is_never_completed_beyond() -> None:
    towards = qualification(group(unit("A"), unit("B"), slot(1, 3, id="s"), points=exactly(9)), {"A": 5, "B": 6})
    capped, strict = complete(towards, Held.of({"A": 5})), complete(towards, Held.of({"A": 5}), reading=STRICT)
    assert capped is not None
    assert capped.points == 6
    assert strict is not None, "without the unit that is held, which would be too much"
    assert (strict.points, sorted(added(strict.placements))) == (9, [Decimal(3), Decimal(6)])


def test_credit_finer_than_the_plan_never_stands_where_it_would_be_too_much() -> None:
    root = group(unit("A", must=True), slot(id="s"), points=exactly(10))
    found = complete(qualification(root, {"A": 10}), Held.of({}, ["0.001"]), reading=STRICT)
    assert found is not None
    assert [one.piece.code for one in found.placements] == ["A"]


def test_what_is_held_besides_stands_in_the_completion_where_it_can() -> None:
    extra = group(slot(id="m"), name="extension")
    towards = qualification(group(unit("A", must=True), extra, points=exactly(10)), {"A": 10})
    found = complete(towards, Held.of({}, [5]))
    assert found is not None
    assert [(one.place, one.added) for one in found.placements if not one.piece.code] == [("m", False)]
