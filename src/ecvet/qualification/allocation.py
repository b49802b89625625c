"""Allocating points: first the total, then the units by relative weight (Recommendation 2009, Annex II.4).

Arithmetic is exact: weights are fractions, and what does not come out even is given by largest remainder, so that the
units always make up the total. Works for units that together make up a whole: a fixed set, or one group with its share.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from ecvet.qualification.errors import (
    CriteriaNotRecorded,
    NotYoursToAllocate,
    PointsDoNotSum,
    ReferenceIncomplete,
    TotalNotOnGrain,
    UnitNotInQualification,
    WeightsUnusable,
)
from ecvet.qualification.points import Allocation, Criterion, Input, Method, ReferenceContext
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.unit import Unit
from ecvet.saying import say
from ecvet.terms import Failure, Identifier, Points, Success, decimal_text, require, total

POINTS_PER_YEAR: Final = Decimal(60)
"""The convention: the outcomes expected in one year of formal full-time VET have 60 points (Annex II.4; R-POINTS-2)."""

EXPRESSED: Final[Mapping[Method, frozenset[Criterion]]] = MappingProxyType(
    {Method.TIME: frozenset({Criterion.EFFORT}), Method.OUTCOME_COUNT: frozenset({Criterion.COMPLEXITY})}
)
"""What a method expresses by itself. Time stands for effort; the number of outcomes is only a crude proxy of volume."""

_FREE_OF_CRITERIA: Final = (Method.NATIONAL,)  # the arrangement for the conversion is the ground

Weights = Mapping[str, Fraction]


def points_for_years(years: Decimal, system: str = "ecvet", per_year: Decimal = POINTS_PER_YEAR) -> Points:
    """The points of a formal full-time pathway of so many years: 3 give 180, 2.5 give 150 (R-POINTS-2)."""
    return Points(years * per_year, system)


def first_phase(reference: ReferenceContext, *, system: str = "ecvet", compared: Points | None = None) -> Points:
    """The total: from the years of the formal pathway, else the points of the qualification compared with (R-POINTS-6).

    Raises `ReferenceIncomplete` where there is no pathway and the compared qualification's points are not given: a
    level alone gives no points (R-POINTS-21).
    """
    if reference.years is not None:
        return points_for_years(reference.years, system)
    if compared is None:
        raise ReferenceIncomplete(why=say("the points of the qualification compared with are not known"))
    return compared


def may_allocate(by: Identifier, *, in_charge: Identifier, empowered: frozenset[Identifier]) -> Success | Failure:
    """Only the institution in charge of the qualification, or one it empowered, allocates points (R-POINTS-9)."""
    if by == in_charge or by in empowered:
        return Success()
    return Failure(NotYoursToAllocate(by=by, in_charge=in_charge))


def allocate(
    method: Method, inputs: Iterable[Input], *, total: Points, reference: ReferenceContext, by: Identifier,
    in_charge: Identifier, on: date, empowered: frozenset[Identifier] = frozenset(), grain: Decimal = Decimal(1),
    criteria: frozenset[Criterion] = frozenset(), conversion: Identifier | None = None, justification: str = "",
) -> Allocation:  # fmt: skip
    """Divide a total among units and record how (R-POINTS-5, R-POINTS-7).

    Raises `NotYoursToAllocate`, `CriteriaNotRecorded`, `WeightsUnusable`, `TotalNotOnGrain`, `PointsDoNotSum`.
    """
    require(may_allocate(by, in_charge=in_charge, empowered=empowered))
    inputs = tuple(inputs)
    scored = frozenset(Criterion(one.by) for one in inputs if one.by in {*Criterion})
    criteria = criteria or EXPRESSED.get(method) or (scored if method is Method.CRITERIA else frozenset())
    if not criteria and method not in _FREE_OF_CRITERIA:
        raise CriteriaNotRecorded(method=method)
    made = Allocation(
        method=method, total=total, grain=grain, by=by, on=on, reference=reference, inputs=inputs, criteria=criteria,
        conversion=conversion, justification=justification,
    )  # fmt: skip
    allocated_points(made)
    return made


def allocated_points(allocation: Allocation) -> dict[str, Points]:
    """The points of each unit, by code, as they follow from the record. Raises as `allocate` does."""
    if allocation.method in (Method.MANUAL, Method.NATIONAL):
        return _as_typed(allocation)
    weights = _WEIGHTS[allocation.method](allocation.inputs)
    if allocation.adjustments:
        return _adjusted(allocation, weights)
    return distribute(allocation.total, weights, allocation.grain)


def weights_of(allocation: Allocation) -> dict[str, Decimal]:
    """The share of the whole that the method gives each unit, in percent with two decimals, before any adjustment.

    Raises `WeightsUnusable`.
    """
    weights = _WEIGHTS.get(allocation.method, _single)(allocation.inputs)
    whole = sum(weights.values(), Fraction(0))
    if not whole:
        raise WeightsUnusable(why=say("they are all zero"))
    return {code: _percent(weight / whole) for code, weight in weights.items()}


def distribute(whole: Points, weights: Weights, grain: Decimal = Decimal(1)) -> dict[str, Points]:
    """Divide points by weight in steps of `grain`; what is left over goes to the largest remainders (R-POINTS-11).

    Of equal remainders the unit whose code comes first is served first, so the order given never matters. Raises
    `WeightsUnusable`, `TotalNotOnGrain`.
    """
    sum_of_weights = sum(weights.values(), Fraction(0))
    if not sum_of_weights:
        raise WeightsUnusable(why=say("they are all zero"))
    if grain <= 0 or whole.value % grain:
        raise TotalNotOnGrain(total=whole, grain=decimal_text(grain))
    steps = int(whole.value / grain)
    quota = {code: steps * weight / sum_of_weights for code, weight in weights.items()}
    floor = {code: int(share) for code, share in quota.items()}
    left = steps - sum(floor.values())
    by_remainder = sorted(quota, key=lambda code: (floor[code] - quota[code], code))
    return {code: Points((floor[code] + (code in by_remainder[:left])) * grain, whole.system) for code in weights}


def applied(qualification: Qualification, allocation: Allocation) -> Qualification:
    """The qualification with the total and the points of the allocation on its links (R-POINTS-8).

    Units that the allocation does not name keep their points. Raises `UnitNotInQualification`.
    """
    found = allocated_points(allocation)
    for code in found:
        if qualification.link(code) is None:
            raise UnitNotInQualification(qualification=qualification.id, unit=code)
    links = tuple(replace(link, points=found.get(link.code, link.points)) for link in qualification.units)
    return replace(qualification, units=links, points=allocation.total, allocation=allocation)


def outcome_counts(units: Mapping[str, Unit]) -> tuple[Input, ...]:
    """The inputs of `Method.OUTCOME_COUNT`: how many outcomes each unit has, a crude proxy and labelled as such."""
    return tuple(Input(code=code, value=Decimal(len(unit.outcomes))) for code, unit in units.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispersion:
    """How far experts (or criteria) lay apart on one unit: least, mean and most share of the whole, in percent."""

    least: Decimal
    mean: Decimal
    most: Decimal


def dispersion(allocation: Allocation) -> dict[str, Dispersion]:
    """The spread of the shares behind an average, by unit, in percent with two decimals. Raises `WeightsUnusable`."""
    shares = [share for share, _ in _shares(allocation.inputs)]
    mean = _average(allocation.inputs)
    return {
        code: Dispersion(
            least=_percent(min(one[code] for one in shares)),
            mean=_percent(mean[code]),
            most=_percent(max(one[code] for one in shares)),
        )
        for code in mean
    }


def _adjusted(allocation: Allocation, weights: Weights) -> dict[str, Points]:
    """The points where some units were set by hand: the others share what is left by their weights."""
    system = allocation.total.system
    fixed = {one.code: Points(one.points, system) for one in allocation.adjustments}
    if fixed.keys() - weights.keys() or len(fixed) < len(allocation.adjustments):
        raise WeightsUnusable(why=say("a unit is adjusted that was not weighed, or one twice"))
    others = {code: weight for code, weight in weights.items() if code not in fixed}
    taken = total(fixed.values(), system)
    left = allocation.total.value - taken.value
    if left < 0 or (left and not others):
        raise PointsDoNotSum(sum=taken, total=allocation.total)
    shared = distribute(Points(left, system), others, allocation.grain) if others else {}
    return {code: fixed.get(code) or shared[code] for code in weights}


def _as_typed(allocation: Allocation) -> dict[str, Points]:
    found = {code: Points(Decimal(0), allocation.total.system) for code in _single(allocation.inputs)}
    found |= {one.code: Points(one.value, allocation.total.system) for one in allocation.inputs}
    reached = total(found.values(), allocation.total.system)
    if reached != allocation.total:
        raise PointsDoNotSum(sum=reached, total=allocation.total)
    return found


def _single(inputs: tuple[Input, ...]) -> Weights:
    weights = {one.code: Fraction(one.value) for one in inputs}
    if len(weights) < len(inputs):
        raise WeightsUnusable(why=say("a unit has two values"))
    return weights


def _criteria(inputs: tuple[Input, ...]) -> Weights:
    unknown = sorted({one.by for one in inputs} - {*Criterion})
    if unknown:
        raise WeightsUnusable(why=say("“{unknown}” is none of the three criteria", unknown=unknown[0]))
    return _average(inputs)


def _average(inputs: tuple[Input, ...]) -> Weights:
    shares = _shares(inputs)
    whole = sum((weight for _, weight in shares), Fraction(0))
    if not whole:
        raise WeightsUnusable(why=say("no criterion or expert counts"))
    return {code: sum((share[code] * weight for share, weight in shares), Fraction(0)) / whole for code in shares[0][0]}


def _shares(inputs: tuple[Input, ...]) -> list[tuple[Weights, Fraction]]:
    """Per criterion or expert: the units' shares of what it gave in all, and how much it counts.

    Shares make scales comparable: who scores 1 to 100 does not outweigh who scores 1 to 5.
    """
    found: list[tuple[Weights, Fraction]] = []
    for by in dict.fromkeys(one.by for one in inputs):
        given = tuple(one for one in inputs if one.by == by)
        weights = _single(given)
        whole = sum(weights.values(), Fraction(0))
        if weights.keys() != {one.code for one in inputs} or not whole:
            raise WeightsUnusable(why=say("“{by}” leaves out units or gives them nothing", by=by))
        if len({one.weight for one in given}) > 1:
            raise WeightsUnusable(why=say("“{by}” counts differently from unit to unit", by=by))
        found.append(({code: weight / whole for code, weight in weights.items()}, Fraction(given[0].weight)))
    return found


def _percent(share: Fraction) -> Decimal:
    return Decimal(round(share * 10_000)) / 100


_WEIGHTS: Final[Mapping[Method, Callable[[tuple[Input, ...]], Weights]]] = MappingProxyType(
    {
        Method.PERCENT: _single,
        Method.TIME: _single,
        Method.OUTCOME_COUNT: _single,
        Method.CRITERIA: _criteria,
        Method.EXPERTS: _average,
    }
)
