"""Decisions and open steps counted: each figure is one query over an index, and no record is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ecvet.population.counts import Band
from ecvet.terms import Identifier
from ecvet_platform.qualifications.paging import month, one_of, select

Counted = tuple[str, int, int]
"""A name, how many things, and of how many people."""


@dataclass(frozen=True, slots=True)
class Within:
    """What is counted: decisions of the period in which the institution has a part, or of the qualifications.

    All of the period without an institution.
    """

    since: date
    until: date
    institution: Identifier | None = None
    qualifications: Sequence[Identifier] = ()

    def of_facts(self) -> tuple[str, list[str]]:
        """The condition on decisions, and its values."""
        days = [self.since.isoformat(), self.until.isoformat()]
        part, values = self._part()
        within = f" AND basis IN (SELECT basis FROM credit_case WHERE {part})" if part else ""
        return f'"on" BETWEEN %s AND %s{within}', [*days, *values]

    def of_cases(self) -> tuple[str, list[str]]:
        """The condition on cases, and its values; open steps belong to no period."""
        part, values = self._part()
        return f" AND ({part})" if part else "", values

    def _part(self) -> tuple[str, list[str]]:
        if self.institution is None:
            return "", []
        part = "home = %s OR hosting = %s OR body = %s"  # each has its index
        if self.qualifications:
            part = f"{part} OR qualification {one_of(self.qualifications)}"
        return part, [*[self.institution] * 3, *self.qualifications]


def days(within: Within) -> tuple[tuple[str, int, int], ...]:
    """Month of the decision, days since the transcript, and how many units: the first decision about each."""
    also, values = within.of_facts()
    sql = f"""SELECT {month('"on"')}, days, COUNT(*)
        FROM credit_fact WHERE kind = 'recognition' AND {also} AND days IS NOT NULL GROUP BY 1, 2"""
    return tuple((when, max(number, 0), count) for when, number, count in select(sql, *values))


def people_by_band(within: Within, bands: Sequence[Band]) -> dict[str, int]:
    """How many learners stand behind the first decisions in each band of days."""
    cases, bounds = "", list[int]()
    for place, band in enumerate(bands):
        if band.last is not None:
            cases, bounds = f"{cases} WHEN days <= %s THEN {place}", [*bounds, band.last]
    also, values = within.of_facts()
    sql = f"""SELECT CASE{cases} ELSE {len(bands) - 1} END, COUNT(DISTINCT learner)
        FROM credit_fact WHERE kind = 'recognition' AND {also} AND days IS NOT NULL GROUP BY 1"""
    return {bands[place].name: people for place, people in select(sql, *bounds, *values)}


def people(within: Within) -> int:
    """How many learners stand behind the first decisions of the period."""
    also, values = within.of_facts()
    sql = f"""SELECT COUNT(DISTINCT learner)
        FROM credit_fact WHERE kind = 'recognition' AND {also} AND days IS NOT NULL"""
    return int(select(sql, *values)[0][0])


def recognised(within: Within) -> tuple[Counted, ...]:
    """Qualification, units recognised less those taken back, learners."""
    also, values = within.of_facts()
    sql = f"""SELECT qualification, SUM(granted), COUNT(DISTINCT learner)
        FROM credit_fact WHERE kind = 'recognition' AND {also} AND granted <> 0 GROUP BY qualification"""
    return tuple((name, int(units), people) for name, units, people in select(sql, *values))


def reasons(within: Within) -> tuple[Counted, ...]:
    """Codes of reasons, decisions, learners. A decision with several codes names them all, with blanks between."""
    also, values = within.of_facts()
    sql = f"""SELECT reasons, COUNT(*), COUNT(DISTINCT learner)
        FROM credit_fact WHERE kind IN ('recognition', 'validation') AND {also} AND reasons <> '' GROUP BY reasons"""
    return tuple((codes, count, people) for codes, count, people in select(sql, *values))


def open_steps(
    within: Within, *, results: Sequence[str], waiting: Sequence[str], bands: Sequence[Band], now: datetime
) -> tuple[tuple[str, str, int, int, int], ...]:
    """State of the result, state of recognition, place of the band of age, units and learners, of what is open."""
    cases, bounds = "", list[str]()
    for place, band in enumerate(bands):
        if band.last is not None:
            oldest = now - timedelta(days=band.last + 1)
            cases, bounds = f"{cases} WHEN changed > %s THEN {place}", [*bounds, oldest.strftime("%Y-%m-%d %H:%M:%S")]
    also, values = within.of_cases()
    found = list[tuple[str, str, int, int, int]]()
    for condition, names in (
        (f"recognition {one_of(waiting)}", waiting), (f"recognition = '' AND result {one_of(results)}", results),
    ):  # fmt: skip
        sql = f"""SELECT result, recognition, CASE{cases} ELSE {len(bands) - 1} END, COUNT(*), COUNT(DISTINCT learner)
            FROM credit_case WHERE {condition}{also} GROUP BY 1, 2, 3"""
        found += [tuple(row) for row in select(sql, *bounds, *names, *values)]
    return tuple(found)
