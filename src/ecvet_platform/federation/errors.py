"""What can stand in the way between this server and others."""

from ecvet.errors import EcvetError


class NoAnswer(EcvetError):
    """Another server that does not answer, or breaks off."""

    code = "federation.fetch.no-answer"
    sentence = "{address} does not answer: {why}."
    remedy = "Try again later; where it lasts, call the people of the partner."
    status = 502


class PartnerUnknown(EcvetError):
    """A node that is not known here."""

    code = "federation.partner.unknown"
    sentence = "The server {entity} is not known here."
    remedy = "Connect it first: the page of the network asks for its address."
    status = 404
