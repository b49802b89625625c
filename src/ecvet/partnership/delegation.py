"""A signature handed to a colleague: any authorised colleague may sign, and this one is asked to (7.5, cases 2 and 3).

A delegation directs and never locks: when the colleague is away too, another authorised one signs, and the signature
names the person who acted. So a signatory who has left, or was named wrongly, holds nothing up.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from ecvet.partnership.errors import (
    DelegatedToOneself,
    DelegateNotAuthorised,
    NotASignatory,
    ProposalStale,
    SignatureNotOwed,
)
from ecvet.partnership.lifecycle import AgreementState
from ecvet.partnership.thread import Signatory, Thread, head, outstanding, state
from ecvet.record import Address, Signature
from ecvet.terms import Failure, Identifier, Success


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """`by` hands the signature that an institution owes under one version to a colleague. Persons are accounts."""

    object: Address
    institution: Identifier
    role: str
    by: Identifier
    to: Identifier
    at: datetime

    @property
    def signatory(self) -> Signatory:
        """Whose signature was handed on."""
        return Signatory(role=self.role, id=self.institution)


def may_delegate(
    thread: Thread, made: Delegation, signatories: tuple[Signatory, ...], *, authorised: Collection[Identifier]
) -> Success | Failure:
    """Whether a signature may be handed on: it is still owed, and both are authorised to sign for the institution.

    `authorised` are the people who may sign for it today. A coordinator who may not sign hands nothing on.
    Raises `VersionUnknown`.
    """
    day = made.at.date()
    current = state(thread, made.object, day)
    if current is AgreementState.SUPERSEDED:
        return Failure(ProposalStale(seen=made.object, head=head(thread, day) or "none"))
    if made.signatory not in signatories or made.by not in authorised:
        return Failure(NotASignatory(signer=made.by, act="delegate", role=made.role))
    if current is not AgreementState.PROPOSED or made.signatory not in outstanding(
        thread, made.object, signatories, made.at
    ):
        return Failure(SignatureNotOwed())
    if made.to == made.by:
        return Failure(DelegatedToOneself())
    return Success() if made.to in authorised else Failure(DelegateNotAuthorised())


def delegated(made: Iterable[Delegation], version: Address, signatory: Signatory) -> Delegation | None:
    """To whom a signature was handed last, if it was. `made` is in the order in which it came."""
    found = [one for one in made if one.object == version and one.signatory == signatory]
    return found[-1] if found else None


def on_behalf(made: Iterable[Delegation], signature: Signature) -> Delegation | None:
    """The delegation under which a signature was made: its person is the colleague, and it was handed on before."""
    asked = Signatory(role=signature.role, id=signature.signer)
    before = [one for one in made if one.at <= signature.at]
    found = delegated(before, signature.object, asked)
    return found if found is not None and found.to == signature.person else None
