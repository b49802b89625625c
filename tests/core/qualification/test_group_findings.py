"""Bounds of a group that no choice of its parts can meet, or that every choice meets, are found by name."""

from typing import Any

import pytest

from core.credit.accumulation.trees import area, exactly, group, qualification, slot, unit, window
from ecvet.credit.accumulation.prove import prove
from ecvet.qualification.combination import Group
from ecvet.qualification.lint import lint
from ecvet.terms import Severity


def found(inner: Group, sizes: Any = None) -> list[tuple[str, Severity, str]]:
    """What is found of a group that stands beside another in a whole of two."""
    rules = qualification(group(inner, unit("Z", must=True), count=window(2), name="whole"), sizes)
    return [(one.rule, one.severity, one.sentence) for one in lint(rules) if one.subject == inner.id]


@pytest.mark.rule("R-COMP-7")
@pytest.mark.parametrize(
    ("inner", "words"),
    [
        (group(unit("A"), unit("B"), name="g", count=window(3)), "needs 3 parts, but has 2 at most"),
        (group(unit("A"), group(unit("A"), unit("B")), name="g", units=window(3)), "needs 3 units"),
        (group(area("1", unit("A")), unit("B"), name="g", choose=window(2)), "asks for 2 choices"),
    ],
)
def test_a_minimum_that_the_parts_cannot_reach(inner: Group, words: str) -> None:
    ((rule, severity, sentence),) = found(inner)
    assert (rule, severity) == ("R-COMP-7", Severity.ERROR)
    assert words in sentence


@pytest.mark.rule("R-COMP-7")
def test_an_alternative_that_nobody_can_choose_is_found_though_the_whole_can_be_completed() -> None:
    dead, living = area("1", unit("A"), unit("B"), count=window(3)), area("2", unit("C", must=True))
    towards = qualification(group(group(dead, living, choose=exactly(1), name="areas"), points=exactly(10)), total=10)
    errors = [one.subject for one in lint(towards, prover=prove) if one.severity is Severity.ERROR]
    assert errors == ["area-1"]


@pytest.mark.rule("R-COMP-6")
@pytest.mark.parametrize(
    "inner",
    [
        group(unit("A", must=True), unit("B"), name="g", points=window(10)),
        group(unit("A", must=True), unit("B"), name="g", points=window(5, 20)),
        group(unit("A", must=True), unit("B"), name="g", count=window(1)),
    ],
)
def test_a_minimum_that_the_compulsory_parts_always_give_is_vacuous(inner: Group) -> None:
    ((rule, severity, sentence),) = found(inner)
    assert (rule, severity) == ("R-COMP-6", Severity.WARNING)
    assert "vacuous" in sentence


@pytest.mark.parametrize(
    ("inner", "sizes"),
    [
        (group(unit("A", must=True), unit("B", must=True), name="g", points=exactly(20)), None),
        (group(unit("A", must=True), unit("B"), name="g", points=window(15)), None),
        (group(unit("A", must=True), unit("B"), name="g", points=exactly(10)), None),
        (group(unit("A", must=True), unit("B"), name="g", count=window(2)), None),
        (group(unit("A"), unit("B"), slot(), name="g", units=window(9)), None),
        (group(area("1", unit("A")), area("2", unit("B")), name="g", choose=exactly(1)), None),
        (group(unit("A", must=True), unit("B"), name="g", count=window(0, 2)), None),
    ],
)
def test_a_bound_with_a_meaning_is_not_found(inner: Group, sizes: Any) -> None:
    assert found(inner, sizes) == []
