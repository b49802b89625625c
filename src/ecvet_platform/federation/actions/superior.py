"""An institution of this server above or below others: what it states about them, and whose marks it shows.

A superior, such as a national contact point, states whom it has confirmed, with keys and the institution for which it
speaks, and gives marks for functions. Statements are made when they are asked for and hold for a day, so that what is
ended here stops counting everywhere within a day.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final
from urllib.parse import quote

import msgspec
from django.db import transaction

from ecvet.errors import EcvetError
from ecvet.federation import (
    MARKS,
    Constraints,
    DatedKey,
    Mark,
    SubordinateStatement,
    open_mark,
    sign_mark,
    sign_statement,
)
from ecvet.federation.entity import LASTS, NODE
from ecvet.federation.marks import TRUST_MARK
from ecvet.federation.token import glance
from ecvet.partnership import Competence
from ecvet.record import VerificationKey
from ecvet.terms import Identifier, Period, require
from ecvet_platform.federation import fetcher
from ecvet_platform.federation.actions import ourselves, partners
from ecvet_platform.federation.actions.connecting import JUDGING, mine_of
from ecvet_platform.federation.errors import NotYourSubordinate, PartnerUnknown
from ecvet_platform.federation.store import partners as known
from ecvet_platform.federation.store import superiors as store
from ecvet_platform.federation.store.superiors import Stated, Superior
from ecvet_platform.institutions.actions import register
from ecvet_platform.institutions.errors import InstitutionUnknown
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people.roles import Actor, has_one_of

MARKED: Final = tuple(MARKS)
"""The functions for which there are marks."""

MOST: Final = 64
_LEAF: Final = Constraints(max_path_length=0)
"""A provider states nothing about others."""


# ------------------------------------------------------------- above: what is stated
@transaction.atomic
def state(entity: Identifier, competences: Iterable[Competence], *, below: bool, actor: Actor) -> None:
    """State that an entity is who it says, and what it may do; in the place of what was stated before.

    The entity is an institution of this server, or one elsewhere whose code people of the actor's institution have
    compared. Raises `NotYourRole`, `PartnerUnknown` for one that was not confirmed.
    """
    require(has_one_of(actor, *JUDGING))
    mine = mine_of(actor)
    name, _, _ = _subject(mine, entity)
    given = tuple(one for one in competences if one.function in MARKED)
    item = Stated(institution=mine, entity=entity, name=name, competences=given, below=below, by=actor.person,
                  since=clock.now())  # fmt: skip
    store.state(item)
    journal.write("network.state", by=actor, subject=entity, detail={"institution": mine, "competences": [*given]})


@transaction.atomic
def end(entity: Identifier, *, actor: Actor) -> None:
    """State nothing about an entity any more. Raises `NotYourRole`, `NotYourSubordinate`."""
    require(has_one_of(actor, *JUDGING))
    mine = mine_of(actor)
    if not store.end(mine, entity, at=clock.now()):
        raise NotYourSubordinate(institution=mine, entity=entity)
    journal.write("network.end-statement", by=actor, subject=entity, detail={"institution": mine})


def stated(*, actor: Actor) -> tuple[Stated, ...]:
    """What the actor's institution states about others."""
    return store.stated(mine_of(actor))


def statement(institution: Identifier, entity: str) -> str:
    """What an institution here states about an entity below it, signed now.

    Raises `NotYourSubordinate`, also where the confirmation has been withdrawn since.
    """
    said = _stated(institution, entity)
    _, keys, speaks = _subject(institution, said.entity)
    at = clock.now()
    made = SubordinateStatement(
        issuer=ourselves.entity_of(institution), subject=said.entity, keys=keys, issued=at, expires=at + LASTS,
        constraints=Constraints() if said.below else _LEAF,
        metadata={NODE: {"institutions": sorted({speaks, said.entity})}},
    )  # fmt: skip
    return sign_statement(made, ourselves.key_of_requests(institution))


def marks(institution: Identifier, entity: str) -> tuple[str, ...]:
    """The marks that an institution here gives to an entity below it. Raises `NotYourSubordinate`."""
    said, key = _stated(institution, entity), ourselves.key_of_requests(institution)
    issuer = ourselves.entity_of(institution)
    return tuple(
        sign_mark(
            Mark(issuer=issuer, subject=said.entity, function=one.function, valid=one.valid, issued=said.since,
                 qualifications=one.qualifications, source=one.source),
            key,
        )
        for one in said.competences
    )  # fmt: skip


