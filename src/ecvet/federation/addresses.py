"""Which addresses may be contacted: the rules of the guarded fetcher as pure decisions; sockets are the platform's.

Everything that a partner writes may name an address that is not his (RFC 9110 says nothing about that; it is called
server-side request forgery). So: https only, no user and no fragment, port 443 or the port of the partner's own entity
id, a name and never a number, every address to which the name resolves is public, the connection goes to the very
address that was judged, and a redirection is an answer that is not taken.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from ecvet.federation.errors import AddressNotAllowed, AnswerNotTaken
from ecvet.saying import say
from ecvet.terms import Failure, Success

_URL: Final = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9a-fA-F:.]{2,45}\]|[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(?::(?P<port>[1-9]\d{0,4}))?"
    r"(?P<path>(?:/[A-Za-z0-9._~!$&'()*+,;=:@%-]*)*)(?:\?(?P<query>[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*))?"
)
_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_DOTS: Final = re.compile(r"/\.{1,2}(/|$)")
_NAME: Final = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?")

PORT: Final = 443
FORBIDDEN_NAMES: Final = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "onion", "invalid", "test")
"""Last parts of names that lead into somebody's own network (RFC 6761, RFC 6762, RFC 8375)."""

FORBIDDEN_NETWORKS: Final[tuple[IPv4Network | IPv6Network, ...]] = tuple(
    ip_network(one)
    for one in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
        "::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32",
        "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
"""The special-purpose registries of IANA (RFC 6890) and addresses at which clouds tell secrets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """How much of an answer is read, and for how long it is waited."""

    bytes: int
    connect: timedelta
    whole: timedelta


CAPS: Final = {
    "statement": Caps(bytes=128 * 1024, connect=timedelta(seconds=5), whole=timedelta(seconds=10)),
    "inbox": Caps(bytes=1024 * 1024, connect=timedelta(seconds=5), whole=timedelta(seconds=30)),
    "outbox": Caps(bytes=16 * 1024 * 1024, connect=timedelta(seconds=5), whole=timedelta(seconds=60)),
    "object": Caps(bytes=20 * 1024 * 1024, connect=timedelta(seconds=5), whole=timedelta(seconds=120)),
}
"""By what is asked for. An annex has at most 20 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """An http or https address taken apart; `port` is the one in force, `path` begins with a stroke."""

    scheme: str
    host: str
    port: int
    path: str
    query: str | None

    @property
    def authority(self) -> str:
        """Host, and port where it is not the scheme's own: `@authority` of RFC 9421."""
        own = 443 if self.scheme == "https" else 80
        return self.host if self.port == own else f"{self.host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and authority."""
        return f"{self.scheme}://{self.authority}"

    def __str__(self) -> str:
        return self.origin + self.path + ("" if self.query is None else f"?{self.query}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What an operator lets pass beyond the rules; nothing, unless a test or a closed network needs it.

    `networks` are networks that count as public, `names` hosts that may stand for them, also over plain http.
    """

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    names: frozenset[str] = frozenset()


STRICT: Final = Guard()


def location(text: str) -> Location:
    """Take an address apart: lower-case host, no user, no fragment, no dots to climb. Raises `AddressNotAllowed`."""
    found = _URL.fullmatch(text) if len(text) <= 2000 else None
    if found is None:
        raise AddressNotAllowed(address=text[:80], why=say("it is not a plain http address with a lower-case host"))
    path, query = found["path"] or "/", found["query"]
    if _PERCENT.search(path) or _PERCENT.search(query or "") or _DOTS.search(path):
        raise AddressNotAllowed(address=text[:80], why=say("its path is written in an unusual way"))
    port = int(found["port"]) if found["port"] else 443 if found["scheme"] == "https" else 80
    if port > 65535:
        raise AddressNotAllowed(address=text[:80], why=say("it has no such port"))
    return Location(scheme=found["scheme"], host=found["host"], port=port, path=path, query=query)


def may_ask(address: str, *, of: str, guard: Guard = STRICT) -> Success | Failure:
    """Whether an address that an entity names may be asked, before its name is looked up.

    `of` is the entity id: everything of an entity lies on the host and port of its id, or on a host below it.
    """
    try:
        wanted, own = location(address), location(of)
    except AddressNotAllowed as error:
        return Failure(error)
    if wanted.host != own.host and not wanted.host.endswith("." + own.host):
        return Failure(AddressNotAllowed(address=address[:80], why=say("it is not a host of {of}", of=of)))
    if wanted.port not in (PORT, own.port):
        return Failure(AddressNotAllowed(address=address[:80], why=say("port {port} is not 443", port=wanted.port)))
    return _host(wanted, address, guard)


def may_be_entity(address: str, *, guard: Guard = STRICT) -> Success | Failure:
    """Whether an address may name an entity: https, a public name, no query; with a stroke at its end or without.

    Two ids that differ in the stroke are two ids; the configuration of both is looked for at the same address.
    """
    try:
        found = location(address)
    except AddressNotAllowed as error:
        return Failure(error)
    if found.query is not None or str(found) not in (address, address + "/"):
        return Failure(
            AddressNotAllowed(address=address[:80], why=say("it has a query or another form than it should"))
        )
    return _host(found, address, guard)


def may_connect(resolved: Iterable[str], *, host: str, guard: Guard = STRICT) -> Success | Failure:
    """Whether all addresses to which a name resolves are public; one that is not is enough for a no.

    The caller connects to one of exactly these addresses and does not look the name up again.
    """
    found = tuple(resolved)
    if not found:
        return Failure(AddressNotAllowed(address=host, why=say("its name leads nowhere")))
    for one in found:
        if not is_public(one, guard):
            return Failure(AddressNotAllowed(address=host, why=say("{one} is not a public address", one=one)))
    return Success()


def is_public(text: str, guard: Guard = STRICT) -> bool:
    """Whether an IP address is one of the open internet; IPv4 inside IPv6 is judged as both."""
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if any(found in one for one in guard.networks if one.version == found.version):
        return True
    if isinstance(found, IPv6Address):
        inner: IPv4Address | None = found.ipv4_mapped or found.sixtofour
        if inner is not None and not is_public(str(inner), guard):
            return False
    if any(found in one for one in FORBIDDEN_NETWORKS if one.version == found.version):
        return False
    return found.is_global and not found.is_multicast


def may_take(status: int, length: int, kind: str, *, address: str) -> Success | Failure:
    """Whether an answer is taken: no redirection, not longer than the cap of its kind."""
    if 300 <= status < 400:
        return Failure(AnswerNotTaken(address=address, why=say("it redirects ({status})", status=status)))
    if length > CAPS[kind].bytes:
        return Failure(
            AnswerNotTaken(address=address, why=say("it is longer than {bytes} bytes", bytes=CAPS[kind].bytes))
        )
    return Success()


def _host(found: Location, address: str, guard: Guard) -> Success | Failure:
    if found.host in guard.names:
        return Success()
    if found.scheme != "https":
        return Failure(AddressNotAllowed(address=address[:80], why=say("it is not https")))
    if not _NAME.fullmatch(found.host):
        return Failure(AddressNotAllowed(address=address[:80], why=say("its host is not a public name")))
    if any(found.host == one or found.host.endswith("." + one) for one in FORBIDDEN_NAMES):
        return Failure(AddressNotAllowed(address=address[:80], why=say("its host is a name of private networks")))
    return Success()
