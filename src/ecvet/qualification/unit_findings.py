"""What is missing or doubtful in a unit before it is published (Recommendation 2009, Annex II.1; R-UNIT-1 … 12).

Errors keep it from being published, warnings want a person's look. A unit needs no qualification (R-UNIT-2), and what
the type has no place for, such as a course or a provider, needs no check (R-UNIT-8).
"""

from collections.abc import Iterator

from ecvet.qualification.unit import LearningOutcome, OutcomeKind, Unit
from ecvet.saying import Said, say
from ecvet.terms import Finding, Severity


def unit_findings(unit: Unit) -> tuple[Finding, ...]:
    """Everything found in one unit, errors first."""
    checks = (_completeness, _discreteness, _identity, _kinds, _criteria, _weights, _grid, _languages)
    found = [finding for check in checks for finding in check(unit)]
    return tuple(sorted(found, key=lambda one: [*Severity].index(one.severity)))


def _completeness(unit: Unit) -> Iterator[Finding]:
    if not unit.outcomes:
        yield _finding(
            unit,
            "R-UNIT-1",
            Severity.ERROR,
            say("“{title}” has no learning outcome.", title=unit.title),
            say("State at least one."),
        )
    if unit.assessment is None:
        yield _finding(
            unit,
            "R-UNIT-1",
            Severity.ERROR,
            say("“{title}” says nothing about how it is assessed.", title=unit.title),
            say("Add the procedures."),
        )
    if unit.outcomes and not any(outcome.criteria for outcome in unit.outcomes):
        yield _finding(
            unit,
            "R-UNIT-1",
            Severity.ERROR,
            say("“{title}” has no assessment criterion.", title=unit.title),
            say("Add criteria to its outcomes."),
        )


def _discreteness(unit: Unit) -> Iterator[Finding]:
    for outcome in unit.outcomes:
        for criterion in outcome.criteria:
            others = [one for one in criterion.requires if one != unit.id]
            if others:
                yield _finding(
                    unit,
                    "R-UNIT-6",
                    Severity.ERROR,
                    say(
                        "“{title}” cannot be assessed on its own: criterion {id} requires {others}.",
                        title=unit.title,
                        id=criterion.id,
                        others=others[0],
                    ),
                    say("Make the criterion stand by itself."),
                )


def _identity(unit: Unit) -> Iterator[Finding]:
    ids = [outcome.id for outcome in unit.outcomes]
    if len(set(ids)) < len(ids):
        yield _finding(
            unit,
            "R-UNIT-1",
            Severity.ERROR,
            say("“{title}” has two outcomes with one id.", title=unit.title),
            say("Give each an id of its own."),
        )
    if unit.replaces == unit.id:
        yield _finding(
            unit,
            "R-UNIT-12",
            Severity.ERROR,
            say("“{title}” replaces itself.", title=unit.title),
            say("Give the new version its own identifier."),
        )


def _kinds(unit: Unit) -> Iterator[Finding]:
    present = {outcome.kind for outcome in unit.outcomes}
    missing = [kind for kind in OutcomeKind if kind not in present]
    if present and missing:
        yield _finding(
            unit,
            "R-UNIT-5",
            Severity.WARNING,
            say("“{title}” has no outcomes of some kinds: {missing}.", title=unit.title, missing=tuple(missing)),
            say("Check that the set of outcomes is coherent."),
        )


def _weights(unit: Unit) -> Iterator[Finding]:
    needed = [one for one in unit.outcomes if one.required] or list(unit.outcomes)
    silent = [one.id for one in needed if one.weight is None]
    if any(one.weight is not None for one in unit.outcomes) and silent:
        what = say(
            "“{title}” states weights for some outcomes and none for {outcomes}.",
            title=unit.title,
            outcomes=tuple(silent),
        )
        remedy = say("State a weight for every outcome that is needed.")
        yield _finding(unit, "R-CREDIT-6", Severity.WARNING, what, remedy)


def _criteria(unit: Unit) -> Iterator[Finding]:
    bare = [outcome.id for outcome in unit.outcomes if not outcome.criteria]
    if bare and len(bare) < len(unit.outcomes):
        yield _finding(
            unit,
            "R-UNIT-9",
            Severity.WARNING,
            say("“{title}” has outcomes without a criterion: {bare}.", title=unit.title, bare=tuple(bare)),
            say("Say what an assessor looks at, for each."),
        )


def _grid(unit: Unit) -> Iterator[Finding]:
    if not unit.levels:
        return
    if any(outcome.level is None for outcome in unit.outcomes):
        yield _finding(
            unit,
            "R-UNIT-10",
            Severity.WARNING,
            say("“{title}” is described at several EQF levels, but some of its outcomes name none.", title=unit.title),
            say("Give every outcome its level, or none."),
        )
    for level in unit.levels:
        if not any(outcome.criteria for outcome in unit.at_level(level)):
            yield _finding(
                unit,
                "R-UNIT-10",
                Severity.WARNING,
                say("“{title}” has no criteria at {level}.", title=unit.title, level=level),
                say("Add the criteria of that level."),
            )


def _languages(unit: Unit) -> Iterator[Finding]:
    leading = unit.title.authoritative
    strange = [outcome.id for outcome in unit.outcomes if not _speaks(outcome, leading)]
    if strange:
        yield _finding(
            unit,
            "R-UNIT-11",
            Severity.WARNING,
            (
                say(
                    "“{title}” has outcomes without a text in its authoritative language “{leading}”: {strange}.",
                    title=unit.title,
                    leading=leading,
                    strange=tuple(strange),
                )
            ),
            say("Add these texts."),
        )


def _speaks(outcome: LearningOutcome, language: str) -> bool:
    return any(tag == language for tag, _ in outcome.text.texts)


def _finding(unit: Unit, rule: str, severity: Severity, sentence: Said, remedy: Said) -> Finding:
    return Finding(rule, severity, unit.id, sentence, remedy)
