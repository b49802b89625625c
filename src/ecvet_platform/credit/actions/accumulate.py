"""Accumulate and award: what a learner holds, what it makes of a qualification, and the award (steps 7 and 8)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from ecvet.credit.accumulation import Progress, accumulate
from ecvet.credit.achievement import Achievement, PartAchievement, credit_held
from ecvet.credit.assessment import Grade
from ecvet.credit.award import Award
from ecvet.credit.awarding import award as decide
from ecvet.credit.errors import DayInFuture
from ecvet.credit.ledger import Ledger
from ecvet.credit.lifecycle import RecognitionState, Verb
from ecvet.credit.lifecycle import Role as Taking
from ecvet.credit.recognition import Recognition
from ecvet.credit.standing import in_effect, to_be_examined
from ecvet.partnership.institution import Function
from ecvet.qualification.qualification import Qualification
from ecvet.record import Recorded, StepNotYours
from ecvet.saying import say
from ecvet.terms import Identifier, LangString, Points, require
from ecvet_platform.credit.actions import booking, casework, learners, reading
from ecvet_platform.credit.actions.access import look_at
from ecvet_platform.credit.actions.keeping import decider, keep
from ecvet_platform.credit.store import cases, facts
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import clock
from ecvet_platform.people.roles import Actor, Role, has_one_of
from ecvet_platform.qualifications import actions as qualifications


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a learner stands towards a qualification, with the decisions that it follows from."""

    learner: Identifier
    qualification: Recorded[Qualification]
    progress: Progress
    recognitions: tuple[Recorded[Recognition], ...]
    achievements: tuple[Recorded[Achievement], ...]
    ledger: Ledger
    awards: tuple[Recorded[Award], ...]
    may_award: bool


def progress(learner: Identifier, qualification: Identifier, *, actor: Actor) -> Standing:
    """What a learner holds and what it makes of a qualification; reading it decides and writes nothing.

    For the learner, the home institution, and the institutions that may recognise or award the qualification.
    Raises `CreditUnknown` for everybody else, `QualificationUnknown`.
    """
    look_at(learner, qualification, actor)
    wanted = qualifications.qualification(qualification)
    recognitions, achievements = reading.recognitions(learner), reading.achievements(learner)
    awards = tuple(one for one in _awards(learner) if one.value.qualification == qualification)
    held = credit_held(achievements, recognitions, wanted.value)
    found = accumulate(wanted.value, held, on=clock.today())
    return Standing(
        learner=learner, qualification=wanted, progress=found, recognitions=in_effect(recognitions),
        achievements=achievements, ledger=booking.of_learner(learner), awards=awards,
        may_award=bool(found.complete) and not awards and _may_award(actor, qualification),
    )  # fmt: skip


@transaction.atomic
def award(
    learner: Identifier, qualification: Identifier, *, ground: LangString, actor: Actor, position: str = ""
) -> Recorded[Award]:
    """Award the qualification, if accumulation says that it is complete.

    Raises `CreditUnknown`, `NotYourRole`, `NotComplete`, `NotDecided`, `AlreadyAwarded`, `FunctionNotHeld`.
    """
    found = progress(learner, qualification, actor=actor)
    require(has_one_of(actor, Role.COMPETENT_INSTITUTION))
    by = decider(actor, position)
    made = decide(
        found.progress, learner=learner, qualification=found.qualification.value,
        institution=institutions.institution(by.institution), by=by, on=clock.today(), ground=ground,
        recognitions=reading.recognitions(learner), achievements=found.achievements,
        earlier=[one.value for one in found.awards],
    )  # fmt: skip
    kept = keep(
        made, kind="award", verb="credit.award", actor=actor, learner=learner, on=made.on, qualification=qualification,
        detail={"points": made.points},
    )  # fmt: skip
    for case in cases.of_learner(learner):
        complete = casework.recognition_state(case) is RecognitionState.COMPLETE
        if complete and case.qualification == qualification and case.recognised in made.recognitions:
            casework.take(case, Verb.AWARD, Taking.AWARDING)
    return kept


@transaction.atomic
def enter_achievement(
    learner: Identifier, *, unit: Identifier, qualification: Identifier, actor: Actor, confirmed: bool = True,
    code: str = "", points: Points | None = None, grade: Grade | None = None,
    parts: tuple[PartAchievement, ...] = (), sort: str = "", on: date | None = None,
) -> Recorded[Achievement]:  # fmt: skip
    """Enter a unit that a learner passed at home in the ordinary way, `on` a day, today without one.

    For the coordinator of the home institution. Raises `CreditUnknown`, `StepNotYours`, `NotYourRole`, `UnitUnknown`,
    `QualificationUnknown`, `DayInFuture`.
    """
    look_at(learner, qualification, actor)
    if actor.institution is None or actor.institution != learners.home_of(learner):
        raise StepNotYours(verb="enter", whose="home", role=say("another institution"), thing="achievement")
    require(has_one_of(actor, Role.COORDINATOR))
    reading.qualification(qualification)
    if not sort:
        reading.unit(unit)
    passed, today = on or clock.today(), clock.today()
    if passed > today:
        raise DayInFuture(day=passed, on=today)
    made = Achievement(
        learner=learner, unit=unit, qualification=qualification, institution=actor.institution, on=passed,
        confirmed=confirmed, code=code, points=points, grade=grade, parts=parts, sort=sort,
    )  # fmt: skip
    return keep(
        made, kind="achievement", verb="credit.enter-achievement", actor=actor, learner=learner, on=made.on, unit=unit,
        qualification=qualification,
    )  # fmt: skip


def remaining(learner: Identifier, unit: Identifier, qualification: Identifier, *, actor: Actor) -> frozenset[str]:
    """The outcomes of a unit that remain to be examined (R-NFIL-5, R-RECOG-11). Raises as `progress`."""
    look_at(learner, qualification, actor)
    known = reading.recognitions(learner)
    return to_be_examined(reading.unit(unit), known, learner=learner, qualification=qualification)


def _may_award(actor: Actor, qualification: Identifier) -> bool:
    own = actor.institution
    return (
        own is not None
        and Role.COMPETENT_INSTITUTION in actor.roles
        and bool(institutions.may_do(own, Function.AWARD, qualification, clock.today()))
    )


def _awards(learner: Identifier) -> tuple[Recorded[Award], ...]:
    return reading.values(facts.of_learner(learner, "award"), Award)
