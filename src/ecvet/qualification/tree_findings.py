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
from ecvet.saying import say
from ecvet.terms import Finding, LangString, Severity

ZERO: Final = Decimal(0)
_FIGURE: Final = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:osaamispiste|kompetenspoäng|osp\b|credit|ECVET point|point|EKAP)", re.I
)


def tree_findings(qualification: Qualification) -> Iterator[Finding]:
    """All findings about the tree. A finding about `tree` itself means that nothing can be computed with it."""
    places = list(walk(qualification.rules.root))
    twice = [name for name, times in Counter(place.id for place in places).items() if times > 1]
    for name in twice:
        yield Finding(
            "R-COMP-2",
            Severity.ERROR,
            "tree",
            say("Two nodes have the id “{name}”.", name=name),
            say("Give each its own id."),
        )
    by_id = {place.id: place for place in places}
    yield from _references(qualification, places)
    yield from _sizes(qualification)
    for place in places:
        if isinstance(place.node, Group):
            yield from _group(qualification, place, place.node, by_id)
    yield from _ambiguous(qualification, by_id)
    yield from _prose(qualification)
    yield from requirement_findings(qualification, most_points(qualification, qualification.rules.root))


def _name(qualification: Qualification, place: Place) -> LangString | str:
    """What people call a part: its own title, that of the qualification for the whole, else its id."""
    return place.node.title or (qualification.title if place.parent is None else place.id)


def _references(qualification: Qualification, places: list[Place]) -> Iterator[Finding]:
    known = {link.code for link in qualification.units}
    listed = dict.fromkeys(place.node.unit for place in places if isinstance(place.node, UnitPlace))
    for code in listed:
        if code not in known:
            yield Finding(
                "R-COMP-6",
                Severity.ERROR,
                code,
                say(
                    "Unresolved reference: the rules name unit {code}, which the qualification does not have.",
                    code=code,
                ),
                say("Correct the code, or add the unit to the qualification."),
            )
    for code in sorted(known - listed.keys()):
        yield Finding(
            "R-QUAL-4",
            Severity.WARNING,
            code,
            say("Unit {code} belongs to the qualification but has no place in its rules.", code=code),
            say("Give it a place, or remove it."),
        )


def _sizes(qualification: Qualification) -> Iterator[Finding]:
    for link in qualification.units:
        if link.most is not None and (link.points is None or link.most.value < link.points.value):
            yield Finding(
                "R-COMP-9",
                Severity.ERROR,
                "tree",
                say("The range of points of unit {code} ends below where it begins.", code=link.code),
                say("Correct the range."),
            )


def _group(qualification: Qualification, place: Place, group: Group, by_id: Mapping[str, Place]) -> Iterator[Finding]:
    if not group.children:
        yield Finding(
            "R-COMP-2",
            Severity.ERROR,
            place.id,
            say("“{name}” is empty.", name=_name(qualification, place)),
            say("Fill it, remove it, or make it an open slot."),
        )
    doubled = Counter(child.unit for child in group.children if isinstance(child, UnitPlace))
    for code in (code for code, times in doubled.items() if times > 1):
        yield Finding(
            "R-COMP-5",
            Severity.ERROR,
            place.id,
            say(
                "Duplicate places: unit {code} stands more than once in “{name}”.",
                code=code,
                name=_name(qualification, place),
            ),
            say("Keep one of them; a unit counts once."),
        )
    yield from _points(qualification, place, group)
    yield from group_findings(qualification, group, place.id, _name(qualification, place))
    yield from _group_prose(qualification, place, group)
    if _is_unbounded(place, by_id) and any(_is_optional(child) for child in group.children):
        yield Finding(
            "R-COMP-2",
            Severity.ERROR,
            place.id,
            say(
                "“{name}” is underspecified: the bound of its optional parts stands only in prose.",
                name=_name(qualification, place),
            )
            if _has_prose(place, by_id)
            else say(
                "“{name}” is underspecified: nothing says how much of its optional parts is needed.",
                name=_name(qualification, place),
            ),
            say("Give the group, or one above it, a window of points or of parts."),
        )


def _figures(group: Group) -> set[Decimal]:
    """The amounts of points that a group's own text names, in any language."""
    return {Decimal(found.replace(",", ".")) for _, text in (group.text.texts if group.text else ())
            for found in _FIGURE.findall(text)}  # fmt: skip


def _group_prose(qualification: Qualification, place: Place, group: Group) -> Iterator[Finding]:
    """The bounds of a group below the whole against the figures in its own text."""
    figures, bounds = _figures(group), [group.points.minimum, group.points.maximum] if group.points else []
    known = {bound for bound in bounds if bound is not None}
    if place.parent is not None and figures and known and not figures & known:
        yield Finding(
            "R-POINTS-3",
            Severity.WARNING,
            place.id,
            say(
                "“{name}” has bounds of {points} points, but its text speaks of {figures}.",
                name=_name(qualification, place),
                points=group.points,
                figures=tuple(sorted(figures)),
            ),
            say("Compare the text with the bounds."),
        )


def _points(qualification: Qualification, place: Place, group: Group) -> Iterator[Finding]:
    least = (group.points and group.points.minimum) or ZERO
    if not least:
        return
    for child in group.children:
        if isinstance(child, UnitPlace) and child.compulsory:
            link = qualification.link(child.unit)
            if link is not None and link.points is None and child.points is None:
                yield Finding(
                    "R-POINTS-3",
                    Severity.ERROR,
                    child.unit,
                    say(
                        "The compulsory unit {unit} has no points, but “{name}” needs {least} points.",
                        unit=child.unit,
                        name=_name(qualification, place),
                        least=least,
                    ),
                    say("Give the unit its points."),
                )
    most = most_points(qualification, group)
    if most is not None and most < least:
        yield Finding(
            "R-COMP-7",
            Severity.ERROR,
            place.id,
            say(
                "“{name}” needs {least} points, but its parts give at most {most}.",
                name=_name(qualification, place),
                least=least,
                most=most,
            ),
            say("Correct the bound or the points of the parts."),
        )


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
        yield Finding(
            "R-COMP-4",
            Severity.ERROR,
            name,
            say(
                "“{name}” is ambiguous: it does not say whether all of its groups are needed or one of them.",
                name=_name(qualification, by_id[name]),
            ),
            say("Mark the groups as alternatives, or as compulsory."),
        )


def _prose(qualification: Qualification) -> Iterator[Finding]:
    """The total in the prose of the whole against the total in its structure."""
    root = qualification.rules.root
    figures = _figures(root)
    has_points = any(link.points for link in qualification.units)
    if not figures or not has_points:
        return
    total = root.points.minimum if root.points else None
    if total is None:
        yield Finding(
            "R-POINTS-3",
            Severity.WARNING,
            qualification.code,
            say("The text speaks of {figures} points, but the structure has no total.", figures=max(figures)),
            say("Bound the points of the whole."),
        )
    elif total not in figures:
        yield Finding(
            "R-POINTS-3",
            Severity.WARNING,
            qualification.code,
            say("The structure has a total of {total} points, which its text does not name.", total=total),
            say("Compare the text with the bounds."),
        )
