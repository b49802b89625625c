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


class NotAnInstitution(EcvetError):
    """An address at which no institution describes itself, or one that is here already."""

    code = "federation.partner.not-an-institution"
    sentence = "{entity} does not describe an institution that could be connected."
    remedy = "Ask the partner for the address of its institution in the network; its page of the network shows it."
    status = 422


class JournalRewritten(EcvetError):
    """A receipt that shows another past than one before."""

    code = "federation.partner.journal-rewritten"
    sentence = "{entity} shows another entry {n} of its journal than it has shown before."
    remedy = "Call the partner: two of its signed receipts contradict each other, and both are kept here."
    status = 409


class HandOverNotYet(EcvetError):
    """Something that the protocol knows and this server does not do yet."""

    code = "federation.message.not-done-here"
    sentence = "“{what}” is not something that this server does yet."
    remedy = "Settle it with the people of the institution; the message is kept."
    status = 501


class NotHere(EcvetError):
    """Something asked for by a partner that is not on this server."""

    code = "federation.object.not-here"
    sentence = "{address} is not here."
    remedy = "Check the address; ask for a document at the institution that keeps it."
    status = 404


class NotForYou(EcvetError):
    """Something asked for by who is no party of the document to which it belongs."""

    code = "federation.object.not-for-you"
    sentence = "{address} belongs to a document in which you have no part."
    remedy = "Ask the institution that keeps the document to name you in a new version."
    status = 403


class AnswerUnreadable(EcvetError):
    """An answer of a partner that is not what the protocol says."""

    code = "federation.partner.answer-unreadable"
    sentence = "{address} answers with {status} and nothing that can be read."
    remedy = "Let the partner check its server with `ecvet network check`."
    status = 502
