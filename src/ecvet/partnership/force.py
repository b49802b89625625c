"""When a memorandum comes into force, when it was, and what it frames (R-MOU-2, R-MOU-6, R-MOU-10).

Everybody must have signed the same version, the five points must be confirmed, and the day must lie within its dates.
An agreement signed while it was in force keeps its frame after it has ended.
"""

from datetime import date, datetime

from ecvet.partnership.errors import MemorandumIncomplete, MemorandumNotInForce, QualificationNotCovered
from ecvet.partnership.memorandum import MemorandumOfUnderstanding
from ecvet.partnership.memorandum_findings import Institutions, findings
from ecvet.partnership.thread import Signatory, Thread, in_force, may_seal
from ecvet.record import Address, Record, RecordType, value
from ecvet.saying import say
from ecvet.terms import Failure, Identifier, Severity, Success

PARTY_ROLE = "party"
"""The role in which the institutions of a memorandum sign it."""


def signatories(memorandum: MemorandumOfUnderstanding) -> tuple[Signatory, ...]:
    """Who must sign a memorandum: its parties. Covered organisations need not (R-MOU-9)."""
    return tuple(Signatory(role=PARTY_ROLE, id=party) for party in dict.fromkeys(memorandum.parties))


def read_memorandum(record: Record) -> MemorandumOfUnderstanding:
    """The memorandum that a record carries. Raises `TermsUnreadable`; `ValueError` for a record of another type."""
    if record.type is not RecordType.MOU:
        raise ValueError(f"a record of type {record.type} carries no memorandum")
    return value(MemorandumOfUnderstanding, record.terms)


def may_come_into_force(
    thread: Thread, version: Address, institutions: Institutions, *, by: Identifier, at: datetime
) -> Success | Failure:
    """Whether the owner may seal this version: nothing is missing (R-MOU-2) and all have signed it (R-MOU-6)."""
    memorandum = read_memorandum(thread.version(version))
    errors = [one for one in findings(memorandum, institutions) if one.severity is Severity.ERROR]
    if errors:
        return Failure(MemorandumIncomplete(count=len(errors), first=errors[0].sentence))
    return may_seal(thread, version, signatories(memorandum), by=by, at=at)


def memorandum_on(thread: Thread, on: date) -> MemorandumOfUnderstanding:
    """The version of the memorandum in force on a day. Raises `MemorandumNotInForce`, saying why (R-MOU-6)."""
    record = in_force(thread, on)
    if record is None:
        raise MemorandumNotInForce(on=on, why=say("no version was signed by all parties and sealed for that day"))
    memorandum = read_memorandum(record)
    if memorandum.valid is None or on not in memorandum.valid:
        raise MemorandumNotInForce(
            on=on,
            why=say("it holds for {period}", period=memorandum.valid)
            if memorandum.valid
            else say("it holds for no stated period"),
        )
    return memorandum


def frames(thread: Thread, *, signed_on: date, home: Identifier, hosting: Identifier) -> Success | Failure:
    """Whether an agreement signed on a day stands in the frame of the memorandum, for both its institutions.

    Asked with the day of the signature and never with today: that the memorandum expired or was ended since then does
    not undo the agreement (R-MOU-10).
    """
    try:
        memorandum = memorandum_on(thread, signed_on)
    except MemorandumNotInForce as reason:
        return Failure(reason)
    for institution in (home, hosting):
        if not memorandum.covers(institution):
            return Failure(QualificationNotCovered(what=say("the institution {institution}", institution=institution)))
    return Success()


def covers_unit(
    memorandum: MemorandumOfUnderstanding, qualification: Identifier, unit: Identifier | None = None
) -> Success | Failure:
    """Whether a unit of a qualification is open to mobility under the memorandum; all are where it names none."""
    for one in memorandum.qualifications:
        if one.qualification == qualification and (unit is None or not one.units or unit in one.units):
            return Success()
    return Failure(
        QualificationNotCovered(
            what=say("{unit} of {qualification}", unit=unit, qualification=qualification) if unit else qualification
        )
    )
