"""Two verdicts side by side: by the groups that were declared and by free assignment, or under two readings.

A record may declare for which group each unit was taken; national systems accept records whose declared groups are
short while another assignment fills them all. Neither verdict is hidden: both are given, with where they differ.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ecvet.correspondence.equivalence import Equivalence
from ecvet.credit.accumulation.decide import accumulate
from ecvet.credit.accumulation.held import Held
from ecvet.credit.accumulation.progress import Progress
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import S1, Reading
from ecvet.terms import decimal_text

_VERDICT = {True: "complete", False: "not complete", None: "undecided"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The verdict with what was declared and the verdict without it; `why` says where they differ, in sentences."""

    declared: Progress
    free: Progress
    why: tuple[str, ...]

    @property
    def differ(self) -> bool:
        """Whether the two lead to different verdicts or points."""
        return (self.declared.complete, self.declared.counted_points) != (self.free.complete, self.free.counted_points)


def declared_and_free(
    qualification: Qualification, held: Held, *, reading: Reading = S1, declared: Sequence[str] = (),
    equivalences: Iterable[Equivalence] = (), on: date | None = None,
) -> Sides:  # fmt: skip
    """Both verdicts for one learner. Raises as `accumulate`."""
    decisions = tuple(equivalences)
    by_group = accumulate(qualification, held, reading=reading, declared=declared, equivalences=decisions, on=on)
    freely = accumulate(qualification, freed(held), reading=reading, equivalences=decisions, on=on)
    names = ("with the declared groups", "with free assignment")
    return Sides(declared=by_group, free=freely, why=differences(by_group, freely, names))


def under_readings(
    qualification: Qualification, held: Held, readings: Sequence[Reading], *, declared: Sequence[str] = (),
    equivalences: Iterable[Equivalence] = (), on: date | None = None,
) -> tuple[Progress, ...]:  # fmt: skip
    """The same tree and credit under several named readings, in their order. Raises as `accumulate`."""
    decisions = tuple(equivalences)
    return tuple(accumulate(qualification, held, reading=reading, declared=declared, equivalences=decisions, on=on)
                 for reading in readings)  # fmt: skip


def freed(held: Held) -> Held:
    """The same credit without the groups that it was declared for."""
    return replace(
        held,
        units=tuple(replace(piece, declared="") for piece in held.units),
        other=tuple(replace(piece, declared="") for piece in held.other),
    )


def surplus(progress: Progress) -> Decimal | None:
    """The points in use that do not count, because a group's maximum cuts them off; None where there are no points."""
    if progress.counted_points is None or not progress.complete:
        return None
    used = sum((one.piece.points or Decimal(0) for one in progress.placements), Decimal(0))
    return used - progress.counted_points


def differences(one: Progress, other: Progress, names: tuple[str, str]) -> tuple[str, ...]:
    """Where two answers differ, in sentences: verdict, points, what only one misses, and what stands elsewhere."""
    found = []
    if one.complete != other.complete:
        found.append(f"{_VERDICT[one.complete]} {names[0]}, {_VERDICT[other.complete]} {names[1]}")
    if one.counted_points != other.counted_points:
        found.append(f"{_points(one)} points count {names[0]}, {_points(other)} {names[1]}")
    for progress, against, name in ((one, other, names[0]), (other, one, names[1])):
        found += [f"only {name} missing: {text}" for text in progress.missing if text not in against.missing]
    if found:
        here, there = _standing(one), _standing(other)
        for key, why in here.items():
            if key in there and there[key] != why:
                found.append(f"{key[0] or 'other credit'} {why} {names[0]}; {there[key]} {names[1]}")
    return tuple(found)


def _points(progress: Progress) -> str:
    return "no" if progress.counted_points is None else decimal_text(progress.counted_points)


def _standing(progress: Progress) -> dict[tuple[str, Decimal | None, int], str]:
    """For each piece, the first, second … of its kind, what was said of it."""
    found: dict[tuple[str, Decimal | None, int], str] = {}
    for one in progress.units:
        nth = 0
        while (one.piece.code, one.piece.points, nth) in found:
            nth += 1
        found[one.piece.code, one.piece.points, nth] = one.why
    return found
