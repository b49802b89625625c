"""What can be wrong with units, qualifications, their points and conversions."""

from ecvet.errors import EcvetError


class ReferenceIncomplete(EcvetError):
    """A total that rests neither on a formal pathway nor on a comparison (R-POINTS-5, R-POINTS-6)."""

    code = "qualification.points.reference-incomplete"
    sentence = "The reference for the points is incomplete: {why}."
    remedy = (
        "Give either the years of one formal full-time pathway, or the qualification compared with and the ground: "
        "EQF level, NQF level, or similar outcomes in a related field."
    )
    status = 422


class WeightsUnusable(EcvetError):
    """Weights, scores or hours from which no points follow (R-POINTS-7)."""

    code = "qualification.points.weights-unusable"
    sentence = "No points follow from these weights: {why}."
    remedy = "Give every unit exactly one value of zero or more from each criterion or expert, not all of them zero."
    status = 422


class CriteriaNotRecorded(EcvetError):
    """Weights without the criteria they rest on (R-POINTS-7)."""

    code = "qualification.points.criteria-not-recorded"
    sentence = "The weights found by “{method}” name no criterion."
    remedy = "Say which of importance, complexity and effort the weights express; one is enough."
    status = 422


class TotalNotOnGrain(EcvetError):
    """A total that no sum of whole steps can reach (R-POINTS-11)."""

    code = "qualification.points.total-not-on-grain"
    sentence = "{total} cannot be divided into steps of {grain}."
    remedy = "Choose a finer step, for example 0.5 or 0.1, or another total."
    status = 422


class PointsDoNotSum(EcvetError):
    """Points typed in or converted that do not make up the total (R-POINTS-11)."""

    code = "qualification.points.do-not-sum"
    sentence = "The points of the units make {sum}, not the total of {total}."
    remedy = "Correct the points of the units or the total."
    status = 422


class AdjustmentWithoutReason(EcvetError):
    """Points of a unit that differ from the recorded method, and nobody says why (R-POINTS-7, R-RECOG-6)."""

    code = "qualification.points.adjustment-without-reason"
    sentence = "The points of unit {unit} are set otherwise than the method gives them, without a reason."
    remedy = "Say why, or leave the points to the method."
    status = 422


class NotYoursToAllocate(EcvetError):
    """Points allocated by neither the institution in charge nor one it empowered (R-POINTS-9)."""

    code = "qualification.points.not-yours-to-allocate"
    sentence = "{by} may not allocate points; {in_charge} is in charge of this qualification."
    remedy = "Let {in_charge} allocate the points, or an institution that it has empowered to."
    status = 403


class UnitNotInQualification(EcvetError):
    """A unit's points asked for, or added up, in a qualification that does not contain the unit (R-POINTS-20)."""

    code = "qualification.unit.not-in-qualification"
    sentence = "The qualification {qualification} has no unit {unit}."
    remedy = "Use a unit of this qualification; points of another count only after a stated conversion or recognition."
    status = 422


class CreditSystemUnknown(EcvetError):
    """A code that no credit system has on that day."""

    code = "qualification.credit-system.unknown"
    sentence = "There is no credit system “{system}” on {on}."
    remedy = "Known then: {known}."
    status = 422


class ConversionNotStated(EcvetError):
    """Points that no arrangement of a competent institution converts (R-POINTS-13)."""

    code = "qualification.conversion.not-stated"
    sentence = "No conversion is stated for {what}."
    remedy = "Ask the competent institution for its table; one way does not give the way back, nor two tables a third."
    status = 422


class ConversionNotInForce(EcvetError):
    """A conversion used on a day outside its validity (R-POINTS-14)."""

    code = "qualification.conversion.not-in-force"
    sentence = "The conversion {conversion} is in force {valid}, not on {on}."
    remedy = "Use the table that is in force on the day of the decision."
    status = 409


class NotPublishable(EcvetError):
    """A draft with errors; it may be kept but not published."""

    code = "qualification.publish.not-ready"
    sentence = "“{title}” cannot be published ({count} to mend), first: {first}"
    remedy = "Mend what the findings call errors; warnings and flags do not block."
    status = 422


class NotYoursToDescribe(EcvetError):
    """A qualification described by an institution that is not in charge of it (R-QUAL-1)."""

    code = "qualification.describe.not-yours"
    sentence = "{by} may not describe a qualification of {in_charge}."
    remedy = "Let {in_charge} describe it, or an institution that it has empowered to."
    status = 403


class PublishedNeverChanges(EcvetError):
    """A published version under its old identifier with another content (R-QUAL-5)."""

    code = "qualification.version.published-never-changes"
    sentence = "{id} is published and never changes."
    remedy = "Publish a new version with an identifier of its own that replaces this one."
    status = 409


class NotYetInForce(EcvetError):
    """A version that a learner would follow before it holds."""

    code = "qualification.version.not-yet-in-force"
    sentence = "{id} comes into force on {start}."
    remedy = "Choose a day from then on, or the version that holds until then."
    status = 409


class NoLongerBegun(EcvetError):
    """A version that a learner would begin with after its end; whoever began earlier may finish with it."""

    code = "qualification.version.no-longer-begun"
    sentence = "Nobody may begin with {id} after {end}."
    remedy = "Choose the version that holds now, or the day on which the learner began."
    status = 409


class DoesNotReplace(EcvetError):
    """A new version that does not say which it replaces (R-UNIT-12)."""

    code = "qualification.version.does-not-replace"
    sentence = "{id} does not say that it replaces {published}."
    remedy = "Name {published} as the version it replaces, or publish it as something new."
    status = 409


class FieldUnknown(EcvetError):
    """A text that is no code of a field of education and training."""

    code = "qualification.field.unknown"
    sentence = "“{code}” is not a field of ISCED-F 2013."
    remedy = "Write two digits for a broad field, three for a narrow or four for a detailed one, for example 1012."
    status = 422
