"""Erasure: what still needs a learner's personal data, what goes, what stays, and the answer to a request (R-DATA-2).

A learner asks for it; the home institution answers within a month (Regulation (EU) 2016/679, Articles 12(3) and 17).
Signed records name her by pseudonym and by a salted commitment, so that the data can go while every proof still holds.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from ecvet.credit.lifecycle import RecognitionState, ResultState
from ecvet.errors import EcvetError
from ecvet.mobility.lifecycle import State
from ecvet.saying import say
from ecvet.terms import Failure, Success


class Need(StrEnum):
    """For what the personal data are still needed."""

    STAY = "a stay is not over"
    RESULT = "a result has not been handed over"
    DECISION = "a decision is awaited"
    APPEAL = "an appeal is running"


class Part(StrEnum):
    """A part of what is held about a learner."""

    PERSON = "name, date of birth and the salt of the commitment"
    ACCOUNT = "account and e-mail address"
    EVIDENCE = "files of evidence, scans of signed papers among them"
    CREDENTIALS = "credentials, which carry the name"
    SHARES = "share links with their purposes"
    RECORDS = "signed records under the pseudonym"
    LEDGER = "booked units under the pseudonym"
    JOURNAL = "the journal, without personal data"
    LOOKS = "who looked at the record and when"


class Ground(StrEnum):
    """Why a request is refused (Regulation (EU) 2016/679, Article 17(3))."""

    STILL_NEEDED = "still needed"
    ARCHIVE_LAW = "law on archives"
    LEGAL_CLAIM = "legal claim"


ERASED: Final = (Part.PERSON, Part.ACCOUNT, Part.EVIDENCE, Part.CREDENTIALS, Part.SHARES)
"""What goes when erasure is granted."""

KEPT: Final[Mapping[Part, str]] = {
    Part.RECORDS: "others have signed them and must be able to prove what was agreed and decided",
    Part.LEDGER: "the same unit must not be counted twice",
    Part.JOURNAL: "it proves that nothing was changed afterwards",
    Part.LOOKS: "whoever looked remains answerable for it",
}
"""What stays, and why."""

_DECISION: Final = frozenset({
    RecognitionState.AWAITED, RecognitionState.REMINDED, RecognitionState.ESCALATED, RecognitionState.MORE_EVIDENCE,
    RecognitionState.VALIDATED, RecognitionState.NOT_VALIDATED, RecognitionState.REVIEW,
})  # fmt: skip
_RESULT: Final = frozenset({ResultState.ASSESSED, ResultState.NOT_ASSESSED, ResultState.CONTESTED})
_STAY_OVER: Final = frozenset({State.CLOSED, State.CANCELLED, State.NO_SHOW})


class StillNeeded(EcvetError):
    """Personal data that a running stay, result, decision or appeal still needs (R-DATA-2)."""

    code = "credit.erasure.still-needed"
    sentence = "The learner's data are still needed: {why}."
    remedy = "Refuse for now and say so, or bring to an end what is running; the learner may then ask again."
    status = 409


class RefusalUnexplained(EcvetError):
    """A refusal without a reason or a remedy."""

    code = "credit.erasure.refusal-unexplained"
    sentence = "The refusal of an erasure lacks its {what}."
    remedy = "Say why in plain words, and what the learner can do: whom to turn to, or when to ask again."
    status = 422


class NothingNeedsThem(EcvetError):
    """A refusal because the data are still needed, where nothing needs them."""

    code = "credit.erasure.nothing-needs-them"
    sentence = "Nothing that is running needs the learner's data any more."
    remedy = "Grant the erasure, or refuse on another ground and name the law."
    status = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """The answer no: on which ground, why in plain words, and what the learner can do about it."""

    ground: Ground
    reason: str
    remedy: str


def needs(
    stays: Iterable[State], results: Iterable[ResultState], recognitions: Iterable[RecognitionState]
) -> dict[Need, int]:
    """For what a learner's data are still needed, and how often; empty when nothing stands in the way of erasure."""
    found = Counter(
        [Need.STAY for one in stays if one not in _STAY_OVER]
        + [Need.RESULT for one in results if one in _RESULT]
        + [Need.APPEAL if one is RecognitionState.APPEALED else Need.DECISION for one in recognitions
           if one in _DECISION or one is RecognitionState.APPEALED]
    )  # fmt: skip
    return {need: found[need] for need in Need if found[need]}


def may_erase(needed: Mapping[Need, int]) -> Success | Failure:
    """Whether erasure may be granted now: nothing that is running may lose the person it is about (R-DATA-2)."""
    if not needed:
        return Success()
    return Failure(
        StillNeeded(why=tuple(say("{need} ({count})", need=need, count=count) for need, count in needed.items()))
    )


def may_refuse(refusal: Refusal, needed: Mapping[Need, int]) -> Success | Failure:
    """Whether this is an answer: it has a reason and a remedy, and where it says that data are needed, they are."""
    for what, text in (("reason", refusal.reason), ("remedy", refusal.remedy)):
        if not text.strip():
            return Failure(RefusalUnexplained(what=what))
    if refusal.ground is Ground.STILL_NEEDED and not needed:
        return Failure(NothingNeedsThem())
    return Success()


def answer_by(asked: date) -> date:
    """The last day for the answer: one month after the request (Article 12(3))."""
    year, month = (asked.year + 1, 1) if asked.month == 12 else (asked.year, asked.month + 1)
    return date(year, month, min(asked.day, monthrange(year, month)[1]))
