"""Recognition: an official act of a person, after validation, with home points, never twice (R-RECOG-1 … 14)."""

import ast
import inspect
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path

import pytest

import ecvet
from core.credit.cast import (
    ALBA,
    BARBER,
    COLOUR,
    COLOURING,
    CUT,
    CUTTING,
    DECIDED,
    DIMITRA,
    HAIR,
    HAIRDRESSER,
    HOST,
    LYON,
    NO,
    NOT_OURS,
    PORTFOLIO,
    REMEDY,
    TURIN,
    YES,
    agreement,
    changed,
    compared,
    half,
    id_,
    institution,
    qualification,
    recognised,
    recorded,
    text,
    transcript,
    validated,
)
from ecvet.credit import (
    Decider,
    Extent,
    PassRule,
    Recognition,
    Remedy,
    Use,
    Validation,
    award,
    may_recognise,
    recognise,
    refuse,
    to_be_examined,
    validate,
)
from ecvet.credit.decision_errors import (
    AlreadyRecognised,
    AnotherUnit,
    DeciderOfAnotherInstitution,
    ExplanationMissing,
    NobodyDecides,
    NotValidated,
    ReasonsMissing,
    RecognitionBeforeValidation,
    RemedyMissing,
    UnitNotInQualification,
)
from ecvet.partnership.institution import Function, FunctionNotHeld
from ecvet.qualification.qualification import UnitLink
from ecvet.terms import Failure, Period, Points


@pytest.mark.rule("R-RECOG-1")
def test_recognition_awards_the_unit() -> None:
    made = recognised().value
    assert (made.learner, made.unit, made.qualification, made.extent) == (ALBA, CUT, HAIR, Extent.FULL)
    assert (made.outcomes, made.points) == ({"measures", "cuts"}, Points.of(10))


@pytest.mark.rule("R-RECOG-2")
def test_recognition_never_precedes_its_validation_but_may_be_one_act_with_it() -> None:
    with pytest.raises(RecognitionBeforeValidation):
        recognised(on=DECIDED - timedelta(days=1))
    assert recognised(on=DECIDED).value.on == validated().value.on


@pytest.mark.rule("R-RECOG-2")
def test_nothing_is_recognised_that_was_not_validated() -> None:
    with pytest.raises(NotValidated, match="advises"):
        recognised(outcomes=frozenset({"cuts", "advises"}))
    with pytest.raises(AnotherUnit):
        recognised(unit=COLOURING)
    nothing = validated(comparison=compared(measures=NO, cuts=NO, advises=NO), reasons=NOT_OURS)
    assert recognised(nothing, reasons=NOT_OURS, remedy=REMEDY).value.extent is Extent.NONE
    assert "validation" in {one.name for one in fields(Recognition) if one.name == "validation"}


@pytest.mark.rule("R-RECOG-5")
def test_nothing_is_recognised_without_a_person_who_decides() -> None:
    for verb in (recognise, refuse, validate, award):
        assert inspect.signature(verb).parameters["by"].default is inspect.Parameter.empty
    for person, name in ((id_("")[:0], "Dimitra"), (DIMITRA.person, " ")):
        with pytest.raises(NobodyDecides):
            recognised(by=changed(DIMITRA, person=person, name=name))


@pytest.mark.rule("R-RECOG-5")
def test_a_recognition_is_made_at_one_place_only() -> None:
    made_in = set()
    for file in Path(inspect.getfile(ecvet)).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Recognition":
                made_in.add(file.name)
    assert made_in == {"recognising.py"}


def test_a_unit_may_be_recognised_by_its_own_pass_rule() -> None:
    assert recognised(half(rule=PassRule(at_least=1)), rule=PassRule(at_least=1)).value.extent is Extent.FULL


@pytest.mark.rule("R-RECOG-8")
def test_a_unit_earned_in_two_countries_is_recognised_once_towards_a_qualification() -> None:
    """Edge case 16."""
    first = recognised()
    elsewhere = recorded(agreement(programme="a second stay"))
    again = validated(transcript(basis=elsewhere), elsewhere)
    with pytest.raises(AlreadyRecognised, match="cuts, measures"):
        recognised(again, earlier=(first,))
    with pytest.raises(AlreadyRecognised):
        recognised(again, earlier=(first,), outcomes=frozenset({"cuts"}))


@pytest.mark.rule("R-RECOG-9", "R-CREDIT-3", "R-POINTS-8")
def test_one_credit_serves_several_qualifications_by_a_decision_each_with_the_points_of_each() -> None:
    barber = qualification(BARBER, cut="25")
    first = recognised()
    second = recognised(qualification=barber, earlier=(first,))
    assert (first.value.validation, first.value.points) == (second.value.validation, Points.of(10))
    assert (second.value.qualification, second.value.points) == (BARBER, Points.of(25))
    answer = may_recognise(validated(), qualification=barber, unit=CUTTING, by=DIMITRA, on=DECIDED,
                           institution=institution(TURIN, Function.RECOGNISE, only=(HAIR,)))  # fmt: skip
    assert isinstance(answer, Failure)


