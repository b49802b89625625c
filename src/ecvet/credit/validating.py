"""Validate: home confirms, outcome by outcome, that what was assessed is what it requires (R-VALID-1 … 5)."""

from collections.abc import Iterable, Mapping
from datetime import date

from ecvet.credit.basis import (
    Basis,
    assessed_units,
    assessing_institution,
    belongs_to,
    home_of,
    targeted_outcomes,
)
from ecvet.credit.deciding import gives_reasons, may_decide
from ecvet.credit.decision import Decider, Extent, Reason
from ecvet.credit.decision_errors import (
    HostCannotValidate,
    NothingAchieved,
    NotPositivelyAssessed,
    NotTheHome,
    OutcomesNotCompared,
)
from ecvet.credit.errors import OutcomeTwice, OutcomeUnknown
from ecvet.credit.status import ALL_REQUIRED, PassRule, is_complete
from ecvet.credit.transcript import Transcript, TranscriptEntry
from ecvet.credit.validation import Correspondence, EvidenceRequest, OutcomeValidation, Validation
from ecvet.mobility.agreement import LearningAgreement, Role
from ecvet.partnership.institution import CompetentInstitution, Function
from ecvet.qualification.unit import Unit
from ecvet.record import Address, Recorded
from ecvet.terms import Failure, Identifier, LangString, Success, require


def may_validate(
    transcript: Recorded[Transcript],
    basis: Recorded[Basis],
    *,
    institution: CompetentInstitution,
    by: Decider,
    on: date,
) -> Success | Failure:
    """Whether this institution may validate this transcript: home, or named for it in the agreement; never the host.

    Whether the transcript came from the host or was shown by the learner makes no difference (R-TRANS-3). A portfolio
    has no host: its institution assesses and validates (R-NFIL-6).
    """
    document, home = basis.value, home_of(basis.value)
    allowed = {home}
    if isinstance(document, LearningAgreement):
        if institution.id in (assessing_institution(document), document.party(Role.HOSTING)):  # R-VALID-2
            return Failure(HostCannotValidate(institution=institution.name, home=home))
        allowed |= {one.institution for one in document.validation}
    if institution.id not in allowed:
        return Failure(NotTheHome(institution=institution.name, home=home))
    belongs = belongs_to(transcript.value.basis, basis)
    return belongs and may_decide(Function.VALIDATE, document.qualification, institution=institution, by=by, on=on)


def validate(
    transcript: Recorded[Transcript], basis: Recorded[Basis], *, unit: Unit,
    comparison: Iterable[OutcomeValidation] = (), by: Decider, institution: CompetentInstitution, on: date,
    ground: LangString, reasons: tuple[Reason, ...] = (), from_units: frozenset[Identifier] = frozenset(),
    repeats: Address | None = None, rule: PassRule = ALL_REQUIRED,
) -> Validation:  # fmt: skip
    """The validation of one home unit; its extent follows from the outcomes (R-VALID-5).

    `comparison` is the person's finding for every agreed or assessed outcome of the home `unit` (R-VALID-1); outcomes
    that were not asked for count as not corresponding. Without `from_` an outcome rests on the one with its own id.
    `from_units` are the assessed units, where they are others than the agreement pairs with the home unit. `repeats` is
    the validation of an earlier version of the transcript.
    Raises `HostCannotValidate`, `NotTheHome`, `NothingAchieved`, `NotPositivelyAssessed`, `OutcomesNotCompared`,
    `OutcomeUnknown`, `OutcomeTwice`, `ReasonsMissing`, `AnotherBasis` and what `may_decide` refuses.
    """
    require(may_validate(transcript, basis, institution=institution, by=by, on=on))
    entries = _entries(transcript.value, from_units or assessed_units(basis.value, unit.id))
    achieved = frozenset[str]().union(*(entry.achieved for entry in entries))
    if not achieved:  # R-VALID-3
        raise NothingAchieved(unit=unit.id)
    agreed = targeted_outcomes(basis.value, unit.id)
    found = _compared(comparison, unit, asked=(agreed | achieved) & unit.outcome_ids, achieved=achieved)
    corresponding = frozenset(o for o, one in found.items() if one.result is Correspondence.CORRESPONDS)
    extent = _extent(unit, found, corresponding, rule)
    promised = agreed & _achieved_as_agreed(entries, unit, agreed)
    withheld = promised - corresponding or (unit.outcome_ids if extent is Extent.NONE else frozenset())
    require(gives_reasons(withheld, reasons))  # R-VALID-4
    return Validation(
        learner=transcript.value.learner, transcript=transcript.address, unit=unit.id,
        qualification=transcript.value.qualification, outcomes=tuple(found[one.id] for one in unit.outcomes),
        extent=extent, by=by, on=on, ground=ground, reasons=reasons, repeats=repeats,
        prior_learning=not isinstance(basis.value, LearningAgreement),
    )  # fmt: skip


