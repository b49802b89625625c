"""Other ways to finish: up to k completions, cheapest first, each with other units than those before it.

Each completion found is excluded as a barred set (its units may not all be used together, those apart that every way
has), and the engine is asked again; so the next is again the cheapest of those left. Which open slot takes open credit
makes no other way to finish.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ecvet.correspondence.equivalence import Equivalence
from ecvet.credit.accumulation.compile import compiled
from ecvet.credit.accumulation.decide import accumulate
from ecvet.credit.accumulation.held import Held
from ecvet.credit.accumulation.progress import Completion
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import S1, Reading
from ecvet.qualification.requirements import Barred, Overlay, Which, Window

MOST = 20
"""More alternatives than a person can weigh are not looked for."""


def alternatives(
    qualification: Qualification, held: Held, most: int, *, reading: Reading = S1, declared: Sequence[str] = (),
    equivalences: Iterable[Equivalence] = (), on: date | None = None,
) -> tuple[Completion, ...]:  # fmt: skip
    """Up to `most` completions, at most 20; none where nothing completes it, one empty for whoever has finished.

    Fewer are found when there are no more, or when one is not found in time. Raises as `accumulate`.
    """
    decisions, found, rules = tuple(equivalences), list[Completion](), qualification.rules
    settled = {piece.code for piece in held.units} | compiled(qualification, reading).plan.needed.keys()
    while len(found) < min(most, MOST):
        asked = replace(qualification, rules=rules)
        progress = accumulate(asked, held, reading=reading, declared=declared, equivalences=decisions, on=on)
        if progress.completion is None:
            break
        found.append(progress.completion)
        if not progress.completion.add:
            break
        added = dict.fromkeys(one.piece.code for one in progress.completion.add if one.piece.code)
        units = tuple(code for code in added if code not in settled)
        if units:
            rules = replace(rules, barred=(*rules.barred, Barred(units=units, at_most=len(units) - 1)))
            continue
        absent = tuple(code for code in rules.units if code not in settled)
        if not absent:
            break
        some = Overlay(which=Which(units=absent), count=Window(Decimal(1), None), id="another way")
        rules = replace(rules, overlays=(*rules.overlays, some))
    return tuple(found)
