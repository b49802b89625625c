"""The order of messages of one sender to one receiver in one thread, and that none has two effects.

A message is known by sender and identifier; its place is its `seq`, which counts from 1 without gaps. What comes early
waits (it is stored, and a receipt is given) until what lies before it is there; the receiver then asks the sender's
outbox for what is missing. Across threads there is no order, so that one gap holds nothing else up.
"""

from dataclasses import dataclass
from enum import StrEnum

from ecvet.federation.errors import MessageIdReused, PlaceTaken
from ecvet.federation.message import Message
from ecvet.record import Address
from ecvet.terms import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Where a sender stands in a thread: the number that is next to be processed, and those that wait for it."""

    next: int = 1
    waiting: frozenset[int] = frozenset()

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers that have not come although later ones have; at most the first hundred."""
        last = max(self.waiting, default=self.next)
        return tuple(n for n in range(self.next, min(last, self.next + 100)) if n not in self.waiting)


class Arrival(StrEnum):
    """How a message arrives."""

    NEW = "new"
    REPEATED = "repeated"


def arrival(item: Message, *, same_id: Address | None, same_place: Address | None) -> Arrival | Failure:
    """Whether a message is new, or the very same as one before.

    `same_id` is the digest of the message that the sender has sent under this identifier, `same_place` that of the one
    with this number in this thread. Another content under the same identifier or number is refused: identifiers are
    never used again (network lessons 12 and 18).
    """
    if same_id is not None:
        return Arrival.REPEATED if same_id == item.digest else Failure(MessageIdReused(id=item.id))
    if same_place is not None:
        return Failure(PlaceTaken(seq=item.seq, thread=item.thread))
    return Arrival.NEW


def arrived(line: Line, seq: int) -> tuple[Line, tuple[int, ...]]:
    """The line after a new message, and the numbers that may now be processed, in their order."""
    if seq < line.next:
        return line, ()
    waiting = line.waiting | {seq}
    ready = []
    at = line.next
    while at in waiting:
        ready.append(at)
        waiting -= {at}
        at += 1
    return Line(next=at, waiting=waiting), tuple(ready)
