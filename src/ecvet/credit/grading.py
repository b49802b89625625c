"""Grades of different scales: the original is kept for ever, a converted grade is a decision of the home institution.

Pass marks differ between scales, so that a conversion is a table from grade to grade and never a formula.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ecvet.credit.assessment import Grade, GradingScale
from ecvet.credit.errors import GradeNotOnScale, GradeTwiceInTable, NoConversion, ScaleUnknown
from ecvet.partnership.grades import GradeTable
from ecvet.record import Address
from ecvet.terms import Failure, Identifier, LangString, Success


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeConversion:
    """How grades of one scale are read on another, as decided by `by` on `on`; `pairs` of original and home grade."""

    from_: Identifier
    to: Identifier
    pairs: tuple[tuple[str, str], ...]
    by: Identifier
    on: date
    ground: LangString


def is_on_scale(grade: Grade, scales: Iterable[GradingScale]) -> Success | Failure:
    """Whether a grade is a value of a scale that is known (R-ASSESS-11): asked of a grade at home as of one abroad."""
    scale = next((one for one in scales if one.id == grade.scale), None)
    if scale is None:
        return Failure(ScaleUnknown(scale=grade.scale))
    if grade.value not in scale.values:
        return Failure(GradeNotOnScale(scale=scale.name, grade=grade.value, values=", ".join(scale.values)))
    return Success()


def convert_grade(grade: Grade, conversion: GradeConversion, scales: Iterable[GradingScale]) -> Grade:
    """The grade at home; the original stays in the transcript. Raises `NoConversion` and `GradeNotOnScale`."""
    known = {scale.id: scale for scale in scales}
    converted = dict(conversion.pairs).get(grade.value) if grade.scale == conversion.from_ else None
    scale = known.get(conversion.to)
    if converted is None or scale is None:
        raise NoConversion(scale=conversion.to, grade=grade.value)
    if converted not in scale.values:
        raise GradeNotOnScale(scale=scale.name, grade=converted, values=", ".join(scale.values))
    return Grade(scale=scale.id, value=converted)


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeProposal:
    """A grade at home as the table of a memorandum reads the one that was given: a proposal, until a person takes it.

    `passed` and `passes` say whether it passes there, and at home.
    """

    original: Grade
    grade: Grade
    table: GradeTable
    memorandum: Address
    passed: bool
    passes: bool


def table_holds(table: GradeTable, scales: Iterable[GradingScale]) -> Success | Failure:
    """Whether all grades and pass marks of a table stand on the scales it names, each grade once (R-ASSESS-11)."""
    known = tuple(scales)
    given = (table.passes_from, *(one.grade for one in table.pairs))
    read = (table.home_passes_from, *(one.read_as for one in table.pairs))
    named = (*((table.scale, one) for one in given), *((table.home_scale, one) for one in read))
    for scale, value in named:
        answer = is_on_scale(Grade(scale=scale, value=value), known)
        if isinstance(answer, Failure):
            return answer
    twice = next(table.twice, None)
    return Success() if twice is None else Failure(GradeTwiceInTable(grade=twice))


def propose_grade(
    original: Grade, tables: Iterable[tuple[Address, GradeTable]], *, given_by: Identifier, read_by: Identifier,
    on: date, scales: Iterable[GradingScale],
) -> GradeProposal | None:  # fmt: skip
    """The grade at home by the table that held on the day on which the original was given; the latest one, if several.

    `tables` come with the memorandum in which each stands. None where no table knows the grade: a person then gives one
    or none; nothing is computed (R-ASSESS-11).
    """
    known = {one.id: one.values for one in scales}
    found = None
    for memorandum, table in tables:
        read = table.reading(original.value)
        parties = table.given_by == given_by and table.read_by == read_by
        if not parties or table.scale != original.scale or on not in table.valid or read is None:
            continue
        if found is not None and table.valid.start <= found.table.valid.start:
            continue
        found = GradeProposal(
            original=original, grade=Grade(scale=table.home_scale, value=read), table=table, memorandum=memorandum,
            passed=_passes(original.value, table.passes_from, known.get(table.scale, ())),
            passes=_passes(read, table.home_passes_from, known.get(table.home_scale, ())),
        )  # fmt: skip
    return found


def _passes(grade: str, mark: str, values: tuple[str, ...]) -> bool:
    return grade in values and mark in values and values.index(grade) >= values.index(mark)
