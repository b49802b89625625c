"""A document as the rooms hand it over: values by the keys of its form, all of them words in one language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ecvet.record import Address, Signature
from ecvet.terms import Identifier, LangString
from ecvet_platform.documents.fields import Form


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a language of their own, so that a screen reader pronounces them rightly. `language` is a tag or ""."""

    words: str
    language: str = ""


Line = str | Text
"""One line; a bare string is in the language of the document."""

Cell = Line | tuple[Line, ...]
"""What stands in one place: a line, or several."""

Row = Mapping[str, "Cell | tuple[Mapping[str, Cell], ...]"]
"""What stands in the fields of one section, or in the columns of one line of a table, by their keys."""

Value = Cell | tuple[Row, ...]
"""The value of a field: a line, several lines, or the rows of a table or of a repeated section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What one document says.

    `values` are by the keys of the form; a field without a value is shown empty. `on` is the day on which it is made.
    `record` are the canonical bytes that are attached, `address` their address where they are a record; `signatures`
    are attached beside them. `verification` is the page behind the QR code. `sealer` is the institution that seals
    where it has a key; `sealed_by` is what it is called. `lead` is the one sentence under the title, `status` says
    where the document stands.
    """

    form: Form
    language: str
    title: str
    values: Mapping[str, Value]
    on: date
    record: bytes
    verification: str
    sealer: Identifier
    sealed_by: str = ""
    address: Address | None = None
    signatures: tuple[Signature, ...] = ()
    lead: Line = ""
    status: str = ""
    statement: tuple[Line, ...] = field(default=())


def said(text: LangString | None, language: str) -> Line:
    """A text in a language, else in English, else in the authoritative one, marked with the language that it is in."""
    if text is None:
        return ""
    words, known = text.in_(language, "en"), dict(text.texts)
    spoken = next(tag for tag in (language, "en", text.authoritative) if tag in known)
    return Text(words, "" if spoken == language else spoken)
