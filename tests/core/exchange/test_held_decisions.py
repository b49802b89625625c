"""Manual decisions and sub-areas beside held credit: read exactly, or refused with the number of the odd one."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ecvet.credit.accumulation.errors import OverrideWithoutBasis
from ecvet.credit.accumulation.override import Kind, Override
from ecvet.credit.accumulation.parts import PartHeld
from ecvet.exchange.errors import OverrideUnreadable, PartUnreadable
from ecvet.exchange.held_decisions import read_overrides, read_parts
from ecvet.terms import Identifier, LangString

WAIVED = {"kind": "waive", "subject": "B", "by": "https://body.example/", "on": "2025-01-01", "reason": "illness",
          "legal_basis": "Act 1"}  # fmt: skip


def test_a_decision_is_read_with_everything_that_it_says() -> None:
    more = {"kind": "accept", "accepts": "X", "until": "2025-12-31", "reason": {"fi": "sairaus", "en": "illness"}}
    waived, accepted = read_overrides([{**WAIVED, "with_points": True}, {**WAIVED, **more}], "held.json")
    whole: dict[str, Any] = {"subject": "B", "by": Identifier("https://body.example/"), "on": date(2025, 1, 1),
                             "legal_basis": "Act 1"}  # fmt: skip
    assert waived == Override(kind=Kind.WAIVE, reason=LangString.of(en="illness"), with_points=True, **whole)
    assert accepted == Override(
        kind=Kind.ACCEPT, reason=LangString.of(fi="sairaus", en="illness"), accepts="X", until=date(2025, 12, 31),
        **whole)  # fmt: skip


@pytest.mark.parametrize(
    ("tree", "why"),
    [
        ({}, "decision 1 cannot be read: they are no list"),
        ([WAIVED, "x"], "decision 2 cannot be read: it is no object"),
        ([{**WAIVED, "scope": "B"}], "unknown member “scope”"),
        ([{name: one for name, one in WAIVED.items() if name != "by"}], "“by” is missing"),
        ([{**WAIVED, "kind": "bless"}], "a member is odd"),
        ([{**WAIVED, "on": "soon"}], "a member is odd"),
        ([{**WAIVED, "reason": " "}], "“reason” is no text"),
        ([{**WAIVED, "with_points": "true"}], "neither true nor false"),
        ([{**WAIVED, "subject": ["B"]}], "“subject” is no text"),
    ],
)
def test_an_odd_decision_is_refused_with_its_number(tree: Any, why: str) -> None:
    with pytest.raises(OverrideUnreadable) as refused:
        read_overrides(tree, "held.json")
    assert why in str(refused.value)
    assert refused.value.what_to_do


def test_a_decision_without_what_it_stands_on_keeps_its_own_refusal() -> None:
    with pytest.raises(OverrideWithoutBasis):
        read_overrides([{**WAIVED, "kind": "accept"}], "held.json")


def test_parts_are_read_exactly_or_refused() -> None:
    (found,) = read_parts([{"unit": "C", "sub_area": "AI", "points": "4.50"}], "held.json")
    assert found == PartHeld(unit="C", sub_area="AI", points=Decimal("4.5"))
    for odd in ([{"unit": "C", "points": "4"}], [{"unit": "C", "sub_area": "AI", "points": None}], "x"):
        with pytest.raises(PartUnreadable):
            read_parts(odd, "held.json")
