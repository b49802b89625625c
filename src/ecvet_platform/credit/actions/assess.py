"""Assess: the hosting institution, or that of a portfolio, says how far outcomes were achieved (step 3)."""

from datetime import date

from django.db import transaction

from ecvet.credit.assessing import assess as decide
from ecvet.credit.assessment import AdditionalOutcome, Assessment, Assessor, Grade, OutcomeResult, Result
from ecvet.credit.basis import home_unit_of
from ecvet.credit.errors import AssessorIsLearner, UnitNotAgreed
from ecvet.credit.lifecycle import Verb
from ecvet.record import Address, Annex, Recorded
from ecvet.terms import Identifier, LangString
from ecvet_platform.credit.actions import casework, learners, reading, sides
from ecvet_platform.credit.actions.keeping import keep
from ecvet_platform.credit.actions.scales import SCALES
from ecvet_platform.institutions.actions import register as institutions
from ecvet_platform.journal import clock
from ecvet_platform.people.roles import Actor


@transaction.atomic
def assess(
    thread: Identifier, *, unit: Identifier, outcomes: tuple[OutcomeResult, ...], methods: tuple[str, ...], place: str,
    on: date, actor: Actor, position: str = "", beside: tuple[Assessor, ...] = (), grade: Grade | None = None,
    evidence: tuple[Annex, ...] = (), additional: tuple[AdditionalOutcome, ...] = (),
    deviations: LangString | None = None, outside_period: LangString | None = None, repeats: Address | None = None,
    self_assessment: tuple[OutcomeResult, ...] = (), remarks: LangString | None = None,
) -> Recorded[Assessment]:  # fmt: skip
    """Assess a unit of an agreement or portfolio. The actor is an assessor; `beside` are further ones.

    `unit` is the unit assessed: the hosting unit where the agreement pairs one, else the home unit itself. After the
    transcript was issued, an assessment is recorded and counts from the next corrected version on.
    Raises `BasisUnknown`, `NotInForce`, `StepNotYours`, `NotYourRole`, and what `ecvet.credit.assessing` refuses.
    """
    ground = sides.ground_for(thread, actor)
    role = sides.require_step(Verb.ASSESS, sides.parties(ground), actor)
    if learners.acts_as(actor, ground.learner):  # R-ASSESS-9 names pseudonyms; this is the person
        raise AssessorIsLearner(name=actor.name)
    home_unit = home_unit_of(ground.basis.value, unit)
    if home_unit is None:
        raise UnitNotAgreed(unit=unit, thing=ground.path.value)
    institution = institutions.institution(ground.hosting)
    draft = Assessment(
        learner=ground.learner, unit=unit, basis=ground.basis.address, institution=institution.id, outcomes=outcomes,
        assessors=(Assessor(id=actor.person, name=actor.name, institution=institution.id, position=position), *beside),
        methods=methods, place=place, on=on, grade=grade, evidence=evidence, additional=additional,
        deviations=deviations, outside_period=outside_period, repeats=repeats, self_assessment=self_assessment,
        remarks=remarks,
    )  # fmt: skip
    made = decide(
        ground.basis, draft, unit=reading.unit(unit), institution=institution, scales=SCALES, on=clock.today(),
        earlier=reading.assessments(ground),
    )  # fmt: skip
    kept = keep(
        made, kind="assessment", verb="credit.assess", actor=actor, learner=ground.learner, on=on, basis=ground.thread,
        unit=home_unit, qualification=ground.qualification, follows=ground.basis.address, annexes=evidence,
    )  # fmt: skip
    case = casework.case_of(ground, home_unit)
    tried = any(one.result is not Result.NOT_ASSESSED for one in outcomes)
    if not casework.was_sent(case):
        casework.take(case, Verb.ASSESS if tried else Verb.NOT_ASSESS, role, assessed=kept.address)
    return kept
