"""When a message is sent again, when a person is told, and what people see of it meanwhile (network lesson 14).

At least once: a message is sent until its receipt is there. Between attempts it waits from one minute up to six hours,
twice as long each time, with jitter so that a node that comes back is not run over; after 30 days a person decides.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from ecvet.federation.receipt import Outcome, Receipt

FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=6)
GIVE_UP: Final = timedelta(days=30)
ANSWER_EXPECTED: Final = timedelta(minutes=15)
"""After which time without a receipt people read "no answer since" instead of "sent"."""

JITTER: Final = 1000
"""Jitter is a whole number from 0 to 999, drawn by the caller: thousandths of the upper half of the wait."""


class Shown(StrEnum):
    """What people see of a message."""

    SENT = "sent"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    NO_ANSWER = "no answer since"


class Answer(StrEnum):
    """What an attempt has come to."""

    RECEIPT = "receipt"
    AGAIN = "again"
    PERSON = "person"


ANSWERS: Final = {
    200: Answer.RECEIPT, 207: Answer.RECEIPT, 400: Answer.AGAIN, 401: Answer.AGAIN, 403: Answer.AGAIN,
    404: Answer.AGAIN, 405: Answer.PERSON, 406: Answer.PERSON, 408: Answer.AGAIN, 409: Answer.AGAIN,
    410: Answer.PERSON, 413: Answer.PERSON, 414: Answer.PERSON, 415: Answer.PERSON, 421: Answer.AGAIN,
    422: Answer.PERSON, 425: Answer.AGAIN, 429: Answer.AGAIN, 431: Answer.PERSON,
}  # fmt: skip
"""By HTTP status of the whole request. What keys, clocks and configurations heal is tried again; what the same bytes
would meet again is for a person. Everything that is not here is tried again; a redirection is not followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A message under way: since when, how often tried, when last, its receipt, and whether people have paused it."""

    since: datetime
    attempts: int = 0
    last: datetime | None = None
    receipt: Receipt | None = None
    paused: bool = False


def wait(attempts: int, jitter: int) -> timedelta:
    """How long to wait after so many attempts in vain: half of the doubled wait, and by jitter up to all of it.

    Raises `ValueError` for jitter outside of 0 to 999.
    """
    if not 0 <= jitter < JITTER:
        raise ValueError("jitter is a whole number from 0 to 999")
    whole = min(FIRST_WAIT * (1 << min(max(attempts - 1, 0), 20)), LONGEST_WAIT)
    half = max(whole / 2, FIRST_WAIT / 2)
    return half + half * jitter / JITTER


def next_attempt(delivery: Delivery, jitter: int, *, not_before: datetime | None = None) -> datetime | None:
    """When to try next; None when it is over, paused, or for a person. `not_before` is a Retry-After that was given,
    at most the longest wait is heeded."""
    if delivery.receipt is not None or delivery.paused:
        return None
    if delivery.last is None:
        return delivery.since
    due = delivery.last + wait(delivery.attempts, jitter)
    if not_before is not None:
        due = max(due, min(not_before, delivery.last + LONGEST_WAIT))
    return None if due > delivery.since + GIVE_UP else due


def for_a_person(delivery: Delivery, now: datetime) -> bool:
    """Whether nothing more is tried and somebody has to decide: send again, call the partner, or give up."""
    return delivery.receipt is None and now > delivery.since + GIVE_UP


def shown(delivery: Delivery, now: datetime) -> Shown:
    """What people see; "no answer since" is since `delivery.since`."""
    if delivery.receipt is not None:
        return Shown.REFUSED if delivery.receipt.outcome is Outcome.REFUSED else Shown.CONFIRMED
    return Shown.NO_ANSWER if now - delivery.since > ANSWER_EXPECTED else Shown.SENT


def answer(status: int) -> Answer:
    """What the HTTP status of a request means for its messages."""
    return ANSWERS.get(status, Answer.AGAIN)


def split(sizes: tuple[int, ...], *, most: int, most_bytes: int) -> tuple[tuple[int, ...], ...]:
    """Messages of these sizes in batches, in their order: the indexes of each batch."""
    batches: list[tuple[int, ...]] = []
    batch: list[int] = []
    filled = 0
    for index, size in enumerate(sizes):
        if batch and (len(batch) == most or filled + size > most_bytes):
            batches.append(tuple(batch))
            batch, filled = [], 0
        batch.append(index)
        filled += size
    return (*batches, tuple(batch)) if batch else tuple(batches)
