"""A document as a Word file, for people who must edit it: the same plain value and the same fields as the PDF.

Accessible as Word understands it: headings as headings, tables whose first row is repeated and marked as their head,
the language of the whole and of every line that has another, the properties of the file. It is no proof: who edits it
says something else than what was signed, so it carries no seal and says where the record is checked.
"""

import io
from datetime import UTC, datetime, time
from typing import Any, Final

import docx
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from ecvet_platform.documents.typeset import told
from ecvet_platform.documents.values import Document

EMPTY: Final = "–"


def word(document: Document) -> bytes:
    """The Word file of a document."""
    it = told(document, sealed=False, blanks=True)
    made = docx.Document()
    _properties(made, document, it)
    _line(made.add_paragraph(style="Title"), {"words": it["title"], "language": ""})
    for one in filter(lambda line: line["words"], (it["lead"], *it["statement"])):
        _line(made.add_paragraph(), one)
    if it["status"]:
        _labelled(made, it["frame"]["status"], [{"words": it["status"], "language": ""}])
    for section in it["sections"]:
        _section(made, section)
    made.add_heading(it["frame"]["proof"], 1)
    made.add_paragraph(it["frame"]["unsealed"])
    _labelled(made, it["frame"]["page_at"], [{"words": document.verification, "language": ""}])
    if document.address:
        _labelled(made, it["frame"]["address"], [{"words": document.address, "language": ""}])
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _properties(made: Word, document: Document, it: dict[str, Any]) -> None:
    """What the file says of itself, and the language that everything is in unless it says another."""
    core, day = made.core_properties, datetime.combine(document.on, time(), UTC).replace(tzinfo=None)
    core.title, core.author, core.subject = it["title"], it["author"], it["kind"]
    core.language, core.comments, core.keywords = document.language, "", document.address or ""
    core.created = core.modified = day  # the format keeps UTC without saying so
    core.last_modified_by = it["author"]
    for style in made.styles:
        if style.type is WD_STYLE_TYPE.PARAGRAPH:
            _speaks(style.element.get_or_add_rPr(), document.language)
    for old in made.styles.element.findall(f".//{qn('w:rPrDefault')}//{qn('w:lang')}"):
        old.set(qn("w:val"), document.language)
    made.styles["Normal"].font.size = Pt(10.5)


def _section(made: Word, section: dict[str, Any]) -> None:
    heading = section["heading"]
    found = {"words": heading, "language": ""} if isinstance(heading, str) else heading
    _line(made.add_heading(level=section["level"]), found)
    if section["text"]:
        made.add_paragraph(section["text"])
    for field in section["fields"]:
        if field.get("rows"):
            _table(made, field)
        else:
            _labelled(made, field["label"], field.get("lines", []))


def _labelled(made: Word, label: str, lines: list[dict[str, str]]) -> None:
    """Label and value in one line; several values as a list below the label."""
    first = made.add_paragraph()
    first.add_run(f"{label}: ").bold = True
    if len(lines) > 1:
        for one in lines:
            _line(made.add_paragraph(style="List Bullet"), one)
    else:
        _line(first, lines[0] if lines else {"words": EMPTY, "language": ""})


def _table(made: Word, field: dict[str, Any]) -> None:
    label = made.add_paragraph(field["label"], style="Caption")
    label.paragraph_format.keep_with_next = True
    table = made.add_table(rows=1, cols=len(field["columns"]), style="Table Grid")
    for cell, title in zip(table.rows[0].cells, field["columns"], strict=True):
        cell.paragraphs[0].add_run(title).bold = True
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(head)
    for row in field["rows"]:
        for cell, lines in zip(table.add_row().cells, row, strict=True):
            for place, one in enumerate(lines or [{"words": EMPTY, "language": ""}]):
                _line(cell.paragraphs[0] if place == 0 else cell.add_paragraph(), one)
    made.add_paragraph()  # without it Word joins two tables


def _line(paragraph: Paragraph, line: dict[str, str]) -> None:
    run = paragraph.add_run(line["words"])
    if line["language"]:
        _speaks(run._r.get_or_add_rPr(), line["language"])


def _speaks(properties: Any, language: str) -> None:
    """Set the language in which a spelling checker and a screen reader take the words."""
    found = properties.find(qn("w:lang"))
    if found is None:
        found = OxmlElement("w:lang")
        properties.append(found)
    found.set(qn("w:val"), language)
