"""`ecvet accumulate` with manual decisions and units held in part: used openly, and told in both forms."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from core.exchange.samples import eperusteet
from ecvet.cli import main

WAIVED = {"kind": "waive", "subject": "100", "with_points": True, "by": "https://body.example/", "on": "2025-01-01",
          "until": "2025-12-31", "reason": "illness", "legal_basis": "Act 1"}  # fmt: skip
HELD = {"units": {"200": "15"}, "other_units_points": ["5", "15"]}
OURS = """
format: ecvet/1
language: en
qualification: {id: https://body.example/q, code: Q, title: Q, institution: https://body.example/, country: FI}
rules: {points: 20, parts: [{unit: C, compulsory: true}, {unit: D, compulsory: true}]}
units:
  - code: C
    title: Common
    points: 11
    sub_areas: [{code: AI, title: Mother tongue, points: 4}, {code: KI, title: Languages, points: 7}]
  - {code: D, title: Own, points: 9}
"""


@pytest.fixture
def run(tmp_path: Path) -> Any:
    def run(held: object, *options: str, rules: bytes | None = None) -> Result:
        (tmp_path / "rules").write_bytes(rules or eperusteet())
        (tmp_path / "held.json").write_text(json.dumps(held))
        return CliRunner().invoke(main, ["accumulate", str(tmp_path / "rules"), str(tmp_path / "held.json"), *options])

    return run


def test_a_decision_changes_the_verdict_and_the_one_without_it_stands_beside(run: Any) -> None:
    assert run(HELD).exit_code == 1
    result = run({**HELD, "overrides": [WAIVED]}, "--on", "2025-06-01", "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["complete"], told["overrides"]["decisive"]) == (0, True, True)
    assert told["overrides"]["without"]["complete"] is False
    (used,) = told["overrides"]["used"]
    assert (used["by"], used["until"], used["reason"], used["legal_basis"], used["subject"]) == (
        "https://body.example/", "2025-12-31", {"en": "illness"}, "Act 1", "100")  # fmt: skip
    text = run({**HELD, "overrides": [WAIVED]}, "--on", "2025-06-01").stdout
    assert "manual decision: 100 is waived, by https://body.example/ on 2025-01-01, until 2025-12-31: illness" in text
    assert "without manual decisions: not complete" in text


def test_an_expired_decision_is_told_and_not_used(run: Any) -> None:
    result = run({**HELD, "overrides": [WAIVED]}, "--on", "2026-06-01", "--json")
    told = json.loads(result.stdout)["overrides"]
    assert (result.exit_code, told["used"], told["decisive"]) == (1, [], False)
    assert told["unused"][0]["why"] == "it expired on 2025-12-31"
    assert "not used, since it expired" in run({**HELD, "overrides": [WAIVED]}, "--on", "2026-06-01").stdout


def test_further_questions_are_asked_with_the_decisions(run: Any) -> None:
    options = ("--on", "2025-06-01", "--without", "200", "--reading", "S1", "--reading", "strict", "--json")
    told = json.loads(run({**HELD, "overrides": [WAIVED]}, *options).stdout)
    assert told["what_if"]["complete"] is True
    assert json.loads(run(HELD, *options).stdout)["what_if"]["complete"] is False
    assert [one["reading"] for one in told["readings"]] == ["strict"]


def test_decisions_need_a_day_and_odd_ones_are_refused(run: Any) -> None:
    for held, options, code in (
        ({**HELD, "overrides": [WAIVED]}, (), "cli.usage.wrong"),
        ({**HELD, "overrides": [{**WAIVED, "by": None}]}, ("--on", "2025-06-01"), "exchange.held.override-unreadable"),
        ({**HELD, "overrides": [{**WAIVED, "legal_basis": "x", "kind": "accept"}]}, ("--on", "2025-06-01"),
         "credit.accumulate.override-without-basis"),
        ({**HELD, "parts": [{}]}, (), "exchange.held.part-unreadable"),
        ({**HELD, "other": []}, (), "cli.accumulate.held-unreadable"),
    ):  # fmt: skip
        result = run(held, *options, "--json")
        assert (result.exit_code, json.loads(result.stdout)["error"]["code"]) == (2, code)


def test_parts_make_a_unit_whole_or_say_what_is_left(run: Any) -> None:
    parts = [{"unit": "C", "sub_area": "AI", "points": "4"}, {"unit": "C", "sub_area": "KI", "points": 7}]
    whole = run({"units": {"D": "9"}, "parts": parts}, "--json", rules=OURS.encode())
    assert (whole.exit_code, json.loads(whole.stdout)["in_part"]) == (0, [])
    half = run({"units": {"D": "9"}, "parts": parts[:1]}, "--complete", "--json", rules=OURS.encode())
    told = json.loads(half.stdout)
    assert told["in_part"] == [{"unit": "C", "has": "4", "needs": "11", "missing": ["KI"]}]
    assert (half.exit_code, told["min_additional_points"], told["still_to_do"]) == (1, "11", "7")
    text = run({"units": {"D": "9"}, "parts": parts[:1]}, "--complete", rules=OURS.encode()).stdout
    assert "C: 4 of 11 points are held in parts; missing: KI" in text
    assert "of the cheapest completion 7 points are still to be done" in text
