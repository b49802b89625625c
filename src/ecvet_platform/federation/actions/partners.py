"""Knowing institutions on other servers: looked up, confirmed by telephone, vouched for by an anchor, followed.

What a partner may do counts as far as marks of the chain or people here say so, never because it says so itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from ecvet.errors import EcvetError
from ecvet.federation import (
    Caller,
    EntityConfiguration,
    Pin,
    Resolved,
    Standing,
    followed,
    may_pin,
    open_configuration,
    resolve,
    short_code,
    to_fetch,
)
from ecvet.federation import standing as decide
from ecvet.federation.entity import ENTITY_STATEMENT, WELL_KNOWN
from ecvet.federation.errors import RequestReplayed
from ecvet.federation.token import glance
from ecvet.federation.trust_errors import ChainBroken
from ecvet.partnership import Competence, CompetentInstitution
from ecvet.record import VerificationKey, value
from ecvet.terms import Identifier, require
from ecvet_platform.federation import fetcher
from ecvet_platform.federation.actions import ourselves
from ecvet_platform.federation.errors import NotAnInstitution, PartnerUnknown
from ecvet_platform.federation.store import messages
from ecvet_platform.federation.store import partners as store
from ecvet_platform.federation.store.partners import Known, Tie
from ecvet_platform.institutions.store import institutions
from ecvet_platform.institutions.store.institutions import PublicKey
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people.roles import Actor, Role, has_one_of

CONNECTING: Final = (Role.COORDINATOR, Role.COMPETENT_INSTITUTION, Role.REGISTER_OFFICE)
"""Who may connect the own institution with one elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """An institution elsewhere before it is confirmed: how it describes itself, and the code to be read out."""

    configuration: EntityConfiguration
    item: CompetentInstitution
    code: str


# ------------------------------------------------------------- getting to know
def look(entity: str, *, actor: Actor) -> Introduction:
    """Ask an institution elsewhere who it is; nothing is kept.

    Raises `NotYourRole`, `AddressNotAllowed`, `NoAnswer`, `AnswerNotTaken`, `NotAnInstitution`, and what
    `ecvet.federation.open_configuration` refuses.
    """
    mine = _mine(actor)
    found = _read(_fetch(entity), entity)
    return Introduction(configuration=found, item=_institution(found), code=short_code(_own(mine), _theirs(found)))


@transaction.atomic
def confirm(entity: str, heard: str, *, actor: Actor, competences: Iterable[Competence] = ()) -> Identifier:
    """Tie the actor's institution to one elsewhere whose code was compared by telephone; the institution's identifier.

    `competences` are functions of which the people here have seen proof. Raises `CodeDiffers` and what `look` raises.
    """
    mine = _mine(actor)
    token = _fetch(entity)
    found = _read(token, entity)
    item = _institution(found)
    require(may_pin(_own(mine), _theirs(found), heard=heard))
    pin = Pin(
        entity=entity, keys={one.key.kid: one.key for one in found.keys if one.signed(clock.now())}, at=clock.now(),
        by=actor.person, institutions=frozenset({item.id}), competences=tuple(competences),
    )  # fmt: skip
    store.meet(Identifier(entity), name=str(item.name), configuration=token, at=clock.now())
    store.bind(mine, Identifier(entity), pin)
    _enter(item, found, pin.competences)
    journal.write("network.confirm", by=actor, subject=item.id, detail={"entity": entity, "institution": mine})
    return item.id


def refresh(entity: str) -> Known:
    """Read again how a known institution describes itself; keys follow only where the pin or a chain lets them.

    Raises `PartnerUnknown`, `KeyNotFollowed`, `NoAnswer`, and what `look` raises.
    """
    before = store.known(entity)
    if before is None:
        raise PartnerUnknown(entity=entity)
    return take_in(before, _fetch(entity))


@transaction.atomic
def take_in(before: Known, token: str, *, rotations: Iterable[str] = ()) -> Known:
    """Take in a configuration that an institution elsewhere publishes now. Raises `KeyNotFollowed` and as `look`."""
    at, entity = clock.now(), before.entity
    pinned = [one for one in store.with_entity(entity) if one.pin is not None and one.pin.holds(at)]
    found = _read(token, entity)
    for one in pinned:
        assert one.pin is not None
        pin, found = followed(one.pin, token, at=at, rotations=rotations, guard=settings.NETWORK_GUARD)
        if pin != one.pin:
            store.bind(one.institution, entity, pin)
    item = _institution(found)
    store.meet(entity, name=str(item.name), configuration=token, at=at)
    _enter(item, found, tuple(each for one in pinned if one.pin for each in one.pin.competences))
    known = store.known(entity)
    assert known is not None
    return known


def vouch(entity: str) -> Resolved:
    """Look for a chain from a known institution to an anchor chosen here, and keep it. Raises `ChainBroken`."""
    before = store.known(entity)
    if before is None:
        raise PartnerUnknown(entity=entity)
    chosen = _anchors()
    statements = {(entity, entity): before.configuration}
    while wanted := [one for one in to_fetch(entity, statements, chosen) if one not in statements]:
        for issuer, subject in wanted:
            statements[(issuer, subject)] = _statement(issuer, subject, statements)
    found = resolve(entity, statements, chosen, clock.now(), guard=settings.NETWORK_GUARD)
    store.vouched(before.entity, found.tokens, until=found.expires)
    _enter(_institution(found.configuration), found.configuration, tuple(one.competence for one in found.marks))
    return found


