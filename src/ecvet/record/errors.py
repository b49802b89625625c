"""What can be wrong with a record."""

from ecvet.errors import EcvetError


class NotCanonical(EcvetError):
    """Bytes or a value that have no canonical form (RFC 8785 and the network's own limits)."""

    code = "record.not-canonical"
    sentence = "This is not a record in canonical form: {why}."
    remedy = "Ask the sender for the bytes as they were signed; do not re-format, re-encode or repair them."
    status = 422


class TermsUnreadable(EcvetError):
    """A JSON value that does not fit the type it should become."""

    code = "record.terms.unreadable"
    sentence = "At {path}: {why}."
    remedy = "Correct the value at that place; the reference lists every field with its type."
    status = 422


class NotAnAddress(EcvetError):
    """A text that should address a record is not `sha-256:` and 64 hexadecimal digits."""

    code = "record.address.unreadable"
    sentence = "“{text}” is not the address of a record."
    remedy = "An address is sha-256: followed by 64 digits 0-9 a-f."
    status = 422


class VersionDoesNotFollow(EcvetError):
    """A version that does not continue the one it claims to replace."""

    code = "record.version.does-not-follow"
    sentence = "This version does not follow the one before it: {why}."
    remedy = "Make the new version from the current head of the thread; the two can be compared side by side."
    status = 409


class SignatureDoesNotFit(EcvetError):
    """A signature over other bytes, by another key, or for another record."""

    code = "record.signature.does-not-fit"
    sentence = "The signature does not fit: {why}."
    remedy = "Do not rely on it; ask the signer for the record and its signature again."
    status = 422


class SignatureExpired(EcvetError):
    """A signature that was valid only until a moment that has passed."""

    code = "record.signature.expired"
    sentence = "The signature of {signer} was valid until {expires} only."
    remedy = "Ask {signer} to sign again."
    status = 409


class AttestationIncomplete(EcvetError):
    """An attestation without what its level needs."""

    code = "record.attestation.incomplete"
    sentence = "An act of the level “{level}” is not proved: {missing} is missing."
    remedy = "Let the person act again through a new link, or bring the scan of the paper."
    status = 422


class SecondPersonMissing(EcvetError):
    """A paper that nobody but the one who brought it has confirmed."""

    code = "record.attestation.second-person-missing"
    sentence = "A paper counts only when a second person of the institution has confirmed it."
    remedy = "Ask a colleague to compare the scan with the document and to confirm it."
    status = 403
