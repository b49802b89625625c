"""Words of the network in the reader's language, for what has a fixed name in the code."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecvet.federation import Kind, Shown, Trust

Words = dict[str, str | Promise]

LEVELS: Final[Words] = {
    Trust.ANCHORED: _("vouched for by an anchor"),
    Trust.CONFIRMED: _("confirmed by telephone"),
    Trust.UNKNOWN: _("unknown"),
}
LEVEL_KINDS: Final = {Trust.ANCHORED: "good", Trust.CONFIRMED: "good", Trust.UNKNOWN: "bad"}

SHOWN: Final[Words] = {
    Shown.SENT: _("sent"),
    Shown.CONFIRMED: _("received there"),
    Shown.REFUSED: _("refused"),
    Shown.NO_ANSWER: _("no answer yet"),
}
SHOWN_KINDS: Final = {Shown.CONFIRMED: "good", Shown.REFUSED: "bad", Shown.NO_ANSWER: "wait", Shown.SENT: "plain"}

STATES: Final[Words] = {
    "stored": _("taken in"),
    "held": _("waits for what comes before it"),
    "quarantine": _("waits for you"),
    "refused": _("refused"),
    "failed": _("not possible, the sender was told"),
}
STATE_KINDS: Final = {"stored": "good", "held": "wait", "quarantine": "wait", "refused": "bad", "failed": "bad"}

KINDS: Final[Words] = {
    Kind.PROPOSE: _("proposal"),
    Kind.SIGN: _("answer to a proposal"),
    Kind.SEAL: _("brought into force"),
    Kind.EVENT: _("news of a stay"),
    Kind.RESULT: _("transcript"),
    Kind.DECIDE: _("decision"),
    Kind.APPEAL: _("appeal"),
    Kind.RETRACT: _("taken back"),
    Kind.NOTE: _("note"),
    Kind.ERROR: _("answer: not possible"),
}
