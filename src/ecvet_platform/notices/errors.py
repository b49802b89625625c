"""What can stand in the way of notices."""

from ecvet.errors import EcvetError


class CalendarUnknown(EcvetError):
    """A link to a calendar that never was, or was ended: the two look the same."""

    code = "notices.calendar.unknown"
    sentence = "This link leads to no calendar, or it was ended."
    remedy = "Sign in, open “Your notices” and make a new link."
    status = 404


class RhythmUnknown(EcvetError):
    """A way of being told that there is not."""

    code = "notices.rhythm.unknown"
    sentence = "“{rhythm}” is no way of being told."
    remedy = "Choose one of: {known}."
    status = 422
