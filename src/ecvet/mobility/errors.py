"""What can stand in the way of a learning agreement, its changes and its signatures; for the stay see `stay_errors`."""

from ecvet.errors import EcvetError


class PartyMissing(EcvetError):
    """Home, hosting and learner each take part once and sign (R-LA-1)."""

    code = "mobility.agreement.party-missing"
    sentence = "The agreement needs exactly one {role} party who signs; it has {count}."
    remedy = "Enter one {role} party with its signature; further organisations take part as intermediary."
    status = 422


class HomeIsHosting(EcvetError):
    """The same institution on both sides (R-LA-2)."""

    code = "mobility.agreement.home-is-hosting"
    sentence = "{institution} cannot be both the home and the hosting institution."
    remedy = "Enter the institution that hosts the learner; within one institution no agreement is needed."
    status = 422


class MemorandumNotThis(EcvetError):
    """The agreement names a memorandum that was not presented, or another one (R-LA-3)."""

    code = "mobility.agreement.memorandum-not-found"
    sentence = "The agreement stands in the frame of the memorandum {named}, but the one found is {found}."
    remedy = "Name the version of the memorandum that is in force, or none for an agreement outside ECVET."
    status = 409


class NotUnderMemorandum(EcvetError):
    """An institution that neither signed the memorandum nor is covered by it (R-LA-3)."""

    code = "mobility.agreement.institution-not-covered"
    sentence = "{institution} neither signed the memorandum nor is covered by it."
    remedy = "Add the institution to the memorandum, or conclude the agreement without it, outside ECVET."
    status = 409


class LearnerNotIdentified(EcvetError):
    """The agreement names another learner than the one presented (R-LA-4)."""

    code = "mobility.agreement.learner-not-identified"
    sentence = "The agreement is for {named}, but the learner presented is {found}."
    remedy = "Make the agreement for the learner who goes; personal data stay outside, only the commitment goes in."
    status = 422


class EndMissing(EcvetError):
    """A stay without an agreed end (R-LA-4, R-LA-11)."""

    code = "mobility.agreement.end-missing"
    sentence = "The agreement begins on {start} and has no end."
    remedy = "Enter the last day of the stay; its weeks are computed from the two dates."
    status = 422


class NothingExpected(EcvetError):
    """No unit, or a unit without outcomes (R-LA-4)."""

    code = "mobility.agreement.no-outcomes"
    sentence = "No learning outcomes are agreed for {what}."
    remedy = "Choose the outcomes that the learner is to achieve abroad."
    status = 422


class ClauseMissing(EcvetError):
    """The agreement does not say that home validates and recognises what was achieved (R-LA-5)."""

    code = "mobility.agreement.recognition-clause-missing"
    sentence = "The agreement does not say that the home institution will validate and recognise what was achieved."
    remedy = "Let the home institution agree to the clause, or use another form than a learning agreement."
    status = 422


class UnitUnknown(EcvetError):
    """A unit that is not among the published ones (R-LA-6)."""

    code = "mobility.agreement.unit-unknown"
    sentence = "The unit {unit} is not known."
    remedy = "Choose a published version of a unit of the home qualification."
    status = 422


class OutcomeNotInUnit(EcvetError):
    """An outcome that the unit does not have (R-LA-6)."""

    code = "mobility.agreement.outcome-not-in-unit"
    sentence = "The unit {unit} has no learning outcome {outcomes}."
    remedy = "Choose outcomes of this version of the unit."
    status = 422


class PartNotNamed(EcvetError):
    """Fewer outcomes than the unit requires, without saying that only a part is agreed (R-CREDIT-5)."""

    code = "mobility.agreement.part-not-named"
    sentence = "Of the unit {unit} only a part is agreed: {outcomes} are left out, and the agreement does not say so."
    remedy = "Mark the unit as agreed in part, or add the outcomes left out."
    status = 422


class UnitTwice(EcvetError):
    """A unit that is listed more than once, so that its points would count twice (R-LA-13)."""

    code = "mobility.agreement.unit-twice"
    sentence = "The unit {unit} is listed twice."
    remedy = "List the unit once, with all the outcomes agreed."
    status = 422


class HomePointsDiffer(EcvetError):
    """Home points that are not those of the unit in the home qualification (R-LA-13)."""

    code = "mobility.agreement.home-points-differ"
    sentence = "The agreement gives {said} for {unit}; in the home qualification it has {at_home}."
    remedy = "Take the points of the home qualification; the hosting institution's points stand beside them."
    status = 422


class QualificationNotThis(EcvetError):
    """The agreement and the qualification presented are two (R-LA-6)."""

    code = "mobility.agreement.another-qualification"
    sentence = "The agreement is for {named}, but the qualification presented is {found}."
    remedy = "Present the version of the qualification that the learner is taking."
    status = 422


class GuardianMissing(EcvetError):
    """A minor without a guardian who signs (R-LA-9)."""

    code = "mobility.agreement.guardian-missing"
    sentence = "The learner is {age} on {on}; below {adult_age} a guardian signs too."
    remedy = "Add the parent or legal guardian as a party who signs."
    status = 422


class IntermediaryMayNotAssess(EcvetError):
    """An intermediary named as the one who assesses (R-LA-10)."""

    code = "mobility.agreement.intermediary-may-not-assess"
    sentence = "{institution} is the intermediary; it signs and organises, but does not assess."
    remedy = "Name an assessor of the hosting institution, or of a body to which the memorandum gives assessment."
    status = 422


class NothingChanges(EcvetError):
    """A new version that says the same as the one before (R-LA-12)."""

    code = "mobility.amendment.nothing-changes"
    sentence = "This version says the same as the one in force."
    remedy = "Change what is to be changed, or keep the version in force."
    status = 409


class AnotherLearner(EcvetError):
    """A new version for somebody else, or from another home institution (R-LA-12)."""

    code = "mobility.amendment.another-agreement"
    sentence = "A new version cannot change the {role}."
    remedy = "Make an agreement of its own; this one stays with its {role}."
    status = 409


class ChangeIsLate(EcvetError):
    """A change after the end that had been agreed, not marked as such (R-LA-12)."""

    code = "mobility.amendment.late"
    sentence = "On {on} the agreed stay is over since {end}; a change can no longer be in force in time."
    remedy = "Mark the version as retroactive; then every party signs it, also those who otherwise need not."
    status = 409


class NoVersionInForce(EcvetError):
    """No version of the agreement was in force on a day (R-LA-12)."""

    code = "mobility.agreement.none-in-force"
    sentence = "No version of this agreement was in force on {on}."
    remedy = "Let all parties sign a version that covers this day, marked as retroactive where the day is past."
    status = 409


class NotAuthorised(EcvetError):
    """A person who may not sign for a party on that day (R-LA-1)."""

    code = "mobility.signature.not-authorised"
    sentence = "{person} may not sign for {party} on {on}."
    remedy = "Learner and guardian sign for themselves; an institution enters who may sign for it, and any of them may."
    status = 403


class NothingCorrected(EcvetError):
    """A name or date of birth that is the same as before (R-DATA-2)."""

    code = "mobility.learner.nothing-corrected"
    sentence = "The name and the date of birth are the same as before."
    remedy = "Write them as they are now; what was signed earlier keeps the name of its day."
    status = 422
