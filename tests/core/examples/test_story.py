"""The plan of the story: what it intends is what the rules answer when somebody walks through it."""

from datetime import date
from typing import TypeVar

import pytest

from ecvet.credit import (
    Appeal,
    Assessment,
    Assessor,
    Decider,
    Extent,
    Recognition,
    Transcript,
    Validation,
    accumulate,
    appeal,
    assess,
    award,
    certify,
    credit_held,
    document,
    identify,
    proposed_comparison,
    recognise,
    refuse,
    transfer,
    validate,
)
from ecvet.examples import CLAY_PLASTERING, qualification, units
from ecvet.examples.cast import (
    ALBA,
    BOARD,
    BRUNO,
    CHLOE,
    CLAY_SCHOOL,
    COLLEGE,
    DIMITRA,
    FARID,
    GEORG,
    INSTITUTE,
    INSTITUTIONS,
    LEARNERS,
    LIISA,
    ONNI,
    Figure,
)
from ecvet.examples.plan import Mobility, holding
from ecvet.examples.story import (
    ALBA_AT_HOME,
    ALBA_IN_MALTA,
    AT_HOME,
    FARID_FROM_WORK,
    LIISA_AT_HOME,
    LIISA_IN_MALTA,
    MEMORANDUM,
    MEMORANDUM_PROPOSED,
    MEMORANDUM_SIGNED,
    MOBILITIES,
    ONNI_AT_HOME,
    ONNI_IN_MALTA,
    PUBLISHED,
    RECOGNISED_IN_FULL,
)
from ecvet.mobility import LearningAgreement, propose
from ecvet.partnership import findings
from ecvet.record import Recorded, address_of, canonical, plain
from ecvet.terms import Points

T = TypeVar("T")


def recorded(value: T) -> Recorded[T]:
    return Recorded(value, address_of(canonical(plain(value))))


def decider(who: Figure) -> Decider:
    return Decider(institution=who.institution, person=who.id, name=who.name, position=who.position)


def assessor(who: Figure) -> Assessor:
    return Assessor(id=who.id, name=who.name, institution=who.institution, position=who.position)


def agreed(plan: Mobility) -> Recorded[LearningAgreement]:
    return recorded(plan.agreement(recorded(MEMORANDUM).address))


def transcript(plan: Mobility) -> Recorded[Transcript]:
    basis = agreed(plan)
    draft = Assessment(
        learner=plan.learner.learner.id, unit=plan.unit.id, basis=basis.address, institution=INSTITUTE.id,
        outcomes=plan.results, assessors=(assessor(CHLOE),), methods=plan.methods, place=plan.place, on=plan.assessed,
    )  # fmt: skip
    made = recorded(assess(basis, draft, unit=plan.unit, institution=INSTITUTE, on=plan.transferred))
    return recorded(transfer([made], basis, units=[plan.unit], issuer=INSTITUTE))


def validated(plan: Mobility) -> Recorded[Validation]:
    sent, basis = transcript(plan), agreed(plan)
    return recorded(
        validate(
            sent, basis, unit=plan.unit, comparison=proposed_comparison(sent.value, basis.value, plan.unit),
            by=decider(BRUNO), institution=COLLEGE, on=plan.validated, ground=plan.validation_ground,
            reasons=plan.reasons,
        )
    )  # fmt: skip


def recognised(plan: Mobility) -> Recorded[Recognition]:
    return recorded(
        recognise(
            validated(plan), qualification=qualification(plan.learner.example)[0], unit=plan.unit, institution=BOARD,
            by=decider(DIMITRA), on=plan.recognised, ground=plan.recognition_ground, reasons=plan.reasons,
            remedy=plan.remedy,
        )
    )  # fmt: skip


def test_the_memorandum_can_come_into_force_without_a_finding() -> None:
    assert findings(MEMORANDUM, {one.id: one for one in INSTITUTIONS}) == ()
    assert MEMORANDUM.valid
    assert MEMORANDUM_PROPOSED <= MEMORANDUM_SIGNED
    assert MEMORANDUM_SIGNED in MEMORANDUM.valid


