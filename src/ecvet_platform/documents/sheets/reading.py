"""A table from untrusted bytes: the first row is its head, every cell is a text, and nothing in it is ever computed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ecvet.saying import say
from ecvet_platform.documents.sheets.decoding import decoded, in_columns
from ecvet_platform.documents.sheets.errors import TableEmpty, TableTooLarge
from ecvet_platform.documents.sheets.workbook import is_workbook, rows_of

MOST_BYTES: Final = 4_000_000
MOST_ROWS: Final = 2_000
MOST_COLUMNS: Final = 40
MOST_LETTERS: Final = 500
"""Limits of one cell and of the whole: far above any list of learners, far below what would hurt the server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table: `rows` are numbered as in the file, the head being row 1; `told` says how the bytes were understood."""

    head: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    told: str


def read(data: bytes, *, encoding: str = "", language: str = "en") -> Sheet:
    """Read CSV or an Excel workbook. `encoding` forces a code page, `language` is that of the person who brings it.

    Raises `TableTooLarge`, `TableHostile`, `TableUnreadable`, `TableEmpty`.
    """
    if len(data) > MOST_BYTES:
        raise TableTooLarge(what=say("bytes: {number}", number=len(data)), most=MOST_BYTES)
    if is_workbook(data):
        return _sheet(rows_of(data, rows=MOST_ROWS + 2, columns=MOST_COLUMNS + 1), "Excel (.xlsx)")
    text, told = decoded(data, encoding=encoding, language=language)
    rows, separator = in_columns(text)
    return _sheet(rows, f"CSV, {told}, {separator}")


def _sheet(rows: Iterable[Iterable[str]], told: str) -> Sheet:
    kept = tuple(_limited(rows))
    if len(kept) < 2:
        raise TableEmpty()
    (_first, head), *rest = kept
    width = max(len(head), *(len(row) for _number, row in rest))
    filled = tuple((number, row + ("",) * (width - len(row))) for number, row in rest)
    return Sheet(head=head + ("",) * (width - len(head)), rows=filled, told=told)


def _limited(rows: Iterable[Iterable[str]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows that say something, each cell in one line."""
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS + 1:
            raise TableTooLarge(
                what=say("rows: {number}", number=MOST_ROWS + 1),
                most=MOST_ROWS,
            )
        cells = tuple(" ".join(cell.split()) for cell in row)
        while cells and not cells[-1]:
            cells = cells[:-1]
        if len(cells) > MOST_COLUMNS:
            raise TableTooLarge(
                what=say("columns: {number}", number=len(cells)),
                most=MOST_COLUMNS,
            )
        if any(len(cell) > MOST_LETTERS for cell in cells):
            raise TableTooLarge(
                what=say("letters in a cell of row {row}: {letters}", row=number, letters=max(map(len, cells))),
                most=MOST_LETTERS,
            )
        if cells:
            yield number, cells
