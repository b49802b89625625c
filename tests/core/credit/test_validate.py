"""Validation: by home, outcome by outcome, of what was positively assessed (R-VALID-1 … 5)."""

import pytest

from core.credit.cast import (
    AGREEMENT,
    ALL,
    CHAMBER,
    CHLOE,
    COLOURING,
    COUPE,
    CUT,
    CUTTING,
    DECIDED,
    DIMITRA,
    DONE,
    FAILED,
    GROUND,
    HOME,
    HOST,
    HOST_UNIT,
    LYON,
    NO,
    NOT_OURS,
    PARTLY,
    PORTFOLIO,
    STRANGER,
    TURIN,
    YES,
    agreed,
    agreement,
    assessed,
    changed,
    compared,
    id_,
    institution,
    recorded,
    results,
    text,
    transcript,
    validated,
)
from ecvet.credit import (
    Decider,
    Extent,
    OutcomeValidation,
    ask_for_evidence,
    may_validate,
    proposed_comparison,
    validate,
)
from ecvet.credit.decision_errors import (
    DeciderOfAnotherInstitution,
    HostCannotValidate,
    NobodyDecides,
    NothingAchieved,
    NotPositivelyAssessed,
    NotTheHome,
    OutcomesNotCompared,
    ReasonsMissing,
)
from ecvet.credit.errors import AnotherBasis, OutcomeTwice, OutcomeUnknown
from ecvet.mobility.agreement import Responsible
from ecvet.partnership.institution import Function, FunctionNotHeld

HOSTS = Decider(institution=LYON, person=CHLOE.id, name="Chloé")


@pytest.mark.rule("R-VALID-2")
def test_the_host_cannot_validate_even_where_it_holds_the_function() -> None:
    with pytest.raises(HostCannotValidate):
        validated(institution=HOST, by=HOSTS)


@pytest.mark.rule("R-VALID-2")
def test_home_or_whoever_the_agreement_names_validates_and_no_stranger() -> None:
    assert validated().value.by == DIMITRA
    stranger = institution(STRANGER, Function.VALIDATE)
    with pytest.raises(NotTheHome):
        validated(institution=stranger, by=changed(DIMITRA, institution=STRANGER))
    named = recorded(agreement(validation=(Responsible(function="validate", institution=CHAMBER, name="Dora"),)))
    chamber = institution(CHAMBER, Function.VALIDATE)
    assert (
        validated(basis=named, institution=chamber, by=changed(DIMITRA, institution=CHAMBER)).value.extent
        is Extent.FULL
    )


@pytest.mark.rule("R-RECOG-14", "R-RECOG-5")
def test_a_validation_needs_function_body_and_person() -> None:
    with pytest.raises(FunctionNotHeld):
        validated(institution=institution(TURIN, Function.RECOGNISE))
    with pytest.raises(DeciderOfAnotherInstitution):
        validated(by=HOSTS)
    with pytest.raises(NobodyDecides):
        validated(by=changed(DIMITRA, person=id_("")[:0]))


@pytest.mark.rule("R-VALID-3")
def test_without_a_positive_assessment_there_is_no_validation() -> None:
    failed = transcript(assessed(outcomes=results(measures=FAILED)))
    with pytest.raises(NothingAchieved):
        validated(failed, reasons=NOT_OURS)
    with pytest.raises(NothingAchieved):
        validated(unit=COLOURING, comparison=compared(mixes=NO, applies=NO), reasons=NOT_OURS)


@pytest.mark.rule("R-VALID-3")
def test_no_outcome_corresponds_to_something_that_was_not_achieved() -> None:
    half = transcript(assessed(outcomes=results(measures=DONE, cuts=FAILED)))
    with pytest.raises(NotPositivelyAssessed, match="cuts"):
        validated(half)
    with pytest.raises(NotPositivelyAssessed):
        validated(half, comparison=compared(measures=YES, cuts=PARTLY, advises=NO))


@pytest.mark.rule("R-VALID-1")
def test_every_agreed_or_achieved_outcome_is_compared_once() -> None:
    with pytest.raises(OutcomesNotCompared, match="advises, cuts"):
        validated(comparison=compared(measures=YES))
    with pytest.raises(OutcomeUnknown, match="sings"):
        validated(comparison=(*ALL, *compared(sings=NO)))
    with pytest.raises(OutcomeTwice):
        validated(comparison=(*ALL, *compared(cuts=YES)))


@pytest.mark.rule("R-VALID-1", "R-CREDIT-5")
def test_what_was_not_asked_for_counts_as_not_corresponding() -> None:
    part = recorded(agreement(agreed(outcomes=("measures",), part=True)))
    done = assessed(part, outcomes=results(measures=DONE))
    made = validated(transcript(done, basis=part), part, comparison=compared(measures=YES)).value
    assert [(one.outcome, one.result) for one in made.outcomes] == [("measures", YES), ("cuts", NO), ("advises", NO)]
    assert (made.extent, made.reasons) == (Extent.PARTIAL, ())


