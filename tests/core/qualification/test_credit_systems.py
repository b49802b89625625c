"""Credit systems and sizes of awards as dated data, and the flags that follow."""

from datetime import date
from decimal import Decimal

import pytest

from core.qualification.samples import text
from ecvet.qualification import (
    AWARD_SIZES,
    CREDIT_SYSTEMS,
    ReferenceContext,
    credit_system,
    duration_findings,
    hours,
    malta_class,
    size_findings,
)
from ecvet.qualification.errors import CreditSystemUnknown
from ecvet.record import plain
from ecvet.terms import Points, Severity

ON = date(2024, 9, 1)


def test_codes_are_unique_and_every_profile_names_its_source() -> None:
    codes = [one.code for one in CREDIT_SYSTEMS]
    assert sorted(set(codes)) == sorted(codes) == ["ects", "ecvet", "ee-ekap", "fi-osp", "fi-ov", "mt-ecvet"]
    assert all(one.source and one.grain > 0 for one in CREDIT_SYSTEMS)
    assert {size.system for size in AWARD_SIZES} <= set(codes)


def test_the_finnish_system_changed_on_the_first_of_august_2015() -> None:
    assert credit_system("fi-ov", date(2015, 7, 31)).points_per_year == 40
    assert credit_system("fi-osp", date(2015, 8, 1)).points_per_year == 60
    with pytest.raises(CreditSystemUnknown) as refused:
        credit_system("fi-ov", date(2015, 8, 1))
    assert "fi-osp" in refused.value.what_to_do


@pytest.mark.rule("R-POINTS-15")
@pytest.mark.parametrize(
    ("points", "system", "expected"),
    [("4", "mt-ecvet", 100), ("120", "ee-ekap", 3120), ("180", "ee-ekap", 4680), ("4", "ecvet", None)],
)
def test_hours_belong_to_national_profiles_and_plain_ecvet_has_none(
    points: str, system: str, expected: int | None
) -> None:
    assert hours(Points.of(points, system), ON) == expected


def test_a_maltese_credit_has_five_contact_hours() -> None:
    assert credit_system("mt-ecvet", ON).min_contact_hours == 5


@pytest.mark.rule("R-POINTS-16")
@pytest.mark.parametrize(
    ("points", "level", "kind"),
    [("60", "3", "qualification"), ("6", "3", "award"), ("120", "4", "qualification"), ("4", "2", "award"),
     ("40", "1", "qualification"), ("29", "Intro A", "award"), ("60", "5", "qualification")],
)  # fmt: skip
def test_maltese_points_below_the_threshold_of_their_level_make_an_award(points: str, level: str, kind: str) -> None:
    maltese = Points.of(points, "mt-ecvet")
    assert malta_class(maltese, level, ON) == kind
    flags = size_findings(maltese, on=ON, level=level)
    assert [(one.rule, one.severity) for one in flags] == [("R-POINTS-16", Severity.FLAG)] * (kind == "award")
    assert size_findings(maltese, on=ON, level=level, award_type="award") == ()


def test_only_maltese_points_are_classed_the_maltese_way() -> None:
    assert malta_class(Points.of(6), "3", ON) is None
    assert "60–120" in size_findings(Points.of(130, "mt-ecvet"), on=ON, level="5")[0].sentence


@pytest.mark.rule("R-POINTS-17")
@pytest.mark.parametrize(
    ("points", "award_type", "fits"),
    [("15", "initial", True), ("150", "initial", True), ("151", "initial", False), ("60", "continuing", True),
     ("61", "continuing", False), ("180", "secondary", True), ("120", "secondary", False),
     ("120", "", True), ("170", "", False)],
)  # fmt: skip
def test_estonian_sizes_at_level_four_are_flagged_outside_their_range(points: str, award_type: str, fits: bool) -> None:
    flags = size_findings(Points.of(points, "ee-ekap"), on=ON, level="4", award_type=award_type)
    assert [(one.rule, one.severity) for one in flags] == [("R-POINTS-17", Severity.FLAG)] * (not fits)


@pytest.mark.rule("R-POINTS-17")
def test_estonian_sizes_hold_from_the_act_of_2013_on_and_at_level_four_only() -> None:
    big = Points.of(170, "ee-ekap")
    assert size_findings(big, on=date(2013, 8, 31), level="4") == ()
    assert size_findings(big, on=ON, level="5") == ()


@pytest.mark.rule("R-POINTS-18")
@pytest.mark.parametrize(("points", "fits"), [("1", True), ("15", True), ("16", False), ("0", False), ("2.5", False)])
def test_a_micro_credential_of_the_blockchain_profile_has_one_to_fifteen_whole_points(points: str, fits: bool) -> None:
    flags = size_findings(Points.of(points), on=ON, award_type="ebsi-vet-micro-credential")
    assert [one.rule for one in flags] == ["R-POINTS-18"] * (not fits)


@pytest.mark.rule("R-POINTS-18")
def test_the_profile_of_micro_credentials_says_nothing_about_other_awards() -> None:
    assert size_findings(Points.of(180), on=ON, level="4") == ()


@pytest.mark.rule("R-POINTS-19")
def test_121_points_in_one_year_are_flagged_and_sixty_are_not() -> None:
    year = ReferenceContext(pathway=text("Full-time"), years=Decimal(1))
    (flag,) = duration_findings(Points.of(121, "mt-ecvet"), year, on=ON)
    assert (flag.rule, flag.severity) == ("R-POINTS-19", Severity.FLAG)
    assert flag.sentence == "121 mt-ecvet are published; by convention 1 × 60 points a year give 60."
    assert duration_findings(Points.of(60, "mt-ecvet"), year, on=ON) == ()
    assert duration_findings(Points.of(121, "mt-ecvet"), None, on=ON) == ()
    assert duration_findings(Points.of(121, "nobody-knows"), year, on=ON) == ()


@pytest.mark.rule("R-DATA-1")
def test_a_credit_point_is_one_framework_and_one_value_as_text() -> None:
    concepts = {one.code: one.elm_framework for one in CREDIT_SYSTEMS}
    assert concepts["ecvet"] == concepts["mt-ecvet"] == "http://data.europa.eu/snb/education-credit/60b314e826"
    assert concepts["ects"] == "http://data.europa.eu/snb/education-credit/6fcec5c5af"
    assert concepts["fi-osp"] is None
    assert plain(Points.of("7.50")) == {"value": "7.5", "system": "ecvet"}
