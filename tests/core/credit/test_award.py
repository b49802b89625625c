"""The award: only when accumulation is complete, by the awarding institution, on decisions that stand (R-RECOG-14)."""

from dataclasses import replace
from typing import Any

import pytest

from core.credit.cast import (
    ALBA,
    BARBER,
    COLOUR,
    CUT,
    DECIDED,
    DIMITRA,
    ERIK,
    GROUND,
    HAIR,
    HAIRDRESSER,
    HOME,
    TURIN,
    changed,
    id_,
    institution,
    qualification,
    recognised,
)
from core.credit.test_held import own
from ecvet.credit import Award, Progress, award, credit_held, may_award
from ecvet.credit.accumulation import Held, accumulate
from ecvet.credit.decision_errors import AlreadyAwarded, NobodyDecides, NotBacked, NotComplete, NotDecided
from ecvet.partnership.institution import Function, FunctionNotHeld
from ecvet.qualification.combination import Combination, Group, OpenSlot, UnitPlace, Window
from ecvet.terms import Points


def awarded(progress: Progress | None = None, **more: Any) -> Award:
    colour, cut = own(), recognised()
    return award(
        progress or accumulate(HAIRDRESSER, credit_held((colour,), (cut,), HAIRDRESSER)),
        **{
            "learner": ALBA, "qualification": HAIRDRESSER, "institution": HOME, "by": DIMITRA, "on": DECIDED,
            "ground": GROUND, "recognitions": (cut,), "achievements": (colour,), **more,
        },
    )  # fmt: skip


def test_a_complete_qualification_is_awarded_on_the_decisions_it_rests_on() -> None:
    unused = recognised(qualification=qualification(BARBER))
    made = awarded(recognitions=(recognised(), unused))
    assert made.recognitions == tuple(sorted((own().address, recognised().address)))
    assert (made.learner, made.qualification, made.points) == (ALBA, HAIR, Points.of(15))


def test_an_incomplete_qualification_is_not_awarded_and_the_answer_says_what_is_missing() -> None:
    progress = accumulate(HAIRDRESSER, credit_held((), (recognised(),), HAIRDRESSER))
    with pytest.raises(NotComplete) as refused:
        awarded(progress)
    assert all(sentence in str(refused.value) for sentence in progress.missing)
    assert progress.missing


def test_an_undecided_qualification_is_not_awarded() -> None:
    with pytest.raises(NotDecided, match="double counting"):
        awarded(Progress(complete=None, reading="S1", counted_points=None, undecided=("double counting",)))


@pytest.mark.rule("R-RECOG-14")
def test_only_the_awarding_institution_awards_and_a_person_decides() -> None:
    with pytest.raises(FunctionNotHeld):
        awarded(institution=institution(TURIN, Function.RECOGNISE))
    with pytest.raises(NobodyDecides):
        awarded(by=changed(DIMITRA, name=""))
    progress = accumulate(HAIRDRESSER, Held.of({"CUT": None, "COL": None}))
    assert may_award(progress, qualification=HAIRDRESSER, institution=HOME, by=DIMITRA, on=DECIDED)


def test_credit_that_no_decision_backs_does_not_make_an_award() -> None:
    invented = accumulate(HAIRDRESSER, Held.of({"CUT": None, "COL": None}))
    with pytest.raises(NotBacked, match="CUT"):
        awarded(invented, recognitions=())
    with pytest.raises(NotBacked):
        awarded(learner=ERIK)
    assert awarded(invented).recognitions == awarded().recognitions


def test_other_credit_in_an_open_group_is_backed_by_the_achievement_it_comes_from() -> None:
    open_to_others = changed(HAIRDRESSER, rules=Combination(root=Group(children=(
        UnitPlace(unit="CUT", compulsory=True), OpenSlot(compulsory=True, points=Window("3", None))))))  # fmt: skip
    beard, cut = own(id_("units/beard/1"), points=Points.of(3)), recognised(qualification=open_to_others)
    progress = accumulate(open_to_others, credit_held((beard,), (cut,), open_to_others))
    made = awarded(
        progress, qualification=open_to_others, recognitions=(cut,), achievements=(beard, own(CUT, learner=ERIK))
    )
    assert set(made.recognitions) == {beard.address, cut.address}
    nameless = accumulate(open_to_others, Held.of({"CUT": None}, ["3"]))
    with pytest.raises(NotBacked):
        awarded(nameless, qualification=open_to_others, recognitions=(cut,), achievements=(beard,))


def test_a_qualification_is_awarded_once() -> None:
    first = awarded()
    with pytest.raises(AlreadyAwarded):
        awarded(earlier=(first,))
    assert awarded(earlier=(replace(first, qualification=BARBER),)) == first


def test_a_qualification_without_points_is_awarded_without_points() -> None:
    bare = qualification(cut=None, colour=None)
    cut, colour = recognised(qualification=bare), own(COLOUR)
    progress = replace(accumulate(bare, credit_held((colour,), (cut,), bare)), counted_points=None)
    made = awarded(progress, qualification=bare, recognitions=(cut,), achievements=(colour,))
    assert made.points is None
    assert made.title == bare.title
