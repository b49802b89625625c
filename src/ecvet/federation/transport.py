"""Who sends a request, proved: the network's small profile of HTTP message signatures (RFC 9421, network lesson 23).

One signature with the tag `ecvet-x-1`, Ed25519 only, over `@method` and `@target-uri`, and with a body also over
`content-type` and `content-digest` (RFC 9530, sha-256); `created`, `expires` at most 300 s later, `nonce`, `keyid`. The
key's name is the entity id, `#`, and a name of its own, so that who signs is seen before any key is looked up. Answers
are not signed: what an answer must prove (a receipt) is signed in itself.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography.exceptions import InvalidSignature

from ecvet.errors import EcvetError
from ecvet.federation.errors import (
    AddressNotAllowed,
    CallerUnknown,
    ContentChanged,
    RequestForged,
    RequestNotSigned,
    RequestOutOfTime,
    RequestReplayed,
)
from ecvet.federation.signature_base import Fields, Signed, names, signature_base
from ecvet.federation.structured import Dictionary, InnerList, Item, parse_dictionary, serialise
from ecvet.federation.token import SKEW, private_key, public_key
from ecvet.record import SigningKey, VerificationKey
from ecvet.saying import say

TAG: Final = "ecvet-x-1"
LABEL: Final = "ecvet"
LASTS: Final = timedelta(seconds=300)
"""How long a signed request may be good for."""

NONCES_KEPT: Final = timedelta(minutes=10)
"""How long the receiver remembers nonces: longer than a signature can be good for on any clock."""

WITHOUT_BODY: Final = ("@method", "@target-uri")
WITH_BODY: Final = ("@method", "@target-uri", "content-type", "content-digest")
JSON_TYPE: Final = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request: method, the absolute address that is called, its header fields, its body."""

    method: str
    target: str
    fields: Fields = ()
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who has signed a request: the entity, the name of its key, and the nonce that must not be seen again until
    `forget` has passed."""

    entity: str
    keyid: str
    nonce: str
    forget: datetime


Seen = Callable[[str, str], bool]
"""Whether a nonce of a key has been seen before; asked once the signature is known to fit."""

KeyOf = Callable[[str], VerificationKey | None]
"""The key with a name, among those that count now for whose it is; None for none."""


def sign(request: Request, key: SigningKey, *, at: datetime, nonce: str, lasts: timedelta = LASTS) -> Fields:
    """The fields to be added to a request: content-digest where there is a body, signature-input and signature.

    The nonce has 16 to 64 characters of base64url, drawn by the caller. A body needs a `content-type` in the fields.
    Raises `ValueError`, `AddressNotAllowed`.
    """
    if not 16 <= len(nonce) <= 64 or not timedelta(0) < lasts <= LASTS:
        raise ValueError("a nonce has 16 to 64 characters and a signature lasts at most 300 s")
    added: Fields = (("content-digest", digest(request.body)),) if request.body else ()
    created = int(at.timestamp())
    covered = InnerList(
        tuple(map(Item, WITH_BODY if request.body else WITHOUT_BODY)),
        (
            ("created", created), ("expires", created + int(lasts.total_seconds())), ("nonce", nonce),
            ("keyid", key.kid), ("tag", TAG),
        ),
    )  # fmt: skip
    base = signature_base(covered, _signed(request, request.fields + added))
    made = private_key(key).sign(base)
    return (
        *added,
        ("signature-input", f"{LABEL}={serialise(covered)}"),
        ("signature", f"{LABEL}={serialise(Item(made))}"),
    )


def check(request: Request, *, key_of: KeyOf, now: datetime, seen: Seen) -> Caller:
    """Who has signed a request. The steps stand in this order, cheap ones first, so that a stranger costs little:

    form (`RequestNotSigned`), time (`RequestOutOfTime`), content (`ContentChanged`), key (`CallerUnknown`), signature
    (`RequestForged`), nonce (`RequestReplayed`). The caller keeps the nonce in the transaction of what the request
    does, unique by key and nonce, so that of two copies that come at once one is refused.
    """
    covered, signature = _ours(request)
    keyid, nonce, forget = _checked_parameters(covered, bool(request.body), now)
    if request.body:
        _check_content(request)
    key = key_of(keyid)
    if key is None:
        raise CallerUnknown(keyid=keyid)
    try:
        public_key(key).verify(signature, signature_base(covered, _signed(request, request.fields)))
    except InvalidSignature as error:
        raise RequestForged(why=say("it was made over something else or with another key")) from error
    except (ValueError, AddressNotAllowed) as error:
        raise RequestForged(why=str(error)) from error
    if seen(keyid, nonce):
        raise RequestReplayed()
    return Caller(entity=keyid.partition("#")[0], keyid=keyid, nonce=nonce, forget=forget)


def caller_named(request: Request) -> str:
    """The key that a request names, before anything is checked: to fetch the keys of who claims to call.

    Raises `RequestNotSigned`.
    """
    found = _ours(request)[0].parameter("keyid")
    return found if isinstance(found, str) else ""


def digest(body: bytes) -> str:
    """The content-digest of a body (RFC 9530)."""
    return f"sha-256={serialise(Item(hashlib.sha256(body).digest()))}"


def _ours(request: Request) -> tuple[InnerList, bytes]:
    """Covered components and bytes of the one signature with our tag."""
    signed = _signed(request, request.fields)
    try:
        inputs = _dictionary(signed, "signature-input")
        signatures = _dictionary(signed, "signature")
    except ValueError as error:
        raise RequestNotSigned(why=str(error)) from error
    ours = [(label, one) for label, one in inputs.items() if isinstance(one, InnerList) and one.parameter("tag") == TAG]
    if len(ours) != 1:
        raise RequestNotSigned(why=say("it has {number} signatures with the tag {tag}", number=len(ours), tag=TAG))
    label, covered = ours[0]
    found = signatures.get(label)
    if not isinstance(found, Item) or not isinstance(found.value, bytes) or len(found.value) != 64:
        raise RequestNotSigned(why=say("its signature is not 64 bytes"))
    return covered, found.value


def _checked_parameters(covered: InnerList, has_body: bool, now: datetime) -> tuple[str, str, datetime]:
    needed = WITH_BODY if has_body else WITHOUT_BODY
    if sorted(names(covered)) != sorted(needed):
        raise RequestNotSigned(
            why=say(
                "it covers {listed} instead of {listed_2}",
                listed=", ".join(names(covered))[:120],
                listed_2=", ".join(needed),
            )
        )
    unknown = {name for name, _ in covered.parameters} - {"created", "expires", "nonce", "keyid", "tag", "alg"}
    if unknown or covered.parameter("alg") not in (None, "ed25519"):
        raise RequestNotSigned(why=say("it has a parameter that is not understood, or is not ed25519"))
    keyid, nonce = covered.parameter("keyid"), covered.parameter("nonce")
    if not isinstance(keyid, str) or not keyid.partition("#")[2] or len(keyid) > 500:
        raise RequestNotSigned(why=say("keyid is not an entity id, #, and the name of a key"))
    if not isinstance(nonce, str) or not 16 <= len(nonce) <= 64:
        raise RequestNotSigned(why=say("the nonce does not have 16 to 64 characters"))
    created, expires = _time(covered, "created"), _time(covered, "expires")
    if not timedelta(0) < expires - created <= LASTS:
        raise RequestOutOfTime(
            why=say(
                "it is signed for {total_seconds} s, not for 1 to 300",
                total_seconds=f"{(expires - created).total_seconds():.0f}",
            )
        )
    if created > now + SKEW:
        raise RequestOutOfTime(
            why=say(
                "it was signed at {created} UTC, and here it is {now}",
                created=f"{created:%H:%M:%S}",
                now=f"{now:%H:%M:%S}",
            )
        )
    if now > expires + SKEW:
        raise RequestOutOfTime(
            why=say(
                "it was good until {expires} UTC, and here it is {now}",
                expires=f"{expires:%H:%M:%S}",
                now=f"{now:%H:%M:%S}",
            )
        )
    return keyid, nonce, expires + SKEW


def _time(covered: InnerList, name: str) -> datetime:
    found = covered.parameter(name)
    if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found < 1 << 33:
        raise RequestNotSigned(why=say("“{name}” is not a time in whole seconds", name=name))
    return datetime.fromtimestamp(found, UTC)


def _check_content(request: Request) -> None:
    signed = _signed(request, request.fields)
    try:
        media = signed.only("content-type")
        sums = parse_dictionary(signed.only("content-digest"))
    except ValueError as error:
        raise ContentChanged(why=str(error)) from error
    if media.partition(";")[0].strip().lower() != JSON_TYPE:
        raise ContentChanged(why=say("its type is {media}, not {json_type}", media=media[:60], json_type=JSON_TYPE))
    found = sums.get("sha-256")
    if not isinstance(found, Item) or found.value != hashlib.sha256(request.body).digest():
        raise ContentChanged(why=say("its SHA-256 is another than the one in content-digest"))


def _dictionary(signed: Signed, name: str) -> Dictionary:
    found = signed.field(name)
    if found is None:
        raise ValueError(f"the field {name} is missing")
    return parse_dictionary(found)


def _signed(request: Request, fields: Fields) -> Signed:
    return Signed(fields=fields, method=request.method, target=request.target)


REFUSALS: Final[tuple[type[EcvetError], ...]] = (
    RequestNotSigned, RequestOutOfTime, ContentChanged, CallerUnknown, RequestForged, RequestReplayed,
)  # fmt: skip
"""What `check` can raise, in the order of its steps."""
