"""Decisions of a person that set a rule aside: with author, reason, legal basis, scope and expiry; never hidden.

Every system knows them (bypass, white list, exemption by the head of a school). Here they change the question openly:
the verdict is given with and without them, and each one that was used, or was not and why, is part of the answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ecvet.correspondence.equivalence import Equivalence
from ecvet.credit.accumulation.decide import accumulate
from ecvet.credit.accumulation.errors import OverrideWithoutBasis
from ecvet.credit.accumulation.held import Held
from ecvet.credit.accumulation.progress import Progress
from ecvet.qualification.combination import Combination, Group, Node, UnitPlace, walk
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import S1, Reading
from ecvet.qualification.requirements import Exemption, Window
from ecvet.saying import Said, say
from ecvet.terms import Identifier, LangString


class Kind(StrEnum):
    """What is decided: a requirement is waived, or something held is accepted in the place of a unit."""

    WAIVE = "waive"
    ACCEPT = "accept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One manual decision for one learner. Raises `OverrideWithoutBasis`.

    `subject` is its scope: a unit's code, the id of a group or slot (its own minima are waived), the id of an overlay,
    or the code of a requirement beside units. `accepts` is the code of the held unit that stands for unit `subject`.
    A waived unit counts with its points only where `with_points` says so. `until` is the last day it holds.
    """

    kind: Kind
    subject: str
    by: Identifier
    on: date
    reason: LangString
    legal_basis: str
    accepts: str = ""
    with_points: bool = False
    until: date | None = None

    def __post_init__(self) -> None:
        if not self.legal_basis.strip() or (self.kind is Kind.ACCEPT) != bool(self.accepts):
            raise OverrideWithoutBasis(subject=self.subject)

    def __str__(self) -> str:
        what = "is waived" if self.kind is Kind.WAIVE else f"is met by {self.accepts}"
        end = f", until {self.until}" if self.until else ""
        return f"{self.subject} {what}, by {self.by} on {self.on}{end}: {self.reason} ({self.legal_basis})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overridden:
    """The verdict with the manual decisions and the one without; which were used, and which not, with the reason.

    `qualification` and `held` are as the used decisions change them, for further questions.
    """

    qualification: Qualification
    held: Held
    progress: Progress
    without: Progress
    used: tuple[Override, ...]
    unused: tuple[tuple[Override, Said], ...]

    @property
    def decisive(self) -> bool:
        """Whether the verdict rests on a manual decision."""
        return self.progress.complete != self.without.complete


def accumulate_with(
    qualification: Qualification, held: Held, overrides: Iterable[Override], *, on: date, reading: Reading = S1,
    declared: Sequence[str] = (), equivalences: Iterable[Equivalence] = (),
) -> Overridden:  # fmt: skip
    """Both verdicts on a day. Raises as `accumulate`."""
    decisions, used, unused = tuple(equivalences), list[Override](), list[tuple[Override, Said]]()
    rules, mine = qualification.rules, held
    for one in overrides:
        why = _not_in_force(one, on)
        found = None if why else _apply(one, rules, mine)
        if found is None:
            unused.append((one, why or say("{subject} names nothing that it could change", subject=one.subject)))
        else:
            rules, mine = found
            used.append(one)
    without = accumulate(qualification, held, reading=reading, declared=declared, equivalences=decisions, on=on)
    changed = replace(qualification, rules=rules)
    progress = without
    if used:
        progress = accumulate(changed, mine, reading=reading, declared=declared, equivalences=decisions, on=on)
    return Overridden(
        qualification=changed, held=mine, progress=progress, without=without, used=tuple(used), unused=tuple(unused)
    )


def _not_in_force(one: Override, on: date) -> Said | None:
    if on < one.on:
        return say("it was decided later, on {on}", on=one.on)
    return say("it expired on {until}", until=one.until) if one.until and on > one.until else None


def _apply(one: Override, rules: Combination, held: Held) -> tuple[Combination, Held] | None:
    """Rules and credit as the decision changes them; None where it changes nothing."""
    if one.kind is Kind.ACCEPT:
        codes = {piece.code for piece in held.units}
        if one.subject not in rules.units or one.accepts not in codes or one.subject in codes:
            return None
        units = tuple(
            replace(piece, code=one.subject, sort="", declared="") if piece.code == one.accepts else piece
            for piece in held.units
        )
        return rules, replace(held, units=units)
    if one.subject in rules.units:
        exemption = Exemption(unit=one.subject, nominal_points=one.with_points)
        others = tuple(rule for rule in rules.exemptions if rule.unit != one.subject)
        return replace(rules, exemptions=(*others, exemption)), replace(held, exempt=(*held.exempt, one.subject))
    overlays = tuple(overlay for overlay in rules.overlays if overlay.id != one.subject)
    non_unit = tuple(rule for rule in rules.non_unit if rule.code != one.subject)
    names = {place.id for place in walk(rules.root) if not isinstance(place.node, UnitPlace)}
    root = _waived(rules.root, one.subject, "0", "") if one.subject in names else rules.root
    assert isinstance(root, Group)
    changed = replace(rules, root=root, overlays=overlays, non_unit=non_unit)
    return None if changed == rules else (changed, held)


def _waived(node: Node, subject: str, position: str, prefix: str) -> Node:
    """The tree without the minima of one node, by its id or its position."""
    if isinstance(node, UnitPlace):
        return node
    if isinstance(node, Group):
        children = tuple(_waived(child, subject, f"{prefix}{n}", f"{prefix}{n}.")
                         for n, child in enumerate(node.children, 1))  # fmt: skip
        node = replace(node, children=children)
        if (node.id or position) == subject:
            node = replace(node, units=_open(node.units), choose=_open(node.choose))
    if (node.id or position) == subject:
        node = replace(node, points=_open(node.points), count=_open(node.count), compulsory=False)
    return node


def _open(window: Window | None) -> Window | None:
    """The window without its minimum, which a maximum of choices still bounds."""
    return window and Window(Decimal(0) if window.maximum is None else None, window.maximum)
