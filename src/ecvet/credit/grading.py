"""Grades of different scales: the original is kept for ever, a converted grade is a decision of the home institution.

Pass marks differ between scales, so that a conversion is a table from grade to grade and never a formula.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ecvet.credit.assessment import Grade, GradingScale
from ecvet.credit.errors import GradeNotOnScale, NoConversion, ScaleUnknown
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
