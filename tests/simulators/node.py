"""A server of its own in a process of its own, with database, keys and clock: one of several in a network of tests.

`Node` begins it and speaks with it; the process serves over loopback and does what it is told on its standard input,
one line of JSON for each step, whose code sees the rooms' actions. It ends when its input ends.
"""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@dataclass
class Node:
    """One server; `said(code)` runs code there and gives the value of `result`."""

    folder: Path
    port: int = field(default_factory=free_port)
    database: str | None = None
    reached_at: str | None = None
    """Where others reach it, when that is a proxy in between."""
    process: "subprocess.Popen[str] | None" = None

    @property
    def site(self) -> str:
        return self.reached_at or f"http://127.0.0.1:{self.port}"

    def start(self, *, at: datetime | None = None) -> "Node":
        self.folder.mkdir(parents=True, exist_ok=True)
        environment = {
            **os.environ, "ECVET_DATA": str(self.folder), "ECVET_SITE": self.site, "ECVET_DEMO": "1",
            "ECVET_SECRET": "s" * 48, "ECVET_NETWORK_ALLOWS": "127.0.0.0/8,127.0.0.1", "ECVET_EMAIL": "file",
            "ECVET_DATABASE": self.database or f"sqlite:///{self.folder}/ecvet.sqlite3",
            "PYTHONPATH": os.pathsep.join([str(HERE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]),
        }  # fmt: skip
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        started = [sys.executable, str(HERE / "node.py"), str(self.port), at.isoformat() if at else ""]
        self.process = subprocess.Popen(
            started, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )  # fmt: skip
        assert self._read() == {"ready": True}
        return self

    def set_clock(self, at: datetime) -> None:
        self.said(f"clock._fixed = datetime.fromisoformat({at.isoformat()!r}); result = None")

    def said(self, code: str, **values: Any) -> Any:
        """Run code in the node; raises AssertionError with the node's traceback."""
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"code": code, "values": values}) + "\n")
        self.process.stdin.flush()
        answer = self._read()
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def kill(self) -> None:
        """As a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        if self.process is not None:
            assert self.process.stdin is not None
            self.process.stdin.close()
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()

    def _read(self) -> dict[str, Any]:
        assert self.process is not None
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("{"):
                found: dict[str, Any] = json.loads(line)
                return found
        raise AssertionError("the node has ended")


def _serve(port: int) -> None:
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        protocol_version = "HTTP/1.0"

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

    class Server(ThreadingMixIn, WSGIServer):
        daemon_threads = True
        request_queue_size = 64

    made = make_server("127.0.0.1", port, get_wsgi_application(), Server, Quiet)
    threading.Thread(target=made.serve_forever, daemon=True).start()


def _main() -> None:
    import traceback

    os.environ["DJANGO_SETTINGS_MODULE"] = "ecvet_platform.shell.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    sys.path.insert(0, str(HERE.parent))
    from datetime import datetime

    from ecvet_platform.journal import clock

    if sys.argv[2]:
        clock._fixed = datetime.fromisoformat(sys.argv[2])
    scope = _scope()
    _serve(int(sys.argv[1]))
    from django.urls import reverse

    reverse("federation:echo", kwargs={"key": "00000000-0000-0000-0000-000000000000"})  # all pages are imported now
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        asked: Mapping[str, Any] = json.loads(line)
        try:
            scope.update(asked["values"])
            scope["result"] = None
            exec(asked["code"], scope)  # the tests' own code
            answer = {"result": scope["result"]}
        except Exception:
            answer = {"error": traceback.format_exc()}
        from django.db import connection

        connection.close()
        print(json.dumps(answer, default=str), flush=True)


def _scope() -> dict[str, Any]:
    """What code in a node sees: the rooms' actions and the cast."""
    scope: dict[str, Any] = {}
    for name in ("cast.py", "steps.py"):
        exec(compile((HERE / name).read_text(), name, "exec"), scope)
    return scope


if __name__ == "__main__":
    _main()
