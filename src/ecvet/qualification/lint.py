"""What is wrong, infeasible or ambiguous in the rules of a qualification, before it is published.

`lint` gathers what the tree shows by itself (`tree_findings`), what the requirements across it show, and what only a
proof can show: that some selection completes it (R-COMP-7), which totals selections reach (R-POINTS-3), and whether
alternatives are left to arithmetic (R-COMP-4). The proof is given in by a `Prover`, since the solver lives in a later
room: `ecvet.credit.accumulation.prove`. Nothing with an error may be published; a clean qualification gives no finding.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Protocol

from ecvet.qualification.combination import MOST_DEPTH, MOST_NODES, walk
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import S1, Reading
from ecvet.qualification.reference_findings import reference_findings
from ecvet.qualification.structure_profiles import PROFILES
from ecvet.qualification.tree_findings import tree_findings
from ecvet.qualification.unit import Unit
from ecvet.saying import say
from ecvet.terms import Finding, Severity

TOLERANCE = Decimal("0.001")
"""The difference that KOSKI allows between a unit's points and the sum of its sub-areas (R-COMP-10)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What was proved of rules: None where the proof was not found in time.

    `least` and `most` are the points of complete selections; `optional_choices` are the groups with alternatives that a
    complete selection can use without any of them.
    """

    satisfiable: bool | None
    empty_completes: bool = False
    anything_completes: bool = False
    least: Decimal | None = None
    most: Decimal | None = None
    optional_choices: tuple[str, ...] = ()


class Prover(Protocol):
    """Proves what selections a qualification's rules allow."""

    def __call__(self, qualification: Qualification, reading: Reading = S1, /) -> Reach:
        """The proofs for one qualification under a reading."""
        ...


def lint(
    qualification: Qualification, units: Sequence[Unit] = (), *, prover: Prover | None = None
) -> tuple[Finding, ...]:
    """All findings, errors first. `units` are the units described with the qualification, for their sub-areas."""
    places = list(islice(walk(qualification.rules.root), MOST_NODES + 1))
    if len(places) > MOST_NODES or places[-1].depth > MOST_DEPTH:
        return (
            Finding(
                "R-COMP-2",
                Severity.ERROR,
                "tree",
                say(
                    "The rules have more than {most_nodes} nodes or {most_depth} levels, or go round in a circle.",
                    most_nodes=MOST_NODES,
                    most_depth=MOST_DEPTH,
                ),
                say("Give each group its parts once, and no part that contains the group."),
            ),
        )
    found = [*tree_findings(qualification), *reference_findings(qualification), *_sub_areas(qualification, units)]
    found += _profile(qualification)
    if prover is not None and not any(finding.subject == "tree" for finding in found):
        found += _proved(qualification, prover(qualification))
    return tuple(sorted(found, key=lambda one: [*Severity].index(one.severity)))


def _proved(qualification: Qualification, reach: Reach) -> Iterator[Finding]:
    name = qualification.title
    total = qualification.points.value if qualification.points else None
    if reach.satisfiable is False:  # R-COMP-7: what nobody can complete cannot be published
        yield Finding(
            "R-COMP-7",
            Severity.ERROR,
            qualification.code,
            say("“{name}” is infeasible: no selection of its units and open credit satisfies its rules.", name=name),
            say("Correct the bounds or the points that contradict each other."),
        )
        return
    if reach.satisfiable is None:
        yield Finding(
            "R-COMP-7",
            Severity.ERROR,
            qualification.code,
            say("It was not proved in time that some selection completes “{name}”.", name=name),
            say("Simplify the rules, or allow more time."),
        )
        return
    if reach.empty_completes or reach.anything_completes:
        yield Finding(
            "R-COMP-6",
            Severity.ERROR,
            qualification.code,
            say("“{name}” is vacuous: it is complete without any unit.", name=name)
            if reach.empty_completes
            else say("“{name}” is vacuous: it is complete with any one of its parts.", name=name),
            say("Say what is compulsory, or how much is needed."),
        )
    for group in reach.optional_choices:
        yield Finding(
            "R-COMP-4",
            Severity.WARNING,
            group,
            say("Group {group} offers alternatives, but can be completed without choosing one.", group=group),
            say("Say with `choose` how many are to be chosen."),
        )
    if total is None or reach.least is None or reach.most is None:
        return
    if not reach.least <= total <= reach.most:  # R-POINTS-3
        yield Finding(
            "R-POINTS-3",
            Severity.ERROR,
            qualification.code,
            say(
                "“{name}” has {total} points, but its complete selections have {least} to {most}.",
                name=name,
                total=total,
                least=reach.least,
                most=reach.most,
            ),
            say("Correct the total, the points of the units, or the bounds."),
        )
    elif reach.least != reach.most:
        yield Finding(
            "R-POINTS-3",
            Severity.WARNING,
            qualification.code,
            say(
                "“{name}” has {total} points, but a selection of {least} or of {most} also completes it.",
                name=name,
                total=total,
                least=reach.least,
                most=reach.most,
            ),
            say("Bound the points of the whole."),
        )


def _sub_areas(qualification: Qualification, units: Sequence[Unit]) -> Iterator[Finding]:
    """Sub-area points sum to the unit's points (R-COMP-10), where all have points.

    With optional sub-areas the unit lies between what the compulsory ones have and what all have together.
    """
    for unit in units:
        link = qualification.link(unit.code)
        sizes = [(area.compulsory, area.points.value) for area in unit.sub_areas if area.points is not None]
        if link is None or link.points is None or not sizes or len(sizes) < len(unit.sub_areas):
            continue
        least, most = link.points.value, (link.most or link.points).value
        compulsory = sum((size for must, size in sizes if must), Decimal(0))
        together = sum((size for _, size in sizes), Decimal(0))
        if most < compulsory - TOLERANCE or together + TOLERANCE < least:
            has = compulsory if most < compulsory else together
            yield Finding(
                "R-COMP-10",
                Severity.ERROR,
                unit.code,
                say(
                    "The sub-areas of unit {code} have {has} points together, the unit {least}.",
                    code=unit.code,
                    has=has,
                    least=least,
                ),
                say("Correct one of them."),
            )


def _profile(qualification: Qualification) -> Iterator[Finding]:
    """What a national profile asks of the structure (R-COMP-12)."""
    for profile in PROFILES:
        for sentence in profile.misses(qualification):
            yield Finding(
                profile.rule,
                Severity.WARNING,
                qualification.code,
                sentence,
                say("Compare with {source}.", source=profile.source),
            )
