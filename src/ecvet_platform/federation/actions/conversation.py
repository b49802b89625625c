"""A document with everything that rests on it, read from the rooms that keep it: what two sides of the network compare.

The rooms are the truth; nothing is kept twice. Statements (seals, notices) are signed again to the same text, because
Ed25519 gives the same signature for the same words; those of others lie in the messages that brought them.
"""

from dataclasses import replace
from functools import lru_cache

from ecvet.federation import (
    Message,
    Shared,
    SignedSeal,
    contents,
    keys_for,
    read,
    sign_seal,
    sign_termination,
    signed_seal,
    state_of,
    taken_back,
    to_json,
    type_of,
)
from ecvet.federation.kinds import SEAL, TERMINATION
from ecvet.federation.sealing import open_seal
from ecvet.partnership import Thread
from ecvet.record import Address, Json, Record
from ecvet.terms import Identifier
from ecvet_platform.credit.store import facts
from ecvet_platform.federation.actions.partners import key_at
from ecvet_platform.federation.store import messages
from ecvet_platform.institutions.actions import keys as signing
from ecvet_platform.institutions.actions import register
from ecvet_platform.institutions.actions.threads import thread as document
from ecvet_platform.journal import store as records
from ecvet_platform.mobility.store import agreements

TRAVELLING = ("transcript", "validation", "recognition", "request", "appeal")
"""Kinds of facts of the room of credit that are sent; assessments travel beside the transcript."""


def shared(name: Identifier) -> Shared | None:
    """The conversation about a memorandum or agreement; None where there is no such document here.

    What the owner elsewhere did not let in is no part of it: it stays in the rooms, and people are shown why.
    """
    known = document(name)
    if known is None:
        return None
    others = resting(name)
    found: Shared | None = Shared(
        name=name, thread=known, seals=seals(name, known), others=others,
        issues=tuple(each for one in records.signatures_over(one.address for one in others).values() for each in one),
    )  # fmt: skip
    for entity in register.elsewhere([known.owner]).values():
        for one in messages.not_taken_in(name, entity):
            found = taken_back(found, _read(one.data))
    return found


def resting(name: Identifier) -> tuple[Record, ...]:
    """The records that rest on a document: events of the stay, transcripts, decisions, appeals, by their times."""
    credit = (one.address for one in facts.of_basis(name, *TRAVELLING))
    found = records.records((*agreements.told(name), *credit))
    return tuple(sorted(found, key=lambda one: (one.created, one.address)))


def seals(name: Identifier, known: Thread) -> tuple[SignedSeal, ...]:
    """The owner's seals as tokens, the first one first."""
    if register.elsewhere([known.owner]):
        return tuple(open_seal(token, keys_for(token, key_at)) for token in came(name, SEAL))
    found: list[SignedSeal] = []
    for one in known.seals:
        said = signed_seal(one, name, replaces=found[-1].object if found else None)
        found.append(replace(said, token=_sealed(said)))
    return tuple(found)


def notices(name: Identifier, known: Thread) -> tuple[str, ...]:
    """The notices of termination as tokens."""
    own = register.here()
    mine = [
        sign_termination(one, name, signing.signing_key(one.by, one.at)) for one in known.terminations if one.by in own
    ]
    return (*mine, *came(name, TERMINATION))


def came(name: Identifier, typ: str) -> tuple[str, ...]:
    """The statements of a type that have come in a conversation and were taken in."""
    taken = (one for one in messages.came_in(name) if one.state == messages.STORED)
    found = (token for one in taken for token in _read(one.data).statements if type_of(token) == typ)
    return tuple(dict.fromkeys(found))


def everything(name: Identifier) -> tuple[Address, ...]:
    """The addresses of everything in a conversation: records, answers to versions, statements."""
    found = shared(name)
    if found is None:
        return ()
    tokens = (*(one.token for one in found.seals), *notices(name, found.thread))
    return contents(found.thread, tokens, found.others)


def state(name: Identifier) -> Address:
    """The one hash over everything in a conversation."""
    return state_of(everything(name))


def elsewhere(found: Shared) -> dict[Identifier, Identifier]:
    """The parties that sign on servers of their own, with their addresses in the network."""
    nodes = register.elsewhere(found.parties)
    return {institution: Identifier(entity) for institution, entity in nodes.items()}


def parsed(data: bytes) -> Json:
    """A message that was sent, as JSON."""
    return to_json(_read(data))


@lru_cache(maxsize=1024)
def _sealed(said: SignedSeal) -> str:
    """The same words have the same token for ever."""
    return sign_seal(said, signing.signing_key(said.by, said.at))


@lru_cache(maxsize=256)
def _read(data: bytes) -> Message:
    return read(data)
