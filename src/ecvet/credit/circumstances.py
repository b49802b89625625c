"""What is unusual about the credit for one unit, told to those who decide and to the learner (spec: workflow, 7.5).

Nothing here decides and nothing stands in anybody's way: it says that one of the edge cases is at hand, with its facts.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from ecvet.credit.assessment import Assessment, Grade
from ecvet.credit.basis import Basis, targeted_outcomes
from ecvet.credit.decision import Extent
from ecvet.credit.recognition import Appeal, Recognition
from ecvet.credit.standing import is_final, of_unit
from ecvet.credit.status import is_complete
from ecvet.credit.transcript import Transcript, TranscriptEntry
from ecvet.credit.validation import Validation
from ecvet.mobility.agreement import LearningAgreement
from ecvet.partnership.institution import CompetentInstitution, Function, may
from ecvet.qualification.qualification import UnitLink
from ecvet.qualification.unit import Unit
from ecvet.record import Address, Recorded
from ecvet.terms import Identifier, Points


class Circumstance(StrEnum):
    """What is unusual."""

    PART = "only a part was achieved"
    HELD_ALREADY = "held already"
    POINTS_DIFFER = "points differ at home and abroad"
    NO_POINTS = "no points, only weights"
    GRADED_ABROAD = "graded on the host's scale"
    FUNCTION_LOST = "the assessing institution has lost the function since"
    CORRECTED_SINCE = "the transcript was corrected after the decision"
    PROMISED = "withheld although the agreement promised it"


CASES: Final[Mapping[Circumstance, int]] = {
    Circumstance.PART: 15,
    Circumstance.HELD_ALREADY: 16,
    Circumstance.POINTS_DIFFER: 17,
    Circumstance.NO_POINTS: 18,
    Circumstance.GRADED_ABROAD: 19,
    Circumstance.FUNCTION_LOST: 20,
    Circumstance.CORRECTED_SINCE: 21,
    Circumstance.PROMISED: 22,
}
"""Which edge case of the list (spec: workflow, 7.5) each belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A circumstance with its facts.

    `outcomes` are ids in the home unit; `home` and `hosting` points; `decision` is the recognition that it is about;
    `until` the last day of appeal, None where no last day runs; `open` whether the learner can still appeal.
    """

    what: Circumstance
    on: date | None = None
    outcomes: frozenset[str] = frozenset()
    home: Points | None = None
    hosting: Points | None = None
    grade: Grade | None = None
    decision: Address | None = None
    until: date | None = None
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known of one unit of a learner towards one qualification.

    `transcripts` are its versions, `entries` what the one that stands says of the unit; `recognitions` are all
    decisions about the learner, `own` the addresses of those on this very basis; `link` is the unit's place in the
    qualification; `assessed_by` the institution that assessed, as the register knows it now.
    """

    basis: Basis
    unit: Unit
    qualification: Identifier
    link: UnitLink | None
    learner: Identifier
    assessments: tuple[Recorded[Assessment], ...] = ()
    transcripts: tuple[Recorded[Transcript], ...] = ()
    entries: tuple[TranscriptEntry, ...] = ()
    validations: tuple[Recorded[Validation], ...] = ()
    recognitions: tuple[Recorded[Recognition], ...] = ()
    own: frozenset[Address] = frozenset()
    appeals: tuple[Recorded[Appeal], ...] = ()
    assessed_by: CompetentInstitution | None = None


def around(known: Surroundings, *, on: date) -> tuple[Noted, ...]:
    """The circumstances of one unit on a day, in the order of the list of edge cases."""
    found = (*_achieved(known), *_held(known), *_points(known), *_assessed(known, on), *_decided(known, on))
    return tuple(sorted(found, key=lambda one: CASES[one.what]))


def _achieved(known: Surroundings) -> Iterator[Noted]:
    """Outcomes of a part are transferred; its points are none, unless a stated policy gives a share (R-CREDIT-6)."""
    own = [one for one in known.entries if one.unit == known.unit.id]
    achieved = frozenset[str]().union(*(one.achieved for one in own))
    if achieved and not is_complete(known.unit, achieved):
        yield Noted(what=Circumstance.PART, outcomes=achieved)
    for one in known.entries:
        if one.grade is not None:
            yield Noted(what=Circumstance.GRADED_ABROAD, grade=one.grade)
            return


