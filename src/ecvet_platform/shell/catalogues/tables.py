"""Offices bring their own translators' work: a language as CSV or XLSX, and back. TMX is in `memory.py`.

Columns: key, area, English, English plural, then the translation (one column for each number form), then the state:
`draft`, `confirmed` or `missing`. Only key, translation and state are read back.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from openpyxl import Workbook, load_workbook

from ecvet_platform.shell.catalogues import files, work
from ecvet_platform.shell.catalogues.checks import said_of_forms

CONFIRMED: Final = "confirmed"
STATES: Final = ("missing", "draft", CONFIRMED)
Given = dict[str, tuple[tuple[str, ...], str]]
"""Translations by key, each with its state; an empty state where the file says none."""


def rows(catalog: Catalog, chosen: Iterable[Message]) -> Iterator[tuple[str, ...]]:
    """A head and a row for each text."""
    counted = [part.strip() for part in said_of_forms(catalog).split("·")]
    more = tuple(f"Translation, form {form}" for form in counted[1:])
    yield ("Key", "Area", "English", "English plural", "Translation", *more, "State")
    for one in chosen:
        english, said = files.forms(one.id), list(files.forms(one.string))
        said += [""] * (len(counted) - len(said))
        yield (
            work.key(one), " ".join(sorted({place for place, _ in one.locations})), english[0],
            english[1] if len(english) > 1 else "", *said, state(one),
        )  # fmt: skip


def state(one: Message) -> str:
    """`missing`, `draft` or `confirmed`."""
    if not all(files.forms(one.string)):
        return "missing"
    return "draft" if files.is_draft(one) else CONFIRMED


def write_csv(lines: Iterable[Sequence[str]]) -> bytes:
    """The table as CSV, with the mark by which spreadsheets know that it is UTF-8."""
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(lines: Iterable[Sequence[str]]) -> bytes:
    """The table as a workbook; every cell is a text, also where it begins like a formula."""
    book = Workbook()
    page = book.active
    assert page is not None, "a new workbook has a sheet"
    for line in lines:
        page.append([""] * len(line))
        for at, text in enumerate(line, 1):
            cell = page.cell(page.max_row, at)
            cell.value, cell.data_type = text, "s"
    page.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parse(data: bytes, kind: str) -> Given:
    """The translations of a table. Raises `ValueError` for a file that is none, or has no columns of ours."""
    lines = _xlsx(data) if kind == ".xlsx" else list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    if not lines or "Key" not in lines[0] or "Translation" not in lines[0]:
        raise ValueError("the first row must name the columns Key and Translation")
    head = lines[0]
    places = [at for at, name in enumerate(head) if name.startswith("Translation")]
    found: Given = {}
    for line in lines[1:]:
        cells = dict(enumerate(line))
        said = tuple(cells.get(at, "") for at in places)
        plural = "English plural" not in head or cells.get(head.index("English plural"), "")
        name = cells.get(head.index("Key"), "").strip()
        if name and any(said):
            how = cells.get(head.index("State"), "") if "State" in head else ""
            found[name] = (said if plural else said[:1], how.strip().casefold())
    return found


def _xlsx(data: bytes) -> list[list[str]]:
    try:
        page = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
    except Exception as error:
        raise ValueError("the file is no workbook") from error
    return [["" if cell is None else str(cell) for cell in line] for line in page.iter_rows(values_only=True)]


def kind(file: Path) -> str:
    """The format of a file by the ending of its name. Raises `ValueError` for one that is not known."""
    if file.suffix.casefold() not in (".csv", ".xlsx", ".tmx"):
        raise ValueError(f"{file.name} ends with none of .csv, .xlsx and .tmx")
    return file.suffix.casefold()
