"""What can stand in the way between two nodes: requests, messages, threads, statements, addresses to be fetched.

Each is a problem of RFC 9457 (`problem`); the partner's software reads the code, its people read sentence and remedy.
"""

from typing import Final

from ecvet.errors import EcvetError
from ecvet.record.canonical import Json

PROBLEM: Final = "urn:ecvet:problem:"
"""What stands before a code in the `type` of a problem."""


def problem(error: EcvetError) -> dict[str, Json]:
    """The error as the body of an RFC 9457 problem: `type`, `title`, `status`, `detail` and its facts by name."""
    return {
        "type": PROBLEM + error.code,
        "title": str(error),
        "status": error.status,
        "detail": error.what_to_do,
        "facts": {name: str(one) for name, one in error.facts.items()},
    }


# ------------------------------------------------------------- the request
class RequestNotSigned(EcvetError):
    """A request without the one signature that the network asks for (RFC 9421, tag ecvet-x-1)."""

    code = "federation.request.not-signed"
    sentence = "The request is not signed as the network asks: {why}."
    remedy = "Sign with Ed25519 and the tag ecvet-x-1 as docs/integrate/network.md shows, and try its vectors."
    status = 401


class RequestForged(EcvetError):
    """A signature of a request that was made over something else or with another key."""

    code = "federation.request.forged"
    sentence = "The signature of the request does not fit: {why}."
    remedy = "Compare your signature base with the example of the documentation; sign the address as it was called."
    status = 401


class RequestOutOfTime(EcvetError):
    """A signed request that is too old, lasts too long, or comes from the future."""

    code = "federation.request.out-of-time"
    sentence = "The request is out of time: {why}."
    remedy = "Set the clock of your server (60 s of difference are borne), and sign anew for each attempt."
    status = 401


class RequestReplayed(EcvetError):
    """A request whose nonce has been seen before."""

    code = "federation.request.replayed"
    sentence = "This very request has been received before."
    remedy = "Sign anew, with a new nonce, for each attempt; the same messages may be sent again."
    status = 401


class ContentChanged(EcvetError):
    """A body that is not the one whose digest was signed (RFC 9530)."""

    code = "federation.request.content-changed"
    sentence = "The content of the request is not what was signed: {why}."
    remedy = "Send the bytes over which the digest was made; see that nothing between the servers rewrites them."
    status = 400


class CallerUnknown(EcvetError):
    """A key that belongs to no entity known here."""

    code = "federation.request.caller-unknown"
    sentence = "The key {keyid} belongs to no partner known here."
    remedy = "Publish it in your entity configuration; a stranger proposes a memorandum first."
    status = 401


# ------------------------------------------------------------- the message
class MessageUnreadable(EcvetError):
    """Bytes that are no message of the network."""

    code = "federation.message.unreadable"
    sentence = "This is not a message of the network: at {path}: {why}."
    remedy = "Check it against the published schema of messages before sending."
    status = 422


class MessageTooLong(EcvetError):
    """A message, batch, record or list beyond its limit."""

    code = "federation.message.too-long"
    sentence = "{what} has {found}; at most {limit} are read."
    remedy = "Send fewer messages at a time, and put files into annexes that are fetched by their hash."
    status = 413


class MessageUnfit(EcvetError):
    """A message that does not carry what its kind demands."""

    code = "federation.message.unfit"
    sentence = "A message of the kind “{kind}” does not fit: {why}."
    remedy = "See the table of kinds in docs/integrate/network.md for what each of them carries."
    status = 422


class MessageIdReused(EcvetError):
    """A second message with the identifier of another one."""

    code = "federation.message.id-reused"
    sentence = "The message {id} was received before with another content."
    remedy = "Give every message an identifier of its own; send the same message again only byte for byte."
    status = 409


class PlaceTaken(EcvetError):
    """Another message has the number of this one in its thread."""

    code = "federation.message.place-taken"
    sentence = "Number {seq} of {thread} was received before as another message."
    remedy = "Number your messages to one partner in one thread from 1, without gaps, and never again."
    status = 409


