"""Words of guests in the reader's language: their tasks, what their mails say, and what they declare when they act."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecvet.mobility import Role, Task

Words = dict[str, str | Promise]

INVITATIONS: Final[dict[tuple[Role, Task], str | Promise]] = {
    (Role.HOSTING, Task.ASSESS): _("assess at the workplace"),
    (Role.HOSTING, Task.TELL): _("tell what happens during the stay, as mentor at the workplace"),
    (Role.LEARNER, Task.SIGN): _("sign as the learner"),
    (Role.GUARDIAN, Task.SIGN): _("sign as the guardian"),
    (Role.HOSTING, Task.SIGN): _("sign for the hosting institution"),
    (Role.HOSTING, Task.HOST): _("assess and issue the transcript for the hosting institution"),
    (Role.INTERMEDIARY, Task.SIGN): _("sign for the intermediary"),
}
"""What somebody may be invited for, in the order of the form."""

DECLARATIONS: Final[Words] = {
    "accept": _("I have read this version of the learning agreement and sign it."),
    "reject": _("I have read this version of the learning agreement and decline it, for the reason that I give."),
    "tell": _("I tell what I know to have happened."),
    "assess": _("I have assessed the learner myself; this is what I found."),
    "issue": _("What was assessed shall be handed over in the transcript."),
    "paper": _("I have compared the scan with this version: it says the same, and it is signed."),
}
"""The sentence above the button; it is kept in the record of the act."""

TASKS: Final[Words] = {
    Task.SIGN: _("You are asked to read a learning agreement, and to sign or decline it."),
    Task.TELL: _("You are asked to tell what happens during a learner's stay at your workplace."),
    Task.ASSESS: _("You are asked to assess what a learner has achieved at your workplace."),
    Task.HOST: _("You are asked to assess what a learner has achieved with you, and to issue the transcript."),
}

STATES: Final[Words] = {
    "open": _("waits for the guest"),
    "expired": _("the link has expired"),
    "over": _("nothing left to do"),
    "done": _("done"),
    "withdrawn": _("withdrawn"),
}

STATE_KINDS: Final = {"open": "wait", "expired": "bad", "done": "good"}

PAPER_STATES: Final[Words] = {
    "waiting": _("waits for a second person"),
    "confirmed": _("confirmed"),
    "refused": _("refused"),
}

PAPER_KINDS: Final = {"waiting": "wait", "confirmed": "good", "refused": "bad"}
