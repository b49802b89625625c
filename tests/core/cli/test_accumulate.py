"""`ecvet accumulate`: the answer for people and for machines, and its three exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from core.exchange.samples import EPERUSTEET, OURS, eperusteet, group, place, rule
from ecvet.cli import main

COMPLETE = {"units": {"100": 40, "200": "15"}, "other_units_points": [5.0, "15"]}


@pytest.fixture
def run(tmp_path: Path) -> Any:
    (tmp_path / "q.json").write_bytes(eperusteet())

    def run(held: object, *options: str, file: str = "q.json") -> Result:
        text = held if isinstance(held, str) else json.dumps(held)
        (tmp_path / "held.json").write_text(text)
        arguments = ["accumulate", str(tmp_path / file), str(tmp_path / "held.json"), *options]
        return CliRunner().invoke(main, arguments)

    run.folder = tmp_path  # type: ignore[attr-defined]
    return run


def test_a_complete_learner_gets_exit_code_zero(run: Any) -> None:
    result = run(COMPLETE, "--json", "--complete")
    assert result.exit_code == 0
    answer = json.loads(result.output)
    assert (answer["complete"], answer["counted_points"], answer["missing"]) == (True, "60", [])
    assert (answer["min_additional_points"], answer["reading"]) == ("0", "S1")


@pytest.mark.rule("R-COMP-14")
def test_an_incomplete_learner_is_told_what_is_missing_and_the_cheapest_way(run: Any) -> None:
    result = run({"units": {"200": 15, "999": 3}}, "--json", "--complete", "--explain")
    assert result.exit_code == 1
    answer = json.loads(result.output)
    assert answer["complete"] is False
    assert answer["counted_points"] == "15"
    assert answer["missing"][0] == "Pakolliset is compulsory and missing. The cheapest way: 100 First."
    assert answer["min_additional_points"] == "45"
    assert {one["code"] for one in answer["add"]} == {"100", None}
    assert [one["code"] for one in answer["not_counted"]] == ["999"]
    assert "other credit" in answer["not_counted"][0]["why"]
    assert {one["code"]: one["place"] for one in answer["units"]} == {"200": "place-12", "999": None}


def test_the_text_says_the_same(run: Any) -> None:
    result = run({"units": {"200": 15}, "other_units_points": ["1"]}, "--explain", "--complete")
    assert result.exit_code == 1
    assert "Example: not complete, 16 points counted (reading S1)" in result.output
    assert "missing: Pakolliset is compulsory and missing. The cheapest way: 100 First." in result.output
    assert "cheapest completion: 44 points" in result.output
    assert "other credit of 1 points: counts in: Paikallinen" in result.output


def test_a_group_can_be_declared_and_a_reading_chosen(run: Any) -> None:
    assert run(COMPLETE, "--declared", "1525").exit_code == 0
    unknown = run(COMPLETE, "--declared", "9999", "--json")
    assert unknown.exit_code == 1
    assert json.loads(unknown.output)["error"]["code"] == "credit.accumulate.declared-group-unknown"
    assert json.loads(run(COMPLETE, "--reading", "strict", "--json").output)["reading"] == "strict"
    assert run(COMPLETE, "--reading", "guess").exit_code == 2


def test_rules_without_points_have_no_counted_points(run: Any) -> None:
    way = EPERUSTEET["suoritustavat"][0]
    root = group("Juuri", place(11, True), place(12), muodostumisSaanto=rule(None, (2, 2)))
    links = [{**link, "laajuus": None, "laajuusMaksimi": None} for link in way["tutkinnonOsaViitteet"]]
    data = eperusteet(suoritustavat=[{**way, "rakenne": root, "tutkinnonOsaViitteet": links}])
    (run.folder / "counts.json").write_bytes(data)
    result = run({"units": {"200": None}}, "--json", "--complete", file="counts.json")
    answer = json.loads(result.output)
    assert (answer["complete"], answer["counted_points"], answer["min_additional_points"]) == (False, None, None)
    assert [one["code"] for one in answer["add"]] == ["100"]
    assert "cheapest completion: add" in run({"units": {"200": None}}, "--complete", file="counts.json").output


def test_undecided_is_null_and_not_a_yes(run: Any) -> None:
    parts = "[{group: one, parts: [{unit: A, compulsory: true}]}, {group: two, parts: [{unit: B, compulsory: true}]}]"
    text = OURS[: OURS.index("rules:")] + f"rules: {{parts: {parts}}}\nunits: [{{code: A}}, {{code: B}}]\n"
    (run.folder / "two.yaml").write_text(text)
    result = run({"units": {"A": None}}, "--json", file="two.yaml")
    assert result.exit_code == 1
    answer = json.loads(result.output)
    assert answer["complete"] is None
    assert answer["counted_points"] is None
    assert "alternatives" in answer["undecided"][0]
    assert "undecided" in run({"units": {"A": None}}, file="two.yaml").output


@pytest.mark.parametrize(
    ("held", "code"),
    [
        ("{", "exchange.file.not-understood"),
        ("[]", "cli.accumulate.held-unreadable"),
        ({"units": []}, "cli.accumulate.held-unreadable"),
        ({"units": {"A": [1]}}, "cli.accumulate.held-unreadable"),
        ({"units": {"A": True}}, "cli.accumulate.held-unreadable"),
        ({"other_units_points": [None]}, "cli.accumulate.held-unreadable"),
        ({"other_units_points": 5}, "cli.accumulate.held-unreadable"),
        ({"unit": {}}, "cli.accumulate.held-unreadable"),
        ({"units": {"A": -1}}, "terms.points.not-an-amount"),
        ({"units": {"A": "much"}}, "terms.points.not-an-amount"),
        ('{"units": {"A": 1, "A": 2}}', "exchange.file.dangerous"),
        ('{"units": {"A": Infinity}}', "exchange.file.not-understood"),
    ],
)
def test_unreadable_credit_is_refused_with_a_code_and_a_remedy(run: Any, held: object, code: str) -> None:
    result = run(held, "--json")
    assert result.exit_code == 2
    problem = json.loads(result.output)["error"]
    assert problem["code"] == code
    assert problem["remedy"]


def test_a_file_that_is_not_there_or_holds_several_paths_is_unreadable(run: Any) -> None:
    assert run(COMPLETE, file="nothing.json").exit_code == 2
    way = EPERUSTEET["suoritustavat"][0]
    (run.folder / "two.json").write_bytes(eperusteet(suoritustavat=[way, {**way, "suoritustapakoodi": "ops"}]))
    result = run(COMPLETE, "--json", file="two.json")
    assert result.exit_code == 2
    assert json.loads(result.output)["error"]["facts"]["paths"] == "ops, reformi"
    assert run(COMPLETE, "--path", "ops", file="two.json").exit_code == 0


def test_rules_that_cannot_be_used_are_refused_with_a_reason(run: Any) -> None:
    text = OURS.replace('{unit: "007",', '{unit: "007", id: x,').replace("{unit: B}", "{unit: B, id: x}")
    (run.folder / "twice.yaml").write_text(text)
    result = run({"units": {}}, "--json", file="twice.yaml")
    assert result.exit_code == 1
    assert json.loads(result.output)["error"]["code"] == "credit.accumulate.tree-unusable"


def test_the_average_that_is_still_needed_is_named(run: Any) -> None:
    (run.folder / "cook.yaml").write_text(
        OURS.replace("  barred:", "  averages: [{at_least: 3.5, best: 5}]\n  barred:")
    )
    told = run({"units": {"007": "30"}}, "--complete", file="cook.yaml").output
    assert "with grades of 3.5 on average" in told
    assert json.loads(run({"units": {}}, "--complete", "--json", file="cook.yaml").output)["least_average"] == "3.5"


def test_groups_that_share_units_are_read_from_a_file(run: Any) -> None:
    rules = """rules:
  parts:
    - {group: Core, id: core, points: 10.., parts: [{unit: A}]}
    - {group: Major, id: major, points: 10.., parts: [{unit: A}, {unit: B}]}
  double_counts: [{groups: [core, major], units: ..1, common: once}]
units: [{code: A, points: 10}, {code: B, points: 10}]
"""
    (run.folder / "q.yaml").write_text(OURS[: OURS.index("rules:")] + rules)
    result = run({"units": {"A": 10}}, "--explain", file="q.yaml")
    assert result.exit_code == 0
    assert "complete, 10 points counted" in result.output
    assert "counts in: Major, Core" in result.output


def test_of_many_pieces_that_do_not_count_only_some_are_named_unless_asked(run: Any) -> None:
    many = {"units": {f"X{n}": 1 for n in range(150)}}
    assert "… and 50 more that do not count" in run(many).output
    assert run(many, "--explain").output.count("does not list this unit") == 150
