"""What can stand in the way of assessing and documenting; what stops a decision is in `decision_errors`."""

from ecvet.errors import EcvetError


class BasisIncomplete(EcvetError):
    """An agreement that does not name a party which a step of the credit needs."""

    code = "credit.basis.party-missing"
    sentence = "The learning agreement names no {role}."
    remedy = "Complete the agreement and have the new version signed; then take the step on that version."
    status = 409


class AnotherBasis(EcvetError):
    """A record that rests on another version of the agreement or portfolio than the one given (R-LA-12)."""

    code = "credit.basis.another-version"
    sentence = "This rests on {found}, not on the {thing} {given}."
    remedy = "Take the version that was in force on the day, or say which earlier versions of the {thing} belong to it."
    status = 409


class AnotherLearner(EcvetError):
    """Records of two learners met in one step."""

    code = "credit.learner.another"
    sentence = "This is about the learner {found}, not about {expected}."
    remedy = "Take the record of the right learner; credit belongs to one person and cannot be handed on."
    status = 409


class UnitNotAgreed(EcvetError):
    """A unit that is not part of the agreement, or not claimed in the portfolio."""

    code = "credit.assess.unit-not-agreed"
    sentence = "The unit {unit} is not part of the {thing}."
    remedy = "Assess an agreed unit, record it as an additional outcome, or agree a new version of the {thing} first."
    status = 409


class OutcomeNotAgreed(EcvetError):
    """Outcomes of an agreed unit that were not targeted (R-CREDIT-5)."""

    code = "credit.assess.outcome-not-agreed"
    sentence = "The {thing} does not target {outcomes} of the unit {unit}."
    remedy = "Record them as additional outcomes, or agree a new version of the {thing} that names them."
    status = 409


class NotTheHost(EcvetError):
    """Somebody else than the assessing institution assesses or documents (R-ASSESS-2)."""

    code = "credit.assess.not-the-host"
    sentence = "{institution} does not assess here; {expected} does."
    remedy = "Let {expected} assess and sign; another organisation may take part through its assessors."
    status = 403


class NoAssessor(EcvetError):
    """An assessment in which nobody acts for the assessing institution."""

    code = "credit.assess.no-assessor"
    sentence = "No assessor acts for {institution}."
    remedy = "Name at least one assessor of {institution}; those of a company or another school may stand beside them."
    status = 422


class IntermediaryAssesses(EcvetError):
    """An assessor acts for the intermediary, which organises and signs but does not assess."""

    code = "credit.assess.by-intermediary"
    sentence = "{name} acts for the intermediary organisation, which may not assess."
    remedy = "Name an assessor of the hosting institution or of the company where the learner worked."
    status = 403


class AssessorIsLearner(EcvetError):
    """A learner among the assessors of their own learning (R-ASSESS-9)."""

    code = "credit.assess.assessor-is-learner"
    sentence = "{name} cannot assess their own learning."
    remedy = "Record it as self-assessment, which is evidence, and let another assessor decide."
    status = 409


class NothingAssessed(EcvetError):
    """An assessment or transcript without any result (R-ASSESS-1)."""

    code = "credit.assess.nothing-assessed"
    sentence = "No outcome has been assessed."
    remedy = "Give a result for at least one outcome; only assessed outcomes are credit."
    status = 422


class OutcomeUnknown(EcvetError):
    """An outcome that the unit does not have."""

    code = "credit.outcome.unknown"
    sentence = "The unit {unit} has no outcome {outcomes}."
    remedy = "Use the ids of the outcomes of exactly this version of the unit."
    status = 422


class OutcomeTwice(EcvetError):
    """Two results for one outcome in one record."""

    code = "credit.outcome.twice"
    sentence = "The outcome {outcome} has two results."
    remedy = "Give one result for each outcome; a further assessment is a record of its own."
    status = 422


class CriterionUnknown(EcvetError):
    """A result for a criterion that the outcome does not have (R-ASSESS-3)."""

    code = "credit.assess.criterion-unknown"
    sentence = "The outcome {outcome} has no criterion {criterion}."
    remedy = "Use the criteria of the agreed version of the unit; put other observations into the remark."
    status = 422


