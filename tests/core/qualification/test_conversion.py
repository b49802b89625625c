"""Conversions between credit systems: directed, dated tables, unit by unit."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.qualification.samples import BOARD, SCHOOL, text
from ecvet.qualification import (
    Conversion,
    ConversionRow,
    Method,
    ReferenceContext,
    allocate,
    allocated_points,
    conversion_for,
    convert,
    converted_inputs,
)
from ecvet.qualification.errors import ConversionNotInForce, ConversionNotStated
from ecvet.record import plain, value
from ecvet.terms import Identifier, Period, Points, PointsNotComparable

HAIR = Identifier("https://board.example/qualifications/hair/2014")
AFTER = date(2016, 1, 1)


def row(code: str, given: str, becomes: str, **more: bool) -> ConversionRow:
    return ConversionRow(code=code, given=Points.of(given, "fi-ov"), becomes=Points.of(becomes, "fi-osp"), **more)


FINLAND = Conversion(
    id=Identifier("https://board.example/conversions/2015"),
    qualification=HAIR,
    from_system="fi-ov",
    to_system="fi-osp",
    rule=text("Qualifications of 120 study weeks become 180 competence points; the parts are weighed anew."),
    by=BOARD,
    valid=Period(date(2015, 8, 1)),
    whole=row("whole", "120", "180"),
    rows=(row("vocational", "90", "135", in_proportion=True), row("core", "20", "35"), row("free", "10", "10")),
    source="vipunen.fi",
)


@pytest.mark.rule("R-POINTS-13")
@pytest.mark.parametrize(
    ("code", "given", "becomes"),
    [("whole", 120, "180"), ("vocational", 90, "135"), ("core", 20, "35"), ("free", 10, "10")],
)
def test_the_finnish_parts_of_2015_convert_each_by_its_own_row(code: str, given: int, becomes: str) -> None:
    assert convert(Points.of(given, "fi-ov"), code, FINLAND, AFTER) == Points.of(becomes, "fi-osp")


@pytest.mark.rule("R-POINTS-13")
def test_no_factor_is_assumed_for_amounts_that_the_table_does_not_name() -> None:
    assert convert(Points.of(20, "fi-ov"), "vocational", FINLAND, AFTER) == Points.of(30, "fi-osp")
    for code, amount, system in [
        ("core", 10, "fi-ov"),
        ("vocational", 91, "fi-ov"),
        ("elsewhere", 10, "fi-ov"),
        ("core", 20, "ects"),
    ]:
        with pytest.raises(ConversionNotStated):
            convert(Points.of(amount, system), code, FINLAND, AFTER)


def test_a_proportion_that_is_no_exact_amount_is_refused() -> None:
    thirds = replace(FINLAND, rows=(row("part", "9", "10", in_proportion=True),))
    assert convert(Points.of("4.5", "fi-ov"), "part", thirds, AFTER) == Points.of(5, "fi-osp")
    with pytest.raises(ConversionNotStated, match="no exact amount"):
        convert(Points.of(1, "fi-ov"), "part", thirds, AFTER)


@pytest.mark.rule("R-POINTS-14")
def test_a_conversion_carries_its_systems_rule_validity_and_authority() -> None:
    assert value(Conversion, plain(FINLAND)) == FINLAND
    assert (FINLAND.from_system, FINLAND.to_system, FINLAND.by) == ("fi-ov", "fi-osp", BOARD)
    with pytest.raises(ConversionNotInForce):
        convert(Points.of(120, "fi-ov"), "whole", FINLAND, date(2015, 7, 31))
    with pytest.raises(ConversionNotStated):
        replace(FINLAND, rows=(replace(FINLAND.whole, given=Points.of(5, "ects")),))


@pytest.mark.rule("R-POINTS-14")
def test_there_is_no_way_back_and_no_way_over_a_third_system() -> None:
    onward = replace(
        FINLAND, from_system="fi-osp", to_system="ects", rows=(),
        whole=ConversionRow(code="whole", given=Points.of(180, "fi-osp"), becomes=Points.of(180, "ects")),
    )  # fmt: skip
    tables = [FINLAND, onward]

    def asked(from_system: str, to_system: str, on: date = AFTER, qualification: Identifier = HAIR) -> Conversion:
        return conversion_for(tables, qualification=qualification, from_system=from_system, to_system=to_system, on=on)

    assert asked("fi-ov", "fi-osp") is FINLAND
    for from_system, to_system in [("fi-osp", "fi-ov"), ("fi-ov", "ects")]:
        with pytest.raises(ConversionNotStated):
            asked(from_system, to_system)
    with pytest.raises(ConversionNotStated):
        asked("fi-ov", "fi-osp", on=date(2015, 7, 31))
    with pytest.raises(ConversionNotStated):
        asked("fi-ov", "fi-osp", qualification=SCHOOL)
    with pytest.raises(ConversionNotStated):
        convert(Points.of(180, "fi-osp"), "whole", FINLAND, AFTER)


@pytest.mark.rule("R-POINTS-20")
def test_points_of_two_systems_are_not_added_before_one_is_converted() -> None:
    old, new = Points.of(20, "fi-ov"), Points.of(145, "fi-osp")
    with pytest.raises(PointsNotComparable):
        old + new
    assert convert(old, "core", FINLAND, AFTER) + new == Points.of(180, "fi-osp")


@pytest.mark.rule("R-POINTS-13")
def test_national_points_are_allocated_by_the_table_of_the_qualification() -> None:
    parts = [("vocational", 90), ("core", 20), ("free", 10)]
    inputs = converted_inputs([(code, Points.of(one, "fi-ov")) for code, one in parts], FINLAND, AFTER)
    made = allocate(
        Method.NATIONAL, inputs, total=Points.of(180, "fi-osp"), by=BOARD, in_charge=BOARD, on=AFTER,
        reference=ReferenceContext(pathway=text("Three years"), years=Decimal(3)), conversion=FINLAND.id,
    )  # fmt: skip
    assert [str(one) for one in allocated_points(made).values()] == ["135 fi-osp", "35 fi-osp", "10 fi-osp"]
    assert made.conversion == FINLAND.id
