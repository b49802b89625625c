"""The words every room uses refuse what cannot be true, and are exact."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecvet.terms import (
    EQFLevel,
    Failure,
    LangString,
    LevelOutOfRange,
    NotACountry,
    NotAnIdentifier,
    NoText,
    NotPoints,
    NQFLevel,
    Period,
    PeriodEndsBeforeItBegins,
    Points,
    PointsNotComparable,
    Success,
    country,
    decimal,
    decimal_text,
    identifier,
    identifier_in,
    require,
    total,
)

amounts = st.decimals(0, 10**9, places=3)


@pytest.mark.parametrize(
    "text", ["https://school.example/1", "urn:uuid:0190", "did:web:a.example", "mailto:a@b.example"]
)
def test_a_uri_is_an_identifier(text: str) -> None:
    assert identifier(text) == text


@pytest.mark.parametrize("text", ["", "school", "https:", "https://a b", "HTTPS://x", "x:<y>", "a:" + "b" * 2000])
def test_anything_else_is_not(text: str) -> None:
    with pytest.raises(NotAnIdentifier):
        identifier(text)


@pytest.mark.parametrize("text", ["fi", "FIN", "", "Ελ", "F1"])
def test_a_country_is_two_capital_letters(text: str) -> None:
    assert country("FI") == "FI"
    with pytest.raises(NotACountry):
        country(text)


@pytest.mark.rule("R-POINTS-10")
@pytest.mark.parametrize(
    "bad",
    [-1, "-1", "+1", "1e3", "1,5", "1.", ".5", "01", "", "NaN", "∞", "١", 0.5, True, None, Decimal("NaN"),
     Decimal("Infinity"), Decimal("-0.5"), "1." + "0" * 10, "1" * 13],
)  # fmt: skip
def test_points_are_exact_decimals_of_zero_or_more_and_never_floats(bad: Any) -> None:
    with pytest.raises(NotPoints):
        Points.of(bad)


@pytest.mark.rule("R-POINTS-10")
def test_points_are_exact() -> None:
    assert Points.of("0.1") + Points.of("0.2") == Points.of("0.3")
    assert Points(Decimal("1E+2")) == Points.of(100)
    assert str(Points.of("7.50", "fi-osp")) == "7.5 fi-osp"


@given(amounts)
def test_a_decimal_has_one_way_of_being_written(amount: Decimal) -> None:
    written = decimal_text(amount)
    assert decimal(written) == amount
    assert decimal_text(decimal(written)) == written
    assert not written.endswith(".")
    assert "E" not in written


@given(st.lists(amounts, max_size=6))
def test_a_total_does_not_depend_on_the_order(values: list[Decimal]) -> None:
    points = [Points(value) for value in values]
    assert total(points, "ecvet") == total(reversed(points), "ecvet") == Points(sum(values, Decimal(0)))


@pytest.mark.rule("R-POINTS-20")
def test_points_of_two_systems_are_neither_added_nor_compared() -> None:
    ecvet, osp = Points.of(10), Points.of(10, "fi-osp")
    assert ecvet != osp
    assert Points.of(9) < ecvet
    assert ecvet <= ecvet
    for attempt in (lambda: ecvet + osp, lambda: ecvet < osp, lambda: ecvet <= osp, lambda: total([osp], "ecvet")):
        with pytest.raises(PointsNotComparable):
            attempt()


@pytest.mark.rule("R-QUAL-2")
def test_levels_are_whole_numbers_from_one_to_eight_and_national_ones_stand_apart() -> None:
    assert [str(EQFLevel(level)) for level in (1, 8)] == ["EQF 1", "EQF 8"]
    assert str(NQFLevel("SQF", "5")) == "SQF 5"
    for level in (0, 9, True):
        with pytest.raises(LevelOutOfRange):
            EQFLevel(level)


@pytest.mark.rule("R-UNIT-11")
def test_a_text_has_languages_one_of_them_authoritative() -> None:
    title = LangString.of({"pt-BR": "Corte"}, el=" Κοπή ", en="Cutting")
    assert (title.authoritative, title.in_("el"), str(title)) == ("pt-BR", "Κοπή", "Cutting")
    assert LangString.of(el="Κοπή").in_("fi", "sv") == "Κοπή"
    assert LangString.of(fr="cafe\N{COMBINING ACUTE ACCENT}").in_("fr") == "café"


@pytest.mark.rule("R-UNIT-11")
@pytest.mark.parametrize(
    ("texts", "authoritative"),
    [((), ""), ((("en", " "),), "en"), ((("English", "x"),), "English"), ((("en", "x"),), "fi"),
     ((("en", "x"), ("en", "y")), "en")],
)  # fmt: skip
def test_a_text_without_words_or_language_is_refused(texts: tuple[tuple[str, str], ...], authoritative: str) -> None:
    with pytest.raises(NoText):
        LangString(texts, authoritative)


@pytest.mark.rule("R-UNIT-3", "R-LA-11")
def test_a_period_includes_both_its_days_and_never_runs_backwards() -> None:
    stay = Period(date(2024, 3, 4), date(2024, 3, 17))
    assert stay.start in stay
    assert date(2024, 3, 17) in stay
    assert date(2024, 3, 18) not in stay
    assert date(2024, 3, 3) not in stay
    assert date(2999, 1, 1) in Period(date(2024, 3, 4))
    assert (str(stay), str(Period(stay.start))) == ("2024-03-04 – 2024-03-17", "2024-03-04 – …")
    with pytest.raises(PeriodEndsBeforeItBegins):
        Period(date(2024, 3, 5), date(2024, 3, 4))


@pytest.mark.rule("R-LA-11")
@pytest.mark.parametrize(("end", "weeks"), [(4, 1), (10, 1), (11, 2), (17, 2), (18, 3)])
def test_weeks_are_computed_from_the_days(end: int, weeks: int) -> None:
    assert Period(date(2024, 3, 4), date(2024, 3, end)).weeks == weeks
    assert Period(date(2024, 3, 4)).weeks is None


def test_a_no_is_false_and_carries_the_fact() -> None:
    reason = NotPoints(text="x")
    assert Success()
    assert not Failure(reason)
    require(Success())
    with pytest.raises(NotPoints, match="“x”"):
        require(Failure(reason))


def test_a_code_becomes_an_identifier_that_no_other_code_has() -> None:
    codes = ["100114", "a b", "a%20b", "ä/é", "x-1"]
    made = [identifier_in("urn:x-unit:", code) for code in codes]
    assert [identifier(one) for one in made] == made
    assert len(set(made)) == len(codes)
    assert made[:2] == ["urn:x-unit:100114", "urn:x-unit:a%20b"]
