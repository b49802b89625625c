"""Tables of strangers: every encoding that spreadsheets write, and no workbook that harms."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from ecvet.errors import EcvetError
from ecvet_platform.documents.sheets import as_csv, as_xlsx, read, reading
from ecvet_platform.documents.sheets import workbook as books
from ecvet_platform.documents.sheets.errors import TableEmpty, TableHostile, TableTooLarge, TableUnreadable

HEAD, ROWS = ("Given names", "Family name"), [("Δήμητρα", "Παππά"), ("Zoë", "O'Neill; de Groot")]


def book(*rows: tuple[object, ...]) -> bytes:
    made = Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same archive with a part more, or with another content of a part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            if one.filename != name:
                new.writestr(one, old.read(one))
        new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_what_we_write_we_read(write: Callable[..., bytes]):
    sheet = read(write("Learners", HEAD, ROWS))
    assert sheet.head == HEAD
    assert sheet.rows == ((2, ROWS[0]), (3, ROWS[1]))


@pytest.mark.parametrize(
    ("encoding", "language", "name"),
    [
        ("utf-8", "en", "Łukasz Ñ"), ("utf-8-sig", "en", "Łukasz Ñ"), ("utf-16", "en", "Łukasz Ñ"),
        ("cp1252", "de", "Jürgen Größe"), ("cp1250", "cs", "Šárka Dvořáková"), ("cp1253", "el", "Δήμητρα"),
        ("cp1251", "bg", "Димитър"), ("cp1257", "lv", "Jānis Bērziņš"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_encoding_and_separator_of_spreadsheets(encoding: str, language: str, name: str, separator: str):
    text = f'Name{separator}City\r\n"{name}"{separator}"a{separator}b"\r\n'
    sheet = read(text.encode(encoding), language=language)
    assert sheet.rows == ((2, (name, " ".join(f"a{separator}b".split()))),)


def test_another_code_page_can_be_chosen_when_the_names_look_wrong():
    data = "Name;City\nDvořák;Brno\n".encode("cp1250")
    assert read(data, language="de").rows[0][1][0] != "Dvořák"
    sheet = read(data, language="de", encoding="cp1250")
    assert sheet.rows[0][1][0] == "Dvořák"
    assert sheet.told == "CSV, Windows-1250, “;”"
    with pytest.raises(TableUnreadable):
        read(data, encoding="rot13")


def test_days_and_numbers_of_a_workbook_become_plain_texts_and_formulas_stay_what_was_typed():
    sheet = read(book(
        ("Born", "Number", "Share", "Formula"), (date(2006, 7, 1), 4711.0, 0.25, "=1+1"),
        (datetime(2006, 7, 1, 12, 30, tzinfo=UTC).replace(tzinfo=None), 12345678901, None, '=HYPERLINK("http://x")'),
    ))  # fmt: skip
    assert sheet.rows == (
        (2, ("2006-07-01", "4711", "0.25", "=1+1")),
        (3, ("2006-07-01 12:30:00", "12345678901", "", '=HYPERLINK("http://x")')),
    )


@pytest.mark.parametrize(
    ("part", "content", "refusal"),
    [
        ("xl/externalLinks/externalLink1.xml", b"<externalLink/>", TableHostile),
        ("xl/vbaProject.bin", b"macro", TableHostile),
        ("xl/embeddings/oleObject1.bin", b"x", TableHostile),
        ("../evil.xml", b"<x/>", TableHostile),
        ("xl/extra.xml", b'<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>', TableHostile),
        ("xl/extra.xml", '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'.encode("utf-16"), TableHostile),
        ("xl/_rels/extra.xml.rels", b'<Relationship Target="file:///etc/passwd" TargetMode="External"/>', TableHostile),
        ("xl/media/bomb", b"\0" * (books.MOST_UNPACKED + 1), TableTooLarge),
    ],
)
def test_no_hostile_workbook_is_opened(part: str, content: bytes, refusal: type[EcvetError]):
    with pytest.raises(refusal):
        read(with_part(book(HEAD, ("Alba", "Rossi")), part, content))


def test_a_link_on_a_mail_address_is_no_danger():
    made = Workbook()
    assert made.active is not None
    made.active.append(("E-mail",))
    made.active.append(("alba@example.org",))
    made.active["A2"].hyperlink = "mailto:alba@example.org"
    out = io.BytesIO()
    made.save(out)
    assert read(out.getvalue()).rows == ((2, ("alba@example.org",)),)


def test_a_sheet_that_claims_a_million_rows_is_read_no_further_than_the_limit():
    whole = book(HEAD, ("Alba", "Rossi"))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    far = sheet.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    assert far != sheet
    assert len(read(with_part(whole, "xl/worksheets/sheet1.xml", far)).rows) == 1
    away = sheet.replace(b'r="2"', b'r="1048576"').replace(b'"A2"', b'"A1048576"').replace(b'"B2"', b'"B1048576"')
    with pytest.raises((TableEmpty, TableTooLarge)):
        read(with_part(whole, "xl/worksheets/sheet1.xml", away))


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", TableEmpty),
        (b"Name;City\n", TableEmpty),
        (b"PK\x03\x04 not an archive", TableUnreadable),
        (b"\xd0\xcf\x11\xe0 an old workbook\0\0", TableUnreadable),
        (b'Name;City\n"Alba;Turin\n', TableUnreadable),
        (b"x" * (reading.MOST_BYTES + 1), TableTooLarge),
        (b"Name\n" + b"A\n" * (reading.MOST_ROWS + 1), TableTooLarge),
        (b";".join([b"a"] * 50) + b"\nb", TableTooLarge),
        (b"Name\n" + b"a" * 600, TableTooLarge),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(data: bytes, refusal: type[EcvetError]):
    with pytest.raises(refusal) as caught:
        read(data)
    assert caught.value.what_to_do


def test_a_workbook_keeps_types_freezes_its_head_and_holds_no_formula():
    moment = datetime(2026, 3, 2, 9, tzinfo=UTC)
    data = as_xlsx("Lists: [of] a/b", ("Name", "Day", "Points", "At"), [
        ("=1+1", date(2026, 5, 4), Decimal("7.5"), moment), ("@x\x07", None, 3, None),
    ])  # fmt: skip
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    assert sheet.freeze_panes == "A2"
    assert ":" not in sheet.title
    rows = list(sheet.iter_rows(min_row=2))
    assert [cell.data_type for cell in rows[0]] == ["s", "d", "n", "d"]
    assert [str(cell.value) for cell in rows[0]] == ["=1+1", "2026-05-04 00:00:00", "7.5", "2026-03-02 09:00:00"]
    assert rows[1][0].value == "@x"
    assert rows[1][1].value is None
    assert not any(cell.data_type == "f" for row in rows for cell in row)
