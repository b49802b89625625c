"""Read, decide what may be shown, hand it over. Counted is for whom the actor acts; the register office counts all.

Coordinators and competent institutions see their own in full: they are parties to it. The register office is not; its
counts are protected (`ecvet.population.counts`), and its periods are whole years, so that no two of them overlap.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from ecvet.credit.decision import ReasonCode
from ecvet.credit.lifecycle import RecognitionState, ResultState, Verb, awaited
from ecvet.population.counts import BANDS, LEAST, Count, Shown, median, protected, quarter, whole, year_of
from ecvet.terms import Identifier, LangString, require
from ecvet_platform.credit.store import figures as credit
from ecvet_platform.credit.store.figures import Within
from ecvet_platform.figures.errors import PeriodUnreadable, YearUnreadable
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import clock
from ecvet_platform.mobility.store import figures as mobility
from ecvet_platform.people.roles import Actor, Role, has_one_of
from ecvet_platform.qualifications import actions as qualifications

ROLES: Final = (Role.COORDINATOR, Role.COMPETENT_INSTITUTION, Role.REGISTER_OFFICE)
FIRST_YEAR: Final = 2009
"""The year of the Recommendation: earlier there is nothing to count."""

_STEPS: Final = (Verb.ASSESS, Verb.TRANSFER, Verb.VALIDATE, Verb.RECOGNISE, Verb.CHANGE)
_RESULTS: Final = tuple(one.value for one in ResultState if awaited(one, None))
_WAITING: Final = tuple(one.value for one in RecognitionState if awaited(ResultState.ISSUED, one))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose figures, of which days; `everything` of the whole platform, then protected."""

    since: date
    until: date
    everything: bool


@dataclass(frozen=True, slots=True)
class Quarter:
    """The first decisions of a quarter: how many units, and the median of days since their transcripts."""

    name: str
    units: int | None
    median: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Everything counted. Flows are named `FI>MT`, bands as in `BANDS`, the others by code, identifier or verb."""

    scope: Scope
    flows: tuple[Shown, ...]
    times: tuple[Shown, ...]
    quarters: tuple[Quarter, ...]
    reasons: tuple[Shown, ...]
    recognised: tuple[Shown, ...]
    titles: dict[str, LangString]
    open_steps: tuple[tuple[Verb, tuple[Shown, ...]], ...]


def may_count(actor: Actor) -> bool:
    """Whether the actor has figures at all."""
    return bool(has_one_of(actor, *ROLES))


def scope(*, actor: Actor, since: str = "", until: str = "", year: str = "") -> Scope:
    """What the actor counts: a year for the register office, else two days; without them the last twelve months.

    Raises `NotYourRole`, `PeriodUnreadable`, `YearUnreadable`.
    """
    require(has_one_of(actor, *ROLES))
    today = clock.today()
    if Role.REGISTER_OFFICE in actor.roles:
        number = int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else (0 if year else today.year)
        if not FIRST_YEAR <= number <= today.year:
            raise YearUnreadable(year=year[:20])
        first, last = year_of(number)
        return Scope(since=first, until=last, everything=True)
    try:
        last = date.fromisoformat(until) if until else today
        first = date.fromisoformat(since) if since else date(last.year - 1, last.month, 1)
    except ValueError as error:
        raise PeriodUnreadable(since=since[:20], until=until[:20]) from error
    if first > last:
        raise PeriodUnreadable(since=first, until=last)
    return Scope(since=first, until=last, everything=False)


def figures(found: Scope, *, actor: Actor) -> Figures:
    """Count. Raises `NotYourRole`."""
    require(has_one_of(actor, *ROLES))
    if found.everything:
        require(has_one_of(actor, Role.REGISTER_OFFICE))
    own = () if found.everything else _in_charge_of(actor)
    within = Within(found.since, found.until, None if found.everything else actor.institution, own)
    show: Callable[[Iterable[Count]], tuple[Shown, ...]] = protected if found.everything else whole
    recognised = sorted(credit.recognised(within), key=lambda one: (-one[1], one[0]))
    titles = qualifications.titles(Identifier(name) for name, *_ in recognised)
    return Figures(
        scope=found, flows=show(_flows(within)), times=show(_times(within)), quarters=_quarters(within, found),
        reasons=show(_reasons(within)), recognised=show(Count(*one) for one in recognised),
        titles={str(name): title for name, title in titles.items()},
        open_steps=_open(within, show),
    )  # fmt: skip


def _in_charge_of(actor: Actor) -> tuple[Identifier, ...]:
    """The qualifications that the actor's institution published, where it acts as a competent institution."""
    if actor.institution is None or Role.COMPETENT_INSTITUTION not in actor.roles:
        return ()
    return tuple(one.id for one in qualifications.lines(institution=actor.institution, limit=500))