@pytest.mark.parametrize("plan", MOBILITIES, ids=lambda plan: plan.learner.figure.name)
def test_an_agreement_of_the_plan_can_be_proposed_without_a_finding(plan: Mobility) -> None:
    towards, described = qualification(plan.learner.example)
    answer = propose(
        agreed(plan).value, memorandum=recorded(MEMORANDUM), units={one.id: one for one in described},
        qualification=towards, achieved={}, learner=plan.learner.learner, adult_age=18, on=plan.proposed,
    )  # fmt: skip
    assert answer.findings == ()
    assert answer.may


@pytest.mark.parametrize("plan", MOBILITIES, ids=lambda plan: plan.learner.figure.name)
def test_the_days_of_a_plan_follow_each_other(plan: Mobility) -> None:
    end = plan.period.end
    assert end is not None
    assert MEMORANDUM_SIGNED < plan.proposed < plan.signed < plan.period.start < plan.assessed <= end
    assert end < plan.transferred <= plan.validated <= plan.recognised
    if plan.dispute is not None:
        until = plan.dispute.remedy.appeal_until
        assert until is not None
        assert plan.recognised <= plan.dispute.appealed <= until
        assert plan.dispute.appealed < plan.dispute.answered


def test_units_at_home_are_passed_after_the_learner_came_and_before_the_stay() -> None:
    stays = {one.learner: one.period.start for one in MOBILITIES}
    for learner, done in AT_HOME:
        assert learner.since >= PUBLISHED
        assert all(learner.since < one.on < stays[learner] for one in done)


def test_alba_stays_ten_weeks_and_is_recognised_in_full_with_the_points_of_home() -> None:
    assert ALBA_IN_MALTA.period.weeks == 10
    decision = recognised(ALBA_IN_MALTA).value
    assert (decision.extent, decision.points) == (Extent.FULL, Points.of(35, "fi-osp"))


def test_albas_qualification_is_complete_with_the_recognition_and_can_be_awarded() -> None:
    towards, _ = qualification(ALBA.example)
    own = [recorded(one.achievement(ALBA)) for one in ALBA_AT_HOME]
    before = accumulate(towards, credit_held(own, [], towards))
    assert (before.complete, before.counted_points) == (False, 145)
    decision = recognised(ALBA_IN_MALTA)
    progress = accumulate(towards, credit_held(own, [decision], towards))
    assert (progress.complete, progress.counted_points) == (True, 180)
    assert ALBA_IN_MALTA.awarded
    assert ALBA_IN_MALTA.award_ground
    made = award(
        progress, learner=ALBA.learner.id, qualification=towards, institution=BOARD, by=decider(DIMITRA),
        on=ALBA_IN_MALTA.awarded, ground=ALBA_IN_MALTA.award_ground, recognitions=[decision], achievements=own,
    )  # fmt: skip
    assert made.points == Points.of(180, "fi-osp")
    assert decision.address in made.recognitions


def test_onni_is_recognised_in_part_and_stays_incomplete() -> None:
    towards, _ = qualification(ONNI.example)
    decision = recognised(ONNI_IN_MALTA)
    assert decision.value.extent is Extent.PARTIAL
    assert ONNI_IN_MALTA.unit.outcome_ids - decision.value.outcomes == {"C1"}
    own = [recorded(one.achievement(ONNI)) for one in ONNI_AT_HOME]
    progress = accumulate(towards, credit_held(own, [decision], towards))
    assert (progress.complete, progress.counted_points) == (False, 35)


