"""Award: the awarding institution attests the whole qualification, once accumulation says that its rules are met."""

from collections.abc import Iterable
from datetime import date

from ecvet.credit.accumulation.progress import Progress
from ecvet.credit.achievement import Achievement, credit_held
from ecvet.credit.award import Award
from ecvet.credit.deciding import may_decide
from ecvet.credit.decision import Decider
from ecvet.credit.decision_errors import AlreadyAwarded, NotBacked, NotComplete, NotDecided
from ecvet.credit.recognition import Recognition
from ecvet.credit.standing import in_effect
from ecvet.partnership.institution import CompetentInstitution, Function
from ecvet.qualification.qualification import Qualification
from ecvet.record import Address, Recorded
from ecvet.terms import Failure, Identifier, LangString, Points, Success, require


def may_award(
    progress: Progress, *, qualification: Qualification, institution: CompetentInstitution, by: Decider, on: date
) -> Success | Failure:
    """Whether the qualification may be awarded: function held, a person decides (R-RECOG-14), accumulation complete."""
    allowed = may_decide(Function.AWARD, qualification.id, institution=institution, by=by, on=on)
    if not allowed:
        return allowed
    if progress.complete is None:
        return Failure(NotDecided(qualification=qualification.title, why=progress.undecided))
    if not progress.complete:
        return Failure(NotComplete(qualification=qualification.title, missing=progress.missing))
    return Success()


def award(
    progress: Progress, *, learner: Identifier, qualification: Qualification, institution: CompetentInstitution,
    by: Decider, on: date, ground: LangString, recognitions: Iterable[Recorded[Recognition]] = (),
    achievements: Iterable[Recorded[Achievement]] = (), earlier: Iterable[Award] = (),
) -> Award:  # fmt: skip
    """The award, resting on the decisions that back the credit counted in `progress`.

    `earlier` are the learner's awards so far. Raises `NotComplete` with what is missing, `NotDecided`, `NotBacked`,
    `AlreadyAwarded` and what `may_decide` refuses.
    """
    require(may_award(progress, qualification=qualification, institution=institution, by=by, on=on))
    for one in earlier:
        if (one.learner, one.qualification) == (learner, qualification.id):
            raise AlreadyAwarded(qualification=qualification.title, on=one.on)
    standing = [
        one for one in in_effect(recognitions)
        if (one.value.learner, one.value.qualification) == (learner, qualification.id)
    ]  # fmt: skip
    confirmed = [one for one in achievements if one.value.learner == learner and one.value.confirmed]
    units = _counted_units(progress, confirmed, standing, qualification)
    rests_on: set[Address] = {one.address for one in standing if one.value.unit in units}
    rests_on |= {one.address for one in confirmed if one.value.unit in units}
    counted = progress.counted_points
    return Award(
        learner=learner, qualification=qualification.id, title=qualification.title, by=by, on=on, ground=ground,
        recognitions=tuple(sorted(rests_on)), points=None if counted is None else Points(counted, qualification.system),
    )  # fmt: skip


def _counted_units(
    progress: Progress, achievements: list[Recorded[Achievement]], recognitions: list[Recorded[Recognition]],
    qualification: Qualification,
) -> frozenset[Identifier]:  # fmt: skip
    """The units that were counted; each must be backed by a decision on this learner. Raises `NotBacked`."""
    held = credit_held(achievements, recognitions, qualification)
    by_code = {piece.code: piece.unit for piece in (*held.units, *held.other) if piece.code and piece.unit}
    backed = frozenset(piece.unit for piece in (*held.units, *held.other) if piece.unit)
    units, unbacked = set(), set()
    for placement in progress.placements:
        if placement.piece.unit in backed:
            units.add(placement.piece.unit)
            continue
        for code in placement.by or (placement.piece.code,):
            if code in by_code:
                units.add(by_code[code])
            else:
                unbacked.add(code or placement.place)
    if unbacked:
        raise NotBacked(codes=", ".join(sorted(unbacked)))
    return frozenset(unit for unit in units if unit)
