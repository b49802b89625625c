"""Validate: home confirms, outcome by outcome, what corresponds to what it requires (step 5)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from ecvet.credit.assessment import Assessment
from ecvet.credit.basis import assessed_units, targeted_outcomes
from ecvet.credit.decision import Extent, Reason
from ecvet.credit.lifecycle import RecognitionState, Verb
from ecvet.credit.transcript import Transcript, TranscriptEntry
from ecvet.credit.validating import ask_for_evidence, proposed_comparison
from ecvet.credit.validating import validate as decide
from ecvet.credit.validation import EvidenceRequest, OutcomeValidation, Validation
from ecvet.qualification.unit import Unit
from ecvet.record import Address, Recorded
from ecvet.terms import Identifier, LangString
from ecvet_platform.credit.actions import casework, reading, sides
from ecvet_platform.credit.actions.keeping import decider, keep
from ecvet_platform.credit.actions.reading import Ground
from ecvet_platform.credit.errors import CreditUnknown, TranscriptReplaced
from ecvet_platform.credit.store import cases, facts
from ecvet_platform.credit.store.cases import Case
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import clock
from ecvet_platform.journal import store as records
from ecvet_platform.people.roles import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What the page shows side by side: what was agreed, what was assessed, what home requires, and a proposal."""

    case: Case
    ground: Ground
    transcript: Recorded[Transcript]
    entries: tuple[TranscriptEntry, ...]
    assessments: tuple[Recorded[Assessment], ...]
    unit: Unit
    assessed_units: tuple[Unit, ...]
    agreed: frozenset[str]
    proposal: tuple[OutcomeValidation, ...]


def compare(address: Address, unit: Identifier, *, actor: Actor) -> Comparison:
    """Everything that a person needs in order to validate one unit of a transcript. Raises `CreditUnknown`."""
    ground, transcript, case = _look(address, unit, actor)
    home, speaking = reading.unit(unit), assessed_units(ground.basis.value, unit)
    entries = tuple(one for one in transcript.value.entries if one.unit in speaking)
    named = {one for entry in entries for one in entry.assessments}
    return Comparison(
        case=case, ground=ground, transcript=transcript, entries=entries, unit=home,
        assessments=tuple(one for one in reading.assessments(ground) if one.address in named),
        assessed_units=tuple(reading.unit(one.unit) for one in entries),
        agreed=targeted_outcomes(ground.basis.value, unit),
        proposal=proposed_comparison(transcript.value, ground.basis.value, home),
    )  # fmt: skip


@transaction.atomic
def validate(
    address: Address, *, unit: Identifier, comparison: tuple[OutcomeValidation, ...], ground: LangString, actor: Actor,
    reasons: tuple[Reason, ...] = (), position: str = "",
) -> Recorded[Validation]:  # fmt: skip
    """Validate one home unit of the transcript at an address; full, partial or none follows from the outcomes.

    Raises `CreditUnknown`, `StepNotYours`, `NotYourRole`, `TranscriptReplaced`, `StepNotPossible` and what
    `ecvet.credit.validating` refuses.
    """
    on_what, transcript, case = _look(address, unit, actor)
    role = sides.require_step(Verb.VALIDATE, sides.parties(case), actor)
    _stands(transcript, on_what)
    again = Address(case.validated) if case.validated and _is_reopened(case) else None
    made = decide(
        transcript, on_what.basis, unit=reading.unit(unit), comparison=comparison, by=decider(actor, position),
        institution=institutions.institution(on_what.home), on=clock.today(), ground=ground, reasons=reasons,
        repeats=again,
    )  # fmt: skip
    verb = Verb.NOT_VALIDATE if made.extent is Extent.NONE else Verb.VALIDATE
    kept = keep(
        made, kind="validation", verb="credit.validate", actor=actor, learner=made.learner, on=made.on,
        basis=on_what.thread, unit=unit, qualification=made.qualification, follows=address,
        detail={"extent": made.extent}, reasons=made.reasons if made.extent is Extent.NONE else (),
    )  # fmt: skip
    casework.take(case, verb, role, validated=kept.address)
    return kept


@transaction.atomic
def ask(address: Address, *, unit: Identifier, what: LangString, actor: Actor, due: date | None = None,
        position: str = "") -> Recorded[EvidenceRequest]:  # fmt: skip
    """Ask for more evidence before deciding. Raises what `validate` raises."""
    on_what, transcript, case = _look(address, unit, actor)
    role = sides.require_step(Verb.ASK, sides.parties(case), actor)
    _stands(transcript, on_what)
    made = ask_for_evidence(
        transcript, on_what.basis, unit=unit, what=what, by=decider(actor, position),
        institution=institutions.institution(on_what.home), on=clock.today(), due=due,
    )  # fmt: skip
    kept = keep(
        made, kind="request", verb="credit.ask", actor=actor, learner=made.learner, on=made.on, basis=on_what.thread,
        unit=unit, qualification=on_what.qualification, follows=address,
    )  # fmt: skip
    casework.take(case, Verb.ASK, role)
    return kept


def _look(address: Address, unit: Identifier, actor: Actor) -> tuple[Ground, Recorded[Transcript], Case]:
    fact = facts.one(address)
    if fact is None or fact.kind != "transcript" or fact.basis is None:
        raise CreditUnknown(name=address)
    case = casework.for_actor(cases.find(fact.basis, unit), actor, address)
    return reading.ground(fact.basis), records.recorded(address, Transcript), case


def _stands(transcript: Recorded[Transcript], ground: Ground) -> None:
    versions = reading.transcripts(ground)
    if versions[-1].address != transcript.address:
        raise TranscriptReplaced(version=len(versions))


def _is_reopened(case: Case) -> bool:
    return casework.recognition_state(case) is RecognitionState.REVIEW
