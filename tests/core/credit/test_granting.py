"""The points of a recognition: those of home, unless a stated method or policy says otherwise (R-RECOG-3, 4, 6)."""

from datetime import date
from decimal import Decimal

import pytest

from core.credit.cast import (
    COUPE,
    CUT,
    DONE,
    HAIRDRESSER,
    HOST_UNIT,
    NO,
    NOT_OURS,
    TURIN,
    YES,
    agreed,
    agreement,
    assessed,
    changed,
    compared,
    half,
    id_,
    qualification,
    recognised,
    recorded,
    results,
    text,
    transcript,
    validated,
)
from ecvet.credit import (
    Extent,
    OutcomeValidation,
    Reconsideration,
    SharePolicy,
)
from ecvet.credit.decision_errors import (
    PartWithoutPolicy,
    PointsOutOfRange,
    PointsWithoutMethod,
)
from ecvet.qualification.qualification import UnitLink
from ecvet.terms import Period, Points, PointsNotComparable

QUALITY = Reconsideration(method=text("Comparison of weights, minuted"), quality_assured_by=id_("quality-agency"))
HALVES = SharePolicy(
    by=TURIN, text=text("Half each"), shares=(("measures", Decimal("0.5")), ("cuts", Decimal("0.5"))), grain=Decimal(1)
)


@pytest.mark.rule("R-RECOG-3")
def test_the_unit_has_its_home_points_whatever_the_host_said() -> None:
    """Edge case 17: home 10, host 7."""
    paired = recorded(agreement(agreed(hosting_unit=COUPE, hosting_points=Points.of(7))))
    document = transcript(assessed(paired, HOST_UNIT, outcomes=results(mesurer=DONE, couper=DONE)), basis=paired)
    assert document.value.entries[0].points == Points.of(7)
    found = tuple(
        OutcomeValidation(outcome=ours, result=YES, from_=frozenset({theirs}))
        for ours, theirs in (("measures", "mesurer"), ("cuts", "couper"))
    )
    done = validated(document, paired, comparison=(*found, *compared(advises=NO)), reasons=NOT_OURS)
    assert recognised(done).value.points == Points.of(10)


@pytest.mark.rule("R-RECOG-4")
def test_points_do_not_depend_on_the_time_that_learning_took() -> None:
    short = recorded(agreement(period=Period(date(2024, 6, 20), date(2024, 6, 21))))
    long = recorded(agreement(period=Period(date(2022, 6, 20), date(2024, 6, 28))))
    granted = [recognised(validated(transcript(basis=one), one)).value.points for one in (short, long)]
    assert granted == [Points.of(10), Points.of(10)]


@pytest.mark.rule("R-RECOG-6")
def test_other_points_need_a_transparent_method_which_is_stored() -> None:
    with pytest.raises(PointsWithoutMethod, match="10 ecvet points in this qualification, not 8"):
        recognised(points=Points.of(8))
    made = recognised(points=Points.of(8), reconsideration=QUALITY).value
    assert (made.points, made.reconsideration) == (Points.of(8), QUALITY)
    assert recognised(points=Points.of(10)).value.points == Points.of(10)


def test_without_points_a_unit_is_recognised_all_the_same_and_none_are_invented() -> None:
    """Edge case 18."""
    bare = qualification(cut=None)
    assert recognised(qualification=bare).value.points is None
    with pytest.raises(PointsWithoutMethod):
        recognised(qualification=bare, points=Points.of(3))
    assert recognised(qualification=bare, points=Points.of(3), reconsideration=QUALITY).value.points == Points.of(3)


@pytest.mark.rule("R-COMP-9")
def test_a_size_within_the_range_of_the_unit_is_chosen_by_home() -> None:
    ranged = qualification()
    ranged = changed(ranged, units=(UnitLink(code="CUT", unit=CUT, points=Points.of(5), most=Points.of(15)),))
    assert recognised(qualification=ranged, points=Points.of(12)).value.points == Points.of(12)
    with pytest.raises(PointsOutOfRange):
        recognised(qualification=ranged, points=Points.of(16))


@pytest.mark.rule("R-POINTS-20")
def test_points_of_another_credit_system_are_not_taken_for_those_of_home() -> None:
    ranged = changed(HAIRDRESSER, units=(UnitLink(code="CUT", unit=CUT, points=Points.of(5), most=Points.of(15)),))
    with pytest.raises(PointsNotComparable):
        recognised(qualification=ranged, points=Points.of(12, "fi-osp"))
    with pytest.raises(PointsNotComparable):
        recognised(points=Points.of(8, "fi-osp"), reconsideration=QUALITY)
    assert recognised(reconsideration=QUALITY).value.points == Points.of(10)


@pytest.mark.rule("R-CREDIT-6", "R-POINTS-22")
def test_a_part_is_recognised_without_points_or_with_the_share_of_a_stated_policy() -> None:
    """Edge case 15."""
    made = recognised(half()).value
    assert (made.extent, made.outcomes, made.points) == (Extent.PARTIAL, {"measures"}, Points.of(0))
    with pytest.raises(PartWithoutPolicy):
        recognised(half(), points=Points.of(5), reconsideration=QUALITY)
    assert recognised(half(), share=HALVES).value.points == Points.of(5)


@pytest.mark.parametrize("share", [None, HALVES])
def test_parts_recognised_one_after_the_other_make_the_unit_whole_with_its_points_once(
    share: SharePolicy | None,
) -> None:
    first = recognised(half(), share=share)
    second = recognised(earlier=(first,), share=share)
    assert (second.value.extent, second.value.outcomes) == (Extent.FULL, {"cuts"})
    assert first.value.points is not None
    assert second.value.points is not None
    assert first.value.points + second.value.points == Points.of(10)
