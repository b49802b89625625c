"""Planning a stay abroad: which units that a host offers fill which gap of the home qualification, and the best set.

A unit of the offer reaches the home qualification by an equivalence, under the same code, or as other credit in an open
slot. The best set for the weeks of the stay leaves the fewest points to add at home, then the fewest units, and takes
no unit without need. A plan is a proposal: what counts is agreed in the learning agreement and recognised afterwards.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Final

from ecvet.correspondence.equivalence import Equivalence, Ground
from ecvet.credit.accumulation.compile import compiled
from ecvet.credit.accumulation.decide import complete
from ecvet.credit.accumulation.explain import name_of
from ecvet.credit.accumulation.formulate import formulate
from ecvet.credit.accumulation.ground import Ground as Question
from ecvet.credit.accumulation.ground import Option
from ecvet.credit.accumulation.held import Held, Piece
from ecvet.credit.accumulation.progress import Placement
from ecvet.credit.accumulation.solve import HEAVIEST, Outcome, solve
from ecvet.credit.accumulation.supply import supply
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import S1, Reading
from ecvet.saying import Said, say
from ecvet.terms import CreditSystem, Identifier, LangString, Period, identifier_in

WEEKS: Final = Decimal(40)
"""Weeks of learning in a year: 60 ECVET points stand for the outcomes of a year of full-time formal VET."""
SECONDS: Final = 5.0
OFFERED: Final = "offered: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A unit that a host offers, with the host's points; `unit` names its version, where equivalences speak of it."""

    code: str
    points: Decimal
    title: str = ""
    unit: Identifier | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A unit to take in the stay, and what it fills at home, by the names of the places."""

    unit: Offered
    fills: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The best set for a stay. `room` are the host's points that fit into the weeks.

    `before` and `after` are the points still to add at home without and with the stay; None without points or where
    nothing completes the qualification, which `decided` tells apart: None means not found in time. `gaps` names for
    each offered unit every place it could fill; `left_out` says why a unit is not in the set.
    """

    decided: bool | None
    room: Decimal
    chosen: tuple[Chosen, ...] = ()
    left_out: tuple[tuple[Offered, str], ...] = ()
    gaps: dict[str, tuple[str, ...]] = field(default_factory=dict)
    before: Decimal | None = None
    after: Decimal | None = None


def points_per_week(system: CreditSystem, hours_per_week: Decimal | None = None) -> Decimal | None:
    """The points of one week: the year's over 40 weeks, or by hours where both are known; None where neither is."""
    if hours_per_week is not None and system.hours_per_point:
        return hours_per_week / system.hours_per_point
    return None if system.points_per_year is None else system.points_per_year / WEEKS


def plan(
    qualification: Qualification, held: Held, offer: Sequence[Offered], *, weeks: Decimal, per_week: Decimal, on: date,
    equivalences: Iterable[Equivalence] = (), reading: Reading = S1, declared: Sequence[str] = (),
    seconds: float = SECONDS,
) -> Plan:  # fmt: skip
    """The best set of the offer for a stay, with equivalences of the day `on`. Raises as `accumulate`."""
    room, decisions = weeks * per_week, tuple(equivalences)
    has = {piece.code for piece in held.units} | set(held.exempt)
    new = {OFFERED + one.code: one for one in offer if one.code not in has}
    home = {link.code: link.unit for link in qualification.units}
    pieces = tuple(
        Piece(code=code, points=one.points, unit=_unit(one, home), sort="other-qualification", recognised=True)
        for code, one in new.items()
    )
    same = tuple(_same(_unit(one, home), home[one.code], qualification, on) for one in new.values() if one.code in home)
    tree = compiled(qualification, reading)
    both = replace(held, units=(*held.units, *pieces))
    question = formulate(tree, supply(tree, both, (*decisions, *same), on), both, tree.declared(declared), adding=True)
    options = _offered_options(question, new)
    gaps: dict[str, tuple[str, ...]] = {one.code: () for one in offer}
    for option, codes in options:
        for code in codes:
            gaps[new[code].code] = tuple(dict.fromkeys((*gaps[new[code].code], _place(question, option))))
    _limit(question, new, options, room)
    now = complete(qualification, held, reading=reading, declared=declared, equivalences=decisions, on=on)
    before = now.points if now else None
    outcome, values = solve(question.programme, seconds)
    if outcome is not Outcome.OPTIMAL:
        return Plan(decided=None if outcome is Outcome.UNKNOWN else False, room=room, gaps=gaps, before=before)
    chosen: dict[str, tuple[str, ...]] = {}
    for option, codes in options:
        if values[option.column]:
            for code in codes:
                chosen[code] = (*chosen.get(code, ()), _place(question, option))
    return Plan(
        decided=True, room=room, gaps=gaps, before=before, after=_added(question, values) if tree.has_points else None,
        chosen=tuple(Chosen(unit=new[code], fills=chosen[code]) for code in new if code in chosen),
        left_out=tuple((one, _why(one, has, gaps, room)) for one in offer if OFFERED + one.code not in chosen),
    )  # fmt: skip


