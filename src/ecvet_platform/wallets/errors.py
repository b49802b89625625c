"""What can stand in the way of people in the room of wallets; what wallets hear is in `ecvet.credential.wallet`."""

from ecvet.errors import EcvetError


class NotForYourWallet(EcvetError):
    """A decision that is not the actor's own, or of which there is no credential to be had."""

    code = "wallets.offer.not-yours"
    sentence = "There is no credential for your wallet under {name}."
    remedy = "Choose one on the page “Your wallet”. A credential that was revoked or suspended is not handed over."
    status = 404


class RequestOver(EcvetError):
    """The wallet's question to a person has expired or was answered."""

    code = "wallets.authorise.over"
    sentence = "What the wallet asked is no longer open."
    remedy = "Begin again in the wallet."
    status = 410


class QuestionUnknown(EcvetError):
    """A question put to a wallet by somebody else, or over."""

    code = "wallets.ask.unknown"
    sentence = "There is no such question of yours, or it is over."
    remedy = "Ask again; a question and its answer are kept for an hour."
    status = 404
