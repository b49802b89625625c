"""Requirements across the tree that ask for nothing, forbid nothing, or can be met by nobody, are found."""

from decimal import Decimal
from typing import Any

import pytest

from core.credit.accumulation.trees import exactly, group, qualification, slot, unit, window
from ecvet.credit.accumulation.prove import prove
from ecvet.qualification.lint import lint
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
from ecvet.terms import Finding, Severity

ROOT = group(unit("A"), unit("B"), unit("C"), unit("D"), points=exactly(20))
ERROR, WARNING = Severity.ERROR, Severity.WARNING


def only(**across: Any) -> Finding:
    """The one finding that the tree itself shows."""
    found = lint(qualification(ROOT, total=20, **across))
    assert len(found) == 1, found
    return found[0]


def overlay(which: Which | None = None, **windows: Any) -> Any:
    return {"overlays": (Overlay(which=which or Which(), id="upper", **windows),)}


@pytest.mark.rule("R-COMP-6", "R-COMP-7")
@pytest.mark.parametrize(
    ("across", "rule", "severity", "words"),
    [
        ({"barred": (Barred(units=("A", "B"), at_most=2),)}, "R-COMP-6", WARNING, "forbids nothing"),
        ({"barred": (Barred(units=("A", "A")),)}, "R-COMP-6", WARNING, "forbids nothing"),
        ({"barred": (Barred(units=()),)}, "R-COMP-6", WARNING, "forbids nothing"),
        ({"barred": (Barred(units=("A", "B"), at_most=-1),)}, "R-COMP-7", ERROR, "At most -1"),
        ({"corequisites": (Corequisite(units=("A",)),)}, "R-COMP-6", WARNING, "fewer than two units"),
        ({"prerequisites": (Prerequisite(unit="A", needs=()),)}, "R-COMP-6", WARNING, "names no unit"),
        ({"exemptions": (Exemption(unit="A"), Exemption(unit="A", nominal_points=True))}, "R-COMP-7", ERROR, "Two"),
        ({"minimum_grades": (MinimumGrade(grades=()),)}, "R-COMP-7", ERROR, "no grade that is enough"),
        ({"averages": (WeightedAverage(at_least=Decimal(6), best=Decimal(5)),)}, "R-COMP-7", ERROR, "best grade is 5"),
        ({"maximum_age": (MaximumAge(months=0),)}, "R-COMP-7", ERROR, "at most 0 months"),
        ({"non_unit": (NonUnitRequirement(code="work", amount=Decimal(0)),)}, "R-COMP-6", WARNING, "amount of 0"),
        (overlay(), "R-COMP-6", WARNING, "“upper” bounds nothing"),
        (overlay(points=window(0)), "R-COMP-6", WARNING, "bounds nothing"),
        (overlay(share=window("1.5")), "R-COMP-7", ERROR, "shares lie between 0 and 1"),
        (overlay(Which(level_from=5, level_to=4), points=window(5)), "R-COMP-7", ERROR, "levels from 5 to 4"),
        (overlay(points=window(21)), "R-COMP-7", ERROR, "no selection gives more than 20"),
        (overlay(Which(units=("A",)), points=window(15)), "R-COMP-7", ERROR, "no selection gives more than 10"),
        (overlay(Which(units=("A", "A")), count=window(2)), "R-COMP-7", ERROR, "needs 2 of 1 units"),
        (overlay(Which(units=("A", "N")), points=window(5)), "R-COMP-6", ERROR, "looks at unit N"),
    ],
)
def test_a_requirement_without_meaning_is_found(across: Any, rule: str, severity: Severity, words: str) -> None:
    found = only(**across)
    assert (found.rule, found.severity) == (rule, severity)
    assert words in found.sentence
    assert found.remedy


@pytest.mark.parametrize(
    "across",
    [
        {"barred": (Barred(units=("A", "B")), Barred(units=("A", "B", "C"), at_most=2))},
        {"corequisites": (Corequisite(units=("A", "B")),)},
        {
            "prerequisites": (
                Prerequisite(unit="A", needs=("B",)),
                Prerequisite(unit="B", needs=("C", "D"), any_of=True),
            )
        },
        {"exemptions": (Exemption(unit="A"), Exemption(unit="B"))},
        {"minimum_grades": (MinimumGrade(grades=("3",), units=("A",)),)},
        {"averages": (WeightedAverage(at_least=Decimal(3)),)},
        {"maximum_age": (MaximumAge(months=60),)},
        {"non_unit": (NonUnitRequirement(code="work", amount=Decimal(400), measure="hours"),)},
        overlay(Which(units=("A", "B")), points=window(15), count=window(2)),
        overlay(Which(level_from=3), points=window(20)),
        overlay(Which(recognised=True), share=window(None, "0.5")),
        overlay(Which(grades=("U",)), points=window(None, 0)),
    ],
)
def test_a_requirement_with_a_meaning_is_not(across: Any) -> None:
    assert lint(qualification(ROOT, total=20, **across)) == ()


@pytest.mark.rule("R-COMP-7")
def test_what_nothing_bounds_may_reach_any_overlay() -> None:
    root = group(unit("A", must=True), slot(id="s"), points=window(10))
    towards = qualification(root, overlays=(Overlay(which=Which(level_from=3), points=window(1000), id="much"),))
    assert not [one for one in lint(towards, prover=prove) if one.severity is ERROR]
