"""Results, decisions and appeals that partners send from servers of their own.

Each is looked at by the core as if it were made here: who may say it, on what it rests, whether it is its turn. Whoever
assesses sends the assessments beside the transcript, so that home can compare outcome by outcome.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final, TypeAlias

from django.db import transaction

from ecvet.credit.assessing import assess
from ecvet.credit.assessment import Assessment, Result
from ecvet.credit.basis import Basis, home_unit_of
from ecvet.credit.decision import Extent, Reason
from ecvet.credit.lifecycle import ResultState, Verb
from ecvet.credit.recognition import Appeal, Recognition
from ecvet.credit.transcript import Transcript
from ecvet.credit.validation import EvidenceRequest, Validation
from ecvet.mobility.agreement import LearningAgreement
from ecvet.record import Address, Record, Recorded, Signature, value
from ecvet.terms import Identifier
from ecvet_platform.credit.actions import casework, reading, sides, transcript
from ecvet_platform.credit.actions.reading import Ground
from ecvet_platform.credit.actions.recognise import counted, step_of
from ecvet_platform.credit.actions.scales import SCALES
from ecvet_platform.credit.errors import CreditUnknown, NotTheirsToSay, ResultIncomplete
from ecvet_platform.credit.store import cases, facts
from ecvet_platform.credit.store.cases import Case
from ecvet_platform.credit.store.facts import Fact
from ecvet_platform.institutions.actions import received
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.journal.chain import By

Decision: TypeAlias = Validation | Recognition | EvidenceRequest
_DECISIONS: Final[dict[str, tuple[type[Decision], str]]] = {
    Validation.kind: (Validation, "validation"),
    Recognition.kind: (Recognition, "recognition"),
    EvidenceRequest.kind: (EvidenceRequest, "request"),
}
"""By what a record calls itself: its type, and the kind under which this room finds it."""

_OPEN: Final = (ResultState.ISSUED, ResultState.CORRECTED)


# ------------------------------------------------------------- results
@transaction.atomic
def result(item: Record, beside: Iterable[Record], signatures: Iterable[Signature], *, by: By) -> bool:
    """Keep a transcript with the assessments on which it rests; whether it was new.

    Raises `BasisUnknown`, `NotInForce`, `NotTheirsToSay`, `ResultIncomplete`, `UnitUnknown`, `SignatureNotTheirs`,
    `StepNotPossible`, and what `ecvet.credit.assessing` refuses.
    """
    if facts.one(item.address):
        return False
    said, signed = value(Transcript, item.terms), tuple(signatures)
    ground = reading.ground(records.record(said.basis).thread)
    _theirs(item, ground.hosting, by)
    for one in beside:
        _assessed(one, ground, signed, by)
    known = {one.address for one in reading.assessments(ground)}
    before = reading.transcript(ground)
    missing = [name for entry in said.entries for name in entry.assessments if name not in known]
    if item.prev is not None and (before is None or before.address != item.prev):
        missing.append(item.prev)
    if missing:
        raise ResultIncomplete(first=missing[0], count=len(missing))
    verb, step = ("credit.correct", Verb.CORRECT) if before else ("credit.transfer", Verb.TRANSFER)
    _keep(item, _fact(item, ground, "transcript", follows=before.address if before else said.basis), verb, signed, by)
    role = sides.taking(step, sides.parties(ground))
    transcript.follow(ground, Recorded(said, item.address), role, before=before)
    return True


@transaction.atomic
def acknowledged(signed: Signature, *, by: By) -> bool:
    """Note that home has received a transcript, as it signed; whether it was new.

    Raises `CreditUnknown`, `NotTheirsToSay`, `SignatureNotTheirs`.
    """
    fact = facts.one(signed.object)
    if fact is None or fact.basis is None:
        raise CreditUnknown(name=signed.object)
    ground = reading.ground(fact.basis)
    if not signed.signer == by.institution == ground.home:
        raise NotTheirsToSay(whose=ground.home)
    received.keep(signed, by_owner=ground.home)
    waiting = [one for one in cases.of_basis(ground.thread)
               if one.transcript == signed.object and casework.result_state(one) in _OPEN]  # fmt: skip
    for case in waiting:
        casework.take(case, Verb.ACKNOWLEDGE, sides.taking(Verb.ACKNOWLEDGE, sides.parties(case)))
    if waiting:
        journal.write("credit.acknowledge", by=by, subject=ground.thread, record=signed.object)
    return bool(waiting)


# ------------------------------------------------------------- decisions
@transaction.atomic
def decision(item: Record, signatures: Iterable[Signature], *, by: By) -> bool:
    """Keep what home or the competent institution decided, or asks for; whether it was new.

    Raises `CreditUnknown`, `NotTheirsToSay`, `SignatureNotTheirs`, `StepNotPossible`, `SomebodyWasFaster`.
    """
    if facts.one(item.address):
        return False
    cls, kind = _DECISIONS.get(str(item.terms.get("kind")), (None, ""))
    if cls is None:
        raise CreditUnknown(name=item.address)
    said: Decision = value(cls, item.terms)
    before = facts.one(said.validation if isinstance(said, Recognition) else said.transcript)
    case = cases.find(before.basis, said.unit) if before is not None and before.basis is not None else None
    if before is None or case is None:
        raise CreditUnknown(name=item.address)
    step, verb, pointer = _step(said, case)
    _theirs(item, case.body if sides.STEPS[step][0] is sides.Party.BODY else case.home, by)
    days, granted = counted(said, case) if isinstance(said, Recognition) else (None, 0)
    fact = _fact(
        item, reading.ground(case.basis), kind, unit=said.unit, follows=before.address, on=said.on, days=days,
        granted=granted, reasons=() if isinstance(said, EvidenceRequest) else said.reasons,
    )  # fmt: skip
    _keep(item, fact, verb, tuple(signatures), by)
    casework.take(case, step, sides.taking(step, sides.parties(case)), **({pointer: item.address} if pointer else {}))
    return True


@transaction.atomic
def appeal(item: Record, signatures: Iterable[Signature], *, by: By) -> bool:
    """Keep a learner's appeal against a decision or a transcript, which her home sends; whether it was new.

    Raises `CreditUnknown`, `NotTheirsToSay`, `StepNotPossible`.
    """
    if facts.one(item.address):
        return False
    said = value(Appeal, item.terms)
    before = facts.one(said.decision)
    if before is None or before.basis is None:
        raise CreditUnknown(name=said.decision)
    ground = reading.ground(before.basis)
    if said.learner != ground.learner or item.author != ground.learner:
        raise NotTheirsToSay(whose=ground.home)
    fact = _fact(item, ground, "appeal", unit=before.unit, follows=said.decision, on=said.on)
    _keep(item, fact, "credit.appeal", tuple(signatures), by, home=ground.home)
    contested = before.kind == "transcript"
    step = Verb.CONTEST if contested else Verb.APPEAL
    for case in cases.of_basis(ground.thread):
        if contested or case.unit == before.unit:
            pointers = {} if contested else {"appealed": item.address}
            casework.take(case, step, sides.taking(step, sides.parties(case)), **pointers)
    return True


# ------------------------------------------------------------- inside
def _assessed(item: Record, ground: Ground, signatures: tuple[Signature, ...], by: By) -> None:
    if facts.one(item.address):
        return
    said = value(Assessment, item.terms)
    _theirs(item, ground.hosting, by)
    basis: Recorded[Basis] = ground.basis
    if said.basis in ground.earlier:
        before = records.recorded(said.basis, LearningAgreement)
        basis = Recorded(before.value, before.address)
    assess(
        basis, said, unit=reading.unit(said.unit), institution=institutions.institution(ground.hosting),
        scales=SCALES, on=clock.today(), earlier=reading.assessments(ground),
    )  # fmt: skip
    unit = home_unit_of(basis.value, said.unit)
    assert unit is not None, "the core has found it agreed"
    fact = _fact(item, ground, "assessment", unit=unit, follows=said.basis, on=said.on)
    _keep(item, fact, "credit.assess", signatures, by)
    case = casework.case_of(ground, unit)
    if not casework.was_sent(case):
        tried = any(one.result is not Result.NOT_ASSESSED for one in said.outcomes)
        verb = Verb.ASSESS if tried else Verb.NOT_ASSESS
        casework.take(case, verb, sides.taking(verb, sides.parties(case)), assessed=item.address)


def _step(said: Decision, case: Case) -> tuple[Verb, str, str]:
    """Which step a decision is, what the journal calls it, and which pointer of the case it moves."""
    if isinstance(said, EvidenceRequest):
        return Verb.ASK, "credit.ask", ""
    if isinstance(said, Validation):
        return (Verb.NOT_VALIDATE if said.extent is Extent.NONE else Verb.VALIDATE), "credit.validate", "validated"
    appealed = records.recorded(case.recognised, Recognition).value if case.recognised else None
    verb = "credit.refuse" if said.extent is Extent.NONE else "credit.recognise"
    return step_of(said, appealed=appealed), verb, "recognised"


def _theirs(item: Record, who: Identifier, by: By) -> None:
    if item.author != who or by.institution != who:
        raise NotTheirsToSay(whose=who)


def _fact(
    item: Record, ground: Ground, kind: str, *, follows: Address, unit: Identifier | None = None,
    on: date | None = None, days: int | None = None, granted: int = 0, reasons: tuple[Reason, ...] = (),
) -> Fact:  # fmt: skip
    return Fact(
        address=item.address, kind=kind, learner=ground.learner, institution=item.author, basis=ground.thread,
        unit=unit, qualification=ground.qualification, follows=follows, on=on or item.created.date(), at=item.created,
        days=days, granted=granted, reasons=" ".join(dict.fromkeys(one.code.value for one in reasons)),
    )  # fmt: skip


def _keep(item: Record, fact: Fact, verb: str, signatures: tuple[Signature, ...], by: By, *,
          home: Identifier | None = None) -> None:  # fmt: skip
    """Keep a record with its author's signature; for a learner `home` has signed."""
    facts.keep(item, fact)
    received.issued(item.address, signatures, item.author, by_owner=home)
    about = {"learner": fact.learner, "unit": fact.unit, "thread": item.thread}
    journal.write(verb, by=by, subject=fact.basis or fact.learner, record=item.address, detail=about)
