"""By when a version is to be signed, and who is called on which day when a signature is missing.

An acceptance holds for 60 days (spec: exchange of documents, 7.1), and signatures come before the stay begins (R-LA-7);
the earlier of the two is the day by which everybody should have answered. A day that has passed decides nothing: it
calls people, first the signatory, then whoever proposed, then their colleagues.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from ecvet.partnership.errors import AskedToday, DaysUnusable, NobodyToAsk
from ecvet.partnership.thread import ACCEPTANCE_LASTS, Signatory
from ecvet.record import Record
from ecvet.terms import Failure, Success


class Call(StrEnum):
    """What a day says about a missing signature."""

    REMIND = "remind"
    WARN = "warn"
    OVERDUE = "overdue"
    ESCALATE = "escalate"


class Called(StrEnum):
    """Who hears it: whose signature is missing, who proposed, and the colleagues of both."""

    SIGNATORY = "signatory"
    PROPOSER = "proposer"
    COLLEAGUES = "colleagues"


CALLED: Final[dict[Call, frozenset[Called]]] = {
    Call.REMIND: frozenset({Called.SIGNATORY}),
    Call.WARN: frozenset({Called.SIGNATORY}),
    Call.OVERDUE: frozenset({Called.SIGNATORY, Called.PROPOSER}),
    Call.ESCALATE: frozenset({Called.SIGNATORY, Called.PROPOSER, Called.COLLEAGUES}),
}
"""Who hears which call; each one reaches at least those whom the one before reached."""

_MOST_DAYS: Final = 365


@dataclass(frozen=True, slots=True)
class Intervals:
    """On which days people are called.

    `remind` counts from the request, `warn` back from the last day to sign, `escalate` from the day after it.
    Raises `DaysUnusable` for a day that is not between 1 and 365, or more than ten of them.
    """

    remind: tuple[int, ...] = (7, 21)
    warn: tuple[int, ...] = (14, 3)
    escalate: tuple[int, ...] = (7, 21)

    def __post_init__(self) -> None:
        for name in ("remind", "warn", "escalate"):
            days = getattr(self, name)
            if len(days) > 10 or any(not 1 <= one <= _MOST_DAYS for one in days):
                raise DaysUnusable(name=name)


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A call and the day on which it is due."""

    on: date
    call: Call


def respond_by(version: Record, begins: date | None = None) -> date:
    """The last day to sign a version: while the first acceptance can still hold, and before what it is about begins.

    No acceptance comes before the version, so 60 days from its proposal none has lapsed yet. A beginning that lay
    before the proposal already (a retroactive version) sets no day.
    """
    last = (version.created + ACCEPTANCE_LASTS).date()
    return last if begins is None or begins <= version.created.date() else min(last, begins)


def calls(asked: date, until: date, intervals: Intervals) -> tuple[Due, ...]:
    """All calls about one missing signature, in the order of their days; of two on one day the graver is the last.

    What is asked for at short notice is neither reminded nor warned of before the day after the request.
    """
    before = [Due(asked + timedelta(days=one), Call.REMIND) for one in intervals.remind]
    before += [Due(until - timedelta(days=one), Call.WARN) for one in intervals.warn]
    passed = max(until, asked) + timedelta(days=1)
    after = [Due(passed, Call.OVERDUE)]
    after += [Due(passed + timedelta(days=one), Call.ESCALATE) for one in intervals.escalate]
    return tuple(sorted({*(one for one in before if asked < one.on <= until), *after}, key=_by_day))


def call_on(asked: date, until: date, on: date, *, last: date | None, intervals: Intervals) -> Due | None:
    """The one call that is due on a day, after the last one made; None when there is none.

    Whoever missed some days makes the latest call only: nobody is reminded three times on one morning.
    """
    due = [one for one in calls(asked, until, intervals) if one.on <= on and (last is None or one.on > last)]
    return due[-1] if due else None


def may_ask_again(missing: Iterable[Signatory], asked: Iterable[date], on: date) -> Success | Failure:
    """Whether those who have not signed may be asked once more: once a day, and only while somebody is missing."""
    if not tuple(missing):
        return Failure(NobodyToAsk())
    if on in tuple(asked):
        return Failure(AskedToday(on=on))
    return Success()


def _by_day(one: Due) -> tuple[date, int]:
    return one.on, tuple(Call).index(one.call)
