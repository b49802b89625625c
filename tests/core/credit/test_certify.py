"""Non-formal and informal learning: the same credit, without any partner (R-NFIL-1 … 6)."""

import inspect
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.credit.cast import (
    AGREEMENT,
    ALBA,
    CUT,
    CUTTING,
    DECIDED,
    DIMITRA,
    DONE,
    ERIK,
    FAILED,
    GROUND,
    HAIR,
    HAIRDRESSER,
    HOME,
    NO,
    NOT_OURS,
    PORTFOLIO,
    REMEDY,
    TURIN,
    YES,
    assessed,
    compared,
    institution,
    portfolio,
    recognised,
    recorded,
    results,
    text,
    transcript,
    validated,
)
from ecvet.credit import Certification, Claim, Experience, Extent, Result, Stage, certify, document, identify, validate
from ecvet.credit.decision_errors import ExplanationMissing, NothingAchieved, ReasonsMissing
from ecvet.credit.errors import AnotherLearner, ProcedureMissing
from ecvet.partnership.institution import Function, FunctionNotHeld
from ecvet.terms import Points

PROCEDURE = text("Interview, portfolio, demonstration")
CLAIM = Claim(unit=CUT, outcome="cuts", statement=text("I cut hair at work"))
WORK = Experience(description=text("Eight years in a salon"))
FOUND = {"measures": YES, "cuts": YES}


