"""The ledger of points: booked once per learner, unit and qualification, reversed by entries, never edited.

It holds no more than the decisions say; it is the form in which a home institution keeps count.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from ecvet.credit.decision import Extent
from ecvet.credit.decision_errors import AlreadyBooked, NotFinal, NothingBooked
from ecvet.credit.recognition import Appeal, Recognition, Use
from ecvet.credit.standing import is_final
from ecvet.record import Address, Recorded
from ecvet.saying import say
from ecvet.terms import Identifier, Points, total


class EntryKind(StrEnum):
    """Whether an entry adds or takes back."""

    BOOKED = "booked"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line: what a decision granted, or takes back. `decision` is booked, `because` of the one named there."""

    kind: EntryKind
    learner: Identifier
    unit: Identifier
    qualification: Identifier
    outcomes: frozenset[str]
    points: Points | None
    decision: Address
    because: Address
    on: date

    @property
    def key(self) -> tuple[Identifier, Identifier, Identifier]:
        """Learner, unit and qualification: what points are booked for once."""
        return self.learner, self.unit, self.qualification


@dataclass(frozen=True, slots=True)
class Ledger:
    """All entries, in the order of booking."""

    entries: tuple[Entry, ...] = ()

    @property
    def standing(self) -> tuple[Entry, ...]:
        """The bookings that were not taken back."""
        back = {entry.decision for entry in self.entries if entry.kind is EntryKind.REVERSED}
        return tuple(entry for entry in self.entries if entry.decision not in back)

    def points(self, learner: Identifier, qualification: Identifier, system: str) -> Points:
        """The points of one learner in one qualification; never summed over several (R-POINTS-20)."""
        own = (entry for entry in self.standing if (entry.learner, entry.qualification) == (learner, qualification))
        return total((entry.points for entry in own if entry.points), system)


EMPTY: Final = Ledger()
"""The ledger before anything is booked."""


def book(
    ledger: Ledger, decision: Recorded[Recognition], *, on: date, appeals: Iterable[Recorded[Appeal]] = (),
    recognitions: Iterable[Recorded[Recognition]] = (),
) -> Ledger:  # fmt: skip
    """The ledger after a final decision: a reversal of what it replaces, and a booking of what it grants.

    A refusal that replaces nothing, an add-on, or a decision booked before leaves the ledger as it is, so that booking
    can be repeated safely. `appeals` and `recognitions` are those known about the learner.
    Raises `NotFinal`; `AlreadyBooked` where outcomes of the same learner, unit and qualification are booked by another
    decision (R-RECOG-8); `NothingBooked` where a reversed decision never was and should have been.
    """
    value = decision.value
    if any(entry.because == decision.address for entry in ledger.entries):
        return ledger
    if not is_final(decision, on=on, appeals=appeals, recognitions=recognitions):
        raise NotFinal(why=say("an appeal is open or still possible"))
    entries = list(ledger.entries)
    if value.reverses is not None:
        entries += _reversal(ledger, decision, value.reverses, tuple(recognitions), on)
    if value.extent is not Extent.NONE and value.use is Use.PART:
        made = Entry(
            kind=EntryKind.BOOKED, learner=value.learner, unit=value.unit, qualification=value.qualification,
            outcomes=value.outcomes, points=value.points, decision=decision.address, because=decision.address, on=on,
        )  # fmt: skip
        twice = frozenset(
            outcome for entry in Ledger(tuple(entries)).standing if entry.key == made.key
            for outcome in entry.outcomes & made.outcomes
        )  # fmt: skip
        if twice:
            raise AlreadyBooked(unit=value.unit, qualification=value.qualification, outcomes=", ".join(sorted(twice)))
        entries.append(made)
    return Ledger(tuple(entries))


def _reversal(
    ledger: Ledger, decision: Recorded[Recognition], replaced: Address, recognitions: tuple[Recorded[Recognition], ...],
    on: date,
) -> list[Entry]:  # fmt: skip
    """The line that takes a booked decision back; none when it granted nothing or was changed before it was final."""
    booked = [entry for entry in ledger.standing if entry.decision == replaced]
    if booked:
        one = booked[0]
        return [replace(one, kind=EntryKind.REVERSED, because=decision.address, on=on)]
    known = any(one.address == replaced for one in recognitions)
    if not known and decision.value.after_appeal is None:
        raise NothingBooked(address=replaced)
    return []
