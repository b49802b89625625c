"""Equivalences: what they must be, and when they may be applied."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ecvet.correspondence import (
    Equivalence,
    Ground,
    NoEquivalence,
    NothingEquals,
    ShareOutOfRange,
    applicable,
    counts_for,
)
from ecvet.record import plain, value
from ecvet.terms import Failure, Identifier, LangString, Period

A1, A2, B1, B2, C1 = (
    Identifier(f"https://school.example/units/{name}") for name in ("A/1", "A/2", "B/1", "B/2", "C/1")
)
BOARD = Identifier("https://board.example")
ON = date(2024, 6, 1)


def equivalence(given: set[Identifier], for_: set[Identifier], **more: Any) -> Equivalence:
    return Equivalence(**{
        "from_": frozenset(given), "to": frozenset(for_), "by": BOARD, "on": date(2023, 12, 1),
        "valid": Period(date(2024, 1, 1), date(2024, 12, 31)), "ground": Ground.SUCCESSOR,
        "reason": LangString.of(en="The outcomes stayed the same."), **more,
    })  # fmt: skip


def why(held: set[Identifier], wanted: Identifier, *known: Equivalence, on: date = ON) -> str:
    answer = counts_for(frozenset(held), wanted, known, on)
    assert isinstance(answer, Failure)
    assert isinstance(answer.reason, NoEquivalence)
    return str(answer.reason.facts["why"])


@pytest.mark.rule("R-UNIT-12")
def test_credit_of_another_version_counts_only_by_an_explicit_equivalence() -> None:
    assert counts_for(frozenset({A1}), A1, (), ON)
    assert why({A1}, A2) == "no equivalence was decided"
    assert counts_for(frozenset({A1}), A2, [equivalence({A1}, {A2})], ON)


@pytest.mark.rule("R-UNIT-12")
def test_an_equivalence_holds_on_its_days_only() -> None:
    decided = equivalence({A1}, {A2})
    for on in (date(2024, 1, 1), date(2024, 12, 31)):
        assert counts_for(frozenset({A1}), A2, [decided], on)
    for on in (date(2023, 12, 31), date(2025, 1, 1)):
        assert "2024-01-01 – 2024-12-31" in why({A1}, A2, decided, on=on)


@pytest.mark.rule("R-UNIT-12")
def test_an_equivalence_holds_in_its_direction_only() -> None:
    assert "other direction" in why({A2}, A1, equivalence({A1}, {A2}))


@pytest.mark.rule("R-UNIT-12")
def test_two_equivalences_in_a_row_are_not_a_third() -> None:
    chain = (equivalence({A1}, {B1}), equivalence({B1}, {C1}))
    assert why({A1}, C1, *chain) == "two equivalences in a row are not one"
    assert counts_for(frozenset({A1}), C1, [*chain, equivalence({A1}, {C1})], ON)


def test_several_units_together_count_for_several() -> None:
    both = equivalence({A1, B1}, {A2, B2})
    assert why({A1}, A2, both) == f"the equivalence also needs {B1}"
    assert counts_for(frozenset({A1, B1}), B2, [both], ON)
    assert applicable([both, equivalence({A1}, {C1})], frozenset({A1, C1}), ON) == (equivalence({A1}, {C1}),)


def test_an_equivalence_names_units_on_both_sides() -> None:
    for given, for_ in [(set(), {A1}), ({A1}, set()), ({A1}, {A1})]:
        with pytest.raises(NothingEquals):
            equivalence(given, for_)


@pytest.mark.parametrize("ratio", ["0", "1.01"])
def test_an_equivalence_carries_something_and_not_more_than_everything(ratio: str) -> None:
    with pytest.raises(ShareOutOfRange):
        equivalence({A1}, {A2}, ratio=Decimal(ratio))
    assert equivalence({A1}, {A2}, ratio=Decimal("0.5")).ratio == Decimal("0.5")


def test_an_equivalence_keeps_its_evidence_and_who_decided_in_its_record() -> None:
    decided = equivalence({A1}, {A2})
    assert value(Equivalence, plain(decided)) == decided
    assert (decided.by, decided.ground) == (BOARD, Ground.SUCCESSOR)
