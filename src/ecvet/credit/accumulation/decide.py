"""Accumulation: where a learner stands towards a qualification. Exact, explained, and honest where it cannot decide.

The rules are the institution's (R-COMP-1); what the tree leaves open is read by a named reading. A yes has passed the
independent check; past the time limit, or where a rule cannot be decided, the answer is undecided and says why.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from ecvet.correspondence.equivalence import Equivalence
from ecvet.credit.accumulation.check import Check
from ecvet.credit.accumulation.compile import Compiled, compile_rules, compiled
from ecvet.credit.accumulation.explain import missing, reasons
from ecvet.credit.accumulation.formulate import formulate
from ecvet.credit.accumulation.ground import Ground
from ecvet.credit.accumulation.held import Held
from ecvet.credit.accumulation.progress import Completion, Placement, Progress
from ecvet.credit.accumulation.solve import Outcome, solve
from ecvet.credit.accumulation.supply import Supply, supply
from ecvet.qualification.ambiguity import unmarked_alternatives, with_marked_alternatives
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import S1, Reading

SECONDS: Final = 5.0
ZERO: Final = Decimal(0)


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
    return accumulate(
        qualification, held, reading=reading, declared=declared, equivalences=equivalences, on=on, seconds=seconds
    ).completion


class _Decision:
    """One question on its way to an answer."""

    def __init__(self, tree: Compiled, held: Held, declared: tuple[str, ...], equivalences: tuple[Equivalence, ...],
                 on: date | None, seconds: float):  # fmt: skip
        self.tree, self.held, self.names, self.seconds = tree, held, declared, seconds
        self.equivalences, self.on = equivalences, on
        self.groups = tree.declared(declared)
        self.supply: Supply = supply(tree, held, equivalences, on)

    def progress(self) -> Progress:
        unmet = self._unmet_beside_units()
        outcome, placements = self._best(adding=False)
        if outcome is Outcome.UNKNOWN:
            return self._answer(None, (), ("the search took too long or the amounts are too fine for an exact answer",))
        if outcome is Outcome.OPTIMAL:
            check = self._check(placements)
            if check.broken:  # pragma: no cover - a disagreement between engine and check would be a defect of ours
                return self._answer(None, placements, (f"the check refused the selection: {check.broken[0].what}",))
            return self._yes(placements, check, unmet)
        return self._no(unmet)

    def _yes(self, placements: tuple[Placement, ...], check: Check, unmet: tuple[str, ...]) -> Progress:
        undecided = tuple(self.supply.undecided) if self.tree.rules.maximum_age and self.on is None else ()
        empty = Completion(points=ZERO if self.tree.has_points else None, add=(), placements=placements)
        answer = self._answer(None if undecided else not unmet, placements, undecided, check)
        return replace(answer, missing=unmet, completion=empty)

    def _no(self, unmet: tuple[str, ...]) -> Progress:
        undecided = list(self.supply.undecided)
        if self.tree.rules.double_counts:
            undecided.append("double counting: a unit may count in two groups, which this engine does not use yet")
        if self._ambiguous():
            undecided.append("alternatives: the rules do not say whether all or one of some groups is needed")
        outcome, placements = self._best(adding=True)
        if outcome is Outcome.UNKNOWN:
            undecided.append("the cheapest completion: the search took too long")
        if outcome is not Outcome.OPTIMAL:
            answer = self._answer(None if undecided else False, (), tuple(undecided))
            how = f" with {', '.join(self.names)}" if self.names else ""
            why = f"No selection of units and open credit completes this by its rules{how}."
            return replace(answer, missing=unmet if outcome is Outcome.UNKNOWN else (*unmet, why))
        held = tuple(placement for placement in placements if not placement.added)
        added = tuple(placement for placement in placements if placement.added)
        check = self._check(held)
        answer = self._answer(None if undecided else False, held, tuple(undecided), check)
        cost = sum((placement.piece.points or ZERO for placement in added), ZERO)
        completion = Completion(points=cost if self.tree.has_points else None, add=added, placements=placements)
        return replace(answer, missing=(*unmet, *missing(self.tree, check, added)), completion=completion)

    def _answer(self, complete: bool | None, placements: tuple[Placement, ...], undecided: tuple[str, ...],
                check: Check | None = None) -> Progress:  # fmt: skip
        counted = check.counted if check else {}
        root = self.tree.ids[0]
        return Progress(
            complete=complete,
            reading=self.tree.reading.name,
            counted_points=counted.get(root, ZERO) if self.tree.has_points else None,
            placements=placements,
            groups=counted,
            units=reasons(self.tree, self.supply, placements, counted),
            undecided=undecided,
        )

    def _best(self, *, adding: bool) -> tuple[Outcome, tuple[Placement, ...]]:
        ground = formulate(self.tree, self.supply, self.held, self.groups, adding=adding)
        outcome, values = solve(ground.programme, self.seconds, presolve=not adding)
        return outcome, self._read(ground, values) if values else ()

    def _read(self, ground: Ground, values: list[int]) -> tuple[Placement, ...]:
        found = []
        for option in ground.options:
            amount = values[option.column]
            if not amount:
                continue
            by = () if option.bridge is None else tuple(piece.code for piece in self.supply.bridges[option.bridge][1])
            steps = values[option.size] if option.size is not None else 0
            pieces = [option.piece] * amount
            if option.added:  # open credit of several pieces: the first carries the points, the others need none
                pieces[0] = replace(option.piece, points=(option.piece.points or ZERO) + steps)
            place = self.tree.ids[option.place]
            found += [Placement(place=place, piece=one, by=by, added=option.added) for one in pieces]
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
        rules = self.tree.rules
        if not unmarked_alternatives(rules):
            return False
        other = replace(self.tree.qualification, rules=with_marked_alternatives(rules))
        tree = compile_rules(other, self.tree.reading)
        offers = supply(tree, self.held, self.equivalences, self.on)
        ground = formulate(tree, offers, self.held, tree.declared(self.names), adding=False)
        return solve(ground.programme, self.seconds)[0] is not Outcome.INFEASIBLE
