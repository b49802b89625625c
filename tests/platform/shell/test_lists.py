"""Every list as a CSV file: what its page shows, for whom its page shows it, and nothing that a spreadsheet runs."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from openpyxl import load_workbook

from albas_story import BEFORE, DECIDED, Story
from ecvet.record import Person
from ecvet_platform.credentials.actions import issue
from ecvet_platform.mobility.actions import learners
from ecvet_platform.people.store import Account
from ecvet_platform.shell.lists import LISTS, OF_PAGE
from ecvet_platform.shell.spreadsheet import harmless, write

SignIn = Callable[[Account], Client]


def read(answer: object) -> list[list[str]]:
    data = answer.content  # type: ignore[attr-defined]
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =cmd|' /C calc'!A0", '=HYPERLINK("http://x")']
)
def test_no_cell_is_a_formula(cell: str):
    assert harmless(cell) == f"'{cell}"
    (row,) = csv.reader(io.StringIO(write([cell], []).decode("utf-8-sig"), newline=""))
    assert row == [f"'{cell}"]


@pytest.mark.parametrize("cell", ["Alba", "Δήμητρα", "a=b", "3", "2026-05-04", "O'Neill", ""])
def test_what_is_harmless_stays_as_it_is(cell: str):
    assert harmless(cell) == cell
    assert harmless(None) == ""


def test_lines_end_and_cells_are_quoted_as_spreadsheets_expect():
    assert write(["a"], [['x, "y"\nz']]) == b'\xef\xbb\xbfa\r\n"x, ""y""\nz"\r\n'


@pytest.mark.django_db
def test_every_list_comes_as_a_table_that_its_page_leads_to(story: Story, signed_in: SignIn):
    decision = story.through(story.agree())
    with story.on(DECIDED):
        issue.issue(decision.address, actor=story.actor("Dimitra"))
        bruno = signed_in(story.accounts["Bruno"])
        for name, listing in LISTS.items():
            table = read(bruno.get(f"/lists/{name}.csv"))
            assert len(table[0]) == len(listing.head), name
            assert all(len(row) == len(listing.head) for row in table), name
        for name in ("qualifications", "institutions", "learners", "agreements", "credit", "records"):
            assert len(read(bruno.get(f"/lists/{name}.csv"))) > 1, name
        assert 'href="/lists/agreements.csv?q=rossi"' in bruno.get("/agreements/?q=rossi&page=1").content.decode()
        assert 'href="/lists/learners.csv"' in bruno.get("/learners/").content.decode()
        assert bruno.get("/lists/nothing.csv").status_code == 404
    assert len(OF_PAGE) == sum(bool(one.page) for one in LISTS.values())


@pytest.mark.django_db
def test_every_list_comes_as_a_workbook_with_typed_cells_in_the_language_of_the_reader(story: Story, signed_in: SignIn):
    story.agree()
    with story.on(DECIDED):
        learners.enter(Person(names=("=Cmd",), family_name="|calc"), actor=story.actor("Bruno"))
        bruno = signed_in(story.accounts["Bruno"])
        for name, listing in LISTS.items():
            answer = bruno.get(f"/lists/{name}.xlsx")
            assert answer["Content-Type"].startswith("application/vnd.openxmlformats"), name
            sheet = load_workbook(io.BytesIO(answer.content)).active
            assert sheet is not None
            assert [cell.value for cell in sheet[1]] == list(map(str, listing.head)), name
            assert sheet.freeze_panes == "A2"
            assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
        book = load_workbook(io.BytesIO(bruno.get("/api/v1/lists/agreements?format=xlsx").content))
        assert book.sheetnames == ["Agreements"]
        assert [cell.data_type for cell in book["Agreements"]["E"]][1:] == ["d"]
        greek = load_workbook(io.BytesIO(bruno.get("/lists/learners.xlsx", headers={"Accept-Language": "el"}).content))
        assert greek.sheetnames[0] != "Learners"
        assert 'href="/lists/agreements.xlsx?q=rossi"' in bruno.get("/agreements/?q=rossi").content.decode()
        assert bruno.get("/lists/agreements.ods").status_code == 404


@pytest.mark.django_db
def test_a_table_has_what_was_searched(story: Story, signed_in: SignIn):
    with story.on(BEFORE):
        learners.enter(Person(names=("=Cmd",), family_name="Šimková"), actor=story.actor("Bruno"))
        bruno = signed_in(story.accounts["Bruno"])
        assert [row[0] for row in read(bruno.get("/lists/learners.csv"))[1:]] == ["'=Cmd Šimková", "Alba Rossi"]
        assert [row[0] for row in read(bruno.get("/lists/learners.csv?q=simkova"))[1:]] == ["'=Cmd Šimková"]
        assert [row[0] for row in read(bruno.get("/api/v1/lists/learners?q=ross"))[1:]] == ["Alba Rossi"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Erik", "Fiona", "Chloé", "Dimitra"])
def test_no_table_has_learners_of_another_institution(story: Story, signed_in: SignIn, name: str):
    with story.on(DECIDED):
        client = signed_in(story.accounts[name])
        for listing in LISTS:
            if listing == "records" and name == "Dimitra":  # in charge of the qualification that Alba follows
                continue
            answer = client.get(f"/lists/{listing}.csv")
            assert answer.status_code in (200, 403), listing
            assert "Rossi" not in answer.content.decode(), listing


@pytest.mark.django_db
def test_a_learner_takes_her_own_lines_and_no_list_of_learners(story: Story, signed_in: SignIn):
    story.agree()
    with story.on(DECIDED):
        alba = signed_in(story.accounts["Alba"])
        assert [row[0] for row in read(alba.get("/lists/agreements.csv"))[1:]] == ["Alba Rossi"]
        assert alba.get("/lists/learners.csv").status_code == 403


@pytest.mark.django_db
def test_a_list_of_more_than_one_page_is_whole(story: Story, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ecvet_platform.shell.lists.SIZE", 2)
    with story.on(BEFORE):
        for number in range(4):
            learners.enter(Person(names=("N",), family_name=f"{number}"), actor=story.actor("Bruno"))
        assert len(read(signed_in(story.accounts["Bruno"]).get("/lists/learners.csv"))) == 6


def test_a_stranger_signs_in_first(db: None):
    assert Client().get("/lists/institutions.csv").status_code == 302
