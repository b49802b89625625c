"""Memoranda that institutions propose, sign, bring into force and end on servers of their own."""

from collections.abc import Iterable

from django.db import transaction

from ecvet.partnership import Seal, Termination, read_memorandum, signatories
from ecvet.partnership.errors import NotASignatory
from ecvet.partnership.force import PARTY_ROLE
from ecvet.record import Record, Signature
from ecvet.terms import Identifier
from ecvet_platform.institutions.actions import received, threads
from ecvet_platform.institutions.actions.memoranda import THING, index
from ecvet_platform.journal.chain import By


@transaction.atomic
def version(item: Record, signatures: Iterable[Signature], *, by: By, from_owner: bool = False) -> bool:
    """Keep a version that its author proposed; whether it was new. Who proposes the first one keeps the document.

    Raises `NotASignatory`, and what `received.version` raises.
    """
    value, known = read_memorandum(item), threads.thread(item.thread)
    if item.author not in value.parties:
        raise NotASignatory(signer=item.author, act="propose", role=PARTY_ROLE)
    owner = known.owner if known else item.author
    new = received.version(
        item, signatures, thing=THING, owner=owner, among=signatories(value), by=by, from_owner=from_owner
    )  # fmt: skip
    index(item.thread)
    return new


@transaction.atomic
def turn(
    thread: Identifier, said: Signature | Seal | Termination, *, by: By, from_owner: bool = False
) -> bool:  # fmt: skip
    """Keep a signature, seal or notice; whether it was new. Raises what `received.turn` raises."""
    among = signatories(read_memorandum(received.thread(thread).version(said.object)))
    new = received.turn(thread, said, thing=THING, among=among, by=by, from_owner=from_owner)
    index(thread)
    return new
