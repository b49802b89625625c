"""Bringing versions into force, and which held on a day: assessments, plans and lists all ask here (R-LA-12)."""

from datetime import date, datetime, timedelta

from ecvet.mobility.agreement import LearningAgreement
from ecvet.mobility.errors import NoVersionInForce
from ecvet.mobility.proposal import in_time
from ecvet.mobility.signing import read, signatories
from ecvet.partnership import thread as threads
from ecvet.partnership.thread import Seal, Thread
from ecvet.record import Address, Recorded
from ecvet.terms import Identifier, require


def seal(thread: Thread, version: Address, *, by: Identifier, at: datetime) -> Seal:
    """The home institution brings a version into force, once all parties have accepted it (R-LA-1, R-LA-12).

    Raises what `ecvet.partnership.thread.seal` raises, and `ChangeIsLate` when the agreed stay is over.
    """
    draft = read(thread.version(version)).value
    current = threads.in_force(thread, at.date())
    before = read(current).value if current else None
    if before is not None:
        require(in_time(draft, before, at.date()))
    since = holds_from(draft, before, at.date())
    return threads.seal(thread, version, signatories(draft), by=by, at=at, in_force_from=since)


def holds_from(draft: LearningAgreement, before: LearningAgreement | None, sealed: date) -> date:
    """The first day for which a version holds: that of its seal, unless it is retroactive.

    A retroactive version holds from the first day of the stay or, where it follows another, from the day after the end
    agreed before: what happened in between has an agreement to refer to, and nothing older is rewritten.
    """
    if not draft.retroactive:
        return sealed
    if before is None or before.period.end is None:
        return min(sealed, draft.period.start)
    return min(sealed, before.period.end + timedelta(days=1))


def version_at(thread: Thread, on: date) -> Recorded[LearningAgreement]:
    """The version in force on a day, to which an assessment of that day refers (R-LA-12). Raises `NoVersionInForce`."""
    found = threads.in_force(thread, on)
    if found is None:
        raise NoVersionInForce(on=on)
    return read(found)
