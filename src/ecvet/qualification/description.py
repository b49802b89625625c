"""Describing a qualification: may it be published, and what should a person look at? (step 1 of the story)

Recommendation 2009/C 155/02, Annex I(a) and II.1; R-QUAL-1 … 5. Everything works without points (R-POINTS-1).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from ecvet.errors import EcvetError
from ecvet.qualification.allocation import allocated_points, may_allocate
from ecvet.qualification.award_sizes import duration_findings, size_findings
from ecvet.qualification.errors import NotPublishable, NotYoursToDescribe
from ecvet.qualification.lint import Prover, lint
from ecvet.qualification.points import Method
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.unit import Unit
from ecvet.qualification.unit_findings import unit_findings
from ecvet.saying import Said, say
from ecvet.terms import Failure, Finding, Identifier, Severity, Success

Units = Mapping[Identifier, Unit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A draft together with what was found in it; `publishable` is a no as long as one finding is an error."""

    draft: Qualification
    findings: tuple[Finding, ...]
    publishable: Success | Failure


def describe(
    draft: Qualification, units: Units, *, by: Identifier, on: date, designers: frozenset[Identifier] = frozenset(),
    allocators: frozenset[Identifier] = frozenset(), prover: Prover | None = None,
) -> Description:  # fmt: skip
    """Look through a draft and its units; the draft itself is never changed.

    `units` are the unit versions that its links name. `designers` and `allocators` are the institutions empowered
    beside the one in charge (`partnership.empowered` finds them). With a `prover` the rules of combination are not only
    read but proved to be satisfiable (`lint`). A draft by another institution is refused before anything is looked at.
    """
    if by != draft.institution and by not in designers:
        return Description(
            draft=draft, findings=(), publishable=Failure(NotYoursToDescribe(by=by, in_charge=draft.institution))
        )
    linked = [units[link.unit] for link in draft.units if link.unit in units]
    found = [finding for check in _CHECKS for finding in check(draft, units)]
    found += _allocation(draft, allocators)
    found += _sizes(draft, on)
    found += [finding for unit in dict.fromkeys(linked) for finding in unit_findings(unit)]
    found += lint(draft, tuple(dict.fromkeys(linked)), prover=prover)
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    if errors:
        no = NotPublishable(title=draft.title, count=len(errors), first=errors[0].sentence)
        return Description(draft=draft, findings=tuple(found), publishable=Failure(no))
    return Description(draft=draft, findings=tuple(found), publishable=Success())


def _standard(draft: Qualification, units: Units) -> Iterator[Finding]:
    if not draft.standard and not any(units[link.unit].outcomes for link in draft.units if link.unit in units):
        yield _finding(
            draft,
            "R-QUAL-1",
            Severity.ERROR,
            say("“{title}” has no standard of outcomes.", title=draft.title),
            say("State what is required."),
        )


def _number_of_units(draft: Qualification, units: Units) -> Iterator[Finding]:
    if not draft.units and draft.unit_based:
        yield _finding(
            draft,
            "R-QUAL-3",
            Severity.ERROR,
            say("“{title}” is declared to be made of units, but has none.", title=draft.title),
            say("Link its units, or take the declaration back."),
        )
    if len(draft.units) == 1:
        yield _finding(
            draft,
            "R-QUAL-3",
            Severity.WARNING,
            say("“{title}” has one unit only.", title=draft.title),
            say("Consider several, assessable one by one."),
        )


def _coverage(draft: Qualification, units: Units) -> Iterator[Finding]:
    covered = {outcome for link in draft.units if link.unit in units for outcome in units[link.unit].outcome_ids}
    uncovered = [outcome.id for outcome in draft.standard if outcome.id not in covered]
    if uncovered:
        yield _finding(
            draft,
            "R-QUAL-4",
            Severity.ERROR,
            say(
                "“{title}” requires outcomes that no unit contains: {uncovered}.",
                title=draft.title,
                uncovered=tuple(uncovered),
            ),
            say("Put each of them into a unit."),
        )
    for link in draft.units:
        if link.unit not in units:
            yield _finding(
                draft,
                "R-QUAL-4",
                Severity.ERROR,
                say("“{title}” links the unit {unit}, which is not known.", title=draft.title, unit=link.unit),
                say("Publish the unit first, or correct the link."),
            )


