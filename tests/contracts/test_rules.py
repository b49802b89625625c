"""Every rule of the domain has one home in the code and one test that names it."""

import ast
import importlib
import inspect
from functools import cache
from pathlib import Path

import pytest

from ecvet.rules import Rule, rules

ROOT = Path(__file__).parents[2]


@cache
def marks_of(file: str) -> dict[str, set[str]]:
    """The rules that each test of a file carries in its marker."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            found[node.name] = {
                argument.value
                for mark in node.decorator_list
                if isinstance(mark, ast.Call) and ast.unparse(mark.func).endswith("mark.rule")
                for argument in mark.args
                if isinstance(argument, ast.Constant)
            }
    return found


def test_the_table_holds_all_rules_of_the_specification_in_order() -> None:
    ids = [rule.id for rule in rules()]
    assert len(ids) == len(set(ids)) == 133
    assert {rule.status for rule in rules()} == set("NGCD")


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_a_rule_has_a_place_in_the_code_that_cites_it(rule: Rule) -> None:
    if not rule.enforced_in:
        assert rule.reason, f"{rule.id} is enforced nowhere and says no reason"
        return
    module_name, _, name = rule.enforced_in.partition(":")
    module = importlib.import_module(module_name)
    place = module
    for part in name.split("."):
        place = getattr(place, part)
    assert rule.id in inspect.getsource(module), f"{module_name} does not cite {rule.id}"


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_a_rule_has_a_test_that_carries_its_mark(rule: Rule) -> None:
    if not rule.test:
        assert rule.reason, f"{rule.id} is proved by no test and says no reason"
        return
    file, _, name = rule.test.partition("::")
    carried = marks_of(file).get(name.partition("[")[0])
    assert carried is not None, f"{rule.test} does not exist"
    assert rule.id in carried, f"{rule.test} does not carry the mark of {rule.id}"


def test_every_mark_names_a_rule_that_exists() -> None:
    known = {rule.id for rule in rules()}
    for file in (ROOT / "tests").rglob("test_*.py"):
        for name, carried in marks_of(str(file.relative_to(ROOT))).items():
            assert carried <= known, f"{name} names {carried - known}"
