"""What a tree of rules shows by itself to be wrong, ambiguous or left unsaid, without solving anything."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from ecvet.qualification.ambiguity import unmarked_alternatives
from ecvet.qualification.combination import Group, Node, OpenSlot, Place, UnitPlace, walk
from ecvet.qualification.group_findings import group_findings
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.requirement_findings import requirement_findings
from ecvet.terms import Finding, Severity, decimal_text

ZERO: Final = Decimal(0)
_FIGURE: Final = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:osaamispiste|kompetenspoäng|osp\b|credit|ECVET point|point|EKAP)", re.I
)


def tree_findings(qualification: Qualification) -> Iterator[Finding]:
    """All findings about the tree. A finding about `tree` itself means that nothing can be computed with it."""
    places = list(walk(qualification.rules.root))
    twice = [name for name, times in Counter(place.id for place in places).items() if times > 1]
    for name in twice:
        yield Finding("R-COMP-2", Severity.ERROR, "tree", f"Two nodes have the id “{name}”.", "Give each its own id.")
    by_id = {place.id: place for place in places}
    yield from _references(qualification, places)
    yield from _sizes(qualification)
    for place in places:
        if isinstance(place.node, Group):
            yield from _group(qualification, place, place.node, by_id)
    yield from _ambiguous(qualification, by_id)
    yield from _prose(qualification)
    yield from requirement_findings(qualification, most_points(qualification, qualification.rules.root))


def _name(place: Place) -> str:
    return f"“{place.node.title}”" if place.node.title else "the whole" if place.parent is None else f"group {place.id}"


def _references(qualification: Qualification, places: list[Place]) -> Iterator[Finding]:
    known = {link.code for link in qualification.units}
    listed = dict.fromkeys(place.node.unit for place in places if isinstance(place.node, UnitPlace))
    for code in listed:
        if code not in known:
            yield Finding("R-COMP-6", Severity.ERROR, code,
                          f"Unresolved reference: the rules name unit {code}, which the qualification does not have.",
                          "Correct the code, or add the unit to the qualification.")  # fmt: skip
    for code in sorted(known - listed.keys()):
        yield Finding("R-QUAL-4", Severity.WARNING, code,
                      f"Unit {code} belongs to the qualification but has no place in its rules.",
                      "Give it a place, or remove it.")  # fmt: skip


def _sizes(qualification: Qualification) -> Iterator[Finding]:
    for link in qualification.units:
        if link.most is not None and (link.points is None or link.most.value < link.points.value):
            yield Finding("R-COMP-9", Severity.ERROR, "tree",
                          f"The range of points of unit {link.code} ends below where it begins.",
                          "Correct the range.")  # fmt: skip


def _group(qualification: Qualification, place: Place, group: Group, by_id: Mapping[str, Place]) -> Iterator[Finding]:
    if not group.children:
        yield Finding("R-COMP-2", Severity.ERROR, place.id, f"{_name(place)} is empty.",
                      "Fill it, remove it, or make it an open slot.")  # fmt: skip
    doubled = Counter(child.unit for child in group.children if isinstance(child, UnitPlace))
    for code in (code for code, times in doubled.items() if times > 1):
        yield Finding("R-COMP-5", Severity.ERROR, place.id,
                      f"Duplicate places: unit {code} stands more than once in {_name(place)}.",
                      "Keep one of them; a unit counts once.")  # fmt: skip
    yield from _points(qualification, place, group)
    yield from group_findings(qualification, group, place.id, _name(place))
    yield from _group_prose(place, group)
    if _is_unbounded(place, by_id) and any(_is_optional(child) for child in group.children):
        text = "its rule stands only in prose" if _has_prose(place, by_id) else "nothing says how much is needed"
        yield Finding("R-COMP-2", Severity.ERROR, place.id,
                      f"{_name(place)} is underspecified: it has optional parts without any bound, {text}.",
                      "Give the group, or one above it, a window of points or of parts.")  # fmt: skip


def _figures(group: Group) -> set[Decimal]:
    """The amounts of points that a group's own text names, in any language."""
    return {Decimal(found.replace(",", ".")) for _, text in (group.text.texts if group.text else ())
            for found in _FIGURE.findall(text)}  # fmt: skip


