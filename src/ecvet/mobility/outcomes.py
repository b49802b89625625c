"""What is to be achieved: outcomes of covered units, parts, points. R-LA-4, 6, 13, 14 and R-CREDIT-5."""

from collections.abc import Iterator
from typing import Final

from ecvet.mobility.agreement import AgreedUnit
from ecvet.mobility.case import Case, Check, Obstacle, Remark
from ecvet.mobility.errors import (
    HomePointsDiffer,
    NothingExpected,
    OutcomeNotInUnit,
    PartNotNamed,
    QualificationNotThis,
    UnitTwice,
    UnitUnknown,
)
from ecvet.partnership.force import covers_unit
from ecvet.qualification.qualification import UnitLink
from ecvet.saying import say
from ecvet.terms import Failure, Finding, Points, PointsNotComparable, Severity


def outcomes_are_stated(case: Case) -> Iterator[Remark]:
    """Every agreement has units, and every unit outcomes (R-LA-4)."""
    if not case.draft.units:
        yield Obstacle("R-LA-4", "units", NothingExpected(what=say("this stay")))
    for agreed in case.draft.units:
        if not agreed.outcomes:
            yield Obstacle("R-LA-4", agreed.code, NothingExpected(what=agreed.title))


def outcomes_belong_to_covered_units(case: Case) -> Iterator[Remark]:
    """Outcomes belong to units, or parts of units, that the memorandum opens to mobility (R-LA-6)."""
    for agreed in case.draft.units:
        unit = case.units.get(agreed.unit)
        if unit is None:
            yield Obstacle("R-LA-6", agreed.code, UnitUnknown(unit=agreed.unit))
        elif agreed.outcomes - unit.outcome_ids:
            strange = tuple(sorted(agreed.outcomes - unit.outcome_ids))
            yield Obstacle("R-LA-6", agreed.code, OutcomeNotInUnit(unit=unit.title, outcomes=strange))
    if case.memorandum is None:
        return
    for agreed in case.draft.units:
        covered = covers_unit(case.memorandum.value, case.draft.qualification, agreed.unit)
        if isinstance(covered, Failure):
            yield Obstacle("R-LA-6", agreed.code, covered.reason)


def parts_are_named(case: Case) -> Iterator[Remark]:
    """Where required outcomes are left out, the agreement says that only a part is agreed (R-CREDIT-5)."""
    for agreed in case.draft.units:
        unit = case.units.get(agreed.unit)
        if unit is None:
            continue
        left_out = unit.required_outcomes - agreed.outcomes
        if left_out and not agreed.part:
            reason = PartNotNamed(unit=unit.title, outcomes=tuple(sorted(left_out)))
            yield Obstacle("R-CREDIT-5", agreed.code, reason)
        elif agreed.part and not left_out:
            yield Finding(
                "R-CREDIT-5",
                Severity.WARNING,
                agreed.code,
                say("“{title}” is agreed in part, but all its required outcomes are chosen.", title=unit.title),
                say("Mark it as agreed in full; then its points count."),
            )


def points_are_those_of_home(case: Case) -> Iterator[Remark]:
    """Points are those of the full units at home, so that their sum is the agreement's (R-LA-13).

    Points stay optional (R-LA-4 in practice): none at all is only flagged. What the hosting institution gives for the
    unit may be any number; it is shown beside them and never counted.
    """
    qualification = case.qualification
    if qualification is not None and qualification.id != case.draft.qualification:
        reason = QualificationNotThis(named=case.draft.qualification, found=qualification.id)
        yield Obstacle("R-LA-6", "qualification", reason)
        return
    systems = sorted({agreed.home_points.system for agreed in case.draft.units if agreed.home_points})
    if len(systems) > 1:
        yield Obstacle("R-LA-13", "units", PointsNotComparable(left=systems[0], right=systems[1]))
    listed = [agreed.unit for agreed in case.draft.units]
    for twice in sorted({unit for unit in listed if listed.count(unit) > 1}):
        yield Obstacle("R-LA-13", "units", UnitTwice(unit=twice))
    if not systems:
        yield Finding(
            "R-LA-4",
            Severity.FLAG,
            "units",
            say("The agreement states no points."),
            say("State the home points, where the home qualification has them."),
        )
    for agreed in case.draft.units if qualification is not None else ():
        assert qualification is not None
        link = next((one for one in qualification.units if one.unit == agreed.unit), None)
        yield from _points(agreed, link)


def achieved_outcomes_are_not_targeted_again(case: Case) -> Iterator[Remark]:
    """What the learner already holds is not targeted again (R-LA-14)."""
    for agreed in case.draft.units:
        held = agreed.outcomes & case.achieved.get(agreed.unit, frozenset())
        if held:
            yield Finding(
                "R-LA-14",
                Severity.WARNING,
                agreed.code,
                say(
                    "The learner already holds outcomes of “{title}”: {held}.",
                    title=agreed.title,
                    held=tuple(sorted(held)),
                ),
                say("Choose other outcomes, or say why these are to be achieved again."),
            )


CHECKS: Final[tuple[Check, ...]] = (
    outcomes_are_stated,
    outcomes_belong_to_covered_units,
    parts_are_named,
    points_are_those_of_home,
    achieved_outcomes_are_not_targeted_again,
)


def _points(agreed: AgreedUnit, link: UnitLink | None) -> Iterator[Remark]:
    if agreed.home_points is None:
        return
    if link is None:
        yield Finding(
            "R-LA-13",
            Severity.WARNING,
            agreed.code,
            say(
                "“{title}” is not listed in the home qualification; its points cannot be compared.", title=agreed.title
            ),
            say("Ask the home institution where the unit will count."),
        )
    elif link.points is None or not _within(agreed.home_points, link.points, link.most or link.points):
        at_home: object = say("none") if link.points is None else link.points
        if link.points is not None and link.most is not None:
            at_home = say("{least} to {most}", least=link.points, most=link.most)
        yield Obstacle("R-LA-13", agreed.code,
                       HomePointsDiffer(said=agreed.home_points, unit=agreed.title, at_home=at_home))  # fmt: skip


def _within(points: Points, least: Points, most: Points) -> bool:
    return points.system == least.system == most.system and least <= points <= most