@pytest.mark.rule("R-VALID-5")
@pytest.mark.parametrize(
    ("found", "extent"),
    [
        ({"measures": YES, "cuts": YES, "advises": NO}, Extent.FULL),
        ({"measures": YES, "cuts": PARTLY, "advises": NO}, Extent.PARTIAL),
        ({"measures": NO, "cuts": PARTLY, "advises": NO}, Extent.PARTIAL),
        ({"measures": NO, "cuts": NO, "advises": NO}, Extent.NONE),
    ],
)
def test_the_extent_follows_from_the_outcomes(found: dict[str, object], extent: Extent) -> None:
    assert validated(comparison=compared(**found), reasons=NOT_OURS).value.extent is extent  # type: ignore[arg-type]


@pytest.mark.rule("R-VALID-4")
def test_refusing_what_was_agreed_and_achieved_needs_a_recorded_reason() -> None:
    some = compared(measures=YES, cuts=NO, advises=NO)
    with pytest.raises(ReasonsMissing, match="cuts"):
        validated(comparison=some)
    assert validated(comparison=some, reasons=NOT_OURS).value.reasons == NOT_OURS
    half = transcript(assessed(outcomes=results(measures=DONE, cuts=FAILED)))
    assert validated(half, comparison=some).value.corresponding == {"measures"}


def test_a_home_unit_is_validated_from_another_unit_of_the_host() -> None:
    """Edge case 17: the home unit is not in the host's qualification."""
    paired = recorded(agreement(agreed(hosting_unit=COUPE)))
    document = transcript(assessed(paired, HOST_UNIT, outcomes=results(mesurer=DONE, couper=DONE)), basis=paired)
    from_ = tuple(
        OutcomeValidation(outcome=ours, result=YES, from_=frozenset({theirs}))
        for ours, theirs in (("measures", "mesurer"), ("cuts", "couper"))
    )
    made = validated(document, paired, comparison=(*from_, *compared(advises=NO)), reasons=NOT_OURS).value
    assert (made.unit, made.extent) == (CUT, Extent.FULL)
    with pytest.raises(ReasonsMissing):  # the paired unit is complete, hence all agreed outcomes were achieved
        validated(document, paired, comparison=(*from_[:1], *compared(cuts=NO, advises=NO)))
    part = transcript(assessed(paired, HOST_UNIT, outcomes=results(mesurer=DONE, couper=FAILED)), basis=paired)
    assert (
        validated(part, paired, comparison=(*from_[:1], *compared(cuts=NO, advises=NO))).value.extent is Extent.PARTIAL
    )
    named = validated(document, paired, comparison=(*from_, *compared(advises=NO)), reasons=NOT_OURS,
                      from_units=frozenset({COUPE}))  # fmt: skip
    assert named.value.extent is Extent.FULL


def test_a_proposal_starts_from_what_was_achieved_and_decides_nothing() -> None:
    document = transcript(assessed(outcomes=results(measures=DONE, cuts=FAILED))).value
    assert {one.outcome: one.result for one in proposed_comparison(document, AGREEMENT.value, CUTTING)} == {
        "measures": YES, "cuts": NO, "advises": NO,
    }  # fmt: skip
    paired = recorded(agreement(agreed(hosting_unit=COUPE)))
    whole = transcript(assessed(paired, HOST_UNIT, outcomes=results(mesurer=DONE, couper=DONE)), basis=paired)
    proposal = proposed_comparison(whole.value, paired.value, CUTTING)
    assert validated(whole, paired, comparison=proposal).value.extent is Extent.FULL
    part = transcript(assessed(paired, HOST_UNIT, outcomes=results(mesurer=DONE, couper=FAILED)), basis=paired)
    assert all(one.result is NO for one in proposed_comparison(part.value, paired.value, CUTTING))


def test_a_transcript_of_another_agreement_is_not_validated_under_this_one() -> None:
    other = recorded(agreement(programme="another"))
    with pytest.raises(AnotherBasis):
        validate(
            transcript(), other, unit=CUTTING, comparison=ALL, by=DIMITRA, institution=HOME, on=DECIDED, ground=GROUND
        )


def test_home_may_ask_for_more_evidence_and_the_host_may_not() -> None:
    asked = ask_for_evidence(transcript(), AGREEMENT, unit=CUT, what=text("A photograph"), by=DIMITRA, institution=HOME,
                             on=DECIDED)  # fmt: skip
    assert (asked.unit, asked.transcript) == (CUT, transcript().address)
    with pytest.raises(HostCannotValidate):
        ask_for_evidence(transcript(), AGREEMENT, unit=CUT, what=text("?"), by=HOSTS, institution=HOST, on=DECIDED)


@pytest.mark.rule("R-NFIL-6")
def test_the_institution_of_a_portfolio_assesses_and_validates() -> None:
    made = validated(basis=PORTFOLIO, comparison=compared(measures=YES, cuts=YES))
    assert (made.value.extent, made.value.prior_learning) == (Extent.FULL, True)
    assert may_validate(transcript(), AGREEMENT, institution=HOME, by=DIMITRA, on=DECIDED)
