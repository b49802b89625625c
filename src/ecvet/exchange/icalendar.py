"""Calendars as every calendar program reads them (RFC 5545): whole days with a title and one link.

Only what deadlines and stays need is written. Lines end with CRLF and are folded at 75 octets, never within a
character (3.1); texts escape backslash, semicolon, comma and line break (3.3.11); the last day of a `VALUE=DATE` event
is told by the day after it (3.6.1).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

MEDIA: Final = "text/calendar; charset=utf-8"
PRODUCT: Final = "-//ecvet//ecvet//EN"
_OCTETS: Final = 75
_ESCAPED: Final = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One entry of a calendar, of one day or of several.

    `uid` stays the same for the same matter, so that a program that fetches again replaces the entry. `last` is the
    last day of it; None for one day. `url` leads to the page of the matter.
    """

    uid: str
    first: date
    title: str
    last: date | None = None
    url: str = ""
    busy: bool = False


def write_calendar(days: Iterable[Day], *, name: str, at: datetime) -> bytes:
    """A calendar with these entries, as it stands at a moment (aware)."""
    return "".join(f"{line}\r\n" for one in _lines(days, name, at) for line in _folded(one)).encode()


def _lines(days: Iterable[Day], name: str, at: datetime) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN")
    yield f"X-WR-CALNAME:{_text(name)}"
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for one in days:
        after = (one.last or one.first) + timedelta(days=1)
        yield "BEGIN:VEVENT"
        yield f"UID:{_text(one.uid)}"
        yield f"DTSTAMP:{stamp}"
        yield f"DTSTART;VALUE=DATE:{one.first:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{after:%Y%m%d}"
        yield f"SUMMARY:{_text(one.title)}"
        if one.url:
            yield f"URL:{_uri(one.url)}"
        yield f"TRANSP:{'OPAQUE' if one.busy else 'TRANSPARENT'}"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _text(words: str) -> str:
    """A text of one line (3.3.11): what other programs would take as a separator is escaped, control signs fall out."""
    for sign, written in _ESCAPED:
        words = words.replace(sign, written)
    return "".join(one for one in words if (one >= " " and one != "\x7f") or one == "\t")


def _uri(url: str) -> str:
    return "".join(one for one in url if one > " " and one != "\x7f")


def _folded(line: str) -> Iterator[str]:
    """The lines that a long one becomes: at most 75 octets each, the second and later ones begin with a blank (3.1)."""
    begin, room, used = "", _OCTETS, 0
    part: list[str] = []
    for sign in line:
        size = len(sign.encode())
        if used + size > room:
            yield begin + "".join(part)
            begin, room, used, part = " ", _OCTETS - 1, 0, []
        part.append(sign)
        used += size
    yield begin + "".join(part)
