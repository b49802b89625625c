"""A proxy in front of a node that drops, delays, doubles and reorders what passes, and keeps some from others.

Whoever calls is known by the name of the key in the signature of its request. `trouble` is the share of requests to
which something happens; the source of chance is the caller's, so that a seed repeats the kinds of faults.
"""

import http.client
import re
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any

_CALLER = re.compile(r'keyid="([^"]*)/institutions/')
_PASSED_ON = ("content-type", "content-digest", "signature-input", "signature", "accept")


class Proxy:
    """Reached at `site`; what comes goes on to `port` on this machine."""

    def __init__(self, port: int, random: Random) -> None:
        self.random, self.port, self.trouble, self.apart = random, port, 0.0, set[str]()
        self.count: Counter[str] = Counter()
        self.kept: list[tuple[str, str, dict[str, str], bytes]] = []
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.0"

            def handle_any(self) -> None:
                length = int(self.headers.get("content-length") or 0)
                proxy.passes(self, self.rfile.read(length) if length else b"")

            do_GET = do_POST = handle_any  # noqa: N815

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def passes(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        """Let a request through, or not, or twice, or late, or without its answer."""
        headers = {name: handler.headers[name] for name in _PASSED_ON if name in handler.headers}
        headers["host"] = handler.headers.get("host", "")
        found = _CALLER.search(headers.get("signature-input", ""))
        if found is not None and found.group(1) in self.apart:
            self.count["apart"] += 1
            return
        what = self._fault() if handler.command == "POST" else ""
        self.count[what or "passed"] += 1
        asked = (handler.command, handler.path, headers, body)
        if what == "dropped":
            return
        if what == "kept back":  # comes long after what was sent later
            self.kept.append(asked)
            return
        if what == "delayed":
            time.sleep(self.random.random() / 2)
        if what == "doubled":
            self._forward(*asked)
        status, fields, data = self._forward(*asked)
        if what == "answer lost" or status == 0:
            return
        try:
            handler.send_response(status)
            for name, value in fields:
                if name.lower() in ("content-type", "retry-after", "cache-control"):
                    handler.send_header(name, value)
            handler.send_header("content-length", str(len(data)))
            handler.end_headers()
            handler.wfile.write(data)
        except OSError:
            return

    def let_go(self) -> None:
        """What was kept back arrives now, the last first; whoever sent it has long gone on."""
        waiting, self.kept = self.kept[::-1], []
        for asked in waiting:
            self._forward(*asked)

    def _fault(self) -> str:
        if self.random.random() >= self.trouble:
            return ""
        return self.random.choice(("dropped", "answer lost", "delayed", "doubled", "kept back"))

    def _forward(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, Any, bytes]:
        there = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            there.request(method, path, body or None, headers)
            answer = there.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        except (OSError, http.client.HTTPException):
            return 0, [], b""
        finally:
            there.close()