def test_a_learner_who_changes_the_qualification_during_the_stay_is_recognised_towards_the_new_one() -> None:
    """Edge case 31: the agreement names the hairdresser, the learner now wants to be a barber; the unit is in both."""
    made = recognised(qualification=qualification(BARBER, cut="25")).value
    assert (made.qualification, made.points) == (BARBER, Points.of(25))
    assert validated().value.qualification == HAIR


@pytest.mark.rule("R-RECOG-3", "R-UNIT-12")
def test_a_unit_that_the_qualification_does_not_have_is_not_recognised_towards_it() -> None:
    without = changed(HAIRDRESSER, units=(UnitLink(code="COL", unit=COLOUR),))
    with pytest.raises(UnitNotInQualification):
        recognised(qualification=without)


@pytest.mark.rule("R-RECOG-10")
def test_outcomes_can_stand_beside_the_qualification_as_an_add_on() -> None:
    assert recognised().value.use is Use.PART
    assert recognised(use=Use.ADD_ON).value.use is Use.ADD_ON


@pytest.mark.rule("R-RECOG-11")
def test_what_is_recognised_is_not_examined_again() -> None:
    part, whole = recognised(half()), recognised()
    asked = {"learner": ALBA, "qualification": HAIR}
    assert to_be_examined(CUTTING, (), **asked) == {"measures", "cuts"}
    assert to_be_examined(CUTTING, (part,), **asked) == {"cuts"}
    assert to_be_examined(CUTTING, (whole,), **asked) == frozenset()
    assert to_be_examined(COLOURING, (whole,), **asked) == {"mixes", "applies"}
    assert to_be_examined(CUTTING, (whole,), learner=ALBA, qualification=BARBER) == {"measures", "cuts"}
    by_rule = recognised(half(rule=PassRule(at_least=1)), rule=PassRule(at_least=1))
    assert to_be_examined(CUTTING, (by_rule,), **asked) == frozenset()


@pytest.mark.rule("R-RECOG-13")
def test_recognised_prior_learning_is_explained_in_words() -> None:
    prior = validated(basis=PORTFOLIO, comparison=compared(measures=YES, cuts=YES))
    with pytest.raises(ExplanationMissing):
        recognised(prior)
    with pytest.raises(ExplanationMissing):
        recognised(replaced=prior.address)
    made = recognised(prior, explanation=text("Eight years in a salon"), replaced=PORTFOLIO.address).value
    assert (made.explanation, made.replaced) == (text("Eight years in a salon"), PORTFOLIO.address)


@pytest.mark.rule("R-RECOG-14")
def test_only_a_body_that_holds_the_function_for_this_qualification_on_this_day_decides() -> None:
    past = Period(date(2020, 1, 1), date(2024, 7, 9))
    for body in (
        institution(TURIN, Function.VALIDATE),
        institution(TURIN, Function.RECOGNISE, only=(BARBER,)),
        institution(TURIN, Function.RECOGNISE, valid=past),
    ):
        with pytest.raises(FunctionNotHeld):
            recognised(institution=body)
    with pytest.raises(DeciderOfAnotherInstitution):
        recognised(institution=HOST)
    lyon = Decider(institution=LYON, person=id_("people/luc"), name="Luc")
    assert recognised(institution=HOST, by=lyon).value.by == lyon


@pytest.mark.rule("R-RECOG-14")
@pytest.mark.parametrize("decision", [Validation, Recognition])
def test_every_decision_has_body_person_date_and_ground(decision: type) -> None:
    required = {"by", "on", "ground"}
    assert required <= set(inspect.signature(decision).parameters)
    assert all(inspect.signature(decision).parameters[name].default is inspect.Parameter.empty for name in required)
    assert {"institution", "person"} <= {one.name for one in fields(Decider)}


@pytest.mark.rule("R-VALID-4")
def test_a_refusal_has_a_reason_and_says_what_the_learner_can_do() -> None:
    """Edge case 22: refused although the agreement promised it."""
    with pytest.raises(ReasonsMissing):
        recognised(outcomes=frozenset())
    with pytest.raises(RemedyMissing):
        recognised(outcomes=frozenset(), reasons=NOT_OURS)
    with pytest.raises(RemedyMissing):
        recognised(outcomes=frozenset({"cuts"}), reasons=NOT_OURS, remedy=Remedy())
    made = refuse(validated(), qualification=HAIRDRESSER, unit=CUTTING, by=DIMITRA,
                  institution=institution(TURIN, Function.RECOGNISE), on=DECIDED, ground=text("Act"), reasons=NOT_OURS,
                  remedy=REMEDY)  # fmt: skip
    assert (made.extent, made.outcomes, made.points) == (Extent.NONE, frozenset(), None)
    assert (made.reasons, made.remedy) == (NOT_OURS, REMEDY)
