"""Lists of learners by page, by API and by command: all or none, line by line, and nobody twice."""

import io
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from openpyxl import load_workbook

import stories_of as story
from ecvet.mobility.roster import Answer, Column
from ecvet_platform.documents.sheets import as_csv, as_xlsx, read
from ecvet_platform.journal import actions as journal
from ecvet_platform.mobility.actions import learners, rosters
from ecvet_platform.mobility.errors import LearnerUnknown, ListLost, NotAllRead
from ecvet_platform.mobility.forms.rosters import packed, unpacked
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.people.roles import Actor, Role
from effort import Page
from stories_of import Cast

HEAD = ("Vorname", "Nachname", "Geburtsdatum", "E-Mail", "Klasse", "Schülernummer", "Beruf")
CLASS = [
    ("Ben", "Neri", "3.4.2006", "ben@example.org", "3A", "1", "HAIR"),
    ("Cia", "Verdi", date(2006, 9, 9), "cia@example.org", "3A", "2", ""),
    ("Δήμητρα", "Παππά", "2006-01-31", "", "3A", "3", "Acconciatore"),
]
LIST = as_csv("", HEAD, CLASS)


def file(data: bytes = LIST, name: str = "class.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def sent(page: str) -> dict[str, str]:
    """What the form of the page would send."""
    form = next(one for one in Page(page).forms if "table" in one.values)
    return {name: values[0] for name, values in form.values.items()}


def at_home(everybody: Cast) -> Mapping[str, Any]:
    return {one.called: one for one in learners.page(actor=everybody.actor("Bruno"), size=200)[0]}


def test_a_list_is_looked_through_and_then_entered_whole(everybody: Cast):
    bruno = everybody.browser("Bruno")
    page = bruno.post("/learners/list", {"file": file(), "encoding": ""}).content.decode()
    assert "3 learners can be entered." in page
    assert set(at_home(everybody)) == {"Alba Rossi"}
    form = sent(page)
    assert [form[f"column-{number}"] for number in range(7)] == [
        "names", "family_name", "birth_date", "email", "", "number", "qualification",
    ]  # fmt: skip
    done = bruno.post("/learners/list", {**form, "qualification": story.QUALIFICATION, "step": "enter"})
    assert done.status_code == 200
    assert "3 learners were entered." in done.content.decode()
    found = at_home(everybody)
    assert set(found) == {"Alba Rossi", "Ben Neri", "Cia Verdi", "Δήμητρα Παππά"}
    assert found["Ben Neri"].person.learner_id == f"{story.TURIN}#learner-1"
    assert found["Ben Neri"].account is not None
    assert found["Δήμητρα Παππά"].account is None
    follows = learners.followed([one.id for one in found.values()], date(2026, 3, 2))
    assert set(follows.values()) == {story.QUALIFICATION}
    assert len(follows) == 4
    journal.verify()


def test_the_learners_of_a_list_are_offered_for_one_agreement(everybody: Cast):
    bruno = everybody.browser("Bruno")
    form = sent(bruno.post("/learners/list", {"file": file()}).content.decode())
    done = Page(bruno.post("/learners/list", {**form, "step": "enter"}).content.decode())
    keys = next(one for one in done.forms if one.address == "/agreements/new")
    chosen = bruno.get("/agreements/new", {"learner": keys.values["learner"]}).content.decode()
    assert chosen.count("checked") >= 1
    assert "Ben Neri" in chosen


def test_the_same_list_again_enters_nobody_and_says_who_is_known(everybody: Cast):
    bruno = everybody.browser("Bruno")
    form = sent(bruno.post("/learners/list", {"file": file()}).content.decode())
    bruno.post("/learners/list", {**form, "step": "enter"})
    again = bruno.post("/learners/list", {**form, "step": "enter"}).content.decode()
    assert "0 learners were entered." in again
    assert "3 lines are about people who are known." in again
    assert "recognised by the learner number" in again
    assert len(at_home(everybody)) == 4


def test_wrong_lines_are_told_with_a_remedy_and_the_others_can_be_entered(everybody: Cast):
    bad = as_xlsx(
        "", HEAD, [*CLASS, ("", "Bianchi", "31.02.2006", "dea", "", "", "COOK"), ("=A1", "B", "", "", "", "", "")]
    )
    bruno = everybody.browser("Bruno")
    page = bruno.post("/learners/list", {"file": file(bad, "class.xlsx")}).content.decode()
    assert "2 lines cannot be read." in page
    assert "The cell “Given names” is empty." in page
    assert "“31.02.2006” is no date of birth" in page
    assert "“COOK” does not name one published qualification." in page
    assert "The cell “Given names” holds a formula: =A1." in page
    done = bruno.post("/learners/list", {**sent(page), "step": "enter"}).content.decode()
    assert "3 learners were entered." in done
    rows, columns = rosters.table(bad)
    with pytest.raises(NotAllRead):
        rosters.enter(rows, columns, actor=everybody.actor("Bruno"))


def test_a_wrong_guess_is_corrected_by_the_person(everybody: Cast):
    odd = as_csv("", ("A", "B", "C"), [("Ben", "Neri", "ben@example.org")])
    bruno = everybody.browser("Bruno")
    answer = bruno.post("/learners/list", {"file": file(odd)})
    assert answer.status_code == 422
    assert "No column is chosen for: " in answer.content.decode()
    form = sent(answer.content.decode()) | {"column-0": "names", "column-1": "family_name", "column-2": "email"}
    assert "1 learner can be entered." in bruno.post("/learners/list", form).content.decode()
    twice = bruno.post("/learners/list", form | {"column-2": "names"})
    assert twice.status_code == 422
    assert 'value="family_name" selected' in twice.content.decode()


def test_cells_can_be_pasted_and_code_pages_are_recognised(everybody: Cast):
    bruno = everybody.browser("Bruno")
    pasted = bruno.post("/learners/list", {"text": "Given names\tFamily name\nBen\tNeri\n"}).content.decode()
    assert "1 learner can be entered." in pasted
    data = "Jméno;Příjmení\nŠárka;Dvořáková\n".encode("cp1250")
    chosen = bruno.post("/learners/list", {"file": file(data), "encoding": "cp1250"}).content.decode()
    assert "Dvořáková" in chosen


@pytest.mark.parametrize("data", [b"", b"\0\1\2", b"PK\x03\x04broken", b"Given names;Family name\n", b"x" * 4_000_001])
def test_what_is_no_list_is_refused_at_its_field(everybody: Cast, data: bytes):
    answer = everybody.browser("Bruno").post("/learners/list", {"file": file(data)})
    assert answer.status_code == 422
    assert 'id="id_file-error"' in answer.content.decode()


def test_nothing_of_a_list_can_be_changed_on_its_way(everybody: Cast):
    sheet = read(LIST)
    assert unpacked(packed(sheet)) == sheet
    with pytest.raises(ListLost):
        unpacked(packed(sheet)[:-2])
    answer = everybody.browser("Bruno").post("/learners/list", {"table": "W10", "step": "enter"})
    assert answer.status_code == 409
    assert "no longer at hand" in answer.content.decode()


def test_an_empty_list_comes_in_the_language_of_the_reader(everybody: Cast):
    bruno = everybody.browser("Bruno")
    greek = bruno.get("/learners/template.xlsx", headers={"Accept-Language": "el"})
    sheet = load_workbook(io.BytesIO(greek.content)).active
    assert sheet is not None
    heads = [str(cell.value) for cell in sheet[1]]
    assert "Επώνυμο" in heads
    assert rosters.roster.guess(heads) == tuple(Column)
    assert bruno.get("/learners/template.csv").content.startswith(b"\xef\xbb\xbfGiven names,Family name")


@pytest.mark.parametrize("role", list(Role))
def test_only_who_keeps_learners_brings_a_list(everybody: Cast, role: Role):
    who = Actor(person=everybody.accounts["Bruno"].identifier, name="x", institution=story.TURIN,
                roles=frozenset([role]))  # fmt: skip
    rows, columns = rosters.table(LIST)
    if role in learners.KEEPERS:
        assert rosters.look(rows, columns, actor=who).count(Answer.READ) == 3
    else:
        for step in (rosters.look, rosters.enter):
            with pytest.raises(NotYourRole):
                step(rows, columns, actor=who)
    nowhere = Actor(person=who.person, name="x", institution=None, roles=frozenset([Role.COORDINATOR]))
    with pytest.raises(LearnerUnknown):
        rosters.enter(rows, columns, actor=nowhere)


def test_learners_of_another_institution_are_not_recognised_or_told(everybody: Cast):
    rows, columns = rosters.table(as_csv("", ("First name", "Surname", "E-mail"), [("Alba", "Rossi", "")]))
    found = rosters.look(rows, columns, actor=everybody.actor("Erik"))
    assert found.count(Answer.READ) == 1


def test_what_goes_wrong_in_the_middle_leaves_nobody(everybody: Cast, monkeypatch: pytest.MonkeyPatch):
    real, count = learners.enter, [0]

    def enter(*args: Any, **more: Any) -> Any:
        count[0] += 1
        if count[0] == 3:
            raise LearnerUnknown(name="x")
        return real(*args, **more)

    monkeypatch.setattr(learners, "enter", enter)
    rows, columns = rosters.table(LIST)
    with pytest.raises(LearnerUnknown):
        rosters.enter(rows, columns, actor=everybody.actor("Bruno"))
    assert set(at_home(everybody)) == {"Alba Rossi"}
    assert not apps.get_model("people", "User").objects.filter(email="ben@example.org").exists()


def test_a_program_brings_a_list(everybody: Cast):
    bruno = everybody.browser("Bruno")

    def post(client: Client, **how: str) -> Any:
        return client.post("/api/v1/learners/lists", {"file": file(), **how})

    dry = post(bruno, dry_run="true").json()
    assert (dry["entered"], dry["counts"]) == (False, {"read": 3, "known": 0, "refused": 0})
    made = post(bruno, qualification=story.QUALIFICATION)
    assert made.status_code == 201
    assert all(line["learner"].startswith("urn:uuid:") for line in made.json()["lines"])
    again = post(bruno).json()
    assert again["counts"] == {"read": 0, "known": 3, "refused": 0}
    assert again["lines"][0]["why"][0]["code"] == "mobility.roster.there-already"
    wrong = post(bruno, columns="names,family_name,birth_date,email,height")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "mobility.roster.column-unknown")
    assert post(everybody.browser("Alba")).status_code == 403
    refused = bruno.post("/api/v1/learners/lists", {"file": file(as_csv("", HEAD, [("", "x", "", "", "", "", "")]))})
    assert refused.json()["code"] == "mobility.roster.not-all-read"
    assert json.loads(refused.content)["remedy"]


def test_an_operator_brings_a_list(everybody: Cast, tmp_path: Path):
    path, out = tmp_path / "class.xlsx", io.StringIO()
    path.write_bytes(as_xlsx("", HEAD, CLASS))
    call_command("enter_learners", path, "--as", "bruno@example.org", "--dry-run", stdout=out)
    assert "3 would be entered, 0 known, 0 cannot be read." in out.getvalue()
    call_command("enter_learners", path, "--as", "bruno@example.org", stdout=out)
    assert "3 entered, 0 known" in out.getvalue()
    call_command("enter_learners", path, "--as", "bruno@example.org", stdout=out)
    assert "0 entered, 3 known" in out.getvalue()
    path.write_bytes(as_csv("", HEAD, [("", "x", "", "", "", "", "")]))
    with pytest.raises(CommandError, match="Nobody was entered"):
        call_command("enter_learners", path, "--as", "bruno@example.org", stdout=out)
    with pytest.raises(CommandError, match="signed in"):
        call_command("enter_learners", path, "--as", "nobody@example.org", stdout=out)
