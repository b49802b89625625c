"""Writing rules of combination part by part: each edit gives a new tree and leaves the old one as it is.

Every place of a tree that is edited has an id of its own (`identified`), so that an edit says which place it means
wherever that place has moved to. What an edit leaves behind may be wrong as a whole; `lint` says so.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from typing import Any, Final

from ecvet.qualification.combination import Group, Node, Place, UnitPlace, walk
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.tree_errors import MoveImpossible, PlaceUnknown

_NAMING_UNITS: Final = frozenset({"unit", "units", "needs"})


class Way(StrEnum):
    """Where a place can be moved: among its siblings, into the group before it, out of its own group."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


def identified(root: Group) -> Group:
    """The tree with an id at every place; ids that are there stay."""
    taken = {place.node.id for place in walk(root)}
    new = _new_ids(taken)

    def named(node: Node) -> Node:
        given = node if node.id else replace(node, id=next(new))
        if isinstance(given, Group):
            return replace(given, children=tuple(named(child) for child in given.children))
        return given

    made = named(root)
    assert isinstance(made, Group)
    return made


def place(root: Group, name: str) -> Place:
    """The place with this id. Raises `PlaceUnknown`."""
    found = next((one for one in walk(root) if one.id == name), None)
    if found is None:
        raise PlaceUnknown(place=name)
    return found


def all_ways(root: Group) -> dict[str, frozenset[Way]]:
    """For every place the ways in which it can be moved; none for the whole."""
    found: dict[str, frozenset[Way]] = {root.id: frozenset()}
    for above in walk(root):
        siblings = _children(above.node)
        for at, one in enumerate(siblings):
            possible = {
                Way.UP: at > 0,
                Way.DOWN: at < len(siblings) - 1,
                Way.IN: at > 0 and isinstance(siblings[at - 1], Group),
                Way.OUT: above.parent is not None,
            }
            found[one.id] = frozenset(way for way, can in possible.items() if can)
    return found


def ways(root: Group, name: str) -> frozenset[Way]:
    """The ways in which a place can be moved. Raises `PlaceUnknown`."""
    place(root, name)
    return all_ways(root)[name]


def put(root: Group, group: str, node: Node) -> Group:
    """The tree with a node as the last part of a group; it gets an id that is free. Raises `PlaceUnknown`."""
    taken = {one.node.id for one in walk(root)}
    named = replace(node, id=next(_new_ids(taken)))
    return _at(root, group, lambda one: _with(one, (*_children(one), named)))


def changed(root: Group, name: str, new: Node) -> Group:
    """The tree with another node at a place; the place keeps its id, a group its parts. Raises `PlaceUnknown`."""

    def put_there(old: Node) -> Node:
        kept = replace(new, id=old.id)
        return replace(kept, children=old.children) if isinstance(old, Group) and isinstance(kept, Group) else kept

    return _at(root, name, put_there)


def removed(root: Group, name: str) -> Group:
    """The tree without a place and all that lies in it. Raises `PlaceUnknown`, `MoveImpossible` for the whole."""
    here = place(root, name)
    if here.parent is None:
        raise MoveImpossible(place=name, way="away")
    return _at(root, here.parent, lambda one: _with(one, tuple(n for n in _children(one) if n is not here.node)))


def moved(root: Group, name: str, way: Way) -> Group:
    """The tree with a place moved. Raises `PlaceUnknown`, `MoveImpossible`."""
    here = place(root, name)
    if way not in ways(root, name):
        raise MoveImpossible(place=name, way=way.value)
    assert here.parent is not None
    parent = place(root, here.parent)
    siblings = list(_children(parent.node))
    at = siblings.index(here.node)
    if way in (Way.UP, Way.DOWN):
        other = at - 1 if way is Way.UP else at + 1
        siblings[at], siblings[other] = siblings[other], siblings[at]
        return _at(root, parent.id, lambda one: _with(one, tuple(siblings)))
    without = removed(root, name)
    if way is Way.IN:
        return _at(without, siblings[at - 1].id, lambda one: _with(one, (*_children(one), here.node)))
    assert parent.parent is not None

    def behind(one: Node) -> Node:
        found = ((n, here.node) if n.id == parent.id else (n,) for n in _children(one))
        return _with(one, tuple(each for pair in found for each in pair))

    return _at(without, parent.parent, behind)


def recoded(qualification: Qualification, old: str, new: str) -> Qualification:
    """The qualification with another code for one of its units, in its links, its rules and its allocation."""
    links = tuple(replace(link, code=new) if link.code == old else link for link in qualification.units)
    made = qualification.allocation
    if made is not None:
        inputs = tuple(replace(one, code=new) if one.code == old else one for one in made.inputs)
        made = replace(made, inputs=inputs)
    rules = _renamed(qualification.rules, {old: new})
    return replace(qualification, units=links, rules=rules, allocation=made)


def without_unit(qualification: Qualification, code: str) -> Qualification:
    """The qualification without a unit: its link and its places go; what else names it is found by `lint`."""
    rules, root = qualification.rules, qualification.rules.root
    for one in [one for one in walk(root) if isinstance(one.node, UnitPlace) and one.node.unit == code]:
        root = removed(root, one.id)
    links = tuple(link for link in qualification.units if link.code != code)
    return replace(qualification, units=links, rules=replace(rules, root=root))


def _renamed(item: Any, codes: Mapping[str, str], name: str = "") -> Any:
    if isinstance(item, str):
        return codes.get(item, item) if name in _NAMING_UNITS else item
    if isinstance(item, tuple):
        return tuple(_renamed(one, codes, name) for one in item)
    if is_dataclass(item) and not isinstance(item, type):
        return replace(item, **{one.name: _renamed(getattr(item, one.name), codes, one.name) for one in fields(item)})
    return item


def _new_ids(taken: set[str]) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        if f"p{number}" not in taken:
            yield f"p{number}"


def _children(node: Node) -> tuple[Node, ...]:
    return node.children if isinstance(node, Group) else ()


def _with(node: Node, children: tuple[Node, ...]) -> Node:
    if not isinstance(node, Group):
        raise PlaceUnknown(place=node.id)
    return replace(node, children=children)


def _at(root: Group, name: str, edit: Callable[[Node], Node]) -> Group:
    """The tree with what `edit` makes of the node at a place. Raises `PlaceUnknown`."""
    where = place(root, name)

    def rebuilt(node: Node) -> Node:
        if node is where.node:
            return edit(node)
        if isinstance(node, Group):
            children = tuple(rebuilt(child) for child in node.children)
            return node if all(a is b for a, b in zip(children, node.children, strict=True)) else _with(node, children)
        return node

    made = rebuilt(root)
    assert isinstance(made, Group)
    return made
