"""One question of accumulation on its way to an answer: verdict, completion, explanation, each when it is asked for."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Final

from ecvet.correspondence.equivalence import Equivalence
from ecvet.credit.accumulation.across import needed_average
from ecvet.credit.accumulation.bounds import is_simple
from ecvet.credit.accumulation.compile import Compiled
from ecvet.credit.accumulation.explain import failed, missing, reasons
from ecvet.credit.accumulation.formulate import formulate
from ecvet.credit.accumulation.ground import Ground
from ecvet.credit.accumulation.held import Held
from ecvet.credit.accumulation.progress import Check, Completion, Placement, Progress, Verdict
from ecvet.credit.accumulation.quick import quick
from ecvet.credit.accumulation.solve import Outcome, solve
from ecvet.credit.accumulation.supply import Supply, nominal, supply
from ecvet.saying import Said, say

ZERO: Final = Decimal(0)
NOT_AT_ONCE: Final = say("No selection of what is held meets all rules at once.")


class Decision:
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
            check = self.check(easy.placements)
            if not check.broken:
                return self._yes(easy.placements, check, unmet)
        outcome, placements = self.best(adding=False)
        if outcome is Outcome.UNKNOWN:
            return self._say(None, (say("the search took too long or the amounts are too fine for an exact answer"),))
        if outcome is Outcome.INFEASIBLE:
            return self._no((*unmet, NOT_AT_ONCE))
        check = self.check(placements)
        if check.broken:  # pragma: no cover - a disagreement between engine and check would be a defect of ours
            return self._say(None, (say("the check refused the selection: {what}", what=check.broken[0].what),))
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
            why = say("No selection of units and open credit completes this by its rules.")
            if self.names:
                why = say(
                    "With {paths}, no selection of units and open credit completes this by its rules.", paths=self.names
                )
            progress = self._answer(said, (), {})
            told = (*progress.undecided, *((say("the cheapest completion: the search took too long"),) if late else ()))
            return replace(progress, undecided=told, missing=unmet if late else (*unmet, why))
        held = tuple(placement for placement in completion.placements if not placement.added)
        check = self.check(held)
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
            return self.best(adding=True)
        from ecvet.credit.accumulation import cheapest  # brings numpy, which a verdict can spare

        outcome, placements = cheapest.cheapest(self.tree, self.supply, self.groups)
        if outcome is Outcome.UNKNOWN:
            outcome, placements = self.best(adding=True)
        more = cheapest.with_rest(self.tree, self.supply, placements)  # by hand, so it must pass the check
        return outcome, placements if self.check(more).broken else more

    def _points(self, points: Decimal) -> Decimal | None:
        return points if self.tree.has_points else None

    def _yes(self, placements: tuple[Placement, ...], check: Check, unmet: tuple[Said, ...]) -> Verdict:
        undecided = tuple(self.supply.undecided) if self.tree.rules.maximum_age and self.on is None else ()
        counted = self._points(check.counted.get(self.tree.ids[0], ZERO))
        return Verdict(
            complete=None if undecided else not unmet, reading=self.tree.reading.name, counted_points=counted,
            placements=placements, groups=check.counted, why=undecided or unmet,
        )  # fmt: skip

    def _no(self, why: tuple[Said, ...]) -> Verdict:
        undecided = self._undecided()
        return self._say(None, undecided) if undecided else self._say(False, why)

    def _say(self, complete: bool | None, why: tuple[Said, ...]) -> Verdict:
        return Verdict(complete=complete, reading=self.tree.reading.name, why=why)

    def _undecided(self) -> tuple[Said, ...]:
        """What keeps a no from being certain."""
        found = list(self.supply.undecided) if self.equivalences or self.tree.rules.maximum_age else []
        if self._ambiguous():
            found.append(say("alternatives: the rules do not say whether all or one of some groups is needed"))
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

    def best(self, *, adding: bool) -> tuple[Outcome, tuple[Placement, ...]]:
        """The solver's best selection: of what is held, or with `adding` the cheapest with what could be added."""
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

    def check(self, placements: tuple[Placement, ...]) -> Check:
        """What the independent check says of a selection."""
        return self.tree.checker.check(placements, self.held)

    def _unmet_beside_units(self) -> tuple[Said, ...]:
        """Requirements that are no units: hours of work, certificates, languages."""
        has = dict(self.held.fulfilled)
        return tuple(
            say(
                "{name}: {has} of {needs} ({measure}).",
                name=rule.title or rule.code,
                has=has.get(rule.code, ZERO),
                needs=rule.amount,
                measure=rule.measure,
            )
            if rule.measure
            else say(
                "{name}: {has} of {needs}.",
                name=rule.title or rule.code,
                has=has.get(rule.code, ZERO),
                needs=rule.amount,
            )
            for rule in self.tree.rules.non_unit
            if has.get(rule.code, ZERO) < rule.amount
        )

    def _ambiguous(self) -> bool:
        """Whether groups that may be alternatives, unmarked, make the difference between no and yes."""
        tree = self.tree.otherwise
        if tree is None:
            return False
        other = Decision(tree, self.held, self.names, self.equivalences, self.on, self.seconds)
        easy = quick(tree, other.supply, other.groups)
        if easy.failed is not None:
            return False
        return bool(easy.placements) or other.best(adding=False)[0] is not Outcome.INFEASIBLE
