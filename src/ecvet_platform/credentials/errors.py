"""What can stand in the way in the room of credentials, beyond what the core says."""

from ecvet.errors import EcvetError


class CredentialUnknown(EcvetError):
    """A credential or decision that is not here, or is nobody's business who asks: the two look the same."""

    code = "credentials.credential.unknown"
    sentence = "There is no credential for you under {name}."
    remedy = "Check the address, and for which of your institutions you act."
    status = 404


class IssuedAlready(EcvetError):
    """A second credential for one decision (R-RECOG-12)."""

    code = "credentials.issue.already"
    sentence = "A credential of this decision was issued on {on}."
    remedy = "Give the learner the one that was issued; it is kept exactly as it was signed."
    status = 409


class NotInEffect(EcvetError):
    """A credential for a decision that no longer stands, or can still change."""

    code = "credentials.issue.not-in-effect"
    sentence = "This decision is not in effect: {why}."
    remedy = "Issue the credential of the decision that stands now, once it is final."
    status = 409


class NotYoursToIssue(EcvetError):
    """Somebody else than the institution that decided issues."""

    code = "credentials.issue.not-yours"
    sentence = "Only the institution that decided issues the credential."
    remedy = "Ask {institution}; its people find the button on the page of the decision."
    status = 403


class NotValidToday(EcvetError):
    """A badge or record of a credential that is suspended or revoked."""

    code = "credentials.badge.not-valid"
    sentence = "Of a credential that is {standing} no badge is made."
    remedy = "Read on the page of the credential why; the institution that issued it can tell more."
    status = 409


class KeyRenewedMeanwhile(EcvetError):
    """Two people renewed the same key at the same time."""

    code = "credentials.key.renewed-meanwhile"
    sentence = "Somebody has renewed this key at the same time."
    remedy = "Look at the keys of the institution before you renew the new one too."
    status = 409


class NothingToVerify(EcvetError):
    """Neither a file nor a text was given."""

    code = "credentials.verify.nothing"
    sentence = "There is nothing to verify."
    remedy = "Choose the file that you were given, or paste its whole text."
    status = 422


class RecordNotHere(EcvetError):
    """An address was asked for under which no printed record is kept here."""

    code = "credentials.record.not-here"
    sentence = "There is no document here with the address {name}."
    remedy = "Compare the address with the one printed on the document, and ask on the platform that it names."
    status = 404


class StatusListUnknown(EcvetError):
    """An address of a status list that there is not."""

    code = "credentials.status.list-unknown"
    sentence = "There is no status list {name} here."
    remedy = "Take the address from the credential itself, in its member status."
    status = 404


class NoneNamed(EcvetError):
    """A decision about credentials that names none."""

    code = "credentials.status.none-named"
    sentence = "No credential is named."
    remedy = "Choose credentials in the list, or write their identifiers, one in a line."
    status = 422


class TooManyAtOnce(EcvetError):
    """More credentials in one decision than anybody can look through."""

    code = "credentials.status.too-many"
    sentence = "{count} credentials are named, and {most} can be decided about at once."
    remedy = "Divide them into several decisions."
    status = 422


class CredentialNotHere(EcvetError):
    """A credential was asked for by a hash that this platform has not issued."""

    code = "credentials.known.not-here"
    sentence = "This platform has not issued a credential with the SHA-256 {name}."
    remedy = "Compare the SHA-256 of the whole file, exactly as it was received, and ask the platform that issued it."
    status = 404


class NothingIsDue(EcvetError):
    """A run was begun for which there is nothing to issue."""

    code = "credentials.batch.nothing-due"
    sentence = "No decision of this selection is without a credential."
    remedy = "Choose another qualification or other days."
    status = 409


class BatchUnknown(EcvetError):
    """A run that is not here, or is another institution's."""

    code = "credentials.batch.unknown"
    sentence = "There is no run {name} of your institution."
    remedy = "Look at the list of runs, and for which of your institutions you act."
    status = 404
