"""`ecvet plan` and `ecvet migrate`: answers for people and machines, exit codes, and files that cannot be read."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ecvet.cli import main

HOME = """format: ecvet/1
language: en
qualification: {id: "https://home.example/q", code: HOME, title: Cook, institution: "https://home.example/",
                country: FI, system: ecvet, points: 30}
rules: {points: 30, parts: [{unit: A, compulsory: true}, {unit: B, compulsory: true},
                            {open: Local, points: ..10, id: local}]}
units: [{code: A, title: Kitchen, points: 10}, {code: B, title: Bakery, points: 10}]
"""
NEXT = HOME.replace("/q", "/q2").replace("code: HOME", "code: NEXT").replace("B,", "B2,")
DECISION = {"from": ["H1"], "to": ["B"], "by": "https://home.example/", "valid_from": "2025-01-01"}
OFFER = {"system": "ecvet", "units": {"H1": 9.0, "H2": "10", "H3": "6"}, "equivalences": [DECISION]}


@pytest.fixture
def run(tmp_path: Path) -> Any:
    (tmp_path / "home.yaml").write_text(HOME)
    (tmp_path / "next.yaml").write_text(NEXT)

    def run(command: str, *arguments: str, **files: Any) -> Result:
        for name, content in files.items():
            text = content if isinstance(content, str) else json.dumps(content)
            (tmp_path / name.replace("__", ".")).write_text(text)
        given = [str(tmp_path / one) if (tmp_path / one).exists() else one for one in arguments]
        return CliRunner().invoke(main, [command, *given])

    return run


PLAN = ("plan", "home.yaml", "held.json", "offer.json", "--on", "2025-06-01")


def test_the_best_set_for_a_stay(run: Any) -> None:
    result = run(*PLAN, "--weeks", "6", "--json", held__json={"units": {"A": 10}}, offer__json=OFFER)
    found = json.loads(result.output)
    assert result.exit_code == 0
    assert (found["room"], found["before"], found["after"]) == ("9", "20", "10")
    assert [(one["code"], one["fills"]) for one in found["chosen"]] == [("H1", ["B"])]
    assert {one["code"] for one in found["left_out"]} == {"H2", "H3"}
    assert found["gaps"]["H2"] == ["other credit (Local)"]


def test_the_plan_in_words_and_the_pace_given(run: Any) -> None:
    files = {"held__json": {"units": {"A": 10}}, "offer__json": OFFER}
    result = run(*PLAN, "--weeks", "4", "--points-per-week", "5", **files)
    assert "room for 20 points and leaves 0 of 20 to do" in result.output
    assert "+ H1  9 points fills B" in result.output
    assert "- H3: " in result.output
    hours = run(*PLAN, "--weeks", "2", "--hours-per-week", "50", "--json",
                **{**files, "offer__json": {**OFFER, "system": "mt-ecvet"}})  # fmt: skip
    assert json.loads(hours.output)["room"] == "4"
    nothing = run(*PLAN, "--weeks", "1", **files)
    assert nothing.exit_code == 1


def test_a_hosts_qualification_is_an_offer(run: Any) -> None:
    result = run("plan", "home.yaml", "held.json", "next.yaml", "--weeks", "40", "--on", "2025-06-01", "--json",
                 held__json={"units": {}})  # fmt: skip
    assert {one["code"]: one["fills"] for one in json.loads(result.output)["chosen"]} == {
        "A": ["A"], "B2": ["other credit (Local)"]}  # fmt: skip


@pytest.mark.parametrize(
    ("offer", "options", "code"),
    [
        ({"units": ["H1"]}, (), "cli.plan.offer-unreadable"),
        ({"units": {"H1": "-1"}}, (), "terms.points.not-an-amount"),
        ({"units": {"H1": "1"}, "system": "shells"}, (), "cli.plan.week-unknown"),
        ({"units": {"H1": "1"}, "equivalences": [{}]}, (), "cli.equivalences.unreadable"),
        ({"nothing": 1}, (), "exchange.file.not-understood"),
    ],
)
def test_an_offer_that_is_none_is_refused(run: Any, offer: Any, options: tuple[str, ...], code: str) -> None:
    result = run(*PLAN, "--weeks", "4", "--json", *options, held__json={"units": {}}, offer__json=offer)
    assert result.exit_code == 2
    assert json.loads(result.output)["error"]["code"] == code


def test_rules_that_nothing_completes_give_no_plan(run: Any) -> None:
    never = HOME.replace("points: 30, parts", "points: 99, parts")
    result = run("plan", "never.yaml", "held.json", "offer.json", "--weeks", "4", never__yaml=never,
                 held__json={"units": {}}, offer__json=OFFER)  # fmt: skip
    assert result.exit_code == 1
    assert "nothing does by its rules" in result.output


MIGRATE = ("migrate", "home.yaml", "next.yaml")


def test_a_migration_says_who_loses_what_and_which_equivalence_is_missing(run: Any) -> None:
    lines = '{"learner": "ann", "units": {"A": 10, "B": 10}}\n\n{"units": {"A": 10}}\n'
    result = run(*MIGRATE, "held.jsonl", "--json", held__jsonl=lines)
    found = json.loads(result.output)
    assert result.exit_code == 1
    assert (found["kept"], found["dropped"], found["new"], found["missing_equivalences"]) == (
        ["A"], ["B"], ["B2"], ["B"])  # fmt: skip
    assert found["candidates"] == [{"from": "B", "to": "B2", "title": "Bakery", "same_points": True}]
    assert [(one["learner"], one["affected"], one["lost"]) for one in found["learners"]] == [
        ("ann", True, ["B"]), ("3", False, [])]  # fmt: skip
    text = run(*MIGRATE, "held.jsonl").output
    assert "1 of 2 learners are affected" in text
    assert "candidate for an equivalence: B = B2 (Bakery, same points)" in text
    assert "counts no more: B" in text


def test_a_recorded_equivalence_keeps_everybody_whole(run: Any) -> None:
    decision = {**DECISION, "from": ["B"], "to": ["B2"], "ground": "successor"}
    result = run(*MIGRATE, "held.json", "--equivalences", "equal.json", "--on", "2025-06-01", "--json",
                 held__json={"units": {"A": 10, "B": 10}}, equal__json=[decision])  # fmt: skip
    assert result.exit_code == 0
    assert json.loads(result.output)["missing_equivalences"] == []


def test_a_line_that_is_none_is_refused_with_its_number(run: Any) -> None:
    result = run(*MIGRATE, "held.jsonl", "--json", held__jsonl='{"units": {}}\n{"units": 5}\n')
    assert result.exit_code == 2
    assert "line 2" in result.output
