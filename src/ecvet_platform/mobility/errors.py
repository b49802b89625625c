"""What can stand in the way around learners, agreements and stays."""

from ecvet.errors import EcvetError


class LearnerUnknown(EcvetError):
    """A learner who does not exist, or is nobody's business who asks: the two look the same."""

    code = "mobility.learner.unknown-here"
    sentence = "There is no learner {name} for you here."
    remedy = "Check the address, and for which of your institutions you act."
    status = 404


class LearnerErased(EcvetError):
    """A learner whose personal data were erased."""

    code = "mobility.learner.erased"
    sentence = "The personal data of {name} were erased; nothing new can be agreed for this learner."
    remedy = "Enter the learner anew, if she wants it."
    status = 410


class LearnerStillBound(EcvetError):
    """Personal data that are still needed for an agreement that is not over (R-DATA-2)."""

    code = "mobility.learner.still-bound"
    sentence = "The data of {name} are still needed: {count} of the learner's agreements are not over."
    remedy = "Close or cancel the stays first; then erase."
    status = 409


class AgreementUnknown(EcvetError):
    """An agreement that does not exist, or is nobody's business who asks: the two look the same."""

    code = "mobility.agreement.unknown-here"
    sentence = "There is no learning agreement {name} for you here."
    remedy = "Check the address, and for which of your institutions you act."
    status = 404


class NotYourPart(EcvetError):
    """A step that somebody else of those concerned takes."""

    code = "mobility.agreement.not-your-part"
    sentence = "To {verb} is for {whose}."
    remedy = "Ask {whose}; they find the step on their own page of this agreement."
    status = 403


class NobodyChosen(EcvetError):
    """A group without learners."""

    code = "mobility.group.nobody-chosen"
    sentence = "No learner was chosen."
    remedy = "Choose at least one learner."
    status = 422


class EventUnreadable(EcvetError):
    """A word for what happened that the life cycle of a stay does not have."""

    code = "mobility.event.unreadable"
    sentence = "“{verb}” is nothing that can happen to a stay."
    remedy = "Say one of: {known}."
    status = 422
