"""Who is told what: for each verb of the journal those concerned, and the sentence that they read. Rules as data.

No sentence names a learner, so that each may stand in the subject of an e-mail. A verb that is not here is told to
nobody.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecvet.partnership import CALLED, Call, Called


class Rhythm(StrEnum):
    """How a person is told."""

    AT_ONCE = "at once"
    DAILY = "daily"
    NEVER = "never"


RHYTHMS: Final[dict[str, str | Promise]] = {
    Rhythm.AT_ONCE: _("At once, by e-mail"),
    Rhythm.DAILY: _("Once a day, in the morning, everything in one e-mail"),
    Rhythm.NEVER: _("Not by e-mail; I look at the start page"),
}


class Who(StrEnum):
    """Those concerned by an entry of the journal; whoever did it is never told."""

    MISSING = "those whose signature is missing"
    PARTIES = "all parties"
    PROPOSER = "whoever proposed"
    OWNER = "whoever brings it into force"
    DELEGATE = "the colleague to whom it was handed"
    SIGNATORY = "the one whose signature is missing"
    COLLEAGUES = "the coordinators of both institutions"
    LEARNER = "the learner"
    HOSTING = "who hands over at the hosting institution"
    HOME = "who validates at the home institution"
    BODY = "who decides at the competent institution"
    SECOND = "those who may be the second person"
    KEEPERS = "those who look after the keys of the institution"
    OFFICES = "the register offices of the platform"


@dataclass(frozen=True, slots=True)
class Telling:
    """One sentence, and to whom it is told. `key` names it for ever; `act` says that they have something to do."""

    key: str
    who: tuple[Who, ...]
    sentence: str | Promise
    act: bool = False


def _signing(thing: str, said: dict[str, str | Promise]) -> dict[str, tuple[Telling, ...]]:
    """The verbs of a document that is signed, with their sentences in the words for it."""
    who: dict[str, tuple[Who, ...]] = {
        "propose": (Who.MISSING,), "ask-again": (Who.MISSING,), "delegate": (Who.DELEGATE,), "accept": (Who.PROPOSER,),
        "reject": (Who.PARTIES,), "withdraw": (Who.PARTIES,), "seal": (Who.PARTIES,), "terminate": (Who.PARTIES,),
    }  # fmt: skip
    called = {Called.SIGNATORY: Who.SIGNATORY, Called.PROPOSER: Who.PROPOSER, Called.COLLEAGUES: Who.COLLEAGUES}
    for call in Call:
        who[call.value] = tuple(called[one] for one in Called if one in CALLED[call])
    acts = {"propose", "ask-again", "delegate", *Call}
    found: dict[str, tuple[Telling, ...]] = {
        f"{thing}.{verb}": (Telling(f"{thing}.{verb}", those, said[verb], act=verb in acts),)
        for verb, those in who.items()
    }
    found[f"{thing}.reject"] = (
        Telling(f"{thing}.declined", (Who.PROPOSER,), said["declined"], act=True), *found[f"{thing}.reject"]
    )  # fmt: skip
    found[f"{thing}.accept"] += (Telling(f"{thing}.all-signed", (Who.OWNER,), said["all-signed"], act=True),)
    return found


_AGREEMENT: Final[dict[str, str | Promise]] = {
    "propose": _("You are asked to sign a learning agreement."),
    "ask-again": _("You are asked once more to sign a learning agreement."),
    "delegate": _("A colleague has handed you the signature of a learning agreement."),
    "accept": _("One more party has signed a learning agreement that you proposed."),
    "all-signed": _("Everybody has signed a learning agreement; bring it into force."),
    "declined": _("A learning agreement was declined, with a reason; make a new version from it."),
    "reject": _("A learning agreement was declined, with a reason."),
    "withdraw": _("A learning agreement was withdrawn, with a reason."),
    "seal": _("A learning agreement is in force."),
    "terminate": _("A learning agreement was ended, with a reason."),
    "remind": _("A learning agreement still waits for a signature of yours."),
    "warn": _("The last day to sign a learning agreement is near."),
    "overdue": _("The last day to sign a learning agreement has passed, and a signature is missing."),
    "escalate": _("A signature under a learning agreement is overdue; somebody has to see to it."),
}

_MEMORANDUM: Final[dict[str, str | Promise]] = {
    "propose": _("You are asked to sign a memorandum of understanding."),
    "ask-again": _("You are asked once more to sign a memorandum of understanding."),
    "delegate": _("A colleague has handed you the signature of a memorandum of understanding."),
    "accept": _("One more party has signed a memorandum of understanding that you proposed."),
    "all-signed": _("Everybody has signed a memorandum of understanding; bring it into force."),
    "declined": _("A memorandum of understanding was declined, with a reason; make a new version from it."),
    "reject": _("A memorandum of understanding was declined, with a reason."),
    "withdraw": _("A memorandum of understanding was withdrawn, with a reason."),
    "seal": _("A memorandum of understanding is in force."),
    "terminate": _("A memorandum of understanding was ended, with a reason."),
    "remind": _("A memorandum of understanding still waits for a signature of your institution."),
    "warn": _("The last day to sign a memorandum of understanding is near."),
    "overdue": _("The last day to sign a memorandum of understanding has passed, and a signature is missing."),
    "escalate": _("A signature under a memorandum of understanding is overdue; somebody has to see to it."),
}


def _one(verb: str, sentence: str | Promise, *who: Who, act: bool = False, key: str = "") -> Telling:
    return Telling(key or verb, who, sentence, act=act)


_STAY: Final = _("Something was told about a stay abroad.")

TOLD: Final[dict[str, tuple[Telling, ...]]] = {
    **_signing("agreement", _AGREEMENT),
    **_signing("memorandum", _MEMORANDUM),
    **{
        f"stay.{verb}": (_one(f"stay.{verb}", _STAY, Who.PARTIES),)
        for verb in ("confirm", "start", "interrupt", "resume", "end", "end-early", "cancel", "miss")
    },
    "credit.transfer": (
        _one("credit.transfer", _("A personal transcript has arrived; validate it."), Who.HOME, act=True),
        _one("credit.transfer", _("Your personal transcript was issued."), Who.LEARNER, key="credit.transferred"),
    ),
    "credit.correct": (
        _one("credit.correct", _("A personal transcript was corrected."), Who.HOME, Who.BODY, Who.LEARNER),
    ),
    "credit.contest": (
        _one("credit.contest", _("A learner contests a personal transcript."), Who.HOSTING, act=True),
    ),
    "credit.ask": (
        _one("credit.ask", _("More evidence is asked for a unit."), Who.HOSTING, Who.LEARNER, act=True),
    ),
    "credit.validate": (
        _one("credit.validate", _("A unit was validated; decide on its recognition."), Who.BODY, act=True),
        _one("credit.validate", _("A unit of yours was looked at for validation."), Who.LEARNER,
             key="credit.validated"),
    ),
    "credit.recognise": (
        _one("credit.recognise", _("A decision on recognition was made."), Who.LEARNER, Who.HOME),
    ),
    "credit.refuse": (
        _one("credit.refuse", _("A decision on recognition was made; read its reasons, and what can be done."),
             Who.LEARNER, Who.HOME),
    ),
    "credit.appeal": (_one("credit.appeal", _("An appeal waits for your decision."), Who.BODY, act=True),),
    "credit.remind": (_one("credit.remind", _("A decision on credit is overdue."), Who.HOME, act=True),),
    "credit.escalate": (
        _one("credit.escalate", _("A decision on credit stays overdue; the competent institution is asked."),
             Who.HOME, Who.BODY, act=True),
    ),
    "credit.award": (_one("credit.award", _("A qualification was awarded."), Who.LEARNER),),
    "credential.issue": (_one("credential.issue", _("A credential was issued to you."), Who.LEARNER),),
    "credential.suspend": (
        _one("credential.suspend", _("A credential of yours was suspended; read why."), Who.LEARNER),
    ),
    "credential.reinstate": (
        _one("credential.reinstate", _("A credential of yours is valid again."), Who.LEARNER),
    ),
    "credential.revoke": (
        _one("credential.revoke", _("A credential of yours was revoked; read why."), Who.LEARNER),
    ),
    "credential.renew-key": (
        _one("credential.renew-key", _("The key of your institution for credentials and documents was renewed."),
             Who.KEEPERS, key="keys.renewed"),
    ),
    "credential.renew-proof-key": (
        _one("credential.renew-proof-key", _("The key of your institution for badges was renewed."), Who.KEEPERS,
             key="keys.proofs-renewed"),
    ),
    "institution.renew-key": (
        _one("institution.renew-key", _("The key with which your institution signs records was renewed."), Who.KEEPERS,
             key="keys.records-renewed"),
    ),
    "credential.key-ends": (
        _one("credential.key-ends", _("The certificate of your institution ends soon; renew its key."), Who.KEEPERS,
             act=True, key="keys.end"),
    ),
    "platform.renew-key": (_one("platform.renew-key", _("The key of the platform was renewed."), Who.OFFICES),),
    "platform.renew-anchor": (
        _one("platform.renew-anchor", _("The anchor of the platform was renewed."), Who.OFFICES),
    ),
    "platform.key-ends": (
        _one("platform.key-ends", _("A certificate of the platform ends soon; renew its key."), Who.OFFICES, act=True),
    ),
    "learner.rename": (_one("learner.rename", _("Your name was changed or corrected."), Who.LEARNER),),
    "erasure.ask": (
        _one("erasure.ask", _("A learner asks for the erasure of personal data."), Who.HOME, act=True),
    ),
    "paper.bring": (
        _one("paper.bring", _("A paper signed by hand waits for a second person."), Who.SECOND, act=True),
    ),
}  # fmt: skip
"""The verbs of the journal about which people are told, and what."""

SENTENCES: Final[dict[str, Telling]] = {one.key: one for tellings in TOLD.values() for one in tellings}
"""Each sentence by the name under which it is kept."""
