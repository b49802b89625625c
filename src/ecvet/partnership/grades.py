"""How grades of one institution are read by another: a table with both pass marks, agreed in a memorandum.

Pass marks differ between scales, so that a table goes from grade to grade and is never a formula. What it gives is a
proposal: the grade that was given stays as it is (R-ASSESS-11), and a person decides on the one at home.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ecvet.terms import Identifier, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class GradePair:
    """A grade as it was given, and the grade as which it is read."""

    grade: str
    read_as: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeTable:
    """How grades that `given_by` gives on `scale` are read by `read_by` on `home_scale`, in the days of `valid`.

    `passes_from` and `home_passes_from` are the first grades that pass, there and at home; one that passes there need
    not pass at home.
    """

    given_by: Identifier
    read_by: Identifier
    scale: Identifier
    home_scale: Identifier
    passes_from: str
    home_passes_from: str
    valid: Period
    pairs: tuple[GradePair, ...]

    def reading(self, grade: str) -> str | None:
        """The grade as which one is read; None where the table does not know it."""
        return next((one.read_as for one in self.pairs if one.grade == grade), None)

    @property
    def twice(self) -> Iterator[str]:
        """The grades that stand in the table more than once."""
        named = [one.grade for one in self.pairs]
        return (one for one in dict.fromkeys(named) if named.count(one) > 1)
