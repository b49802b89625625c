"""`ecvet audit`: a whole file of learners, its exit codes, and going on after a stop without loss or repeat."""

import json
import os
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from errno import ENOSPC
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from core.population.samples import FILES, Lazy, arguments, expected, learner, write_register
from ecvet.cli import main
from ecvet.cli.audit_files import Answers, verdict_of
from ecvet.cli.progress import told
from ecvet.population.learner import MAX_LINE

GOOD = [learner(n) for n in range(12)]
MIXED = [*GOOD[:4], b"{", *GOOD[5:]]

WRITE = Answers.write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_register(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command in this process, with an executor of our own instead of processes."""

    @contextmanager
    def here(*_: object) -> Iterator[tuple[Executor, int]]:
        yield Lazy(), 2

    def run(lines: list[bytes] | None, *options: str, processes: bool = False) -> Result:
        if not processes:
            monkeypatch.setattr("ecvet.cli.workers.open_workers", here)
        if lines is not None:
            (folder / "held.jsonl").write_bytes(b"\n".join(lines) + b"\n")
        return CliRunner().invoke(main, ["audit", *arguments(folder), *options])

    return run


def test_results_go_to_the_standard_output_and_the_summary_aside(run: Any) -> None:
    result = run(GOOD)
    assert result.exit_code == 0
    assert result.stdout_bytes == expected(GOOD)
    assert "12 learners: 6 complete, 6 not complete, 0 undecided, 0 refused" in result.stderr
    assert "notes.json cannot be read as a qualification" in result.stderr


def test_a_bad_line_is_answered_and_makes_exit_code_one(run: Any, folder: Path) -> None:
    out = folder / "out.jsonl"
    result = run(MIXED, "--out", str(out), "--json")
    assert result.exit_code == 1
    summary = json.loads(result.stdout)
    assert (summary["learners"], summary["complete"], summary["incomplete"], summary["refused"]) == (12, 6, 5, 1)
    assert (summary["register"], summary["answered_before"]) == (3, 0)
    assert [one["file"] for one in summary["unreadable"]] == ["fi/notes.json"]
    assert out.read_bytes() == expected(MIXED)


def test_an_empty_file_has_no_results(run: Any, folder: Path) -> None:
    (folder / "held.jsonl").write_bytes(b"")
    assert (run(None).stdout_bytes, run(None).exit_code) == (b"", 0)


def test_lines_may_end_as_they_like_and_a_long_one_is_refused_alone(run: Any, folder: Path) -> None:
    long = b'{"learner": "' + b"x" * (2 * MAX_LINE)
    (folder / "held.jsonl").write_bytes(b"\r\n".join([GOOD[0], long, GOOD[2]]))
    found = [json.loads(line) for line in run(None).stdout_bytes.splitlines()]
    assert [one["line"] for one in found] == [1, 2, 3]
    assert "longer than" in found[1]["error"]["title"]
    assert found[2]["complete"] is False


@pytest.mark.parametrize("torn", [0, 1, 40])
def test_a_run_goes_on_where_it_stopped_and_a_torn_line_is_cut_off(run: Any, folder: Path, torn: int) -> None:
    out, whole = folder / "out.jsonl", expected(MIXED)
    run(MIXED, "--out", str(out))
    lines = whole.splitlines(keepends=True)
    out.write_bytes(b"".join(lines[:7]) + lines[7][:torn])
    result = run(None, "--out", str(out), "--json")
    assert out.read_bytes() == whole
    summary = json.loads(result.stdout)
    assert (summary["answered_before"], summary["learners"], summary["refused"]) == (7, 12, 1)
    again = run(None, "--out", str(out))
    assert (again.exit_code, out.read_bytes()) == (1, whole)
    assert "answered before: 12" in again.stdout


def test_another_input_or_register_or_reading_is_refused_and_nothing_is_written(run: Any, folder: Path) -> None:
    out = folder / "out.jsonl"
    run(GOOD[:5], "--out", str(out))
    before = out.read_bytes()
    other = run(GOOD[:6], "--out", str(out), "--json")
    assert other.exit_code == 2
    problem = json.loads(other.stdout)["error"]
    assert problem["code"] == "cli.audit.other-run"
    assert "another input" in problem["title"]
    assert problem["remedy"]
    reading = run(GOOD[:5], "--out", str(out), "--reading", "strict")
    assert (reading.exit_code, "reading" in reading.stderr) == (2, True)
    (folder / "register" / "more.yaml").write_bytes(FILES["cook.yaml"])
    register = run(GOOD[:5], "--out", str(out))
    assert (register.exit_code, "version of the register" in register.stderr) == (2, True)
    assert out.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"my notes\n", b'{"line":2,"complete":true}\n', b'{"line":1,"complete":"yes"}\n', b'{"line":1}\n']
)
def test_a_file_that_audit_did_not_write_is_left_alone(run: Any, folder: Path, content: bytes) -> None:
    out = folder / "out.jsonl"
    out.write_bytes(content)
    assert run(GOOD, "--out", str(out)).exit_code == 2
    assert "not written by this command" in run(GOOD, "--out", str(out)).stderr
    out.unlink()
    run(GOOD, "--out", str(out))
    out.write_bytes(content)
    assert "its line 1" in run(None, "--out", str(out)).stderr
    (folder / "out.jsonl.audit.json").write_text("{")
    assert "cannot be read" in run(None, "--out", str(out)).stderr
    assert out.read_bytes() == content


@pytest.mark.skipif(sys.platform == "win32", reason="files are not locked on Windows")
def test_two_runs_cannot_write_one_file(run: Any, folder: Path) -> None:
    import fcntl

    out = folder / "out.jsonl"
    with out.open("ab") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        result = run(GOOD, "--out", str(out))
    assert (result.exit_code, "another run" in result.stderr, out.read_bytes()) == (2, True, b"")


def test_what_cannot_be_read_has_exit_code_two(run: Any, folder: Path) -> None:
    assert run(GOOD, "--held", str(folder / "none")).exit_code == 2
    assert run(GOOD, "--register", str(folder / "none")).exit_code == 2
    assert run(GOOD, "--out", str(folder)).exit_code == 2
    (folder / "empty").mkdir()
    empty = run(GOOD, "--register", str(folder / "empty"), "--out", str(folder / "o"), "--json")
    assert (empty.exit_code, json.loads(empty.stdout)["error"]["code"]) == (2, "cli.audit.register-empty")
    assert not (folder / "o").exists()
    for wrong in (["--json"], ["--reading", "guess"], ["--workers", "0"], ["--workers", "1", "--cluster", "tcp://x"]):
        assert run(GOOD, *wrong).exit_code == 2
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe")
        result = run(GOOD, "--held", str(folder / "pipe"), "--out", str(folder / "o"))
        assert (result.exit_code, "no regular file" in result.stderr) == (2, True)


def test_workers_that_end_early_and_full_disks_are_said_without_a_traceback(
    run: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Any:
        raise BrokenProcessPool("A process ended.")

    with monkeypatch.context() as patched:
        patched.setattr("ecvet.population.streaming.work_all", broken)
        patched.setattr("ecvet.cli.workers._pool", lambda *_: there())
        lost = run(GOOD, "--out", str(folder / "o"), processes=True)
    assert (lost.exit_code, "cli.audit.workers-lost" in lost.stderr) == (2, True)
    monkeypatch.setattr("ecvet.cli.audit_files.Answers.write", full)
    unwritable = run(GOOD, "--out", str(folder / "o"))
    assert (unwritable.exit_code, "cli.audit.results-unwritable" in unwritable.stderr) == (2, True)


def full(self: Answers, result: bytes) -> None:
    class Full(BytesIO):
        def flush(self) -> None:
            raise OSError(ENOSPC, "No space left on device")

    WRITE(Answers(Full(), verdict_of), result)


@contextmanager
def there() -> Iterator[tuple[Executor, int]]:
    yield Lazy(), 1


def test_a_cluster_that_is_not_there_or_not_installed_is_said(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = run(GOOD, "--cluster", "tcp://127.0.0.1:1", processes=True)
    assert (result.exit_code, "cli.audit.cluster-not-installed" in result.stderr) == (2, True)


def test_progress_says_share_pace_and_time_left() -> None:
    assert told(50, 200, 10) == "[######..................]  25 %  50 of 200, 10/s, 15 s left"
    assert told(200, 200, 10).endswith("100 %  200 of 200, 10/s")
    assert told(5, None, 2.5) == "5 done, 2/s"
    assert "left" not in told(0, 3, 0)


def test_progress_is_shown_on_a_terminal_only(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ecvet.cli.progress.EVERY", 0)
    assert "% " not in run(GOOD).stderr
    monkeypatch.setattr("ecvet.cli.progress.terminal", lambda: True)
    assert "100 %  12 of 12" in run(GOOD).stderr
