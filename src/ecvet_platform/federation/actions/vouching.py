"""Who vouches for institutions elsewhere: chains to the anchors chosen here, looked for every night and kept."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from django.conf import settings
from django.db import transaction

from ecvet.errors import EcvetError
from ecvet.federation import Resolved, open_configuration, reissued, resolve, to_fetch
from ecvet.federation.trust_errors import ChainBroken
from ecvet.saying import say
from ecvet_platform.federation import fetcher
from ecvet_platform.federation.actions import anchors, believing, entering, partners
from ecvet_platform.federation.store import partners as store
from ecvet_platform.federation.store.partners import Known
from ecvet_platform.journal import clock

MOST_FETCHED: Final = 48
"""How many statements are asked for at most to find one chain: whom somebody names above itself is its own choice, and
a net of made-up superiors must not keep this server busy."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What came of a night: partners read again, those for whom a chain holds, and those with whom something failed."""

    read: int = 0
    anchored: int = 0
    failed: int = 0


def follow_everybody() -> Followed:
    """Read again how all known institutions elsewhere describe themselves, and look for their chains.

    A failure is noted with the partner and holds nobody else up.
    """
    read = anchored = failed = 0
    chosen = bool(anchors.texts())
    for one in store.everybody():
        try:
            partners.refresh(one.entity)
            read += 1
        except EcvetError:
            failed += 1
        if chosen or one.resolved:
            try:
                vouch(one.entity)
                anchored += 1
            except EcvetError:
                lapse(one)
    return Followed(read, anchored, failed)


def vouch(entity: str) -> Resolved:
    """Look for a chain from a known institution to an anchor chosen here, and keep it. Raises `ChainBroken` and as
    `partners.fetch`, `entering.enter`.

    A chain outweighs a pin: where the superior states new keys for a partner, people here follow it (network 4, 6).
    """
    before = partners.known(entity)
    chosen = anchors.chosen()
    if not chosen:
        raise ChainBroken(entity=entity, why=say("no anchor was chosen on this server"))
    statements = {(entity, entity): partners.fetch(entity)}
    while wanted := [one for one in to_fetch(entity, statements, chosen) if one not in statements]:
        for issuer, subject in wanted:
            if len(statements) >= MOST_FETCHED:
                raise ChainBroken(
                    entity=entity,
                    why=say("no chain was found among {most_fetched} statements", most_fetched=MOST_FETCHED),
                )
            statements[(issuer, subject)] = _statement(issuer, subject, statements)
    found = resolve(entity, statements, chosen, clock.now(), guard=settings.NETWORK_GUARD)
    _keep(before, found)
    return found


@transaction.atomic
def lapse(before: Known) -> None:
    """A chain that does not hold any more: what only its marks said ends; what people have confirmed stays."""
    at = clock.now()
    if not before.resolved or (before.until is not None and at <= before.until):
        return
    pins = tuple(one.pin for one in store.with_entity(before.entity) if one.pin is not None and one.pin.holds(at))
    found = partners.configuration_of(before.entity)
    item = entering.described(found)
    competences = believing.confirmed(pins, None)
    entering.enter(found, speaks_for=frozenset({item.id}), before=before, competences=competences)
    store.vouched(before.entity, (), until=None)


@transaction.atomic
def _keep(before: Known, found: Resolved) -> None:
    at, leaf = clock.now(), found.configuration
    pinned = [one for one in store.with_entity(leaf.id) if one.pin is not None and one.pin.holds(at)]
    pins = []
    for one in pinned:
        assert one.pin is not None
        keys = {each.key.kid: each.key for each in leaf.keys if each.signed(at)}
        pins.append(reissued(one.pin, keys, by_superior=True, compared=False))
        store.bind(one.institution, before.entity, pins[-1])
    partners.meet(leaf)
    store.vouched(before.entity, found.tokens, until=found.expires)
    entering.enter(
        leaf, speaks_for=believing.spoken_for(leaf, tuple(pins), found), before=before,
        competences=believing.confirmed(tuple(pins), found),
    )  # fmt: skip


def _statement(issuer: str, subject: str, known: dict[tuple[str, str], str]) -> str:
    """A statement, or an empty text where there is none or its place does not answer: no chain leads through it."""
    try:
        if issuer == subject:
            return partners.fetch(issuer)
        above = open_configuration(
            known.get((issuer, issuer), ""), of=issuer, at=clock.now(), guard=settings.NETWORK_GUARD
        )
        if above.fetch is None:
            return ""
        joint = "&" if "?" in above.fetch else "?"
        address = f"{above.fetch}{joint}sub={quote(subject, safe='')}"
        return fetcher.ask("GET", address, of=issuer, kind="statement").body.decode("ascii", "replace").strip()
    except EcvetError:
        return ""
