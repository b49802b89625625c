"""What is to be achieved: outcomes of covered units, parts of units, points."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mobility import cast
from core.mobility.cast import BARBER, COLOUR, CUTTING, DRAFT, FRAME, MEMORANDUM, QUALIFICATION, proposal, rules
from ecvet.mobility import AgreedUnit
from ecvet.mobility.errors import (
    HomePointsDiffer,
    NothingExpected,
    OutcomeNotInUnit,
    PartNotNamed,
    QualificationNotThis,
    UnitTwice,
    UnitUnknown,
)
from ecvet.partnership.errors import QualificationNotCovered
from ecvet.record import Recorded
from ecvet.terms import Failure, Identifier, Points, PointsNotComparable


def reason_of(answer: object) -> object:
    return answer.reason if isinstance(answer, Failure) else None


@pytest.mark.rule("R-LA-4")
def test_an_agreement_states_outcomes() -> None:
    assert reason_of(proposal(replace(DRAFT, units=())).may) == NothingExpected(what="this stay")
    empty = cast.with_unit(DRAFT, 1, outcomes=frozenset())
    assert reason_of(proposal(empty).may) == NothingExpected(what=DRAFT.units[1].title)


@pytest.mark.rule("R-LA-4")
def test_an_agreement_without_any_points_is_only_flagged() -> None:
    """Edge case 18: no points at all."""
    without = replace(DRAFT, units=tuple(replace(one, home_points=None, hosting_points=None) for one in DRAFT.units))
    answer = proposal(without)
    assert answer.may
    assert rules(answer) == [("R-LA-4", "flag")]
    assert without.points("ecvet") == Points.of(0)


@pytest.mark.rule("R-LA-6")
def test_outcomes_belong_to_the_unit_for_which_they_are_agreed() -> None:
    strange = cast.with_unit(DRAFT, 1, outcomes=frozenset({"mixes", "shaves"}))
    assert reason_of(proposal(strange).may) == OutcomeNotInUnit(unit=cast.UNITS[COLOUR].title, outcomes=("shaves",))
    unknown = cast.with_unit(DRAFT, 1, unit=Identifier("https://turin.example/units/unheard/1"))
    assert reason_of(proposal(unknown).may) == UnitUnknown(unit=unknown.units[1].unit)


@pytest.mark.rule("R-LA-6")
def test_a_unit_or_qualification_that_the_memorandum_does_not_cover_cannot_be_agreed() -> None:
    barber = AgreedUnit(unit=BARBER, code="barber", title=cast.text("barber"), outcomes=frozenset({"shaves"}))
    more = replace(DRAFT, units=(*DRAFT.units, barber))
    assert isinstance(reason_of(proposal(more).may), QualificationNotCovered)
    everything = replace(MEMORANDUM.qualifications[0], units=frozenset())
    assert proposal(more, memorandum=Recorded(replace(MEMORANDUM, qualifications=(everything,)), FRAME.address)).may
    nothing = Recorded(replace(MEMORANDUM, qualifications=()), FRAME.address)
    assert isinstance(reason_of(proposal(memorandum=nothing).may), QualificationNotCovered)


@pytest.mark.rule("R-LA-6")
def test_the_qualification_presented_is_the_one_of_the_agreement() -> None:
    other = replace(QUALIFICATION, id=Identifier("https://turin.example/qualifications/hairdresser/2"))
    assert isinstance(reason_of(proposal(qualification=other).may), QualificationNotThis)
    assert proposal(qualification=None).may


@pytest.mark.rule("R-CREDIT-5")
def test_a_part_of_a_unit_must_be_named_as_a_part() -> None:
    """Edge case 15: a unit only partly agreed transfers outcomes, not points."""
    unnamed = cast.with_unit(DRAFT, 1, part=False)
    assert reason_of(proposal(unnamed).may) == PartNotNamed(unit=cast.UNITS[COLOUR].title, outcomes=("applies",))
    full = cast.with_unit(DRAFT, 1, outcomes=frozenset({"mixes", "applies"}))
    assert rules(proposal(full)) == [("R-CREDIT-5", "warning")]


@pytest.mark.rule("R-CREDIT-5")
def test_leaving_out_an_outcome_that_is_not_required_makes_no_part() -> None:
    assert "advises" not in DRAFT.units[0].outcomes
    assert proposal().findings == ()


@pytest.mark.rule("R-LA-13")
def test_the_points_of_an_agreement_are_the_home_points_of_its_full_units() -> None:
    """Edge case 17: home gives 10, the host 7; only home's count, and none for a part."""
    assert DRAFT.points("ecvet") == Points.of(10)
    assert DRAFT.units[0].hosting_points == Points.of(7)


