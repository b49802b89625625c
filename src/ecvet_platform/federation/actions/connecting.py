"""Connecting an institution here with one elsewhere: look, compare the code by telephone, confirm; move to a server.

GET changes nothing: looking keeps nothing. What people confirm is a pin: keys, one institution, and what they have
seen proof that it may do.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from django.conf import settings
from django.db import transaction

from ecvet.federation import EntityConfiguration, Pin, may_be_entity, may_pin, short_code
from ecvet.partnership import Competence, CompetentInstitution, Function
from ecvet.record import VerificationKey
from ecvet.terms import Failure, Identifier, LangString, require
from ecvet_platform.federation.actions import anchors, believing, entering, ourselves, partners
from ecvet_platform.federation.errors import CodesDiffer, EnteredHere, PartnerUnknown
from ecvet_platform.federation.store import partners as store
from ecvet_platform.federation.store.partners import Known, Tie
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people.roles import Actor, Role, has_one_of

CONNECTING: Final = (Role.COORDINATOR, Role.COMPETENT_INSTITUTION, Role.REGISTER_OFFICE)
"""Who may connect the own institution with one elsewhere."""

JUDGING: Final = (Role.COMPETENT_INSTITUTION, Role.REGISTER_OFFICE)
"""Who may say that a partner may do more than assess: what it validates, recognises and awards counts on this server
for everybody."""

_OF_COORDINATORS: Final = frozenset({Function.ASSESS, Function.DOCUMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """An institution elsewhere before it is confirmed: how it describes itself, and the code to be read out."""

    configuration: EntityConfiguration
    item: CompetentInstitution
    code: str
    key: VerificationKey


def written(text: str) -> str:
    """An address as people paste it, in the form that names an entity: of its page, or of what it publishes."""
    found = text.strip().removesuffix("/.well-known/openid-federation")
    return found.partition("?")[0].partition("#")[0].rstrip("/")


def look(entity: str, *, actor: Actor) -> Introduction:
    """Ask an institution elsewhere who it is; nothing is kept.

    Raises `NotYourRole`, `AddressNotAllowed`, `NoAnswer`, `AnswerNotTaken`, `NotAnInstitution`, `EnteredHere`, and what
    `ecvet.federation.open_configuration` refuses.
    """
    return _introduced(entity, _mine(actor))


def ask_anchor(entity: str, *, actor: Actor) -> Introduction:
    """The same for an anchor, which need not be an institution. Raises as `look`."""
    anchors.may_choose(actor)
    mine = _mine(actor)
    found = partners.opened(partners.fetch(entity), entity)
    key = partners.signer(found)
    item = CompetentInstitution(
        id=Identifier(entity), name=LangString.of({"en": found.name}), country=register.institution(mine).country
    )
    return Introduction(configuration=found, item=item, code=short_code(own_key(mine), key), key=key)


def choose_anchor(entity: str, heard: str, *, actor: Actor) -> None:
    """Choose an anchor whose code was compared. Raises `CodesDiffer` and as `ask_anchor`."""
    found = ask_anchor(entity, actor=actor)
    compare(_mine(actor), found.key, heard)
    keys = [one.key for one in found.configuration.keys if one.signed(clock.now()) and _of(one.key, entity)]
    anchors.keep(Identifier(entity), keys, by=actor, who=actor.person)


@transaction.atomic
def confirm(entity: str, heard: str, *, actor: Actor, competences: Iterable[Competence] = ()) -> Known:
    """Tie the actor's institution to one elsewhere whose code was compared by telephone.

    `competences` are functions of which the people here have seen proof. A partner that was confirmed before is
    confirmed anew, also with keys that nobody else vouches for: that is what the telephone is for.
    Raises `CodesDiffer`, `NotYourRole` for functions that only some may confirm, `SpokenForElsewhere`, as `look`.
    """
    mine = _mine(actor)
    given = tuple(competences)
    _may_judge(given, actor)
    found = _introduced(entity, mine)
    compare(mine, found.key, heard)
    at, before = clock.now(), store.known(entity)
    kept = store.tie(mine, entity)
    if not given and kept is not None and kept.pin is not None and kept.pin.institutions == {found.item.id}:
        given = kept.pin.competences
    pin = Pin(
        entity=entity, keys={one.key.kid: one.key for one in found.configuration.keys if one.signed(at)}, at=at,
        by=actor.person, institutions=frozenset({found.item.id}), competences=given,
    )  # fmt: skip
    partners.meet(found.configuration)
    store.bind(mine, Identifier(entity), pin)
    others = tuple(one.pin for one in store.with_entity(entity) if one.pin is not None and one.pin.holds(at))
    vouched = partners.resolved(before, at) if before is not None else None
    entering.enter(
        found.configuration, speaks_for=pin.institutions, before=before,
        competences=believing.confirmed(others, vouched),
    )  # fmt: skip
    journal.write("network.confirm", by=actor, subject=found.item.id, detail={"entity": entity, "institution": mine})
    return partners.known(entity)


@transaction.atomic
def prove(entity: Identifier, competences: Iterable[Competence], *, actor: Actor) -> None:
    """Say of a confirmed partner what it may do, in the place of what was said before. Raises as `confirm`."""
    mine = _mine(actor)
    given = tuple(competences)
    before = _tie(mine, entity)
    if before.pin is None:
        raise PartnerUnknown(entity=entity)
    _may_judge((*given, *before.pin.competences), actor)
    store.bind(mine, entity, replace(before.pin, competences=given))
    _entered_again(entity)
    journal.write("network.prove", by=actor, subject=entity, detail={"institution": mine, "competences": [*given]})


@transaction.atomic
def withdraw(entity: Identifier, *, actor: Actor) -> None:
    """End the confirmation: the partner is a stranger from now on, unless a chain vouches for it."""
    mine = _mine(actor)
    tie = _tie(mine, entity)
    if tie.pin is not None:
        store.bind(mine, entity, replace(tie.pin, withdrawn=clock.now()))
        _entered_again(entity)
    journal.write("network.withdraw", by=actor, subject=entity, detail={"institution": mine})


@transaction.atomic
def pause(entity: Identifier, *, paused: bool, actor: Actor) -> None:
    """Hold back what is to be sent to a partner, or let it go."""
    mine = _mine(actor)
    _tie(mine, entity)
    store.pause(mine, entity, paused=paused)
    verb = "network.pause" if paused else "network.resume"
    journal.write(verb, by=actor, subject=entity, detail={"institution": mine})


def refresh(entity: Identifier, *, actor: Actor) -> Known:
    """Ask a partner now what it publishes. Raises as `partners.refresh`."""
    _tie(_mine(actor), entity)
    return partners.refresh(entity)


def own_key(institution: Identifier) -> VerificationKey:
    """The public key of an institution here that others see today."""
    return ourselves.key_of_requests(institution).public


def mine_of(actor: Actor) -> Identifier:
    """The institution of this server for which the actor connects. Raises `NotYourRole`, `PartnerUnknown`."""
    return _mine(actor)


# ------------------------------------------------------------- inside
def _mine(actor: Actor) -> Identifier:
    require(has_one_of(actor, *CONNECTING))
    if actor.institution is None or actor.institution not in register.here():
        raise PartnerUnknown(entity=actor.institution or "–")
    return actor.institution


def _tie(mine: Identifier, entity: str) -> Tie:
    found = store.tie(mine, entity)
    if found is None:
        raise PartnerUnknown(entity=entity)
    return found


def asked(entity: str) -> EntityConfiguration:
    """What an address elsewhere publishes now. Raises `EnteredHere` for one of this server, and as `look`."""
    require(may_be_entity(entity, guard=settings.NETWORK_GUARD))
    if entity == settings.SITE or entity.startswith(f"{settings.SITE}/"):
        raise EnteredHere(institution=entity)
    return partners.opened(partners.fetch(entity), entity)


def _introduced(entity: str, mine: Identifier) -> Introduction:
    found = asked(entity)
    item = entering.described(found)
    entering.may_enter(item, entity)
    key = partners.signer(found)
    return Introduction(configuration=found, item=item, code=short_code(own_key(mine), key), key=key)


def compare(mine: Identifier, theirs: VerificationKey, heard: str) -> None:
    """The code is not told to who typed another one: it would only be copied."""
    digits = "".join(one for one in heard if one.isdecimal())
    if isinstance(may_pin(own_key(mine), theirs, heard=digits), Failure):
        raise CodesDiffer()


def _may_judge(given: Iterable[Competence], actor: Actor) -> None:
    if any(one.function not in _OF_COORDINATORS for one in given):
        require(has_one_of(actor, *JUDGING))


def _entered_again(entity: Identifier) -> None:
    at, row = clock.now(), partners.known(entity)
    pins = tuple(one.pin for one in store.with_entity(entity) if one.pin is not None and one.pin.holds(at))
    vouched = partners.resolved(row, at)
    found = partners.configuration_of(entity)
    speaks = frozenset({entering.described(found).id})
    entering.enter(found, speaks_for=speaks, before=row, competences=believing.confirmed(pins, vouched))


def _of(key: VerificationKey, entity: str) -> bool:
    return key.kid.partition("#")[0] == entity
