"""What can stand in the way at a learner's own record."""

from ecvet.errors import EcvetError


class DossierUnknown(EcvetError):
    """A record of somebody else, or of nobody: the two look the same."""

    code = "dossier.record.unknown"
    sentence = "There is no record of yours under {name}."
    remedy = "Open your own record from the start page; sign in with the address that your institution knows."
    status = 404


class ShareUnusable(EcvetError):
    """A share link that was ended, has expired or never existed; which of the three is nobody's business."""

    code = "dossier.share.unusable"
    sentence = "This link shows nothing: it has ended, or is incomplete."
    remedy = "Ask the person who gave it to you for a new one."
    status = 410


class ShareOfNothing(EcvetError):
    """A share link without documents, or with one that is not in the record."""

    code = "dossier.share.of-nothing"
    sentence = "No document of your record was chosen."
    remedy = "Choose at least one document of the list."
    status = 422


class ShareTooLong(EcvetError):
    """A share link that would end before today or later than a year from now."""

    code = "dossier.share.too-long"
    sentence = "A link that ends on {until} cannot be made."
    remedy = "Choose a day from {first} to {last}; you can end the link at any time before."
    status = 422


class ShareUnknown(EcvetError):
    """A share link that is not there to be ended."""

    code = "dossier.share.unknown"
    sentence = "There is no such link to end."
    remedy = "Look at the list of your links; those that have ended stay in it."
    status = 404


class ErasureUnknown(EcvetError):
    """A request for erasure that is not here, or is nobody's business who asks."""

    code = "dossier.erasure.unknown"
    sentence = "There is no request for erasure {name} for you here."
    remedy = "Check the address, and for which of your institutions you act."
    status = 404


class ErasureAskedAlready(EcvetError):
    """A second request while one is open."""

    code = "dossier.erasure.asked-already"
    sentence = "You asked for erasure already."
    remedy = "Wait for the answer; your record says until when it must come."
    status = 409


class ErasureAnswered(EcvetError):
    """A second answer to one request."""

    code = "dossier.erasure.answered"
    sentence = "This request has been answered already."
    remedy = "Load the page again to read the answer."
    status = 409
