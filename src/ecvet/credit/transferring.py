"""Transfer: what was assessed goes into a personal transcript, and to the learner or directly to home (R-TRANS-1 … 4).

No form is prescribed (R-TRANS-2): the transcript is a value, and any document, also the agreement's own second part,
can show it. A transcript is never changed; `correct` makes the next version.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from ecvet.credit.assessing import may_assess
from ecvet.credit.assessment import Assessment, OutcomeResult, Result
from ecvet.credit.basis import Basis, belongs_to, home_of, learner_of
from ecvet.credit.errors import (
    AnotherLearner,
    CorrectionWithoutChange,
    NothingAssessed,
    UnitUndescribed,
)
from ecvet.credit.shares import SharePolicy
from ecvet.credit.status import ALL_REQUIRED, PassRule, is_complete, points_due
from ecvet.credit.transcript import Transcript, TranscriptEntry
from ecvet.mobility.agreement import LearningAgreement
from ecvet.partnership.institution import CompetentInstitution
from ecvet.qualification.qualification import UnitLink
from ecvet.qualification.unit import Unit
from ecvet.record import Address, Recorded
from ecvet.terms import Identifier, LangString, Points, require

_BEST_LAST: Final = (Result.NOT_ASSESSED, Result.NOT_ACHIEVED, Result.PARTLY, Result.ACHIEVED, Result.EXCEEDED)
NONE_STATED: Final[Mapping[Identifier, Any]] = MappingProxyType({})
"""No unit has a policy or a rule of its own."""


class Recipient(StrEnum):
    """Who is handed the transcript (R-TRANS-3)."""

    LEARNER = "learner"
    HOME = "home"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A transcript on its way: to the learner, who may show it to anybody, or to home directly (R-TRANS-3)."""

    transcript: Address
    recipient: Recipient
    to: Identifier
    on: date


def transfer(
    assessments: Iterable[Recorded[Assessment]], basis: Recorded[Basis], *, units: Iterable[Unit],
    issuer: CompetentInstitution, links: Iterable[UnitLink] = (),
    shares: Mapping[Identifier, SharePolicy] = NONE_STATED, rules: Mapping[Identifier, PassRule] = NONE_STATED,
    earlier_versions: frozenset[Address] = frozenset(),
) -> Transcript:  # fmt: skip
    """The transcript of all assessments: outcomes, units, points (R-TRANS-1), the host's credit (R-CREDIT-2).

    `units` describe the units assessed, `links` their places in a qualification with the points; without a link the
    points are those of the agreement. `shares` and `rules` are the policies for parts and the own pass rules, by unit.
    `earlier_versions` are addresses of former versions of the basis on which an assessment may rest (R-LA-12). Each
    assessment must have been the issuer's to make on its own day. Nothing enters that was not assessed (R-ASSESS-1).
    Raises `NothingAssessed`, `NotTheHost`, `UnitUndescribed`, `AnotherLearner`, `AnotherBasis`, `FunctionNotHeld`.
    """
    ordered = sorted(assessments, key=lambda one: (one.value.on, one.address))
    described = {unit.id: unit for unit in units}
    if not ordered:
        raise NothingAssessed()
    for one in ordered:
        if one.value.learner != learner_of(basis.value):
            raise AnotherLearner(found=one.value.learner, expected=learner_of(basis.value))
        require(belongs_to(one.value.basis, basis, earlier_versions))
        require(may_assess(basis, one.value.unit, institution=issuer, on=one.value.on))
        if one.value.unit not in described:
            raise UnitUndescribed(unit=one.value.unit)
    points = {link.unit: link.points for link in links}
    entries = []
    for unit in dict.fromkeys(one.value.unit for one in ordered):
        worth = points[unit] if unit in points else _agreed_points(basis.value, unit)
        own = [one for one in ordered if one.value.unit == unit]
        entries.append(_entry(described[unit], own, worth, shares.get(unit), rules.get(unit, ALL_REQUIRED)))
    agreement = basis.value if isinstance(basis.value, LearningAgreement) else None
    return Transcript(
        learner=learner_of(basis.value), issuer=issuer.id, home=home_of(basis.value), basis=basis.address,
        qualification=basis.value.qualification, entries=tuple(sorted(entries, key=lambda entry: entry.unit)),
        period=agreement.period if agreement else None, eqf=agreement.eqf if agreement else None,
        nqf=agreement.nqf if agreement else None,
        deviations=tuple(one.value.deviations for one in ordered if one.value.deviations),
        additional=tuple(extra.text for one in ordered for extra in one.value.additional),
    )  # fmt: skip


