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


class EnteredHere(EcvetError):
    """An institution elsewhere that is entered here as one that signs on this server."""

    code = "federation.partner.entered-here"
    sentence = "{institution} is entered on this server already, and signs here."
    remedy = "Its own people here, or the register office, first move it to its own server (page Network, Move)."
    status = 409


class SpokenForElsewhere(EcvetError):
    """An institution for which another address speaks already."""

    code = "federation.partner.spoken-for-elsewhere"
    sentence = "{entity} wants to speak for {institution}, but nobody who counts lets it: known is {known}."
    remedy = "Call the institution by a number that you know; where it has moved, the register office moves it here."
    status = 409


class CodesDiffer(EcvetError):
    """What was heard on the telephone is not the code of these two institutions."""

    code = "federation.partner.codes-differ"
    sentence = "The code that you typed is not the one of the two institutions."
    remedy = (
        "Let it be read out again, slowly. If it differs once more, do not confirm: somebody may stand between you."
    )
    status = 409


class AnchorUnknown(EcvetError):
    """An anchor that was not chosen here."""

    code = "federation.anchor.unknown"
    sentence = "{entity} is not an anchor of this server."
    remedy = "The page of anchors lists those that were chosen."
    status = 404


class MessageNotWaiting(EcvetError):
    """A message that waits for nobody: it was answered already, or never came."""

    code = "federation.message.not-waiting"
    sentence = "This message does not wait for anybody any more."
    remedy = "Reload the page of the partner; it shows what became of it."
    status = 409


class NotYourSubordinate(EcvetError):
    """An entity about which an institution here states nothing."""

    code = "federation.statement.none"
    sentence = "{institution} states nothing about {entity}."
    remedy = "Ask the institution; it states something once it has confirmed who it is."
    status = 404


class NotNow(EcvetError):
    """A message that cannot be received because of a fault of this server."""

    code = "federation.message.not-now"
    sentence = "The message could not be received because of a fault of this server."
    remedy = "Send it again later; the people of this server find the fault in its log."
    status = 503


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


class NotTakenIn(EcvetError):
    """A proposal that people did not take in."""

    code = "federation.stranger.not-taken-in"
    sentence = "The people of the institution have not taken the proposal in."
    remedy = "Call them, compare the short code, and propose again."
    status = 403
