"""An exact search for a selection, led by what is short: small, and within a budget of steps.

It begins with nothing and looks at one thing that is short in what is used: some piece has to go there, in every
selection that extends this one. So it tries each that could, and whoever failed there need not be tried there again.
Maxima (counts, alternatives, forbidden surplus) can only get worse with more pieces, so breaking one ends a branch.
Hence an exhausted search proves a no; a found selection is only offered (`quick`). Caps make counting submodular: where
points are short, some single piece must add to them.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from ecvet.credit.accumulation.fill import Filling
from ecvet.credit.accumulation.plan import Plan

STEPS: Final = 400
"""So many branches before the solver is asked; a branch takes 20 to 60 microseconds."""

Piece = tuple[int, tuple[int, ...]]
Needed = tuple[int, list[tuple[int, tuple[int, ...]]]]


def search(plan: Plan, pieces: Sequence[Piece], nodes: Sequence[int], forced: frozenset[int]) -> Filling | bool:
    """A selection with nothing short; False when there is none, True when the budget ended before."""
    found = _Search(plan, pieces, nodes)
    for i, (_, places) in enumerate(pieces):  # what can do no harm
        if (
            len(places) == 1
            and plan.leaf[places[0]]
            and not plan.guarded[places[0]]
            and forced.issuperset(plan.paths[places[0]][1:])
        ):
            found.filling.put(i, places[0])
    done = found.extend(dict(enumerate(places for _, places in pieces)))
    return found.filling if done else found.steps < 0


class _Search:
    def __init__(self, plan: Plan, pieces: Sequence[Piece], nodes: Sequence[int]):
        self.plan, self.filling, self.steps = plan, Filling(plan, pieces, nodes), STEPS

    def extend(self, allowed: dict[int, tuple[int, ...]]) -> bool:
        """Whether what is placed can be extended to something with nothing short; then it is."""
        needed = self._most_pressing(allowed)
        if needed is None:
            return True
        self.steps -= 1
        if self.steps < 0:
            return False
        at, candidates = needed
        filling, left = self.filling, dict(allowed)
        for i, places in candidates:
            if i not in left or self._banned(at, left[i]):
                continue
            steps, mine = filling.pieces[i][0], left[i]
            alike = set[int]()
            for place in places:
                kind = place if filling.inside[place] else self.plan.kind[place]  # empty ones are alike
                if kind in alike or not filling.fits(steps, place):
                    continue
                alike.add(kind)
                filling.put(i, place)
                if self.extend({j: others for j, others in left.items() if j != i}):
                    return True
                filling.take(i)
                if self.steps < 0:
                    return False
            for j, others in list(left.items()):  # neither this piece nor its equals need be tried here again
                if others == mine and filling.pieces[j][0] == steps:
                    left[j] = tuple(place for place in others if place not in places)
        return False

    def _banned(self, at: int, places: tuple[int, ...]) -> bool:
        return not any(at in self.plan.paths[place] for place in places)

    def _most_pressing(self, allowed: dict[int, tuple[int, ...]]) -> Needed | None:
        """Of all that is short, what the fewest pieces could help; None when nothing is short."""
        filling, best = self.filling, None
        loose = [(filling.pieces[i][0], i, places) for i, places in allowed.items() if filling.at[i] is None]
        for at, what, need in self._short():
            found, hope = list[tuple[int, tuple[int, ...]]](), 0
            for steps, i, places in loose:
                here = tuple([place for place in places if self._helps(i, place, at, what)])
                if here:
                    found.append((i, here))
                    hope += steps if what == "points" else 1
            if hope < need:
                return at, []
            if best is None or len(found) < len(best[1]):
                best = (at, found)
                if len(found) == 1:
                    break
        return best

    def _short(self) -> Iterator[tuple[int, str, int]]:
        """What is short, the deepest last: the node, the kind, and how many pieces or steps of points."""
        plan, filling = self.plan, self.filling
        inside = filling.inside
        if not inside.get(0):
            yield 0, "piece", max(1, plan.light[0])
        for node in filling.nodes:
            if node and not inside[node]:
                continue
            for child in plan.compels[node]:
                if not inside.get(child):
                    yield child, "piece", 1
            for alternatives, fewest, _ in plan.choices[node]:
                used = sum([1 for child in alternatives if inside.get(child)])
                if used < fewest:
                    yield node, "choice", fewest - used
            if (need := plan.least[node] - filling.counted[node]) > 0:
                yield node, "points", need
            if (need := plan.few[node] - (inside[node] if plan.slot[node] else filling.used[node])) > 0:
                yield node, "count", need
            if (need := plan.light[node] - inside[node]) > 0:
                yield node, "piece", need

    def _helps(self, i: int, place: int, at: int, what: str) -> bool:
        """Whether a piece at a place makes less short what is short at a node."""
        path = self.plan.paths[place]
        if at not in path:
            return False
        if what == "points":
            return self.filling.gain(i, place, at) > 0
        if what == "count":
            return self._begins(place, at)
        return what == "piece" or any(node in self.plan.rivals and not self.filling.inside[node] for node in path)

    def _begins(self, place: int, node: int) -> bool:
        path = self.plan.paths[place]
        at = path.index(node)
        return at == 0 or not self.filling.inside[path[at - 1]]