def _group_prose(place: Place, group: Group) -> Iterator[Finding]:
    """The bounds of a group below the whole against the figures in its own text."""
    figures, bounds = _figures(group), [group.points.minimum, group.points.maximum] if group.points else []
    known = {bound for bound in bounds if bound is not None}
    if place.parent is not None and figures and known and not figures & known:
        yield Finding("R-POINTS-3", Severity.WARNING, place.id,
                      f"{_name(place)} has bounds of {group.points} points, but its text speaks of "
                      f"{', '.join(map(decimal_text, sorted(figures)))}.",
                      "Compare the text with the bounds.")  # fmt: skip


def _points(qualification: Qualification, place: Place, group: Group) -> Iterator[Finding]:
    least = (group.points and group.points.minimum) or ZERO
    if not least:
        return
    for child in group.children:
        if isinstance(child, UnitPlace) and child.compulsory:
            link = qualification.link(child.unit)
            if link is not None and link.points is None and child.points is None:
                yield Finding("R-POINTS-3", Severity.ERROR, child.unit,
                              f"The compulsory unit {child.unit} {child.title or ''} has no points, but {_name(place)} "
                              f"needs {decimal_text(least)} points.", "Give the unit its points.")  # fmt: skip
    most = most_points(qualification, group)
    if most is not None and most < least:
        yield Finding("R-COMP-7", Severity.ERROR, place.id,
                      f"{_name(place)} needs {decimal_text(least)} points, but its parts give at most "
                      f"{decimal_text(most)}.", "Correct the bound or the points of the parts.")  # fmt: skip


def most_points(qualification: Qualification, node: Node) -> Decimal | None:
    """The most points that a part can give; None where nothing bounds them."""
    cap = node.points.maximum if node.points else None
    if isinstance(node, UnitPlace):
        link = qualification.link(node.unit)
        size = (link.most or link.points) if link else None
        return size.value if size else cap or ZERO
    if isinstance(node, OpenSlot):
        return cap
    parts = [most_points(qualification, child) for child in node.children]
    total = None if None in parts else sum((part for part in parts if part is not None), ZERO)
    return min((bound for bound in (cap, total) if bound is not None), default=None)


def _bounded(node: Node) -> bool:
    return isinstance(node, Group) and any((node.points, node.count, node.units, node.choose))


def _is_unbounded(place: Place, by_id: Mapping[str, Place]) -> bool:
    """Whether neither the group nor any group above it has a bound."""
    here: Place | None = place
    while here is not None:
        if _bounded(here.node):
            return False
        here = by_id[here.parent] if here.parent is not None else None
    return True


def _is_optional(child: Node) -> bool:
    return not isinstance(child, Group) and not child.compulsory


def _has_prose(place: Place, by_id: Mapping[str, Place]) -> bool:
    here: Place | None = place
    while here is not None:
        if here.node.text and any(character.isdigit() for character in str(here.node.text)):
            return True
        here = by_id[here.parent] if here.parent is not None else None
    return False


def _ambiguous(qualification: Qualification, by_id: Mapping[str, Place]) -> Iterator[Finding]:
    for name in unmarked_alternatives(qualification.rules):
        yield Finding("R-COMP-4", Severity.ERROR, name,
                      f"{_name(by_id[name])} is ambiguous: it does not say whether all of its groups are needed or one "
                      "of them.", "Mark the groups as alternatives, or as compulsory.")  # fmt: skip


def _prose(qualification: Qualification) -> Iterator[Finding]:
    """The total in the prose of the whole against the total in its structure."""
    root = qualification.rules.root
    figures = _figures(root)
    has_points = any(link.points for link in qualification.units)
    if not figures or not has_points:
        return
    total = root.points.minimum if root.points else None
    if total is None:
        yield Finding("R-POINTS-3", Severity.WARNING, qualification.code,
                      f"The text speaks of {decimal_text(max(figures))} points, but the structure has no total.",
                      "Bound the points of the whole.")  # fmt: skip
    elif total not in figures:
        yield Finding("R-POINTS-3", Severity.WARNING, qualification.code,
                      f"The structure has a total of {decimal_text(total)} points, which its text does not name.",
                      "Compare the text with the bounds.")  # fmt: skip