def _held(known: Surroundings) -> Iterator[Noted]:
    """The same outcome is not recognised twice towards one qualification, wherever it was learned (R-RECOG-8)."""
    standing = of_unit(known.recognitions, learner=known.learner, unit=known.unit.id, qualification=known.qualification)
    for one in standing:
        both = one.value.outcomes & (targeted_outcomes(known.basis, known.unit.id) or known.unit.outcome_ids)
        if one.address not in known.own and both:
            yield Noted(what=Circumstance.HELD_ALREADY, on=one.value.on, outcomes=both, decision=one.address)


def _points(known: Surroundings) -> Iterator[Noted]:
    """Points are those of home (R-RECOG-3); where there are none, everything else works without them (R-POINTS-1)."""
    if known.link is None or known.link.points is None:
        yield Noted(what=Circumstance.NO_POINTS)
        return
    agreed = known.basis.unit(known.unit.id) if isinstance(known.basis, LearningAgreement) else None
    hosting = agreed.hosting_points if agreed else None
    if hosting is not None and hosting != known.link.points:
        yield Noted(what=Circumstance.POINTS_DIFFER, home=known.link.points, hosting=hosting)


def _assessed(known: Surroundings, on: date) -> Iterator[Noted]:
    """The day of the assessment counts: a function lost later takes nothing away (R-RECOG-14)."""
    if known.assessed_by is None or not known.assessments:
        return
    then = max(one.value.on for one in known.assessments)
    held = may(known.assessed_by, Function.ASSESS, known.qualification, then)
    if held and not may(known.assessed_by, Function.ASSESS, known.qualification, on):
        yield Noted(what=Circumstance.FUNCTION_LOST, on=then)


def _decided(known: Surroundings, on: date) -> Iterator[Noted]:
    """What became of the decision on this basis: the transcript changed since, or it withholds what was promised."""
    last = _last(one for one in known.recognitions if one.address in known.own)
    if last is None:
        return
    if _corrected_since(known, last):
        yield Noted(what=Circumstance.CORRECTED_SINCE, on=last.value.on, decision=last.address)
    promised = isinstance(known.basis, LearningAgreement) and known.basis.will_recognise
    agreed = targeted_outcomes(known.basis, known.unit.id)
    achieved = frozenset[str]().union(
        *(one.achieved if one.unit == known.unit.id else agreed if one.complete else () for one in known.entries)
    )
    withheld = (agreed & achieved) - last.value.outcomes
    if promised and withheld and last.value.extent is not Extent.FULL:
        until = last.value.remedy.appeal_until if last.value.remedy else None
        final = is_final(last, on=on, appeals=known.appeals, recognitions=known.recognitions)
        yield Noted(
            what=Circumstance.PROMISED, on=last.value.on, outcomes=withheld, decision=last.address, until=until,
            open=until is None or not final,
        )  # fmt: skip


def _corrected_since(known: Surroundings, decision: Recorded[Recognition]) -> bool:
    """Whether the version that stands says something else of the unit than the one that was decided on."""
    validation = next((one for one in known.validations if one.address == decision.value.validation), None)
    versions = {one.address: one.value for one in known.transcripts}
    if validation is None or validation.value.transcript not in versions:
        return False
    speaking = {one.unit for one in known.entries} | {known.unit.id}
    seen = [one for one in versions[validation.value.transcript].entries if one.unit in speaking]
    return seen != list(known.entries)


def _last(found: Iterable[Recorded[Recognition]]) -> Recorded[Recognition] | None:
    """The decision that stands at the end: no other has taken its place."""
    known = tuple(found)
    replaced = {one.value.reverses for one in known}
    standing = [one for one in known if one.address not in replaced]
    return max(standing, key=lambda one: (one.value.on, one.address), default=None)
