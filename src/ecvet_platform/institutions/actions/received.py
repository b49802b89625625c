"""Turns of a document that an institution took on a server of its own: read → decide → write, as here.

The core decides by the very rules that hold for those who press a button here; what it refuses is not kept, and whoever
sent it is told why. What has come before changes nothing when it comes again.
"""

from collections.abc import Iterable
from typing import Final

from django.db import transaction

from ecvet.partnership import Seal, Signatory, Termination, Thread, may_propose, may_seal, may_sign, may_terminate
from ecvet.record import Act, Address, Record, Signature
from ecvet.saying import say
from ecvet.terms import Identifier, require
from ecvet_platform.institutions.actions import keys
from ecvet_platform.institutions.errors import DocumentUnknown, SignatureNotTheirs
from ecvet_platform.institutions.store import institutions
from ecvet_platform.institutions.store import threads as store
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.journal.chain import By

PERSONS: Final = frozenset({"learner", "guardian"})
"""Roles in which people sign with the key of the institution that keeps the document."""


@transaction.atomic
def version(
    item: Record, signatures: Iterable[Signature], *, thing: str, owner: Identifier, among: tuple[Signatory, ...],
    by: By, from_owner: bool = False,
) -> bool:  # fmt: skip
    """Keep a complete version that its author put to the parties; whether it was new.

    Among the signatures is the author's over it. What comes `from_owner` of the document is let in whatever was seen
    here, because the owner keeps the order. Raises `SignatureNotTheirs`, `ProposalStale`, `VersionUnknown`,
    `VersionDoesNotFollow`, and what `signature` raises.
    """
    store.hold(item.thread)
    known = store.thread(item.thread)
    if known is not None and any(one.address == item.address for one in known.versions):
        return False
    own = tuple(signatures)
    issued = [one for one in own if one.act is Act.ISSUE and one.signer == item.author]
    if not issued:
        raise SignatureNotTheirs(signer=item.author, why=say("its author has not signed it"))
    if known is not None and not from_owner:
        require(may_propose(known, item, clock.today()))
    store.add_version(item, owner=known.owner if known else owner)
    for one in issued:
        keep(one, by_owner=owner)
    journal.write(f"{thing}.propose", by=by, subject=item.thread, record=item.address)
    for one in own:
        if one.act is not Act.ISSUE:
            signature(item.thread, one, thing=thing, among=among, by=by, from_owner=from_owner)
    return True


@transaction.atomic
def signature(
    name: Identifier, signed: Signature, *, thing: str, among: tuple[Signatory, ...], by: By, from_owner: bool = False
) -> bool:  # fmt: skip
    """Keep an acceptance, rejection or withdrawal of a version; whether it was new.

    Raises `SignatureNotTheirs`, `NotASignatory`, `ReasonMissing`, `ProposalStale`, `StepNotPossible`, `VersionUnknown`.
    """
    store.hold(name)
    known = thread(name)
    if signed in known.signatures:
        return False
    version_only = Thread(owner=known.owner, versions=(known.version(signed.object),))
    require(may_sign(version_only if from_owner else known, signed, among))
    keep(signed, by_owner=known.owner)
    detail = {"role": signed.role, "signer": signed.signer, "level": signed.level, "evidence": signed.evidence}
    journal.write(f"{thing}.{signed.act}", by=by, subject=name, record=signed.object, detail=detail)
    return True


@transaction.atomic
def seal(name: Identifier, made: Seal, *, thing: str, among: tuple[Signatory, ...], by: By) -> bool:
    """Keep the owner's seal with the acceptances that it brings; whether it was new.

    Raises `NotTheOwner`, `AcceptancesMissing`, `ProposalStale`, `StepNotPossible`, and what `signature` raises.
    """
    for one in made.signatures:
        signature(name, one, thing=thing, among=among, by=by, from_owner=True)
    known = thread(name)
    if known.seal_of(made.object) is not None:
        return False
    alone = Thread(owner=known.owner, versions=(known.version(made.object),), signatures=made.signatures)
    require(may_seal(alone, made.object, among, by=made.by, at=made.at))
    store.add_seal(name, made)
    journal.write(
        f"{thing}.seal", by=by, subject=name, record=made.object, detail={"in_force_from": made.in_force_from}
    )
    return True


@transaction.atomic
def notice(name: Identifier, told: Termination, *, thing: str, among: tuple[Signatory, ...], by: By) -> bool:
    """Keep a notice that ends a version in force; whether it was new.

    Raises `NotASignatory`, `ReasonMissing`, `StepNotPossible`, `VersionUnknown`.
    """
    store.hold(name)
    known = thread(name)
    if told in known.terminations:
        return False
    require(may_terminate(known, told, among))
    store.add_notice(name, told)
    journal.write(
        f"{thing}.terminate", by=by, subject=name, record=told.object, detail={"last_day": told.last_day}
    )  # fmt: skip
    return True


def turn(
    name: Identifier, said: Signature | Seal | Termination, *, thing: str, among: tuple[Signatory, ...], by: By,
    from_owner: bool = False,
) -> bool:  # fmt: skip
    """Keep whichever turn was taken; whether it was new."""
    if isinstance(said, Seal):
        return seal(name, said, thing=thing, among=among, by=by)
    if isinstance(said, Termination):
        return notice(name, said, thing=thing, among=among, by=by)
    return signature(name, said, thing=thing, among=among, by=by, from_owner=from_owner)


@transaction.atomic
def not_taken_in(name: Identifier, version: Address) -> None:
    """Note that the owner of a document elsewhere did not let in a version of ours: it is void here too."""
    store.hold(name)
    known = store.thread(name)
    if known is not None and version not in known.retracted and any(one.address == version for one in known.versions):
        store.add_void(name, version, by=known.owner)


def issued(
    address: Address, signatures: Iterable[Signature], author: Identifier, *, by_owner: Identifier | None = None
) -> None:
    """Keep the signature with which an author issued a record that is here; for a person `by_owner` has signed.

    Raises `SignatureNotTheirs`.
    """
    found = [one for one in signatures if one.object == address and one.act is Act.ISSUE and one.signer == author]
    if not found:
        raise SignatureNotTheirs(signer=author, why=say("its author has not signed it"))
    for one in found:
        keep(one, by_owner=by_owner or author)


def keep(signed: Signature, *, by_owner: Identifier) -> None:
    """Keep a signature once it is proved to be its signer's. Raises `SignatureNotTheirs`.

    An institution signs with its own key; people sign with that of the institution that keeps the document; somebody
    without an account with that of the institution that vouches, and the signature says so (level and evidence).
    """
    require(keys.check(signed))
    public = institutions.key_named(keys.kid_of(signed))
    assert public is not None, "a signature that was checked has a key that is known"
    allowed = {by_owner} if signed.role in PERSONS else {signed.signer}
    if public.institution not in allowed and signed.level is None:
        raise SignatureNotTheirs(
            signer=signed.signer, why=say("the key is that of {institution}", institution=public.institution)
        )
    records.keep_signature(signed)


def thread(name: Identifier) -> Thread:
    """The document that a turn belongs to. Raises `DocumentUnknown`."""
    found = store.thread(name)
    if found is None:
        raise DocumentUnknown(name=name)
    return found
