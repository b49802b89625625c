"""Rows as CSV (RFC 4180) that spreadsheets open as it was meant: UTF-8 with a mark, and no cell that is a formula."""

import csv
import io
from collections.abc import Iterable
from typing import Final

MEDIA: Final = "text/csv; charset=utf-8"
MARK: Final = "\ufeff"
"""The byte order mark, without which spreadsheets take UTF-8 for the encoding of their country."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""With what a cell begins that a spreadsheet would compute (OWASP, CSV injection), also behind blanks."""


def harmless(cell: object) -> str:
    """The text of a cell; one that a spreadsheet would take for a formula begins with an apostrophe."""
    text = "" if cell is None else str(cell)
    risky = text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA[:4])
    return f"'{text}" if risky else text


def write(head: Iterable[object], rows: Iterable[Iterable[object]]) -> bytes:
    """A table as bytes, its head first."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(cell) for cell in head])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return (MARK + out.getvalue()).encode()
