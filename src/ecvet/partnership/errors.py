"""What can stand in the way of an agreement between institutions."""

from ecvet.errors import EcvetError


class FunctionNotHeld(EcvetError):
    """An institution acts in a function that it does not hold for the qualification on that day (R-RECOG-14)."""

    code = "partnership.institution.function-not-held"
    sentence = "{institution} may not {function} for {qualification} on {on}."
    remedy = "Let the institution that holds this function act, or have the function entered with its source and dates."
    status = 403


class MemorandumIncomplete(EcvetError):
    """A memorandum that lacks something without which it cannot come into force (R-MOU-2)."""

    code = "partnership.memorandum.incomplete"
    sentence = "The memorandum cannot come into force ({count} to mend), first: {first}"
    remedy = "Mend what the findings call errors and propose a new version."
    status = 422


class MemorandumNotInForce(EcvetError):
    """A memorandum relied on for a day on which it was not in force (R-MOU-6)."""

    code = "partnership.memorandum.not-in-force"
    sentence = "The memorandum was not in force on {on}: {why}."
    remedy = "Let the parties sign or renew it, or record that the agreement stands outside a memorandum."
    status = 409


class QualificationNotCovered(EcvetError):
    """A unit or qualification for which the memorandum does not hold (R-LA-6)."""

    code = "partnership.memorandum.not-covered"
    sentence = "The memorandum does not cover {what}."
    remedy = "Agree on units that it covers, or let the parties sign a version that covers more."
    status = 422


class NotASignatory(EcvetError):
    """Somebody signs who is not asked to in this version, or in another role."""

    code = "partnership.thread.not-a-signatory"
    sentence = "{signer} is not asked to {act} this version as {role}."
    remedy = "Let one of those named in the document sign, in the role named there."
    status = 403


class NotTheOwner(EcvetError):
    """A seal or a tombstone by somebody who does not keep the thread."""

    code = "partnership.thread.not-the-owner"
    sentence = "{by} may not {verb}; {owner} keeps this document in order."
    remedy = "Ask {owner} to do it."
    status = 403


class ProposalStale(EcvetError):
    """A signature or a version that refers to something which is no longer the head of the thread."""

    code = "partnership.thread.stale"
    sentence = "{seen} is no longer current; the current version is {head}."
    remedy = "Compare {head} with what you saw, side by side, and sign or change that one."
    status = 409


class VersionUnknown(EcvetError):
    """An address that no version of the thread has."""

    code = "partnership.thread.version-unknown"
    sentence = "This document has no version {address}."
    remedy = "Fetch the document again; it lists its versions."
    status = 404


class AcceptancesMissing(EcvetError):
    """A seal before everybody has accepted this very version (R-MOU-6, R-LA-1)."""

    code = "partnership.thread.acceptances-missing"
    sentence = "Not everybody has accepted this version; missing: {missing}."
    remedy = "Ask them to sign this version; an acceptance counts for one version and for 60 days."
    status = 409


class ReasonMissing(EcvetError):
    """A rejection, withdrawal or termination that gives no reason."""

    code = "partnership.thread.reason-missing"
    sentence = "To {act} needs a reason."
    remedy = "Say in one sentence why."
    status = 422


class VersionSince(EcvetError):
    """A version made from what somebody saw, while another one has come since (7.5, case 32)."""

    code = "partnership.thread.version-since"
    sentence = "Somebody proposed another version since you opened this one. Yours is not proposed yet."
    remedy = "Look at both versions side by side, choose field by field, and propose again."
    status = 409


class SignatureNotOwed(EcvetError):
    """A signature handed on that nobody waits for: it was given, or the version no longer waits."""

    code = "partnership.delegation.not-owed"
    sentence = "This version does not wait for the signature of your institution."
    remedy = "Open the document again; it says whose signature is missing."
    status = 409


class DelegateNotAuthorised(EcvetError):
    """A signature handed to somebody who may not sign for the institution (7.5, case 2)."""

    code = "partnership.delegation.not-authorised"
    sentence = "This colleague may not sign for your institution."
    remedy = "Choose a colleague from the list, or let the colleague be given the role of coordinator first."
    status = 422


class DelegatedToOneself(EcvetError):
    """A signature handed to whoever hands it on."""

    code = "partnership.delegation.to-oneself"
    sentence = "You cannot hand the signature to yourself."
    remedy = "Choose a colleague, or sign yourself."
    status = 422


class NobodyToAsk(EcvetError):
    """A request sent again although nobody's signature is missing."""

    code = "partnership.deadline.nobody-to-ask"
    sentence = "Nobody has to be asked: no signature is missing."
    remedy = "Open the document again; it says where it stands."
    status = 409


class AskedToday(EcvetError):
    """A request sent again twice on one day."""

    code = "partnership.deadline.asked-today"
    sentence = "Everybody whose signature is missing was asked today already."
    remedy = "Send the request again tomorrow, or call them."
    status = 409


class DaysUnusable(EcvetError):
    """Intervals of calls that are no days."""

    code = "partnership.deadline.days-unusable"
    sentence = "The days in “{name}” cannot be used."
    remedy = "Write at most ten numbers of days from 1 to 365, separated by commas."
    status = 422


class ResultsExist(EcvetError):
    """A version retracted as a mistake although results rest on it."""

    code = "partnership.thread.results-exist"
    sentence = "Results rest on this version; it cannot be retracted as a mistake."
    remedy = "Terminate it with a reason, or agree on a new version."
    status = 409


class QualityNotReviewed(EcvetError):
    """A partnership or mobility closed before its quality was looked at (R-QA-1, R-QA-2)."""

    code = "partnership.evaluation.quality-not-reviewed"
    sentence = "The quality of this work was not looked at in full; missing: {missing}."
    remedy = "Enter an evaluation and a review that cover assessment, validation and recognition."
    status = 409
