"""The platform's one clock. The core is given its time; whoever gives it asks here, and tests can set the hour."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

_fixed: datetime | None = None


def now() -> datetime:
    """The present moment in UTC."""
    return _fixed or datetime.now(UTC)


def today() -> date:
    """The present day in UTC."""
    return now().date()


@contextmanager
def fixed(at: datetime) -> Iterator[None]:
    """Within the block it is `at`, in every thread. For tests and for stories told with dates of their own."""
    global _fixed
    if at.tzinfo is None:
        raise ValueError("the clock shows aware times only")
    before, _fixed = _fixed, at.astimezone(UTC)
    try:
        yield
    finally:
        _fixed = before