def test_liisa_is_refused_with_a_reason_appeals_and_is_recognised() -> None:
    plan, (towards, _) = LIISA_IN_MALTA, qualification(LIISA.example)
    dispute, positive = plan.dispute, validated(plan)
    assert dispute is not None
    refused = recorded(
        refuse(
            positive, qualification=towards, unit=plan.unit, institution=BOARD, by=decider(DIMITRA), on=plan.recognised,
            ground=plan.recognition_ground, reasons=dispute.reasons, remedy=dispute.remedy,
        )
    )  # fmt: skip
    assert positive.value.extent is Extent.FULL
    assert refused.value.extent is Extent.NONE
    lodged: Recorded[Appeal] = recorded(appeal(refused, text=dispute.appeal, by=LIISA.learner.id, on=dispute.appealed))
    changed = recorded(
        recognise(
            positive, qualification=towards, unit=plan.unit, institution=BOARD, by=decider(DIMITRA),
            on=dispute.answered, ground=dispute.answer, earlier=[refused], appeal=lodged,
        )
    )  # fmt: skip
    assert (changed.value.extent, changed.value.points) == (Extent.FULL, Points.of(30, "fi-osp"))
    assert changed.value.reverses == refused.address
    own = [recorded(one.achievement(LIISA)) for one in LIISA_AT_HOME]
    progress = accumulate(towards, credit_held(own, [refused, changed], towards))
    assert (progress.complete, progress.counted_points) == (False, 47)


def test_farid_is_certified_for_three_units_and_a_part_of_the_fourth() -> None:
    plan, (towards, _) = FARID_FROM_WORK, qualification(CLAY_PLASTERING)
    first = recorded(identify(
        FARID.learner.id, institution=CLAY_SCHOOL, qualification=towards.id, claims=plan.claims, by=GEORG.name,
        on=plan.identified, procedure=plan.procedure, experience=plan.experience,
    ))  # fmt: skip
    basis = recorded(document(
        FARID.learner.id, institution=CLAY_SCHOOL, qualification=towards.id, claims=plan.claims, on=plan.documented,
        procedure=None, experience=plan.experience, after=first,
    ))  # fmt: skip
    clay = units(CLAY_PLASTERING)
    made = [
        recorded(assess(basis, Assessment(
            learner=FARID.learner.id, unit=clay[code].id, basis=basis.address, institution=CLAY_SCHOOL.id,
            outcomes=results, assessors=(assessor(GEORG),), methods=plan.methods, place=plan.place, on=plan.assessed,
        ), unit=clay[code], institution=CLAY_SCHOOL, on=plan.transferred))
        for code, results in plan.results.items()
    ]  # fmt: skip
    sent = recorded(transfer(made, basis, units=clay.values(), issuer=CLAY_SCHOOL, links=towards.units))
    found = {
        code: certify(
            sent, basis, unit=clay[code], qualification=towards, by=decider(GEORG), institution=CLAY_SCHOOL,
            comparison=proposed_comparison(sent.value, basis.value, clay[code]), on=plan.certified, ground=plan.ground,
            recorded=recorded, explanation=plan.explanation,
        )
        for code in plan.results
    }  # fmt: skip
    assert {code: one.extent for code, one in found.items()} == {
        "1": Extent.FULL, "2": Extent.FULL, "3": Extent.FULL, "4": Extent.PARTIAL,
    }  # fmt: skip
    assert found["4"].remaining == {"C1"}
    decisions = [recorded(one.recognition) for one in found.values()]
    progress = accumulate(towards, credit_held([], decisions, towards))
    assert (progress.complete, progress.counted_points) == (False, 27)


@pytest.mark.parametrize(("learner", "complete", "points"), [
    (ALBA, True, 180), (ONNI, False, 35), (LIISA, False, 47), (FARID, False, 27),
], ids=lambda one: getattr(getattr(one, "figure", one), "name", None))  # fmt: skip
def test_the_holdings_that_the_plan_intends_give_the_intended_verdicts(
    learner: object, complete: bool, points: int
) -> None:
    one = next(each for each in LEARNERS if each is learner)
    held = holding(one, dict(AT_HOME).get(one, ()), dict(RECOGNISED_IN_FULL)[one])
    progress = accumulate(qualification(one.example)[0], held, on=date(2025, 6, 1))
    assert (progress.complete, progress.counted_points) == (complete, points)
