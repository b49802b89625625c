"""What one line of a list of learners says, and everything that is wrong with it at once."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from ecvet.errors import EcvetError
from ecvet.mobility.roster.columns import Column
from ecvet.mobility.roster.errors import (
    AgeImpossible,
    CellIsFormula,
    CellMissing,
    ColumnsMissing,
    ColumnTwice,
    DayUnreadable,
    EmailUnreadable,
    GuardianWanted,
    QualificationNotFound,
)
from ecvet.record import Person
from ecvet.terms import Identifier, identifier_in

NEEDED: Final = (Column.NAMES, Column.FAMILY_NAME)
YOUNGEST, OLDEST = 10, 110
NUMBERS: Final = "#learner-"
"""What stands between the identifier of a home institution and the number that it gave a learner."""

_YEAR_FIRST: Final = re.compile(r"(\d{4})([-./])\s?(\d{1,2})\2\s?(\d{1,2})\.?(?:[ T]00:00(?::00)?)?")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})([-./])\s?(\d{1,2})\2\s?(\d{4})\.?")


class Answer(StrEnum):
    """What becomes of a line: it is read, left out because she is known, or refused."""

    READ = "read"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A learner as a line presents her. The number that the school gave her is part of the person."""

    person: Person
    email: str = ""
    qualification: Identifier | None = None
    guardian: str = ""
    guardian_email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line with its number in the file. `why` holds what stands in the way, or remarks on what was read.

    `learner` is who it is: known already, or entered since.
    """

    number: int
    called: str
    answer: Answer
    entry: Entry | None
    why: tuple[EcvetError, ...] = ()
    learner: Identifier | None = None


def read(
    rows: Iterable[tuple[int, Sequence[str]]], columns: Sequence[Column | None], *, home: Identifier, on: date,
    adult_age: int, qualifications: Mapping[str, Identifier], is_address: Callable[[str], bool],
) -> tuple[Line, ...]:  # fmt: skip
    """Every row as a line that is read or refused; one refused line holds up no other.

    `qualifications` are the published ones by the texts with which lines name them, `is_address` says what an e-mail
    address is, `on` is the day. Raises `ColumnsMissing`, `ColumnTwice`.
    """
    chosen = [one for one in columns if one is not None]
    missing, twice = [one for one in NEEDED if one not in chosen], sorted({x for x in chosen if chosen.count(x) > 1})
    if missing:
        raise ColumnsMissing(missing=", ".join(missing))
    if twice:
        raise ColumnTwice(columns=", ".join(twice))
    reading = _Reading(home, on, adult_age, qualifications, is_address)
    return tuple(
        reading.line(number, {column: row[at].strip() for at, column in enumerate(columns) if column and at < len(row)})
        for number, row in rows
    )


def birth_day(text: str) -> date:
    """A day as people write it: year, month, day, or day, month, year. Raises `DayUnreadable`."""
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found[1], found[3], found[4]
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found[1], found[3], found[4]
    else:
        raise DayUnreadable(text=text[:40])
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise DayUnreadable(text=text[:40]) from error


@dataclass(frozen=True, slots=True)
class _Reading:
    home: Identifier
    on: date
    adult_age: int
    qualifications: Mapping[str, Identifier]
    is_address: Callable[[str], bool]

    def line(self, number: int, said: Mapping[Column, str]) -> Line:
        found = {column: said.get(column, "") for column in Column}
        wrong: list[EcvetError] = [CellMissing(column=one) for one in NEEDED if not found[one]]
        wrong += [CellIsFormula(column=one, text=text[:40]) for one, text in found.items() if text.startswith("=")]
        born = self._born(found[Column.BIRTH_DATE], wrong)
        for one in (Column.EMAIL, Column.GUARDIAN_EMAIL):
            found[one] = found[one].removeprefix("mailto:").lower()
            if found[one] and not self.is_address(found[one]):
                wrong.append(EmailUnreadable(text=found[one][:80]))
        named = found[Column.QUALIFICATION]
        if named and named not in self.qualifications:
            wrong.append(QualificationNotFound(text=named[:80]))
        called = f"{found[Column.NAMES]} {found[Column.FAMILY_NAME]}".strip()
        if wrong:
            return Line(number=number, called=called, answer=Answer.REFUSED, entry=None, why=tuple(wrong))
        told = found[Column.NUMBER]
        person = Person(
            names=tuple(found[Column.NAMES].split()), family_name=found[Column.FAMILY_NAME], birth_date=born,
            learner_id=identifier_in(f"{self.home}{NUMBERS}", told) if told else None,
        )  # fmt: skip
        entry = Entry(
            person=person, email=found[Column.EMAIL], qualification=self.qualifications.get(named),
            guardian=found[Column.GUARDIAN], guardian_email=found[Column.GUARDIAN_EMAIL],
        )  # fmt: skip
        return Line(number=number, called=called, answer=Answer.READ, entry=entry, why=self._remarks(entry))

    def _born(self, text: str, wrong: list[EcvetError]) -> date | None:
        if not text or text.startswith("="):
            return None
        try:
            born = birth_day(text)
        except DayUnreadable as error:
            wrong.append(error)
            return None
        if not YOUNGEST <= self.on.year - born.year <= OLDEST:
            wrong.append(AgeImpossible(born=born))
        return born

    def _remarks(self, entry: Entry) -> tuple[EcvetError, ...]:
        born, on = entry.person.birth_date, self.on
        age = on.year - born.year - ((on.month, on.day) < (born.month, born.day)) if born else self.adult_age
        wanted = age < self.adult_age and not entry.guardian_email
        return (GuardianWanted(age=age),) if wanted else ()
