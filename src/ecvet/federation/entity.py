"""What an institution says of its own node: the entity configuration of OpenID Federation 1.0, signed by itself.

It is published at `<entity id>/.well-known/openid-federation` as a token of the type `entity-statement+jwt` and holds
for a day or two. It gives keys, endpoints, schema majors, limits, the institutions for which the entity speaks, its
superiors (`authority_hints`) and its trust marks. That it is self-signed proves nothing but that one hand wrote it;
who vouches for the hand is said by a superior (`resolve`) or by two people with a telephone (`standing`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from ecvet.credential.formats.strict_json import Claims
from ecvet.federation.addresses import STRICT, Guard, may_ask, may_be_entity
from ecvet.federation.carried import MAJORS
from ecvet.federation.token import (
    SKEW,
    Keys,
    check_time,
    glance,
    jwk,
    keys_from,
    moment,
    open_token,
    seconds,
    sign_token,
    text_of,
)
from ecvet.federation.trust_errors import StatementForged, StatementUnreadable
from ecvet.record import SigningKey, VerificationKey
from ecvet.saying import say
from ecvet.terms import Identifier, require

ENTITY_STATEMENT: Final = "entity-statement+jwt"
WELL_KNOWN: Final = "/.well-known/openid-federation"
NODE: Final = "ecvet_node"
"""The type of entity under which the metadata of a node stand; `federation_entity` holds name and fetch endpoint."""

LASTS: Final = timedelta(hours=24)
"""For how long a configuration or statement is made, so that a key that was ended stops counting within a day."""

LASTS_AT_MOST: Final = timedelta(days=32)
_WHAT: Final = "entity configuration"
_HINTS: Final = 8
_MARKS: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """Where a node is asked; all on the host of the entity id, or below it."""

    inbox: str
    outbox: str
    objects: str
    threads: str
    echo: str

    @classmethod
    def below(cls, base: str) -> "Endpoints":
        """The usual addresses below a base."""
        base = base.rstrip("/")
        return cls(
            inbox=f"{base}/x/v1/inbox", outbox=f"{base}/x/v1/outbox", objects=f"{base}/x/v1/objects",
            threads=f"{base}/x/v1/threads", echo=f"{base}/x/v1/echo",
        )  # fmt: skip

    def named(self) -> dict[str, str]:
        """The addresses by their names in the metadata."""
        return {name: getattr(self, name) for name in ("inbox", "outbox", "objects", "threads", "echo")}


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedKey:
    """A public key of an entity, from when, and until when it signed; ended keys stay published."""

    key: VerificationKey
    since: datetime | None = None
    until: datetime | None = None

    def signed(self, at: datetime) -> bool:
        """Whether the key was in use at a moment, by a clock that may differ: so a key made just now counts at once."""
        return (self.since is None or self.since <= at + SKEW) and (self.until is None or at <= self.until)


@dataclass(frozen=True, kw_only=True)
class EntityConfiguration:
    """An entity as it describes itself. `token` is the text that was signed, empty before it is.

    `institutions` are the identifiers in records for which the entity claims to speak, its own id among them.
    `metadata` is everything it says of itself, by type of entity; policies of superiors apply to that.
    """

    id: str
    name: str
    keys: tuple[DatedKey, ...]
    issued: datetime
    expires: datetime
    endpoints: Endpoints | None = None
    institutions: frozenset[Identifier] = frozenset()
    majors: tuple[str, ...] = MAJORS
    superiors: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    fetch: str | None = None
    mark_issuers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    metadata: Mapping[str, Claims] = field(default_factory=dict)
    token: str = ""

    def key(self, kid: str, at: datetime) -> VerificationKey | None:
        """The key with a name, if it was in use at a moment."""
        return next((one.key for one in self.keys if one.key.kid == kid and one.signed(at)), None)

    @property
    def by_kid(self) -> dict[str, VerificationKey]:
        """All keys by their names."""
        return {one.key.kid: one.key for one in self.keys}


def well_known(entity: str) -> str:
    """Where the configuration of an entity is looked for."""
    return entity.rstrip("/") + WELL_KNOWN


def sign_configuration(said: EntityConfiguration, key: SigningKey) -> str:
    """The configuration as it is published. `key` is one of its own keys, in use. Raises `ValueError`."""
    if said.key(key.kid, said.issued) is None:
        raise ValueError("a configuration is signed with one of the keys that it lists")
    node: Claims = dict(said.metadata.get(NODE, {}))
    if said.endpoints is not None:
        node |= {
            **said.endpoints.named(), "schema_majors": list(said.majors), "protocols": ["ecvet-x-1"],
            "institutions": sorted(said.institutions | {said.id}),
        }  # fmt: skip
    general: Claims = {**said.metadata.get("federation_entity", {}), "organization_name": said.name}
    if said.fetch is not None:
        general["federation_fetch_endpoint"] = said.fetch
    claims: Claims = {
        "iss": said.id, "sub": said.id, "iat": seconds(said.issued), "exp": seconds(said.expires),
        "jwks": {"keys": [dated_jwk(one) for one in said.keys]},
        "metadata": {**said.metadata, "federation_entity": general, **({NODE: node} if node else {})},
    }  # fmt: skip
    if said.superiors:
        claims["authority_hints"] = list(said.superiors)
    if said.marks:
        claims["trust_marks"] = [
            {"trust_mark_type": glance(one, "trust-mark+jwt", what="trust mark")["trust_mark_type"], "trust_mark": one}
            for one in said.marks
        ]
    if said.mark_issuers:
        claims["trust_mark_issuers"] = {name: list(one) for name, one in said.mark_issuers.items()}
    return sign_token(ENTITY_STATEMENT, claims, key)


def open_configuration(
    token: str, *, of: str, at: datetime, keys: Keys | None = None, guard: Guard = STRICT
) -> EntityConfiguration:
    """Read the configuration of an entity as of a moment, signed by one of `keys`; without them by one of its own.

    Raises `StatementUnreadable`, `StatementForged`, `StatementOutOfTime`, `AddressNotAllowed` for endpoints elsewhere.
    """
    require(may_be_entity(of, guard=guard))
    claims = glance(token, ENTITY_STATEMENT, what=_WHAT)
    if claims.get("iss") != of or claims.get("sub") != of:
        raise StatementForged(what=_WHAT, issuer=of, why=say("it is not its own"))
    if "crit" in claims:
        raise StatementUnreadable(what=_WHAT, why=say("it demands extensions (crit) that are not understood"))
    listed = dated_keys(claims.get("jwks"))
    own = {one.key.kid: one.key for one in listed if one.signed(at)}
    counted = own if keys is None else {kid: key for kid, key in keys.items() if kid in own and own[kid] == key}
    open_token(token, ENTITY_STATEMENT, counted, what=_WHAT, issuer=of)
    issued, expires = moment(claims, "iat", what=_WHAT), moment(claims, "exp", what=_WHAT)
    if expires - issued > LASTS_AT_MOST:
        raise StatementUnreadable(what=_WHAT, why=say("it is made for more than {days} days", days=LASTS_AT_MOST.days))
    check_time(issued, expires, at, what=_WHAT, issuer=of)
    metadata = _metadata(claims)
    general, node = metadata.get("federation_entity", {}), metadata.get(NODE, {})
    fetch = general.get("federation_fetch_endpoint")
    for address in (*_endpoints(node), *([fetch] if isinstance(fetch, str) else [])):
        require(may_ask(address, of=of, guard=guard))
    return EntityConfiguration(
        id=of, name=text_of(general, "organization_name", what=_WHAT), keys=listed, issued=issued, expires=expires,
        endpoints=Endpoints(**dict(zip(("inbox", "outbox", "objects", "threads", "echo"), _endpoints(node),
                                       strict=True))) if node else None,
        institutions=frozenset(map(Identifier, _texts(node, "institutions"))),
        majors=_texts(node, "schema_majors"), superiors=_texts(claims, "authority_hints", _HINTS),
        marks=_marks(claims), fetch=fetch if isinstance(fetch, str) else None,
        mark_issuers=_mark_issuers(claims), metadata=metadata, token=token,
    )  # fmt: skip


def dated_jwk(one: DatedKey) -> Claims:
    """A key as it is published; `nbf` and `exp` say from when until when it signed, in seconds."""
    found = jwk(one.key)
    if one.since is not None:
        found["nbf"] = seconds(one.since)
    if one.until is not None:
        found["exp"] = seconds(one.until)
    return found


def dated_keys(said: object) -> tuple[DatedKey, ...]:
    """Read a JWK set with the times of its keys. Raises `StatementUnreadable`."""
    keys = keys_from(said)
    if not keys or not isinstance(said, dict):
        raise StatementUnreadable(what="set of keys", why=say("it has no Ed25519 key"))
    return tuple(
        DatedKey(
            key=keys[one["kid"]],
            since=moment(one, "nbf", what="key") if "nbf" in one else None,
            until=moment(one, "exp", what="key") if "exp" in one else None,
        )
        for one in said["keys"]
        if isinstance(one, dict) and one.get("kid") in keys
    )


def _metadata(claims: Claims) -> dict[str, Claims]:
    found = claims.get("metadata", {})
    if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
        raise StatementUnreadable(what=_WHAT, why=say("its metadata are not objects by type of entity"))
    return found


def _endpoints(node: Claims) -> tuple[str, ...]:
    names = ("inbox", "outbox", "objects", "threads", "echo")
    return tuple(text_of(node, name, what=_WHAT) for name in names) if node else ()


def _texts(claims: Claims, name: str, most: int = 1000) -> tuple[str, ...]:
    found = claims.get(name, [])
    if not isinstance(found, list) or len(found) > most or not all(isinstance(one, str) for one in found):
        raise StatementUnreadable(
            what=_WHAT, why=say("“{name}” is not a list of at most {most} texts", name=name, most=most)
        )
    return tuple(found)


def _marks(claims: Claims) -> tuple[str, ...]:
    found = claims.get("trust_marks", [])
    if not isinstance(found, list) or len(found) > _MARKS:
        raise StatementUnreadable(
            what=_WHAT, why=say("“trust_marks” is not a list of at most {marks} marks", marks=_MARKS)
        )
    return tuple(one["trust_mark"] for one in found if isinstance(one, dict) and isinstance(one.get("trust_mark"), str))


def _mark_issuers(claims: Claims) -> dict[str, tuple[str, ...]]:
    found = claims.get("trust_mark_issuers", {})
    if not isinstance(found, dict):
        raise StatementUnreadable(what=_WHAT, why=say("“trust_mark_issuers” is not an object"))
    return {name: _texts(found, name) for name in found}
