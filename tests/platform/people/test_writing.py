"""Days, times, numbers and countries as the reader's language writes them."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.utils import translation

from ecvet.terms import Points
from ecvet_platform.people import language
from ecvet_platform.qualifications.words import amount

AT = datetime(2026, 8, 24, 14, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "day", "moment"),
    [
        ("en", "24 August 2026", "24 August 2026, 14:05 UTC"),
        ("de", "24. August 2026", "24. August 2026, 14:05 UTC"),
        ("fi", "24. elokuuta 2026", "24. elokuuta 2026 14.05 UTC"),
    ],
)
def test_days_come_before_months_and_hours_count_to_24(code: str, day: str, moment: str):
    with translation.override(code):
        assert language.day(AT.date()) == day
        assert language.moment(AT) == moment
        assert language.moment(AT.astimezone(timezone(timedelta(hours=3)))) == moment


def test_what_is_not_there_is_a_dash():
    assert {language.day(None), language.moment(None), language.number(None), amount(None)} == {"–"}


def test_numbers_stay_exact():
    with translation.override("de"):
        assert language.number(Decimal("12.345678901")) == "12,345678901"


def test_countries_and_points_have_names_and_what_is_unknown_stays_as_it_is():
    with translation.override("en"):
        assert language.country("FI") == "Finland"
        assert language.country("XQ") == "XQ"
        assert amount(Points.of("35", "fi-osp")) == "35 Finnish competence points"
        assert amount(Points.of("2.5", "elsewhere")) == "2.5 elsewhere"


def test_a_day_has_no_zone():
    assert language.day(date(2026, 1, 31)) == "31 January 2026"
