"""Bitstring Status List (W3C, 1.0): a credential that carries the statuses of others, and references to it.

Each list has one purpose, such as revocation or suspension, and one bit for each credential. It is secured like any
W3C credential; here it travels as `vc+jwt`. A list of less than 131 072 entries would tell too much about each of its
credentials and is refused (security statement 16).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ecvet.credential.errors import Malformed, StatusListUnusable
from ecvet.credential.formats import jws, vcdm
from ecvet.credential.formats.status_bits import Bits, Order, Wrapper, compress, decompress
from ecvet.credential.formats.strict_json import Claims
from ecvet.credential.formats.times import stamped
from ecvet.credential.formats.vocabularies import CREDENTIALS
from ecvet.saying import say

TYPE: Final = "BitstringStatusListCredential"
ENTRY: Final = "BitstringStatusListEntry"
MINIMUM: Final = 131_072
PURPOSES: Final = ("revocation", "suspension")
"""The purposes that decide about a credential; entries of other purposes only inform."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Where one status of a credential stands: its purpose, the list's address and the place in it."""

    purpose: str
    uri: str
    index: int

    @property
    def claim(self) -> Claims:
        """The member of `credentialStatus`; its id is no address of the list, as the specification asks."""
        return {
            "id": f"{self.uri}#{self.index}",
            "type": ENTRY,
            "statusPurpose": self.purpose,
            "statusListIndex": str(self.index),
            "statusListCredential": self.uri,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class BitstringStatusList:
    """A list for one purpose; `ttl` is how long a copy may be kept."""

    uri: str
    purpose: str
    valid_from: datetime
    valid_until: datetime | None
    ttl: timedelta | None
    bits: Bits


def credential(listed: BitstringStatusList, issuer: str) -> Claims:
    """The credential that carries the list, unsigned."""
    subject: Claims = {
        "id": f"{listed.uri}#list",
        "type": "BitstringStatusList",
        "statusPurpose": listed.purpose,
        "encodedList": "u" + jws.encode(compress(listed.bits, Wrapper.GZIP)),
    }
    if listed.ttl is not None:
        subject["ttl"] = int(listed.ttl.total_seconds() * 1000)
    said: Claims = {
        "@context": [CREDENTIALS],
        "id": listed.uri,
        "type": ["VerifiableCredential", TYPE],
        "issuer": issuer,
        "validFrom": stamped(listed.valid_from),
        "credentialSubject": subject,
    }
    if listed.valid_until is not None:
        said["validUntil"] = stamped(listed.valid_until)
    return said


def read(found: vcdm.Credential, uri: str, purpose: str) -> BitstringStatusList:
    """The list of a credential whose proof was checked. Raises `StatusListUnusable`, `BeyondLimits`."""
    if TYPE not in found.types:
        raise StatusListUnusable(why=say("it is not a status list"))
    if found.id != uri:
        raise StatusListUnusable(why=say("it is the list of another address"))
    subject = found.claims["credentialSubject"]
    if not isinstance(subject, dict) or subject.get("type") != "BitstringStatusList":
        raise StatusListUnusable(why=say("it is not a status list"))
    purposes = subject.get("statusPurpose")
    if purpose not in (purposes if isinstance(purposes, list) else [purposes]):
        raise StatusListUnusable(why=say("it does not say who is concerned by {purpose}", purpose=purpose))
    text, ttl = subject.get("encodedList"), subject.get("ttl")
    if not isinstance(text, str) or not text.startswith("u"):
        raise StatusListUnusable(why=say("its statuses are not encoded as they should be"))
    if ttl is not None and (isinstance(ttl, bool) or not isinstance(ttl, int) or not 0 < ttl < 1 << 41):
        raise StatusListUnusable(why=say("how long it may be kept is not a number of milliseconds"))
    bits = Bits(decode(text), 1, Order.MOST_SIGNIFICANT_FIRST)
    if len(bits) < MINIMUM:
        raise StatusListUnusable(
            why=say("it has {number} entries, less than {minimum}", number=len(bits), minimum=MINIMUM)
        )
    if found.valid_from is None:
        raise StatusListUnusable(why=say("it does not say since when it holds"))
    return BitstringStatusList(
        uri=uri, purpose=purpose, valid_from=found.valid_from, valid_until=found.valid_until,
        ttl=None if ttl is None else timedelta(milliseconds=ttl), bits=bits,
    )  # fmt: skip


def decode(text: str) -> bytes:
    """The bits of an `encodedList` (multibase: u, gzip). Raises `StatusListUnusable`, `BeyondLimits`."""
    try:
        return decompress(jws.decode(text[1:], "status list"), Wrapper.GZIP)
    except Malformed as error:
        raise StatusListUnusable(why=say("its statuses are not encoded as they should be")) from error


def entries(status: object) -> Iterator[Entry | None]:
    """The references of a `credentialStatus`; None for each of an unknown kind. Raises `StatusListUnusable`."""
    for one in status if isinstance(status, list) else [status]:
        types = one.get("type") if isinstance(one, dict) else None  # in a European Digital Credential, one of several
        if (
            not isinstance(one, dict)
            or ENTRY not in (types if isinstance(types, list) else [types])
            or one.get("statusSize", 1) != 1
        ):
            yield None
            continue
        purpose, uri, index = (one.get(name) for name in ("statusPurpose", "statusListCredential", "statusListIndex"))
        if not isinstance(purpose, str) or not isinstance(uri, str) or not _is_number(index):
            raise StatusListUnusable(
                why=say("the credential's reference to it is not a purpose, an address and a number")
            )
        yield Entry(purpose, uri, int(str(index)))


def _is_number(text: object) -> bool:
    return isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= 10
