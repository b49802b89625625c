"""From the figures of an allocation to the points, so that anybody can follow it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.qualification.samples import ON, SCHOOL, qualification, text
from ecvet.qualification import Adjustment, Criterion, Input, Method, ReferenceContext, allocate, applied
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.shares import expected, shares
from ecvet.terms import Points

YEAR = ReferenceContext(pathway=text("School-based"), years=Decimal(1))


def weighed(reference: ReferenceContext = YEAR) -> Qualification:
    """A qualification whose two units were weighed 1 to 3, and one of them set otherwise."""
    figures = [Input(code="A", value=Decimal(1), by="Chloé"), Input(code="B", value=Decimal(3), by="Chloé")]
    made = allocate(
        Method.PERCENT, figures, total=Points.of(60), reference=reference, by=SCHOOL, in_charge=SCHOOL, on=ON,
        criteria=frozenset({Criterion.IMPORTANCE}),
    )  # fmt: skip
    set_otherwise = Adjustment(code="A", points=Decimal(20), reason="More practice.")
    made = replace(made, adjustments=(set_otherwise,))
    return applied(qualification(), made)


@pytest.mark.rule("R-RECOG-6")
def test_each_unit_has_its_figures_weight_points_and_the_reason_of_who_changed_them() -> None:
    first, second = shares(weighed())
    assert [one.value for one in first.given] == [Decimal(1)]
    assert (first.code, first.weight, first.points, first.reason) == ("A", Decimal(25), Points.of(20), "More practice.")
    assert (second.code, second.weight, second.points) == ("B", Decimal(75), Points.of(40))


def test_without_an_allocation_there_is_nothing_to_follow() -> None:
    plain = qualification()
    assert (shares(plain), expected(plain)) == ((), None)


def test_an_allocation_whose_weights_cannot_be_found_any_more_is_not_guessed() -> None:
    item = weighed()
    assert item.allocation is not None
    assert shares(replace(item, allocation=replace(item.allocation, inputs=()))) == ()


@pytest.mark.rule("R-POINTS-2")
def test_the_years_of_the_pathway_say_what_is_expected_by_convention() -> None:
    assert expected(weighed()) == Points.of(60)
