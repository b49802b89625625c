"""Describing a qualification: what blocks its publication and what only wants a look."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.qualification.samples import BOARD, ON, SCHOOL, STRANGER, UNITS, pointed, qualification, text, unit
from ecvet.qualification import (
    Allocation,
    Criterion,
    Description,
    Input,
    Method,
    Qualification,
    ReferenceContext,
    RequiredOutcome,
    UnitLink,
    allocate,
    applied,
    describe,
)
from ecvet.qualification.errors import NotPublishable, NotYoursToDescribe
from ecvet.qualification.lint import Reach
from ecvet.qualification.reading import S1, Reading
from ecvet.record import plain, value
from ecvet.record.errors import TermsUnreadable
from ecvet.terms import EQFLevel, Failure, Identifier, LevelOutOfRange, NQFLevel, Period, Points, Severity

YEAR = ReferenceContext(pathway=text("School-based, one year"), years=Decimal(1))


def look(draft: Qualification, **more: object) -> Description:
    return describe(draft, UNITS, **{"by": SCHOOL, "on": ON, **more})  # type: ignore[arg-type]


def found(draft: Qualification, **more: object) -> dict[str, Severity]:
    """The rules that spoke, each with the weight of its gravest finding."""
    by_weight = sorted(look(draft, **more).findings, key=lambda one: [*Severity].index(one.severity), reverse=True)
    return {one.rule: one.severity for one in by_weight}


def weighed(method: Method = Method.PERCENT, **more: object) -> Allocation:
    inputs = [Input(code=code, value=Decimal(weight)) for code, weight in zip("ABC", (1, 2, 3), strict=True)]
    given = {
        "total": Points.of(60), "reference": YEAR, "by": SCHOOL, "in_charge": SCHOOL, "on": ON,
        "criteria": frozenset({Criterion.IMPORTANCE}), **more,
    }  # fmt: skip
    return allocate(method, inputs, **given)  # type: ignore[arg-type]


@pytest.mark.rule("R-POINTS-1", "R-QUAL-1")
def test_a_qualification_without_any_points_is_described_and_publishable() -> None:
    description = look(qualification())
    assert description.findings == ()
    assert description.publishable
    assert description.draft == qualification()


@pytest.mark.rule("R-QUAL-1")
@pytest.mark.parametrize("member", ["title", "institution"])
def test_a_qualification_has_a_title_and_an_institution(member: str) -> None:
    given = plain(qualification())
    assert isinstance(given, dict)
    del given[member]
    with pytest.raises(TermsUnreadable, match=member):
        value(Qualification, given)


@pytest.mark.rule("R-QUAL-1")
def test_a_qualification_without_a_standard_of_outcomes_is_not_publishable() -> None:
    bare = {one.id: replace(one, outcomes=()) for one in UNITS.values()}
    description = describe(qualification(standard=()), bare, by=SCHOOL, on=ON)
    assert description.findings[0].rule == "R-QUAL-1"
    assert found(qualification(standard=())) == {}, "the outcomes of its units are a standard, too"


@pytest.mark.rule("R-QUAL-1")
def test_only_the_institution_in_charge_or_one_empowered_describes() -> None:
    refused = look(qualification(), by=STRANGER)
    assert refused.publishable == Failure(NotYoursToDescribe(by=STRANGER, in_charge=SCHOOL))
    assert look(qualification(), by=BOARD, designers=frozenset({BOARD})).publishable


@pytest.mark.rule("R-QUAL-2")
@pytest.mark.parametrize("level", [0, 9, -1, True])
def test_there_is_no_eqf_level_outside_one_to_eight(level: int) -> None:
    with pytest.raises(LevelOutOfRange):
        EQFLevel(level)


@pytest.mark.rule("R-QUAL-2")
def test_the_national_level_is_a_value_of_its_own() -> None:
    slovenian = qualification(eqf=EQFLevel(4), nqf=NQFLevel("SQF", "5"))
    assert (str(slovenian.eqf), str(slovenian.nqf)) == ("EQF 4", "SQF 5")
    assert value(Qualification, plain(slovenian)) == slovenian


@pytest.mark.rule("R-QUAL-3")
def test_one_unit_is_a_warning_and_none_an_error_when_declared_unit_based() -> None:
    first = qualification().units[:1]
    assert found(qualification(units=first))["R-QUAL-3"] is Severity.WARNING
    assert found(qualification(units=(), standard=(), unit_based=True))["R-QUAL-3"] is Severity.ERROR
    assert "R-QUAL-3" not in found(qualification(units=()))


@pytest.mark.rule("R-QUAL-4")
def test_a_required_outcome_in_no_unit_blocks_publication() -> None:
    lost = RequiredOutcome(id="lost", text=text("climbs a scaffold"))
    description = look(qualification(standard=(*qualification().standard, lost)))
    assert isinstance(description.publishable, Failure)
    assert isinstance(description.publishable.reason, NotPublishable)
    assert "lost" in str(description.publishable.reason)


@pytest.mark.rule("R-QUAL-4")
def test_a_link_to_an_unknown_unit_blocks_publication() -> None:
    stray = UnitLink(code="Z", unit=Identifier("https://school.example/units/Z/1"))
    assert found(qualification(units=(*qualification().units, stray))) == {"R-QUAL-4": Severity.ERROR}


@pytest.mark.rule("R-UNIT-7")
def test_a_code_names_one_unit_within_a_qualification() -> None:
    twice = replace(qualification().units[1], code="A")
    assert found(qualification(units=(*qualification().units, twice))) == {"R-UNIT-7": Severity.ERROR}


@pytest.mark.rule("R-UNIT-3")
def test_a_unit_that_ended_before_the_qualification_began_gets_a_warning() -> None:
    units = {**UNITS, unit("A").id: unit("A", valid=Period(date(2010, 1, 1), date(2015, 1, 1)))}
    late = describe(qualification(valid=Period(date(2016, 1, 1))), units, by=SCHOOL, on=ON)
    assert [finding.rule for finding in late.findings] == ["R-UNIT-3"]
    assert describe(qualification(valid=Period(date(2014, 1, 1))), units, by=SCHOOL, on=ON).findings == ()


def test_a_qualification_cannot_replace_itself() -> None:
    assert found(qualification(replaces=qualification().id)) == {"R-QUAL-5": Severity.ERROR}


def test_an_error_in_a_unit_blocks_its_qualification() -> None:
    units = {**UNITS, unit("A").id: unit("A", assessment=None)}
    assert not describe(qualification(), units, by=SCHOOL, on=ON).publishable


def test_rules_of_combination_that_nobody_can_meet_block_publication() -> None:
    def impossible(_: Qualification, __: Reading = S1, /) -> Reach:
        return Reach(satisfiable=False)

    assert look(qualification()).publishable
    refused = look(qualification(), prover=impossible)
    assert not refused.publishable
    assert "R-COMP-7" in {one.rule for one in refused.findings}


@pytest.mark.rule("R-POINTS-4")
def test_points_on_units_without_a_total_get_a_warning() -> None:
    assert found(pointed("10", "20", "30")) == {"R-POINTS-4": Severity.WARNING}
    assert found(pointed("10", "20", "30", total="60")) == {}


@pytest.mark.rule("R-POINTS-20")
def test_points_of_two_systems_in_one_qualification_block_publication() -> None:
    mixed = replace(pointed("10", "20", "30", total="60"), system="fi-osp")
    assert found(mixed)["R-POINTS-20"] is Severity.ERROR


@pytest.mark.rule("R-POINTS-9")
def test_points_allocated_by_an_institution_without_power_block_publication() -> None:
    made = applied(qualification(), weighed(by=BOARD, empowered=frozenset({BOARD})))
    assert found(made) == {"R-POINTS-9": Severity.ERROR}
    assert found(made, allocators=frozenset({BOARD})) == {}


@pytest.mark.rule("R-POINTS-5")
def test_points_that_do_not_follow_from_the_recorded_allocation_block_publication() -> None:
    made = applied(qualification(), weighed())
    assert found(made) == {}
    changed = replace(made, units=(replace(made.units[0], points=Points.of(11)), *made.units[1:]))
    assert found(changed) == {"R-POINTS-5": Severity.ERROR}
    assert "another total" in look(replace(made, points=None)).findings[-1].sentence


@pytest.mark.rule("R-POINTS-7")
def test_an_outcome_count_is_labelled_a_crude_proxy_and_a_record_that_cannot_be_followed_blocks() -> None:
    (flag,) = look(applied(qualification(), weighed(Method.OUTCOME_COUNT))).findings
    assert (flag.rule, flag.severity) == ("R-POINTS-7", Severity.FLAG)
    assert "crude proxy" in flag.sentence
    empty = replace(applied(qualification(), weighed()), allocation=replace(weighed(), inputs=()))
    assert found(empty) == {"R-POINTS-7": Severity.ERROR}


@pytest.mark.rule("R-POINTS-19")
def test_a_total_that_contradicts_its_years_is_flagged_and_does_not_block() -> None:
    made = applied(qualification(), weighed(total=Points.of(121)))
    description = look(made)
    assert [(one.rule, one.severity) for one in description.findings] == [("R-POINTS-19", Severity.FLAG)]
    assert description.publishable


@pytest.mark.rule("R-POINTS-17")
def test_national_sizes_are_looked_at_with_the_national_level_or_else_the_european_one() -> None:
    estonian = pointed("50", "60", "60", total="170", system="ee-ekap")
    assert found(estonian) == {"R-POINTS-17": Severity.FLAG}
    assert found(replace(estonian, nqf=NQFLevel("EstQF", "5"))) == {}
    assert found(replace(estonian, eqf=None)) == {}


@pytest.mark.rule("R-POINTS-21")
def test_points_give_no_level_and_a_level_gives_no_points() -> None:
    assert look(replace(pointed("10", "20", "30", total="60"), eqf=None)).draft.eqf is None
    assert look(qualification(eqf=EQFLevel(4))).draft.points is None
