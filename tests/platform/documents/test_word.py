"""Word files: every field that the PDF has, in the same words, and what makes a file accessible."""

import io
import json
from datetime import date

import docx
import pytest
from django.test import Client
from docx.document import Document as Word
from docx.oxml.ns import qn

from ecvet.record import address
from ecvet.terms import Identifier
from ecvet_platform.documents import fields
from ecvet_platform.documents.actions import Format, format_of
from ecvet_platform.documents.errors import FormatUnknown
from ecvet_platform.documents.typeset import told
from ecvet_platform.documents.values import Document, Text
from ecvet_platform.documents.word import word
from ecvet_platform.institutions.actions import document as memorandum_printed
from ecvet_platform.mobility.actions import document as agreement_printed
from ecvet_platform.people import actions as people
from ecvet_platform.qualifications.naming import key_of
from stories_of import Cast, begun_cast, everybody, in_force, now

__all__ = ["begun_cast", "everybody", "now"]
CHECK = "https://ecvet.example/verify/records/"


def read(data: bytes) -> tuple[Word, str]:
    """The file, and all of its words in one text."""
    found = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return found, " ".join((*(one.text for one in found.paragraphs), *cells))


def words_of(document: Document) -> list[str]:
    """Everything that the PDF is told to say."""
    it, found = told(document, sealed=False), list[str]()
    for section in it["sections"]:
        found.append(section["heading"] if isinstance(section["heading"], str) else section["heading"]["words"])
        for field in section["fields"]:
            rows = field.get("rows") or []
            found += [field["label"], *(field.get("columns", ()) if rows else ())]
            found += [line["words"] for line in field.get("lines", ())]
            found += [line["words"] for row in rows for cell in row for line in cell]
    return [it["title"], it["lead"]["words"], it["status"], *found]


@pytest.mark.parametrize("language", ["en", "el", "mt"])
@pytest.mark.parametrize("kind", ["agreement", "memorandum"])
def test_every_field_of_the_pdf_stands_in_the_word_file(
    everybody: Cast, kind: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread, _ = in_force(everybody)
    bruno, made = everybody.actor("Bruno"), list[Document]()
    printed = agreement_printed if kind == "agreement" else memorandum_printed
    monkeypatch.setattr(printed.documents, "made", lambda document, form: made.append(document) or word(document))
    if kind == "agreement":
        data = agreement_printed.agreement(thread, actor=bruno, check_at=CHECK, language=language, form=Format.WORD)
    else:
        known = memorandum_printed.memoranda.lines(actor=bruno)
        data = memorandum_printed.memorandum(
            known[0].thread, actor=bruno, check_at=CHECK, language=language, form=Format.WORD
        )
    found, text = read(data)
    for said in words_of(made[0]):
        assert said in text, said
    assert found.core_properties.language == language
    assert found.core_properties.title == made[0].title
    assert address(text[text.index("sha-256:") :][:72])
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in found.tables)


def test_a_line_in_another_language_says_so_and_headings_are_headings() -> None:
    document = Document(
        form=fields.AGREEMENT, language="mt", title="Ftehim", on=date(2026, 5, 4), record=b"{}", verification=CHECK,
        sealer=Identifier("https://a.example"), sealed_by="A & Ż",
        values={"home.name": Text("Ωδείο <Αθηνών>", "el"), "units": ({"title": "Unità"},)},
    )  # fmt: skip
    found, _ = read(word(document))
    (run,) = (one for each in found.paragraphs for one in each.runs if one.text == "Ωδείο <Αθηνών>")
    assert run._r.rPr.find(qn("w:lang")).get(qn("w:val")) == "el"
    styles = [one.style.name for one in found.paragraphs if one.text]
    assert styles[0] == "Title"
    assert {"Heading 1", "Heading 2"} <= set(styles)
    assert found.core_properties.author == "A & Ż"
    assert b"python-docx" not in word(document)


def test_only_known_formats_are_made() -> None:
    assert format_of("") is Format.PDF
    assert format_of("docx") is Format.WORD
    with pytest.raises(FormatUnknown):
        format_of("odt")


def test_page_and_operation_hand_it_out_to_who_may_see_it(everybody: Cast) -> None:
    thread, _ = in_force(everybody)
    client = Client()
    for who, status in (("Bruno", 200), ("Erik", 404)):
        client.post(f"/sign-in/{people.new_link(everybody.accounts[who])}")
        for path in (f"/agreements/{key_of(thread)}/docx", f"/api/v1/agreements/{key_of(thread)}/document?format=docx"):
            answer = client.get(path)
            assert answer.status_code == status, (who, path)
            if status == 200:
                assert answer["Content-Disposition"].startswith("attachment")
                assert read(answer.content)[0].tables
    refused = client.get(f"/api/v1/agreements/{key_of(thread)}/document?format=odt")
    assert json.loads(refused.content)["code"] == FormatUnknown.code
