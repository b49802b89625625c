"""The anchors that the administrator of this server has chosen: whose chains count here.

An anchor is entered once its short code was compared by telephone, like a partner; there is no list of anchors that
would be right for everybody (network 4).
"""

import json
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ecvet.federation import Anchors
from ecvet.federation.token import jwk, key_from
from ecvet.record import VerificationKey
from ecvet.terms import Identifier, require
from ecvet_platform.federation.errors import AnchorUnknown
from ecvet_platform.federation.store import partners as store
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.journal.chain import By
from ecvet_platform.people.roles import Actor, Role, has_one_of


def may_choose(actor: Actor) -> None:
    """Raise `NotYourRole` for who may not choose anchors: that is for the register office of this server."""
    require(has_one_of(actor, Role.REGISTER_OFFICE))


@transaction.atomic
def keep(entity: Identifier, keys: Iterable[VerificationKey], *, by: By, who: Identifier) -> None:
    """Choose an anchor with the keys that were compared."""
    listed = {one.kid: {name: str(text) for name, text in jwk(one).items()} for one in keys}
    store.choose(entity, listed, by=who, at=clock.now())
    journal.write("network.choose-anchor", by=by, subject=entity, detail={"keys": sorted(listed)})


@transaction.atomic
def give_up(entity: Identifier, *, by: By) -> None:
    """Let an anchor count no longer. Raises `AnchorUnknown`."""
    if not store.give_up(entity):
        raise AnchorUnknown(entity=entity)
    journal.write("network.give-up-anchor", by=by, subject=entity)


def lines() -> tuple[tuple[Identifier, tuple[str, ...], datetime], ...]:
    """The anchors, with the names of their keys, and since when."""
    return store.anchor_lines()


def chosen() -> Anchors:
    """The anchors with their keys."""
    return of_texts(texts())


def texts() -> tuple[str, ...]:
    """The anchors as texts, one each: what a chain that was checked depends on."""
    return tuple(json.dumps([entity, keys], sort_keys=True) for entity, keys in store.anchors().items())


def of_texts(said: Iterable[str]) -> Anchors:
    """The anchors that such texts mean."""
    pairs = (json.loads(one) for one in said)
    return {entity: {kid: key_from({**key, "kid": kid}) for kid, key in keys.items()} for entity, keys in pairs}
