"""The nearest other qualification: towards which of a register does the credit held already lead furthest?

Fewest additional points first, then fewest units and pieces to add. Qualifications in which nothing held counts, which
nothing completes, or whose rules have errors, are no answer to the question.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ecvet.correspondence.equivalence import Equivalence
from ecvet.credit.accumulation.answers.sides import freed
from ecvet.credit.accumulation.decide import accumulate
from ecvet.credit.accumulation.held import Held
from ecvet.credit.accumulation.progress import Completion, Progress
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import S1, Reading
from ecvet.qualification.tree_findings import tree_findings
from ecvet.terms import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """One qualification of the register with where the learner stands towards it; `completion` is what is left."""

    qualification: Qualification
    progress: Progress
    completion: Completion

    @property
    def distance(self) -> tuple[bool, Decimal, int, str]:
        """By what it is ranked: additional points (those without points come last), pieces to add, identifier."""
        points = self.completion.points
        return points is None, points or Decimal(0), len(self.completion.add), self.qualification.id


def nearest(
    register: Iterable[Qualification], held: Held, *, but: str = "", most: int = 5,
    reading: Reading = S1, equivalences: Iterable[Equivalence] = (), on: date | None = None,
) -> tuple[Near, ...]:  # fmt: skip
    """The `most` nearest of a register, other than that with the code `but`. Declared
    groups belong to another qualification's rules and are left aside.

    Points of different credit systems are ranked as they stand; they are compared, never added.
    """
    decisions, found = tuple(equivalences), []
    for qualification in register:
        if qualification.code == but or any(one.severity is Severity.ERROR for one in tree_findings(qualification)):
            continue
        progress = accumulate(qualification, freed(held), reading=reading, equivalences=decisions, on=on)
        if progress.completion is not None and any(one.place is not None for one in progress.units):
            found.append(Near(qualification=qualification, progress=progress, completion=progress.completion))
    return tuple(sorted(found, key=lambda near: near.distance)[:most])
