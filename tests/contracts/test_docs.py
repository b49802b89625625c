"""What the documentation says is true: examples run, references are current, links lead somewhere."""

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def test_the_reference_is_what_the_code_says() -> None:
    process = subprocess.run(
        [sys.executable, ROOT / "tools" / "reference.py", "--check"], capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_examples_in_the_documentation_run(page: Path) -> None:
    assert doctest.testfile(str(page), module_relative=False, encoding="utf-8").failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files_that_exist(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_room_is_told_in_the_house() -> None:
    text = (ROOT / "docs/develop/house.md").read_text(encoding="utf-8")
    for package in ("ecvet", "ecvet_platform"):
        for room in (ROOT / "src" / package).iterdir():
            if room.suffix in ("", ".py") and not room.name.startswith("_"):
                assert f"`{room.stem}`" in text, f"docs/develop/house.md does not tell of {room.stem}"


def test_the_readme_names_the_commands_to_begin_with() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("make demo", "make test", "make story", "make setup"):
        assert re.search(rf"^{command}\b", text, re.MULTILINE), command


def test_every_variable_of_the_environment_is_told_to_operators() -> None:
    told = (ROOT / "docs/operate/running.md").read_text(encoding="utf-8")
    read = (ROOT / "src/ecvet_platform/shell/environment.py").read_text(encoding="utf-8")
    for name in sorted(set(re.findall(r"ECVET_[A-Z_]+", read))):
        assert f"`{name}`" in told, name
