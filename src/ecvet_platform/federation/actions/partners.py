"""Institutions on other servers as they are known here: followed while known keys sign, judged as of a moment.

What a partner may do counts as far as marks of the chain or people here say so, never because it says so itself; and
nothing that it publishes later may change what was proved before (`federation.actions.entering`).
"""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.db import transaction

from ecvet.credential.formats import jws
from ecvet.errors import EcvetError
from ecvet.federation import (
    Caller,
    EntityConfiguration,
    Pin,
    Resolved,
    Standing,
    followed,
    open_configuration,
    published,
    resolve,
    well_known,
)
from ecvet.federation import standing as decide
from ecvet.federation.entity import ENTITY_STATEMENT
from ecvet.federation.errors import RequestReplayed
from ecvet.federation.token import glance
from ecvet.federation.trust_errors import KeyNotFollowed, TrustError
from ecvet.record import VerificationKey
from ecvet.saying import say
from ecvet.terms import Identifier
from ecvet_platform.federation import fetcher
from ecvet_platform.federation.actions import anchors, believing, entering
from ecvet_platform.federation.errors import NotAnInstitution, PartnerUnknown
from ecvet_platform.federation.store import messages
from ecvet_platform.federation.store import partners as store
from ecvet_platform.federation.store.partners import Known
from ecvet_platform.institutions.store import institutions
from ecvet_platform.journal import clock

ASKED_AGAIN: Final = timedelta(minutes=1)
"""How soon an institution elsewhere is asked again for its keys because somebody calls with one that is not known."""


# ------------------------------------------------------------- fetched and followed
def fetch(entity: str) -> str:
    """The configuration that an institution elsewhere publishes now, before anything of it is checked.

    Raises `AddressNotAllowed`, `NoAnswer`, `AnswerNotTaken`, `NotAnInstitution` for an address without one.
    """
    reply = fetcher.ask("GET", well_known(entity), of=entity, kind="statement")
    if reply.status != 200:
        raise NotAnInstitution(entity=entity)
    return reply.body.decode("ascii", "replace").strip()


def opened(token: str, entity: str) -> EntityConfiguration:
    """A configuration that the entity has signed with a key of its own name, which is the key that counts for it."""
    found = open_configuration(token, of=entity, at=clock.now(), guard=settings.NETWORK_GUARD)
    if signer(found).kid.partition("#")[0] != entity:
        raise NotAnInstitution(entity=entity)
    return found


def signer(found: EntityConfiguration) -> VerificationKey:
    """The key that signed a configuration. Only this one is compared by telephone: whoever holds it vouches for the
    others that are listed, and nobody else does."""
    return found.by_kid[str(jws.parse(found.token, "entity configuration").header["kid"])]


def refresh(entity: str) -> Known:
    """Read again how a known institution describes itself; keys follow only where the pin or a chain lets them.

    Raises `PartnerUnknown`, `KeyNotFollowed`, `NoAnswer`, and what `fetch` and `opened` raise. What went wrong is kept.
    """
    before = known(entity)
    try:
        return take_in(before, fetch(entity))
    except EcvetError as error:
        store.failed(entity, str(error))
        raise


def met(entity: str) -> Known:
    """An institution elsewhere, asked who it is where it is not known yet: so a stranger may propose. Raises as `look`.

    Nothing is entered in the list of institutions, and no tie is made.
    """
    found = store.known(entity)
    if found is not None:
        return found
    token = fetch(entity)
    meet(opened(token, entity))
    return known(entity)


def meet(found: EntityConfiguration) -> None:
    """Know how an institution elsewhere describes itself; what was known is kept where it is of later."""
    item = entering.described(found)
    store.meet(Identifier(found.id), name=str(item.name)[:300], configuration=found.token, at=clock.now())
    store.heard(Identifier(found.id), at=clock.now())


@transaction.atomic
def take_in(before: Known, token: str) -> Known:
    """Take in a configuration that an institution elsewhere publishes now. Raises `KeyNotFollowed` and as `opened`.

    Where people have confirmed its keys, one of these must have signed it, or a rotation must lead from one to the
    signer, for each institution that keeps a pin. Where only a chain vouches, a key that its superior states must have
    signed it. Nobody can bring an older configuration back.
    """
    at, entity = clock.now(), before.entity
    found = opened(token, entity)
    if found.issued < configuration_of(entity).issued:
        raise KeyNotFollowed(entity=entity, why=say("it publishes an older configuration than it has shown before"))
    pinned = _pinned(entity, at)
    rotations, _ = published(token)
    for institution, pin in pinned:
        now, _ = followed(pin, token, at=at, rotations=rotations, guard=settings.NETWORK_GUARD)
        if now != pin:
            store.bind(institution, entity, now)
    vouched = resolved(before, at)
    if not pinned and vouched is not None and vouched.keys.get(signer(found).kid) != signer(found):
        raise KeyNotFollowed(entity=entity, why=say("its superior states other keys than the one that signed"))
    if not pinned and vouched is None and institution_of(entity) is not None:
        _check_known_hand(found)
    meet(found)
    if pinned or vouched is not None:
        pins = tuple(pin for _, pin in pinned)
        entering.enter(found, speaks_for=believing.spoken_for(found, pins, vouched), before=before,
                       competences=believing.confirmed(pins, vouched))  # fmt: skip
    store.failed(entity, "")
    return known(entity)


