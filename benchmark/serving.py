"""A server as a group of processes with its own processor time, and a load whose own work is not counted."""

import http.client
import os
import signal
import socket
import statistics
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

TICK = os.sysconf("SC_CLK_TCK")
AT_ONCE = 4
PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A server on this machine; `group` are its processes."""

    port: int
    group: int

    def cpu(self) -> float:
        """Seconds of the processor that all its processes have used."""
        used = 0
        for entry in Path("/proc").glob("[0-9]*/stat"):
            try:
                told = entry.read_text().rpartition(")")[2].split()
            except OSError:  # it has ended meanwhile
                continue
            if int(told[2]) == self.group:
                used += int(told[11]) + int(told[12])
        return used / TICK


@dataclass(frozen=True, slots=True)
class Load:
    """What a load found: answers for each second of the server's processor, the latencies, what asking cost."""

    per_cpu_s: float
    p50_ms: float
    p99_ms: float
    asking_ms: float


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(command: list[str], port: int, *, environment: dict[str, str], folder: Path) -> Iterator[Server]:
    """Start a server, wait until it answers, and end all of its processes."""
    log = folder / f"server-{port}.log"
    with log.open("wb") as told:
        process = subprocess.Popen(
            command, env=environment, cwd=folder, stdout=told, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        _wait(process, port, log)
        yield Server(port, process.pid)
    finally:
        for end in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(process.pid, end)
                process.wait(10)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"the server does not answer on port {port}:\n{log.read_text(errors='replace')[-2000:]}")


def load(server: Server, path: str, cookie: str, *, seconds: float, at_once: int = AT_ONCE) -> Load:
    """Ask for a page over and over on a few connections, and count what it cost the server."""
    latencies: list[float] = []
    faults: list[str] = []
    until = time.monotonic() + seconds
    asking, before = time.process_time(), server.cpu()
    threads = [
        threading.Thread(target=_ask, args=(server.port, path, cookie, until, latencies, faults))
        for _ in range(at_once)
    ]  # fmt: skip
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    cpu, asking = server.cpu() - before, time.process_time() - asking
    if faults or not latencies:
        raise SystemExit(f"{path}: {faults[0] if faults else 'nothing was answered'}")
    ordered = sorted(latencies)
    return Load(
        per_cpu_s=len(ordered) / max(cpu, 1 / TICK), p50_ms=statistics.median(ordered) * 1000,
        p99_ms=ordered[int(len(ordered) * 0.99)] * 1000, asking_ms=asking / len(ordered) * 1000,
    )  # fmt: skip


def _ask(port: int, path: str, cookie: str, until: float, latencies: list[float], faults: list[str]) -> None:
    """One connection that stays open, with as little work for each answer as can be."""
    asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\nAccept-Language: en\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as line:
        while time.monotonic() < until:
            began = time.perf_counter()
            line.sendall(asked)
            data = line.recv(65536)
            while b"\r\n\r\n" not in data:
                data += line.recv(65536)
            head, _, body = data.partition(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                faults.append(head.decode(errors="replace"))
                return
            length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
            missing = length - len(body)
            while missing > 0:
                missing -= len(line.recv(65536))
            latencies.append(time.perf_counter() - began)


class Browser:
    """Somebody who signs in: keeps cookies, sends forms."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, dict[str, str]()

    @property
    def cookie(self) -> str:
        """The cookies as a request carries them."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def ask(self, method: str, path: str, form: str = "") -> tuple[int, bytes]:
        """One request; the cookies that come back are kept."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        head = {"Cookie": self.cookie, "Accept-Language": "en"}
        if form:
            head["Content-Type"] = "application/x-www-form-urlencoded"
        line.request(method, urlsplit(path)._replace(scheme="", netloc="").geturl(), form or None, head)
        answer = line.getresponse()
        body = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        line.close()
        return answer.status, body
