"""What a learner achieved at home in the ordinary way, and everything held together for accumulation.

Own achievements and recognised credit accumulate towards one qualification alike (R-CREDIT-3); a unit held in both ways
counts once (R-RECOG-8).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Final

from ecvet.credit.accumulation.held import Held, Piece
from ecvet.credit.assessment import Grade
from ecvet.credit.decision import Extent
from ecvet.credit.errors import AnotherLearner
from ecvet.credit.recognition import Recognition, Use
from ecvet.credit.standing import in_effect
from ecvet.qualification.qualification import Qualification, UnitLink
from ecvet.qualification.unit import Unit
from ecvet.record import Recorded, RecordType
from ecvet.saying import Said, say
from ecvet.terms import Finding, Identifier, Points, Severity, total

TOLERANCE: Final = Decimal("0.001")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartAchievement:
    """A sub-area of a unit that was passed, with its size."""

    code: str
    points: Points


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """A unit passed at home in the ordinary way. It counts only when `confirmed` (R-ASSESS-1).

    `qualification` is the one within which it was passed; `points` are given where its size is the learner's own or the
    unit is no unit of the qualification counted towards, else they follow from the link. `sort` says what kind of
    credit it is for an open group (local-unit, other-qualification …).
    """

    record_type: ClassVar[RecordType] = RecordType.DECISION
    kind: ClassVar[str] = "achievement"

    learner: Identifier
    unit: Identifier
    qualification: Identifier
    institution: Identifier
    on: date
    confirmed: bool = True
    code: str = ""
    points: Points | None = None
    grade: Grade | None = None
    parts: tuple[PartAchievement, ...] = ()
    sort: str = ""


def part_findings(achievement: Achievement, unit: Unit, link: UnitLink | None = None) -> Iterator[Finding]:
    """Warnings about the parts of a confirmed achievement; an unfinished one is not looked at (R-COMP-11).

    The parts are sub-areas of the unit and add up to its points in the qualification (R-COMP-10), where the link fixes
    them, and to the size stated for the achievement (R-COMP-11).
    """
    if not achievement.confirmed or not achievement.parts:
        return
    unknown = {part.code for part in achievement.parts} - {area.code for area in unit.sub_areas}
    if unknown:
        yield _warning("R-COMP-10", unit, say("No sub-area of the unit: {unknown}.", unknown=tuple(sorted(unknown))))
    fixed = link.points if link and link.most is None else None
    for rule, whole in (("R-COMP-10", fixed), ("R-COMP-11", achievement.points)):
        if whole is not None:
            parts = total((part.points for part in achievement.parts), whole.system)
            if abs(parts.value - whole.value) > TOLERANCE:
                yield _warning(
                    rule,
                    unit,
                    say("The parts add up to {parts}, the unit has {whole}.", parts=parts, whole=whole)
                    if rule == "R-COMP-10"
                    else say("The parts add up to {parts}, stated are {whole}.", parts=parts, whole=whole),
                )


def _warning(rule: str, unit: Unit, sentence: Said) -> Finding:
    remedy = say("Correct the parts, or leave the achievement unconfirmed until the unit is complete.")
    return Finding(rule, Severity.WARNING, unit.id, sentence, remedy)


def credit_held(
    achievements: Iterable[Recorded[Achievement]], recognitions: Iterable[Recorded[Recognition]],
    qualification: Qualification,
) -> Held:  # fmt: skip
    """What one learner holds towards a qualification: each unit once, whatever way and however often it was achieved.

    Only confirmed achievements and recognitions in effect count: whole units that are part of the qualification, not
    add-ons (R-RECOG-10), not parts (R-CREDIT-6). Units of other qualifications go to the open groups. Raises
    `AnotherLearner`, and `PointsNotComparable` for points of another credit system (R-POINTS-20).
    """
    confirmed = [one.value for one in achievements if one.value.confirmed]
    standing = [
        one.value for one in in_effect(recognitions)
        if one.value.qualification == qualification.id and one.value.use is Use.PART
    ]  # fmt: skip
    learners = sorted({one.learner for one in confirmed} | {one.learner for one in standing})
    if len(learners) > 1:
        raise AnotherLearner(found=learners[1], expected=learners[0])
    units: dict[str, Piece] = {}
    other: dict[Identifier, Piece] = {}
    for piece, linked in (*_own(confirmed, qualification), *_recognised(standing, qualification)):
        assert piece.unit is not None
        if linked:
            units[piece.code] = _larger(units.get(piece.code), piece)
        else:
            other[piece.unit] = _larger(other.get(piece.unit), piece)
    return Held(units=tuple(units.values()), other=tuple(other.values()))


def _own(achievements: Iterable[Achievement], qualification: Qualification) -> Iterator[tuple[Piece, bool]]:
    links = {link.unit: link for link in qualification.units}
    for one in achievements:
        link, points = links.get(one.unit), one.points
        if link is not None and (points is None or one.qualification != qualification.id):
            points = link.points  # a common unit has its points from the qualification it counts for (R-POINTS-8)
        yield Piece(
            code=link.code if link else one.code, points=_value(points, qualification), unit=one.unit, sort=one.sort,
            origin=one.institution, grade=one.grade.value if one.grade else "", gained=one.on,
        ), link is not None  # fmt: skip


def _recognised(recognitions: list[Recognition], qualification: Qualification) -> Iterator[tuple[Piece, bool]]:
    """One piece for each unit that is recognised in full, with the points of all decisions that made it whole."""
    links = {link.unit: link for link in qualification.units}
    for unit in dict.fromkeys(one.unit for one in recognitions if one.extent is Extent.FULL):
        own = [one for one in recognitions if one.unit == unit]
        amounts = [one.points for one in own if one.points is not None]
        last = own[-1]
        yield Piece(
            code=links[unit].code, unit=unit, recognised=True, gained=last.on, origin=last.by.institution,
            points=_value(total(amounts, qualification.system) if amounts else None, qualification),
            grade=last.grade.value if last.grade else "",
        ), True  # fmt: skip


def _value(points: Points | None, qualification: Qualification) -> Decimal | None:
    return None if points is None else total([points], qualification.system).value


def _larger(known: Piece | None, piece: Piece) -> Piece:
    return piece if known is None or (piece.points or Decimal(0)) > (known.points or Decimal(0)) else known
