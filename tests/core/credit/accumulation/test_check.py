"""The independent check refuses every selection that is not allowed: whatever the engine may get wrong."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from core.credit.accumulation.trees import area, exactly, group, qualification, slot, unit, window
from ecvet.credit.accumulation import Held, Piece, Placement, accumulate, decision
from ecvet.credit.accumulation.check import Checker
from ecvet.credit.accumulation.quick import Quick
from ecvet.credit.accumulation.solve import Outcome
from ecvet.qualification.combination import Surplus
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import S1, STRICT, Reading
from ecvet.qualification.requirements import (
    Barred,
    Corequisite,
    Overlay,
    Prerequisite,
    WeightedAverage,
    Which,
)

ROOT = group(
    group(unit("A", must=True, id="a"), unit("B", id="b"), name="core", points=exactly(20)),
    group(
        unit("B", id="b2"), unit("C", id="c"), slot(3, 10, id="s", accepts=("local",)), name="free", points=window(10)
    ),
    name="root",
    points=exactly(30),
)
HELD = Held.of({"A": 10, "B": 10, "C": 5}, [5])


def at(place: str, code: str, points: int = 10, **more: object) -> Placement:
    return Placement(place=place, piece=Piece(code=code, points=Decimal(points), **more))  # type: ignore[arg-type]


GOOD = (at("a", "A"), at("b", "B"), at("c", "C", 5), at("s", "", 5))


def wrong(
    placements: Sequence[Placement], towards: Qualification | None = None, held: Held = HELD, reading: Reading = S1
) -> set[tuple[str, str]]:
    check = Checker(towards or qualification(ROOT), reading).check(tuple(placements), held)
    return {(one.subject, one.what) for one in check.broken}


def test_an_allowed_selection_passes_with_its_counted_points() -> None:
    check = Checker(qualification(ROOT), S1).check(GOOD, HELD)
    assert check.broken == []
    assert check.counted == {"core": Decimal(20), "free": Decimal(10), "s": Decimal(5), "root": Decimal(30)}


@pytest.mark.rule("R-COMP-5", "R-COMP-6")
@pytest.mark.parametrize(
    ("placements", "fact"),
    [
        (GOOD[:3], ("free", "points-short")),
        (GOOD[1:], ("a", "compulsory")),
        ((*GOOD, at("b2", "B")), ("B", "counted-twice-or-not-held")),
        ((*GOOD[:3], at("s", "", 6)), ("6", "counted-twice-or-not-held")),
        ((*GOOD[:3], at("c", "D", 5)), ("c", "wrong-unit")),
        ((*GOOD[:3], at("c", "D", 5)), ("D", "counted-twice-or-not-held")),
        ((*GOOD, at("nowhere", "")), ("nowhere", "counted-twice-or-not-held")),
        (GOOD[:2], ("free", "compulsory")),
        ((), ("root", "compulsory")),
    ],
)
def test_what_is_not_allowed_is_refused(placements: Sequence[Placement], fact: tuple[str, str]) -> None:
    assert fact in wrong(placements)


def test_counts_choices_and_sizes_are_checked() -> None:
    root = group(area("1", unit("A", id="a")), area("2", unit("B", id="b")), name="root", count=exactly(1))
    both = (at("a", "A"), at("b", "B"))
    assert wrong(both, qualification(root)) >= {("root", "count-over"), ("root", "choice-over")}
    sized = qualification(group(unit("A", id="a", points=window(11))), {"A": (5, 9)})
    assert wrong((at("a", "A"),), sized) == {("a", "size-short"), ("a", "size-over")}
    few = qualification(group(unit("A", id="a"), slot(id="s", count=exactly(2)), units=exactly(3), name="g"))
    assert wrong((at("a", "A"), at("s", "", 5)), few) == {("s", "count-short"), ("g", "units-short")}


def test_forbidden_surplus_and_kinds_are_checked() -> None:
    root = replace(ROOT, points=exactly(29), surplus=Surplus.FORBID)
    assert wrong(GOOD, qualification(root)) == {("root", "points-over")}
    assert wrong(GOOD, reading=STRICT) == {("s", "wrong-kind")}


def test_requirements_across_the_tree_are_checked() -> None:
    across = {
        "barred": (Barred(units=("A", "B")),),
        "prerequisites": (Prerequisite(unit="C", needs=("Z",)),),
        "corequisites": (Corequisite(units=("C", "Z")),),
        "averages": (WeightedAverage(at_least=Decimal(3)),),
        "overlays": (
            Overlay(which=Which(level_from=3), points=window(1), count=window(None, 0), id="level"),
            Overlay(which=Which(origins=("U",), subjects=("math",)), share=window("0.1", "0.333333333"), id="share"),
            Overlay(which=Which(recognised=True, units=("A",)), count=window(1)),
        ),
    }
    found = wrong(GOOD, qualification(ROOT, **across))
    assert found == {
        ("A / B", "barred"), ("C", "prerequisite"), ("C / Z", "corequisite"), ("average", "average"),
        ("level", "points-short"), ("level", "count-over"), ("share", "share-short"), ("share", "share-over"),
        ("overlay 3", "count-short"),
    }  # fmt: skip


def test_a_selection_that_the_check_refuses_becomes_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decision, "quick", lambda tree, supply, declared: Quick(placements=GOOD[1:]))
    monkeypatch.setattr(decision.Decision, "best", lambda self, *, adding: (Outcome.OPTIMAL, GOOD[1:]))
    progress = accumulate(qualification(ROOT), HELD)
    assert progress.complete is None
    assert "the check refused" in progress.undecided[0]
