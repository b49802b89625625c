"""A tree of rules made ready for deciding, once per version and reading: what compels, what excludes, where units fit.

The reading's answers to what the tree leaves open (`ecvet.qualification.reading`) are worked in here and nowhere else,
so that everything after it sees explicit constraints only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from ecvet.credit.accumulation.check import Checker
from ecvet.credit.accumulation.doubles import Doubles, doubles
from ecvet.credit.accumulation.errors import DeclaredGroupUnknown, TreeUnusable
from ecvet.credit.accumulation.plan import Plan, plan
from ecvet.qualification.ambiguity import unmarked_alternatives, with_marked_alternatives
from ecvet.qualification.combination import (
    MOST_DEPTH,
    MOST_NODES,
    Combination,
    Group,
    Node,
    OpenSlot,
    Surplus,
    UnitPlace,
    walk,
)
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import S1, Reading
from ecvet.qualification.requirements import Window
from ecvet.saying import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternatives:
    """How many of some children of a used group are used: `least` to `most`."""

    children: tuple[int, ...]
    least: Decimal
    most: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Compiled:
    """The tree as parallel tuples, parents before children; `sizes` are the units' points in this qualification.

    `least` are the points that a complete selection counts at least.
    `ranged` units have a size that the learner's may not fit; `particular` rules look at grade, age or prerequisites of
    single pieces; `otherwise` is the tree with its unmarked alternatives marked, if it has any. Two compiled trees are
    the same when they are one object.
    """

    qualification: Qualification
    rules: Combination
    reading: Reading
    ids: tuple[str, ...]
    nodes: tuple[Node, ...]
    children: tuple[tuple[int, ...], ...]
    compulsory: tuple[bool, ...]
    forbids: tuple[bool, ...]
    forbids_above: tuple[bool, ...]
    alternatives: tuple[tuple[Alternatives, ...], ...]
    places_of: Mapping[str, tuple[int, ...]]
    slots: tuple[int, ...]
    sizes: Mapping[str, Window]
    has_points: bool
    least: Decimal
    ranged: frozenset[str]
    particular: bool
    checker: Checker
    plan: Plan = field(init=False)
    doubles: Doubles = field(init=False)
    otherwise: "Compiled | None" = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plan", plan(self))
        object.__setattr__(self, "doubles", doubles(self))
        marked = with_marked_alternatives(self.rules) if unmarked_alternatives(self.rules) else None
        other = marked and compile_rules(replace(self.qualification, rules=marked), self.reading)
        object.__setattr__(self, "otherwise", other)

    def below(self, node: int) -> frozenset[int]:
        """The node and everything under it."""
        found, waiting = {node}, [node]
        while waiting:
            new = self.children[waiting.pop()]
            found.update(new)
            waiting.extend(new)
        return frozenset(found)

    def named(self, name: str) -> tuple[int, ...]:
        """The groups called `name`: by id, by the code of their area or title, or by a title in any language."""
        exact = tuple(
            n for n, node in enumerate(self.nodes) if isinstance(node, Group) and name in (self.ids[n], node.code)
        )
        return exact or tuple(
            n
            for n, node in enumerate(self.nodes)
            if isinstance(node, Group) and node.title and name in dict(node.title.texts).values()
        )

    def declared(self, names: Iterable[str]) -> tuple[tuple[int, ...], ...]:
        """The groups for each declared name. Raises `DeclaredGroupUnknown`."""
        found = []
        for name in names:
            groups = self.named(name)
            if not groups:
                known = sorted({node.code for node in self.nodes if isinstance(node, Group) and node.code})
                raise DeclaredGroupUnknown(name=name, known=", ".join(known) or say("the ids of the groups"))
            found.append(groups)
        return tuple(found)


_MOST: Final = 256
_known: dict[tuple[int, Reading], tuple[Qualification, Compiled]] = {}


def compiled(qualification: Qualification, reading: Reading = S1) -> Compiled:
    """Make the rules of a qualification ready. Raises `TreeUnusable`.

    Remembered by the object, since comparing whole trees would cost more than most verdicts; then by the value.
    """
    known = _known.get((id(qualification), reading))
    if known is None or known[0] is not qualification:
        try:
            known = (qualification, _by_value(qualification, reading))
        except RecursionError as error:
            raise TreeUnusable(why=say("it is more than {most_depth} groups deep", most_depth=MOST_DEPTH)) from error
        if len(_known) >= _MOST:
            _known.pop(next(iter(_known)), None)
        _known[id(qualification), reading] = known
    return known[1]


@lru_cache(maxsize=_MOST)
def _by_value(qualification: Qualification, reading: Reading) -> Compiled:
    return compile_rules(qualification, reading)


def compile_rules(qualification: Qualification, reading: Reading) -> Compiled:
    """As `compiled`, without remembering."""
    places = []
    for place in walk(qualification.rules.root):
        if place.depth > MOST_DEPTH:
            raise TreeUnusable(why=say("it is more than {most_depth} groups deep", most_depth=MOST_DEPTH))
        places.append(place)
        if len(places) > MOST_NODES:
            raise TreeUnusable(why=say("it has more than {most_nodes} nodes", most_nodes=MOST_NODES))
    index = {place.id: n for n, place in enumerate(places)}
    if len(index) < len(places):
        twice = next(place.id for n, place in enumerate(places) if index[place.id] != n)
        raise TreeUnusable(why=say("two nodes have the id “{twice}”", twice=twice))
    children: list[list[int]] = [[] for _ in places]
    for n, place in enumerate(places):
        if place.parent is not None:
            children[index[place.parent]].append(n)
    nodes, rules = tuple(place.node for place in places), qualification.rules
    compulsory = _compulsory(nodes, children, reading)
    forbids = tuple(isinstance(node, Group) and (node.surplus or reading.surplus) is Surplus.FORBID for node in nodes)
    above = [False] * len(nodes)
    for n, below in enumerate(children):
        for child in below:
            above[child] = above[n] or forbids[n]
    places_of: dict[str, list[int]] = {}
    for n, node in enumerate(nodes):
        if isinstance(node, UnitPlace):
            places_of.setdefault(node.unit, []).append(n)
    sizes = {link.code: Window(link.points.value, (link.most or link.points).value)
             for link in qualification.units if link.points is not None}  # fmt: skip
    return Compiled(
        qualification=qualification,
        rules=rules,
        reading=reading,
        ids=tuple(place.id for place in places),
        nodes=nodes,
        children=tuple(map(tuple, children)),
        compulsory=compulsory,
        forbids=forbids,
        forbids_above=tuple(above),
        alternatives=tuple(_alternatives(node, children[n], nodes, reading) for n, node in enumerate(nodes)),
        places_of={unit: tuple(where) for unit, where in places_of.items()},
        slots=tuple(n for n, node in enumerate(nodes) if isinstance(node, OpenSlot)),
        sizes=sizes,
        ranged=frozenset(code for code, size in sizes.items() if size.minimum != size.maximum)
        | frozenset(node.unit for node in nodes if isinstance(node, UnitPlace) and node.points is not None),
        least=(nodes[0].points.minimum if nodes[0].points else None) or Decimal(0),
        particular=bool(rules.minimum_grades or rules.maximum_age or rules.prerequisites),
        checker=Checker(qualification, reading),
        has_points=any(size.maximum for size in sizes.values())
        or any(not isinstance(node, UnitPlace) and node.points is not None for node in nodes),
    )


def _compulsory(nodes: tuple[Node, ...], children: list[list[int]], reading: Reading) -> tuple[bool, ...]:
    """Which nodes must be used when their parent is (R-COMP-3): as marked, and as S1 point 3 derives for groups."""
    found = [False] * len(nodes)
    for n in range(len(nodes) - 1, -1, -1):
        node = nodes[n]
        found[n] = node.compulsory
        if isinstance(node, Group) and reading.minimum_compels and not node.role.chooses:
            below = children[n]
            found[n] = (
                node.compulsory
                or any(window is not None and bool(window.minimum) for window in _windows(node))
                or any(found[child] for child in below)
                or any(_chooses(nodes[child]) for child in below)
            )
    return tuple(found)


def _windows(group: Group) -> tuple[Window | None, ...]:
    return (group.points, group.count, group.units, group.choose)


def _chooses(node: Node) -> bool:
    return isinstance(node, Group) and node.role.chooses


def _alternatives(node: Node, below: list[int], nodes: tuple[Node, ...], reading: Reading) -> tuple[Alternatives, ...]:
    """At most one alternative, or as many as `choose` says (R-COMP-4); S1 point 4: one where arithmetic is silent."""
    if not isinstance(node, Group):
        return ()
    roles: dict[str, list[int]] = {}
    for child in below:
        other = nodes[child]
        if isinstance(other, Group) and other.role.chooses:
            roles.setdefault("" if node.choose else other.role.value, []).append(child)
    if node.choose:
        least, most = node.choose.minimum or Decimal(0), node.choose.maximum
        return tuple(Alternatives(children=tuple(found), least=least, most=most) for found in roles.values())
    own = any(window is not None and bool(window.minimum) for window in (node.points, node.count, node.units))
    least = Decimal(1 if reading.one_alternative and not own else 0)
    return tuple(Alternatives(children=tuple(found), least=least, most=Decimal(1)) for found in roles.values())