def correct(
    transcript: Recorded[Transcript], assessments: Iterable[Recorded[Assessment]], basis: Recorded[Basis], *,
    units: Iterable[Unit], issuer: CompetentInstitution, reason: LangString, links: Iterable[UnitLink] = (),
    shares: Mapping[Identifier, SharePolicy] = NONE_STATED, rules: Mapping[Identifier, PassRule] = NONE_STATED,
    earlier_versions: frozenset[Address] = frozenset(),
) -> Transcript:  # fmt: skip
    """The next version of a transcript, from the assessments that stand now; the old one is kept (R-TRANS-4).

    An assessment made in error is left out, a re-assessment added. Raises `CorrectionWithoutChange` and what
    `transfer` raises.
    """
    made = transfer(
        assessments, basis, units=units, issuer=issuer, links=links, shares=shares, rules=rules,
        earlier_versions=earlier_versions | {transcript.value.basis},
    )  # fmt: skip
    if made == replace(transcript.value, corrects=None, reason=None):
        raise CorrectionWithoutChange()
    return replace(made, corrects=transcript.address, reason=reason)


def hand_over(transcript: Recorded[Transcript], recipient: Recipient, *, on: date) -> Handover:
    """Hand the transcript to the learner, or send it to home directly; validation accepts it either way (R-TRANS-3)."""
    to = transcript.value.learner if recipient is Recipient.LEARNER else transcript.value.home
    return Handover(transcript=transcript.address, recipient=recipient, to=to, on=on)


def _entry(
    unit: Unit, assessments: list[Recorded[Assessment]], worth: Points | None, share: SharePolicy | None, rule: PassRule
) -> TranscriptEntry:
    """One unit: the best result for each outcome over all its assessments, in the order of the unit's outcomes.

    What was achieved once stays achieved: a failed second attempt takes nothing away, since the old record stays
    (R-ASSESS-10). The grade is that of the latest assessment that has one.
    """
    best: dict[str, OutcomeResult] = {}
    for one in assessments:
        for result in one.value.outcomes:
            known = best.get(result.outcome)
            if known is None or _BEST_LAST.index(result.result) > _BEST_LAST.index(known.result):
                best[result.outcome] = result
    outcomes = tuple(best[outcome.id] for outcome in unit.outcomes if outcome.id in best)
    achieved = frozenset(one.outcome for one in outcomes if one.result.is_positive)
    grades = [one.value.grade for one in assessments if one.value.grade]
    return TranscriptEntry(
        unit=unit.id, title=unit.title, outcomes=outcomes, assessments=tuple(one.address for one in assessments),
        complete=is_complete(unit, achieved, rule), grade=grades[-1] if grades else None,
        points=points_due(unit, achieved, worth, share=share, rule=rule),
    )  # fmt: skip


def _agreed_points(basis: Basis, unit: Identifier) -> Points | None:
    """The points that the agreement shows for an assessed unit: the host's where it names them, else those at home."""
    if not isinstance(basis, LearningAgreement):
        return None
    agreed = next((one for one in basis.units if unit in (one.unit, one.hosting_unit)), None)
    return (agreed.hosting_points or agreed.home_points) if agreed else None
