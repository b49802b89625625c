"""Real qualifications and real rules: 102 learners, a graduated record with two verdicts, an Australian package."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.credit.accumulation.test_examples import packaged
from corpus.conftest import Cases, Published
from ecvet.credit.accumulation import Held, Piece, accumulate


def exact(number: Any) -> Decimal:
    return Decimal(str(number)).normalize() + 0


def held_of(case: Any) -> Held:
    return Held.of(
        {code: exact(points) for code, points in case["units"].items()}, map(exact, case["other_units_points"])
    )


@pytest.mark.rule("R-COMP-5", "R-COMP-6", "R-COMP-8", "R-COMP-14")
def test_all_learner_cases_have_the_verdict_expected(published: Published, cases: Cases) -> None:
    wrong = []
    for case in cases:
        qualification, _ = published(case["qualification_file"], case["suoritustapa"])
        progress, expected = accumulate(qualification, held_of(case)), case["expected"]
        found = {
            "complete": progress.complete,
            "counted_points": progress.counted_points,
            "min_additional_points": progress.completion and progress.completion.points,
        }
        if any(found[name] != one for name, one in expected.items()):
            wrong.append((case["id"], expected, found))
        if not progress.complete:
            assert progress.missing
    assert len(cases) == 102
    assert wrong == []


def test_a_graduated_record_has_two_verdicts_and_both_are_said(corpus: Path, published: Published) -> None:
    """183 points: complete by free assignment; with the declared groups the free choice has 5 of its 10 points."""
    qualification, _ = published("fi-62-011-2014-luonto-ja-ymparistoala.json", "ops")
    record = json.loads(next((corpus / "register/records").glob("koski-ammatillinen-perustutkinto*.json")).read_text())
    parts = list(_parts(record))
    listed = set(qualification.rules.units)
    free = "Vapaasti valittavat tutkinnon osat"
    extends = "Tutkintoa yksilöllisesti laajentavat tutkinnon osat"
    units = tuple(Piece(code=code, points=points) for code, points, _ in parts if code in listed)
    other = [(code, points, free if group == "3" else extends) for code, points, group in parts if code not in listed]
    declared = Held(units=units, other=tuple(Piece(code=c, points=p, declared=group) for c, p, group in other))
    assert sum(points for _, points, _ in parts) == 183
    by_group = accumulate(qualification, declared)
    assert by_group.complete is False
    assert any("5 of 10 points" in sentence for sentence in by_group.missing)
    freely = accumulate(qualification, Held(units=units, other=tuple(Piece(code=c, points=p) for c, p, _ in other)))
    assert (freely.complete, freely.counted_points) == (True, Decimal(180))


def _parts(node: Any) -> Any:
    """Code, points and group of every vocational unit in a record of KOSKI."""
    if isinstance(node, dict):
        if (node.get("tyyppi") or {}).get("koodiarvo") == "ammatillisentutkinnonosa":
            module = node["koulutusmoduuli"]
            group = (node.get("tutkinnonOsanRyhmä") or {}).get("koodiarvo")
            yield module["tunniste"]["koodiarvo"], exact(module["laajuus"]["arvo"]), group
        else:
            for one in node.values():
                yield from _parts(one)
    elif isinstance(node, list):
        for one in node:
            yield from _parts(one)


def test_the_australian_package(corpus: Path) -> None:
    package = json.loads((corpus / "register" / "au" / "SHB50115.json").read_text())
    groups = {name: group["units"] for name, group in package["groups"].items()}
    qualification = packaged(package["core"], groups, 12)
    listed = set(qualification.rules.units)
    for case in package["learner_cases"]:
        held = Held.of({code: None for code in case["units"] if code in listed},
                       [0 for code in case["units"] if code not in listed])  # fmt: skip
        assert accumulate(qualification, held).complete is case["expected"]["complete"], case["name"]


@pytest.mark.parametrize(
    ("file", "path", "complete"),
    [("fi-62-011-2014-luonto-ja-ymparistoala.json", "naytto", None), ("fi-5-011-2015-valma-DEFECT.json", "ops", False)],
)
def test_a_defect_of_the_rules_is_no_fault_of_the_learner(
    published: Published, file: str, path: str, complete: bool | None
) -> None:
    qualification, _ = published(file, path)
    left_out = ("100433", "100434", "100435", "100436")
    held = Held.of({code: None for code in qualification.rules.units if code not in left_out}, [5, 10])
    assert accumulate(qualification, held).complete is complete
