"""The quick ways against the solver, which they may spare but never contradict; and the verdict by itself."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given

from core.credit.accumulation.test_against_brute_force import SIZES, SLOW, holdings, trees
from core.credit.accumulation.trees import area, exactly, group, qualification, slot, unit, window
from ecvet.credit.accumulation import Held, accumulate, search, verdict
from ecvet.credit.accumulation.compile import compiled
from ecvet.credit.accumulation.decision import NOT_AT_ONCE, Decision
from ecvet.credit.accumulation.errors import TreeUnusable
from ecvet.credit.accumulation.quick import quick
from ecvet.credit.accumulation.solve import Outcome
from ecvet.qualification.combination import Group
from ecvet.qualification.qualification import Qualification


def by_solver(towards: Qualification, held: Held) -> tuple[bool, Decimal]:
    """The verdict and the counted points of the programme of whole numbers alone."""
    decision = Decision(compiled(towards), held, (), (), None, 20.0)
    outcome, placements = decision.best(adding=False)
    assert outcome is not Outcome.UNKNOWN
    return outcome is Outcome.OPTIMAL, decision.check(placements).counted.get(decision.tree.ids[0], Decimal(0))


@pytest.mark.rule("R-COMP-5", "R-COMP-6")
@SLOW
@given(trees, holdings)
def test_the_quick_ways_never_contradict_the_solver(root: Group, held: Held) -> None:
    towards = qualification(root, SIZES)
    decision = Decision(compiled(towards), held, (), (), None, 20.0)
    easy = quick(decision.tree, decision.supply, ())
    assume(easy.failed or easy.placements)
    complete, counted = by_solver(towards, held)
    if easy.failed:
        assert not complete
    else:
        check = decision.check(easy.placements)
        assert (complete, check.broken, check.counted[decision.tree.ids[0]]) == (True, [], counted)


AREAS = group(area("1", unit("A"), unit("B"), points=exactly(20)), area("2", unit("B"), unit("C"), points=exactly(20)))
TOWARDS = qualification(group(AREAS, slot(id="s"), points=exactly(30)))


@pytest.mark.rule("R-COMP-14")
@pytest.mark.parametrize(
    ("held", "why"),
    [
        (Held.of({"A": 10, "B": 10, "C": 10}), "Qualification: 20 of 30 points."),
        (Held.of({"A": 10, "C": 10}, [30]), "1: 0 of 1 alternatives are chosen."),
        (Held(), "Qualification: 0 of 30 points."),
    ],
)
def test_every_no_has_its_reason(held: Held, why: str) -> None:
    found = verdict(TOWARDS, held)
    assert (found.complete, found.placements, found.counted_points) == (False, (), None)
    assert found.why == (why,)


def test_a_no_that_only_a_search_proves_says_that_not_all_is_met_at_once() -> None:
    halves = [group(*map(unit, "ABC"), name=name, points=window(15)) for name in ("left", "right")]
    towards = qualification(group(*halves))
    assert verdict(towards, Held.of(dict.fromkeys("ABC", 10))).why == (NOT_AT_ONCE,)
    assert verdict(towards, Held.of({"A": 10, "B": 5, "C": 15})).complete


def test_without_steps_for_the_search_the_solver_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "STEPS", 0)
    sizes = {"A": 7, "B": 6, "C": 5, "D": 4, "E": 4, "F": 4}
    halves = [group(*map(unit, sizes), name=name, points=exactly(15)) for name in ("left", "right")]
    towards = qualification(group(*halves), sizes)
    assert verdict(towards, Held.of(sizes)).complete
    assert verdict(towards, Held.of({**sizes, "F": 3})).complete is False


def test_the_verdict_is_that_of_the_explanation_and_knows_no_order() -> None:
    held = Held.of({"A": 10, "B": 10}, [4, 6, 6])
    progress, found = accumulate(TOWARDS, held), verdict(TOWARDS, held)
    assert (found.complete, found.counted_points, found.groups) == (True, progress.counted_points, progress.groups)
    assert verdict(TOWARDS, replace(held, units=held.units[::-1], other=held.other[::-1])) is found
    assert verdict(TOWARDS, replace(held, other=held.other[:2])) is not found


def test_groups_in_groups_without_end_are_refused() -> None:
    root = group(unit("A"))
    for _ in range(2_000):
        root = group(root)
    with pytest.raises(TreeUnusable):
        verdict(qualification(root, {"A": 10}), Held())
