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


class GroupUnknown(EcvetError):
    """A group that does not exist, or is nobody's business who asks: the two look the same."""

    code = "mobility.group.unknown-here"
    sentence = "There is no group {name} for you here."
    remedy = "Check the address, and for which of your institutions you act."
    status = 404


class Reasons(tuple[tuple[str, EcvetError], ...]):
    """By what each is called, why something cannot be done for them."""

    __slots__ = ()

    def __str__(self) -> str:
        return " | ".join(f"{called}: {error} {error.what_to_do}" for called, error in self)


class NotForAll(EcvetError):
    """A step for several learners at once that some of them stand in the way of; `reasons` says whose and why."""

    code = "mobility.group.not-for-all"
    sentence = "It is not possible for {count} of {all}; nothing was done for anybody."
    remedy = "Mend what is said of each, or leave them out and do it for the others."
    status = 409


class NobodyChosen(EcvetError):
    """A group without learners."""

    code = "mobility.group.nobody-chosen"
    sentence = "No learner was chosen."
    remedy = "Choose at least one learner."
    status = 422


class ColumnUnknown(EcvetError):
    """A name for a column of a list that a list of learners does not have."""

    code = "mobility.roster.column-unknown"
    sentence = "“{text}” is no column of a list of learners."
    remedy = "Say one of: {known}; leave the place empty for a column that is not to be read."
    status = 422


class NotAllRead(EcvetError):
    """A list of learners of which some lines are refused, and nobody said that they may be left out."""

    code = "mobility.roster.not-all-read"
    sentence = "{refused} of {count} lines cannot be read; nobody was entered."
    remedy = "Correct these lines and bring the list again, or say that they are left out."
    status = 422


class ListLost(EcvetError):
    """What was sent back is not the list that was looked through, or was looked through too long ago."""

    code = "mobility.roster.list-lost"
    sentence = "The list that was looked through is no longer at hand."
    remedy = "Bring the file again; nobody was entered."
    status = 409


class EventUnreadable(EcvetError):
    """A word for what happened that the life cycle of a stay does not have."""

    code = "mobility.event.unreadable"
    sentence = "“{verb}” is nothing that can happen to a stay."
    remedy = "Say one of: {known}."
    status = 422


class LearnerNotSent(EcvetError):
    """An agreement of a partner's learner without the person to whom it commits."""

    code = "mobility.learner.not-sent"
    sentence = "Who the learner {learner} is was not sent with the agreement."
    remedy = "Send the person and the salt beside the record, so that the people here know whom they will receive."
    status = 422


class AgreementUnfit(EcvetError):
    """A version of an agreement from a partner that cannot be one."""

    code = "mobility.agreement.unfit"
    sentence = "This is no learning agreement that could be signed: {why}."
    remedy = "Name the home institution, the hosting institution and the learner (R-LA-1), and send it anew."
    status = 422
