"""Memoranda: what they must contain, when they are in force, and what they frame."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.partnership.samples import (
    AT,
    CUTTING,
    HAIR_FR,
    HAIR_IT,
    INSTITUTIONS,
    LYON,
    PARTIES,
    SALON,
    STRANGER,
    TURIN,
    YEARS,
    institution,
    memorandum,
    proposal,
    sealed,
    signed,
    text,
    thread,
)
from ecvet.partnership import (
    Confirmation,
    MemorandumOfUnderstanding,
    OtherActor,
    Termination,
    covers_unit,
    findings,
    frames,
    may_come_into_force,
    memorandum_on,
    read_memorandum,
    signatories,
)
from ecvet.partnership.errors import (
    AcceptancesMissing,
    MemorandumIncomplete,
    MemorandumNotInForce,
    QualificationNotCovered,
)
from ecvet.partnership.institution import Function
from ecvet.record import RecordType, plain, value
from ecvet.terms import EQFLevel, Failure, Identifier, Period, Severity, country

FIRST = proposal()
STANDING = thread(FIRST, seals=(sealed(FIRST),))
SIGNED = date(2024, 2, 1)


def found(**more: Any) -> list[tuple[str, Severity]]:
    return [(one.rule, one.severity) for one in findings(memorandum(**more), INSTITUTIONS)]


def levels(italian: int | None, french: int | None) -> dict[str, Any]:
    both = memorandum().qualifications
    given = (None if level is None else EQFLevel(level) for level in (italian, french))
    return {"qualifications": tuple(replace(one, eqf=level) for one, level in zip(both, given, strict=True))}


def test_a_complete_memorandum_has_no_findings_and_reads_back_from_its_record() -> None:
    assert found() == []
    assert value(MemorandumOfUnderstanding, plain(memorandum())) == memorandum()
    assert read_memorandum(FIRST) == memorandum()
    with pytest.raises(ValueError, match="no memorandum"):
        read_memorandum(replace(FIRST, type=RecordType.AWARD))


@pytest.mark.rule("R-MOU-1")
def test_a_memorandum_has_at_least_two_different_competent_institutions() -> None:
    for parties in ((TURIN,), (TURIN, TURIN)):
        assert found(parties=parties, responsibilities=memorandum().responsibilities[:4], qualifications=())[0] == (
            "R-MOU-1", Severity.ERROR,
        )  # fmt: skip
    assert found(parties=(TURIN, LYON, STRANGER)) == [("R-MOU-1", Severity.ERROR)]
    without_function = {**INSTITUTIONS, LYON: replace(INSTITUTIONS[LYON], competences=())}
    assert [one.rule for one in findings(memorandum(), without_function)] == ["R-MOU-1"]


@pytest.mark.rule("R-MOU-2")
@pytest.mark.parametrize("point", Confirmation)
def test_a_point_that_is_not_confirmed_keeps_the_memorandum_out_of_force(point: Confirmation) -> None:
    lacking = proposal(confirmations=frozenset(Confirmation) - {point})
    signatures = (signed(lacking, TURIN), signed(lacking, LYON))
    answer = may_come_into_force(thread(lacking, signatures=signatures), lacking.address, INSTITUTIONS, by=TURIN, at=AT)
    assert isinstance(answer, Failure)
    assert isinstance(answer.reason, MemorandumIncomplete)
    assert "does not confirm" in str(answer.reason)


@pytest.mark.rule("R-MOU-3")
def test_different_levels_are_a_warning_with_a_comment_and_an_error_without() -> None:
    assert found(**levels(4, 3)) == [("R-MOU-3", Severity.ERROR)]
    assert found(**levels(4, 3), comparability_note=text("The outcomes agree.")) == [("R-MOU-3", Severity.WARNING)]
    assert found(**levels(4, None)) == [("R-MOU-3", Severity.WARNING)]
    assert found(qualifications=())[0] == ("R-MOU-3", Severity.ERROR)


@pytest.mark.rule("R-MOU-4")
@pytest.mark.parametrize(
    "lacking", [{"objectives": None}, {"valid": None}, {"valid": Period(date(2024, 1, 1))}, {"review": None}]
)
def test_a_memorandum_states_objectives_duration_and_review(lacking: dict[str, Any]) -> None:
    assert found(**lacking) == [("R-MOU-4", Severity.ERROR)]


@pytest.mark.rule("R-MOU-5")
def test_other_actors_are_listed_with_their_functions() -> None:
    idle = OtherActor(id=STRANGER, name=text("Somebody"), country=country("FR"))
    assert found(other_actors=(idle,)) == [("R-MOU-5", Severity.ERROR)]
    assert found(other_actors=(replace(idle, functions=(Function.ASSESS,)),)) == []
    unlisted = replace(memorandum().responsibilities[0], institution=STRANGER)
    assert found(responsibilities=(*memorandum().responsibilities, unlisted)) == [("R-MOU-5", Severity.ERROR)]


@pytest.mark.rule("R-MOU-6")
def test_a_memorandum_is_in_force_when_all_have_signed_and_within_its_dates() -> None:
    half = thread(FIRST, signatures=(signed(FIRST, TURIN),))
    answer = may_come_into_force(half, FIRST.address, INSTITUTIONS, by=TURIN, at=AT)
    assert isinstance(answer, Failure)
    assert isinstance(answer.reason, AcceptancesMissing)
    whole = replace(half, signatures=(*half.signatures, signed(FIRST, LYON)))
    assert may_come_into_force(whole, FIRST.address, INSTITUTIONS, by=TURIN, at=AT)
    assert memorandum_on(STANDING, SIGNED) == memorandum()
    for found_, on, why in [
        (half, SIGNED, "signed by all"),
        (STANDING, date(2027, 1, 1), "2026-12-31"),
        (STANDING, date(2024, 1, 9), "sealed for that day"),
    ]:
        with pytest.raises(MemorandumNotInForce, match=why):
            memorandum_on(found_, on)


def test_a_memorandum_without_dates_holds_on_no_day() -> None:
    timeless = proposal(valid=None)
    with pytest.raises(MemorandumNotInForce, match="no stated period"):
        memorandum_on(thread(timeless, seals=(sealed(timeless),)), SIGNED)


@pytest.mark.rule("R-MOU-7")
def test_every_function_has_a_responsible_body_in_each_country() -> None:
    (finding,) = findings(memorandum(responsibilities=memorandum().responsibilities[:-1]), INSTITUTIONS)
    assert (finding.rule, finding.severity, finding.subject) == ("R-MOU-7", Severity.WARNING, "FR")
    assert "recognise" in finding.sentence


@pytest.mark.rule("R-MOU-8")
def test_the_shortest_stay_is_not_longer_than_the_longest() -> None:
    assert found(least_weeks=2, most_weeks=12) == found(least_weeks=2) == found(most_weeks=12) == []
    assert found(least_weeks=12, most_weeks=2) == [("R-MOU-8", Severity.ERROR)]


@pytest.mark.rule("R-MOU-9")
def test_organisations_are_covered_without_signing() -> None:
    assert SALON not in {one.id for one in signatories(memorandum())}
    assert [one.id for one in PARTIES] == [TURIN, LYON]
    assert memorandum().covers(SALON)
    assert memorandum().covers(LYON)
    assert not memorandum().covers(STRANGER)
    assert frames(STANDING, signed_on=SIGNED, home=TURIN, hosting=SALON)


@pytest.mark.rule("R-MOU-10")
def test_expiry_and_notice_do_not_undo_an_agreement_signed_while_it_was_in_force() -> None:
    notice = Termination(object=FIRST.address, by=LYON, at=AT, reason="Closing", last_day=date(2024, 6, 30))
    ended = replace(STANDING, terminations=(notice,))
    assert frames(ended, signed_on=date(2024, 6, 30), home=TURIN, hosting=LYON)
    assert not frames(ended, signed_on=date(2024, 7, 1), home=TURIN, hosting=LYON)
    assert frames(STANDING, signed_on=YEARS.end or SIGNED, home=TURIN, hosting=LYON)
    assert not frames(STANDING, signed_on=date(2027, 1, 1), home=TURIN, hosting=LYON)


def test_an_agreement_of_strangers_stands_in_no_frame() -> None:
    answer = frames(STANDING, signed_on=SIGNED, home=TURIN, hosting=STRANGER)
    assert answer == Failure(QualificationNotCovered(what=f"the institution {STRANGER}"))


def test_a_memorandum_covers_the_units_it_names_or_all() -> None:
    assert covers_unit(memorandum(), HAIR_IT, CUTTING)
    assert covers_unit(memorandum(), HAIR_IT)
    assert covers_unit(memorandum(), HAIR_FR, CUTTING), "the French qualification is open with all its units"
    for asked in [(HAIR_IT, Identifier("urn:x:dyeing")), (Identifier("urn:x:cook"), None)]:
        answer = covers_unit(memorandum(), *asked)
        assert isinstance(answer, Failure)
        assert isinstance(answer.reason, QualificationNotCovered)


def test_a_country_counts_also_when_its_institution_is_not_known() -> None:
    only_turin = {TURIN: institution(TURIN, "IT")}
    assert "R-MOU-7" not in {one.rule for one in findings(memorandum(), only_turin)}
