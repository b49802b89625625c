"""Tables as pictures: bars whose lengths are per cents, so that a picture is as wide as its place and its words keep
their size. Nothing is drawn for a count that is hidden; its place says so in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from ecvet_platform.figures.tables import Table

LINE: Final = 20
"""Height of a line of words."""
BAR: Final = 18
GAP: Final = 14
WIDE: Final = 42
"""How many letters of a label stand in one line on a narrow screen; two lines are shown, the table has the whole."""
FULL: Final = 80
"""Per cent of the width that the longest bar takes; what it counts stands after it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar, from `start` on, in the shade of its column."""

    start: str
    width: str
    shade: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: label in lines with their heights, the stretches, where the count stands and what it says."""

    label: tuple[tuple[str, int], ...]
    top: int
    parts: tuple[Part, ...]
    end: str
    base: int
    written: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture of a table; `shades` name the columns where a bar has several stretches."""

    bars: tuple[Bar, ...]
    height: int
    shades: tuple[str, ...]


def chart(table: Table) -> Chart | None:
    """The picture of a table; None where nothing was counted."""
    if all(count == 0 for one in table.lines for count in one.counts):
        return None
    stacked = table.name == "open"
    bars = tuple(_bars(table, stacked))
    return Chart(bars, bars[-1].top + BAR + GAP // 2, table.head[1:] if stacked else ())


def _bars(table: Table, stacked: bool) -> Iterator[Bar]:
    longest = max((sum(_drawn(one.counts, stacked)) for one in table.lines), default=0)
    below = 0
    for one in table.lines:
        label = wrap(one.label, WIDE) or [""]
        if len(label) > 2:
            label = [label[0], label[1][: WIDE - 1] + "…"]
        lines = tuple((words, below + LINE * place - 5) for place, words in enumerate(label, 1))
        top = below + LINE * len(label)
        parts, start = list[Part](), 0
        for shade, count in enumerate(_drawn(one.counts, stacked)):
            if count:
                parts.append(Part(_per_cent(start, longest), _per_cent(count, longest), shade))
            start += count
        written = " · ".join(one.written) if stacked else one.written[0]
        yield Bar(lines, top, tuple(parts), _per_cent(start, longest), top + BAR - 4, written)
        below = top + BAR + GAP


def _drawn(counts: tuple[int | None, ...], stacked: bool) -> list[int]:
    return [max(count or 0, 0) for count in (counts if stacked else counts[:1])]


def _per_cent(part: int, whole: int) -> str:
    """Exact to a tenth, without floats."""
    tenths = part * FULL * 10 // whole if whole else 0
    return f"{tenths // 10}.{tenths % 10}%"
