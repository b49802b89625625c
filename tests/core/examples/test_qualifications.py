"""The example files: described in full, without a finding, and with the sums that their sources have."""

from datetime import date
from decimal import Decimal

import pytest

from ecvet.credit.accumulation.prove import prove
from ecvet.examples import (
    BODY_AND_PAINT,
    CLAY_PLASTERING,
    HAIRDRESSING,
    MENS_HAIR,
    VEHICLE,
    names,
    qualification,
    source,
    units,
)
from ecvet.examples.errors import ExampleUnknown
from ecvet.examples.story import MOBILITIES
from ecvet.exchange import read_qualification, write_ecvet_file
from ecvet.qualification import OutcomeKind, allocated_points, describe, may_allocate
from ecvet.qualification.combination import Group, UnitPlace, walk
from ecvet.terms import Points

ON = date(2024, 10, 1)


@pytest.mark.parametrize("name", names())
def test_an_example_is_publishable_and_its_rules_are_proved_to_be_satisfiable(name: str) -> None:
    found, described = qualification(name)
    answer = describe(found, {one.id: one for one in described}, by=found.institution, on=ON, prover=prove)
    assert answer.findings == ()
    assert answer.publishable


@pytest.mark.parametrize("name", names())
def test_every_unit_of_an_example_has_knowledge_skills_and_competence_each_with_criteria(name: str) -> None:
    found, described = qualification(name)
    assert {one.id for one in described} == {link.unit for link in found.units}
    for unit in described:
        assert {one.kind for one in unit.outcomes} == {*OutcomeKind}, unit.code
        assert all(one.criteria and one.text.authoritative == "en" for one in unit.outcomes), unit.code


@pytest.mark.parametrize("name", names())
def test_an_example_is_the_same_after_writing_and_reading(name: str) -> None:
    assert read_qualification(write_ecvet_file(*qualification(name)), name) == qualification(name)


@pytest.mark.parametrize(("name", "system", "total"), [
    (HAIRDRESSING, "fi-osp", 180), (VEHICLE, "fi-osp", 180), (CLAY_PLASTERING, "ecvet", 60),
    (MENS_HAIR, "mt-ecvet", 6), (BODY_AND_PAINT, "mt-ecvet", 60),
])  # fmt: skip
def test_an_example_counts_in_its_national_points(name: str, system: str, total: int) -> None:
    found, _ = qualification(name)
    assert found.points == Points.of(total, system)
    assert found.rules.total == total
    assert {link.points.system for link in found.units if link.points} == {system}


@pytest.mark.parametrize("name", [CLAY_PLASTERING, MENS_HAIR, BODY_AND_PAINT])
def test_compulsory_units_alone_make_up_the_total(name: str) -> None:
    found, _ = qualification(name)
    assert found.points_of(found.rules.units) == found.points


def compulsory(name: str, title: str) -> tuple[str, ...]:
    """The compulsory units directly in the first group of this title."""
    found, _ = qualification(name)
    groups = [place.node for place in walk(found.rules.root) if isinstance(place.node, Group) and place.node.title]
    group = next(one for one in groups if one.title and str(one.title) == title)
    return tuple(one.unit for one in group.children if isinstance(one, UnitPlace) and one.compulsory)


def test_hairdressing_adds_up_as_its_source_says() -> None:
    found, _ = qualification(HAIRDRESSING)

    def sizes(codes: tuple[str, ...]) -> list[int]:
        return [int(link.points.value) for code in codes if (link := found.link(code)) and link.points]

    vocational, common = compulsory(HAIRDRESSING, "Compulsory units"), compulsory(HAIRDRESSING, "Common units")
    assert sizes(vocational) == [35, 20, 30, 15, 20]
    assert sum(sizes(vocational)) == 120
    assert sum(sizes((*vocational, "100119"))) == 135
    assert sizes(common) == [11, 9, 8, 7]
    assert sum(sizes((*vocational, "100119", *common))) + 10 == 180


def test_vehicle_has_six_areas_of_which_exactly_one_is_chosen() -> None:
    found, _ = qualification(VEHICLE)
    places = [place.node for place in walk(found.rules.root) if isinstance(place.node, Group)]
    areas = [one for one in places if one.role.chooses]
    vocational = next(one for one in places if one.choose is not None)
    assert len(areas) == 6
    assert set(areas) == set(vocational.children)
    assert vocational.choose is not None
    assert (vocational.choose.minimum, vocational.choose.maximum) == (1, 1)
    for area in areas:
        assert [str(one.points) for one in area.children] == ["exactly 90", "exactly 55"]


def test_the_clay_units_have_the_points_of_the_recorded_allocation() -> None:
    found, _ = qualification(CLAY_PLASTERING)
    assert found.allocation is not None
    assert sum(link.weight or Decimal(0) for link in found.units) == 100
    assert [int(one.value) for one in allocated_points(found.allocation).values()] == [9, 12, 6, 15, 9, 9]
    assert {link.code: link.points for link in found.units} == allocated_points(found.allocation)
    assert may_allocate(found.allocation.by, in_charge=found.institution, empowered=frozenset())
    assert found.relative_weight("4") == Decimal(25) / 100


@pytest.mark.parametrize("plan", MOBILITIES, ids=lambda plan: plan.learner.figure.name)
def test_the_units_of_the_stays_are_described_in_finnish_too(plan: object) -> None:
    unit = plan.unit  # type: ignore[attr-defined]
    texts = [unit.title, unit.assessment, *(one.text for one in unit.outcomes)]
    texts += [criterion.text for one in unit.outcomes for criterion in one.criteria]
    assert all({"en", "fi"} <= dict(text.texts).keys() for text in texts)


def test_units_are_found_by_their_codes() -> None:
    assert units(HAIRDRESSING)["100114"].title.in_("fi") == "Hiusten leikkaaminen ja partakäsittelyt"
    assert len(units(VEHICLE)) == 46


def test_an_unknown_example_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ExampleUnknown) as refused:
        source("../cast.py")
    assert "fi-hairdressing" in refused.value.what_to_do