# ------------------------------------------------------------- below: whose word is shown
@transaction.atomic
def name_above(entity: Identifier, *, actor: Actor) -> None:
    """Name a superior of the actor's institution, and fetch the marks that it gives. Raises `NotYourRole`, and as
    `partners.fetch`."""
    mine = mine_of(actor)
    local = _local(entity)
    if local is None:
        partners.opened(partners.fetch(entity), entity)
    store.name_above(mine, entity, by=actor.person, at=clock.now())
    journal.write("network.name-superior", by=actor, subject=entity, detail={"institution": mine})
    fetch_marks(next(one for one in store.above(mine) if one.entity == entity))


@transaction.atomic
def leave(entity: Identifier, *, actor: Actor) -> None:
    """Name it no longer. Raises `NotYourRole`, `PartnerUnknown`."""
    mine = mine_of(actor)
    if not store.leave(mine, entity):
        raise PartnerUnknown(entity=entity)
    journal.write("network.leave-superior", by=actor, subject=entity, detail={"institution": mine})


def above(*, actor: Actor) -> tuple[tuple[Superior, tuple[Mark, ...]], ...]:
    """The superiors of the actor's institution, with the marks that they have given it."""
    return tuple((one, _readable(one)) for one in store.above(mine_of(actor)))


def fetch_all_marks() -> int:
    """Fetch the marks of all institutions here from their superiors; how many superiors answered."""
    return sum(fetch_marks(one) for one in store.above())


def fetch_marks(one: Superior) -> bool:
    """Fetch the marks that a superior gives an institution here; where it fails, why is noted and the old ones stay."""
    subject = ourselves.entity_of(one.institution)
    try:
        local = _local(one.entity)
        found = marks(local, subject) if local is not None else _fetched(one.entity, subject)
        store.marked(one.institution, one.entity, found, at=clock.now())
    except NotYourSubordinate:
        store.marked(one.institution, one.entity, (), at=clock.now())
        store.unmarked(one.institution, one.entity, "it states nothing about this institution yet")
    except (EcvetError, ValueError) as error:
        store.unmarked(one.institution, one.entity, str(error))
        return False
    return True


# ------------------------------------------------------------- inside
def _stated(institution: Identifier, entity: str) -> Stated:
    found = store.stated(institution, entity)
    if not found:
        raise NotYourSubordinate(institution=institution, entity=entity)
    return found[0]


def _local(entity: str) -> Identifier | None:
    try:
        return ourselves.institution_at(entity)
    except InstitutionUnknown:
        return None


def _subject(mine: Identifier, entity: Identifier) -> tuple[str, tuple[DatedKey, ...], Identifier]:
    """Name, keys and institution of an entity as they are known to the superior."""
    local, at = _local(entity), clock.now()
    if local is not None:
        keys = tuple(one for one in ourselves.dated_keys(local) if one.signed(at))
        return register.names([local])[local], keys, local
    tie = known.tie(mine, entity)
    if tie is None or tie.pin is None or not tie.pin.holds(at):
        raise PartnerUnknown(entity=entity)
    row = partners.known(entity)
    speaks = next(iter(sorted(tie.pin.institutions)), entity)
    return row.name, tuple(DatedKey(key=one) for one in tie.pin.keys.values()), speaks


def _fetched(entity: Identifier, subject: Identifier) -> tuple[str, ...]:
    found = partners.opened(partners.fetch(entity), entity)
    address = found.metadata.get("federation_entity", {}).get("federation_trust_mark_endpoint")
    if not isinstance(address, str):
        return ()
    reply = fetcher.ask("GET", f"{address}?sub={quote(subject, safe='')}", of=entity, kind="statement")
    if reply.status == 404:
        raise NotYourSubordinate(institution=entity, entity=subject)
    said = msgspec.json.decode(reply.body, type=dict[str, list[str]])
    tokens = said.get("trust_marks", [])[:MOST]
    return tuple(one for one in tokens if _fits(one, entity, subject, found.by_kid))


def _fits(token: str, issuer: str, subject: str, keys: dict[str, VerificationKey]) -> bool:
    try:
        open_mark(token, issuer=issuer, subject=subject, keys=keys)
    except EcvetError:
        return False
    return True


def _readable(one: Superior) -> tuple[Mark, ...]:
    """The marks that are kept; their signatures were checked when they were fetched."""
    found = []
    for token in one.marks:
        said = glance(token, TRUST_MARK, what="trust mark")
        function = next(name for name, kind in MARKS.items() if kind == said["trust_mark_type"])
        until = date.fromisoformat(str(said["until"])) if "until" in said else None
        found.append(
            Mark(
                issuer=one.entity, subject=str(said["sub"]), function=function, issued=one.fetched or one.since,
                valid=Period(date.fromisoformat(str(said["since"])), until), source=str(said.get("ref", "")),
                qualifications=frozenset(map(Identifier, said.get("qualifications", ()))), token=token,
            )
        )  # fmt: skip
    return tuple(found)
