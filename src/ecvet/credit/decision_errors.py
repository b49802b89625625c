"""What can stand in the way of validating, recognising, appealing, booking and awarding."""

from ecvet.errors import EcvetError


class NobodyDecides(EcvetError):
    """A decision without a person (R-RECOG-5, R-RECOG-14)."""

    code = "credit.decide.nobody"
    sentence = "A decision needs a person who takes it."
    remedy = "Name the person who decides; nothing is validated, recognised or awarded by itself."
    status = 422


class DeciderOfAnotherInstitution(EcvetError):
    """A person decides for an institution that is not theirs (R-RECOG-14)."""

    code = "credit.decide.another-institution"
    sentence = "{name} acts for {found}, not for {expected}."
    remedy = "Let a person of {expected} decide."
    status = 403


class HostCannotValidate(EcvetError):
    """The hosting institution validates what it assessed itself (R-VALID-2)."""

    code = "credit.validate.by-host"
    sentence = "{institution} hosted and assessed; it cannot validate."
    remedy = "Send the transcript to {home}, which validates and recognises."
    status = 403


class NotTheHome(EcvetError):
    """An institution validates that is neither home nor named for it in the agreement (R-VALID-2)."""

    code = "credit.validate.not-the-home"
    sentence = "{institution} does not validate here; {home} does."
    remedy = "Send the transcript to {home}, or name {institution} for validation in a new version of the agreement."
    status = 403


class NothingAchieved(EcvetError):
    """There is no positively assessed outcome to validate (R-VALID-3)."""

    code = "credit.validate.nothing-achieved"
    sentence = "The transcript shows no achieved outcome for the unit {unit}."
    remedy = "Wait for a positive assessment; a re-assessment is a new record in a corrected transcript."
    status = 409


class NotPositivelyAssessed(EcvetError):
    """An outcome is held to correspond to something that was not achieved (R-VALID-3)."""

    code = "credit.validate.not-positively-assessed"
    sentence = "The outcome {outcome} rests on {sources}, which the transcript does not show as achieved."
    remedy = "Name achieved outcomes it rests on, or decide that it does not correspond."
    status = 409


class OutcomesNotCompared(EcvetError):
    """A validation that passes over outcomes that were agreed and assessed (R-VALID-1)."""

    code = "credit.validate.outcomes-not-compared"
    sentence = "Not compared yet: {outcomes}."
    remedy = "Decide for each of these outcomes whether it corresponds, partly or not."
    status = 422


class ReasonsMissing(EcvetError):
    """Less was granted than was agreed and achieved, without a reason (R-VALID-4)."""

    code = "credit.decide.reasons-missing"
    sentence = "Not granted, and no reason is given: {what}."
    remedy = "Give a reason code and words that the learner can understand."
    status = 422


class RemedyMissing(EcvetError):
    """A refusal that does not say what the learner can do (R-RECOG-14)."""

    code = "credit.recognise.remedy-missing"
    sentence = "The decision does not say what the learner can do about it."
    remedy = "Name a task that completes the unit, or the last day of appeal, or both."
    status = 422


class AnotherUnit(EcvetError):
    """A validation of another unit than the one to be recognised."""

    code = "credit.recognise.another-unit"
    sentence = "The validation is about the unit {found}, not {unit}."
    remedy = "Take the validation of this unit; another unit needs a validation of its own."
    status = 409


class UnitNotInQualification(EcvetError):
    """A unit that the qualification does not have in this version (R-RECOG-3, R-UNIT-12)."""

    code = "credit.recognise.unit-not-in-qualification"
    sentence = "The unit {unit} is no unit of {qualification}."
    remedy = "Validate against a unit of this qualification, or decide an equivalence first."
    status = 409


class RecognitionBeforeValidation(EcvetError):
    """A recognition dated before the validation it follows (R-RECOG-2)."""

    code = "credit.recognise.before-validation"
    sentence = "The validation is of {validated}; it cannot be recognised on {on}."
    remedy = "Recognise on the day of the validation or later."
    status = 409


class NotValidated(EcvetError):
    """Outcomes are to be recognised that were not validated (R-RECOG-2)."""

    code = "credit.recognise.not-validated"
    sentence = "Not validated: {outcomes}."
    remedy = "Validate these outcomes first, or leave them out."
    status = 409


class AlreadyRecognised(EcvetError):
    """Outcomes were recognised before towards the same qualification (R-RECOG-8)."""

    code = "credit.recognise.already-recognised"
    sentence = "Already recognised towards {qualification}: {outcomes}."
    remedy = "Nothing needs to be done; towards another qualification a decision of its own is possible."
    status = 409


class PointsWithoutMethod(EcvetError):
    """Points other than those of the unit, without a method (R-RECOG-6, R-RECOG-3)."""

    code = "credit.recognise.points-without-method"
    sentence = "The unit has {due} points in this qualification, not {points}."
    remedy = "Grant those, or record the transparent, quality-assured method by which they were reconsidered."
    status = 422


