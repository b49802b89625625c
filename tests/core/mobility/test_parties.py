"""Who takes part in an agreement, who signs, and who is named."""

from dataclasses import replace
from datetime import date

import pytest

from core.mobility import cast
from core.mobility.cast import ALBA, BROKER, DRAFT, LYON, MINOR, MOTHER, SALON, STRANGER, TURIN, proposal, rules
from ecvet.mobility import Party, Role
from ecvet.mobility.errors import (
    GuardianMissing,
    HomeIsHosting,
    IntermediaryMayNotAssess,
    LearnerNotIdentified,
    PartyMissing,
)
from ecvet.terms import Failure, Success


def reason_of(answer: object) -> object:
    return answer.reason if isinstance(answer, Failure) else None


def test_a_complete_agreement_may_be_proposed_and_nothing_is_found() -> None:
    answer = proposal()
    assert answer.may == Success()
    assert answer.findings == ()


@pytest.mark.rule("R-LA-1")
@pytest.mark.parametrize("role", [Role.HOME, Role.HOSTING, Role.LEARNER])
def test_home_hosting_and_learner_must_be_there_and_sign(role: Role) -> None:
    without = replace(DRAFT, parties=tuple(party for party in DRAFT.parties if party.role != role))
    assert reason_of(proposal(without).may) == PartyMissing(role=role, count=0)
    silent = cast.with_party(DRAFT, role, DRAFT.party(role) or STRANGER, signs=False)
    assert isinstance(reason_of(proposal(silent).may), PartyMissing)
    twice = replace(DRAFT, parties=(*DRAFT.parties, Party(role=role, id=STRANGER)))
    assert reason_of(proposal(twice).may) == PartyMissing(role=role, count=2)


@pytest.mark.rule("R-LA-2")
def test_an_institution_cannot_host_its_own_learner() -> None:
    assert reason_of(proposal(cast.with_party(DRAFT, Role.HOSTING, TURIN)).may) == HomeIsHosting(institution=TURIN)


@pytest.mark.rule("R-LA-4")
def test_the_agreement_is_for_the_learner_presented_known_by_pseudonym_only() -> None:
    other = cast.with_party(DRAFT, Role.LEARNER, STRANGER)
    assert reason_of(proposal(other).may) == LearnerNotIdentified(named=STRANGER, found=ALBA)
    assert b"Rossi" not in str(cast.versions(DRAFT)[0]).encode()


@pytest.mark.rule("R-LA-9")
def test_for_a_minor_a_guardian_signs_who_is_not_needed_after_coming_of_age() -> None:
    """Edge case 11: the learner turns 18 during the stay."""
    missing = proposal(learner=MINOR)
    assert reason_of(missing.may) == GuardianMissing(age=17, on=cast.SPRING, adult_age=18)
    with_guardian = cast.with_party(DRAFT, Role.GUARDIAN, MOTHER)
    assert proposal(with_guardian, learner=MINOR).may
    birthday = date(2024, 5, 20)
    longer = replace(with_guardian, hosting_place="Villeurbanne")
    assert ("R-LA-9", "flag") in rules(cast.amendment(longer, with_guardian, learner=MINOR, on=birthday))
    alone = replace(DRAFT, hosting_place="Villeurbanne")
    assert cast.amendment(alone, with_guardian, learner=MINOR, on=birthday).may
    assert not cast.amendment(alone, with_guardian, learner=MINOR, on=date(2024, 5, 19)).may


@pytest.mark.rule("R-LA-9")
def test_the_age_of_majority_is_national_and_a_guardian_who_does_not_sign_is_none() -> None:
    assert not proposal(adult_age=21).may
    silent = cast.with_party(DRAFT, Role.GUARDIAN, MOTHER, signs=False)
    assert not proposal(silent, learner=MINOR).may


@pytest.mark.rule("R-LA-9")
def test_an_unknown_date_of_birth_is_a_warning() -> None:
    unknown = replace(MINOR, person=replace(MINOR.person, birth_date=None))
    assert rules(proposal(learner=unknown)) == [("R-LA-9", "warning")]
    assert proposal(cast.with_party(DRAFT, Role.GUARDIAN, MOTHER), learner=unknown).findings == ()


@pytest.mark.rule("R-LA-10")
def test_persons_are_named_for_assessing_validating_and_recognising() -> None:
    nobody = replace(DRAFT, validation=(), recognition=(), assessment=replace(DRAFT.assessment, assessors=()))
    found = [finding.subject for finding in proposal(nobody).findings if finding.rule == "R-LA-10"]
    assert found == ["assessment", "validation", "recognition"]


def assessed_by(institution: object) -> object:
    assessors = cast.person("assess", institution, "Zoé")  # type: ignore[arg-type]
    return replace(DRAFT, assessment=replace(DRAFT.assessment, assessors=assessors))


@pytest.mark.rule("R-LA-10")
def test_a_school_may_assess_practice_in_a_company_that_it_does_not_employ() -> None:
    """Edge case 14: three partners; the memorandum gives the third the task."""
    assert proposal(assessed_by(SALON)).findings == ()  # type: ignore[arg-type]
    assert rules(proposal(assessed_by(STRANGER))) == [("R-LA-10", "warning")]  # type: ignore[arg-type]
    outside = replace(assessed_by(SALON), memorandum=None)  # type: ignore[type-var]
    assert rules(proposal(outside, memorandum=None)) == [("R-LA-10", "warning"), ("R-LA-3", "warning")]  # type: ignore[arg-type]


@pytest.mark.rule("R-LA-10")
def test_the_intermediary_signs_but_does_not_assess() -> None:
    """Edge case 13."""
    with_broker = cast.with_party(DRAFT, Role.INTERMEDIARY, BROKER)
    assert proposal(with_broker).may
    assert Role.INTERMEDIARY in {one.role for one in cast.signatories(with_broker)}
    assessing = cast.with_party(assessed_by(BROKER), Role.INTERMEDIARY, BROKER)  # type: ignore[arg-type]
    assert reason_of(proposal(assessing).may) == IntermediaryMayNotAssess(institution=BROKER)


@pytest.mark.rule("R-ASSESS-4")
def test_what_is_not_planned_for_the_assessment_is_listed() -> None:
    answer = proposal(replace(DRAFT, assessment=replace(DRAFT.assessment, methods=(), when=None)))
    assert rules(answer) == [("R-ASSESS-4", "warning")]
    assert "the method, the date" in answer.findings[0].sentence


def test_all_obstacles_are_found_and_the_first_is_the_reason() -> None:
    answer = proposal(replace(cast.with_party(DRAFT, Role.HOSTING, TURIN), will_recognise=False))
    assert [finding.rule for finding in answer.findings if finding.severity == "error"] == ["R-LA-2", "R-LA-5"]
    assert answer.findings[0].remedy
    assert reason_of(answer.may) == HomeIsHosting(institution=TURIN)
    assert LYON in {party.id for party in DRAFT.parties}
