"""The whole outside world as the platform asks it: one small port, so that tests can put another world in its place.

No redirect is followed (an answer from elsewhere is not the answer of who was asked), an answer ends after a size and a
time, and nothing but https is spoken, except on this machine.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Final, Protocol
from urllib.parse import urlsplit

LARGEST: Final = 512 * 1024
SECONDS: Final = 10.0
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class NoAnswer(Exception):
    """Nobody answered, too slowly, too much, or at an address that is not asked."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: a status of HTTP and the body."""

    status: int
    body: bytes


class Internet(Protocol):
    """Asks other servers. Both raise `NoAnswer`."""

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Reply:
        """Read what stands at an address."""
        ...

    def post(self, url: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Reply:
        """Send a form to an address."""
        ...


def is_askable(url: str) -> bool:
    """Whether an address may be asked: https, or http on this machine; without a password in it."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    return safe and bool(parts.hostname) and parts.username is None and not parts.fragment


@dataclass(frozen=True, slots=True)
class Direct:
    """The real one."""

    largest: int = LARGEST
    seconds: float = SECONDS

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Reply:
        """Read what stands at an address. Raises `NoAnswer`."""
        return self._ask("GET", url, None, headers)

    def post(self, url: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Reply:
        """Send a form to an address. Raises `NoAnswer`."""
        return self._ask("POST", url, form, headers)

    def _ask(self, method: str, url: str, form: Mapping[str, str] | None, headers: Mapping[str, str] | None) -> Reply:
        import httpx  # needed only where a provider is set up

        if not is_askable(url):
            raise NoAnswer("this address is not asked")
        end, body = monotonic() + self.seconds, bytearray()
        said = {"Accept": "application/json", **(headers or {})}
        with (
            _no_answer(),
            httpx.Client(follow_redirects=False, timeout=self.seconds) as client,
            client.stream(method, url, data=dict(form) if form is not None else None, headers=said) as answer,
        ):
            for piece in answer.iter_bytes(8192):
                body += piece
                if len(body) > self.largest or monotonic() > end:
                    raise NoAnswer("the answer is too large or too slow")
            return Reply(answer.status_code, bytes(body))


@contextmanager
def _no_answer() -> Iterator[None]:
    import httpx

    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NoAnswer(type(error).__name__) from error
