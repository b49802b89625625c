"""When a version is replaced: which version applies to whom, who is affected, what still counts, what is missing.

A version is open to whoever began within its `valid` period, and may be finished under it until `transition_end`; after
that, the version in force on the day applies. Credit moves to the new version by the same code or by a recorded
equivalence, never by a title alone: same titles are listed as candidates (`ecvet.credit.accumulation.answers`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ecvet.correspondence.equivalence import Equivalence
from ecvet.credit.accumulation.answers.candidates import Candidate, Named, candidates, named_units
from ecvet.credit.accumulation.decide import accumulate
from ecvet.credit.accumulation.errors import NoVersionApplies
from ecvet.credit.accumulation.held import Held, Piece
from ecvet.credit.accumulation.progress import Progress
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.reading import S1, Reading
from ecvet.qualification.unit import Unit


def version_for(versions: Sequence[Qualification], began: date, on: date) -> Qualification:
    """The version that applies on a day to a learner who began on another. Raises `NoVersionApplies`.

    Of several the one that came into force last. A version without a period is always in force; one without the end of
    a transition may be finished at any time by those who began under it.
    """
    mine = [one for one in versions if one.valid is None or began in one.valid]
    still = [one for one in mine if one.transition_end is None or on <= one.transition_end]
    current = [one for one in versions if one.valid is None or on in one.valid]
    found = still or current
    if not found:
        raise NoVersionApplies(began=began, on=on)
    return max(found, key=lambda one: one.valid.start if one.valid else date.min)


def verdict_on(
    versions: Sequence[Qualification], held: Held, began: date, on: date, *, reading: Reading = S1,
    declared: Sequence[str] = (), equivalences: Iterable[Equivalence] = (),
) -> tuple[Qualification, Progress]:  # fmt: skip
    """The verdict as it was on a day: its version of the rules, the credit gained and the equivalences decided by then.

    Raises `NoVersionApplies` and as `accumulate`. Credit without a date is taken as held throughout.
    """
    version = version_for(versions, began, on)
    then = replace(held, units=_by(held.units, on), other=_by(held.other, on))
    known = tuple(one for one in equivalences if one.on <= on)
    return version, accumulate(version, then, reading=reading, declared=declared, equivalences=known, on=on)


def _by(pieces: Sequence[Piece], on: date) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.gained is None or piece.gained <= on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What became of the units: codes kept, dropped and new; dropped ones that no equivalence leads on; and for those
    the candidates by the same title."""

    kept: tuple[str, ...]
    dropped: tuple[str, ...]
    new: tuple[str, ...]
    missing: tuple[str, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One learner before and after: what counted and still counts or no more, by code, and the equivalences missing."""

    learner: str
    before: Progress
    after: Progress
    kept: tuple[str, ...]
    lost: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def affected(self) -> bool:
        """Whether the new version takes anything away: a unit that counted, or a verdict."""
        return bool(self.lost) or (self.before.complete is True and self.after.complete is not True)


def changes(
    old: Qualification, new: Qualification, equivalences: Iterable[Equivalence] = (), *,
    described: Sequence[tuple[Unit, ...]] = ((), ()),
) -> Changes:  # fmt: skip
    """The units of two versions, side by side. Candidates are evidence for a person, never a decision.

    `described` are the units described with the old and with the new version, for their titles.
    """
    here, there = old.rules.units, new.rules.units
    targets = {link.unit for link in new.units}
    led = {unit for one in equivalences if one.to & targets for unit in one.from_}
    dropped = tuple(code for code in here if code not in there)
    links = {link.code: link.unit for link in old.units}
    missing = tuple(code for code in dropped if links.get(code) not in led)
    gone: list[Named] = [one for one in named_units(old, described[0]) if one.code in missing]
    return Changes(
        kept=tuple(code for code in here if code in there),
        dropped=dropped,
        new=tuple(code for code in there if code not in here),
        missing=missing,
        candidates=candidates(gone, named_units(new, described[1])),
    )


def migrate(
    old: Qualification, new: Qualification, learners: Iterable[tuple[str, Held]], *,
    equivalences: Iterable[Equivalence] = (), on: date | None = None, reading: Reading = S1,
) -> Iterable[Moved]:  # fmt: skip
    """Each learner under both versions, one after the other, in their order. Raises as `accumulate`.

    Declared groups belong to one version's rules; here every piece may count wherever the rules allow.
    """
    decisions = tuple(equivalences)
    side = changes(old, new, decisions)
    links = {link.code: link.unit for link in old.units}
    for name, held in learners:
        units = tuple(replace(piece, unit=piece.unit or links.get(piece.code), declared="") for piece in held.units)
        free = replace(held, units=units, other=tuple(replace(piece, declared="") for piece in held.other))
        before = accumulate(old, free, reading=reading, equivalences=decisions, on=on)
        after = accumulate(new, free, reading=reading, equivalences=decisions, on=on)
        now, then = _counting(before), _counting(after)
        lost = tuple(sorted(now - then))
        yield Moved(learner=name, before=before, after=after, kept=tuple(sorted(now & then)), lost=lost,
                    missing=tuple(code for code in lost if code in side.missing))  # fmt: skip


def _counting(progress: Progress) -> set[str]:
    """The codes of held pieces that count, by themselves or by an equivalence."""
    held = [one for one in progress.placements if not one.added]
    return {code for one in held for code in (one.by or (one.piece.code,)) if code}
