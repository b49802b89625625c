"""How institutions of this server describe themselves to others: address, keys, whom they speak for.

Each institution is an entity of its own, so that it can move to another server with its threads. Its address is that of
its page; it signs requests with the key that signs its records, under a name that begins with the address.
"""

from dataclasses import replace
from datetime import datetime

from django.conf import settings

from ecvet.federation import DatedKey, Endpoints, EntityConfiguration, sign_configuration
from ecvet.federation.entity import LASTS, WELL_KNOWN
from ecvet.partnership import CompetentInstitution
from ecvet.record import SigningKey, VerificationKey, plain
from ecvet.terms import Identifier
from ecvet_platform.institutions.actions import keys as signing
from ecvet_platform.institutions.actions import register
from ecvet_platform.institutions.errors import InstitutionUnknown, KeyMissing
from ecvet_platform.journal import clock
from ecvet_platform.qualifications.naming import key_of


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
    """The entity configuration of an institution of this server. Raises `InstitutionUnknown`, `KeyMissing`."""
    item = register.institution(institution)
    entity, key = entity_of(institution), key_of_requests(institution)
    published = register.public_keys(institution)
    if not published:
        raise KeyMissing(institution=institution)
    dated = [
        DatedKey(key=VerificationKey(kid, one.key.jwk), since=one.valid_from, until=one.valid_until)
        for one in published
        for kid in (one.key.kid, _named(institution, one.key.kid))
    ]
    said = EntityConfiguration(
        id=entity, name=str(item.name), keys=tuple(dated[-32:]), issued=at, expires=at + LASTS,
        endpoints=Endpoints.below(entity), institutions=frozenset({institution, *_others(item)}),
        metadata={"ecvet_institution": {"value": plain(item)}},
    )  # fmt: skip
    return sign_configuration(said, key)


def published_at(institution: Identifier) -> str:
    """Where an institution's configuration can be read."""
    return entity_of(institution) + WELL_KNOWN


def _named(institution: Identifier, kid: str) -> str:
    """The name of a record key as a key of the entity."""
    return f"{entity_of(institution)}#{kid.rpartition('#')[2]}"


def _others(item: CompetentInstitution) -> tuple[Identifier, ...]:
    return tuple(item.other_ids)
