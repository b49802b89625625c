"""Text in columns: which encoding the bytes have, and which sign divides the cells.

UTF-8 and UTF-16 are known by their mark or by being well formed. Everything else comes from a spreadsheet on Windows,
which writes the code page of its country: that of the reader's language is taken, and the person sees the names before
anything is kept and may choose another.
"""

import codecs
import csv
import io
from typing import Final

from ecvet.saying import say
from ecvet_platform.documents.sheets.errors import TableUnreadable

PAGES: Final = {
    "cp1250": ("cs", "hr", "hu", "pl", "ro", "sk", "sl"),
    "cp1251": ("bg",),
    "cp1253": ("el",),
    "cp1257": ("et", "lt", "lv"),
    "cp1252": ("da", "de", "en", "es", "fi", "fr", "ga", "it", "mt", "nl", "pt", "sv"),
}
"""The code pages of Windows by the languages that are written with them."""

ENCODINGS: Final = ("utf-8", "utf-16", *PAGES)
SEPARATORS: Final = {";": "“;”", ",": "“,”", "\t": "tab"}
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decoded(data: bytes, *, encoding: str, language: str) -> tuple[str, str]:
    """The text and the name of its encoding. Raises `TableUnreadable`."""
    if encoding and encoding not in ENCODINGS:
        raise TableUnreadable(why=say("there is no encoding {encoding} here", encoding=encoding[:20]))
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    page = next((name for name, languages in PAGES.items() if language.split("-")[0] in languages), "cp1252")
    for name in (encoding,) if encoding else (marked,) if marked else ("utf-8", page, "cp1252"):
        assert name is not None
        try:
            text = data.decode("utf-8-sig" if name == "utf-8" else name)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text, name.removesuffix("-sig").upper().replace("CP", "Windows-")
    raise TableUnreadable(why=say("its letters are in no encoding that is known here"))


def in_columns(text: str) -> tuple[list[list[str]], str]:
    """The rows of a CSV text (RFC 4180) and its separator. Raises `TableUnreadable`."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        separator, text = first.strip()[4], text.split(first, 1)[1].lstrip("\r\n")
    else:
        separator = max(SEPARATORS, key=lambda sign: len(next(csv.reader([first], delimiter=sign), ())))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise TableUnreadable(why=str(error)) from error
    return rows, SEPARATORS.get(separator, separator)