class NotForUs(EcvetError):
    """A message to somebody who is not here."""

    code = "federation.message.not-for-us"
    sentence = "{to} does not receive messages here."
    remedy = "Fetch the entity configuration of {to} again and send to the inbox that it names."
    status = 421


class SenderNotCaller(EcvetError):
    """A message from somebody else than who signed the request."""

    code = "federation.message.sender-not-caller"
    sentence = "The message says that it is from {sender}, but {caller} has signed the request."
    remedy = "Let each institution sign the requests with its own messages."
    status = 403


class SchemaNotRead(EcvetError):
    """A record in a major version of its schema that is not read here (network lesson 21)."""

    code = "federation.object.schema-not-read"
    sentence = "The schema {schema} is not read here; read are {majors}."
    remedy = "Send the highest version that both sides announce in their entity configurations."
    status = 422


class ObjectNotSigned(EcvetError):
    """A record in a message without its author's signature, or a signature over another record."""

    code = "federation.object.not-signed"
    sentence = "The record {object} does not come with a signature that counts: {why}."
    remedy = "Sign the bytes as they are sent, with a key that the entity configuration of the signer lists."
    status = 422


class PersonDoesNotFit(EcvetError):
    """Data of a person that are not those to which a record commits."""

    code = "federation.person.does-not-fit"
    sentence = "The data of the person sent beside the record are not those to which {ref} commits."
    remedy = "Send the salt and the person exactly as they were when the record was made."
    status = 422


# ------------------------------------------------------------- the thread
class NotAParty(EcvetError):
    """Somebody acts in a thread that is not theirs."""

    code = "federation.thread.not-a-party"
    sentence = "{caller} is not a party of this document."
    remedy = "Ask the institution that keeps the document to name you in a new version."
    status = 403


class NotYoursToSay(EcvetError):
    """A party says what is for another party to say."""

    code = "federation.thread.not-yours-to-say"
    sentence = "A message of the kind “{kind}” in this document comes from {whose}, not from {caller}."
    remedy = "Let {whose} send it."
    status = 403


class VersionForked(EcvetError):
    """Two sealed versions after the same one: the owner has said two things."""

    code = "federation.thread.forked"
    sentence = "{owner} has sealed both {first} and {second} after the same version."
    remedy = "Show {owner} both seals; nothing of the document is relied on until one of them is withdrawn."
    status = 409


class SealDoesNotFit(EcvetError):
    """A seal that does not prove what it says."""

    code = "federation.thread.seal-does-not-fit"
    sentence = "The seal over {object} does not hold: {why}."
    remedy = "Seal once all acceptances that the version demands are there, and send them with the seal."
    status = 422


class HandOverDoesNotFit(EcvetError):
    """The keeping of a thread handed over by somebody who may not."""

    code = "federation.thread.hand-over-does-not-fit"
    sentence = "The document was not handed over: {why}."
    remedy = "Let the owner sign the hand-over, or its superior where the owner is gone."
    status = 403


class StrangerMayNot(EcvetError):
    """A stranger who does anything else than propose a memorandum."""

    code = "federation.stranger.may-only-propose"
    sentence = "{caller} is not known here and may only propose a memorandum of understanding."
    remedy = "Propose a memorandum; once people here have accepted you as a partner, everything else is open."
    status = 403


class TooOften(EcvetError):
    """More proposals of a stranger, or requests of a partner, than are read."""

    code = "federation.stranger.too-often"
    sentence = "{caller} has asked {count} times; at most {limit} in {window} are read."
    remedy = "Wait for an answer of the people here, or call them."
    status = 429


# ------------------------------------------------------------- what is fetched
class AddressNotAllowed(EcvetError):
    """An address that is not fetched: another scheme, a private network, somebody else's host."""

    code = "federation.fetch.address-not-allowed"
    sentence = "{address} is not fetched: {why}."
    remedy = "Publish it at a public https address of the institution itself, on port 443."
    status = 422


class AnswerNotTaken(EcvetError):
    """An answer that is not read: redirected, too long, of another type, or not signed as it must be."""

    code = "federation.fetch.answer-not-taken"
    sentence = "The answer of {address} is not taken: {why}."
    remedy = "Answer at this address itself, within the limits of docs/integrate/network.md."
    status = 502
