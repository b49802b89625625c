"""The one way out to other servers: every address is judged, and the connection goes to the very address that was.

The rules are the core's (`ecvet.federation.addresses`). A name is looked up once, all that it leads to must be public,
no redirection is followed, an answer ends after a size and a time, nothing of the environment (proxies) counts.
"""

import socket
import ssl
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from time import monotonic
from typing import Any, Final

import httpcore
from django.conf import settings

from ecvet.federation import CAPS, location, may_ask, may_connect, may_take
from ecvet.saying import say
from ecvet.terms import require
from ecvet_platform.federation.errors import NoAnswer

Fields = tuple[tuple[str, str], ...]
NAME: Final = "ecvet"
_end: ContextVar[float | None] = ContextVar("end of the request", default=None)


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
    _end.set(end)
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
                    raise NoAnswer(address=address, why=say("the answer takes too long"))
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
        return _Timed(self._real.connect_tcp(found[0], port, timeout, local_address, socket_options))

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Nothing on this machine is asked."""
        raise httpcore.ConnectError("no sockets of this machine")

    def sleep(self, seconds: float) -> None:
        """Nobody waits here."""

    _real: Final = httpcore.SyncBackend()


class _Timed(httpcore.NetworkStream):
    """A connection of which no reading goes beyond the end of the request: who sends a byte now and then, also before
    the body begins, would otherwise hold a worker for hours."""

    def __init__(self, real: httpcore.NetworkStream) -> None:
        self._real = real

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read, as long as there is time. Raises `httpcore.ReadTimeout`."""
        return self._real.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write, as long as there is time. Raises `httpcore.ReadTimeout`, `httpcore.WriteTimeout`."""
        self._real.write(buffer, _left(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._real.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go on in TLS."""
        return _Timed(self._real.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        """What is known of the connection."""
        return self._real.get_extra_info(info)


def _left(timeout: float | None) -> float | None:
    end = _end.get()
    if end is None:
        return timeout
    left = end - monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the answer takes too long")
    return left if timeout is None else min(left, timeout)


@cache
def _pool() -> httpcore.ConnectionPool:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return httpcore.ConnectionPool(
        ssl_context=context, max_connections=20, keepalive_expiry=30.0, network_backend=_Judged()
    )
