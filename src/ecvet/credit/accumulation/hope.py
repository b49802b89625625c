"""What the best case allows: an upper bound for every node, and with it the first proof of a no.

Every piece is hoped to stand wherever it fits, at once in all its places, but is counted once under each node. What
even so cannot be used, cannot be used at all; where that is the root, the answer is no. The bound of the root's counted
points is also what tells that a selection found cannot be bettered.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from ecvet.credit.accumulation.plan import Plan

Piled = tuple[int, int, tuple[int, ...]]
"""Equal pieces: their points in steps, their number, and the places where each fits."""


@dataclass(frozen=True, slots=True)
class Hope:
    """The nodes over what is held, parents first; `points` and `usable` in the best case; `failed` tells why not."""

    nodes: Sequence[int]
    points: dict[int, int]
    usable: Set[int]
    failed: dict[int, tuple[str, int]]


def hope(plan: Plan, piles: Sequence[Piled], closed: Set[int]) -> Hope:
    """Look at the best case, without the closed nodes and what stands under them."""
    distinct: dict[int, int] = {}
    number: dict[int, int] = {}
    merged: dict[tuple[int, ...], tuple[int, int]] = {}
    for steps, amount, places in piles:
        weight, together = merged.get(places, (0, 0))
        merged[places] = (weight + steps * amount, together + amount)
    for places, (weight, amount) in merged.items():
        for node in plan.above(places):
            if node in distinct:
                distinct[node] += weight
                number[node] += amount
            else:
                distinct[node] = weight
                number[node] = amount
    nodes = sorted(distinct)
    points: dict[int, int] = dict.fromkeys(nodes, 0)
    children: dict[int, int] = dict.fromkeys(nodes, 0)
    usable: set[int] = set()
    failed: dict[int, tuple[str, int]] = {}
    least, few, light, compels, choices = plan.least, plan.few, plan.light, plan.compels, plan.choices
    for n in reversed(nodes):
        if n in closed:
            continue
        if plan.leaf[n]:
            best = distinct[n]
        else:
            best = points[n]
            if plan.slot[n]:
                best, children[n] = distinct[n], number[n]
            for alternatives, fewest, highest in choices[n]:
                found = sorted((points[child] for child in alternatives if child in usable), reverse=True)
                if len(found) < fewest:
                    failed[n] = ("choice", len(found))
                elif len(found) > highest:
                    best -= sum(found[highest:])
                    children[n] -= len(found) - highest
            best = min(best, distinct[n], plan.most[n])
            absent = [child for child in compels[n] if child not in usable]
            if absent:
                failed[n] = ("compulsory", absent[0])
            elif best < least[n]:
                failed[n] = ("points", best)
            elif children[n] < few[n]:
                failed[n] = ("count", children[n])
            elif number[n] < light[n]:
                failed[n] = ("units", number[n])
            if n in failed:
                continue
        usable.add(n)
        points[n] = best
        if n:
            above = plan.paths[n][1]
            points[above] += best
            children[above] += 1
    return Hope(nodes, points, usable, failed)
