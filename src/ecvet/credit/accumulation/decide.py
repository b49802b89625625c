"""Accumulation: where a learner stands towards a qualification. Exact, explained, and honest where it cannot decide.

The rules are the institution's (R-COMP-1); what the tree leaves open is read by a named reading. A yes has passed the
independent check; past the time limit, or where a rule cannot be decided, the answer is undecided and says why. The
verdict alone costs neither explanation nor completion, and mostly no solver (docs/decisions/0009).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Final

from ecvet.correspondence.equivalence import Equivalence
from ecvet.credit.accumulation.across import needed_average
from ecvet.credit.accumulation.bounds import is_simple
from ecvet.credit.accumulation.compile import Compiled, compiled
from ecvet.credit.accumulation.explain import failed, missing, reasons
from ecvet.credit.accumulation.formulate import formulate
from ecvet.credit.accumulation.ground import Ground
from ecvet.credit.accumulation.held import Held
from ecvet.credit.accumulation.progress import Check, Completion, Placement, Progress, Verdict
from ecvet.credit.accumulation.quick import quick
from ecvet.credit.accumulation.solve import Outcome, solve
from ecvet.credit.accumulation.supply import Supply, nominal, supply
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import S1, Reading

SECONDS: Final = 5.0
ZERO: Final = Decimal(0)
NOT_AT_ONCE: Final = "No selection of what is held meets all rules at once."
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
    decision = _Decision(tree, held, tuple(declared), equivalences, on, seconds)
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
    return _Decision(tree, held, tuple(declared), tuple(equivalences), on, seconds).progress()


def complete(
    qualification: Qualification, held: Held, *, reading: Reading = S1, declared: Sequence[str] = (),
    equivalences: Iterable[Equivalence] = (), on: date | None = None, seconds: float = SECONDS,
) -> Completion | None:  # fmt: skip
    """The cheapest way to finish; None when there is none, or it was not found in time. Raises as `accumulate`."""
    tree = compiled(qualification, reading)
    return _Decision(tree, held, tuple(declared), tuple(equivalences), on, seconds).completion()[1]


def _multiset(pieces: tuple[object, ...]) -> object:
    """The pieces in no order: a set where each is there once."""
    once = frozenset(pieces)
    return once if len(once) == len(pieces) else frozenset(Counter(pieces).items())


class _Decision:
    """One question on its way to an answer. `found` is the selection of a yes, once it has passed the check."""

    def __init__(self, tree: Compiled, held: Held, declared: tuple[str, ...], equivalences: tuple[Equivalence, ...],
                 on: date | None, seconds: float):  # fmt: skip
        self.tree, self.held, self.names, self.seconds = tree, held, declared, seconds
        self.equivalences, self.on = equivalences, on
        self.groups = tree.declared(declared)

    @cached_property
    def supply(self) -> Supply:
        """What of the held credit can stand where, on the day."""
        return supply(self.tree, self.held, self.equivalences, self.on)

    def lacking(self) -> tuple[int, str, Decimal] | None:
        """What every complete selection has and this learner plainly has not: a unit, or points enough in all."""
        tree, held = self.tree, self.held
        if self.equivalences or held.exempt or tree.doubles.rules:
            return None
        has = {unit.code for unit in held.units}
        for code, place in tree.plan.needed.items():
            if code not in has:
                return place, "compulsory", ZERO
        if least := tree.least:
            pieces = chain(held.units, held.other)
            points = sum([nominal(tree, one.code) if one.points is None else one.points for one in pieces], ZERO)
            return (0, "points", points) if points < least else None
        return None

    def verdict(self) -> Verdict:
        """The quick ways first; what they leave open is the solver's."""
        unmet = self._unmet_beside_units()
        if lacking := self.lacking():
            return self._no((*unmet, failed(self.tree, *lacking)))
        easy = quick(self.tree, self.supply, self.groups)
        if easy.failed is not None:
            node, what, steps = easy.failed
            if what == "selection":
                return self._no((*unmet, NOT_AT_ONCE))
            has = Decimal(steps) / self.tree.plan.scale if what == "points" else Decimal(steps)
            return self._no((*unmet, failed(self.tree, node, what, has)))
        if easy.placements:
            check = self._check(easy.placements)
            if not check.broken:
                return self._yes(easy.placements, check, unmet)
        outcome, placements = self._best(adding=False)
        if outcome is Outcome.UNKNOWN:
            return self._say(None, ("the search took too long or the amounts are too fine for an exact answer",))
        if outcome is Outcome.INFEASIBLE:
            return self._no((*unmet, NOT_AT_ONCE))
        check = self._check(placements)
        if check.broken:  # pragma: no cover - a disagreement between engine and check would be a defect of ours
            return self._say(None, (f"the check refused the selection: {check.broken[0].what}",))
        return self._yes(placements, check, unmet)

    def progress(self) -> Progress:
        """The verdict explained."""
        said = self.verdict()
        unmet = self._unmet_beside_units()
        if said.placements or said.complete:
            empty = Completion(points=self._points(ZERO), add=(), placements=said.placements)
            progress = self._answer(said, said.placements, said.groups)
            return replace(progress, missing=unmet, completion=empty)
        if said.complete is None and not self._undecided():
            return self._answer(said, (), {})
        outcome, completion = self.completion(said)
        if completion is None:
            late = outcome is Outcome.UNKNOWN
            how = f" with {', '.join(self.names)}" if self.names else ""
            why = f"No selection of units and open credit completes this by its rules{how}."
            progress = self._answer(said, (), {})
            told = (*progress.undecided, *(("the cheapest completion: the search took too long",) if late else ()))
            return replace(progress, undecided=told, missing=unmet if late else (*unmet, why))
        held = tuple(placement for placement in completion.placements if not placement.added)
        check = self._check(held)
        progress = self._answer(said, held, check.counted)
        return replace(
            progress,
            missing=(*unmet, *missing(self.tree, check, completion.add, completion.average)),
            completion=completion,
        )

    def completion(self, said: Verdict | None = None) -> tuple[Outcome, Completion | None]:
        """The cheapest way to finish, proved to be the cheapest."""
        said = said or self.verdict()
        if said.placements or said.complete:
            return Outcome.OPTIMAL, Completion(points=self._points(ZERO), add=(), placements=said.placements)
        outcome, placements = self._cheapest()
        if outcome is not Outcome.OPTIMAL:
            return outcome, None
        added = tuple(placement for placement in placements if placement.added and not placement.also)
        cost = sum((placement.piece.points or ZERO for placement in added), ZERO)
        average = needed_average(self.tree.rules, placements)
        return outcome, Completion(points=self._points(cost), add=added, placements=placements, average=average)

    def _cheapest(self) -> tuple[Outcome, tuple[Placement, ...]]:
        """By reckoning where that is enough; else by the solver."""
        if not is_simple(self.tree) or self.supply.bridges:
            return self._best(adding=True)
        from ecvet.credit.accumulation import cheapest  # brings numpy, which a verdict can spare

        outcome, placements = cheapest.cheapest(self.tree, self.supply, self.groups)
        if outcome is Outcome.UNKNOWN:
            outcome, placements = self._best(adding=True)
        return outcome, cheapest.with_rest(self.tree, self.supply, placements)

    def _points(self, points: Decimal) -> Decimal | None:
        return points if self.tree.has_points else None

    def _yes(self, placements: tuple[Placement, ...], check: Check, unmet: tuple[str, ...]) -> Verdict:
        undecided = tuple(self.supply.undecided) if self.tree.rules.maximum_age and self.on is None else ()
        counted = self._points(check.counted.get(self.tree.ids[0], ZERO))
        return Verdict(
            complete=None if undecided else not unmet, reading=self.tree.reading.name, counted_points=counted,
            placements=placements, groups=check.counted, why=undecided or unmet,
        )  # fmt: skip

    def _no(self, why: tuple[str, ...]) -> Verdict:
        undecided = self._undecided()
        return self._say(None, undecided) if undecided else self._say(False, why)

    def _say(self, complete: bool | None, why: tuple[str, ...]) -> Verdict:
        return Verdict(complete=complete, reading=self.tree.reading.name, why=why)

    def _undecided(self) -> tuple[str, ...]:
        """What keeps a no from being certain."""
        found = list(self.supply.undecided) if self.equivalences or self.tree.rules.maximum_age else []
        if self._ambiguous():
            found.append("alternatives: the rules do not say whether all or one of some groups is needed")
        return tuple(found)

    def _answer(self, said: Verdict, placements: tuple[Placement, ...], counted: dict[str, Decimal]) -> Progress:
        return Progress(
            complete=said.complete,
            reading=said.reading,
            counted_points=self._points(counted.get(self.tree.ids[0], ZERO)),
            placements=placements,
            groups=counted,
            units=reasons(self.tree, self.supply, placements, counted),
            undecided=said.why if said.complete is None else (),
        )

    def _best(self, *, adding: bool) -> tuple[Outcome, tuple[Placement, ...]]:
        ground = formulate(self.tree, self.supply, self.held, self.groups, adding=adding)
        outcome, values = solve(ground.programme, self.seconds)
        return outcome, self._read(ground, values) if values else ()

    def _read(self, ground: Ground, values: list[int]) -> tuple[Placement, ...]:
        found = []
        for option in (*ground.options, *ground.also):
            amount = values[option.column]
            if not amount:
                continue
            by = () if option.bridge is None else tuple(piece.code for piece in self.supply.bridges[option.bridge][1])
            steps = values[option.size] if option.size is not None else 0
            pieces = [option.piece] * amount
            if option.added:  # open credit of several pieces: the first carries the points, the others need none
                pieces[0] = replace(option.piece, points=(option.piece.points or ZERO) + steps)
            place = self.tree.ids[option.place]
            found += [Placement(place=place, piece=one, by=by, added=option.added, also=option.also) for one in pieces]
        return tuple(found)

    def _check(self, placements: tuple[Placement, ...]) -> Check:
        return self.tree.checker.check(placements, self.held)

    def _unmet_beside_units(self) -> tuple[str, ...]:
        """Requirements that are no units: hours of work, certificates, languages."""
        has = dict(self.held.fulfilled)
        return tuple(
            f"{rule.title or rule.code}: {has.get(rule.code, ZERO)} of {rule.amount} {rule.measure}".rstrip() + "."
            for rule in self.tree.rules.non_unit
            if has.get(rule.code, ZERO) < rule.amount
        )

    def _ambiguous(self) -> bool:
        """Whether groups that may be alternatives, unmarked, make the difference between no and yes."""
        tree = self.tree.otherwise
        if tree is None:
            return False
        other = _Decision(tree, self.held, self.names, self.equivalences, self.on, self.seconds)
        easy = quick(tree, other.supply, other.groups)
        if easy.failed is not None:
            return False
        return bool(easy.placements) or other._best(adding=False)[0] is not Outcome.INFEASIBLE
