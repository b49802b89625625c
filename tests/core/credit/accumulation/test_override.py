"""Manual decisions: used openly, within their scope and time, with the verdict that stands without them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.credit.accumulation.trees import BOARD, group, qualification, slot, unit, window
from ecvet.credit.accumulation import Held
from ecvet.credit.accumulation.errors import OverrideWithoutBasis
from ecvet.credit.accumulation.override import Kind, Overridden, Override, accumulate_with
from ecvet.qualification.requirements import NonUnitRequirement, Overlay, Which
from ecvet.terms import LangString

ON = date(2025, 6, 1)
FREE = group(slot(5, 10, id="s"), name="Free", points=window(10))
TOWARDS = qualification(
    group(unit("A", must=True), unit("B", must=True), FREE, points=window(20)),
    overlays=(Overlay(which=Which(level_from=4), points=window(10), id="level 4"),),
    non_unit=(NonUnitRequirement(code="first-aid"),),
)
BARE = replace(TOWARDS, rules=replace(TOWARDS.rules, overlays=(), non_unit=()))


def override(subject: str, kind: Kind = Kind.WAIVE, **more: Any) -> Override:
    whole = {"by": BOARD, "on": date(2025, 1, 1), "reason": LangString.of(en="illness"), "legal_basis": "Act 1, § 2"}
    return Override(kind=kind, subject=subject, **(whole | more))


def decide(held: Held, *overrides: Override, on: date = ON, bare: bool = True) -> Overridden:
    return accumulate_with(BARE if bare else TOWARDS, held, overrides, on=on)


def test_a_waived_unit_counts_as_met_with_or_without_its_points_and_is_shown() -> None:
    held = Held.of({"A": 10}, [10])
    found = decide(held, override("B"))
    assert (found.progress.complete, found.without.complete, found.decisive) == (True, False, True)
    assert found.progress.counted_points == Decimal(20)
    assert decide(held, override("B", with_points=True)).progress.counted_points == Decimal(30)
    assert str(found.used[0]) == "B is waived, by https://board.example/ on 2025-01-01: illness (Act 1, § 2)"


def test_a_held_unit_is_accepted_in_the_place_of_another() -> None:
    held = Held.of({"A": 10, "X": 10}, [10])
    found = decide(held, override("B", Kind.ACCEPT, accepts="X", until=date(2025, 12, 31)))
    assert found.progress.complete
    assert "B is met by X" in str(found.used[0])
    assert ", until 2025-12-31" in str(found.used[0])
    assert decide(held, override("B", Kind.ACCEPT, accepts="Y")).unused
    assert decide(held, override("N", Kind.ACCEPT, accepts="X")).unused


@pytest.mark.parametrize("subject", ["Free", "3"])
def test_the_minima_of_a_group_are_waived(subject: str) -> None:
    held = Held.of({"A": 10, "B": 10})
    towards = BARE if subject == "Free" else replace(
        BARE, rules=replace(BARE.rules, root=replace(BARE.rules.root, children=(
            *BARE.rules.root.children[:2], replace(FREE, id="")))))  # fmt: skip
    found = accumulate_with(towards, held, [override(subject)], on=ON)
    assert (found.progress.complete, found.without.complete) == (True, False)


def test_requirements_across_the_tree_and_beside_units_are_waived() -> None:
    held = Held.of({"A": 10, "B": 10}, [10])
    one = decide(held, override("level 4"), bare=False)
    assert (one.progress.complete, one.decisive) == (False, False)
    both = decide(held, override("level 4"), override("first-aid"), bare=False)
    assert (both.progress.complete, len(both.used)) == (True, 2)


def test_what_is_not_in_force_or_names_nothing_is_told_and_not_used() -> None:
    held = Held.of({"A": 10}, [10])
    late = override("B", until=date(2025, 3, 1))
    early = override("B", on=date(2026, 1, 1))
    found = decide(held, late, early, override("nobody"))
    assert found.progress == found.without
    assert [why for _, why in found.unused] == [
        "it expired on 2025-03-01", "it was decided later, on 2026-01-01",
        "nobody names nothing that it could change",
    ]  # fmt: skip
    assert found.used == ()


def test_a_decision_without_legal_basis_is_none() -> None:
    with pytest.raises(OverrideWithoutBasis, match="about B"):
        override("B", legal_basis=" ")
    with pytest.raises(OverrideWithoutBasis):
        override("B", Kind.ACCEPT)
