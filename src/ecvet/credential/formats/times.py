"""Times as tokens and credentials write them: seconds (RFC 7519) and texts (RFC 3339, XML Schema)."""

import re
from datetime import UTC, datetime
from typing import Final

from ecvet.credential.errors import ClaimsDoNotFit
from ecvet.saying import say

_NUMBER: Final = (int, float)
_STAMP: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")


def moment(seconds: object, what: str) -> datetime:
    """Read a NumericDate (RFC 7519). Raises `ClaimsDoNotFit`."""
    if isinstance(seconds, bool) or not isinstance(seconds, _NUMBER) or not 0 <= seconds < 253402300800:
        raise ClaimsDoNotFit(why=say("{what} is not a time in seconds", what=what))
    return datetime.fromtimestamp(seconds, UTC)


def stamp(text: object, what: str) -> datetime:
    """Read a dateTimeStamp (XML Schema 1.1: with a time zone, no leap seconds). Raises `ClaimsDoNotFit`."""
    try:
        if not isinstance(text, str) or not _STAMP.fullmatch(text):
            raise ValueError
        return datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ClaimsDoNotFit(why=say("{what} is not a moment with its time zone", what=what)) from error


def stamped(at: datetime) -> str:
    """Write a moment to the second, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
