"""What is missing or doubtful in a unit before it is published (Recommendation 2009, Annex II.1; R-UNIT-1 … 12).

Errors keep it from being published, warnings want a person's look. A unit needs no qualification (R-UNIT-2), and what
the type has no place for, such as a course or a provider, needs no check (R-UNIT-8).
"""

from collections.abc import Iterator

from ecvet.qualification.unit import LearningOutcome, OutcomeKind, Unit
from ecvet.terms import Finding, Severity


def unit_findings(unit: Unit) -> tuple[Finding, ...]:
    """Everything found in one unit, errors first."""
    checks = (_completeness, _discreteness, _identity, _kinds, _criteria, _weights, _grid, _languages)
    found = [finding for check in checks for finding in check(unit)]
    return tuple(sorted(found, key=lambda one: [*Severity].index(one.severity)))


def _completeness(unit: Unit) -> Iterator[Finding]:
    if not unit.outcomes:
        yield _finding(unit, "R-UNIT-1", Severity.ERROR, "has no learning outcome", "State at least one.")
    if unit.assessment is None:
        yield _finding(unit, "R-UNIT-1", Severity.ERROR, "says nothing about how it is assessed", "Add the procedures.")
    if unit.outcomes and not any(outcome.criteria for outcome in unit.outcomes):
        yield _finding(unit, "R-UNIT-1", Severity.ERROR, "has no assessment criterion", "Add criteria to its outcomes.")


def _discreteness(unit: Unit) -> Iterator[Finding]:
    for outcome in unit.outcomes:
        for criterion in outcome.criteria:
            others = [one for one in criterion.requires if one != unit.id]
            if others:
                what = f"cannot be assessed on its own: criterion {criterion.id} requires {others[0]}"
                yield _finding(unit, "R-UNIT-6", Severity.ERROR, what, "Make the criterion stand by itself.")


def _identity(unit: Unit) -> Iterator[Finding]:
    ids = [outcome.id for outcome in unit.outcomes]
    if len(set(ids)) < len(ids):
        yield _finding(unit, "R-UNIT-1", Severity.ERROR, "has two outcomes with one id", "Give each an id of its own.")
    if unit.replaces == unit.id:
        yield _finding(unit, "R-UNIT-12", Severity.ERROR, "replaces itself", "Give the new version its own identifier.")


def _kinds(unit: Unit) -> Iterator[Finding]:
    present = {outcome.kind for outcome in unit.outcomes}
    missing = [kind.value for kind in OutcomeKind if kind not in present]
    if present and missing:
        what = f"names no {' and no '.join(missing)}"
        yield _finding(unit, "R-UNIT-5", Severity.WARNING, what, "Check that the set of outcomes is coherent.")


def _weights(unit: Unit) -> Iterator[Finding]:
    needed = [one for one in unit.outcomes if one.required] or list(unit.outcomes)
    silent = [one.id for one in needed if one.weight is None]
    if any(one.weight is not None for one in unit.outcomes) and silent:
        what = f"states weights for some outcomes and none for {', '.join(silent)}"
        yield _finding(unit, "R-CREDIT-6", Severity.WARNING, what, "State a weight for every outcome that is needed.")


def _criteria(unit: Unit) -> Iterator[Finding]:
    bare = [outcome.id for outcome in unit.outcomes if not outcome.criteria]
    if bare and len(bare) < len(unit.outcomes):
        what = f"has outcomes without a criterion: {', '.join(bare)}"
        yield _finding(unit, "R-UNIT-9", Severity.WARNING, what, "Say what an assessor looks at, for each.")


def _grid(unit: Unit) -> Iterator[Finding]:
    if not unit.levels:
        return
    if any(outcome.level is None for outcome in unit.outcomes):
        what = "is described at several EQF levels, but some of its outcomes name none"
        yield _finding(unit, "R-UNIT-10", Severity.WARNING, what, "Give every outcome its level, or none.")
    for level in unit.levels:
        if not any(outcome.criteria for outcome in unit.at_level(level)):
            what = f"has no criteria at {level}"
            yield _finding(unit, "R-UNIT-10", Severity.WARNING, what, "Add the criteria of that level.")


def _languages(unit: Unit) -> Iterator[Finding]:
    leading = unit.title.authoritative
    strange = [outcome.id for outcome in unit.outcomes if not _speaks(outcome, leading)]
    if strange:
        what = f"has outcomes without a text in its authoritative language “{leading}”: {', '.join(strange)}"
        yield _finding(unit, "R-UNIT-11", Severity.WARNING, what, "Add these texts.")


def _speaks(outcome: LearningOutcome, language: str) -> bool:
    return any(tag == language for tag, _ in outcome.text.texts)


def _finding(unit: Unit, rule: str, severity: Severity, what: str, remedy: str) -> Finding:
    return Finding(rule, severity, unit.id, f"“{unit.title}” {what}.", remedy)
