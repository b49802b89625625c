"""A qualification: units, their points in it, and the rules that combine them. Versions never change once published.

Recommendation 2009/C 155/02, Annex I(a) and II.1; rules R-QUAL-1 … 5.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Final

from ecvet.qualification.combination import Combination
from ecvet.qualification.errors import FieldUnknown, UnitNotInQualification
from ecvet.qualification.points import Allocation
from ecvet.record import RecordType
from ecvet.terms import Country, EQFLevel, Identifier, LangString, NQFLevel, Period, Points, total

_ISCED_F: Final = re.compile(r"(0\d|10|99)\d{0,2}")


def field_of_education(text: str) -> str:
    """Read a code of ISCED-F 2013. Raises `FieldUnknown`."""
    if not _ISCED_F.fullmatch(text):
        raise FieldUnknown(code=text[:20])
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredOutcome:
    """An outcome that the standard of a qualification demands; some unit must contain it (R-QUAL-4)."""

    id: str
    text: LangString


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLink:
    """A unit in a qualification: the place where its points and its relative weight live (R-POINTS-8).

    `unit` is the version meant; `code` is what the rules of combination call it. `points` is None where the
    qualification has none (R-POINTS-1); `most` is given where the size is fixed per learner between `points` and
    `most` (R-COMP-9).
    `weight` is a share of the whole in percent, where weights but no points are published.
    """

    code: str
    unit: Identifier
    points: Points | None = None
    most: Points | None = None
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualification:
    """The formal outcome of assessment and validation, awarded for learning outcomes to given standards (Annex I(a)).

    `id` names this version; `institution` awards it; `system` is the code of the credit system of all its points.
    `path` names one of several ways to the same qualification that have different rules. A learner who began before
    `valid.end` may finish until `transition_end`. `award_type` is the national kind of award, where profiles bound its
    points (R-POINTS-17). `isced_f` are codes of ISCED-F 2013 (http://data.europa.eu/snb/isced-f/…): two digits for a
    broad field, three for a narrow, four for a detailed one. Raises `FieldUnknown`.
    """

    record_type: ClassVar[RecordType] = RecordType.QUALIFICATION

    id: Identifier
    code: str
    title: LangString
    institution: Identifier
    country: Country
    rules: Combination
    units: tuple[UnitLink, ...] = ()
    standard: tuple[RequiredOutcome, ...] = ()
    version: str = "1"
    path: str = ""
    eqf: EQFLevel | None = None
    nqf: NQFLevel | None = None
    system: str = "ecvet"
    points: Points | None = None
    allocation: Allocation | None = None
    valid: Period | None = None
    transition_end: date | None = None
    unit_based: bool = False
    award_type: str = ""
    replaces: Identifier | None = None
    isced_f: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for code in self.isced_f:
            field_of_education(code)

    def link(self, code: str) -> UnitLink | None:
        """The link of the unit with this code, if the qualification has it."""
        return next((link for link in self.units if link.code == code), None)

    def points_of(self, codes: Iterable[str]) -> Points:
        """The points of these units in this qualification, each counted once; a unit without points adds none.

        Points are never added across qualifications (R-POINTS-20): raises `UnitNotInQualification` for another's unit.
        """
        links = [self._own(code) for code in dict.fromkeys(codes)]
        return total((link.points for link in links if link.points is not None), self.system)

    def relative_weight(self, code: str) -> Fraction | None:
        """The unit's share of the whole: its points over the qualification's, or its published weight (R-POINTS-12).

        None where there are neither, or where the size is fixed per learner. Raises `UnitNotInQualification`.
        """
        link = self._own(code)
        if link.points is not None and link.most is None and self.points is not None and self.points.value:
            return Fraction(link.points.value) / Fraction(self.points.value)
        return None if link.weight is None else Fraction(link.weight) / 100

    def _own(self, code: str) -> UnitLink:
        link = self.link(code)
        if link is None:
            raise UnitNotInQualification(qualification=self.id, unit=code)
        return link
