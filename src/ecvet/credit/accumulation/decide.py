"""Accumulation: where a learner stands towards a qualification. Exact, explained, and honest where it cannot decide.

The rules are the institution's (R-COMP-1); what the tree leaves open is read by a named reading. A yes has passed the
independent check; past the time limit, or where a rule cannot be decided, the answer is undecided and says why. The
verdict alone costs neither explanation nor completion, and mostly no solver (docs/decisions/0009).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from ecvet.correspondence.equivalence import Equivalence
from ecvet.credit.accumulation.compile import compiled
from ecvet.credit.accumulation.decision import Decision
from ecvet.credit.accumulation.held import Held
from ecvet.credit.accumulation.progress import Completion, Progress, Verdict
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import S1, Reading

SECONDS: Final = 5.0
MOST_REMEMBERED: Final = 4096
_remembered: dict[tuple[object, ...], Verdict] = {}


def verdict(
    qualification: Qualification, held: Held, *, reading: Reading = S1, declared: Sequence[str] = (),
    equivalences: Iterable[Equivalence] = (), on: date | None = None, seconds: float = SECONDS,
) -> Verdict:  # fmt: skip
    """Yes or no for one learner, with its proof and nothing else; arguments and errors as `accumulate`.

    The same credit in any order has the same answer, which is remembered for the rules, the reading, what is declared
    and, where it matters, the day.
    """
    tree, equivalences = compiled(qualification, reading), tuple(equivalences)
    decision = Decision(tree, held, tuple(declared), equivalences, on, seconds)
    if equivalences or decision.lacking():  # not worth remembering
        return decision.verdict()
    day = on if tree.rules.maximum_age else None
    key = (tree, *map(_multiset, (held.units, held.other)), held.fulfilled, held.exempt, tuple(declared), day)
    known = _remembered.get(key)
    if known is None:
        known = decision.verdict()
        if known.complete is not None:
            if len(_remembered) >= MOST_REMEMBERED:
                _remembered.pop(next(iter(_remembered)), None)
            _remembered[key] = known
    return known


def accumulate(
    qualification: Qualification,
    held: Held,
    *,
    reading: Reading = S1,
    declared: Sequence[str] = (),
    equivalences: Iterable[Equivalence] = (),
    on: date | None = None,
    seconds: float = SECONDS,
) -> Progress:
    """The verdict for one learner, with counted points, reasons and what is missing (R-COMP-6, R-COMP-14).

    `declared` names competence areas, titles or groups the learner has chosen; without it any may be chosen. `on` is
    the day of the verdict, needed where equivalences or the age of credit play a part. Raises `DeclaredGroupUnknown`,
    `TreeUnusable`.
    """
    tree = compiled(qualification, reading)
    return Decision(tree, held, tuple(declared), tuple(equivalences), on, seconds).progress()


def complete(
    qualification: Qualification, held: Held, *, reading: Reading = S1, declared: Sequence[str] = (),
    equivalences: Iterable[Equivalence] = (), on: date | None = None, seconds: float = SECONDS,
) -> Completion | None:  # fmt: skip
    """The cheapest way to finish; None when there is none, or it was not found in time. Raises as `accumulate`."""
    tree = compiled(qualification, reading)
    return Decision(tree, held, tuple(declared), tuple(equivalences), on, seconds).completion()[1]


def _multiset(pieces: tuple[object, ...]) -> object:
    """The pieces in no order: a set where each is there once."""
    once = frozenset(pieces)
    return once if len(once) == len(pieces) else frozenset(Counter(pieces).items())
