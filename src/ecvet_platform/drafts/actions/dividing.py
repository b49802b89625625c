"""Points and rules of a draft as edits: divided by a recorded method, or none at all (R-POINTS-1)."""

from dataclasses import replace
from datetime import date

from ecvet.partnership import Function
from ecvet.qualification import (
    Adjustment,
    Allocation,
    Method,
    Qualification,
    Unit,
    applied,
)
from ecvet.qualification.combination import Group
from ecvet.terms import Identifier
from ecvet_platform.drafts.errors import PartGone
from ecvet_platform.journal import clock
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.actions import Draft


def none(draft: Draft) -> Draft:
    """The draft without any points; everything works without them (R-POINTS-1)."""
    item = draft.qualification
    links = tuple(replace(one, points=None, most=None) for one in item.units)
    return replace(draft, qualification=replace(item, units=links, points=None, allocation=None))


def divided(draft: Draft, allocation: Allocation) -> Draft:
    """The draft with the points of an allocation. Raises `UnitNotInQualification`."""
    return replace(draft, qualification=applied(draft.qualification, allocation))


def adjustable(item: Qualification) -> bool:
    """Whether a method has weighed the units, so that a person may set some of them otherwise."""
    made = item.allocation
    return made is not None and made.method not in (Method.MANUAL, Method.NATIONAL)


def adjusted(draft: Draft, adjustments: tuple[Adjustment, ...], *, by: Identifier) -> Draft:
    """The draft with some points set by hand and the rest divided again by the recorded method.

    Raises `PointsDoNotSum`, `TotalNotOnGrain`, `WeightsUnusable`, `PartGone`.
    """
    made = draft.qualification.allocation
    if made is None:
        raise PartGone()
    return divided(draft, replace(made, adjustments=adjustments, by=by, on=clock.today()))


def with_root(draft: Draft, root: Group) -> Draft:
    """The draft with another tree of rules."""
    item = draft.qualification
    return replace(draft, qualification=replace(item, rules=replace(item.rules, root=root)))


def units_of(draft: Draft) -> dict[Identifier, Unit]:
    """The units of a draft, its own and those that are published."""
    own = {one.id: one for one in draft.units}
    linked = {one.unit for one in draft.qualification.units} - own.keys()
    return own | {name: found.value for name in linked if (found := qualifications.find_unit(name)) is not None}


def experts(item: Qualification) -> tuple[str, ...]:
    """The experts whose estimates an allocation rests on."""
    made = item.allocation
    return tuple(dict.fromkeys(one.by for one in made.inputs)) if made and made.method is Method.EXPERTS else ()


def empowered(function: Function, qualification: Identifier) -> frozenset[Identifier]:
    """The institutions that hold a function for the qualification today."""
    return qualifications.empowered(function, qualification, clock.today())


def today() -> date:
    """The day on which an allocation is decided."""
    return clock.today()
