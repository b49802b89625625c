"""Frozen values and plain JSON: the way there and back loses nothing, the strange is refused with its path."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecvet.record import canonical, plain, value
from ecvet.record.canonical import JsonObject
from ecvet.record.errors import TermsUnreadable
from ecvet.terms import EQFLevel, Identifier, LangString, LevelOutOfRange, Period, Points


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    kind: ClassVar[str] = "square"
    side: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    kind: ClassVar[str] = "circle"
    radius: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    name: LangString
    id: Identifier
    at: datetime
    on: date
    size: Decimal
    colours: frozenset[Colour] = frozenset()
    shapes: tuple[Square | Circle, ...] = ()
    points: Points | None = None
    period: Period | None = None
    level: EQFLevel | None = None
    notes: Mapping[str, str] | None = None
    free: JsonObject | None = None
    count: int = 0
    sure: bool = False
    word: str = ""

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError("a count is not negative")


words = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=6).map(
    lambda text: unicodedata.normalize("NFC", text)
)
decimals = st.decimals(0, 10**6, places=2).map(lambda one: Decimal(format(one.normalize(), "f")))
days = st.dates(date(1950, 1, 1), date(2100, 1, 1))
names = st.dictionaries(st.sampled_from(["en", "fi", "el", "pt-BR"]), words, min_size=1).map(LangString.of)
everything = st.builds(
    Everything,
    name=names,
    id=words.map(lambda word: Identifier(f"urn:x:{word}")),
    at=st.datetimes(timezones=st.just(UTC)),
    on=days,
    size=decimals,
    colours=st.frozensets(st.sampled_from(Colour)),
    shapes=st.lists(st.builds(Square, side=decimals) | st.builds(Circle, radius=decimals), max_size=3).map(tuple),
    points=st.none() | decimals.map(Points),
    period=st.none() | st.tuples(days, days).map(lambda pair: Period(*sorted(pair))) | days.map(Period),
    level=st.none() | st.integers(1, 8).map(EQFLevel),
    notes=st.none() | st.dictionaries(words, words, max_size=2),
    free=st.none() | st.dictionaries(words, st.integers(0, 9), max_size=2),
    count=st.integers(0, 9),
    sure=st.booleans(),
    word=st.just("") | words,
)
SMALL = Everything(
    name=LangString.of(en="x"), id=Identifier("urn:x"), at=datetime(2024, 1, 1, tzinfo=UTC), on=date(2024, 1, 1),
    size=Decimal(1),
)  # fmt: skip


@given(everything)
def test_what_is_written_is_read_as_the_same_value(one: Everything) -> None:
    written = plain(one)
    assert value(Everything, written) == one
    canonical(written)


def test_what_is_absent_or_empty_is_not_written() -> None:
    assert plain(SMALL) == {
        "name": {"en": "x"}, "id": "urn:x", "at": "2024-01-01T00:00:00Z", "on": "2024-01-01", "size": "1", "count": 0,
        "sure": False,
    }  # fmt: skip


def test_times_are_written_in_utc_and_sets_in_one_order() -> None:
    east = datetime(2024, 1, 1, 2, tzinfo=timezone(timedelta(hours=2)))
    assert plain(east) == "2024-01-01T00:00:00Z"
    assert plain(frozenset({Colour.RED, Colour.BLUE})) == ["blue", "red"]
    assert plain(LangString.of(fi="Hiukset", en="Hair")) == {"fi": "Hiukset", "en": "Hair", "authoritative": "fi"}


@pytest.mark.rule("R-POINTS-10")
@pytest.mark.parametrize("bad", [0.5, None, SMALL.at.replace(tzinfo=None), object(), Everything])
def test_floats_naive_times_and_strangers_have_no_plain_form(bad: object) -> None:
    with pytest.raises(TypeError):
        plain(bad)


@pytest.mark.parametrize(
    ("member", "bad", "why"),
    [
        ("unknown", 1, "unknown member “unknown”"),
        ("size", 1, "a decimal number as text"),
        ("at", "2024-01-01T00:00:00", "at: “2024"),
        ("at", "2024-01-01T00:00:00+02:00", "at"),
        ("at", "20240101T000000Z", "at"),
        ("on", "1 May", "on"),
        ("on", "20240101", "on"),
        ("on", "2024-W01-1", "on"),
        ("colours", "red", "a list"),
        ("colours", ["green"], r"colours\[0\]"),
        ("shapes", [{"side": "1"}], "“kind” must be one of circle, square"),
        ("shapes", ["round"], r"shapes\[0\]"),
        ("shapes", {}, "a list"),
        ("notes", [], "an object"),
        ("free", [], "an object"),
        ("period", "2024", "an object"),
        ("count", True, "expected int"),
        ("count", "1", "expected int"),
        ("count", -1, "not negative"),
        ("name", "x", "LangString"),
        ("name", {"en": 5}, "name"),
        ("points", {"system": "ecvet"}, "“value” is missing"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_path(member: str, bad: Any, why: str) -> None:
    written = plain(SMALL)
    assert isinstance(written, dict)
    with pytest.raises(TermsUnreadable, match=why):
        value(Everything, {**written, member: bad})


def test_what_cannot_be_true_is_refused_by_the_value_itself() -> None:
    written = plain(SMALL)
    assert isinstance(written, dict)
    with pytest.raises(LevelOutOfRange):
        value(Everything, {**written, "level": {"level": 9}})
