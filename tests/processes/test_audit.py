"""`ecvet audit` with processes of its own: killed at any point, in a pool, on a cluster."""

import random  # noqa: TID251 - a run is killed at any point
import signal
import subprocess
import sys
import time  # noqa: TID251 - processes need a moment to end
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from core.population.samples import arguments, expected, learner, register, write_register
from ecvet.cli import main
from ecvet.population import audit

MANY = [learner(n) if n % 10 == 0 else b"{" for n in range(250)]
KILLED = """
import os, signal, sys
from multiprocessing import active_children
from ecvet.cli import audit_files, main
write, stop = audit_files.Answers.write, int(sys.argv.pop(1))
def torn(self, result):
    if self.counts.total() == stop:
        self.opened.write(result[: len(result) // 2])
        self.opened.flush()
        print(*(child.pid for child in active_children()), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    write(self, result)
audit_files.Answers.write = torn
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_run_killed_anywhere_gives_the_same_bytes_in_the_end_and_its_workers_end(tmp_path: Path) -> None:
    write_register(tmp_path)
    lines = [learner(n) if n % 10 == 0 else b"{" for n in range(300)]
    (tmp_path / "held.jsonl").write_bytes(b"\n".join(lines))
    out, stop = tmp_path / "out.jsonl", random.randrange(300)
    options = ["audit", *arguments(tmp_path), "--out", str(out), "--workers", "2"]
    killed = subprocess.run([sys.executable, "-c", KILLED, str(stop), *options], capture_output=True, timeout=60,
                            check=False)  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert out.read_bytes().count(b"\n") == stop
    workers = [int(pid) for pid in killed.stdout.split()]
    assert workers
    finished = subprocess.run([sys.executable, "-c", "from ecvet.cli import main; main()", *options],
                              capture_output=True, timeout=60, check=False)  # fmt: skip
    assert (finished.returncode, finished.stderr) == (1, b"")
    assert out.read_bytes() == expected(lines), f"killed after {stop} results"
    for _ in range(200):
        if not any(lives(pid) for pid in workers):
            break
        time.sleep(0.05)
    assert not any(lives(pid) for pid in workers)


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_two_dask_workers_give_the_same_bytes(tmp_path: Path) -> None:
    distributed: Any = pytest.importorskip("distributed", reason="the extra “cluster” is not installed")
    from cluster import cluster

    write_register(tmp_path)
    (tmp_path / "held.jsonl").write_bytes(b"\n".join(MANY))
    with cluster() as address:
        result = CliRunner().invoke(main, ["audit", *arguments(tmp_path), "--cluster", address])
        assert (result.exit_code, result.stdout_bytes) == (1, expected(MANY))
        with distributed.Client(address, set_as_default=False) as client:
            client.run(forget)
            late = audit(client.get_executor(pure=False), MANY, register())
            assert b"".join(line + b"\n" for line in late) == expected(MANY)


def forget() -> None:
    from ecvet.population.streaming import _KEPT

    _KEPT.clear()


def test_a_pool_of_processes_gives_the_same_bytes() -> None:
    with ProcessPoolExecutor(2, get_context("spawn")) as executor:  # workers that ask for the register
        assert b"".join(line + b"\n" for line in audit(executor, MANY, register())) == expected(MANY)
