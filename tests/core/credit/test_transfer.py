"""The transcript: what it lists, who receives it, how it is corrected (R-TRANS-1 … 4, R-CREDIT-2)."""

from datetime import date
from itertools import permutations

import pytest

from core.credit.cast import (
    AGREEMENT,
    ALBA,
    CHAMBER,
    COUPE,
    CUT,
    CUTTING,
    DONE,
    ERIK,
    FAILED,
    HAIR,
    HAIRDRESSER,
    HOME,
    HOST,
    HOST_UNIT,
    LYON,
    PORTFOLIO,
    SENT,
    SKIPPED,
    STAY,
    TEN,
    TESTED,
    TURIN,
    agreed,
    agreement,
    assessed,
    changed,
    draft,
    institution,
    recorded,
    results,
    text,
    transcript,
)
from ecvet.credit import AdditionalOutcome, Grade, PassRule, Recipient, Result, Transcript, correct, hand_over, transfer
from ecvet.credit.errors import (
    AnotherBasis,
    AnotherLearner,
    CorrectionWithoutChange,
    NothingAssessed,
    NotTheHost,
    UnitUndescribed,
)
from ecvet.partnership.institution import Function, FunctionNotHeld
from ecvet.record import plain, value
from ecvet.terms import EQFLevel, Period, Points


@pytest.mark.rule("R-TRANS-1", "R-CREDIT-2")
def test_a_transcript_lists_outcomes_units_and_points() -> None:
    made = transcript().value
    (entry,) = made.entries
    assert (entry.unit, entry.achieved, entry.complete, entry.points) == (
        CUT,
        {"measures", "cuts"},
        True,
        Points.of(10),
    )
    assert (made.learner, made.issuer, made.home, made.qualification) == (ALBA, LYON, TURIN, HAIR)
    assert (made.period, made.eqf) == (STAY, EQFLevel(3))


@pytest.mark.rule("R-CREDIT-2")
def test_only_the_assessing_institution_issues_the_transcript() -> None:
    with pytest.raises(NotTheHost):
        transfer((assessed(),), AGREEMENT, units=(CUTTING,), issuer=HOME)


def test_a_host_that_lost_its_function_after_the_assessment_still_documents_it() -> None:
    """Edge case 20."""
    once = institution(LYON, Function.ASSESS, valid=Period(date(2024, 1, 1), TESTED))
    assert transfer((assessed(),), AGREEMENT, units=(CUTTING,), issuer=once).entries
    never = institution(LYON, Function.ASSESS, valid=Period(date(2024, 1, 1), date(2024, 6, 1)))
    with pytest.raises(FunctionNotHeld):
        transfer((assessed(),), AGREEMENT, units=(CUTTING,), issuer=never)


@pytest.mark.rule("R-ASSESS-1")
def test_without_an_assessment_there_is_nothing_to_transfer() -> None:
    with pytest.raises(NothingAssessed):
        transfer((), AGREEMENT, units=(CUTTING,), issuer=HOST)


def test_records_of_another_learner_another_version_or_an_undescribed_unit_do_not_enter() -> None:
    with pytest.raises(AnotherLearner):
        transfer((recorded(draft(learner=ERIK)),), AGREEMENT, units=(CUTTING,), issuer=HOST)
    old = recorded(agreement(programme="first version"))
    with pytest.raises(AnotherBasis):
        transfer((assessed(old),), AGREEMENT, units=(CUTTING,), issuer=HOST)
    with pytest.raises(UnitUndescribed):
        transfer((assessed(),), AGREEMENT, units=(HOST_UNIT,), issuer=HOST)


def test_an_assessment_may_rest_on_an_earlier_version_of_the_agreement() -> None:
    old = recorded(agreement(programme="first version"))
    made = transfer(
        (assessed(old),), AGREEMENT, units=(CUTTING,), issuer=HOST, earlier_versions=frozenset({old.address})
    )
    assert made.basis == AGREEMENT.address


@pytest.mark.rule("R-ASSESS-5")
def test_several_assessments_make_one_entry_in_whatever_order_they_come() -> None:
    parts = (
        assessed(outcomes=results(measures=DONE)),
        assessed(outcomes=results(cuts=FAILED), on=date(2024, 6, 21)),
        assessed(outcomes=results(cuts=Result.EXCEEDED), on=date(2024, 6, 22), grade=Grade(scale=TEN.id, value="9")),
        assessed(outcomes=results(measures=SKIPPED), on=date(2024, 6, 23)),
    )
    made = {transcript(*order) for order in permutations(parts)}
    assert len(made) == 1
    (entry,) = made.pop().value.entries
    assert [(one.outcome, one.result) for one in entry.outcomes] == [("measures", DONE), ("cuts", Result.EXCEEDED)]
    assert entry.grade == Grade(scale=TEN.id, value="9")
    assert set(entry.assessments) == {one.address for one in parts}