class PointsOutOfRange(EcvetError):
    """A chosen size outside the range that the qualification gives the unit (R-COMP-9)."""

    code = "credit.recognise.points-out-of-range"
    sentence = "The size {points} is not between {least} and {most}."
    remedy = "Choose a size within the range."
    status = 422


class PartWithoutPolicy(EcvetError):
    """Points for a part of a unit without a policy that gives a share (R-CREDIT-6, R-POINTS-22)."""

    code = "credit.recognise.part-without-policy"
    sentence = "A part of a unit carries no points; {points} were to be granted."
    remedy = "Grant none, complete the unit, or name the policy that gives a share for a part."
    status = 422


class ShareAboveWhole(EcvetError):
    """A policy whose shares are more than the whole unit (R-CREDIT-6)."""

    code = "credit.share.above-whole"
    sentence = "The shares of the policy add up to {total}, and the whole is {whole}."
    remedy = "The shares of all outcomes of a unit are together at most the whole, none of them below nothing."
    status = 422


class StepNotPositive(EcvetError):
    """A step of rounding that is nothing (R-CREDIT-6)."""

    code = "credit.share.step-not-positive"
    sentence = "Points cannot be rounded to steps of {step}."
    remedy = "Name a step above 0, such as 0.1, 0.5 or 1."
    status = 422


class WeightsIncomplete(EcvetError):
    """Weights that leave out a required outcome, name another or the same twice, or are all nothing (R-CREDIT-6)."""

    code = "credit.share.weights-incomplete"
    sentence = "The weights do not say for each required outcome what it weighs."
    remedy = "Give one weight for each of {outcomes}, and for no other; at least one is more than 0."
    status = 422


class ExplanationMissing(EcvetError):
    """Recognised prior learning without a written explanation (R-RECOG-13)."""

    code = "credit.recognise.explanation-missing"
    sentence = "Prior learning is recognised without an explanation."
    remedy = "Say in words what is recognised and what it rests on; name the achievement it replaces, if any."
    status = 422


class DecisionUnknown(EcvetError):
    """An appeal or a review of a decision that is not among those known."""

    code = "credit.decide.unknown-decision"
    sentence = "The decision {address} is not among the decisions of this learner and unit."
    remedy = "Take the decision's own address, and give all earlier decisions on the unit."
    status = 409


class DecisionReplaced(EcvetError):
    """A decision that another one has taken the place of already."""

    code = "credit.decide.already-replaced"
    sentence = "The decision {address} has been replaced already."
    remedy = "Appeal against or review the decision that stands now."
    status = 409


class AppealTooLate(EcvetError):
    """An appeal lodged after its last day."""

    code = "credit.appeal.too-late"
    sentence = "The last day of appeal was {until}."
    remedy = "Ask the institution whether it reviews the decision on its own account."
    status = 409


class NotYourDecision(EcvetError):
    """Somebody appeals against a decision on another learner."""

    code = "credit.appeal.not-yours"
    sentence = "This decision is about another learner."
    remedy = "Only the learner concerned, or a guardian on their behalf, can appeal."
    status = 403


class AlreadyBooked(EcvetError):
    """Points for the same outcomes of a learner, unit and qualification are booked already (R-RECOG-8)."""

    code = "credit.ledger.already-booked"
    sentence = "Booked already for {unit} in {qualification}: {outcomes}."
    remedy = "Reverse the earlier entry by a new decision first; entries are never edited."
    status = 409


class NothingBooked(EcvetError):
    """A reversal of a decision that was never booked."""

    code = "credit.ledger.nothing-booked"
    sentence = "There is no entry of the decision {address} to reverse."
    remedy = "Book the decision first, or drop the reversal."
    status = 409


class NotFinal(EcvetError):
    """Points of a decision that can still change."""

    code = "credit.ledger.not-final"
    sentence = "The decision is not final: {why}."
    remedy = "Book it when the appeal is decided or its last day has passed."
    status = 409


class NotComplete(EcvetError):
    """A qualification whose rules are not met yet."""

    code = "credit.award.not-complete"
    sentence = "{qualification} is not complete: {missing}."
    remedy = "Let the learner achieve what is missing; partial achievements stay and count later."
    status = 409


class NotDecided(EcvetError):
    """A qualification of which accumulation could not say whether its rules are met."""

    code = "credit.award.undecided"
    sentence = "Whether {qualification} is complete could not be decided: {why}."
    remedy = "Let the awarding institution decide the open question, and accumulate again."
    status = 409


class NotBacked(EcvetError):
    """Credit counted that neither a recognition nor an own achievement backs."""

    code = "credit.award.not-backed"
    sentence = "Counted, but not backed by any decision: {codes}."
    remedy = "Count only credit in effect: recognitions that stand and confirmed achievements."
    status = 409


class AlreadyAwarded(EcvetError):
    """A qualification that the learner has been awarded already."""

    code = "credit.award.already-awarded"
    sentence = "{qualification} was awarded to this learner on {on}."
    remedy = "Issue the credential of that award again; an award is made once."
    status = 409