def _flows(within: Within) -> list[Count]:
    """Stays from country to country. Learners are counted once for each home, which they rarely change."""
    found = mobility.flows(
        within.since, within.until, institution=within.institution, qualifications=within.qualifications
    )
    country = institutions.country_of(side for home, hosting, *_ in found for side in (home, hosting))
    stays, people = defaultdict[str, int](int), defaultdict[str, dict[Identifier, int]](dict)
    for home, hosting, count, learners in found:
        name = f"{country.get(home, '')}>{country.get(hosting, '')}"
        stays[name] += count
        people[name][home] = max(people[name].get(home, 0), learners)
    counts = [Count(name, count, sum(people[name].values())) for name, count in stays.items()]
    return sorted(counts, key=lambda one: (-one.count, one.name))


def _times(within: Within) -> list[Count]:
    histogram = credit.days(within)
    people = credit.people_by_band(within, BANDS)
    return [
        Count(band.name, sum(count for _, days, count in histogram if days in band), people.get(band.name, 0))
        for band in BANDS
    ]


def _quarters(within: Within, found: Scope) -> tuple[Quarter, ...]:
    """The median of a quarter says something of each person in it, so it is hidden with the count."""
    by_quarter = defaultdict[str, dict[int, int]](dict)
    for month, days, count in credit.days(within):
        histogram = by_quarter[quarter(month)]
        histogram[days] = histogram.get(days, 0) + count
    counts = [
        Count(name, sum(by_quarter[name].values()), _people(name, within) if found.everything else LEAST)
        for name in sorted(by_quarter)
    ]
    shown = protected(counts) if found.everything else whole(counts)
    return tuple(
        Quarter(one.name, one.count, None if one.count is None else median(by_quarter[one.name])) for one in shown
    )


def _people(name: str, within: Within) -> int:
    year, number = int(name[:4]), int(name[-1])
    first = date(year, 3 * number - 2, 1)
    last = date(year + number // 4, 3 * number % 12 + 1, 1).toordinal() - 1
    return credit.people(Within(first, date.fromordinal(last), within.institution, within.qualifications))


def _reasons(within: Within) -> list[Count]:
    """Each code of a decision counts once. Its learners are at least those of the largest group that shares it."""
    counts, people = defaultdict[str, int](int), defaultdict[str, int](int)
    for codes, count, learners in credit.reasons(within):
        for code in codes.split():
            counts[code] += count
            people[code] = max(people[code], learners)
    return [Count(code.value, counts[code.value], people[code.value]) for code in ReasonCode if counts[code.value]]


def _open(
    within: Within, show: Callable[[Iterable[Count]], tuple[Shown, ...]]
) -> tuple[tuple[Verb, tuple[Shown, ...]], ...]:
    """Steps that somebody owes a learner today, by their age."""
    counts, people = defaultdict[tuple[Verb, int], int](int), defaultdict[tuple[Verb, int], int](int)
    for result, recognition, place, count, learners in credit.open_steps(
        within, results=_RESULTS, waiting=_WAITING, bands=BANDS, now=clock.now()
    ):
        verb = awaited(ResultState(result), RecognitionState(recognition) if recognition else None)
        assert verb is not None, "only what is open was counted"
        counts[verb, place] += count
        people[verb, place] = max(people[verb, place], learners)
    shown = {one.name: one for one in show(
        Count(f"{verb}>{band.name}", counts[verb, place], people[verb, place])
        for verb in _STEPS for place, band in enumerate(BANDS)
    )}  # fmt: skip
    return tuple(
        (verb, tuple(Shown(band.name, shown[f"{verb}>{band.name}"].count) for band in BANDS)) for verb in _STEPS
    )
