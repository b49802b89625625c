"""A selection by hand: pieces put, each once, where they are needed most.

This proves nothing by itself: what comes out is looked at by the independent check, and where it does not do, the
solver decides. It only has to be right often, and soon.
"""

from collections.abc import Sequence

from ecvet.credit.accumulation.plan import Plan


class Filling:
    """Pieces on their way to places. `at` is the place of each piece, or None; `pieces` have steps and places."""

    def __init__(self, plan: Plan, pieces: Sequence[tuple[int, tuple[int, ...]]], nodes: Sequence[int]):
        self.plan, self.pieces, self.nodes = plan, pieces, nodes
        self.at: list[int | None] = [None] * len(pieces)
        self.counted = dict.fromkeys(nodes, 0)
        self.sums = dict.fromkeys(nodes, 0)
        self.inside = dict.fromkeys(nodes, 0)
        self.used = dict.fromkeys(nodes, 0)

    def fill(self) -> bool:
        """Place everything that can stand somewhere; whether then nothing is short."""
        pieces = self.pieces
        several = []
        for i, (_, places) in enumerate(pieces):
            if len(places) == 1:
                self.put(i, places[0])
            else:
                several.append(i)
        several.sort(key=lambda i: (len(pieces[i][1]), -pieces[i][0]))
        for i in several:
            self.put(i, self._neediest(*pieces[i]))
        return not self.short()

    def put_rest(self, first: int = 0) -> None:
        """What is not placed yet, from a number on, wherever it can stand and makes nothing short."""
        for i, (steps, places) in enumerate(self.pieces):
            if i >= first and self.at[i] is None:
                for place in places:
                    before = self.short()
                    if self.fits(steps, place) and self.put(i, place) and not self.short() > before:
                        break
                    self.take(i)

    def fits(self, steps: int, place: int) -> bool:
        """Whether a piece here breaks no maximum, that of alternatives included."""
        inside, rivals = self.inside, self.plan.rivals
        if self.plan.leaf[place] and inside[place]:
            return False
        for node in self.plan.paths[place]:
            if node in rivals and not inside[node]:
                alternatives, highest = rivals[node]
                if sum(1 for other in alternatives if inside.get(other)) >= highest:
                    return False
        return not self.plan.guarded[place] or self.room(steps, place)

    def put(self, i: int, place: int) -> bool:
        """Put a piece at a place, where the maxima on the way up allow it."""
        plan, steps = self.plan, self.pieces[i][0]
        if (plan.leaf[place] and self.inside[place]) or (plan.guarded[place] and not self.room(steps, place)):
            return False
        self.at[i] = place
        self._add(place, steps, 1)
        return True

    def take(self, i: int) -> None:
        """Take a piece away again."""
        place, self.at[i] = self.at[i], None
        if place is not None:
            self._add(place, -self.pieces[i][0], -1)

    def _add(self, place: int, steps: int, one: int) -> None:
        inside, sums, counted, cap = self.inside, self.sums, self.counted, self.plan.cap
        begun = False
        for node in self.plan.paths[place]:
            if begun:
                self.used[node] += one
            before = inside[node]
            inside[node] = after = before + one
            begun = not before or not after
            if steps:
                sums[node] = total = sums[node] + steps
                now = total if total < cap[node] else cap[node]
                steps = now - counted[node]
                counted[node] = now

    def room(self, steps: int, place: int) -> bool:
        """Whether the maxima over a place leave room for a piece."""
        plan, begins = self.plan, False
        for node in plan.paths[place]:
            if (begins and self.used[node] >= plan.many[node]) or self.inside[node] >= plan.heavy[node]:
                return False
            if plan.slot[node] and self.inside[node] >= plan.many[node]:
                return False
            if plan.cap[node] > plan.most[node] < self.sums[node] + steps:
                return False
            steps = min(steps, plan.cap[node] - self.counted[node])  # what a cap below cuts off is no surplus above
            begins = not self.inside[node]
        return True

    def _neediest(self, steps: int, places: tuple[int, ...]) -> int:
        """The place where a piece makes most less short; of empty slots that are alike one is enough to look at."""
        best, most, seen, inside, kind = places[0], -2, set[int](), self.inside, self.plan.kind
        for place in places:
            if not inside[place]:
                if kind[place] in seen:
                    continue
                seen.add(kind[place])
            worth = self._worth(steps, place)
            if worth > most:
                best, most = place, worth
        return best

    def _worth(self, steps: int, place: int) -> int:
        """How much less is short with a piece here; nothing where it would not even count."""
        plan, counted, worth, begins = self.plan, self.counted, 0, False
        if (plan.leaf[place] and self.inside[place]) or (plan.guarded[place] and not self.room(steps, place)):
            return -1
        child = place
        for node in plan.paths[place]:
            if begins:
                if child in plan.compels[node]:
                    worth += plan.scale * 100
                if self.used[node] < plan.few[node]:
                    worth += plan.scale
            need = plan.least[node] - counted[node]
            if need > 0:
                worth += need if need < steps else steps
            begins = not self.inside[node]
            child = node
            if steps > plan.cap[node] - counted[node]:
                steps = max(0, plan.cap[node] - counted[node])
        return worth

    def short(self) -> int:
        """How much is short in all that is used; zero when nothing is."""
        plan, inside, counted, total = self.plan, self.inside, self.counted, 0
        if not inside.get(0):
            return 1
        for node in self.nodes:
            if not inside[node]:
                continue
            need = plan.least[node] - counted[node]
            if need > 0:
                total += need
            for child in plan.compels[node]:
                if not inside.get(child):
                    total += plan.scale + plan.least[child]
            used = inside[node] if plan.slot[node] else self.used[node]
            if used < plan.few[node]:
                total += (plan.few[node] - used) * plan.scale
            if inside[node] < plan.light[node]:
                total += (plan.light[node] - inside[node]) * plan.scale
            for alternatives, fewest, _ in plan.choices[node]:
                if fewest and sum(1 for child in alternatives if inside.get(child)) < fewest:
                    total += plan.scale
        return total

    def gain(self, i: int, place: int, at: int) -> int:
        """By how many steps a piece at a place would raise what counts at a node over it."""
        steps, cap = self.pieces[i][0], self.plan.cap
        for node in self.plan.paths[place]:
            steps = min(steps, cap[node] - self.counted[node])
            if node == at:
                break
        return steps
