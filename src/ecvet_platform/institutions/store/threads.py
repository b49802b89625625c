"""Rows ↔ threads: the versions, signatures, seals and notices of one memorandum or learning agreement.

The core derives everything from a `Thread`; the rows keep what came, in the order in which it came.
"""

from collections.abc import Iterable
from typing import Final

from ecvet.partnership import Delegation, Seal, Termination, Thread
from ecvet.record import Address, Record, canonical, plain, value
from ecvet.record.canonical import JsonObject, parse_canonical
from ecvet.terms import Identifier
from ecvet_platform.institutions.models import DelegationRow, TurnRow
from ecvet_platform.journal import store as records

VERSION: Final = "version"
SEAL: Final = "seal"
NOTICE: Final = "notice"
VOID: Final = "void"
"""A version that its owner elsewhere did not let in."""


def hold(name: Identifier) -> None:
    """Let nobody else take a step in a thread until this transaction ends: a second press of a button comes second."""
    list(TurnRow.objects.select_for_update().filter(thread=name, kind=VERSION).order_by("id").values_list("id")[:1])


def thread(name: Identifier) -> Thread | None:
    """Everything received about a document, or None when there is no such document."""
    turns = list(TurnRow.objects.filter(thread=name).order_by("id").values_list("kind", "record", "owner", "value"))
    if not turns:
        return None
    by_address = {one.address: one for one in records.history(name)}
    signed = records.signatures_over(by_address)
    versions = [by_address[Address(record)] for kind, record, _, _ in turns if kind == VERSION]
    return Thread(
        owner=Identifier(turns[0][2]),
        versions=tuple(versions),
        signatures=tuple(one for version in versions for one in signed[version.address]),
        seals=tuple(value(Seal, _json(text), path="seal") for kind, _, _, text in turns if kind == SEAL),
        terminations=tuple(
            value(Termination, _json(text), path="notice") for kind, _, _, text in turns if kind == NOTICE
        ),
        retracted=frozenset(Address(record) for kind, record, _, _ in turns if kind == VOID),
    )


def add_version(item: Record, *, owner: Identifier) -> None:
    """Keep a version and its turn."""
    address = records.keep(item)
    TurnRow.objects.create(thread=item.thread, kind=VERSION, record=address, owner=owner, value="")


def add_seal(name: Identifier, seal: Seal) -> None:
    """Keep the owner's seal."""
    _add(name, SEAL, seal.object, seal.by, seal)


def add_notice(name: Identifier, notice: Termination) -> None:
    """Keep a party's notice of termination."""
    _add(name, NOTICE, notice.object, notice.by, notice)


def add_void(name: Identifier, version: Address, *, by: Identifier) -> None:
    """Keep that the owner of a document did not let a version in."""
    TurnRow.objects.create(thread=name, kind=VOID, record=version, owner=by, value="")


def add_delegation(name: Identifier, made: Delegation) -> None:
    """Keep that a signature was handed to a colleague."""
    DelegationRow.objects.create(
        thread=name, version=made.object, institution=made.institution, role=made.role, by=made.by, to=made.to,
        at=made.at,
    )  # fmt: skip


def delegations(versions: Iterable[Address]) -> tuple[Delegation, ...]:
    """What was handed on under some versions, in the order in which it was."""
    rows = DelegationRow.objects.filter(version__in=list(versions)).order_by("id")
    return tuple(
        Delegation(
            object=Address(version), institution=Identifier(institution), role=role, by=Identifier(by),
            to=Identifier(to), at=at,
        )
        for version, institution, role, by, to, at in rows.values_list(
            "version", "institution", "role", "by", "to", "at"
        )
    )  # fmt: skip


def _add(name: Identifier, kind: str, record: Address, owner: Identifier, item: Seal | Termination) -> None:
    TurnRow.objects.create(thread=name, kind=kind, record=record, owner=owner, value=canonical(plain(item)).decode())


def _json(text: str) -> JsonObject:
    return parse_canonical(text.encode())
