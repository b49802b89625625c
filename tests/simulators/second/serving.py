"""The endpoints of a partner: the entity configuration, and signed requests below /x/v1."""

import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from . import forms, requests, sharing
from .forms import ProblemError
from .partner import Partner


class Handler(BaseHTTPRequestHandler):
    """Signed requests below /x/v1, and the entity configuration."""

    partner: Partner
    nonces: set[tuple[str, str]]

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._answer()

    do_POST = do_GET  # noqa: N815

    def _answer(self) -> None:
        partner = self.partner
        if self.path == "/.well-known/openid-federation":
            return self._give(200, partner.me.configuration().encode(), "application/entity-statement+jwt")
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        try:
            keyid = requests.check_request(
                self.command, partner.me.entity + self.path, [(n, v) for n, v in self.headers.items()], body,
                at=partner.me.seconds, key_of=partner.contacts.key_of, seen=self._seen,
            )  # fmt: skip
            with partner.lock:
                found = self._found(keyid, body)
            return self._give(200, found if isinstance(found, bytes) else forms.canonical(found), "application/json")
        except ProblemError as problem:
            return self._give(problem.status, forms.canonical(problem.plain()), "application/problem+json")

    def _found(self, keyid: str, body: bytes) -> Any:
        partner, caller = self.partner, keyid.rpartition("#")[0]
        address = urllib.parse.urlsplit(self.path)
        name, _, rest = address.path.removeprefix("/x/v1/").partition("/")
        if name == "inbox" and self.command == "POST":
            return {"receipts": partner.receive_batch(body, caller)}
        if name == "outbox":
            return sharing.outbox(partner, caller, dict(urllib.parse.parse_qsl(address.query)).get("after", ""))
        if name == "objects":
            return sharing.object_at(partner, caller, rest)
        if name == "threads":
            return sharing.shared(partner, caller, rest)
        if name == "echo":
            return {"caller": caller, "keyid": keyid, "at": partner.me.time}
        raise ProblemError("federation.message.unreadable", "nothing is there", 404)

    def _seen(self, keyid: str, nonce: str) -> bool:
        with self.partner.lock:
            known = (keyid, nonce) in self.nonces
            self.nonces.add((keyid, nonce))
            return known

    def _give(self, status: int, data: bytes, media: str) -> None:
        self.send_response(status)
        self.send_header("content-type", media)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def serve(partner: Partner, port: int) -> None:
    """Serve at a port of 127.0.0.1, in threads of its own."""
    handler = type("PartnerHandler", (Handler,), {"partner": partner, "nonces": set()})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
