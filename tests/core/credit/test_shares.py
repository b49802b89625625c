"""The share that a part of a unit has of its points, by weights and by equal parts, exactly (R-CREDIT-6)."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.credit.cast import CUT, TURIN, text, unit
from ecvet.credit import OutcomeWeight, Rounding, by_weights, points_due, pro_rata, weights_of
from ecvet.credit.decision_errors import WeightsIncomplete
from ecvet.credit.recognition import Reconsideration
from ecvet.record import plain, value
from ecvet.terms import Points

THREE = unit(CUT, "cutting", "a", "b", "c")
RULE = text("Decree 9, section 3")


def weighing(**weights: str) -> tuple[OutcomeWeight, ...]:
    return tuple(OutcomeWeight(outcome=name, weight=Decimal(one)) for name, one in weights.items())


@pytest.mark.rule("R-CREDIT-6")
@pytest.mark.parametrize(
    ("points", "achieved", "grain", "rounding", "due"),
    [
        ("10", "a", "0.1", Rounding.DOWN, "1.6"),
        ("10", "a", "0.1", Rounding.NEAREST, "1.7"),
        ("10", "c", "1", Rounding.DOWN, "5"),
        ("3", "b", "0.5", Rounding.NEAREST, "1"),
        ("5", "c", "1", Rounding.NEAREST, "3"),
        ("5", "c", "1", Rounding.DOWN, "2"),
        ("6", "ab", "0.01", Rounding.DOWN, "3"),
        ("6", "", "0.01", Rounding.NEAREST, "0"),
        ("6", "abc", "4", Rounding.DOWN, "6"),
    ],
)
def test_a_part_has_the_share_of_its_weights_rounded_as_it_is_stated(
    points: str, achieved: str, grain: str, rounding: Rounding, due: str
) -> None:
    """Edge case 15: the outcomes weigh 1, 2 and 3 of 6."""
    policy = by_weights(
        THREE, weighing(a="1", b="2", c="3"), by=TURIN, text=RULE, grain=Decimal(grain), rounding=rounding
    )
    assert points_due(THREE, frozenset(achieved), Points.of(points), share=policy) == Points.of(due)


@pytest.mark.rule("R-CREDIT-6")
@pytest.mark.parametrize(
    "weights",
    [
        weighing(a="1", b="2"), weighing(a="1", b="2", c="3", d="4"), weighing(a="0", b="0", c="0"), (),
        (*weighing(a="1", b="2", c="3"), *weighing(a="1")), weighing(a="-1", b="2", c="3"),
    ],
)  # fmt: skip
def test_weights_name_every_required_outcome_once_and_nothing_else(weights: tuple[OutcomeWeight, ...]) -> None:
    with pytest.raises(WeightsIncomplete):
        by_weights(THREE, weights, by=TURIN, text=RULE)


weights = st.lists(st.decimals("0.01", "100", places=2), min_size=3, max_size=3)


@pytest.mark.rule("R-CREDIT-6", "R-POINTS-22")
@given(weights, st.decimals("0", "240", places=1), st.sampled_from(["0.1", "0.5", "1", "0.01"]), st.data())
def test_shares_are_exact_and_only_their_proportion_matters(
    three: list[Decimal], points: Decimal, grain: str, data: st.DataObject
) -> None:
    rounding = data.draw(st.sampled_from(Rounding))
    got = data.draw(st.frozensets(st.sampled_from("abc"), max_size=2))
    named = dict(zip("abc", three, strict=True))

    def due(times: int) -> Decimal:
        given = tuple(OutcomeWeight(outcome=name, weight=one * times) for name, one in named.items())
        policy = by_weights(THREE, given, by=TURIN, text=RULE, grain=Decimal(grain), rounding=rounding)
        return policy.of(got, Points(points)).value

    exact = Fraction(points) * sum((Fraction(named[one]) for one in got), Fraction(0)) / Fraction(sum(three))
    assert due(1) == due(7)
    assert due(1) <= points
    assert due(1) % Decimal(grain) == 0 or due(1) == points
    assert abs(Fraction(due(1)) - exact) < Fraction(grain)


@pytest.mark.rule("R-CREDIT-6")
def test_the_same_weight_for_all_is_pro_rata() -> None:
    same = by_weights(THREE, weighing(a="4", b="4", c="4"), by=TURIN, text=RULE)
    for got in ("", "a", "ab", "abc"):
        assert same.of(frozenset(got), Points.of(10)) == pro_rata(THREE, by=TURIN, text=RULE).of(
            frozenset(got), Points.of(10)
        )


def test_a_unit_states_its_weights_for_all_required_outcomes_or_not_at_all() -> None:
    assert weights_of(THREE) == ()
    stated = replace(THREE, outcomes=tuple(replace(one, weight=Decimal(2)) for one in THREE.outcomes))
    assert weights_of(stated) == weighing(a="2", b="2", c="2")
    partly = replace(stated, outcomes=(replace(stated.outcomes[0], weight=None), *stated.outcomes[1:]))
    assert weights_of(partly) == ()


def test_a_method_with_weights_is_kept_and_one_without_stays_the_bytes_it_was() -> None:
    before = Reconsideration(method=RULE, quality_assured_by=TURIN)
    assert plain(before) == {"method": plain(RULE), "quality_assured_by": TURIN}
    full = replace(before, weights=weighing(a="1", b="2.5"), grain=Decimal("0.5"), rounding=Rounding.NEAREST)
    assert value(Reconsideration, plain(full)) == full
    assert plain(THREE) == plain(replace(THREE))
    assert "weight" not in str(plain(THREE))