class DeviationUndocumented(EcvetError):
    """A difference from what was agreed that nobody explained (R-ASSESS-3, R-ASSESS-4, R-ASSESS-7)."""

    code = "credit.assess.deviation-undocumented"
    sentence = "Not as agreed, and not explained: {what}."
    remedy = "Assess as agreed, or say in the deviations what was different and why."
    status = 422


class ReasonMissing(EcvetError):
    """A negative result without its reason (R-ASSESS-12)."""

    code = "credit.assess.reason-missing"
    sentence = "The outcome {outcome} is {result}, but no reason is given."
    remedy = "Say in one sentence what was lacking or why it could not be assessed."
    status = 422


class ScaleUnknown(EcvetError):
    """A grade on a scale that nobody described (R-ASSESS-11)."""

    code = "credit.assess.scale-unknown"
    sentence = "The grade stands on the scale {scale}, which is not known here."
    remedy = "Name a known grading scale, or record only whether the outcomes were achieved."
    status = 422


class GradeNotOnScale(EcvetError):
    """A grade that its scale does not have (R-ASSESS-11)."""

    code = "credit.assess.grade-not-on-scale"
    sentence = "The scale {scale} has no grade {grade}."
    remedy = "Give one of: {values}."
    status = 422


class GradeContradictsResults(EcvetError):
    """A failing grade beside achieved outcomes only, or a pass without any (R-ASSESS-10)."""

    code = "credit.assess.grade-contradicts-results"
    sentence = "The grade {grade} says {says}, the results of the outcomes say the opposite."
    remedy = "Correct the grade or the results; a failed assessment yields no credit."
    status = 422


class DayOutsidePeriod(EcvetError):
    """An assessment outside the agreed period that nobody explained (R-ASSESS-13)."""

    code = "credit.assess.day-outside-period"
    sentence = "{on} lies outside the agreed period {period}."
    remedy = "Correct the day, or explain in `outside_period` why the assessment took place then."
    status = 422


class DayInFuture(EcvetError):
    """An act dated after the day on which it is recorded."""

    code = "credit.day.in-future"
    sentence = "{day} is later than {on}."
    remedy = "Record the act when it has taken place."
    status = 422


class RepeatsUnknown(EcvetError):
    """A re-assessment of something that is no earlier assessment of this learner in this unit (R-ASSESS-10)."""

    code = "credit.assess.repeats-unknown"
    sentence = "{address} is no earlier assessment of this learner in this unit."
    remedy = "Name the earlier assessment, which stays as it is, or leave the field empty."
    status = 409


class UnitUndescribed(EcvetError):
    """A unit was assessed whose description was not given."""

    code = "credit.transfer.unit-undescribed"
    sentence = "The unit {unit} was assessed, but its description is not here."
    remedy = "Add the version of the unit that was assessed."
    status = 422


class CorrectionWithoutChange(EcvetError):
    """A correction that says the same as the transcript before it (R-TRANS-4)."""

    code = "credit.correct.nothing-changed"
    sentence = "The corrected transcript says the same as the one before it."
    remedy = "Correct what is wrong; when nothing is, acknowledge or confirm the transcript as it is."
    status = 409


class GradeTwiceInTable(EcvetError):
    """A table of grades that reads one grade in two ways (R-ASSESS-11)."""

    code = "credit.grade.twice-in-table"
    sentence = "The table of grades names the grade {grade} more than once."
    remedy = "Keep one line for each grade."
    status = 422


class NoConversion(EcvetError):
    """A grade for which the conversion has no entry."""

    code = "credit.grade.no-conversion"
    sentence = "The conversion to {scale} knows no grade {grade} of that scale."
    remedy = "Keep the original grade, or let the home institution complete its conversion table."
    status = 422


class ProcedureMissing(EcvetError):
    """Non-formal learning without a procedure set by the awarding institution (R-NFIL-1)."""

    code = "credit.portfolio.procedure-missing"
    sentence = "{institution} has not said by which procedure it identifies, assesses and recognises."
    remedy = "Name the procedure in the portfolio."
    status = 422