# ------------------------------------------------------------- what is known
def standing(entity: str, institution: Identifier, at: datetime) -> Standing:
    """How well an institution here knows one elsewhere at a moment, from what is kept; nothing is fetched."""
    row = store.known(entity)
    if row is None:
        return decide(entity, at)
    tie = store.tie(institution, entity)
    pin = tie.pin if tie is not None and tie.pin is not None and tie.pin.holds(at) else None
    vouched = resolved(row, at)
    found = decide(entity, at, resolved=vouched, pin=pin, configuration=configuration_of(entity))
    if vouched is None:
        return found
    pins = (pin,) if pin is not None else ()
    return Standing(
        entity=found.entity, at=at, level=found.level, configuration=found.configuration, marks=found.marks,
        institutions=believing.spoken_for(vouched.configuration, pins, vouched), tokens=found.tokens,
        competences=tuple(dict.fromkeys((*found.competences, *(each for one in pins for each in one.competences)))),
    )  # fmt: skip


def resolved(row: Known, at: datetime) -> Resolved | None:
    """The chain that was kept, checked again as of a moment with the anchors of now; None where it does not hold."""
    if row.until is None or not row.resolved or at > row.until:
        return None
    return _resolved(row.entity, row.resolved, tuple(sorted(anchors.texts())), at.replace(second=0, microsecond=0))


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


def reach_for_key(keyid: str) -> None:
    """Where somebody calls with a key that is not known, ask once a minute at most what the named entity publishes.

    A stranger becomes known as a stranger; keys of a partner follow by the rules of `take_in`. Raises nothing: a key
    that is not known afterwards is refused by the check of the request.
    """
    entity, now = keyid.partition("#")[0], clock.now()
    row = store.known(entity)
    if row is not None and (of_requests(keyid, now) is not None or now - row.fetched < ASKED_AGAIN):
        return
    try:
        if row is None:
            met(entity)
        else:
            refresh(entity)
    except EcvetError:
        return


def configuration_of(entity: str) -> EntityConfiguration:
    """How a known institution elsewhere described itself last. Raises `PartnerUnknown`."""
    row = known(entity)
    return _configuration(row.configuration, row.entity, row.fetched)


def known(entity: str) -> Known:
    """An institution elsewhere that is known here. Raises `PartnerUnknown`."""
    found = store.known(entity)
    if found is None:
        raise PartnerUnknown(entity=entity)
    return found


def institution_of(entity: str) -> Identifier | None:
    """The institution that signs at an address elsewhere, as it is entered here."""
    return institutions.at_node(entity)


def use_up(caller: Caller) -> None:
    """Use up the nonce of a request, in this transaction. Raises `RequestReplayed`."""
    if messages.seen(caller.keyid, caller.nonce, forget=caller.forget):
        raise RequestReplayed()


# ------------------------------------------------------------- inside
def _check_known_hand(found: EntityConfiguration) -> None:
    """Raise `KeyNotFollowed` unless a key published before signs for who was entered here and has no voucher now."""
    before = configuration_of(found.id).by_kid.get(signer(found).kid)
    if before != signer(found):
        raise KeyNotFollowed(entity=found.id, why=say("neither people here nor a superior vouch for it any more"))


def _pinned(entity: str, at: datetime) -> tuple[tuple[Identifier, Pin], ...]:
    ties = store.with_entity(entity)
    return tuple((one.institution, one.pin) for one in ties if one.pin is not None and one.pin.holds(at))


@lru_cache(maxsize=512)
def _configuration(token: str, entity: str, fetched: datetime) -> EntityConfiguration:
    return open_configuration(token, of=entity, at=fetched, guard=settings.NETWORK_GUARD)


@lru_cache(maxsize=512)
def _resolved(entity: str, tokens: tuple[str, ...], chosen: tuple[str, ...], at: datetime) -> Resolved | None:
    """By minutes: a chain is checked once a minute, however many messages come."""
    statements = {}
    for token in tokens:
        claims = glance(token, ENTITY_STATEMENT, what="statement")
        statements[str(claims.get("iss")), str(claims.get("sub"))] = token
    try:
        return resolve(entity, statements, anchors.of_texts(chosen), at, guard=settings.NETWORK_GUARD)
    except TrustError:
        return None
