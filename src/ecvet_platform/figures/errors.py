"""What can stand in the way of counting."""

from ecvet.errors import EcvetError


class PeriodUnreadable(EcvetError):
    """A period that ends before it begins, or days that are none."""

    code = "figures.period.unreadable"
    sentence = "“{since}” to “{until}” is no period."
    remedy = "Give two days as 2026-01-31, the first one not after the last one."
    status = 422


class YearUnreadable(EcvetError):
    """A year that is none, or has not come."""

    code = "figures.year.unreadable"
    sentence = "“{year}” is no year of which there are figures."
    remedy = "Give a year as 2026, not later than this one."
    status = 422
