"""Bad input gets a finding or a reasoned refusal, and always an answer in the time given."""

from datetime import date
from decimal import Decimal

import pytest

from core.credit.accumulation.trees import exactly, group, qualification, slot, unit, window
from ecvet.correspondence.equivalence import Equivalence, Ground
from ecvet.credit.accumulation import Held, Piece, accumulate
from ecvet.credit.accumulation.errors import TreeUnusable
from ecvet.credit.accumulation.prove import prove
from ecvet.qualification.combination import Group
from ecvet.qualification.lint import lint
from ecvet.qualification.requirements import DoubleCount
from ecvet.terms import Finding, Identifier, LangString, Period

ON = date(2025, 6, 1)


def found(root: Group, sizes: dict[str, object] | None = None, **across: object) -> list[Finding]:
    return list(lint(qualification(root, sizes, **across), prover=prove))


def endless(*, broad: bool) -> Group:
    """A tree that goes round in a circle, as no reader of files makes it."""
    root = group(group(unit("A"), name="inner"), name="root")
    inner = root.children[0]
    assert isinstance(inner, Group)
    object.__setattr__(inner, "children", (root, root) if broad else (root,))
    return root


@pytest.mark.parametrize("broad", [False, True])
def test_a_tree_that_goes_round_in_a_circle_is_refused_and_found(broad: bool) -> None:
    towards = qualification(endless(broad=broad), {"A": 10})
    with pytest.raises(TreeUnusable, match="more than"):
        accumulate(towards, Held())
    assert [(one.rule, one.subject) for one in lint(towards, prover=prove)] == [("R-COMP-2", "tree")]


def test_bounds_that_contradict_each_other_are_found() -> None:
    inner = group(unit("A"), unit("B"), name="inner", points=window(None, 10))
    findings = found(group(inner, points=window(15)))
    assert {one.rule for one in findings} == {"R-COMP-7"}
    assert any("infeasible" in one.sentence for one in findings)
    assert any("gives at most" in one.sentence or "give at most" in one.sentence for one in findings)
    assert accumulate(qualification(group(inner, points=window(15))), Held.of({"A": 10})).complete is False


def test_missing_points_are_found() -> None:
    findings = found(group(unit("A", must=True), points=exactly(10)), {"A": None})
    assert any("has no points" in one.sentence for one in findings)


@pytest.mark.parametrize(
    ("groups", "word"),
    [(("g", "nowhere"), "Unresolved reference"), (("g", "inner"), "inside the other"), (("g",), "fewer than two")],
)
def test_rules_of_double_counting_that_cannot_be_are_found(groups: tuple[str, ...], word: str) -> None:
    root = group(group(unit("A"), group(unit("B"), name="inner"), name="g", points=window(10)), name="root")
    findings = found(root, double_counts=(DoubleCount(groups=groups),))
    assert any(word in one.sentence for one in findings)


def test_an_equivalence_that_names_unknown_units_changes_nothing_and_is_told() -> None:
    def equivalence(from_: str, to: str) -> Equivalence:
        return Equivalence(
            from_=frozenset({Identifier(from_)}), to=frozenset({Identifier(to)}), valid=Period(ON), on=ON,
            by=Identifier("https://board.example/"), ground=Ground.AGREEMENT, reason=LangString.of(en="said so"),
        )  # fmt: skip

    mine, stray = "https://abroad.example/X", "https://abroad.example/unknown"
    held = Held(units=(Piece(code="X", points=Decimal(5), unit=Identifier(mine)),))
    towards = qualification(group(unit("A", must=True)))
    unknown = [equivalence(stray, "https://board.example/units/A"), equivalence(mine, stray)]
    progress = accumulate(towards, held, equivalences=unknown, on=ON)
    assert progress.complete is False
    assert f"an equivalence turns it into {stray}, which is not listed either" in progress.units[0].why


def test_a_hundred_thousand_pieces_get_an_answer() -> None:
    towards = qualification(group(unit("A", must=True), slot(5, 500), points=window(10)))
    many = Held.of({**{f"X{n}": 5 for n in range(50_000)}, "A": 5}, [n % 40 for n in range(50_000)])
    progress = accumulate(towards, many)
    assert (progress.complete, progress.counted_points) == (True, Decimal(505))
    assert len(progress.units) == 100_001


def test_a_code_that_is_held_twice_counts_once() -> None:
    towards = qualification(group(slot(), points=window(10)))
    twice = Held(other=(Piece(code="X", points=Decimal(5)), Piece(code="X", points=Decimal(5))))
    progress = accumulate(towards, twice)
    assert (progress.complete, progress.undecided) == (False, ())