@pytest.mark.rule("R-LA-13")
@given(st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=6))
def test_the_sum_never_depends_on_parts_or_on_the_points_of_the_host(units: list[tuple[int, bool]]) -> None:
    agreed = tuple(
        replace(DRAFT.units[0], home_points=Points(Decimal(size)), part=part, hosting_points=Points.of(99))
        for size, part in units
    )
    expected = sum(size for size, part in units if not part)
    assert replace(DRAFT, units=agreed).points("ecvet") == Points.of(expected)


@pytest.mark.rule("R-LA-13")
def test_home_points_are_those_of_the_home_qualification() -> None:
    wrong = cast.with_unit(DRAFT, 0, home_points=Points.of(7))
    said = {"said": Points.of(7), "unit": DRAFT.units[0].title, "at_home": Points.of(10)}
    assert reason_of(proposal(wrong).may) == HomePointsDiffer(**said)
    assert proposal(cast.with_unit(DRAFT, 1, home_points=Points.of(15))).may
    too_many = proposal(cast.with_unit(DRAFT, 1, home_points=Points.of(16)))
    assert "5 ecvet to 15 ecvet" in str(reason_of(too_many.may))
    other_system = cast.with_unit(cast.with_unit(DRAFT, 1, home_points=None), 0, home_points=Points.of(10, "ects"))
    assert isinstance(reason_of(proposal(other_system).may), HomePointsDiffer)


@pytest.mark.rule("R-LA-13")
def test_points_for_a_unit_that_has_none_at_home_are_refused() -> None:
    links = (replace(QUALIFICATION.units[0], points=None), QUALIFICATION.units[1])
    answer = proposal(qualification=replace(QUALIFICATION, units=links))
    assert "has none" in str(reason_of(answer.may))


@pytest.mark.rule("R-LA-13")
def test_a_unit_outside_the_home_qualification_is_a_warning() -> None:
    """Edge case 17: the unit is not in the qualification."""
    answer = proposal(qualification=replace(QUALIFICATION, units=QUALIFICATION.units[:1]))
    assert answer.may
    assert rules(answer) == [("R-LA-13", "warning")]


@pytest.mark.rule("R-LA-13")
def test_points_of_two_systems_cannot_be_summed_nor_a_unit_counted_twice() -> None:
    mixed = cast.with_unit(DRAFT, 1, home_points=Points.of(5, "ects"))
    assert reason_of(proposal(mixed, qualification=None).may) == PointsNotComparable(left="ects", right="ecvet")
    twice = replace(DRAFT, units=(DRAFT.units[0], DRAFT.units[0]))
    assert reason_of(proposal(twice).may) == UnitTwice(unit=CUTTING)


@pytest.mark.rule("R-LA-14")
def test_outcomes_that_the_learner_already_holds_are_not_targeted_again() -> None:
    """Edge case 16: the same unit earned a second time in another country."""
    answer = proposal(achieved={CUTTING: frozenset({"cuts", "advises"})})
    assert answer.may
    assert rules(answer) == [("R-LA-14", "warning")]
    assert "cuts" in answer.findings[0].sentence
    assert "advises" not in answer.findings[0].sentence


def test_an_agreed_unit_is_found_by_its_identifier() -> None:
    assert DRAFT.unit(COLOUR) == DRAFT.units[1]
    assert DRAFT.unit(BARBER) is None
