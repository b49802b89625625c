"""An institution moves to a server of its own, from this one or another, and keeps its threads (ADR 0037)."""

from dataclasses import replace

from django.db import transaction

from ecvet.federation import Pin, short_code
from ecvet.terms import Identifier, require
from ecvet_platform.federation.actions import connecting, entering, partners
from ecvet_platform.federation.errors import NotAnInstitution
from ecvet_platform.federation.store import partners as store
from ecvet_platform.federation.store.partners import Known
from ecvet_platform.institutions.actions import register
from ecvet_platform.institutions.store import institutions, memoranda
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.mobility.store import agreements
from ecvet_platform.people.roles import Actor, Role, has_one_of


@transaction.atomic
def move(name: Identifier, entity: str, heard: str, *, actor: Actor) -> Known:
    """An institution that signed here signs on its own server from now on, and keeps its threads (ADR 0037).

    Its own people here consent by doing it, after comparing the code that their new server shows; for an institution
    that nobody here acts for, or that already signs elsewhere, the register office does. What was signed here stays
    valid: its keys here end now, those there begin now. Everybody here who has a document with it knows it from now on.
    Raises `NotYourRole`, `CodesDiffer`, `NotAnInstitution` for a server of somebody else, and as `look`.
    """
    own = connecting.CONNECTING if actor.institution == name else ()
    require(has_one_of(actor, Role.REGISTER_OFFICE, *own))
    elsewhere = institutions.nodes([name]).get(name)
    mine = connecting.mine_of(actor)
    found = connecting.asked(entity)
    item = entering.described(found)
    if item.id != name or found.id == elsewhere:
        raise NotAnInstitution(entity=entity)
    comparing = name if elsewhere is None and actor.institution == name else mine
    key = partners.signer(found)
    connecting.compare(comparing, key, heard)
    at = clock.now()
    if elsewhere is None:
        for used in institutions.keys(name):
            if used.valid_until is None:
                institutions.put_key(replace(used, valid_until=at))
    partners.meet(found)
    institutions.settle_at(name, entity)
    pin = Pin(
        entity=entity, keys={one.key.kid: one.key for one in found.keys if one.signed(at)}, at=at, by=actor.person,
        institutions=frozenset({name}),
    )  # fmt: skip
    for one in sorted(concerned(name, elsewhere) | {mine} - {name}):
        store.bind(one, Identifier(entity), pin)
    entering.enter(found, speaks_for=frozenset({name}), before=store.known(entity), competences=())
    journal.write("network.move", by=actor, subject=name, detail={"entity": entity, "before": elsewhere or ""})
    return partners.known(entity)


def code_to_move(name: Identifier, entity: str, *, actor: Actor) -> connecting.Introduction:
    """What the server says to which an institution is to move, and the code to compare. Nothing is kept."""
    require(has_one_of(actor, Role.REGISTER_OFFICE, *(connecting.CONNECTING if actor.institution == name else ())))
    found = connecting.asked(entity)
    item = entering.described(found)
    if item.id != name:
        raise NotAnInstitution(entity=entity)
    key = partners.signer(found)
    own = name if actor.institution == name else connecting.mine_of(actor)
    return connecting.Introduction(
        configuration=found, item=item, code=short_code(connecting.own_key(own), key), key=key
    )


def concerned(name: Identifier, elsewhere: str | None) -> set[Identifier]:
    """The institutions here that know it already: by a document in common, or by the address where it was."""
    known = {one.institution for one in store.with_entity(elsewhere)} if elsewhere else set()
    memoranda_of = {one for line in memoranda.of(name, limit=10_000) for one in line.parties}
    stays = {side for line in agreements.after([name], None, 10_000) for side in (line.home, line.hosting)}
    return {one for one in known | memoranda_of | stays if one in register.here() and one != name}
