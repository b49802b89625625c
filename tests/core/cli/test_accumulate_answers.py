"""`ecvet accumulate` with further answers: what if, alternatives, readings, the register, equivalences, records."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from core.exchange.samples import EPERUSTEET, eperusteet, group, place
from core.exchange.test_koski import part, record
from ecvet.cli import main


@pytest.fixture
def run(tmp_path: Path) -> Any:
    (tmp_path / "q.json").write_bytes(eperusteet())

    def run(held: object, *options: str) -> Result:
        (tmp_path / "held.json").write_text(json.dumps(held))
        return CliRunner().invoke(main, ["accumulate", str(tmp_path / "q.json"), str(tmp_path / "held.json"), *options])

    run.folder = tmp_path  # type: ignore[attr-defined]
    return run


def answer(result: Result) -> Any:
    return json.loads(result.output)


def test_what_if_is_answered_beside_the_verdict_and_does_not_change_it(run: Any) -> None:
    result = run({"units": {"200": 15}}, "--what-if", "100", "--what-if", "other=5", "--what-if", "other=15", "--json")
    assert result.exit_code == 1
    found = answer(result)
    assert (found["complete"], found["what_if"]["complete"]) == (False, True)
    assert found["what_if"]["changes"][0] == "not complete now, complete then"
    gone = run({"units": {"100": 40, "200": 15}, "other_units_points": [5, 15]}, "--without", "100")
    assert gone.exit_code == 0
    assert "then: not complete" in gone.output


def test_what_if_refuses_points_that_are_none(run: Any) -> None:
    result = run({"units": {}}, "--what-if", "100=many", "--json")
    assert result.exit_code == 1
    assert answer(result)["error"]["code"] == "terms.points.not-an-amount"


def test_alternatives_and_readings_have_members_of_their_own(run: Any) -> None:
    options = ("--alternatives", "3", "--reading", "S1", "--reading", "strict")
    found = answer(run({"units": {"200": 15}}, *options, "--json"))
    assert found["reading"] == "S1"
    assert [one["reading"] for one in found["readings"]] == ["strict"]
    assert found["alternatives"][0]["min_additional_points"] == "45"
    text = run({"units": {"200": 15}}, *options).output
    assert "way 1 to finish: 45 points" in text
    assert "under the reading strict" in text


def test_the_nearest_other_qualification_of_a_folder(run: Any) -> None:
    folder = run.folder / "register"
    folder.mkdir()
    (folder / "own.json").write_bytes(eperusteet())
    way = EPERUSTEET["suoritustavat"][0]
    way = {**way, "rakenne": group("Juuri", place(11, True), place(12, True))}
    two = [way, {**way, "suoritustapakoodi": "ops"}]
    (folder / "other.json").write_bytes(eperusteet(diaarinumero="9/9/9", suoritustavat=two))
    (folder / "broken.json").write_text("{")
    found = answer(run({"units": {"200": 15}}, "--register", str(folder), "--json"))
    assert [(one["qualification"], one["path"]) for one in found["nearest"]] == [
        ("9/9/9", "ops"), ("9/9/9", "reformi")]  # fmt: skip
    assert found["register_unread"] == ["broken.json"]
    assert "near: " in run({"units": {"200": 15}}, "--register", str(folder)).output
    assert run({"units": {}}, "--register", str(folder / "none")).exit_code == 2


def test_equivalences_by_codes_are_used_on_their_day(run: Any) -> None:
    decision = {"from": ["X"], "to": ["100"], "by": "https://body.example/", "valid_from": "2020-01-01"}
    file = run.folder / "equal.json"
    file.write_text(json.dumps([decision]))
    held = {"units": {"X": 40, "200": 15}, "other_units_points": [5, 15]}
    assert run(held, "--equivalences", str(file), "--on", "2021-01-01").exit_code == 0
    assert run(held, "--equivalences", str(file), "--on", "2019-01-01").exit_code == 1
    assert run(held, "--on", "yesterday").exit_code == 2
    file.write_text(json.dumps([{"from": ["X"]}]))
    refused = run(held, "--equivalences", str(file), "--json")
    assert refused.exit_code == 2
    assert answer(refused)["error"]["code"] == "cli.equivalences.unreadable"


def test_a_study_record_is_found_by_its_content_and_judged_both_ways(run: Any) -> None:
    parts = [part("100", "40"), part("200", "15"), part("own", "5", "3", uri=""), part("first", "15", uri="")]
    parts[-1]["koulutusmoduuli"]["tunniste"]["nimi"] = {"fi": "Eka"}
    tree = record(*parts, suoritustapa={"koodiarvo": "reformi"}, osaamisala=[])
    found = answer(run(tree, "--json"))
    assert found["record"]["points"] == "75"
    assert found["record"]["aim"] == "qualification"
    assert found["complete"] is not found["free_assignment"]["complete"] or not found["declared_differs"]
    assert found["free_assignment"]["complete"] is True
    partial = record(part("100", "40"), suoritustapa=None, tyyppi={"koodiarvo": "ammatillinentutkintoosittainen"},
                     osaamisala=[])  # fmt: skip
    assert "aims at units only, and these are achieved: 100" in run(partial).output
    empty = {"opiskeluoikeudet": []}
    assert answer(run(empty, "--json"))["error"]["code"] == "cli.accumulate.held-unreadable"
