"""`ecvet issue` with processes of its own, killed at any point: no credential is lost, none is issued twice."""

import json
import random  # noqa: TID251 - a run is killed at any point
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from core.credential.cast import make_world
from core.population.drafts import expected, issuing, line, write_key
from processes.test_audit import KILLED


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_run_killed_anywhere_gives_the_same_bytes_in_the_end(tmp_path: Path) -> None:
    world = make_world()
    lines = [line(world, n) if n % 3 else b"{" for n in range(450)]
    (tmp_path / "drafts.jsonl").write_bytes(b"\n".join(lines))
    out, stop = tmp_path / "out.jsonl", random.randrange(1, 450)
    options = ["issue", str(tmp_path / "drafts.jsonl"), *write_key(tmp_path, world), "--kid", "school-1",
               "--out", str(out), "--workers", "2"]  # fmt: skip
    killed = subprocess.run([sys.executable, "-c", KILLED, str(stop), *options], capture_output=True, timeout=60,
                            check=False)  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert out.read_bytes().count(b"\n") == stop
    state = json.loads((tmp_path / "out.jsonl.issue.json").read_text())
    finished = subprocess.run([sys.executable, "-c", "from ecvet.cli import main; main()", *options],
                              capture_output=True, timeout=60, check=False)  # fmt: skip
    assert (finished.returncode, finished.stderr) == (1, b"")
    known = issuing(world, seed=bytes.fromhex(state["seed"]), at=datetime.fromisoformat(state["at"]))
    assert out.read_bytes() == expected(known, lines), f"killed after {stop} results"
