"""`ecvet begin`: the first person of an empty installation, and only the first."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

QUIET = {name: value for name, value in os.environ.items() if not name.startswith(("ECVET_", "DJANGO_"))}
OFFICE = ("--institution", "https://office.example/", "--title", "Register office", "--country", "FI")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from ecvet.cli import main; main()", *arguments]
    given = QUIET | {"ECVET_SECRET": "only-for-this-test-" * 3}
    return subprocess.run(command, env=given, capture_output=True, text=True, timeout=120)


def begin(data: Path, email: str) -> subprocess.CompletedProcess[str]:
    return run("begin", email, "--name", "Anna Ek", *OFFICE, "--data", str(data))


def test_the_first_person_gets_a_link_and_a_second_office_is_refused(tmp_path: Path):
    first, again = begin(tmp_path, "anna@office.example"), begin(tmp_path, "Anna@office.example")
    assert (first.returncode, again.returncode) == (0, 0), first.stderr
    links = [re.findall(r"/sign-in/\S{40,}", one.stdout) for one in (first, again)]
    assert [len(one) for one in links] == [1, 1]
    assert links[0] != links[1]
    other = begin(tmp_path, "other@office.example")
    assert other.returncode == 1
    assert "code: shell.begin.begun-already" in other.stderr
    assert "other@office.example is none of them" in other.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("begin", "anna", "--name", "Anna", *OFFICE), "people.address.unreadable"),
        (("begin", "anna@office.example", "--name", "Anna", *OFFICE, "--country", "Finland"), "terms.country.unknown"),
    ],
)
def test_bad_input_is_refused_in_one_sentence_and_nothing_is_entered(
    tmp_path: Path, arguments: tuple[str, ...], code: str
):
    ended = run(*arguments, "--data", str(tmp_path))
    assert ended.returncode == 1
    assert f"code: {code}" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert begin(tmp_path, "other@office.example").returncode == 0


def test_an_empty_installation_says_how_to_begin_until_it_is_begun(tmp_path: Path):
    said = run("up", "--seconds", "1", "--port", "18300", "--data", str(tmp_path)).stdout
    assert "ecvet begin you@office.example" in said
    begin(tmp_path, "anna@office.example")
    said = run("up", "--seconds", "1", "--port", "18300", "--data", str(tmp_path)).stdout
    assert "ecvet begin" not in said
