"""Assess: the host abroad, or the institution of a portfolio, establishes what a learner has achieved.

The rules of an assessment (R-ASSESS-2 … 13) stand here as one list of checks; `assess` raises the first fact that
stands in the way and changes nothing otherwise. Re-assessment is a new record, the old one stays (R-ASSESS-10).
"""

from collections.abc import Iterable, Iterator
from datetime import date

from ecvet.credit.assessment import Assessment, GradingScale, OutcomeResult, Result
from ecvet.credit.basis import (
    Basis,
    assessing_institution,
    belongs_to,
    home_unit_of,
    learner_of,
    name_of,
    targeted_outcomes,
)
from ecvet.credit.errors import (
    AnotherLearner,
    AssessorIsLearner,
    CriterionUnknown,
    DayInFuture,
    DayOutsidePeriod,
    DeviationUndocumented,
    GradeContradictsResults,
    GradeNotOnScale,
    IntermediaryAssesses,
    NoAssessor,
    NothingAssessed,
    NotTheHost,
    OutcomeNotAgreed,
    OutcomeTwice,
    OutcomeUnknown,
    ReasonMissing,
    RepeatsUnknown,
    ScaleUnknown,
    UnitNotAgreed,
)
from ecvet.errors import EcvetError
from ecvet.mobility.agreement import LearningAgreement, Role
from ecvet.partnership.institution import CompetentInstitution, Function, may
from ecvet.qualification.unit import Unit
from ecvet.record import Recorded
from ecvet.saying import say
from ecvet.terms import Failure, Identifier, Success, require


def may_assess(
    basis: Recorded[Basis], unit: Identifier, *, institution: CompetentInstitution, on: date
) -> Success | Failure:
    """Whether this institution may assess this unit on this day: agreed, by the host (R-ASSESS-2), function held.

    The day of the assessment counts: a function that is lost later takes nothing away (R-RECOG-14).
    """
    expected = assessing_institution(basis.value)
    if institution.id != expected:
        return Failure(NotTheHost(institution=institution.name, expected=expected))
    if home_unit_of(basis.value, unit) is None:
        return Failure(UnitNotAgreed(unit=unit, thing=name_of(basis.value)))
    return may(institution, Function.ASSESS, basis.value.qualification, on)


def assess(
    basis: Recorded[Basis], draft: Assessment, *, unit: Unit, institution: CompetentInstitution,
    scales: Iterable[GradingScale] = (), on: date, earlier: Iterable[Recorded[Assessment]] = (),
) -> Assessment:  # fmt: skip
    """The assessment, if nothing stands in its way.

    `unit` describes `draft.unit`; `scales` are the grading scales known; `on` is the day of recording, `draft.on` that
    of the assessment; `earlier` are the learner's assessments so far. One basis carries one or several (R-ASSESS-5).
    Raises the errors of `ecvet.credit.errors`, or `FunctionNotHeld`.
    """
    require(may_assess(basis, draft.unit, institution=institution, on=draft.on))
    require(belongs_to(draft.basis, basis))
    for fact in _facts(basis.value, draft, unit, {scale.id: scale for scale in scales}, on, tuple(earlier)):
        raise fact
    return draft


def _facts(
    basis: Basis, draft: Assessment, unit: Unit, scales: dict[Identifier, GradingScale], on: date,
    earlier: tuple[Recorded[Assessment], ...],
) -> Iterator[EcvetError]:  # fmt: skip
    """Everything that is wrong with a draft, most fundamental first."""
    if draft.learner != learner_of(basis):
        yield AnotherLearner(found=draft.learner, expected=learner_of(basis))
    if draft.institution != assessing_institution(basis):
        yield NotTheHost(institution=draft.institution, expected=assessing_institution(basis))
    if draft.on > on:
        yield DayInFuture(day=draft.on, on=on)
    yield from _about_assessors(basis, draft)
    yield from _about_outcomes(basis, draft, unit)
    yield from _about_grade(draft, scales)
    yield from _about_agreed_plan(basis, draft, unit)
    if draft.repeats and not any(
        one.address == draft.repeats and (one.value.learner, one.value.unit) == (draft.learner, draft.unit)
        for one in earlier
    ):
        yield RepeatsUnknown(address=draft.repeats)


def _about_assessors(basis: Basis, draft: Assessment) -> Iterator[EcvetError]:
    """The learner is never the assessor (R-ASSESS-9); somebody acts for the host, nobody for the intermediary."""
    organiser = basis.party(Role.INTERMEDIARY) if isinstance(basis, LearningAgreement) else None
    for assessor in draft.assessors:
        if assessor.id == draft.learner:
            yield AssessorIsLearner(name=assessor.name)
        if organiser is not None and assessor.institution == organiser:
            yield IntermediaryAssesses(name=assessor.name)
    if not any(assessor.institution == draft.institution for assessor in draft.assessors):
        yield NoAssessor(institution=draft.institution)


