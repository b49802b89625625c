"""Why: the words for what is missing, and for each held piece where it counts or why it does not."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final

from ecvet.credit.accumulation.compile import Compiled
from ecvet.credit.accumulation.held import Piece
from ecvet.credit.accumulation.progress import Broken, Check, Counted, Placement
from ecvet.credit.accumulation.supply import Supply, nominal
from ecvet.qualification.combination import Group, UnitPlace
from ecvet.saying import Said, Template, say
from ecvet.terms import LangString

ZERO = Decimal(0)

_SENTENCES: Final = {
    "points-short": Template("{name}: {has} of {needs} points."),
    "points-over": Template("{name}: {has} points, at most {needs} are allowed."),
    "count-short": Template("{name}: {has} of {needs} parts."),
    "count-over": Template("{name}: {has} parts, at most {needs} are allowed."),
    "units-short": Template("{name}: {has} of {needs} units."),
    "units-over": Template("{name}: {has} units, at most {needs} are allowed."),
    "choice-short": Template("{name}: {has} of {needs} alternatives are chosen."),
    "choice-over": Template("{name}: {has} alternatives are chosen, at most {needs} are allowed."),
    "share-short": Template("{name}: {has} points, the share needs {needs}."),
    "share-over": Template("{name}: {has} points, the share allows {needs}."),
    "compulsory": Template("{name} is compulsory and missing."),
    "prerequisite": Template("{name} presupposes another unit that is missing."),
    "corequisite": Template("{name} count together or not at all."),
    "barred": Template("{name}: at most {needs} of these count together."),
    "shared-over": Template("{name}: {has} units count in two groups, at most {needs} may."),
    "shared-points-over": Template("{name}: {has} points count in two groups, at most {needs} may."),
    "average": Template("The weighted average of the grades is below {needs}."),
}


def missing(
    tree: Compiled, check: Check, added: Sequence[Placement], average: Decimal | None = None
) -> tuple[Said, ...]:
    """What is missing, as sentences with the rule's own title and text (R-COMP-14).

    Of nested groups that lack points for the same reason only the innermost is named. `average` is what the grades of
    the added credit must reach.
    """
    index = {name: n for n, name in enumerate(tree.ids)}
    short = {index[b.subject]: b.needs - b.has for b in check.broken if b.what == "points-short" and b.subject in index}
    absent = {index[b.subject] for b in check.broken if b.what == "compulsory" and b.subject in index}
    explained = dict.fromkeys(short, ZERO)
    for n in {*short, *absent}:
        above = _parent(tree, n)
        while above is not None and above not in short:
            above = _parent(tree, above)
        if above is not None:
            explained[above] += short[n] if n in short else _size(tree, n)
    found = []
    for broken in check.broken:
        at = index.get(broken.subject)
        if broken.what == "points-short" and at is not None and short[at] <= explained[at]:
            continue
        if broken.what == "compulsory" and at is not None and _is_told_below(tree, at, check):
            continue
        found.append(_with_cheapest(tree, broken, at, added))
    if not found and added:
        found = [say("{name} is missing.", name=name_of(tree, placement)) for placement in added]
    if average is not None:
        found.append(
            say("The grades of what is added must be {average} on average, weighted by points.", average=average)
        )
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def failed(tree: Compiled, n: int, what: str, has: Decimal) -> Said:
    """Why a node cannot be met even in the best case, as a sentence."""
    node = tree.nodes[n]
    group = node if isinstance(node, Group) else None
    needs = {
        "points": None if isinstance(node, UnitPlace) or not node.points else node.points.minimum,
        "count": None if isinstance(node, UnitPlace) or not node.count else node.count.minimum,
        "units": group.units.minimum if group and group.units else None,
        "choice": max((one.least for one in tree.alternatives[n]), default=None),
    }.get(what)
    short = what if what == "compulsory" else f"{what}-short"
    return _sentence(tree, Broken(subject=tree.ids[n], what=short, has=has, needs=needs or ZERO), n)


def _with_cheapest(tree: Compiled, broken: Broken, at: int | None, added: Sequence[Placement]) -> Said:
    """The sentence; for a group that nobody began, also what would fill it most cheaply."""
    sentence = _sentence(tree, broken, at)
    if at is None or broken.what != "compulsory" or isinstance(tree.nodes[at], UnitPlace):
        return sentence
    inside = {tree.ids[below] for below in tree.below(at)}
    names = tuple(dict.fromkeys(name_of(tree, placement) for placement in added if placement.place in inside))
    return say("{sentence} The cheapest way: {names}.", sentence=sentence, names=names) if names else sentence


def _size(tree: Compiled, n: int) -> Decimal:
    """The points that a missing compulsory part lacks: a unit's, or the minimum of a group."""
    node = tree.nodes[n]
    if isinstance(node, UnitPlace):
        return nominal(tree, node.unit)
    return (node.points.minimum if node.points else None) or ZERO


