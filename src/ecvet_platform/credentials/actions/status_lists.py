"""The status lists of this platform: where a credential's place is drawn, and what is published at their addresses.

An edition is made when it is asked for and kept nowhere: it follows from the rows, the half day and the issuer's keys,
and signing is deterministic, so that every process publishes the same bytes. A new one begins with every change and
with a new key, and otherwise twice a day. The address of a list tells nothing but where it is; places come from
`ecvet.credential.status` (security statement 19).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.conf import settings

from ecvet.credential.errors import StatusListFull
from ecvet.credential.formats.bitstring_status_list import PURPOSES
from ecvet.credential.formats.token_status_list import TYP, Reference
from ecvet.credential.status.allocation import OpenList, allocate, open_list, stir
from ecvet.credential.status.editions import Edition, bitstring_proof_view, token_view
from ecvet.record import address_of
from ecvet.terms import Identifier
from ecvet_platform.credentials.actions import proof_keys
from ecvet_platform.credentials.actions.keys import PLATFORM, key_of, since
from ecvet_platform.credentials.errors import StatusListUnknown
from ecvet_platform.credentials.store import status as store
from ecvet_platform.credentials.store.status import Given, Kept
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import chance, clock

PATH: Final = "/status/"
KEPT_FOR: Final = timedelta(minutes=15)
"""How long a copy may be kept: so late a revocation is seen at the latest, by who asks."""

TURN: Final = timedelta(hours=12)
IN_FORCE: Final = timedelta(hours=24)
"""How often a new edition begins without a change, and how long an edition counts."""

STIRRED: Final = 8
"""Decoys that change with every edition: so the difference of two does not tell how many credentials changed."""


@dataclass(frozen=True, slots=True)
class Published:
    """What stands at the address of a list: bytes, media type, entity tag, and for how many seconds it may be kept."""

    data: bytes
    media: str
    tag: str
    max_age: int


@dataclass(frozen=True, slots=True)
class Place:
    """A place that was drawn, to be given to a credential in the same transaction."""

    kept: Kept
    reference: Reference

    def give(self, credential: UUID) -> None:
        """Give it for ever."""
        store.give(self.kept, self.reference.index, credential)


def draw(issuer: Identifier) -> Place:
    """A place in the open list of an issuer, or in a new one. To be called within the transaction that issues."""
    kept = store.open_of(issuer) or _new(issuer)
    try:
        index = allocate(_open(kept), Given(kept), chance.below)
    except StatusListFull:
        store.close(kept)
        kept = _new(issuer)
        index = allocate(_open(kept), Given(kept), chance.below)
    return Place(kept, Reference(uri(kept.id), index))


def renew(credentials: tuple[UUID, ...], at: datetime) -> None:
    """New editions of all lists in which these credentials have places, with some decoys changed."""
    for kept in store.lists_with(credentials):
        store.renew(kept, stir(_open(kept), chance.below, STIRRED).decoys, at)


def uri(key: UUID) -> str:
    """The public address of a list."""
    return f"{settings.SITE}{PATH}{key}"


def published(key: UUID, purpose: str = "") -> Published:
    """The edition of now: without a purpose the Token Status List, else the bitstring. Raises `StatusListUnknown`."""
    kept = store.one(key)
    if kept is None or (purpose and purpose not in PURPOSES):
        raise StatusListUnknown(name=key)
    now = clock.now()
    signs = (proof_keys.since(kept.issuer) if purpose else since(kept.issuer)) or kept.changed
    begun = max(kept.changed, _turn(now), signs).replace(microsecond=0)
    tag = address_of(f"{kept.id} {kept.edition} {begun.timestamp()} {signs.timestamp()} {purpose}".encode())[8:40]
    return Published(
        _signed(kept.id, kept.edition, kept.changed, begun, purpose, signs, settings.SITE, str(settings.DATA)),
        "application/vc" if purpose else f"application/{TYP}", tag, int(KEPT_FOR.total_seconds()),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Own(Mapping[str, bytes]):
    """The lists of this platform by their addresses, signed when one is asked for; of others there is none."""

    def __getitem__(self, address: str) -> bytes:
        key, _, purpose = address.removeprefix(f"{settings.SITE}{PATH}").partition("/")
        try:
            return published(UUID(key), purpose).data if f"{settings.SITE}{PATH}" in address else _missing(address)
        except (ValueError, StatusListUnknown):
            return _missing(address)

    def __iter__(self) -> Iterator[str]:
        return (uri(one.id) for one in store.of_issuers())

    def __len__(self) -> int:
        return len(store.of_issuers())


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as a file of the trust directory."""

    name: str
    data: bytes


def every() -> Iterator[Listed]:
    """All lists of this platform, each as token and as bitstrings."""
    for one in store.of_issuers():
        yield Listed(f"{one.id}.jwt", published(one.id).data)
        for purpose in PURPOSES:
            yield Listed(f"{one.id}-{purpose}.json", published(one.id, purpose).data)


def _missing(address: str) -> bytes:
    raise KeyError(address)


def _new(issuer: Identifier) -> Kept:
    key = chance.uuid4()
    made = open_list(uri(key), chance.below)
    return store.add(key, issuer, made.decoys, clock.now())


def _open(kept: Kept) -> OpenList:
    return OpenList(uri(kept.id), decoys=kept.decoys)


def _turn(at: datetime) -> datetime:
    return at.replace(hour=at.hour // 12 * 12, minute=0, second=0)


@lru_cache(maxsize=64)
def _signed(
    key: UUID, _edition: int, _changed: datetime, begun: datetime, purpose: str, _since: datetime, _site: str,
    _keys: str,
) -> bytes:  # fmt: skip
    """An edition; remembered, because many ask for the same. What it depends on are its arguments."""
    kept = store.one(key)
    assert kept is not None
    listed, stands = _open(kept), store.standings(kept)
    said = Edition(at=begun, until=begun + IN_FORCE, ttl=KEPT_FOR)
    institution = institutions.institution(kept.issuer)
    if purpose:
        prover = proof_keys.proof_key_of(institution, by=PLATFORM)
        return bitstring_proof_view(listed, stands, purpose, said, prover.did, prover.private, prover.method)
    return token_view(listed, stands, said, key_of(institution, by=PLATFORM))
