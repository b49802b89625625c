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


class MemorandumUnknown(EcvetError):
    """A memorandum that does not exist, or is nobody's business who asks: the two look the same."""

    code = "institutions.memorandum.unknown"
    sentence = "There is no memorandum {name} for you here."
    remedy = "Check the address, and for which of your institutions you act."
    status = 404
