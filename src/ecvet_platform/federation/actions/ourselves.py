"""How institutions of this server describe themselves to others: address, keys, whom they speak for.

Each institution is an entity of its own, so that it can move to another server with its threads. Its address is that of
its page; it signs requests with the key that signs its records, under a name that begins with the address.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Final

from django.conf import settings

from ecvet.credential.formats.strict_json import Claims
from ecvet.errors import EcvetError
from ecvet.federation import (
    DatedKey,
    Endpoints,
    EntityConfiguration,
    Rotation,
    Succession,
    sign_configuration,
    sign_rotation,
    sign_succession,
    well_known,
)
from ecvet.federation.entity import LASTS, NODE
from ecvet.partnership import Continuation
from ecvet.record import SigningKey, VerificationKey, plain
from ecvet.terms import Identifier
from ecvet_platform.federation.store import superiors
from ecvet_platform.institutions.actions import keys as signing
from ecvet_platform.institutions.actions import register
from ecvet_platform.institutions.errors import InstitutionUnknown
from ecvet_platform.institutions.store.institutions import PublicKey
from ecvet_platform.journal import clock
from ecvet_platform.qualifications.naming import key_of

KEYS: Final = 16
"""How many keys are published, the latest ones; each has two names, and a set of keys has at most 32."""

FETCH_AT: Final = "/x/v1/fetch"
MARKS_AT: Final = "/x/v1/marks"
"""Where a superior hands out its statements and marks, below its own address."""


def entity_of(institution: Identifier) -> Identifier:
    """The address of an institution of this server in the network."""
    return Identifier(f"{settings.SITE}/institutions/{key_of(institution)}")


def institution_at(entity: str) -> Identifier:
    """The institution of this server with an address in the network. Raises `InstitutionUnknown`."""
    prefix, _, key = entity.rpartition("/")
    found = register.here_with_key(key) if prefix == f"{settings.SITE}/institutions" else None
    if found is None:
        raise InstitutionUnknown(name=entity)
    return found


def key_of_requests(institution: Identifier) -> SigningKey:
    """The key with which an institution signs requests, receipts and what it says of itself. Raises `KeyMissing`."""
    found = signing.signing_key(institution, clock.now())
    return replace(found, kid=_named(institution, found.kid))


def configuration(institution: Identifier, *, at: datetime) -> str:
    """The entity configuration of an institution of this server.

    Raises `InstitutionUnknown`, `KeyMissing`, `KeyLost`, `SignsElsewhere`.
    """
    item = register.institution(institution)
    entity, key = entity_of(institution), key_of_requests(institution)
    published = register.public_keys(institution)[-KEYS:]
    above = superiors.above(institution)
    node: Claims = {"rotations": list(_rotations(institution, published))}
    if item.continued is not None:
        node["successions"] = [_succession(institution, item.continued, at, key)]
    general: Claims = {}
    if superiors.stated(institution):
        general = {"federation_trust_mark_endpoint": entity + MARKS_AT}
    said = EntityConfiguration(
        id=entity, name=str(item.name), keys=dated_keys(institution, published), issued=at, expires=at + LASTS,
        endpoints=Endpoints.below(entity), institutions=frozenset({institution}),
        superiors=tuple(one.entity for one in above)[:8], marks=tuple(mark for one in above for mark in one.marks)[:64],
        fetch=entity + FETCH_AT if general else None,
        metadata={NODE: node, "federation_entity": general, "ecvet_institution": {"value": plain(item)}},
    )  # fmt: skip
    return sign_configuration(said, key)


def dated_keys(institution: Identifier, published: Iterable[PublicKey] | None = None) -> tuple[DatedKey, ...]:
    """The keys of an institution of this server under both of their names: as entity, and as signer of records."""
    found = register.public_keys(institution)[-KEYS:] if published is None else published
    return tuple(
        DatedKey(key=VerificationKey(kid, one.key.jwk), since=one.valid_from, until=one.valid_until)
        for one in found
        for kid in dict.fromkeys((_named(institution, one.key.kid), one.key.kid))
    )


def published_at(institution: Identifier) -> str:
    """Where an institution's configuration can be read."""
    return well_known(entity_of(institution))


def _named(institution: Identifier, kid: str) -> str:
    """The name of a record key as a key of the entity."""
    return f"{entity_of(institution)}#{kid.rpartition('#')[2]}"


def _rotations(institution: Identifier, published: Sequence[PublicKey]) -> Iterator[str]:
    """Each key that was renewed says which came after it. The same words give the same token whenever they are signed.

    A key whose private half is not here any more says nothing; then only people or a superior can vouch.
    """
    for old, new in pairwise(published):
        names = dict.fromkeys((_named(institution, new.key.kid), new.key.kid))
        keys = tuple(VerificationKey(kid, new.key.jwk) for kid in names)
        try:
            signer = replace(signing.keyring().key(old.key.kid), kid=_named(institution, old.key.kid))
        except EcvetError:
            continue
        yield sign_rotation(Rotation(entity=entity_of(institution), keys=keys, at=new.valid_from), signer)


def _succession(institution: Identifier, continued: Continuation, at: datetime, key: SigningKey) -> str:
    node = register.elsewhere([continued.by]).get(continued.by)
    by = node or (entity_of(continued.by) if continued.by in register.here() else continued.by)
    entity = entity_of(institution)
    said = Succession(entity=entity, by=by, since=continued.since, at=at, issuer=entity, source=continued.source)
    return sign_succession(said, key)
