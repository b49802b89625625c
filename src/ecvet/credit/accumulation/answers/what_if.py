"""What if: the verdict now and the verdict with units added or taken away hypothetically. Nothing is recorded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ecvet.correspondence.equivalence import Equivalence
from ecvet.credit.accumulation.answers.sides import differences
from ecvet.credit.accumulation.decide import accumulate
from ecvet.credit.accumulation.held import Held, Piece
from ecvet.credit.accumulation.progress import Progress
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import S1, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """The verdict as things are (`before`), as they would be (`after`), and the differences in sentences."""

    before: Progress
    after: Progress
    changes: tuple[str, ...]


def what_if(
    qualification: Qualification, held: Held, *, add: Iterable[Piece] = (), without: Iterable[str] = (),
    reading: Reading = S1, declared: Sequence[str] = (), equivalences: Iterable[Equivalence] = (),
    on: date | None = None,
) -> WhatIf:  # fmt: skip
    """Ask for another learner who has what was added and lacks the codes `without`. Raises as `accumulate`.

    A piece without a code is other credit; an added unit stands for one held under the same code.
    """
    decisions, more = tuple(equivalences), tuple(add)
    gone = {*without, *(piece.code for piece in more if piece.code)}
    other = replace(
        held,
        units=(*(one for one in held.units if one.code not in gone), *(one for one in more if one.code)),
        other=(*(one for one in held.other if not one.code or one.code not in gone),
               *(one for one in more if not one.code)),
        exempt=tuple(code for code in held.exempt if code not in gone),
    )  # fmt: skip
    before, after = (
        accumulate(qualification, one, reading=reading, declared=declared, equivalences=decisions, on=on)
        for one in (held, other)
    )
    return WhatIf(before=before, after=after, changes=differences(before, after, ("now", "then")))
