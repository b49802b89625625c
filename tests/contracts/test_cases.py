"""The 32 edge cases: all are there, each names tests that exist and say its number, and people are led to them."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from ecvet.credit.circumstances import CASES as OF_CREDIT
from ecvet.mobility import CASES as OF_MOBILITY
from ecvet.rules import rules
from ecvet_platform.shell.cases import CASES

if not settings.configured:
    settings.configure(USE_I18N=False)

ROOT = Path(__file__).parents[2]
PLATFORM = ROOT / "src" / "ecvet_platform"


@cache
def proofs_in(file: str) -> dict[str, str]:
    """The tests of a file with what their docstrings say."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {
        one.name: ast.get_docstring(one) or ""
        for one in ast.walk(tree)
        if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")
    }


def test_all_thirty_two_are_there() -> None:
    assert list(CASES) == list(range(1, 33))


@pytest.mark.parametrize("number", CASES)
def test_a_case_names_tests_that_exist(number: int) -> None:
    assert CASES[number].tests
    for test in CASES[number].tests:
        file, _, name = test.partition("::")
        assert name in proofs_in(file), f"{test} does not exist"
        if file.startswith("tests/platform/cases/"):
            assert f"Case {number}:" in proofs_in(file)[name], f"{test} does not say which case it is about"


@pytest.mark.parametrize("number", CASES)
def test_a_case_says_what_happens_what_is_done_and_by_which_rule(number: int) -> None:
    case, known = CASES[number], {one.id for one in rules()}
    assert all(str(text).strip() for text in (case.happens, case.answer, case.acts))
    assert set(re.findall(r"R-[A-Z]+-\d+", case.rule)) <= known
    assert case.rule


def test_every_circumstance_that_a_page_shows_leads_to_a_case() -> None:
    assert {*OF_MOBILITY.values(), *OF_CREDIT.values()} <= CASES.keys()


def test_the_page_for_people_tells_every_case() -> None:
    text = (ROOT / "docs/people/cases.md").read_text(encoding="utf-8")
    for number, case in CASES.items():
        assert f"## {number}. {case.happens}" in text
    assert "](cases.md)" in (ROOT / "docs/people/steps.md").read_text(encoding="utf-8")


def test_pages_lead_to_the_cases() -> None:
    for page in ("mobility/agreement", "credit/case", "credit/recognise"):
        (file,) = PLATFORM.glob(f"*/templates/{page}.html")
        assert "a.around(unusual)" in file.read_text(encoding="utf-8"), page
    for page in ("step", "around"):
        text = (PLATFORM / "shell/templates/shell" / f"{page}.html").read_text(encoding="utf-8")
        assert "url('what-if')" in text
