"""Lists of learners: the columns of every language, what a line says, and who is known already."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import pytest

from core.mobility.cast import HAIRDRESSER, TURIN
from ecvet.errors import EcvetError
from ecvet.mobility import roster
from ecvet.mobility.roster import Acquaintance, Answer, Column, Line
from ecvet.mobility.roster.errors import (
    AgeImpossible,
    CellIsFormula,
    CellMissing,
    ColumnsMissing,
    ColumnTwice,
    DayUnreadable,
    EmailOfAnother,
    EmailUnreadable,
    GuardianWanted,
    PerhapsThere,
    QualificationNotFound,
    ThereAlready,
    TwiceInTheList,
)
from ecvet.mobility.roster.lines import birth_day
from ecvet.record import Person

TODAY: Final = date(2026, 3, 2)
COLUMNS: Final = (
    Column.NAMES, Column.FAMILY_NAME, Column.BIRTH_DATE, Column.EMAIL, Column.NUMBER, Column.QUALIFICATION,
    Column.GUARDIAN, Column.GUARDIAN_EMAIL,
)  # fmt: skip
OFFICIAL: Final = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
    "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
)  # fmt: skip


def read(*rows: Sequence[str], columns: Sequence[Column | None] = COLUMNS) -> tuple[Line, ...]:
    return roster.read(
        enumerate(rows, 2), columns, home=TURIN, on=TODAY, adult_age=18, qualifications={"HAIR": HAIRDRESSER},
        is_address=lambda text: "@" in text,
    )  # fmt: skip


def answers(lines: Sequence[Line]) -> list[tuple[Answer, list[type[EcvetError]]]]:
    return [(one.answer, [type(why) for why in one.why]) for one in lines]


@pytest.mark.parametrize("language", OFFICIAL)
def test_the_columns_of_a_list_are_known_in_every_official_language(language: str) -> None:
    heads = roster.titles(language)
    assert roster.guess(heads.values()) == tuple(heads)
    assert roster.guess(one.upper() for one in heads.values()) == tuple(heads)


def test_columns_are_guessed_whatever_their_accents_and_punctuation_and_each_only_once() -> None:
    heads = ("PRENOM", "nom", "Nom de famille", "e mail (privé)", "Klasse", "Geb.-Datum", "Student_ID")
    assert roster.guess(heads) == (
        Column.NAMES, Column.FAMILY_NAME, None, Column.EMAIL, None, Column.BIRTH_DATE, Column.NUMBER,
    )  # fmt: skip
    assert roster.guess(("Klasse",), {"Klasse": Column.NUMBER}) == (Column.NUMBER,)


@pytest.mark.parametrize(
    "text",
    ["2006-07-31", "31.7.2006", "31/07/2006", "31-07-2006", "31. 7. 2006", "2006.07.31.", "2006. 7. 31.",
     "2006-07-31 00:00:00", "2006/7/31"],
)  # fmt: skip
def test_days_are_read_as_europeans_write_them(text: str) -> None:
    assert birth_day(text) == date(2006, 7, 31)


@pytest.mark.parametrize("text", ["07/31/2006", "31.02.2006", "2006", "yesterday", "31.07.06", "2006-07/31", "38929"])
def test_what_is_no_day_for_certain_is_not_guessed(text: str) -> None:
    with pytest.raises(DayUnreadable):
        birth_day(text)


def test_a_line_says_who_she_is_and_what_she_follows() -> None:
    (line,) = read(("Alba Maria", "Rossi", "1.7.2006", "Alba@Example.org", "4711/a", "HAIR", "", ""))
    assert line.answer is Answer.READ
    assert line.number == 2
    assert line.entry is not None
    assert line.entry.person == Person(
        names=("Alba", "Maria"), family_name="Rossi", birth_date=date(2006, 7, 1),
        learner_id=line.entry.person.learner_id,
    )  # fmt: skip
    assert line.entry.person.learner_id == "https://turin.example#learner-4711%2fa"
    assert (line.entry.email, line.entry.qualification) == ("alba@example.org", HAIRDRESSER)


def test_everything_wrong_with_a_line_is_said_at_once_and_holds_up_no_other_line() -> None:
    lines = read(
        ("", "", "31.02.2006", "alba", "", "COOK", "", "mother"),
        ("=A1&B1", "Rossi", "", "", "", "", "", ""),
        ("Alba", "Rossi", "2030-01-01", "", "", "", "", ""),
        ("Alba", "Rossi", "", "", "", "", "", ""),
    )
    assert answers(lines) == [
        (Answer.REFUSED, [CellMissing, CellMissing, DayUnreadable, EmailUnreadable, EmailUnreadable,
                          QualificationNotFound]),
        (Answer.REFUSED, [CellIsFormula]),
        (Answer.REFUSED, [AgeImpossible]),
        (Answer.READ, []),
    ]  # fmt: skip
    assert all(line.entry is None for line in lines[:3])


@pytest.mark.rule("R-LA-9")
def test_a_minor_without_guardian_is_read_with_a_remark() -> None:
    lines = read(
        ("Ben", "Neri", "2009-03-03", "", "", "", "", ""),
        ("Cia", "Verdi", "2009-03-03", "", "", "", "Gaia", "gaia@example.org"),
        ("Dea", "Bianchi", "2008-03-02", "", "", "", "", ""),
    )
    assert answers(lines) == [(Answer.READ, [GuardianWanted]), (Answer.READ, []), (Answer.READ, [])]


def test_a_list_without_names_or_with_two_columns_for_one_is_refused_whole() -> None:
    with pytest.raises(ColumnsMissing):
        read(("Rossi",), columns=(Column.FAMILY_NAME,))
    with pytest.raises(ColumnTwice):
        read(("a", "b", "c"), columns=(Column.NAMES, Column.FAMILY_NAME, Column.NAMES))


def test_a_list_brought_twice_enters_nobody_twice() -> None:
    """Whatever the list says of them: a number, an address, a date of birth, or nothing but the name."""
    lines = read(
        ("Alba", "Rossi", "", "", "1", "", "", ""),
        ("Ben", "Neri", "", "ben@example.org", "", "", "", ""),
        ("Cia", "Verdi", "2006-01-01", "", "", "", "", ""),
        ("Dea", "Bianchi", "", "", "", "", "", ""),
    )
    assert all(one.answer is Answer.READ for one in roster.recognise(lines, ()))
    known = [Acquaintance(person=one.entry.person, email=one.entry.email) for one in lines if one.entry]
    assert answers(roster.recognise(lines, known)) == [(Answer.KNOWN, [ThereAlready])] * 4
    twice = roster.recognise((*lines, *lines), ())
    assert answers(twice[4:]) == [(Answer.KNOWN, [TwiceInTheList])] * 4


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("Alba", "Rossi", "2006-07-01", "new@example.org", "", "", "", ""), ThereAlready),
        (("ALBA", "Róssi", "2006-07-01", "", "", "", "", ""), ThereAlready),
        (("Albina", "Rossi", "", "", "1", "", "", ""), ThereAlready),
        (("Alba", "Rossi", "", "", "", "", "", ""), PerhapsThere),
        (("Alba", "Rossi", "2005-01-01", "", "", "", "", ""), None),
        (("Alba", "Rossi", "2006-07-01", "", "2", "", "", ""), None),
        (("Alba", "Rossi", "", "other@example.org", "", "", "", ""), None),
        (("Bea", "Rossi", "", "alba@example.org", "", "", "", ""), EmailOfAnother),
        (("Bea", "Rossi", "2006-07-01", "", "", "", "", ""), None),
    ],
)
def test_who_is_known_is_recognised_and_two_people_of_one_name_are_told_apart(
    row: tuple[str, ...], expected: type[EcvetError] | None
) -> None:
    (alba,) = read(("Alba", "Rossi", "2006-07-01", "alba@example.org", "1", "", "", ""))
    assert alba.entry is not None
    known = Acquaintance(person=alba.entry.person, email=alba.entry.email)
    (line,) = roster.recognise(read(row), (known,))
    assert [type(one) for one in line.why] == ([expected] if expected else [])
    assert (line.answer is Answer.READ) == (expected is None)
