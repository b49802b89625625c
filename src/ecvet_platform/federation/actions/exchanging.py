"""One round of the network's work: follow, send, fetch what has gaps, compare each night.

A task calls it every minute.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from ecvet.errors import EcvetError
from ecvet.federation import Difference, compare, head_of
from ecvet.record import Address
from ecvet.record.canonical import JsonObject
from ecvet.terms import Identifier
from ecvet_platform.federation.actions import conversation, delivering, following, inbox, partners
from ecvet_platform.federation.errors import AnswerUnreadable
from ecvet_platform.federation.store import messages
from ecvet_platform.federation.store import partners as known
from ecvet_platform.federation.store.partners import Tie
from ecvet_platform.journal import clock

NIGHTLY: Final = timedelta(hours=24)
GAP_LASTS: Final = timedelta(minutes=2)
"""How long a gap may be filled by the sender before its outbox is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round has done."""

    followed: int = 0
    arrived: int = 0
    refused: int = 0
    failed: int = 0
    fetched: int = 0
    differing: int = 0

    def __str__(self) -> str:
        return (
            f"{self.followed} messages made; {self.arrived} arrived, {self.refused} of them refused; "
            f"{self.failed} are tried again; {self.fetched} fetched; {self.differing} documents differ."
        )


def exchange(*, compare_now: bool = False) -> Round:
    """One round; what fails with one partner is tried again and holds no other up."""
    followed = following.follow_all()
    sent = delivering.deliver()
    fetched = sum(_caught_up(one) for one in messages.with_gaps(clock.now() - GAP_LASTS))
    differing = 0
    for tie in known.all_ties():
        if not tie.paused and (compare_now or tie.compared is None or clock.now() - tie.compared > NIGHTLY):
            more, differs = _compared(tie)
            fetched, differing = fetched + more, differing + differs
    messages.forget_nonces(clock.now())
    return Round(
        followed=followed, arrived=sent.arrived, refused=sent.refused, failed=sent.failed, fetched=fetched,
        differing=differing,
    )  # fmt: skip


def catch_up(institution: Identifier, entity: Identifier) -> int:
    """Fetch all messages of a partner that were not fetched before; how many.

    Raises `PartnerUnknown`, `NoAnswer`, `AnswerUnreadable`, `AddressNotAllowed`.
    """
    endpoints, count = partners.configuration_of(entity).endpoints, 0
    if endpoints is None:
        return 0
    name = f"outbox {institution} {entity}"
    after = messages.position(name)
    while True:
        said = _json(f"{endpoints.outbox}?after={after}", institution, entity)
        listed, called = said.get("messages"), inbox.asked(entity, institution)
        for one in listed if isinstance(listed, list) else ():
            try:
                inbox.pulled(called, JsonObject(one if isinstance(one, dict) else {}))
            except EcvetError:
                continue  # one that is unreadable holds no other up; it was refused when it was sent, too
            count += 1
        cursor = str(said.get("cursor", ""))
        if not cursor.isdecimal() or int(cursor) <= after:
            return count
        after = int(cursor)
        messages.set_position(name, after)
        if said.get("more") is not True:
            return count


# ------------------------------------------------------------- inside
def _caught_up(which: tuple[Identifier, Identifier]) -> int:
    try:
        return catch_up(*which)
    except EcvetError:
        return 0


def _compared(tie: Tie) -> tuple[int, int]:
    """What was fetched because both sides differed, and in how many documents they still do."""
    fetched = 0
    try:
        found = _differences(tie)
        if found:
            fetched = catch_up(tie.institution, tie.entity)
            found = _differences(tie)
    except EcvetError:
        return fetched, 0
    names = (*found.other, *found.only_there)
    known.compared(tie.institution, tie.entity, at=clock.now(), differs=names)
    return fetched, len(names)


def _differences(tie: Tie) -> Difference:
    endpoints = partners.configuration_of(tie.entity).endpoints
    if endpoints is None:
        return Difference()
    said = _json(endpoints.threads, tie.institution, tie.entity)
    names = messages.threads_with(tie.institution, tie.entity)
    here = {name: conversation.state(name) for name in names}
    if said.get("head") == head_of(here):
        return Difference()
    listed = said.get("threads")
    there = {
        Identifier(name): Address(str(state)) for name, state in (listed.items() if isinstance(listed, dict) else ())
    }
    return compare(here, there)


def _json(address: str, institution: Identifier, entity: Identifier) -> JsonObject:
    reply = delivering.send(address, b"", institution=institution, of=entity)
    try:
        found = json.loads(reply.body) if reply.status == 200 else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise AnswerUnreadable(address=address, status=reply.status)
    return JsonObject(found)
