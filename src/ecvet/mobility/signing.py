"""Who signs an agreement, and for whom: every party in its own role, or a colleague whom it has authorised (R-LA-1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ecvet.mobility.agreement import LearningAgreement, Role
from ecvet.mobility.errors import NotAuthorised
from ecvet.partnership import thread as threads
from ecvet.partnership.thread import Signatory, Thread
from ecvet.record import Record, Recorded, Signature, value
from ecvet.terms import Failure, Identifier, Period, Success

_PERSONS: Final = frozenset({Role.LEARNER, Role.GUARDIAN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """An institution authorises a person to sign agreements for it within a period.

    Any authorised colleague may sign: a signatory who has left or was named wrongly holds nothing up.
    """

    institution: Identifier
    person: Identifier
    valid: Period


def read(version: Record) -> Recorded[LearningAgreement]:
    """The agreement that a record carries. Raises `TermsUnreadable`."""
    return Recorded(value(LearningAgreement, version.terms), version.address)


def signatories(agreement: LearningAgreement) -> tuple[Signatory, ...]:
    """Whose acceptance brings a version into force, in the order of the document (R-LA-1, R-LA-9).

    A retroactive version needs every party, also one who otherwise need not sign (7.2).
    """
    return tuple(
        Signatory(role=party.role, id=party.id) for party in agreement.parties if party.signs or agreement.retroactive
    )


def may_sign(
    thread: Thread, statement: Signature, *, person: Identifier, mandates: Iterable[Mandate] = ()
) -> Success | Failure:
    """Whether a person may make this statement (accept, reject with a reason, withdraw) about a version.

    `statement.signer` is the party, which signs in its own role only; `person` is who acts: learner and guardian for
    themselves, an institution through somebody authorised on that day. Raises `VersionUnknown`.
    """
    agreement = read(thread.version(statement.object)).value
    answer = threads.may_sign(thread, statement, signatories(agreement))
    if not answer:
        return answer
    on = statement.at.date()
    if statement.role in _PERSONS:
        authorised = person == statement.signer
    else:
        authorised = any(
            one.institution == statement.signer and one.person == person and on in one.valid for one in mandates
        )
    if authorised:
        return Success()
    return Failure(NotAuthorised(person=person, party=statement.signer, on=on))
