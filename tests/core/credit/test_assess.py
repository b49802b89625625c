"""Assessment: who may assess what, when, and how (R-ASSESS-2 … 13)."""

from datetime import date

import pytest

from core.credit.cast import (
    AGREEMENT,
    ALBA,
    BROKER,
    CHLOE,
    COLOUR,
    COUPE,
    CUT,
    CUTTING,
    DONE,
    ERIK,
    FAILED,
    HAIR,
    HOME,
    HOST,
    HOST_UNIT,
    LYON,
    PORTFOLIO,
    SENT,
    SKIPPED,
    TEN,
    TESTED,
    TURIN,
    TUTOR,
    TWENTY,
    agreed,
    agreement,
    assessed,
    changed,
    draft,
    id_,
    institution,
    portfolio,
    recorded,
    results,
    unit,
)
from ecvet.credit import (
    Assessor,
    Grade,
    OutcomeResult,
    Result,
    assess,
    may_assess,
)
from ecvet.credit.errors import (
    AnotherBasis,
    AnotherLearner,
    AssessorIsLearner,
    BasisIncomplete,
    DayInFuture,
    GradeContradictsResults,
    GradeNotOnScale,
    IntermediaryAssesses,
    NoAssessor,
    NothingAssessed,
    NotTheHost,
    OutcomeNotAgreed,
    OutcomeTwice,
    OutcomeUnknown,
    ReasonMissing,
    RepeatsUnknown,
    ScaleUnknown,
    UnitNotAgreed,
)
from ecvet.mobility.agreement import Party, Role
from ecvet.partnership.institution import Function, FunctionNotHeld
from ecvet.terms import Failure, Period


@pytest.mark.rule("R-ASSESS-2")
def test_only_the_host_assesses_in_a_mobility() -> None:
    with pytest.raises(NotTheHost):
        assess(AGREEMENT, draft(), unit=CUTTING, institution=HOME, on=SENT)
    with pytest.raises(NotTheHost):
        assess(AGREEMENT, draft(institution=TURIN), unit=CUTTING, institution=HOST, on=SENT)
    assert assess(AGREEMENT, draft(), unit=CUTTING, institution=HOST, on=SENT) == draft()


def test_a_unit_outside_the_agreement_cannot_be_assessed() -> None:
    with pytest.raises(UnitNotAgreed, match="not part of the learning agreement") as refused:
        assess(AGREEMENT, draft(unit=COLOUR), unit=unit(COLOUR, "colour", "mixes"), institution=HOST, on=SENT)
    assert refused.value.code == "credit.assess.unit-not-agreed"
    answer = may_assess(PORTFOLIO, COLOUR, institution=HOME, on=TESTED)
    assert isinstance(answer, Failure)
    assert "portfolio" in str(answer.reason)


@pytest.mark.rule("R-CREDIT-5")
def test_of_a_part_of_a_unit_only_the_outcomes_named_in_the_agreement_can_be_assessed() -> None:
    part = recorded(agreement(agreed(outcomes=("measures",), part=True)))
    assert assessed(part, outcomes=results(measures=DONE)).value.achieved == {"measures"}
    with pytest.raises(OutcomeNotAgreed, match="does not target cuts"):
        assessed(part, outcomes=results(measures=DONE, cuts=DONE))


def test_home_unit_and_hosting_unit_can_differ_and_the_hosting_unit_is_assessed_as_a_whole() -> None:
    paired = recorded(agreement(agreed(hosting_unit=COUPE)))
    assert assessed(paired, HOST_UNIT, outcomes=results(mesurer=DONE, couper=DONE)).value.achieved == {
        "mesurer",
        "couper",
    }


@pytest.mark.rule("R-ASSESS-9")
def test_a_learner_is_never_their_own_assessor() -> None:
    herself = Assessor(id=ALBA, name="Alba", institution=LYON)
    with pytest.raises(AssessorIsLearner, match="Alba"):
        assessed(assessors=(CHLOE, herself))


@pytest.mark.rule("R-ASSESS-9")
def test_a_self_assessment_is_evidence_and_yields_no_credit() -> None:
    made = assessed(outcomes=results(measures=DONE, cuts=FAILED), self_assessment=results(measures=DONE, cuts=DONE))
    assert made.value.achieved == {"measures"}


def test_an_intermediary_signs_but_does_not_assess() -> None:
    """Edge case 13."""
    organised = agreement()
    organised = changed(organised, parties=(*organised.parties, Party(role=Role.INTERMEDIARY, id=BROKER)))
    clerk = Assessor(id=id_("people/clerk"), name="Clerk", institution=BROKER)
    with pytest.raises(IntermediaryAssesses, match="Clerk"):
        assessed(recorded(organised), assessors=(CHLOE, clerk))


def test_a_school_assesses_practice_in_a_company_together_with_its_tutor_but_not_without_an_assessor_of_its_own() -> (
    None
):
    """Edge case 14."""
    assert assessed(assessors=(CHLOE, TUTOR)).value.assessors == (CHLOE, TUTOR)
    with pytest.raises(NoAssessor):
        assessed(assessors=(TUTOR,))


