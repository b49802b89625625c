"""The frame of an agreement: memorandum, clause, time. R-LA-3, 5, 7, 11, R-MOU-8 and, for amendments, R-LA-12."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from ecvet.mobility.agreement import Role
from ecvet.mobility.case import Case, Check, Obstacle, Remark
from ecvet.mobility.errors import (
    ClauseMissing,
    EndMissing,
    MemorandumNotThis,
    NotUnderMemorandum,
)
from ecvet.partnership.errors import MemorandumNotInForce
from ecvet.partnership.force import memorandum_on
from ecvet.partnership.memorandum import MemorandumOfUnderstanding
from ecvet.partnership.thread import Thread, in_force
from ecvet.record import Recorded
from ecvet.saying import say
from ecvet.terms import Finding, Severity


def memorandum_for(thread: Thread, on: date) -> Recorded[MemorandumOfUnderstanding]:
    """The memorandum in whose frame an agreement may be proposed on a day: signed by its parties and in force.

    Raises `ecvet.partnership.errors.MemorandumNotInForce`.
    """
    memorandum, version = memorandum_on(thread, on), in_force(thread, on)
    assert version is not None
    return Recorded(memorandum, version.address)


def memorandum_frames_it(case: Case) -> Iterator[Remark]:
    """Both institutions signed the memorandum named or are covered by it, and it is in force (R-LA-3).

    Without one the agreement stands outside ECVET, as in Erasmus+ practice: a warning. A new version of an agreement
    that was concluded in time may stay in the frame of a memorandum that has ended meanwhile (R-MOU-10).
    """
    named, found = case.draft.memorandum, case.memorandum
    if named is None:
        yield Finding(
            "R-LA-3",
            Severity.WARNING,
            "memorandum",
            say("This is a learning agreement outside ECVET."),
            say("Conclude a memorandum of understanding, so that recognition rests on it."),
        )
        return
    if found is None or named != found.address:
        yield Obstacle("R-LA-3", "memorandum",
                       MemorandumNotThis(named=named, found=found.address if found else "none"))  # fmt: skip
        return
    for role in (Role.HOME, Role.HOSTING):
        institution = case.draft.party(role)
        if institution is not None and not found.value.covers(institution):
            yield Obstacle("R-LA-3", "memorandum", NotUnderMemorandum(institution=institution))
    valid = found.value.valid
    if valid is None or case.on not in valid:
        if case.before is not None and case.before.value.memorandum == named:
            yield Finding(
                "R-MOU-10",
                Severity.WARNING,
                "memorandum",
                say("The memorandum is no longer in force on {on}; this agreement keeps its terms.", on=case.on),
                say("Renew the memorandum before further agreements are concluded."),
            )
        else:
            why = say("it holds for {period}", period=valid) if valid else say("it holds for no stated period")
            yield Obstacle("R-LA-3", "memorandum", MemorandumNotInForce(on=case.on, why=why))


def clause_is_there(case: Case) -> Iterator[Remark]:
    """Home should validate and recognise what was achieved and positively assessed (R-LA-5)."""
    if not case.draft.will_recognise:
        yield Obstacle("R-LA-5", "recognition", ClauseMissing())


def duration_is_stated(case: Case) -> Iterator[Remark]:
    """The stay has a last day (R-LA-4), from which its weeks are computed (R-LA-11)."""
    if case.draft.period.end is None:
        yield Obstacle("R-LA-4", "period", EndMissing(start=case.draft.period.start))


def weeks_are_within_the_memorandum(case: Case) -> Iterator[Remark]:
    """The computed weeks lie between the least and the most of the memorandum (R-MOU-8, R-LA-11)."""
    weeks = case.draft.period.weeks
    if case.memorandum is None or weeks is None:
        return
    least, most = case.memorandum.value.least_weeks or 0, case.memorandum.value.most_weeks
    if weeks < least or (most is not None and weeks > most):
        yield Finding(
            "R-MOU-8",
            Severity.WARNING,
            "period",
            say("The stay lasts {weeks} weeks; the memorandum foresees at least {least}.", weeks=weeks, least=least)
            if most is None
            else say(
                "The stay lasts {weeks} weeks; the memorandum foresees {least} to {most}.",
                weeks=weeks,
                least=least,
                most=most,
            ),
            say("Change the dates, or say why they are right."),
        )


def signed_before_it_starts(case: Case) -> Iterator[Remark]:
    """A first version is signed before the stay begins; a later one says that it is retroactive (R-LA-7)."""
    if case.before is None and case.on >= case.draft.period.start:
        severity = Severity.FLAG if case.draft.retroactive else Severity.WARNING
        yield Finding(
            "R-LA-7",
            severity,
            "period",
            say(
                "The stay begins on {start}, and the agreement is not signed before it.", start=case.draft.period.start
            ),
            say("Mark the agreement as retroactive; then every party signs."),
        )


CHECKS: Final[tuple[Check, ...]] = (
    memorandum_frames_it,
    clause_is_there,
    duration_is_stated,
    weeks_are_within_the_memorandum,
    signed_before_it_starts,
)
