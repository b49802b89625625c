"""The partner of another make in a process of its own, in which nothing of the project can be imported."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from simulators.node import free_port

FOLDER = Path(__file__).parent
BLOCKED = ("ecvet", "ecvet_platform", "django", "simulators")
_ALONE = f"""
import runpy, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {BLOCKED!r}:
            raise ImportError(f"{{name}} is of the project")

sys.meta_path.insert(0, Blocked())
sys.path.insert(0, sys.argv.pop(1))
"""


def alone(code: str, *arguments: str) -> "subprocess.Popen[str]":
    """Python without the project: isolated, and with its packages blocked; what lies beside is found."""
    return subprocess.Popen(
        [sys.executable, "-I", "-c", _ALONE + code, str(FOLDER), *arguments], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


@dataclass
class Another:
    """One partner; `partner.call(name, …)` does something there and gives what it gave."""

    institution: str
    name: str
    country: str
    number: int = 1
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[str] | None" = None

    @property
    def entity(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, at: datetime) -> "Another":
        given = {
            "entity": self.entity, "institution": self.institution, "name": self.name, "country": self.country,
            "seed": f"{self.number:064x}", "now": at.isoformat(), "port": self.port,
        }  # fmt: skip
        self.process = alone("runpy.run_module('second', run_name='__main__')", json.dumps(given))
        assert self._read() == {"ready": True}
        return self

    def call(self, name: str, **given: Any) -> Any:
        """Do something there; raises AssertionError with what went wrong."""
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"call": name, "with": given}) + "\n")
        self.process.stdin.flush()
        answer = self._read()
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def stop(self) -> None:
        if self.process is not None:
            assert self.process.stdin is not None
            self.process.stdin.close()
            self.process.wait(timeout=20)

    def _read(self) -> dict[str, Any]:
        assert self.process is not None
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the partner has ended"
        found: dict[str, Any] = json.loads(line)
        return found
