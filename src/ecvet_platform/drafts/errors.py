"""What can stand in the way of writing a qualification."""

from ecvet.errors import EcvetError


class DraftUnknown(EcvetError):
    """A draft that does not exist, or is nobody's business who asks: the two look the same."""

    code = "drafts.draft.unknown"
    sentence = "There is no such draft for you here."
    remedy = "Look at the list of drafts; it may have been published or discarded. Check for which institution you act."
    status = 404


class ChangedMeanwhile(EcvetError):
    """A part of a draft that somebody else has saved since it was opened."""

    code = "drafts.draft.changed-meanwhile"
    sentence = "{by} has changed this since you opened it. Yours is not saved yet; both versions are shown here."
    remedy = "Put into the fields what is to hold, and save again; or leave it as it is saved."
    status = 409


class PartGone(EcvetError):
    """A part of a draft that is no longer there."""

    code = "drafts.part.gone"
    sentence = "This part of the draft is no longer there: somebody has removed it."
    remedy = "Copy what you typed, go back to the draft, and add the part again if it is still needed."
    status = 409


class CodeTaken(EcvetError):
    """Two units of one draft under one code."""

    code = "drafts.unit.code-taken"
    sentence = "The draft has a unit with the code {code} already."
    remedy = "Give the unit a code of its own; rules and points name units by their codes."
    status = 422


class UnitHeldElsewhere(EcvetError):
    """A unit that is published and only linked; a published version never changes."""

    code = "drafts.unit.published"
    sentence = "The unit {code} is published and cannot be changed here."
    remedy = "Make a new version of it in the draft first."
    status = 409


class LearnerUnknown(EcvetError):
    """A learner who does not follow a version before the draft, or whose record is none of the writer's business."""

    code = "drafts.learner.unknown"
    sentence = "There is no such learner for you to try the draft with."
    remedy = "Choose one of the learners in the list, or write down what somebody holds."
    status = 404


class MarkMissing(EcvetError):
    """A change of a draft by a program that does not say which version it has seen (RFC 6585, 3)."""

    code = "drafts.draft.mark-missing"
    sentence = "Nothing says which version of the draft you have seen."
    remedy = "Read the draft, and send its ETag as If-Match (or its mark as `seen`)."
    status = 428