def _links(draft: Qualification, units: Units) -> Iterator[Finding]:
    codes = [link.code for link in draft.units]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        yield _finding(
            draft,
            "R-UNIT-7",
            Severity.ERROR,
            say("“{title}” uses a code for two units: {twice}.", title=draft.title, twice=tuple(twice)),
            say("Give every unit its own code within it."),
        )
    for link in draft.units:
        unit = units.get(link.unit)
        if unit and unit.valid and unit.valid.end and draft.valid and unit.valid.end < draft.valid.start:
            yield _finding(
                draft,
                "R-UNIT-3",
                Severity.WARNING,
                say(
                    "“{title}” links “{title2}”, which is valid only until {end}.",
                    title=draft.title,
                    title2=unit.title,
                    end=unit.valid.end,
                ),
                say("Link the version that is valid now."),
            )


def _versions(draft: Qualification, units: Units) -> Iterator[Finding]:
    if draft.replaces == draft.id:
        yield _finding(
            draft,
            "R-QUAL-5",
            Severity.ERROR,
            say("“{title}” replaces itself.", title=draft.title),
            say("Give the new version an identifier of its own."),
        )


def _points(draft: Qualification, units: Units) -> Iterator[Finding]:
    given = [one for link in draft.units for one in (link.points, link.most) if one is not None]
    if given and draft.points is None:
        yield _finding(
            draft,
            "R-POINTS-4",
            Severity.WARNING,
            say("“{title}” gives points to units, but has no total.", title=draft.title),
            say("Find the total first, from one year or several."),
        )
    amounts = [*given, *([draft.points] if draft.points else [])]
    strange = sorted({one.system for one in amounts} - {draft.system})
    if strange:
        yield _finding(
            draft,
            "R-POINTS-20",
            Severity.ERROR,
            say(
                "“{title}” counts in {system}, but has points of {strange}.",
                title=draft.title,
                system=draft.system,
                strange=tuple(strange),
            ),
            say("Convert them with the institution's table first."),
        )


_CHECKS: Final[tuple[Callable[[Qualification, Units], Iterator[Finding]], ...]] = (
    _standard, _number_of_units, _coverage, _links, _versions, _points,
)  # fmt: skip


def _allocation(draft: Qualification, allocators: frozenset[Identifier]) -> Iterator[Finding]:
    made = draft.allocation
    if made is None:
        return
    answer = may_allocate(made.by, in_charge=draft.institution, empowered=allocators)
    if isinstance(answer, Failure):
        yield Finding("R-POINTS-9", Severity.ERROR, draft.id, answer.reason.said, answer.reason.what_to_do)
    if made.method is Method.OUTCOME_COUNT:
        yield _finding(
            draft,
            "R-POINTS-7",
            Severity.FLAG,
            say(
                "“{title}” divides its points by the number of outcomes, a crude proxy of their weight.",
                title=draft.title,
            ),
            say("Weigh the units by importance, complexity or effort."),
        )
    try:
        followed = allocated_points(made)
    except EcvetError as error:
        yield Finding("R-POINTS-7", Severity.ERROR, draft.id, error.said, error.what_to_do)
        return
    differing = [link.code for link in draft.units if link.code in followed and link.points != followed[link.code]]
    if differing or made.total != draft.points:
        yield _finding(
            draft,
            "R-POINTS-5",
            Severity.ERROR,
            say(
                "“{title}” has other points than its recorded allocation: {differing}.",
                title=draft.title,
                differing=tuple(differing),
            )
            if differing
            else say("“{title}” has another total than its recorded allocation.", title=draft.title),
            say("Record the allocation that these points rest on."),
        )


def _sizes(draft: Qualification, on: date) -> Iterator[Finding]:
    if draft.points is None:
        return
    level = draft.nqf.level if draft.nqf else str(draft.eqf.level) if draft.eqf else ""
    yield from size_findings(draft.points, on=on, level=level, award_type=draft.award_type, subject=draft.id)
    reference = draft.allocation.reference if draft.allocation else None
    yield from duration_findings(draft.points, reference, on=on, subject=draft.id)


def _finding(draft: Qualification, rule: str, severity: Severity, sentence: Said, remedy: Said) -> Finding:
    return Finding(rule, severity, draft.id, sentence, remedy)