@pytest.mark.rule("R-ASSESS-10")
def test_a_failed_second_attempt_takes_nothing_away() -> None:
    first, second = assessed(), assessed(outcomes=results(cuts=FAILED), on=date(2024, 6, 25))
    assert transcript(first, second).value.entries[0].achieved == {"measures", "cuts"}


def test_an_unfinished_unit_is_shown_with_its_outcomes_and_without_points() -> None:
    """Edge case 15: outcomes transfer, points do not."""
    (entry,) = transcript(assessed(outcomes=results(measures=DONE, cuts=FAILED))).value.entries
    assert (entry.achieved, entry.complete, entry.points) == ({"measures"}, False, Points.of(0))


def test_a_unit_may_have_its_own_pass_rule_in_the_transcript() -> None:
    one = assessed(outcomes=results(measures=DONE))
    assert transcript(one, rules={CUT: PassRule(at_least=1)}).value.entries[0].complete


def test_the_transcript_shows_the_points_of_the_host_beside_another_weight_at_home() -> None:
    """Edge case 17: home 10, host 7, and a home unit that the host does not have."""
    paired = recorded(agreement(agreed(hosting_unit=COUPE, hosting_points=Points.of(7))))
    made = assessed(paired, HOST_UNIT, outcomes=results(mesurer=DONE, couper=DONE))
    assert transcript(made, basis=paired).value.entries[0].points == Points.of(7)
    plain_one = recorded(agreement(agreed(hosting_unit=COUPE)))
    made = assessed(plain_one, HOST_UNIT, outcomes=results(mesurer=DONE, couper=DONE))
    assert transcript(made, basis=plain_one).value.entries[0].points == Points.of(10)


def test_a_qualification_without_points_gives_a_transcript_without_points() -> None:
    """Edge case 18."""
    bare = recorded(agreement(agreed(home_points=None)))
    assert transcript(basis=bare).value.entries[0].points is None
    assert transcript(basis=PORTFOLIO, links=()).value.entries[0].points is None
    assert transcript(basis=PORTFOLIO, links=HAIRDRESSER.units).value.entries[0].points == Points.of(10)


def test_deviations_and_additional_outcomes_travel_with_the_transcript() -> None:
    made = assessed(deviations=text("By interview"), additional=(AdditionalOutcome(text=text("Greets in French")),))
    document = transcript(made).value
    assert (document.deviations, document.additional) == ((text("By interview"),), (text("Greets in French"),))


@pytest.mark.rule("R-TRANS-2")
def test_a_transcript_is_a_value_that_any_form_can_show() -> None:
    made = transcript().value
    assert value(Transcript, plain(made)) == made


@pytest.mark.rule("R-TRANS-3")
def test_the_transcript_goes_to_the_learner_or_directly_to_home() -> None:
    made = transcript()
    assert hand_over(made, Recipient.LEARNER, on=SENT).to == ALBA
    assert hand_over(made, Recipient.HOME, on=SENT).to == TURIN
    assert {hand_over(made, one, on=SENT).transcript for one in Recipient} == {made.address}


@pytest.mark.rule("R-TRANS-4")
def test_a_correction_is_a_new_version_with_its_reason_and_the_old_one_stays() -> None:
    wrong = transcript()
    right = correct(wrong, (assessed(outcomes=results(measures=DONE)),), AGREEMENT, units=(CUTTING,), issuer=HOST,
                    links=HAIRDRESSER.units, reason=text("Mixed up two learners"))  # fmt: skip
    assert (right.corrects, right.reason) == (wrong.address, text("Mixed up two learners"))
    assert right.entries[0].achieved == {"measures"}
    assert wrong.value.entries[0].achieved == {"measures", "cuts"}
    with pytest.raises(AttributeError):
        wrong.value.issuer = CHAMBER  # type: ignore[misc]


@pytest.mark.rule("R-TRANS-4")
def test_a_correction_that_changes_nothing_is_refused() -> None:
    made = transcript()
    with pytest.raises(CorrectionWithoutChange):
        correct(
            made, (assessed(),), AGREEMENT, units=(CUTTING,), issuer=HOST, links=HAIRDRESSER.units, reason=text("?")
        )


def test_points_of_two_credit_systems_stand_side_by_side_and_are_never_summed() -> None:
    other = changed(HAIRDRESSER.units[0], points=Points.of(10, "fi-osp"))
    assert transcript(links=(other,)).value.entries[0].points == Points.of(10, "fi-osp")
    assert not hasattr(transcript().value, "points")


def test_a_transcript_is_asked_for_the_entry_of_a_unit() -> None:
    made = transcript().value
    assert made.entry(CUT) == made.entries[0]
    assert made.entry(COUPE) is None
