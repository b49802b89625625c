"""Calendars by RFC 5545: any text survives folding and escaping, and nothing can break out of its line."""

import re
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from ecvet.exchange.icalendar import Day, write_calendar

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=300)


def unfolded(data: bytes) -> list[str]:
    """The content lines as a reader finds them."""
    text = data.decode()
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def value(data: bytes, name: str) -> str:
    (found,) = [line.partition(":")[2] for line in unfolded(data) if re.split("[:;]", line)[0] == name]
    plain = {"n": "\n", "N": "\n"}
    return re.sub(r"\\(.)", lambda one: plain.get(one[1], one[1]), found)


def test_an_entry_of_several_days_ends_the_day_after_its_last() -> None:
    day = Day(uid="a@ecvet", first=date(2026, 4, 6), last=date(2026, 5, 29), title="Stay; Lyon, FR", url="https://x/1",
              busy=True)  # fmt: skip
    assert unfolded(write_calendar([day], name="ecvet", at=AT)) == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ecvet//ecvet//EN", "CALSCALE:GREGORIAN", "X-WR-CALNAME:ecvet",
        "BEGIN:VEVENT", "UID:a@ecvet", "DTSTAMP:20260302T093000Z", "DTSTART;VALUE=DATE:20260406",
        "DTEND;VALUE=DATE:20260530", "SUMMARY:Stay\\; Lyon\\, FR", "URL:https://x/1", "TRANSP:OPAQUE", "END:VEVENT",
        "END:VCALENDAR",
    ]  # fmt: skip


@given(TEXTS, TEXTS)
def test_any_text_comes_back_as_it_was_written(title: str, name: str) -> None:
    data = write_calendar([Day(uid="1", first=date(2026, 1, 1), title=title)], name=name, at=AT)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert value(data, "SUMMARY") == title
    assert value(data, "X-WR-CALNAME") == name


@given(st.text(max_size=80))
def test_no_title_breaks_out_of_its_line(title: str) -> None:
    data = write_calendar([Day(uid="1", first=date(2026, 1, 1), title=title, url=title)], name=title, at=AT)
    lines = unfolded(data)
    assert [line for line in lines if line.startswith(("BEGIN", "END"))] == [
        "BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    assert len(lines) in (14, 15)
