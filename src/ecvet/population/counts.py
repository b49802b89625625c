"""Counts that may be shown to who is not a party: small ones stay hidden, and cannot be computed from the others.

Two rules. A count behind which stand fewer than `LEAST` people is not shown. And where a series is shown beside others
and their sum is known, one hidden count would follow from the rest; so hidden counts stand in company: at least two of
them, with at least `LEAST` people together. (Statistics call these primary and secondary suppression; Vipunen of the
Finnish administration shows "1–4" for the same reason: spec/accumulation.md 6, line 19.)
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

LEAST: Final = 5
"""How many people must stand behind a count that a stranger is shown."""


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted under a name: `count` things of `people` different persons."""

    name: str
    count: int
    people: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A count as somebody sees it; None where it is hidden, which says that there is something and no more."""

    name: str
    count: int | None


def whole(counts: Iterable[Count]) -> tuple[Shown, ...]:
    """All counts, for who is a party to what is counted."""
    return tuple(Shown(one.name, one.count) for one in counts)


def protected(counts: Iterable[Count], least: int = LEAST) -> tuple[Shown, ...]:
    """The counts as a stranger may see them; nothing (0) is always shown, since it is about nobody.

    The smallest of the others are hidden too, until nothing hidden can be computed from the sum.
    """
    found = tuple(counts)
    hidden = {one.name for one in found if 0 < one.people < least}
    others = sorted((one for one in found if one.people >= least), key=lambda one: (one.people, one.count, one.name))
    for one in others:
        if not hidden or (len(hidden) > 1 and sum(each.people for each in found if each.name in hidden) >= least):
            break
        hidden.add(one.name)
    return tuple(Shown(one.name, None if one.name in hidden else one.count) for one in found)


def total(shown: Iterable[Shown]) -> int | None:
    """The sum of a series; None where something of it is hidden."""
    counts = [one.count for one in shown]
    return None if None in counts else sum(count for count in counts if count is not None)


def median(histogram: Mapping[int, int]) -> Decimal | None:
    """The exact median of values that are given with how often each occurs; None of nothing.

    >>> median({3: 1, 8: 1})
    Decimal('5.5')
    """
    size = sum(histogram.values())
    if size == 0:
        return None
    middle, passed, found = {(size - 1) // 2, size // 2}, 0, list[int]()
    for value in sorted(histogram):
        found += [value for place in sorted(middle) if passed <= place < passed + histogram[value]]
        passed += histogram[value]
    return Decimal(sum(found)) / len(found)


@dataclass(frozen=True, slots=True)
class Band:
    """Days from `first` to `last`, both included; without a `last` all that are more."""

    first: int
    last: int | None

    def __contains__(self, days: int) -> bool:
        return self.first <= days and (self.last is None or days <= self.last)

    @property
    def name(self) -> str:
        """How programs call it: `8-14`, `91-`."""
        return f"{self.first}-{'' if self.last is None else self.last}"


BANDS: Final = (Band(0, 7), Band(8, 14), Band(15, 30), Band(31, 60), Band(61, 90), Band(91, None))
"""The bands in which days are counted, for times to recognition and for ages of what is open."""


def quarter(month: str) -> str:
    """The quarter of a month `2026-05`, as `2026-Q2`."""
    year, number = month.split("-")
    return f"{year}-Q{(int(number) + 2) // 3}"


def year_of(number: int) -> tuple[date, date]:
    """First and last day of a year: the periods in which strangers count.

    Years do not overlap, so that no hidden count is the difference of two that are shown.
    """
    return date(number, 1, 1), date(number, 12, 31)