def certified(found: dict[str, object] = FOUND, **more: object) -> Certification:
    outcomes = results(**dict.fromkeys(("measures", "cuts"), DONE))
    made = transcript(assessed(PORTFOLIO, outcomes=outcomes), basis=PORTFOLIO)
    return certify(
        made, PORTFOLIO, unit=CUTTING, qualification=HAIRDRESSER, comparison=compared(**found), by=DIMITRA,  # type: ignore[arg-type]
        institution=HOME, on=DECIDED, ground=GROUND, recorded=recorded,
        **{"explanation": text("Eight years in a salon"), **more},  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.rule("R-NFIL-1")
def test_the_awarding_institution_sets_the_procedure() -> None:
    named = {"qualification": HAIR, "claims": (CLAIM,), "by": "Dimitra", "on": DECIDED}
    assert identify(ERIK, institution=HOME, procedure=PROCEDURE, **named).procedure == PROCEDURE
    with pytest.raises(ProcedureMissing):
        identify(ERIK, institution=HOME, procedure=None, **named)
    with pytest.raises(FunctionNotHeld):
        identify(ERIK, institution=institution(TURIN, Function.ASSESS), procedure=PROCEDURE, **named)
    assert identify(ERIK, institution=institution(TURIN, Function.RECOGNISE), procedure=PROCEDURE, **named)


@pytest.mark.rule("R-NFIL-4")
def test_each_stage_can_be_used_alone() -> None:
    interview = identify(ERIK, institution=HOME, qualification=HAIR, claims=(CLAIM,), by="Dimitra", on=DECIDED,
                         procedure=PROCEDURE)  # fmt: skip
    alone = document(ERIK, institution=HOME, qualification=HAIR, claims=(CLAIM,), on=DECIDED, procedure=PROCEDURE)
    assert (interview.stage, alone.stage, alone.replaces) == (Stage.IDENTIFICATION, Stage.DOCUMENTATION, None)
    for one in (interview, alone):  # assessed straight after the interview, or without one
        basis = recorded(one)
        assert assessed(basis, outcomes=results(cuts=DONE)).value.achieved == {"cuts"}


def test_documentation_follows_identification_as_a_new_version_of_the_portfolio() -> None:
    first = recorded(identify(ERIK, institution=HOME, qualification=HAIR, claims=(CLAIM,), by="Dimitra",
                              on=date(2024, 1, 8), procedure=PROCEDURE))  # fmt: skip
    second = document(ERIK, institution=HOME, qualification=HAIR, claims=(CLAIM,), on=DECIDED, procedure=None,
                      experience=(WORK,), after=first)  # fmt: skip
    assert (second.replaces, second.procedure, second.identified_by) == (first.address, PROCEDURE, "Dimitra")
    assert second.experience == (WORK,)
    with pytest.raises(AnotherLearner):
        document(ALBA, institution=HOME, qualification=HAIR, claims=(), on=DECIDED, procedure=None, after=first)


@pytest.mark.rule("R-NFIL-5", "R-RECOG-2")
def test_a_portfolio_is_certified_in_full_in_one_act() -> None:
    made = certified()
    assert (made.extent, made.remaining) == (Extent.FULL, frozenset())
    assert made.validation.on == made.recognition.on == DECIDED
    assert made.recognition.validation == recorded(made.validation).address


@pytest.mark.rule("R-NFIL-5")
def test_a_portfolio_is_certified_in_part_with_what_remains_to_be_examined_or_not_at_all() -> None:
    part = certified({"measures": YES, "cuts": NO}, reasons=NOT_OURS)
    assert (part.extent, part.remaining) == (Extent.PARTIAL, {"cuts"})
    nothing = certified({"measures": NO, "cuts": NO}, reasons=NOT_OURS, remedy=REMEDY)
    assert (nothing.extent, nothing.remaining) == (Extent.NONE, {"measures", "cuts"})
    with pytest.raises(ReasonsMissing):
        certified({"measures": YES, "cuts": NO})
    rest = certified(earlier=(recorded(part.recognition),))
    assert (rest.extent, rest.remaining, rest.recognition.outcomes) == (Extent.FULL, frozenset(), {"cuts"})
    with pytest.raises(ExplanationMissing):
        certified(explanation=None)


@pytest.mark.rule("R-NFIL-2")
def test_the_same_outcomes_carry_the_same_points_however_they_were_achieved() -> None:
    abroad = recognised().value
    assert certified().recognition.points == abroad.points == Points.of(10)


@pytest.mark.rule("R-NFIL-3")
@given(
    experience=st.lists(
        st.sampled_from([WORK, Experience(description=text("Voluntary work"), organisation="Club")]), max_size=3
    ),
    place=st.sampled_from(["school", "salon", "at home", ""]),
    method=st.sampled_from(["demonstration", "portfolio", "interview"]),
    abroad=st.booleans(),
    found=st.fixed_dictionaries(
        {name: st.sampled_from([DONE, Result.EXCEEDED, FAILED]) for name in ("measures", "cuts")}
    ),
)
def test_where_and_how_learning_happened_never_changes_the_award(
    experience: list[Experience], place: str, method: str, abroad: bool, found: dict[str, Result]
) -> None:
    def way(basis: object, more: dict[str, object]) -> object:
        if not any(result.is_positive for result in found.values()):
            with pytest.raises(NothingAchieved):
                validated(transcript(assessed(basis, outcomes=results(**found), **more), basis=basis), basis)
            return None
        document_ = transcript(assessed(basis, outcomes=results(**found), **more), basis=basis, links=HAIRDRESSER.units)
        compare = {name: YES if result.is_positive else NO for name, result in found.items()} | {"advises": NO}
        done = validated(document_, basis, comparison=compared(**compare))
        decision = recognised(done, explanation=text("Documented"))
        entry = replace(document_.value.entries[0], assessments=())
        return entry, decision.value.extent, decision.value.outcomes, decision.value.points

    plain_one = recorded(portfolio("measures", "cuts"))
    other = AGREEMENT if abroad else recorded(portfolio("measures", "cuts", experience=tuple(experience)))
    assert way(plain_one, {}) == way(other, {"place": place, "methods": (method,)})


@pytest.mark.rule("R-NFIL-6")
def test_the_way_of_a_portfolio_needs_no_host_agreement_or_memorandum() -> None:
    for verb in (identify, document):
        assert not {"agreement", "memorandum", "host", "hosting"} & set(inspect.signature(verb).parameters)
    made = transcript(basis=PORTFOLIO).value
    assert (made.issuer, made.home, made.period) == (TURIN, TURIN, None)
    assert validate(recorded(made), PORTFOLIO, unit=CUTTING, comparison=compared(**FOUND), by=DIMITRA, institution=HOME,
                    on=DECIDED, ground=GROUND).extent is Extent.FULL  # fmt: skip
