"""The real way to ask others, against servers of this machine: no redirects, not too much, not too long."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ecvet_platform.people.internet import Direct, NoAnswer, is_askable

PAUSE = threading.Event()


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/elsewhere":
            self.send_response(302)
            self.send_header("Location", "/plain")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        if self.path == "/large":
            self.wfile.write(b"x" * 40_000)
        elif self.path == "/slow":
            for _ in range(20):
                self.wfile.write(b"x")
                self.wfile.flush()
                PAUSE.wait(0.1)
        else:
            self.wfile.write(b"plain")

    def do_POST(self) -> None:
        self.send_response(201)
        self.end_headers()
        self.wfile.write(self.rfile.read(int(self.headers["Content-Length"])))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_what_stands_there_is_read_and_forms_are_sent(site: str):
    assert Direct().get(f"{site}/plain").body == b"plain"
    assert Direct().post(f"{site}/token", {"code": "a b"}).body == b"code=a+b"


def test_redirects_are_not_followed(site: str):
    assert Direct().get(f"{site}/elsewhere").status == 302


@pytest.mark.parametrize("path", ["/large", "/slow"])
def test_too_much_and_too_slow_is_no_answer(site: str, path: str):
    with pytest.raises(NoAnswer):
        Direct(largest=10_000, seconds=0.5).get(site + path)


def test_nobody_there_is_no_answer():
    with pytest.raises(NoAnswer):
        Direct(seconds=1).get("http://127.0.0.1:9/")


@pytest.mark.parametrize(
    ("url", "may"),
    [("https://a.example/x?y=1", True), ("http://localhost:1/", True), ("http://a.example/", False),
     ("file:///etc/passwd", False), ("https://u:p@a.example/", False), ("https://", False),
     ("https://a.example:port/", False), ("https://a.example/#x", False)],
)  # fmt: skip
def test_only_https_is_asked_elsewhere(url: str, may: bool):
    assert is_askable(url) is may