def _about_outcomes(basis: Basis, draft: Assessment, unit: Unit) -> Iterator[EcvetError]:
    """Only agreed outcomes, each once; a negative result has its reason (R-ASSESS-12).

    What was achieved beyond the agreement goes into `additional`, as text, and is never refused (R-ASSESS-8).
    """
    given = [one.outcome for one in draft.outcomes]
    if not given:
        yield NothingAssessed()
    if unit.id != draft.unit or not set(given) <= unit.outcome_ids:
        yield OutcomeUnknown(unit=draft.unit, outcomes=_listed(set(given) - unit.outcome_ids) or unit.id)
    for outcome in sorted({one for one in given if given.count(one) > 1}):
        yield OutcomeTwice(outcome=outcome)
    if home_unit_of(basis, draft.unit) == draft.unit:  # a hosting unit is agreed as a whole
        beyond = set(given) - targeted_outcomes(basis, draft.unit)
        if beyond:
            yield OutcomeNotAgreed(outcomes=_listed(beyond), unit=draft.unit, thing=name_of(basis))
    for result in draft.outcomes:
        if result.result in (Result.NOT_ACHIEVED, Result.NOT_ASSESSED) and not result.reason.strip():
            yield ReasonMissing(outcome=result.outcome, result=result.result)


def _about_grade(draft: Assessment, scales: dict[Identifier, GradingScale]) -> Iterator[EcvetError]:
    """A grade is optional (R-ASSESS-6), stands on a named scale (R-ASSESS-11), and agrees with pass or fail."""
    grade = draft.grade
    if grade is None:
        return
    scale = scales.get(grade.scale)
    if scale is None:
        yield ScaleUnknown(scale=grade.scale)
    elif grade.value not in scale.values:
        yield GradeNotOnScale(scale=scale.name, grade=grade.value, values=", ".join(scale.values))
    else:
        passes = scale.values.index(grade.value) >= scale.values.index(scale.passes_from)
        positive = [one.result.is_positive for one in draft.outcomes]
        if (not any(positive)) if passes else all(positive):  # a failed one never yields credit (R-ASSESS-10)
            yield GradeContradictsResults(grade=grade.value, says="passed" if passes else "failed")


def _about_agreed_plan(basis: Basis, draft: Assessment, unit: Unit) -> Iterator[EcvetError]:
    """As agreed beforehand (R-ASSESS-3, R-ASSESS-4), or the difference is documented (R-ASSESS-7, R-ASSESS-13)."""
    for result in draft.outcomes:
        yield from _about_criteria(draft, unit, result)
    if not isinstance(basis, LearningAgreement):
        return
    if draft.on not in basis.period and draft.outside_period is None:
        yield DayOutsidePeriod(on=draft.on, period=basis.period)
    if draft.deviations is None:
        for what in _differences(basis, draft):
            yield DeviationUndocumented(what=what)


def _about_criteria(draft: Assessment, unit: Unit, result: OutcomeResult) -> Iterator[EcvetError]:
    """Every criterion of an outcome is looked at, and met where the outcome is achieved (R-ASSESS-3)."""
    known = next(
        (frozenset(c.id for c in one.criteria) for one in unit.outcomes if one.id == result.outcome), frozenset()
    )
    rated = {one.criterion: one.met for one in result.criteria}
    for criterion in sorted(rated.keys() - known):
        yield CriterionUnknown(outcome=result.outcome, criterion=criterion)
    if draft.deviations is not None or result.remark.strip() or result.result is Result.NOT_ASSESSED:
        return
    passed_over = known - rated.keys()
    if passed_over:
        yield DeviationUndocumented(
            what=say(
                "criteria of {outcome} passed over: {listed}", outcome=result.outcome, listed=tuple(sorted(passed_over))
            )
        )
    unmet = {criterion for criterion, met in rated.items() if not met}
    if result.result.is_positive and unmet:
        yield DeviationUndocumented(
            what=say(
                "{outcome} achieved with unmet criteria: {listed}", outcome=result.outcome, listed=tuple(sorted(unmet))
            )
        )


def _differences(agreement: LearningAgreement, draft: Assessment) -> Iterator[str]:
    """Where method, place or assessors are others than agreed; what the agreement leaves open cannot differ."""
    plan = agreement.assessment
    methods = set(draft.methods) - set(plan.methods) if plan.methods else set()
    if methods:
        yield f"method {_listed(methods)}"
    if plan.place and draft.place != plan.place:
        yield f"place {draft.place}"
    if plan.assessors and not {one.name for one in plan.assessors} & {one.name for one in draft.assessors}:
        yield f"assessors {_listed({one.name for one in draft.assessors})}"


def _listed(items: Iterable[str]) -> str:
    return ", ".join(sorted(items))
