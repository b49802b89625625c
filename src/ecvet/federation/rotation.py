"""How keys change hands: renewed with the old key, re-issued by a superior, moved to another entity, or lost.

A partner that is pinned is followed as long as what it publishes is signed with a key known for it. Where the old key
signs for new ones, a rotation says so; two different rotations of one key prove that somebody else has it too, and
nothing is followed any more until people have telephoned. Where all keys are lost, only a superior or the telephone
helps: nothing that the entity says about itself counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from ecvet.credential.formats.strict_json import Claims
from ecvet.federation.addresses import STRICT, Guard
from ecvet.federation.entity import ENTITY_STATEMENT, EntityConfiguration, dated_keys, open_configuration
from ecvet.federation.standing import Pin
from ecvet.federation.token import Keys, glance, jwk, moment, open_token, seconds, sign_token, text_of
from ecvet.federation.trust_errors import KeyNotFollowed, StatementForged, StatementUnreadable, TrustError
from ecvet.partnership.institution import Continuation
from ecvet.record import SigningKey, VerificationKey
from ecvet.saying import say
from ecvet.terms import Identifier

ROTATION: Final = "ecvet-rotation+jwt"
SUCCESSION: Final = "ecvet-succession+jwt"


@dataclass(frozen=True, kw_only=True)
class Rotation:
    """`entity` says with one of its old keys which keys it signs with from a moment on."""

    entity: str
    keys: tuple[VerificationKey, ...]
    at: datetime
    by: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """An entity moved or merged: `by` continues it from a day on. `issuer` is the entity itself or its superior."""

    entity: str
    by: str
    since: date
    at: datetime
    issuer: str
    source: str = ""
    token: str = ""

    @property
    def continuation(self) -> Continuation:
        """The same as the register of institutions knows it (`ecvet.partnership.succession`)."""
        return Continuation(by=Identifier(self.by), since=self.since, source=self.source)


def sign_rotation(said: Rotation, old: SigningKey) -> str:
    """The rotation as it is published beside the configuration, signed with the old key."""
    claims: Claims = {
        "iss": said.entity, "sub": said.entity, "iat": seconds(said.at), "jwks": {"keys": [*map(jwk, said.keys)]}
    }  # fmt: skip
    return sign_token(ROTATION, claims, old)


def open_rotation(token: str, *, of: str, keys: Keys) -> Rotation:
    """Read a rotation that one of the old keys has signed. Raises `StatementUnreadable`, `StatementForged`."""
    opened = open_token(token, ROTATION, keys, what="rotation", issuer=of)
    if opened.claims.get("iss") != of or opened.claims.get("sub") != of:
        raise StatementForged(what="rotation", issuer=of, why=say("it is that of another entity"))
    listed = tuple(one.key for one in dated_keys(opened.claims.get("jwks")))
    return Rotation(
        entity=of, keys=listed, at=moment(opened.claims, "iat", what="rotation"), by=opened.kid, token=token
    )


def followed(
    pin: Pin, configuration: str, *, at: datetime, rotations: Iterable[str] = (), guard: Guard = STRICT
) -> tuple[Pin, EntityConfiguration]:
    """The configuration of a pinned entity, and the pin with the keys that it has now.

    Raises `KeyNotFollowed` where no key known until now vouches for it, also by a rotation, or where one key vouches
    for two different sets; the errors of `open_configuration` for everything else.
    """
    keys = _rotated(pin, tuple(rotations))
    said = _kid_and_issuer(configuration)
    if said not in keys:
        raise KeyNotFollowed(entity=pin.entity, why=say("its configuration is signed with a key not known here"))
    found = open_configuration(configuration, of=pin.entity, at=at, keys=keys, guard=guard)
    return replace(pin, keys={one.key.kid: one.key for one in found.keys if one.signed(at)}), found


def published(configuration: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The rotations and successions that a configuration carries in its metadata, before anything is checked.

    They stand under `ecvet_node` as `rotations` and `successions`, at most 16 of each. Raises `StatementUnreadable`.
    """
    claims = glance(configuration, ENTITY_STATEMENT, what="entity configuration")
    metadata = claims.get("metadata")
    node = metadata.get("ecvet_node") if isinstance(metadata, dict) else None
    listed = [node.get(name) if isinstance(node, dict) else None for name in ("rotations", "successions")]
    texts = [tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else () for found in listed]
    return texts[0][:16], texts[1][:16]


def reissued(pin: Pin, keys: Keys, *, by_superior: bool, compared: bool) -> Pin:
    """The pin after all keys were lost: with the keys that a superior states, or that two people have compared anew.

    Raises `KeyNotFollowed` where neither is so.
    """
    if not by_superior and not compared:
        raise KeyNotFollowed(
            entity=pin.entity, why=say("its keys are lost, and neither a superior nor a call confirms new")
        )
    return replace(pin, keys=dict(keys))


def sign_succession(said: Succession, key: SigningKey) -> str:
    """The statement that an entity is continued by another."""
    claims: Claims = {
        "iss": said.issuer, "sub": said.entity, "by": said.by, "since": said.since.isoformat(), "iat": seconds(said.at)
    }  # fmt: skip
    if said.source:
        claims["ref"] = said.source
    return sign_token(SUCCESSION, claims, key)


def open_succession(token: str, *, of: str, issuer: str, keys: Keys) -> Succession:
    """Read a succession. `issuer` is the entity itself or its superior, `keys` are the issuer's.

    Raises `StatementUnreadable`, `StatementForged`.
    """
    what = "succession"
    claims = open_token(token, SUCCESSION, keys, what=what, issuer=issuer).claims
    if claims.get("iss") != issuer or claims.get("sub") != of:
        raise StatementForged(what=what, issuer=issuer, why=say("it is not one about {of}", of=of))
    by = text_of(claims, "by", what=what)
    if by == of:
        raise StatementUnreadable(what=what, why=say("an entity does not continue itself"))
    try:
        since = date.fromisoformat(text_of(claims, "since", what=what))
    except ValueError as error:
        raise StatementUnreadable(what=what, why=say("“since” is not a day")) from error
    return Succession(
        entity=of, by=by, since=since, at=moment(claims, "iat", what=what), issuer=issuer,
        source=str(claims.get("ref", "")), token=token,
    )  # fmt: skip


def _rotated(pin: Pin, rotations: tuple[str, ...]) -> dict[str, VerificationKey]:
    """The keys that count: those pinned and those for which a chain of rotations vouches."""
    keys = dict(pin.keys)
    used: dict[str, frozenset[str]] = {}
    for _ in rotations:
        for token in rotations:
            try:
                found = open_rotation(token, of=pin.entity, keys=keys)
            except TrustError:
                continue
            points = frozenset(one.jwk["x"] for one in found.keys)
            if used.setdefault(found.by, points) != points:
                raise KeyNotFollowed(
                    entity=pin.entity, why=say("the key {by} vouches for two different sets", by=found.by)
                )
            keys |= {one.kid: one for one in found.keys}
    return keys


def _kid_and_issuer(configuration: str) -> str:
    from ecvet.credential.formats import jws

    glance(configuration, ENTITY_STATEMENT, what="entity configuration")
    return str(jws.parse(configuration, "entity configuration").header.get("kid", ""))