def ask_for_evidence(
    transcript: Recorded[Transcript], basis: Recorded[Basis], *, unit: Identifier, what: LangString, by: Decider,
    institution: CompetentInstitution, on: date, due: date | None = None,
) -> EvidenceRequest:  # fmt: skip
    """Ask for more evidence before deciding; only who may validate may ask. Raises what `may_validate` refuses."""
    require(may_validate(transcript, basis, institution=institution, by=by, on=on))
    return EvidenceRequest(
        learner=transcript.value.learner, transcript=transcript.address, unit=unit, what=what, by=by, on=on, due=due
    )


def proposed_comparison(transcript: Transcript, basis: Basis, unit: Unit) -> tuple[OutcomeValidation, ...]:
    """What a person may start from: outcomes of the same id that were achieved correspond. A proposal, no decision."""
    entries = _entries(transcript, assessed_units(basis, unit.id))
    whole = any(entry.complete and entry.unit != unit.id for entry in entries)
    agreed = targeted_outcomes(basis, unit.id)
    by_id = frozenset[str]().union(*(entry.achieved for entry in entries if entry.unit == unit.id))
    paired = frozenset[str]().union(*(entry.achieved for entry in entries if entry.unit != unit.id))
    proposed = []
    for outcome in unit.outcomes:
        from_ = (
            frozenset({outcome.id})
            if outcome.id in by_id
            else paired
            if whole and outcome.id in agreed
            else frozenset()
        )
        result = Correspondence.CORRESPONDS if from_ else Correspondence.NOT
        proposed.append(OutcomeValidation(outcome=outcome.id, result=result, from_=from_))
    return tuple(proposed)


def _entries(transcript: Transcript, units: frozenset[Identifier]) -> tuple[TranscriptEntry, ...]:
    return tuple(entry for entry in transcript.entries if entry.unit in units)


def _compared(
    comparison: Iterable[OutcomeValidation], unit: Unit, *, asked: frozenset[str], achieved: frozenset[str]
) -> Mapping[str, OutcomeValidation]:
    """The finding for each outcome of the unit: each asked one is compared, each yes rests on something achieved."""
    found: dict[str, OutcomeValidation] = {}
    for one in comparison:
        if one.outcome not in unit.outcome_ids:
            raise OutcomeUnknown(unit=unit.id, outcomes=one.outcome)
        if one.outcome in found:
            raise OutcomeTwice(outcome=one.outcome)
        found[one.outcome] = _resting(one, achieved)
    if not asked <= found.keys():
        raise OutcomesNotCompared(outcomes=", ".join(sorted(asked - found.keys())))
    for outcome in unit.outcome_ids - found.keys():
        found[outcome] = OutcomeValidation(outcome=outcome, result=Correspondence.NOT)
    return found


def _resting(one: OutcomeValidation, achieved: frozenset[str]) -> OutcomeValidation:
    if one.result is Correspondence.NOT:
        return one
    sources = one.from_ or frozenset({one.outcome})
    if not sources <= achieved:
        raise NotPositivelyAssessed(outcome=one.outcome, sources=", ".join(sorted(sources - achieved)))
    return OutcomeValidation(outcome=one.outcome, result=one.result, from_=sources, remark=one.remark)


def _extent(
    unit: Unit, found: Mapping[str, OutcomeValidation], corresponding: frozenset[str], rule: PassRule
) -> Extent:
    """Full when the unit's requirement is met, none when nothing corresponds even partly (R-VALID-5)."""
    if is_complete(unit, corresponding, rule):
        return Extent.FULL
    some = any(one.result is not Correspondence.NOT for one in found.values())
    return Extent.PARTIAL if some else Extent.NONE


def _achieved_as_agreed(entries: Iterable[TranscriptEntry], unit: Unit, agreed: frozenset[str]) -> frozenset[str]:
    """The home outcomes that were achieved as agreed: those of the same id, or all when a paired unit is complete."""
    result = frozenset[str]()
    for entry in entries:
        result |= entry.achieved if entry.unit == unit.id else agreed if entry.complete else frozenset()
    return result
