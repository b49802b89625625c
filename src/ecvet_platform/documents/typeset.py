"""Document → PDF: the words go to Typst as JSON, and Typst sets them by the template of the form.

Nothing that a person wrote is ever markup: strings from JSON are text to Typst. The PDF is PDF/UA-1 and PDF/A-3a.
Typst's own fonts come with it and are used alone, so that a document looks the same on every server; only where they
lack a character the fonts of the server are asked too.
"""

import json
import re
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst
from django.utils import translation

from ecvet.record import canonical, plain
from ecvet_platform.documents.errors import CharacterMissing
from ecvet_platform.documents.fields import FRAME, Field, Section
from ecvet_platform.documents.qr import qr
from ecvet_platform.documents.values import Document, Text

LOOK: Final = Path(__file__).parent / "look"
STANDARDS: Final = ("a-3a", "ua-1")
_MISSING: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
_NEVER: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))  # control characters print nothing


def typeset(document: Document, *, sealed: bool) -> bytes:
    """The PDF of a document, not yet sealed; `sealed` says what it tells of its seal. Raises `CharacterMissing`."""
    return _compiled(document.form.kind, told(document, sealed=sealed), document)


def pictures(document: Document) -> list[bytes]:
    """The pages as PNG, for people who mend the look."""
    given = {"document": json.dumps(told(document, sealed=True))}
    found = typst.compile(
        LOOK / f"{document.form.kind}.typ", root=LOOK, font_paths=fonts(everywhere=True), ignore_system_fonts=True,
        format="png", ppi=80, sys_inputs=given,
    )  # fmt: skip
    return found if isinstance(found, list) else [found]


def told(document: Document, *, sealed: bool) -> dict[str, Any]:
    """What the template is told, in plain data: labels in the language of the document, values in their order."""
    with translation.override(document.language):
        sections = [one for section in document.form.sections for one in _sections(section, document.values)]
        frame = {name: str(label) for name, label in FRAME.items()}
        title = str(document.form.title)
    return {
        "kind": title, "title": document.title, "language": document.language, "lead": _line(document.lead),
        "status": document.status, "statement": [_line(one) for one in document.statement], "sections": sections,
        "date": [document.on.year, document.on.month, document.on.day], "frame": frame,
        "address": document.address or "", "verification": document.verification, "qr": qr(document.verification),
        "sealed_by": document.sealed_by if sealed else "", "author": document.sealed_by,
        "record": document.record.decode(),
        "signatures": canonical([plain(one) for one in document.signatures]).decode() if document.signatures else "",
    }  # fmt: skip


def _sections(section: Section, values: Any) -> list[dict[str, Any]]:
    if not section.each:
        made = {"heading": str(section.heading), "level": 2 if section.under else 1, "text": str(section.text)}
        fields = [found for one in section.fields if (found := _field(one, values)) is not None]
        return [] if section.under and not fields else [{**made, "fields": fields}]
    return [
        {
            "heading": _line(row.get("title") or str(section.heading)), "level": 2, "text": "",
            "fields": [found for one in section.fields if (found := _field(one, row)) is not None],
        }
        for row in values.get(section.each, ())
    ]  # fmt: skip


def _field(field: Field, values: Any) -> dict[str, Any] | None:
    value = values.get(field.key, "")
    if not value and field.if_given:
        return None
    if not field.columns:
        return {"label": str(field.label), "lines": _lines(value)}
    columns = [str(label) for _, label in field.columns]
    rows = [[_lines(row.get(key, "")) for key, _ in field.columns] for row in value or ()]
    return {"label": str(field.label), "columns": columns, "rows": rows}


def _lines(value: Any) -> list[Any]:
    return [_line(one) for one in (value if isinstance(value, tuple) else (value,)) if one]


def _line(value: str | Text) -> Any:
    text = value if isinstance(value, Text) else Text(str(value))
    return {"words": text.words.translate(_NEVER), "language": text.language}


def _compiled(kind: str, words: dict[str, Any], document: Document) -> bytes:
    lacking = ""
    for everywhere in (False, True):
        try:
            return _with(kind, words, document, fonts(everywhere=everywhere))
        except typst.TypstError as error:
            found = _MISSING.search(error.message)
            if found is None:
                raise
            lacking = found[1]
    raise CharacterMissing(character=lacking)


def _with(kind: str, words: dict[str, Any], document: Document, fonts: typst.Fonts) -> bytes:
    return typst.compile(
        LOOK / f"{kind}.typ", root=LOOK, font_paths=fonts, ignore_system_fonts=True, format="pdf",
        sys_inputs={"document": json.dumps(words)}, pdf_standards=list(STANDARDS),
        timestamp=datetime.combine(document.on, time(), UTC),
    )  # fmt: skip


@cache
def fonts(*, everywhere: bool) -> typst.Fonts:
    """The fonts that come with Typst; those of the server too where they are asked for."""
    return typst.Fonts(include_system_fonts=everywhere)
