"""Days, times, numbers and countries as the reader's language writes them."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.conf import settings
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


# ------------------------------------------------------------- all 24 languages
DAYS = {
    "bg": "24 август 2026", "cs": "24. srpna 2026", "da": "24. august 2026", "de": "24. August 2026",
    "el": "24 Αυγούστου 2026", "en": "24 August 2026", "es": "24 de agosto de 2026", "et": "24. august 2026",
    "fi": "24. elokuuta 2026", "fr": "24 août 2026", "ga": "24 Lúnasa 2026", "hr": "24. kolovoza 2026.",
    "hu": "2026. augusztus 24.", "it": "24 agosto 2026", "lt": "2026 m. rugpjūčio 24 d.",
    "lv": "2026. gada 24. augusts", "mt": "24 ta’ Awwissu 2026", "nl": "24 augustus 2026", "pl": "24 sierpnia 2026",
    "pt": "24 de agosto de 2026", "ro": "24 august 2026", "sk": "24. augusta 2026", "sl": "24. avgust 2026",
    "sv": "24 augusti 2026",
}  # fmt: skip


def test_all_24_are_here():
    assert set(DAYS) == set(dict(settings.LANGUAGES))


@pytest.mark.parametrize("code", DAYS)
def test_a_day_is_written_as_the_language_writes_it(code: str):
    with translation.override(code):
        assert language.day(AT.date()).removesuffix("\u202fг.").replace("\xa0", " ") == DAYS[code]
        assert ("2:05\u202fμ.μ." if code == "el" else "14") in language.moment(AT)
        assert language.moment(AT).endswith(" UTC")


@pytest.mark.parametrize("code", DAYS)
def test_numbers_keep_every_digit_in_every_language(code: str):
    with translation.override(code):
        said = language.number(Decimal("1234567.25"))
    point = "." if code in ("en", "ga", "mt") else ","
    assert said.endswith(f"{point}25")
    assert "".join(sign for sign in said if sign.isdigit()) == "123456725"


@pytest.mark.parametrize("code", DAYS)
def test_countries_and_languages_have_names_in_every_language(code: str):
    with translation.override(code):
        names = dict(language.countries())
        spoken = dict(language.languages())
    assert len(names) > 240
    assert set(spoken) == set(DAYS)
    assert all(name and name != tag for tag, name in spoken.items())


def test_things_are_listed_as_a_sentence_lists_them():
    for code, said in {"en": "A, B and C", "de": "A, B und C", "mt": "A, B, u C", "sl": "A, B in C"}.items():
        with translation.override(code):
            assert language.listed("ABC") == said, code
    assert language.listed([]) == ""
