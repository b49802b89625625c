"""Requirements across the tree that ask for nothing, forbid nothing, or can be met by nobody, whatever is held.

Each kind of requirement has one check in the table `CHECKS`; what only a proof can show is left to `lint`.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from ecvet.qualification.combination import Combination
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.requirements import Overlay, Window
from ecvet.saying import Said, say
from ecvet.terms import Finding, Severity

ZERO: Final = Decimal(0)
ONE: Final = Decimal(1)


def requirement_findings(qualification: Qualification, most: Decimal | None) -> Iterator[Finding]:
    """All findings. `most` are the most points that the whole can give, None where nothing bounds them."""
    for check in CHECKS:
        yield from check(qualification.rules)
    for overlay in qualification.rules.overlays:
        yield from _overlay(qualification, overlay, most)


def _barred(rules: Combination) -> Iterator[Finding]:
    for rule in rules.barred:
        units = set(rule.units)
        if rule.at_most < 0:
            yield _contradictory(
                _list(rule.units),
                say(
                    "At most {at_most} of {units} may count: that is contradictory.",
                    at_most=rule.at_most,
                    units=rule.units,
                ),
            )
        elif len(units) <= rule.at_most:
            yield _vacuous(
                _list(rule.units),
                say(
                    "The barred set of {units} forbids nothing, since {at_most} of its {number} may count: "
                    "it is vacuous.",
                    units=rule.units,
                    at_most=rule.at_most,
                    number=len(units),
                ),
            )


def _corequisites(rules: Combination) -> Iterator[Finding]:
    for rule in rules.corequisites:
        if len(set(rule.units)) < 2:
            yield _vacuous(
                _list(rule.units),
                say("The corequisite of {units} names fewer than two units: it is vacuous.", units=rule.units),
            )


def _prerequisites(rules: Combination) -> Iterator[Finding]:
    for rule in rules.prerequisites:
        if not rule.needs:
            yield _vacuous(
                rule.unit,
                say("A prerequisite of unit {unit} names no unit that it needs: it is vacuous.", unit=rule.unit),
            )
        elif rule.any_of and rule.unit in rule.needs:
            yield _vacuous(
                rule.unit,
                say(
                    "Unit {unit} is among the units of which it needs one, and so needs none: it is vacuous.",
                    unit=rule.unit,
                ),
            )


def _exemptions(rules: Combination) -> Iterator[Finding]:
    doubled = [rule.unit for rule in rules.exemptions]
    for unit in dict.fromkeys(code for code in doubled if doubled.count(code) > 1):
        yield _contradictory(
            unit, say("Two rules of exemption are about unit {unit}: that is contradictory.", unit=unit)
        )


def _grades(rules: Combination) -> Iterator[Finding]:
    for rule in rules.minimum_grades:
        if not rule.grades:
            yield _contradictory(
                _list(rule.units) or "grades",
                say("A minimum grade names no grade that is enough: that is contradictory."),
            )


def _averages(rules: Combination) -> Iterator[Finding]:
    for rule in rules.averages:
        if rule.best is not None and rule.at_least > rule.best:
            yield _contradictory(
                "average",
                say(
                    "An average of {at_least} is asked for, but the best grade is {best}: that is contradictory.",
                    at_least=rule.at_least,
                    best=rule.best,
                ),
            )


def _ages(rules: Combination) -> Iterator[Finding]:
    for rule in rules.maximum_age:
        if rule.months < 1:
            yield _contradictory(
                _list(rule.units) or "age",
                say("Credit may be at most {months} months old: that is contradictory.", months=rule.months),
            )


def _beside_units(rules: Combination) -> Iterator[Finding]:
    for rule in rules.non_unit:
        if rule.amount <= ZERO:
            yield _vacuous(
                rule.code,
                say(
                    "The requirement “{title}” asks for an amount of {amount}: it is vacuous.",
                    title=rule.title or rule.code,
                    amount=rule.amount,
                ),
            )


CHECKS: Final[tuple[Callable[[Combination], Iterator[Finding]], ...]] = (
    _barred, _corequisites, _prerequisites, _exemptions, _grades, _averages, _ages, _beside_units,
)  # fmt: skip


def _overlay(qualification: Qualification, overlay: Overlay, most: Decimal | None) -> Iterator[Finding]:
    """A bound over the whole selection: its references, and whether it bounds anything or can be reached at all."""
    name = overlay.title or overlay.id or "overlay"
    subject = overlay.id or "overlay"
    which, windows = overlay.which, (overlay.points, overlay.count, overlay.share)
    for code in which.units:
        if code not in qualification.rules.units:
            yield Finding(
                "R-COMP-6",
                Severity.ERROR,
                code,
                say(
                    "Unresolved reference: “{name}” looks at unit {code}, which has no place in the rules.",
                    name=name,
                    code=code,
                ),
                say("Correct the code, or give the unit a place."),
            )
    if not any(_bounds(window) for window in windows):
        yield _vacuous(subject, say("“{name}” bounds nothing: it is vacuous.", name=name))
    if overlay.share and ((overlay.share.minimum or ZERO) > ONE or (overlay.share.maximum or ZERO) < ZERO):
        yield _contradictory(
            subject,
            say(
                "“{name}” asks for a share of {share}; shares lie between 0 and 1: that is contradictory.",
                name=name,
                share=overlay.share,
            ),
        )
    if which.level_from is not None and which.level_to is not None and which.level_from > which.level_to:
        yield _contradictory(
            subject,
            say(
                "“{name}” looks at levels from {level_from} to {level_to}: that is contradictory.",
                name=name,
                level_from=which.level_from,
                level_to=which.level_to,
            ),
        )
    here = _most_of(qualification, which.units) if which.units else None
    reach = min((one for one in (here, most) if one is not None), default=None)
    least = overlay.points.minimum if overlay.points else None
    if least is not None and reach is not None and reach < least:
        yield _unreachable(
            subject,
            say(
                "“{name}” needs {least} points, but no selection gives more than {reach}: it cannot be reached.",
                name=name,
                least=least,
                reach=reach,
            ),
        )
    pieces = overlay.count.minimum if overlay.count else None
    if pieces is not None and which.units and len(set(which.units)) < pieces:
        yield _unreachable(
            subject,
            say(
                "“{name}” needs {pieces} of {number} units: it cannot be reached.",
                name=name,
                pieces=pieces,
                number=len(set(which.units)),
            ),
        )


def _bounds(window: Window | None) -> bool:
    return window is not None and bool(window.minimum or window.maximum is not None)


def _most_of(qualification: Qualification, codes: tuple[str, ...]) -> Decimal | None:
    """The most points of some units together; None where one of them has no size."""
    sizes = []
    for code in dict.fromkeys(codes):
        link = qualification.link(code)
        size = (link.most or link.points) if link else None
        if size is None:
            return None
        sizes.append(size.value)
    return sum(sizes, ZERO)


def _list(units: tuple[str, ...]) -> str:
    return ", ".join(units)


def _vacuous(subject: str, what: Said) -> Finding:
    return Finding("R-COMP-6", Severity.WARNING, subject, what, say("Remove it, or say what is meant."))


def _contradictory(subject: str, what: Said) -> Finding:
    return Finding("R-COMP-7", Severity.ERROR, subject, what, say("Correct the rule."))


def _unreachable(subject: str, what: Said) -> Finding:
    return Finding("R-COMP-7", Severity.ERROR, subject, what, say("Correct the bound."))
