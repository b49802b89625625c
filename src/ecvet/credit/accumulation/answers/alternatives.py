"""Other ways to finish: up to k completions, cheapest first, each with other units than those before it.

Each completion found is excluded as a barred set (its units may not all be used together, those apart that every way
has), and the engine is asked again; so the next is again the cheapest of those left. Where nothing is left so, a unit
must be used that no way before has. Which open slot takes open credit makes no other way to finish.
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
from ecvet.qualification.combination import Combination
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
    known, others = set[str](), list[Combination]()
    while len(found) < min(most, MOST):
        asked = replace(qualification, rules=rules)
        progress = accumulate(asked, held, reading=reading, declared=declared, equivalences=decisions, on=on)
        if progress.completion is None:
            if not others:
                break
            rules = others.pop()
            others.clear()
            continue
        found.append(progress.completion)
        added = dict.fromkeys(one.piece.code for one in progress.completion.add if one.piece.code)
        known |= added.keys()
        units = tuple(code for code in added if code not in settled)
        absent = tuple(code for code in rules.units if code not in settled and code not in known)
        others.clear()
        if not progress.completion.add:
            break
        if absent:
            some = Overlay(which=Which(units=absent), count=Window(Decimal(1), None), id="another way")
            others.append(replace(rules, overlays=(*rules.overlays, some)))
        if units:
            others.append(replace(rules, barred=(*rules.barred, Barred(units=units, at_most=len(units) - 1))))
        if not others:
            break
        rules = others.pop()
    return tuple(found)
