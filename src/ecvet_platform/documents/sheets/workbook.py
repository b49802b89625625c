"""An Excel workbook (Office Open XML) from strangers' bytes: looked through before it is opened, and read as texts.

1. The archive is unpacked once with a limit of our own, whatever sizes it claims, so that no bomb goes off.
2. No part declares entities, no part leads to another file, and there are no macros and nothing embedded.
3. Only then openpyxl reads the first sheet, cell by cell, without following links; a formula stays the text it is.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from ecvet.saying import say
from ecvet_platform.documents.sheets.errors import TableHostile, TableTooLarge, TableUnreadable

MOST_PARTS: Final = 200
MOST_UNPACKED: Final = 30_000_000
_FORBIDDEN: Final = (
    (re.compile(r"xl/externalLinks/|xl/connections\.xml|xl/queryTables/", re.I), "links to other files"),
    (re.compile(r"vbaProject|xl/macrosheets/|\.bin$|xl/activeX/", re.I), "macros"),
    (re.compile(r"xl/embeddings/", re.I), "embedded files"),
    (re.compile(r"^/|\\|(^|/)\.\.(/|$)"), "parts with paths of their own"),
)
_HARMLESS: Final = re.compile(r"xl/printerSettings/[^/]+\.bin$", re.I)
_DECLARES: Final = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.I)
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are an archive, as every workbook of this kind is. The older .xls is none."""
    return data.startswith(b"PK\x03\x04")


def rows_of(data: bytes, *, rows: int, columns: int) -> Iterator[tuple[str, ...]]:
    """The first `rows` rows of the first sheet that has any, each cell as a text.

    Raises `TableTooLarge`, `TableHostile`, `TableUnreadable`.
    """
    look_through(data)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False, rich_text=False)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what a file claims about its size is not believed
            yield from (
                tuple(_text(cell) for cell in row)
                for row in sheet.iter_rows(max_row=rows, max_col=columns, values_only=True)
            )
        finally:
            book.close()
    except Exception as error:  # openpyxl raises whatever its parsers raise; for us a file is readable or it is not
        raise TableUnreadable(why=say("it is not a workbook that can be opened")) from error


def look_through(data: bytes) -> None:
    """Refuse an archive that unpacks to too much or holds more than cells. Raises as `rows_of`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts, left = archive.infolist(), MOST_UNPACKED
            if len(parts) > MOST_PARTS:
                raise TableTooLarge(what=say("parts: {number}", number=len(parts)), most=MOST_PARTS)
            if len({one.filename for one in parts}) != len(parts):
                raise TableHostile(what=say("two parts of the same name"))
            for part in parts:
                for pattern, what in _FORBIDDEN:
                    if pattern.search(part.filename) and not _HARMLESS.search(part.filename):
                        raise TableHostile(what=what)
                with archive.open(part) as opened:
                    found = opened.read(left + 1)
                left -= len(found)
                if left < 0:
                    raise TableTooLarge(
                        what=say("bytes when it is unpacked: more than {number}", number=MOST_UNPACKED),
                        most=MOST_UNPACKED,
                    )
                if _declares(found):
                    raise TableHostile(what=say("declarations of entities"))
                if part.filename.endswith(".rels") and _leads_out(found):
                    raise TableHostile(what=say("links to other files"))
    except _BROKEN as error:
        raise TableUnreadable(why=say("the archive is broken")) from error


def _declares(part: bytes) -> bool:
    """Whether XML declares a document type or entities; UTF-16 without its zero bytes is ASCII."""
    return bool(_DECLARES.search(part) or _DECLARES.search(part.replace(b"\0", b"")))


def _leads_out(part: bytes) -> bool:
    """Whether a part refers to a file elsewhere; the links on web and mail addresses that people type are none."""
    plain = part.replace(b"\0", b"")
    found = (one for one in re.findall(rb"<[^>]*TargetMode\s*=\s*['\"]External['\"][^>]*>", plain))
    return any(b"/hyperlink" not in one for one in found)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        plain = f"{Decimal(repr(cell)):f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return str(getattr(cell, "text", cell))  # a formula over several cells is an object with its text
