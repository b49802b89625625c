"""What can stand in the way among institutions."""

from ecvet.errors import EcvetError


class InstitutionUnknown(EcvetError):
    """An institution that is not entered here."""

    code = "institutions.institution.unknown"
    sentence = "The institution {name} is not known here."
    remedy = "Look it up in the list of institutions, or have the register office enter it."
    status = 404


class KeyMissing(EcvetError):
    """An institution without a key that may sign now."""

    code = "institutions.key.missing"
    sentence = "{institution} has no key to sign with."
    remedy = "Ask the operator of this server to make one; its public half is then shown on the institution's page."
    status = 409


class KeyLost(EcvetError):
    """A key whose private half is not in the data folder."""

    code = "institutions.key.lost"
    sentence = "The private half of the key {kid} is not on this server."
    remedy = "Restore the folder of keys from its copy, or make a new key; what was signed before stays valid."
    status = 500


class KeySealed(EcvetError):
    """A key whose file was sealed with another secret than the one that the server has."""

    code = "institutions.key.sealed"
    sentence = "The private half of the key {kid} is sealed with another secret."
    remedy = "Give the server the secret with which it was sealed as ECVET_SECRET, or as ECVET_SECRET_BEFORE."
    status = 500


class SignsElsewhere(EcvetError):
    """An institution that signs on a server of its own is to sign here."""

    code = "institutions.institution.signs-elsewhere"
    sentence = "{institution} signs on its own server, {node}, and not here."
    remedy = "Wait for what it sends, or ask its people to take the step there."
    status = 409


class SignatureNotTheirs(EcvetError):
    """A signature that is said to be somebody's and was not made with a key of theirs."""

    code = "institutions.signature.not-theirs"
    sentence = "The signature of {signer} does not count: {why}."
    remedy = "Sign with a key that the institution publishes, over the very bytes that are sent."
    status = 422


class DocumentUnknown(EcvetError):
    """A turn of a document that never came here."""

    code = "institutions.document.unknown"
    sentence = "The document {name} is not here, so nothing can be said about it."
    remedy = "Send its versions first, in the order in which they were made."
    status = 404


class MemorandumUnknown(EcvetError):
    """A memorandum that does not exist, or is nobody's business who asks: the two look the same."""

    code = "institutions.memorandum.unknown"
    sentence = "There is no memorandum {name} for you here."
    remedy = "Check the address, and for which of your institutions you act."
    status = 404


class InstitutionKnown(EcvetError):
    """An institution entered anew under an identifier that is taken."""

    code = "institutions.institution.known"
    sentence = "There is an institution {name} here already."
    remedy = "Open it in the list of institutions and change it there, or give the new one an identifier of its own."
    status = 409


class PieceChanged(EcvetError):
    """A function or accreditation that somebody changed or removed while another person looked at it."""

    code = "institutions.institution.changed-meanwhile"
    sentence = "Somebody has changed this entry since you opened it; yours was not saved."
    remedy = "Look at the institution's page as it is now, and make your change there."
    status = 409


class RoleMissing(EcvetError):
    """A person entered without a role."""

    code = "institutions.member.role-missing"
    sentence = "No role is chosen."
    remedy = "Choose at least one role; without one the person could do nothing here."
    status = 422


class MemberUnknown(EcvetError):
    """A role taken from somebody who does not have it."""

    code = "institutions.member.unknown"
    sentence = "This person does not have the role {role} here."
    remedy = "Look at the list of people again; somebody may have taken the role already."
    status = 409
