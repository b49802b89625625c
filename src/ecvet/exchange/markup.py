"""Parts of XML documents of other systems as values, and values as parts of XML: texts, days, moments, amounts.

Elements are found by their local name, because the same document is published with and without a namespace. What cannot
be read is None, and a remark says so.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ecvet.exchange.report import Became, Report
from ecvet.terms import LangString, NotPoints, Points, decimal, decimal_text

MOST: Final = 10_000
"""How many signs of one text are read."""

LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
UNKNOWN: Final = "und"
"""The language tag of a text that names none (ISO 639-2)."""

_AMOUNT: Final = re.compile(r"\+?(\d+\.?\d*|\.\d+)")
_LIKE_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}\.0{3,}")
_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_DAY: Final = re.compile(r"(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d|T.*)?")
_HIGH: Final = re.compile("[\x80-\U0010ffff]{2,}")
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


# ------------------------------------------------------------- reading
def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def namespace(element: Element) -> str:
    """The namespace of an element; empty for none."""
    return element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children with this local name, in any namespace."""
    return (one for one in (element if element is not None else ()) if local(one) == name)


def child(element: Element | None, *path: str) -> Element | None:
    """The first child with this local name, and so on down."""
    for name in path:
        element = next(children(element, name), None)
    return element


def said(element: Element | None, *path: str) -> str:
    """The text of an element in one line, at most `MOST` signs of it; empty for none."""
    found = child(element, *path)
    return "" if found is None else _line(found)


def _line(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())[:MOST].rstrip()


def langstring(elements: Iterable[Element], subject: str, report: Report) -> LangString | None:
    """One text in its languages; None where all are empty. What is no language tag, or comes twice, is remarked."""
    found: dict[str, str] = {}
    for element in elements:
        text = _line(element)
        if not text:
            continue
        tag = _tag(element.get(LANG, ""))
        if tag in found:
            if found[tag] != text:
                report.note(Became.SKIPPED, subject, f"A second text in the language “{tag}” was left out: “{text}”.")
            continue
        found[tag] = text
        if meant := mojibake(text):
            report.note(
                Became.FLAGGED, subject, f"“{text}” looks as if it was decoded wrongly; “{meant}” could be meant.",
                "The text was kept as it stands. Ask the sender, or write it right yourself.",
            )  # fmt: skip
    return LangString.of(found) if found else None


def _tag(written: str) -> str:
    primary, *rest = written.strip().replace("_", "-").split("-")
    tag = "-".join((primary.lower(), *rest))
    return tag if _TAG.fullmatch(tag) else UNKNOWN


def mojibake(text: str) -> str:
    """What a text would be if bytes of UTF-8 in it had been read as Windows-1252; empty where none had."""

    def again(run: re.Match[str]) -> str:
        for encoding in ("cp1252", "latin-1"):
            try:
                return run[0].encode(encoding).decode("utf-8")
            except UnicodeError:
                continue
        return run[0]

    meant = _HIGH.sub(again, text)
    return meant if meant != text else ""


def points(value: str, scheme: str, subject: str, report: Report) -> Points | None:
    """An amount as `xs:decimal` has it (the point is always the decimal point: 10.000 is ten), in its system.

    The name of the system is written small, since `ECTS` and `ects` are one. None with a remark for another amount.
    """
    system = " ".join(scheme.split()).lower()
    if not system or not value:
        report.note(Became.SKIPPED, subject, "A credit without an amount or without a scheme was left out.")
        return None
    try:
        if not _AMOUNT.fullmatch(value):
            raise NotPoints(text=value)
        amount = decimal(decimal_text(Decimal(value)))
    except NotPoints:
        report.note(Became.SKIPPED, subject, f"“{value[:40]}” is not an amount of credit, so it was left out.")
        return None
    if _LIKE_THOUSANDS.fullmatch(value):
        report.note(Became.FLAGGED, subject, f"“{value}” was read as {decimal_text(amount)}: XML knows no separator of "
                    "thousands.", "If thousands were meant, ask the sender for a corrected file.")  # fmt: skip
    return Points(amount, system)


def day(text: str) -> date | None:
    """A day, with or without a time zone or a time of day; None for what is none."""
    found = _DAY.fullmatch(text.strip())
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def moment(text: str) -> datetime | None:
    """A moment with its zone, in UTC; None for what is none or names no zone."""
    try:
        found = datetime.fromisoformat(text.strip())
        return found.astimezone(UTC) if found.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


# ------------------------------------------------------------- writing
def put(parent: Element, name: str, text: str = "", /, attributes: Mapping[str, str] | None = None) -> Element:
    """A new last child. What XML cannot carry falls out of the texts."""
    plain = {key: _NOT_XML.sub("", value) for key, value in (attributes or {}).items()}
    made = ElementTree.SubElement(parent, name, plain)
    made.text = _NOT_XML.sub("", text) or None
    return made


def put_words(parent: Element, name: str, words: LangString | None) -> None:
    """A child for each language of a text, the authoritative one first."""
    if words is None:
        return
    for tag, text in sorted(words.texts, key=lambda one: one[0] != words.authoritative):
        put(parent, name, text, {} if tag == UNKNOWN else {"xml:lang": tag})


def written(root: Element) -> bytes:
    """The document as bytes: UTF-8, indented."""
    ElementTree.indent(root)
    text: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def utc(at: datetime) -> str:
    """A moment as `xs:dateTime`."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
