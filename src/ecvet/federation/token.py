"""What an entity says and signs: a compact token (RFC 7515) with a type, so that no statement passes for another.

Entity configurations, statements about subordinates, trust marks, receipts, seals, notices and hand-overs are all such
tokens. They are kept and forwarded as the text that was signed; nobody writes them again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ecvet.credential.errors import VerificationError
from ecvet.credential.formats import jws
from ecvet.credential.formats.strict_json import Claims
from ecvet.federation.trust_errors import StatementForged, StatementOutOfTime, StatementUnreadable
from ecvet.record import SigningKey, VerificationKey, value
from ecvet.record.errors import TermsUnreadable
from ecvet.saying import say

Keys = Mapping[str, VerificationKey]
"""Public keys by their names (`kid`)."""

MAX_TOKEN: Final = 128 * 1024
"""The longest token that is read, in characters."""

SKEW: Final = timedelta(seconds=60)
"""How far the clocks of two nodes may differ."""

_ED25519: Final = frozenset({"Ed25519", "EdDSA"})
"""The fully specified name (RFC 9864) is written; the older one is read as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A token whose signature fits: the text that was signed, the name of the key, and what it says."""

    text: str
    kid: str
    claims: Claims


def sign_token(typ: str, claims: Claims, key: SigningKey) -> str:
    """Sign claims as a token of a type; the same claims and key give the same token."""
    return jws.serialise({"kid": key.kid, "typ": typ}, dict(sorted(claims.items())), private_key(key))


def open_token(text: str, typ: str, keys: Keys, *, what: str, issuer: str) -> Opened:
    """Read a token that one of the issuer's keys has signed. Raises `StatementUnreadable`, `StatementForged`."""
    token = _parsed(text, typ, what)
    kid = token.header.get("kid")
    key = keys.get(kid) if isinstance(kid, str) else None
    if key is None:
        raise StatementForged(what=what, issuer=issuer, why=say("it names none of the keys known for it"))
    try:
        jws.check_signature(token, public_key(key))
    except VerificationError as error:
        raise StatementForged(what=what, issuer=issuer, why=str(error.facts.get("why", error))) from error
    return Opened(text=text, kid=key.kid, claims=token.payload)


def glance(text: str, typ: str, *, what: str) -> Claims:
    """What a token says before anything of it is checked: who claims to say it, to look up keys.

    Raises `StatementUnreadable`.
    """
    return _parsed(text, typ, what).payload


def private_key(key: SigningKey) -> Ed25519PrivateKey:
    """The private half as the cryptography knows it."""
    return cast(Ed25519PrivateKey, key.key.private_key)


def public_key(key: VerificationKey) -> Ed25519PublicKey:
    """The public half as the cryptography knows it. Raises `StatementUnreadable` for a key that is not Ed25519."""
    if key.jwk.get("kty") != "OKP" or key.jwk.get("crv") != "Ed25519":
        raise StatementUnreadable(what="key", why=say("it is not an Ed25519 key"))
    return _point(key.jwk.get("x", ""))


def jwk(key: VerificationKey) -> Claims:
    """The key as it is published, with its name."""
    return {"kty": "OKP", "crv": "Ed25519", "x": key.jwk["x"], "kid": key.kid, "use": "sig"}


def key_from(said: object) -> VerificationKey:
    """Read a published key. Raises `StatementUnreadable`."""
    if not isinstance(said, dict) or not isinstance(said.get("kid"), str) or not 0 < len(said["kid"]) <= 500:
        raise StatementUnreadable(what="key", why=say("it has no name (kid)"))
    if "d" in said:
        raise StatementUnreadable(what="key", why=say("its private half was published; it must not be used any more"))
    found = VerificationKey(said["kid"], {name: str(said.get(name, "")) for name in ("kty", "crv", "x")})
    public_key(found)
    return found


def keys_from(said: object) -> dict[str, VerificationKey]:
    """Read a JWK set; keys of other kinds than Ed25519 are passed over. Raises `StatementUnreadable`."""
    listed = said.get("keys") if isinstance(said, dict) else None
    if not isinstance(listed, list) or len(listed) > 32:
        raise StatementUnreadable(what="set of keys", why=say("it is not a list of at most 32 keys"))
    ours = [one for one in listed if isinstance(one, dict) and one.get("crv") == "Ed25519"]
    found = {key.kid: key for key in map(key_from, ours)}
    if len(found) < len(ours):
        raise StatementUnreadable(what="set of keys", why=say("two keys have the same name"))
    return found


def moment(claims: Claims, name: str, *, what: str) -> datetime:
    """A claim that is a time in seconds since 1970 (RFC 7519). Raises `StatementUnreadable`."""
    found = claims.get(name)
    if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found < 1 << 33:
        raise StatementUnreadable(what=what, why=say("“{name}” is not a time in whole seconds", name=name))
    return datetime.fromtimestamp(found, UTC)


def instant(claims: Claims, name: str, *, what: str) -> datetime:
    """A claim that is an exact time as records write it: UTC with Z. Raises `StatementUnreadable`."""
    try:
        return value(datetime, text_of(claims, name, what=what), path=name)
    except TermsUnreadable as error:
        raise StatementUnreadable(what=what, why=str(error)) from error


def seconds(at: datetime) -> int:
    """A moment as a token writes it."""
    return int(at.timestamp())


def text_of(claims: Claims, name: str, *, what: str) -> str:
    """A claim that is a text. Raises `StatementUnreadable`."""
    found = claims.get(name)
    if not isinstance(found, str) or not found or len(found) > 2000:
        raise StatementUnreadable(what=what, why=say("“{name}” is not a text", name=name))
    return found


def check_time(start: datetime, end: datetime, at: datetime, *, what: str, issuer: str) -> None:
    """Raise `StatementOutOfTime` unless a statement holds at the moment, give or take the clocks' difference."""
    if not start - SKEW <= at < end + SKEW:
        raise StatementOutOfTime(what=what, issuer=issuer, start=start, end=end, at=at)


def _parsed(text: str, typ: str, what: str) -> jws.Token:
    if len(text) > MAX_TOKEN:
        raise StatementUnreadable(what=what, why=say("it is longer than {max_token} characters", max_token=MAX_TOKEN))
    try:
        token = jws.parse(text, what)
        jws.check_header(token, typ, _ED25519)
    except VerificationError as error:
        raise StatementUnreadable(what=what, why=str(error.facts.get("why", error))) from error
    return token


@lru_cache(maxsize=4096)
def _point(x: str) -> Ed25519PublicKey:
    try:
        return Ed25519PublicKey.from_public_bytes(jws.decode(x, "key"))
    except (VerificationError, ValueError) as error:
        raise StatementUnreadable(what="key", why=say("it is not a point of Ed25519")) from error
