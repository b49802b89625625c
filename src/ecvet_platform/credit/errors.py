"""What can stand in the way in the room of credit, beyond what the core says."""

from ecvet.errors import EcvetError


class BasisUnknown(EcvetError):
    """An agreement or portfolio that is not here, or is nobody's business who asks: the two look the same."""

    code = "credit.basis.unknown"
    sentence = "There is no agreement or portfolio {name} for you here."
    remedy = "Check the address, and for which of your institutions you act."
    status = 404


class CreditUnknown(EcvetError):
    """A record, case or learner that is not here, or is nobody's business who asks: the two look the same."""

    code = "credit.record.unknown"
    sentence = "There is nothing for you under {name}."
    remedy = "Check the address, and for which of your institutions you act."
    status = 404


class NotInForce(EcvetError):
    """A step that needs an agreement in force."""

    code = "credit.basis.not-in-force"
    sentence = "The learning agreement is not in force."
    remedy = "Have all parties sign it first; a late signature is marked as retroactive."
    status = 409


class SomebodyWasFaster(EcvetError):
    """Another person took the next step while this one was being prepared."""

    code = "credit.case.moved"
    sentence = "Somebody else took a step for this unit in the meantime."
    remedy = "Load the page again, look at what was done, and decide whether your step is still needed."
    status = 409


class TranscriptReplaced(EcvetError):
    """A step on a transcript that has a corrected version."""

    code = "credit.transcript.replaced"
    sentence = "This transcript has been corrected; version {version} stands now."
    remedy = "Take the version that stands now; the page shows both with the reason of the correction."
    status = 409


class EvidenceTooLarge(EcvetError):
    """A file of evidence beyond the limit."""

    code = "credit.evidence.too-large"
    sentence = "The file has {size} bytes; at most {most} can be kept."
    remedy = "Make the photograph smaller, or split the document."
    status = 413


class EvidenceTooMany(EcvetError):
    """More files of evidence than a portfolio can have."""

    code = "credit.evidence.too-many"
    sentence = "There are {most} files already."
    remedy = "Put several pages into one document."
    status = 409


class EvidenceNotAccepted(EcvetError):
    """A file whose bytes are not of a kind that can be shown to an assessor safely."""

    code = "credit.evidence.not-accepted"
    sentence = "This is not a file of an accepted kind."
    remedy = "Bring a PDF, a JPEG, PNG or WebP picture, or a plain text in UTF-8."
    status = 422


class EvidenceLost(EcvetError):
    """A file of evidence whose bytes are no longer in the data folder, or no longer the same."""

    code = "credit.evidence.lost"
    sentence = "The file is no longer here as it was kept."
    remedy = "Ask the operator of this server to restore the folder of evidence from its copy."
    status = 410


class TextMissing(EcvetError):
    """A sentence that people need is missing."""

    code = "credit.text.missing"
    sentence = "{what} is missing."
    remedy = "Write it in one or two sentences, so that the learner and others understand."
    status = 422


class TranscriptThere(EcvetError):
    """A transcript that is to be issued although one is there."""

    code = "credit.transcript.there-already"
    sentence = "The transcript has been issued already."
    remedy = "Issue a corrected version with its reason; the first one stays."
    status = 409


class NothingToCertify(EcvetError):
    """A certificate was asked for where no unit stands recognised."""

    code = "credit.print.nothing-to-certify"
    sentence = "There is no certificate of this decision: {why}."
    remedy = "Print the decision itself, or the certificate of the decision that stands."
    status = 409


class StayNotEnded(EcvetError):
    """The complement of a learning agreement was asked for while its stay is not over, or never took place."""

    code = "credit.print.stay-not-ended"
    sentence = "There is no learning agreement complement: the stay has not ended."
    remedy = "Tell the end of the stay on the page of the agreement; a stay that did not take place has none."
    status = 409


class NotTheirsToSay(EcvetError):
    """A record from another server by somebody whose step it is not."""

    code = "credit.received.not-theirs"
    sentence = "This is for {whose} to say, who has not sent it."
    remedy = "Let the institution that has this part in the agreement sign and send it."
    status = 403


class ResultIncomplete(EcvetError):
    """A transcript from another server without something on which it rests."""

    code = "credit.received.incomplete"
    sentence = "The transcript rests on {count} records that were not sent, the first of them {first}."
    remedy = "Send the assessments that it names beside it, and the version before it first."
    status = 422


class ElmoVersionUnknown(EcvetError):
    """A version of ELMO that is not written."""

    code = "credit.elmo.version-unknown"
    sentence = "ELMO {version} is not written here."
    remedy = "Ask for one of these versions: {known}."
    status = 422


class AboutSomebodyElse(EcvetError):
    """A file that names somebody whose name or day of birth is not the learner's, and nobody said that it is."""

    code = "credit.elsewhere.somebody-else"
    sentence = "The file is about {named}, which is not how the learner is known here."
    remedy = "Compare name and date of birth; if it is the same person, say so and put it in again."
    status = 409


class NothingNew(EcvetError):
    """A file that brings nothing that the portfolio does not have already."""

    code = "credit.elsewhere.nothing-new"
    sentence = "The file brings nothing that the portfolio does not have already."
    remedy = "Look at what was left out and why; a file without passed credit brings nothing."
    status = 409


class FileLost(EcvetError):
    """What was sent back is not the file that was looked at, or was looked at too long ago."""

    code = "credit.elsewhere.file-lost"
    sentence = "The file that was looked at is no longer at hand."
    remedy = "Bring the file again; nothing was kept."
    status = 409


class NoTableForGrade(EcvetError):
    """The grade at home is to be taken from a table, and no memorandum has one for the grade that was given."""

    code = "credit.grade.no-table"
    sentence = "No memorandum between the two institutions has a table for the grade that was given."
    remedy = "Give the grade yourself, or none; a table can be agreed in the memorandum."
    status = 409
