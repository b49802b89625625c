"""Several tales in the order of their days, so that the journal tells them as they would have happened."""

from collections.abc import Generator
from datetime import UTC, date, datetime, time
from heapq import heapify, heappop, heappush
from typing import Final, TypeAlias

from ecvet_platform.journal import clock

Tale: TypeAlias = Generator[date, None, None]
"""A tale names the day on which it goes on; what follows happens on that day."""

HOUR: Final = time(9, tzinfo=UTC)
"""The hour at which everything happens."""


def live_through(*tales: Tale, until: date | None = None) -> None:
    """Let all tales happen day by day, on one day in the order given. What would happen after `until` has not yet."""
    waiting = [(day, place, tale) for place, tale in enumerate(tales) if (day := next(tale, None)) is not None]
    heapify(waiting)
    while waiting:
        day, place, tale = heappop(waiting)
        if until is not None and day > until:
            return
        with clock.fixed(datetime.combine(day, HOUR)):
            following = next(tale, None)
        if following is not None:
            heappush(waiting, (max(day, following), place, tale))