# ------------------------------------------------------------- what is known
def standing(entity: str, institution: Identifier, at: datetime) -> Standing:
    """How well an institution here knows one elsewhere at a moment, from what is kept; nothing is fetched."""
    known = store.known(entity)
    if known is None:
        return decide(entity, at)
    configuration = configuration_of(entity)
    tie = store.tie(institution, entity)
    resolved = _resolved(known, at) if known.until is not None and at <= known.until else None
    return decide(entity, at, resolved=resolved, pin=tie.pin if tie else None, configuration=configuration)


def key_at(kid: str, at: datetime) -> VerificationKey | None:
    """The key with a name, if it was in use at a moment; for the bare identifier of an institution, any key of it."""
    name, _, own = kid.partition("#")
    found = institutions.key_named(kid) if own else institutions.key_at(Identifier(name), at)
    if found is None or at < found.valid_from or (found.valid_until is not None and at > found.valid_until):
        return None
    return found.key


def of_requests(keyid: str, at: datetime) -> VerificationKey | None:
    """The key with which a known institution elsewhere signs requests and receipts now."""
    entity = keyid.partition("#")[0]
    return configuration_of(entity).key(keyid, at) if store.known(entity) is not None else None


def configuration_of(entity: str) -> EntityConfiguration:
    """How a known institution elsewhere described itself last. Raises `PartnerUnknown`."""
    known = store.known(entity)
    if known is None:
        raise PartnerUnknown(entity=entity)
    return open_configuration(known.configuration, of=entity, at=known.fetched, guard=settings.NETWORK_GUARD)


def institution_of(entity: str) -> Identifier | None:
    """The institution that signs at an address elsewhere, as it is entered here."""
    return institutions.at_node(entity)


def use_up(caller: Caller) -> None:
    """Use up the nonce of a request, in this transaction. Raises `RequestReplayed`."""
    if messages.seen(caller.keyid, caller.nonce, forget=caller.forget):
        raise RequestReplayed()


def ties(*, actor: Actor) -> tuple[tuple[Tie, Known], ...]:
    """The institutions elsewhere to which the actor's is tied."""
    mine = _mine(actor)
    found = {one.entity: one for one in store.everybody()}
    return tuple((one, found[one.entity]) for one in store.ties(mine))


# ------------------------------------------------------------- inside
def _mine(actor: Actor) -> Identifier:
    require(has_one_of(actor, *CONNECTING))
    if actor.institution is None:
        raise PartnerUnknown(entity="without an institution")
    return actor.institution


def _fetch(entity: str) -> str:
    reply = fetcher.ask("GET", entity + WELL_KNOWN, of=entity, kind="statement")
    return reply.body.decode("ascii", "replace") if reply.status == 200 else ""


def _statement(issuer: str, subject: str, known: dict[tuple[str, str], str]) -> str:
    """A statement, or an empty text where there is none: then no chain leads through it."""
    if issuer == subject:
        return _fetch(issuer)
    above = open_configuration(
        known[(issuer, issuer)] or _fetch(issuer), of=issuer, at=clock.now(), guard=settings.NETWORK_GUARD
    )
    if above.fetch is None:
        raise ChainBroken(entity=subject, why=f"{issuer} hands out no statements")
    reply = fetcher.ask("GET", f"{above.fetch}?sub={subject}", of=issuer, kind="statement")
    return reply.body.decode("ascii", "replace")


def _read(token: str, entity: str) -> EntityConfiguration:
    return open_configuration(token, of=entity, at=clock.now(), guard=settings.NETWORK_GUARD)


def _resolved(known: Known, at: datetime) -> Resolved | None:
    """The chain that was kept, checked again for a moment; None where it holds no longer."""
    statements = {}
    for token in known.resolved:
        said = glance(token, ENTITY_STATEMENT, what="statement")
        statements[(str(said.get("iss")), str(said.get("sub")))] = token
    try:
        return resolve(known.entity, statements, _anchors(), at, guard=settings.NETWORK_GUARD)
    except EcvetError:
        return None


def _anchors() -> dict[str, dict[str, VerificationKey]]:
    return {
        name: {kid: VerificationKey(kid, jwk) for kid, jwk in keys.items()} for name, keys in store.anchors().items()
    }


def _institution(found: EntityConfiguration) -> CompetentInstitution:
    """The institution as it describes itself, without what it says that it may do."""
    said = found.metadata.get("ecvet_institution", {}).get("value")
    if not isinstance(said, dict):
        raise NotAnInstitution(entity=found.id)
    item = value(CompetentInstitution, said, path="institution")
    return replace(item, competences=(), accreditations=())


def _enter(item: CompetentInstitution, found: EntityConfiguration, competences: tuple[Competence, ...]) -> None:
    """Know the institution and its keys in the list of institutions, where all rooms look."""
    if item.id in institutions.here() or institutions.nodes([item.id]).get(item.id, found.id) != found.id:
        raise NotAnInstitution(entity=found.id)
    institutions.put(
        replace(item, competences=tuple(dict.fromkeys(competences))), contact=institutions.contact(item.id),
        since=clock.today(),
    )  # fmt: skip
    institutions.settle_at(item.id, found.id)
    for one in found.keys:
        if one.key.kid.partition("#")[0] == item.id:
            institutions.put_key(
                PublicKey(key=one.key, institution=item.id, valid_from=one.since or found.issued, valid_until=one.until)
            )


def _own(institution: Identifier) -> VerificationKey:
    return ourselves.key_of_requests(institution).public


def _theirs(found: EntityConfiguration) -> VerificationKey:
    at = clock.now()
    own = [one for one in found.keys if one.signed(at) and one.key.kid.partition("#")[0] == found.id]
    if not own:
        raise NotAnInstitution(entity=found.id)
    return own[-1].key
