"""`ecvet issue`: a file of drafts, its exit codes, the key's password, and going on after a stop."""

import json
import stat
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from core.credential.cast import NOW, make_world
from core.population.drafts import expected, issuing, line, write_key
from core.population.samples import Lazy
from ecvet.cli import main
from ecvet.credential.keys import certify, private_key, to_pem

WORLD = make_world()
GOOD = [line(WORLD, n) for n in range(6)]
MIXED = [*GOOD[:2], b"{", *GOOD[3:]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command in this process, with an executor of our own instead of processes."""

    @contextmanager
    def here(*_: object) -> Iterator[tuple[Executor, int]]:
        yield Lazy(), 2

    monkeypatch.setattr("ecvet.cli.workers.open_workers", here)
    options = write_key(tmp_path, WORLD)

    def run(lines: list[bytes] | None, *more: str, **typed: str) -> Result:
        if lines is not None:
            (tmp_path / "drafts.jsonl").write_bytes(b"\n".join(lines) + b"\n")
        given = [str(tmp_path / "drafts.jsonl"), *options, "--kid", "school-1", "--out", str(tmp_path / "out.jsonl")]
        return CliRunner().invoke(main, ["issue", *given, *more], **typed)  # type: ignore[arg-type]

    return run


def begun(folder: Path) -> Any:
    """The run as the file beside the results remembers it."""
    state = json.loads((folder / "out.jsonl.issue.json").read_text())
    return issuing(WORLD, seed=bytes.fromhex(state["seed"]), at=datetime.fromisoformat(state["at"]))


def test_every_draft_is_issued_in_order_and_verified(run: Any, tmp_path: Path) -> None:
    result = run(GOOD)
    assert (result.exit_code, result.output) == (0, "6 drafts: 6 issued, 0 refused\n")
    assert (tmp_path / "out.jsonl").read_bytes() == expected(begun(tmp_path), GOOD)
    for number, text in enumerate((tmp_path / "out.jsonl").read_text().splitlines()):
        found = WORLD.examine(json.loads(text)["credential"].encode(), at=datetime.fromisoformat("2027-01-01T00:00Z"))
        assert found.verified is not None, found.error
        assert found.verified.claims["sub"] == f"urn:example:{number}"


def test_a_bad_draft_is_told_and_nothing_is_lost(run: Any, tmp_path: Path) -> None:
    result = run(MIXED, "--json")
    assert result.exit_code == 1
    assert json.loads(result.output) == {"drafts": 6, "issued": 5, "refused": 1, "answered_before": 0}
    lines = [json.loads(one) for one in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [one["line"] for one in lines] == [1, 2, 3, 4, 5, 6]
    assert lines[2]["error"]["code"] == "population.draft.unreadable"


@pytest.mark.parametrize("kept", range(7))
def test_a_stopped_run_goes_on_and_gives_the_same_bytes(run: Any, tmp_path: Path, kept: int) -> None:
    out = tmp_path / "out.jsonl"
    run(MIXED)
    whole = out.read_bytes()
    lines = whole.splitlines(keepends=True)
    if kept:
        out.write_bytes(b"".join(lines[:kept]) + (lines[kept][:40] if kept < 6 else b""))
    result = run(None)
    assert (result.exit_code, out.read_bytes()) == (1, whole)
    assert f"issued before: {kept or 6}" in result.output


def test_a_run_is_not_continued_with_anything_else(run: Any, tmp_path: Path) -> None:
    run(GOOD)
    whole = (tmp_path / "out.jsonl").read_bytes()
    beside = tmp_path / "out.jsonl.issue.json"
    for lines, options in ((MIXED, []), (GOOD, ["--kid", "2"]), (GOOD, ["--until", "2031-01-01"])):
        result = run(lines, *options)
        assert (result.exit_code, "cli.audit.other-run" in result.stderr) == (2, True)
    state = json.loads(beside.read_text())
    for spoilt in ({**state, "seed": "x"}, {**state, "at": "soon"}, {**state, "at": 1}, [], {**state, "seed": "00"}):
        beside.write_text(json.dumps(spoilt))
        assert run(GOOD).exit_code == 2
    beside.unlink()
    result = run(GOOD)
    assert (result.exit_code, "not written by this command" in result.stderr) == (2, True)
    assert (tmp_path / "out.jsonl").read_bytes() == whole


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_the_seed_of_the_salts_is_for_its_owner_only_and_new_for_every_run(run: Any, tmp_path: Path) -> None:
    run(GOOD)
    beside = tmp_path / "out.jsonl.issue.json"
    assert stat.S_IMODE(beside.stat().st_mode) == 0o600
    first = begun(tmp_path)
    (tmp_path / "out.jsonl").unlink()
    run(GOOD)
    assert begun(tmp_path).seed != first.seed


def test_the_password_of_the_key_comes_from_a_file_or_is_asked_for(run: Any, tmp_path: Path) -> None:
    write_key(tmp_path, WORLD, b"a secret")
    (tmp_path / "secret").write_text("a secret\n")
    assert run(GOOD, "--secret", str(tmp_path / "secret")).exit_code == 0
    asked = run(None, input="a secret\n")
    assert (asked.exit_code, "Password of the key" in asked.stderr, "a secret" in asked.output) == (0, True, False)
    wrong = run(None, input="another\n")
    assert (wrong.exit_code, "credential.key.unusable" in wrong.stderr) == (2, True)


def test_what_cannot_be_read_is_refused_before_anything_is_written(run: Any, tmp_path: Path) -> None:
    (tmp_path / "other.pem").write_bytes(to_pem(certify(
        WORLD.authority, WORLD.school.id, "Koulu", WORLD.school.country, private_key(b"other!" * 8).public_key(),
        serial=3, start=NOW, end=NOW.replace(year=2029),
    )))  # fmt: skip
    for options in (["--certificates", str(tmp_path / "other.pem")], ["--key", str(tmp_path / "none.pem")],
                    ["--until", "later"], ["--workers", "0"]):  # fmt: skip
        assert run(GOOD, *options).exit_code == 2
    (tmp_path / "drafts.jsonl").unlink()
    missing = run(None, "--json")
    assert (missing.exit_code, json.loads(missing.stdout)["error"]["code"]) == (2, "cli.file.unreadable")
    assert not (tmp_path / "out.jsonl").exists()
