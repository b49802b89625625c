"""Token Status List (IETF, draft 20): a list of statuses in a JWT of type `statuslist+jwt`, and references to it.

A list is signed by its issuer like a credential, with the certificates in x5c (HAIP); whether these lead to an anchor,
and whose they are, is the verification's question. What is checked here: type, subject, bits, compression.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec

from ecvet.credential.errors import BeyondLimits, Malformed, StatusListUnusable
from ecvet.credential.formats import jws
from ecvet.credential.formats.status_bits import MAX_COMPRESSED, WIDTHS, Bits, Order, Wrapper, compress, decompress
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.formats.times import moment
from ecvet.saying import say

TYP: Final = "statuslist+jwt"
MAX_BYTES: Final = 2 * MAX_COMPRESSED
MAX_INDEX: Final = 1 << 32


class StatusValue(IntEnum):
    """What the statuses mean that have one meaning everywhere (draft 20, 7.1)."""

    VALID = 0
    INVALID = 1
    SUSPENDED = 2


@dataclass(frozen=True, slots=True)
class Reference:
    """Where the status of a credential stands: the list's address and the place in it."""

    uri: str
    index: int

    @property
    def claim(self) -> Claims:
        """What the `status` claim of the credential says."""
        return {"status_list": {"idx": self.index, "uri": self.uri}}


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenStatusList:
    """A list as its issuer signed it; `ttl` is how long a copy may be kept."""

    uri: str
    issued_at: datetime
    expires: datetime | None
    ttl: timedelta | None
    bits: Bits


def issue(listed: TokenStatusList, key: ec.EllipticCurvePrivateKey, header: Claims) -> bytes:
    """Sign a list; `header` holds x5c and kid."""
    claims: Claims = {
        "sub": listed.uri,
        "iat": int(listed.issued_at.timestamp()),
        "status_list": {"bits": listed.bits.width, "lst": jws.encode(compress(listed.bits, Wrapper.ZLIB))},
    }
    if listed.expires is not None:
        claims["exp"] = int(listed.expires.timestamp())
    if listed.ttl is not None:
        claims["ttl"] = int(listed.ttl.total_seconds())
    return jws.serialise({"typ": TYP, **header}, claims, key).encode("ascii")


def parse(data: bytes) -> jws.Token:
    """Take a signed list apart; nothing is checked but type and algorithm. Raises `VerificationError`s."""
    if len(data) > MAX_BYTES:
        raise BeyondLimits(why=say("its status list has more than {max_bytes} bytes", max_bytes=MAX_BYTES))
    try:
        token = jws.parse(data.decode("ascii").strip(), "status list")
    except UnicodeDecodeError as error:
        raise Malformed(why=say("the status list is not a token")) from error
    jws.check_header(token, TYP)
    return token


def read(claims: Claims, uri: str) -> TokenStatusList:
    """The list of signed claims, if it is the one asked for. Raises `StatusListUnusable`, `BeyondLimits`."""
    if claims.get("sub") != uri:
        raise StatusListUnusable(why=say("it is the list of another address"))
    packed = claims.get("status_list")
    width = packed.get("bits") if isinstance(packed, dict) else None
    text = packed.get("lst") if isinstance(packed, dict) else None
    if isinstance(width, bool) or width not in WIDTHS or not isinstance(text, str):
        raise StatusListUnusable(why=say("it has no statuses of 1, 2, 4 or 8 bits"))
    ttl = claims.get("ttl")
    if ttl is not None and (isinstance(ttl, bool) or not isinstance(ttl, int | float) or not 0 < ttl < 1 << 31):
        raise StatusListUnusable(why=say("how long it may be kept is not a number of seconds"))
    return TokenStatusList(
        uri=uri,
        issued_at=moment(claims.get("iat"), "the time of the status list"),
        expires=moment(claims["exp"], "the end of the status list") if "exp" in claims else None,
        ttl=None if ttl is None else timedelta(seconds=ttl),
        bits=Bits(
            decompress(jws.decode(text, "status list"), Wrapper.ZLIB), width, Order.LEAST_SIGNIFICANT_FIRST
        ),
    )  # fmt: skip


def reference(status: object) -> Reference | None:
    """The reference in a `status` claim; None when it knows no status list. Raises `StatusListUnusable`."""
    listed = status.get("status_list") if isinstance(status, dict) else None
    if listed is None:
        return None
    index, uri = (listed.get("idx"), listed.get("uri")) if isinstance(listed, dict) else (None, None)
    if isinstance(index, bool) or not isinstance(index, int) or not 0 <= index < MAX_INDEX or not isinstance(uri, str):
        raise StatusListUnusable(why=say("the credential's reference to it is not an address and a whole number"))
    return Reference(uri, index)
