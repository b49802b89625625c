"""The one way out to other servers: every address is judged, and the connection goes to the very address that was.

The rules are the core's (`ecvet.federation.addresses`). A name is looked up once, all that it leads to must be public,
no redirection is followed, an answer ends after a size and a time, nothing of the environment (proxies) counts.
"""

import socket
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from time import monotonic
from typing import Any, Final

import httpcore
from django.conf import settings

from ecvet.federation import CAPS, location, may_ask, may_connect, may_take
from ecvet.terms import require
from ecvet_platform.federation.errors import NoAnswer

Fields = tuple[tuple[str, str], ...]
NAME: Final = "ecvet"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the status, the fields in small letters, and the body."""

    status: int
    fields: dict[str, str]
    body: bytes


def ask(
    method: str, address: str, *, of: str, kind: str, fields: Fields = (), body: bytes = b"", most: int | None = None
) -> Reply:
    """Ask an address that an entity `of` names; `kind` is a name in `ecvet.federation.CAPS`.

    Raises `AddressNotAllowed`, `AnswerNotTaken`, `NoAnswer`.
    """
    require(may_ask(address, of=of, guard=settings.NETWORK_GUARD))
    caps = CAPS[kind]
    end = monotonic() + caps.whole.total_seconds()
    wait = {"connect": caps.connect.total_seconds(), "read": caps.whole.total_seconds(), "write": 30.0, "pool": 5.0}
    host = location(address)
    headers = [("host", host.authority), ("user-agent", NAME), ("accept", "*/*"), *fields]
    if body:
        headers.append(("content-length", str(len(body))))
    found = bytearray()
    try:
        with _pool().stream(
            method, str(host), headers=headers, content=body, extensions={"timeout": wait}
        ) as answer:  # fmt: skip
            require(may_take(answer.status, 0, kind, address=address))
            for piece in answer.iter_stream():
                found += piece
                require(may_take(answer.status, len(found), kind, address=address))
                if monotonic() > end:
                    raise NoAnswer(address=address, why="the answer takes too long")
            named = {name.decode("latin-1").lower(): one.decode("latin-1") for name, one in answer.headers}
            return Reply(answer.status, named, bytes(found))
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError) as error:
        raise NoAnswer(address=address, why=type(error).__name__) from error


class _Judged(httpcore.NetworkBackend):
    """Looks a name up once and connects to an address that was judged."""

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        """Connect. Raises `AddressNotAllowed`."""
        try:
            found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        except OSError:
            found = []
        require(may_connect(found, host=host, guard=settings.NETWORK_GUARD))
        return self._real.connect_tcp(found[0], port, timeout, local_address, socket_options)

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Nothing on this machine is asked."""
        raise httpcore.ConnectError("no sockets of this machine")

    def sleep(self, seconds: float) -> None:
        """Nobody waits here."""

    _real: Final = httpcore.SyncBackend()


@cache
def _pool() -> httpcore.ConnectionPool:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return httpcore.ConnectionPool(
        ssl_context=context, max_connections=20, keepalive_expiry=30.0, network_backend=_Judged()
    )
