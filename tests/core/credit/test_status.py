"""What a set of achieved outcomes makes of a unit (R-CREDIT-4, R-CREDIT-6, R-POINTS-22)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.credit.cast import CUT, CUTTING, TURIN, text, unit
from ecvet.credit import PassRule, SharePolicy, UnitStatus, is_complete, points_due, pro_rata, unit_status
from ecvet.credit.decision_errors import ShareAboveWhole
from ecvet.terms import Points

some = st.frozensets(st.sampled_from(["measures", "cuts", "advises", "sings"]))
HALVES = (("measures", Decimal("0.5")), ("cuts", Decimal("0.5")))


@pytest.mark.rule("R-CREDIT-4")
@given(some)
def test_a_unit_is_achieved_exactly_when_every_required_outcome_is(achieved: frozenset[str]) -> None:
    status = unit_status(CUTTING, achieved)
    assert (status is UnitStatus.ACHIEVED) == ({"measures", "cuts"} <= achieved)
    assert (status is UnitStatus.NOT_ACHIEVED) == (not achieved & CUTTING.outcome_ids)


@pytest.mark.rule("R-CREDIT-4")
def test_a_unit_can_have_its_own_pass_rule() -> None:
    one_of_two = PassRule(at_least=1)
    assert is_complete(CUTTING, frozenset({"cuts"}), one_of_two)
    assert not is_complete(CUTTING, frozenset({"advises"}), one_of_two)
    assert not is_complete(CUTTING, frozenset({"cuts"}), PassRule(at_least=1, always=frozenset({"measures"})))


@pytest.mark.rule("R-ASSESS-1")
def test_without_an_assessed_outcome_nothing_is_ever_achieved() -> None:
    assert not is_complete(CUTTING, frozenset())
    assert not is_complete(unit(CUT, "empty"), frozenset({"cuts"}))
    assert not is_complete(CUTTING, frozenset({"sings"}), PassRule(at_least=0))
    optional_only = unit(CUT, "free", optional="draws")
    assert is_complete(optional_only, frozenset({"draws"}))


@pytest.mark.rule("R-CREDIT-6", "R-POINTS-22")
@given(some)
def test_a_part_of_a_unit_carries_no_points_unless_a_policy_says_so(achieved: frozenset[str]) -> None:
    """Edge case 15."""
    whole = {"measures", "cuts"} <= achieved
    assert points_due(CUTTING, achieved, Points.of(10)) == Points.of(10 if whole else 0)


@pytest.mark.rule("R-CREDIT-6")
def test_a_stated_policy_gives_a_part_its_share_rounded_down_to_its_grain() -> None:
    """Edge case 15: pro rata by rule."""
    policy = SharePolicy(by=TURIN, text=text("Half each"), shares=HALVES, grain=Decimal(1))
    assert points_due(CUTTING, frozenset({"cuts"}), Points.of(7), share=policy) == Points.of(3)
    assert points_due(CUTTING, frozenset({"advises"}), Points.of(7), share=policy) == Points.of(0)
    assert points_due(CUTTING, frozenset({"cuts", "measures"}), Points.of(7), share=policy) == Points.of(7)


@pytest.mark.rule("R-CREDIT-6")
@pytest.mark.parametrize("shares", [(*HALVES, ("advises", Decimal("0.1"))), (("cuts", Decimal(-1)),)])
def test_the_shares_of_a_policy_are_never_more_than_the_whole(shares: tuple[tuple[str, Decimal], ...]) -> None:
    with pytest.raises(ShareAboveWhole):
        SharePolicy(by=TURIN, text=text("Too much"), shares=shares)


@pytest.mark.rule("R-POINTS-1")
def test_without_points_everything_else_works() -> None:
    """Edge case 18."""
    assert points_due(CUTTING, frozenset({"cuts", "measures"}), None) is None


@pytest.mark.rule("R-CREDIT-6")
@pytest.mark.parametrize(
    ("points", "achieved", "due"), [("6", 1, "2"), ("6", 2, "4"), ("10", 1, "3.3"), ("10", 2, "6.6"), ("10", 3, "10")]
)
def test_by_a_stated_rule_each_outcome_has_the_same_share_exactly(points: str, achieved: int, due: str) -> None:
    """Edge case 15: a third of six points is two, not a little less."""
    three = unit(CUT, "cutting", "a", "b", "c")
    share = pro_rata(three, by=TURIN, text=text("Decree 7, pro rata"))
    got = frozenset(["a", "b", "c"][:achieved])
    assert points_due(three, got, Points(Decimal(points)), share=share) == Points(Decimal(due))
