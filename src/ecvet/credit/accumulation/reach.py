"""How far each group of a qualification is filled: points reached of points needed, for a picture and its text.

Nothing is decided: the amounts are those that accumulation has counted (`Progress.groups`), the needs those that the
rules write (R-COMP-2). A group that asks for no points is left out, and what lies below it moves up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ecvet.credit.accumulation.progress import Progress
from ecvet.qualification.combination import Combination, Group, Place, walk
from ecvet.terms import LangString

MOST: Final = 2
"""How deep a picture goes: what lies deeper is told in sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """A group: how many points count in it, how many it needs, and the groups below it. `title` None: it has none."""

    title: LangString | None
    reached: Decimal
    needed: Decimal
    below: "tuple[Reach, ...]" = ()

    @property
    def share(self) -> Decimal:
        """The share of what is needed that is reached, in per cent from 0 to 100, to a tenth."""
        return min(self.reached * 100 / self.needed, Decimal(100)).quantize(Decimal("0.1"))

    @property
    def is_full(self) -> bool:
        """Whether nothing is missing here."""
        return self.reached >= self.needed


def reach(rules: Combination, progress: Progress) -> tuple[Reach, ...]:
    """The groups that need points, from the whole down; empty where the rules know no points."""
    if progress.counted_points is None:
        return ()
    children: dict[str | None, list[Place]] = {}
    for place in walk(rules.root):
        if isinstance(place.node, Group):
            children.setdefault(place.parent, []).append(place)
    return tuple(_reach(children, None, progress, 0))


def _reach(
    children: dict[str | None, list[Place]], parent: str | None, progress: Progress, depth: int
) -> Iterator[Reach]:
    for place in children.get(parent, ()) if depth <= MOST else ():
        points = place.node.points if isinstance(place.node, Group) else None
        if points is None or not points.minimum:
            yield from _reach(children, place.id, progress, depth)
            continue
        yield Reach(
            title=place.node.title, reached=progress.groups.get(place.id, Decimal(0)), needed=points.minimum,
            below=tuple(_reach(children, place.id, progress, depth + 1)),
        )  # fmt: skip
