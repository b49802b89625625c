"""Rows as files that spreadsheets open as it was meant, and in which no cell is a formula.

CSV (RFC 4180) is UTF-8 with a mark, and a text that a spreadsheet would compute begins with an apostrophe. A workbook
keeps types: numbers and days are numbers and days, everything else is a text by its type, however it begins. The
workbook is written row by row and never held as a whole.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

CSV: Final = "text/csv; charset=utf-8"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MARK: Final = "\ufeff"
"""The byte order mark, without which spreadsheets take UTF-8 for the encoding of their country."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""With what a cell begins that a spreadsheet would compute (OWASP, CSV injection), also behind blanks."""

_NOT_IN_TITLES: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WIDEST: Final = 60
_MEASURED: Final = 200
"""By how many rows the width of a column is measured."""

_DAY, _MOMENT = "mm-dd-yy", "m/d/yy h:mm"
"""The formats 14 and 22 of every workbook: spreadsheets show them as the country of the reader writes days."""

_LONGEST: Final = 32_767
"""The most letters that a cell of a workbook holds."""

Rows = Iterable[Iterable[object]]


def harmless(cell: object) -> str:
    """The text of a cell; one that a spreadsheet would take for a formula begins with an apostrophe."""
    text = "" if cell is None else str(cell)
    risky = text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA[:4])
    return f"'{text}" if risky else text


def as_csv(title: object, head: Iterable[object], rows: Rows) -> bytes:
    """A table as CSV, its head first; a CSV file has no title."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(cell) for cell in head])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return (MARK + out.getvalue()).encode()


def as_xlsx(title: object, head: Iterable[object], rows: Rows) -> bytes:
    """A table as a workbook of one sheet: its head stays in sight and filters, columns are as wide as needed."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    names, left = [str(one) for one in head], iter(rows)
    first = [[_value(cell) for cell in row] for row in islice(left, _MEASURED)]
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(_NOT_IN_TITLES.sub(" ", str(title)).strip("' ")[:31] or None)
    sheet.freeze_panes = "A2"
    for number, name in enumerate(names):
        longest = max([len(name) + 3, *(len(str(row[number])) + 2 for row in first if number < len(row))])
        sheet.column_dimensions[get_column_letter(number + 1)].width = min(longest, _WIDEST)
    sheet.append([_cell(sheet, name, bold=True) for name in names])
    count = 1
    for row in first:
        sheet.append([_cell(sheet, cell) for cell in row])
        count += 1
    for more in left:
        sheet.append([_cell(sheet, _value(cell)) for cell in more])
        count += 1
    if names:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{count}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its media type, and how it is written from title, head and rows."""

    media: str
    write: Callable[[object, Iterable[object], Rows], bytes]


FORMATS: Final = {"csv": Format(CSV, as_csv), "xlsx": Format(XLSX, as_xlsx)}
"""By the ending of the file's name."""


def _value(cell: object) -> object:
    """What a workbook can hold: numbers and days as they are (moments in UTC), all else as a text."""
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else str(cell)
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    if isinstance(cell, (int, Decimal, date)):
        return cell if not isinstance(cell, int) or abs(cell) < 10**15 else str(cell)
    return _NOT_IN_XML.sub("", str(cell))[:_LONGEST]


def _cell(sheet: "WriteOnlyWorksheet", value: object, *, bold: bool = False) -> object:
    """A cell of which the type is said, so that a text that begins like a formula stays a text."""
    if value == "":
        return None
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    made: Any = WriteOnlyCell(sheet, value=cast("Any", value))
    if isinstance(value, str):
        made.data_type = "s"
        made.quotePrefix = value.startswith(_FORMULA)
    elif isinstance(value, date):
        made.number_format = _DAY if type(value) is date else _MOMENT
    if bold:
        made.font = Font(bold=True)
    return made