def test_an_assessment_needs_the_function_on_its_own_day_and_a_later_loss_takes_nothing_away() -> None:
    """Edge case 20."""
    until_june = institution(LYON, Function.ASSESS, valid=Period(date(2024, 1, 1), TESTED))
    assert assess(AGREEMENT, draft(), unit=CUTTING, institution=until_june, on=SENT)
    with pytest.raises(FunctionNotHeld):
        assess(AGREEMENT, draft(on=date(2024, 6, 21)), unit=CUTTING, institution=until_june, on=SENT)
    elsewhere = institution(LYON, Function.ASSESS, only=(id_("qualifications/baker/1"),))
    assert not may_assess(AGREEMENT, CUT, institution=elsewhere, on=TESTED)
    assert may_assess(AGREEMENT, CUT, institution=institution(LYON, Function.ASSESS, only=(HAIR,)), on=TESTED)


def test_an_assessment_rests_on_the_version_given_and_is_about_its_learner() -> None:
    with pytest.raises(AnotherBasis):
        assess(
            AGREEMENT, draft(basis=PORTFOLIO, learner=ALBA, institution=LYON), unit=CUTTING, institution=HOST, on=SENT
        )
    with pytest.raises(AnotherLearner):
        assessed(learner=ERIK)
    without_learner = agreement()
    without_learner = changed(without_learner, parties=without_learner.parties[:2])
    with pytest.raises(BasisIncomplete, match="learner"):
        assessed(recorded(without_learner))


def test_nothing_is_assessed_in_the_future() -> None:
    with pytest.raises(DayInFuture):
        assess(AGREEMENT, draft(on=date(2024, 6, 27)), unit=CUTTING, institution=HOST, on=TESTED)


def test_each_outcome_of_exactly_this_unit_has_one_result() -> None:
    with pytest.raises(NothingAssessed):
        assessed(outcomes=())
    with pytest.raises(OutcomeUnknown, match="sings"):
        assessed(outcomes=results(sings=DONE))
    with pytest.raises(OutcomeTwice, match="cuts"):
        assessed(outcomes=(*results(cuts=DONE), *results(cuts=FAILED)))
    with pytest.raises(OutcomeUnknown):
        assess(AGREEMENT, draft(), unit=HOST_UNIT, institution=HOST, on=SENT)


@pytest.mark.rule("R-ASSESS-6")
def test_a_record_says_passed_or_not_and_needs_no_grade() -> None:
    made = assessed(outcomes=results(measures=DONE, cuts=FAILED)).value
    assert [one.result.is_positive for one in made.outcomes] == [True, False]
    assert made.grade is None


@pytest.mark.rule("R-ASSESS-11")
def test_a_grade_stands_on_a_known_scale_and_within_it() -> None:
    assert assessed(grade=Grade(scale=TEN.id, value="8")).value.grade == Grade(scale=TEN.id, value="8")
    with pytest.raises(ScaleUnknown):
        assessed(grade=Grade(scale=id_("scales/stars"), value="5"))
    with pytest.raises(GradeNotOnScale) as refused:
        assessed(grade=Grade(scale=TEN.id, value="11"))
    assert "10" in refused.value.what_to_do


@pytest.mark.rule("R-ASSESS-10")
def test_a_failed_assessment_yields_no_credit() -> None:
    assert assessed(outcomes=results(measures=FAILED, cuts=Result.PARTLY)).value.achieved == frozenset()
    with pytest.raises(GradeContradictsResults):
        assessed(grade=Grade(scale=TEN.id, value="5"))
    with pytest.raises(GradeContradictsResults):
        assessed(outcomes=results(measures=FAILED), grade=Grade(scale=TEN.id, value="6"))
    assert assessed(outcomes=results(measures=FAILED), grade=Grade(scale=TWENTY.id, value="8"))


@pytest.mark.rule("R-ASSESS-10")
def test_a_reassessment_is_a_new_record_that_names_the_old_one() -> None:
    first = assessed(outcomes=results(cuts=FAILED))
    second = assessed(outcomes=results(cuts=DONE), on=date(2024, 6, 25), repeats=first.address, earlier=(first,))
    assert second.value.repeats == first.address
    assert first.value.achieved == frozenset()
    with pytest.raises(RepeatsUnknown):
        assessed(repeats=first.address)


@pytest.mark.rule("R-ASSESS-12")
@pytest.mark.parametrize("result", [FAILED, SKIPPED])
def test_a_negative_result_needs_its_reason(result: Result) -> None:
    with pytest.raises(ReasonMissing, match="cuts"):
        assessed(outcomes=(OutcomeResult(outcome="cuts", result=result, reason="  "),))


@pytest.mark.rule("R-NFIL-6")
def test_a_portfolio_is_assessed_without_host_agreement_or_memorandum() -> None:
    made = assessed(PORTFOLIO).value
    assert (made.institution, made.achieved) == (TURIN, {"measures", "cuts"})
    with pytest.raises(OutcomeNotAgreed, match="portfolio"):
        assessed(recorded(portfolio("measures")))


def test_after_a_force_majeure_each_outcome_has_its_own_result_and_what_was_done_is_kept() -> None:
    """Edge case 30: the region closes in mid-stay; a part was assessed, the rest was not, and the reason says why."""
    closed = OutcomeResult(outcome="cuts", result=SKIPPED, reason="The region was closed on 12 June")
    made = assessed(outcomes=(*results(measures=DONE), closed)).value
    assert made.achieved == {"measures"}
    assert [one.reason for one in made.outcomes] == ["", "The region was closed on 12 June"]
