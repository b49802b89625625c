"""`ecvet story`: ten steps that really happened, on records that exist, and a stranger who believes only what is so."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ecvet.credential.keys import to_pem
from ecvet.examples.cast import authority
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.shell.story.days import Tale, live_through
from ecvet_platform.shell.story.run import run

VERBS = ["describe", "agree", "assess", "transfer", "validate", "recognise", "accumulate", "award", "issue", "verify"]
START = [sys.executable, "-c", "from ecvet.cli import main; main()"]
QUIET = {name: value for name, value in os.environ.items() if not name.startswith(("ECVET_", "DJANGO_"))}


def ecvet(*arguments: str, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*START, *arguments], env=QUIET | more, cwd=cwd, capture_output=True, text=True, timeout=180, check=False
    )


@dataclass(frozen=True)
class Kept:
    """A story told by the command, and the folder in which it was kept."""

    folder: Path
    said: dict[str, Any]

    @property
    def trust(self) -> str:
        return str(self.folder / "trust")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("story") / "kept"
    ended = ecvet("story", "--json", "--keep", str(folder))
    assert ended.returncode == 0, ended.stderr
    return Kept(folder, json.loads(ended.stdout))


def test_the_ten_steps_come_in_their_order_each_with_record_and_author(kept: Kept):
    steps = kept.said["steps"]
    assert [one["verb"] for one in steps] == VERBS
    assert all(one["record"].startswith("sha-256:") and one["by"] and one["who"] and one["what"] for one in steps)
    days = [date.fromisoformat(one["on"]) for one in steps]
    assert days == sorted(days)
    assert kept.said["database"] == f"sqlite {sqlite3.sqlite_version}"


def test_the_steps_are_those_of_the_sides_they_belong_to(kept: Kept):
    by = {one["verb"]: one["by"] for one in kept.said["steps"]}
    assert by["assess"] == by["transfer"] == "https://malta.example/"
    assert by["agree"] == by["validate"] == "https://tampere.example/"
    assert by["recognise"] == by["award"] == by["issue"] == by["describe"] == "https://board.tampere.example/"


def test_every_record_that_is_named_was_written(kept: Kept):
    every = [*kept.said["steps"], *(one for steps in kept.said["others"].values() for one in steps)]
    with closing(sqlite3.connect(kept.folder / "ecvet.sqlite3")) as database:
        written = {address for (address,) in database.execute("SELECT address FROM journal_record")}
    assert {one["record"] for one in every} <= written
    assert len({one["record"] for one in every}) >= 30


def test_the_verifier_names_issuer_type_and_steps(kept: Kept):
    said = kept.said["verified"]
    assert said["verified"] is True
    assert said["issuer"]["name"] == "Pirkka Qualifications Board"
    assert said["issuer"]["named_by"] == "register"
    assert "award" in said["type"]
    assert all(one["outcome"] != "fail" for one in said["steps"])
    assert said["claims"]["ecvet"]["points"]["value"] == "180"


def test_a_stranger_can_verify_what_was_kept_and_sees_every_change(kept: Kept, tmp_path: Path):
    genuine = kept.folder / "alba.sd-jwt"
    assert ecvet("verify", str(genuine), "--trust", kept.trust).returncode == 0
    head, dot, rest = genuine.read_text().partition(".")
    middle = len(rest.partition(".")[0]) // 2
    changed = tmp_path / "changed.sd-jwt"
    changed.write_text(head + dot + rest[:middle] + ("A" if rest[middle] != "A" else "B") + rest[middle + 1 :])
    ended = ecvet("verify", str(changed), "--trust", kept.trust, "--json")
    assert ended.returncode != 0
    assert json.loads(ended.stdout)["verified"] is False


def test_a_stranger_who_trusts_somebody_else_says_no(kept: Kept, tmp_path: Path):
    (tmp_path / "anchor.pem").write_bytes(to_pem(authority().certificate))
    ended = ecvet("verify", str(kept.folder / "alba.sd-jwt"), "--trust", str(tmp_path))
    assert ended.returncode == 1
    assert "The issuer is not trusted" in ended.stdout


def test_the_others_are_refused_heard_recognised_in_part_and_certified(kept: Kept):
    others = {name: [one["verb"] for one in steps] for name, steps in kept.said["others"].items()}
    assert others["Liisa"][-4:] == ["refuse", "appeal", "recognise", "accumulate"]
    assert others["Farid"][:2] == ["identify", "document"]
    assert others["Farid"].count("certify") == 4
    what = {name: steps[-1]["what"] for name, steps in kept.said["others"].items()}
    assert what["Onni"].startswith("35 of 180 points, incomplete")
    assert what["Farid"].startswith("27 of 60 points, incomplete")
    assert kept.said["steps"][6]["what"].startswith("180 of 180 points, complete")


def test_without_a_folder_nothing_is_left_behind(tmp_path: Path):
    here, temporary = tmp_path / "here", tmp_path / "temporary"
    here.mkdir()
    temporary.mkdir()
    ended = ecvet("story", cwd=here, TMPDIR=str(temporary))
    assert ended.returncode == 0, ended.stderr
    for number, verb in enumerate(VERBS, 1):
        assert f"{number:>2}  {verb.upper()}  " in ended.stdout
    assert "ecvet up --demo" in ended.stdout
    assert not [*here.iterdir(), *temporary.iterdir()]


def test_a_database_that_has_records_is_left_alone(kept: Kept):
    file = kept.folder / "ecvet.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        before = database.execute("SELECT count(*) FROM journal_entry").fetchone()
        ended = ecvet("story", "--json", "--database", f"sqlite:///{file}")
        assert ended.returncode == 1
        assert json.loads(ended.stdout)["error"]["code"] == "shell.story.database-not-empty"
        assert database.execute("SELECT count(*) FROM journal_entry").fetchone() == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--database", "mysql://somewhere/else"), "shell.setting.unreadable"),
        (("--database", "sqlite:////nowhere/at/all.sqlite3"), "shell.database.unusable"),
        (("--keep", "{file}/kept"), "shell.data.not-writable"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(tmp_path: Path, arguments: tuple[str, str], code: str):
    file = tmp_path / "file"
    file.write_text("in the way")
    ended = ecvet("story", *(one.format(file=file) for one in arguments), cwd=tmp_path)
    assert ended.returncode == 1
    assert f"code: {code}" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_records_of_the_story_and_their_chain_can_be_proved(db: None, settings: Any, tmp_path: Path):
    settings.DATA = tmp_path
    told = run(tmp_path)
    entries, head = journal.verify()
    assert (told.entries, told.head) == (entries, head)
    assert [one.verb for one in told.steps] == VERBS
    for one in told.steps:
        assert records.record(one.record).address == one.record
        assert records.signatures(one.record)
    at = [entry.at for entry in journal.read(limit=1000)]
    assert at == sorted(at)  # the journal tells the days in their order, though four stories run side by side


def test_tales_run_side_by_side_and_stop_where_the_day_has_not_come():
    happened: list[tuple[str, date]] = []

    def tale(name: str, *days: int) -> Tale:
        for day in days:
            yield date(2025, 1, day)
            happened.append((name, clock.today()))

    live_through(tale("a", 1, 5, 9), tale("b", 2, 5), tale("c"), until=date(2025, 1, 5))
    assert [(name, day.day) for name, day in happened] == [("a", 1), ("b", 2), ("a", 5), ("b", 5)]