def _unit(one: Offered, home: dict[str, Identifier]) -> Identifier:
    if one.unit is None or one.code in home:  # the same unit at home needs a name of its own to count by equivalence
        return identifier_in("urn:x-offered:", one.code)
    return one.unit


def _same(unit: Identifier, home: Identifier, qualification: Qualification, on: date) -> Equivalence:
    """The same code at home and abroad: the same unit, wherever it is assessed."""
    return Equivalence(from_=frozenset({unit}), to=frozenset({home}), by=qualification.institution, on=on,
                       valid=Period(on), ground=Ground.SAME_OUTCOMES,
                       reason=LangString.of(en="the same unit"))  # fmt: skip


def _offered_options(question: Question, new: dict[str, Offered]) -> list[tuple[Option, list[str]]]:
    """The columns that use units of the offer, each with their codes."""
    found = []
    for option in question.options:
        sources = [option.piece] if option.bridge is None else question.supply.bridges[option.bridge][1]
        codes = [piece.code for piece in sources if piece.code in new and not option.added]
        if codes:
            found.append((option, codes))
    return found


def _limit(question: Question, new: dict[str, Offered], options: list[tuple[Option, list[str]]], room: Decimal) -> None:
    """The points taken fit into the stay; of equally good sets the one with the fewest units, and with
    places of units rather than open slots, is taken."""
    amounts = [room, *(one.points for one in new.values())]
    fine = 10 ** max(0, *(-int(one.normalize().as_tuple().exponent) for one in amounts))
    taken: dict[int, int] = {}
    for option, codes in options:
        column = option.column if option.bridge is None else question.bridges[option.bridge]
        taken[column] = int(sum((new[code].points for code in codes), Decimal(0)) * fine)
    programme = question.programme
    programme.row(taken, upper=int(room * fine))
    weight = 2 * len(options) + 1
    if max(map(abs, programme.cost), default=0) * weight <= HEAVIEST:
        programme.cost[:] = [cost * weight for cost in programme.cost]
    for option, _ in options:
        programme.cost[option.column] = 2 if option.bridge is None else 1


def _added(question: Question, values: list[int]) -> Decimal:
    """The points that are still to be added at home."""
    added = [option for option in question.options if option.added]
    fixed = sum((values[one.column] * (one.piece.points or Decimal(0)) for one in added), Decimal(0))
    return fixed + sum(values[one.size] for one in added if one.size is not None)


def _place(question: Question, option: Option) -> str:
    return name_of(question.tree, Placement(place=question.tree.ids[option.place], piece=option.piece))


def _why(one: Offered, has: set[str], gaps: dict[str, tuple[str, ...]], room: Decimal) -> Said:
    if one.code in has:
        return say("it is held already")
    if not gaps[one.code]:
        return say("no equivalence brings it to a unit of the qualification, and no open slot takes it")
    if one.points > room:
        return say("its {points} points do not fit into {room} points", points=one.points, room=room)
    return say("beside the chosen units it fills no gap, or does not fit into the weeks")
