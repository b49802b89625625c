"""One line in, one line out: verdicts, and refusals that name the line and say what to do."""

import json
from typing import Any

import pytest

from core.population.samples import FILES, learner, register
from ecvet.population import Register, decide, read_register
from ecvet.population.learner import MAX_LINE
from ecvet.qualification.reading import READINGS


@pytest.fixture(scope="module")
def known() -> Register:
    return register()


def decided(known: Register, line: bytes, number: int = 7) -> Any:
    result = decide(known, number, line)
    assert b"\n" not in result
    return json.loads(result)


@pytest.mark.rule("R-COMP-14")
def test_a_result_says_the_verdict_the_points_and_what_is_missing(known: Register) -> None:
    assert decided(known, learner(1)) == {
        "line": 7, "learner": "n1", "qualification": "1/011/2020", "path": "ops", "reading": "S1", "complete": True,
        "counted_points": "60", "missing": [], "undecided": [],
    }  # fmt: skip
    missing = decided(known, learner(2))
    assert (missing["complete"], missing["counted_points"]) == (False, None)
    assert "First" in missing["missing"][0]


@pytest.mark.rule("R-COMP-14")
def test_an_explained_answer_says_what_counts_so_far_and_the_points_to_the_end() -> None:
    known = read_register(FILES.items(), explained=True)[0]
    missing = decided(known, learner(2))
    assert (missing["complete"], missing["counted_points"], missing["min_additional_points"]) == (False, "35", "40")
    assert "First" in missing["missing"][0]
    assert decided(known, learner(1))["min_additional_points"] == "0"
    assert known.fingerprint != register().fingerprint, "a run goes on only with the same kind of answer"


def test_a_qualification_is_found_by_code_identifier_and_name_of_file(known: Register) -> None:
    for name in ("COOK", "https://body.example/cook", "cook"):
        found = decided(known, json.dumps({"learner": "1", "qualification": name}).encode())
        assert (found["qualification"], found["path"], found["complete"]) == ("COOK", None, False)


def test_groups_can_be_declared(known: Register) -> None:
    assert decided(known, learner(1, declared=["1525"]))["complete"] is True
    wrong = decided(known, learner(1, declared=["9999"]))
    assert wrong["error"]["code"] == "credit.accumulate.declared-group-unknown"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"", "population.line.unreadable"),
        (b"{", "population.line.unreadable"),
        (b"\xff", "population.line.unreadable"),
        (b"[]", "population.line.unreadable"),
        (b"{}", "population.line.unreadable"),
        (b"[" * 100_000, "population.line.unreadable"),
        (b'{"learner": "1", "learner": "2", "qualification": "COOK"}', "population.line.unreadable"),
        (b'{"learner": null, "qualification": "COOK"}', "population.line.unreadable"),
        (b'{"learner": "1", "qualification": ["COOK"]}', "population.line.unreadable"),
        (learner(1, path=[]), "population.line.unreadable"),
        (learner(1, declared="1525"), "population.line.unreadable"),
        (learner(1, declared=[["1525"]]), "population.line.unreadable"),
        (learner(1, learner="\ud800"), "population.line.unreadable"),
        (learner(1, more=1), "population.line.unreadable"),
        (b" " * (MAX_LINE + 1), "population.line.unreadable"),
        (learner(1, units=[]), "cli.accumulate.held-unreadable"),
        (learner(1, units={"A": [1]}), "cli.accumulate.held-unreadable"),
        (learner(1, units={"A": "-1"}), "terms.points.not-an-amount"),
        (learner(1, qualification="none"), "population.qualification.unknown"),
        (learner(1, path="none"), "population.qualification.unknown"),
        (learner(1, path=None), "population.qualification.ambiguous"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_a_code_and_a_remedy(known: Register, line: bytes, code: str) -> None:
    found = decided(known, line, number=12)
    assert found["line"] == 12
    assert found["error"]["code"] == code
    assert found["error"]["title"]
    assert found["error"]["remedy"]
    if code == "population.line.unreadable":
        assert "Line 12" in found["error"]["title"]


def test_a_refused_learner_is_named_where_the_line_says_who_it_is(known: Register) -> None:
    assert decided(known, learner(5, path="none"))["learner"] == "n5"
    assert decided(known, b"{")["learner"] is None


def test_a_defect_of_ours_stops_only_the_learner_it_concerns(known: Register, monkeypatch: Any) -> None:
    def defect(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("ecvet.population.learner.verdict", defect)
    found = decided(known, learner(1))
    assert found["error"]["code"] == "population.learner.not-decided"
    assert "ZeroDivisionError" in found["error"]["title"]


def test_files_that_are_no_qualification_are_named_with_the_reason() -> None:
    found, refused = read_register(FILES.items())
    assert len(found.packed) == 3
    assert [(name, error.code) for name, error in refused] == [("notes.json", "exchange.file.not-understood")]


def test_the_fingerprint_tells_every_other_register_and_reading() -> None:
    first = register().fingerprint
    assert register().fingerprint == first
    changed = FILES | {"cook.yaml": FILES["cook.yaml"] + b"\n"}
    others = [
        read_register(changed.items())[0],
        read_register(list(FILES.items())[:2])[0],
        read_register(FILES.items(), READINGS["strict"])[0],
    ]
    assert len({first, *(other.fingerprint for other in others)}) == 4


def test_the_same_file_twice_is_one_qualification_and_two_versions_are_ambiguous() -> None:
    cook = FILES["cook.yaml"]
    twice, _ = read_register([("a/cook.yaml", cook), ("b/cook.yaml", cook)])
    assert twice.find("cook", None).code == "COOK"
    other = cook.replace(b"body.example/cook", b"body.example/cook-2")
    versions, _ = read_register([("a/cook.yaml", cook), ("b/cook.yaml", other)])
    line = json.dumps({"learner": "1", "qualification": "COOK"}).encode()
    assert "body.example/cook-2" in decided(versions, line)["error"]["title"]
    assert versions.find("https://body.example/cook-2", None).code == "COOK"
