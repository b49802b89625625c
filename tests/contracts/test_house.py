"""The rules of the house that import-linter cannot say: whose tables a store may touch, and who may touch none.

`mobility/store.py` may import `mobility.models` and no other room's; files of a package `store/` count as one store.
Doors (pages, api, forms, tasks, urls) and the shell import no models and no Django query at all.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PLATFORM = Path(__file__).parent.parent.parent / "src" / "ecvet_platform"
DOORS = ("pages", "api", "forms", "tasks", "urls", "doors")
FILES = sorted(file for file in PLATFORM.rglob("*.py") if "migrations" not in file.parts)


def imported(code: str) -> Iterator[str]:
    """The full names of all modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def offences(file: Path, code: str) -> list[str]:
    """What a file of the platform imports against the rules of the house."""
    room, layer = file.parts[0], Path(file.parts[1]).stem if len(file.parts) > 1 else ""
    found = []
    for module in imported(code):
        parts = module.split(".")
        if parts[0] == "ecvet_platform" and len(parts) > 2 and parts[2] == "models":
            if layer in ("store", "models") and parts[1] != room:
                found.append(f"{file}: the tables of {parts[1]} belong to its own store")
            elif layer not in ("store", "models"):
                found.append(f"{file}: only a store touches tables")
        if layer in DOORS and (module == "django.db.models" or module.startswith("django.db.models.")):
            found.append(f"{file}: a door makes no queries")
        if layer in DOORS and parts[0] == "ecvet_platform" and parts[2:3] == ["store"]:
            found.append(f"{file}: a door calls actions, not a store")
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PLATFORM)))
def test_every_file_keeps_the_rules_of_the_house(file: Path):
    assert offences(file.relative_to(PLATFORM), file.read_text()) == []


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("credit/store.py", "from ecvet_platform.mobility.models import AgreementRow"),
        ("credit/store/transcripts.py", "from ecvet_platform.mobility import models"),
        ("credit/pages.py", "from ecvet_platform.credit.models import ResultRow"),
        ("credit/actions.py", "def f():\n    import ecvet_platform.credit.models"),
        ("credit/api.py", "from django.db.models import Q"),
        ("credit/pages.py", "from ecvet_platform.credit import store"),
        ("shell/pages.py", "from ecvet_platform.people.models import User"),
    ],
)
def test_the_lint_finds_what_it_should(file: str, code: str):
    assert offences(Path(file), code) != []


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("credit/store.py", "from ecvet_platform.credit.models import ResultRow\nfrom django.db.models import Q"),
        ("credit/pages.py", "from ecvet_platform.credit import actions"),
        ("credit/actions.py", "from ecvet_platform.credit import store"),
    ],
)
def test_the_lint_lets_the_pattern_pass(file: str, code: str):
    assert offences(Path(file), code) == []


def filled_at_import(code: str) -> list[int]:
    """The lines where a lazy text gets its values while the module is read: it is English then, for every reader."""
    tree = ast.parse(code)
    lazy = {
        name.asname or name.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
        for name in node.names if name.name.endswith("_lazy")
    }  # fmt: skip

    def found(node: ast.AST) -> Iterator[int]:
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            return
        filled = node.left.func if isinstance(node, ast.BinOp) and isinstance(node.left, ast.Call) else None
        if isinstance(filled, ast.Name) and filled.id in lazy:
            yield node.lineno
        for child in ast.iter_child_nodes(node):
            yield from found(child)

    return list(found(tree))


def test_no_text_is_filled_in_before_its_reader_is_known():
    found = {str(file.relative_to(PLATFORM)): filled_at_import(file.read_text()) for file in FILES}
    assert {file: lines for file, lines in found.items() if lines} == {}
    example = "from django.utils.translation import gettext_lazy as _\nclass Form:\n    help = _('%(n)s') % {'n': 1}\n"
    assert filled_at_import(example) == [3]
    assert filled_at_import(example.replace("help =", "help = lambda:")) == []
