"""The figures as tables in the reader's language: what the page shows beside each picture, and what the files hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from ecvet.population.counts import BANDS, LEAST, Band, Shown
from ecvet_platform.credit.words import REASONS, VERBS
from ecvet_platform.figures.actions import Figures
from ecvet_platform.people.language import country, number

TITLES: Final[dict[str, str | Promise]] = {
    "flows": gettext_lazy("Stays from country to country"),
    "times": gettext_lazy("Time to recognition"),
    "quarters": gettext_lazy("Median time to recognition by quarter"),
    "reasons": gettext_lazy("Reasons why less than everything was granted"),
    "recognised": gettext_lazy("Units recognised by qualification"),
    "open": gettext_lazy("Open steps by age"),
}
"""The figures by the names of their files, in the order of the page."""

ABOUT: Final[dict[str, str | Promise]] = {
    "flows": gettext_lazy("Stays under an agreement in force that begin in the period, by home and hosting country."),
    "times": gettext_lazy("Units by the days from the transcript to the first decision, for decisions of the period."),
    "quarters": gettext_lazy("Half of the units of a quarter were decided within this many days."),
    "reasons": gettext_lazy("Decisions of the period that name the reason; one that names two counts under both."),
    "recognised": gettext_lazy("Units recognised in the period, less those that were taken back in it."),
    "open": gettext_lazy("Steps that are still owed to learners today, by the days since the last change."),
}
"""What each figure counts."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its label, and its counts in the order of the columns: as numbers (None: hidden) and as written."""

    label: str
    counts: tuple[int | None, ...]
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One figure: `head` names the label and each column of counts."""

    name: str
    title: str
    about: str
    head: tuple[str, ...]
    lines: tuple[Line, ...]


def tables(found: Figures) -> tuple[Table, ...]:
    """All figures, in the order of the page."""
    return (
        _table("flows", (_("From, to"), _("Stays")), [_line(_flow(one.name), one) for one in found.flows]),
        _table("times", (_("Days"), _("Units")), [
            _line(days(band), one) for band, one in zip(BANDS, found.times, strict=True)
        ]),
        _table("quarters", (_("Quarter"), _("Median of days"), _("Units")), [
            Line(
                _("%(year)s, quarter %(quarter)s") % {"year": one.name[:4], "quarter": one.name[-1]},
                (None if one.median is None else int(one.median), one.units),
                (number(one.median) if one.median is not None else hidden(), _count(one.units)),
            )
            for one in found.quarters
        ]),
        _table("reasons", (_("Reason"), _("Decisions")), [_line(str(REASONS[one.name]), one) for one in found.reasons]),
        _table("recognised", (_("Qualification"), _("Units")), [
            _line(_title(found, one.name), one) for one in found.recognised
        ]),
        _table("open", (_("Step"), *map(days, BANDS)), [
            Line(str(VERBS[verb]), tuple(one.count for one in ages), tuple(_count(one.count) for one in ages))
            for verb, ages in found.open_steps if any(one.count != 0 for one in ages)
        ]),
    )  # fmt: skip


def days(band: Band) -> str:
    """A band of days in words."""
    if band.last is None:
        return _("more than %(days)s days") % {"days": band.first - 1}
    return _("%(first)s–%(last)s days") % {"first": band.first, "last": band.last}


def hidden() -> str:
    """What stands in the place of a count that is protected."""
    return _("not shown")


def protection() -> str:
    """Why something is not shown."""
    return ngettext(
        "Counts of fewer than %(num)s person are not shown, nor what would give them away.",
        "Counts of fewer than %(num)s people are not shown, nor what would give them away.", LEAST,
    ) % {"num": LEAST}  # fmt: skip


def _table(name: str, head: tuple[str, ...], lines: Sequence[Line]) -> Table:
    return Table(name=name, title=str(TITLES[name]), about=str(ABOUT[name]), head=head, lines=tuple(lines))


def _line(label: str, one: Shown) -> Line:
    return Line(label, (one.count,), (_count(one.count),))


def _count(count: int | None) -> str:
    return hidden() if count is None else number(count)


def _flow(name: str) -> str:
    return " → ".join(country(code) if code else _("unknown") for code in name.split(">"))


def _title(found: Figures, name: str) -> str:
    title = found.titles.get(name)
    return title.in_(get_language() or "en", "en") if title else name