def _is_told_below(tree: Compiled, n: int, check: Check) -> bool:
    names = {tree.ids[below] for below in tree.below(n)} - {tree.ids[n]}
    return any(broken.subject in names for broken in check.broken)


def _sentence(tree: Compiled, broken: Broken, n: int | None) -> Said:
    name: object = broken.subject
    text = ""
    if n is not None:
        node = tree.nodes[n]
        name = node.title or broken.subject
        if isinstance(node, UnitPlace):
            name = _titled(node)
        elif not node.title and n == 0:
            name = tree.qualification.title
        text = short_text(str(node.text)) if node.text and n else ""
    else:
        overlay = next((o for o in tree.rules.overlays if o.id == broken.subject), None)
        if overlay and (overlay.title or overlay.text):
            name = overlay.title or overlay.text
    words = _SENTENCES.get(broken.what, Template("{name}: the rule is not met."))
    if n == 0 and broken.what == "compulsory":
        words = Template("Nothing that is held counts towards {name}.")
    sentence = words.say(name=name, has=broken.has, needs=broken.needs)
    return say("{sentence} {text}", sentence=sentence, text=text) if text else sentence


def short_text(text: str, most: int = 160) -> str:
    """The beginning of a rule's text, in one line."""
    line = " ".join(text.split())
    return f"({line if len(line) <= most else line[: most - 1] + '…'})"


def name_of(tree: Compiled, placement: Placement) -> Said | str:
    """A person's name for what stands at a place: the unit's code and title, or open credit and its slot."""
    node = tree.nodes[tree.ids.index(placement.place)]
    if isinstance(node, UnitPlace):
        return _titled(node)
    return say("other credit ({name})", name=node.title or placement.place)


def _titled(node: UnitPlace) -> Said | str:
    return say("{code} {title}", code=node.unit, title=node.title) if node.title else node.unit


def reasons(
    tree: Compiled, supply: Supply, placements: Sequence[Placement], counted: Mapping[str, Decimal]
) -> tuple[Counted, ...]:
    """For each held piece whether it counts, where, and why not (R-COMP-14)."""
    standing: dict[tuple[Piece, bool], list[Placement]] = {}
    for placement in placements:
        standing.setdefault((placement.piece, bool(placement.by)), []).append(placement)
    found = []
    for offer in supply.offers:
        standings = standing.get((offer.piece, offer.bridge is not None), [])
        placed, also = [one for one in standings if not one.also], [one for one in standings if one.also]
        for _ in range(offer.amount):
            if placed:
                place = placed.pop()
                groups = (_group_name(tree, place), *(_group_name(tree, one) for one in also))
                why = say("counts in: {groups}", groups=groups)
                if place.by:
                    why = say("counts by an equivalence, for {units}, in: {groups}", groups=groups, units=place.by)
                found.append(Counted(piece=offer.piece, place=place.place, why=why))
            elif offer.bridge is None:
                why = _unused(tree, offer.places, counted)
                found.append(Counted(piece=offer.piece, place=None, why=why))
    bridged = {code for placement in placements for code in placement.by}
    found += [Counted(piece=piece, place=None, why=why) for piece, why in supply.refused if piece.code not in bridged]
    return tuple(found)


def _group_name(tree: Compiled, placement: Placement) -> LangString | str:
    n = tree.ids.index(placement.place)
    group = (
        n
        if not isinstance(tree.nodes[n], UnitPlace)
        else next(p for p, below in enumerate(tree.children) if n in below)
    )
    return tree.nodes[group].title or tree.ids[group]


def _unused(tree: Compiled, places: Sequence[int], counted: Mapping[str, Decimal]) -> Said:
    """Why a piece with places stands in none: its groups are not chosen, or they are full without it."""
    for place in places:
        above: int | None = place
        while above is not None:
            node, name = tree.nodes[above], tree.ids[above]
            most = node.points.maximum if node.points and not isinstance(node, UnitPlace) else None
            if most is not None and counted.get(name, ZERO) >= most:
                return say("not needed: “{name}” has its {most} points", name=node.title or name, most=most)
            above = _parent(tree, above)
    return say("not used: the groups that could take it are not chosen, or full")


def _parent(tree: Compiled, n: int) -> int | None:
    return next((p for p, below in enumerate(tree.children) if n in below), None)
