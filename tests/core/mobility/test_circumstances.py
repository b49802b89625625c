"""What is unusual about an agreement is found from facts alone, with the case it belongs to."""

from dataclasses import replace
from datetime import date

import pytest

from core.mobility import cast
from core.mobility.cast import (
    ALBA,
    BROKER,
    DRAFT,
    END,
    HAIRDRESSER,
    LEARNER,
    LYON,
    MINOR,
    MOTHER,
    SALON,
    START,
    STRANGER,
    TURIN,
)
from ecvet.mobility import (
    CASES,
    Amendment,
    ChangeReason,
    Circumstance,
    LearningAgreement,
    MobilityEvent,
    Noted,
    Reason,
    Role,
    Stay,
    Surroundings,
    Verb,
    around,
    assessing,
    called_now,
    difference,
    stay_of,
)
from ecvet.mobility.errors import NothingCorrected
from ecvet.partnership import CompetentInstitution, Continuation
from ecvet.record import commitment
from ecvet.terms import Identifier, Period, country

DAY = date(2024, 5, 21)
"""The day after the minor's eighteenth birthday, within the stay."""


def noted(agreement: LearningAgreement = DRAFT, *, on: date = DAY, **more: object) -> tuple[Noted, ...]:
    usual: dict[str, object] = {
        "first": DRAFT.period, "stay": Stay(), "learner": LEARNER, "adult_age": 18, "in_force": True,
        "follows": HAIRDRESSER,
    }  # fmt: skip
    return around(agreement, Surroundings(**{**usual, **more}), on=on)  # type: ignore[arg-type]


def found(*given: object, **more: object) -> list[Circumstance]:
    return [one.what for one in noted(*given, **more)]  # type: ignore[arg-type]


def event(verb: Verb, on: date, **more: object) -> MobilityEvent:
    by = Role.HOME if verb is Verb.PLAN else Role.HOSTING
    return MobilityEvent(stay=cast.STAY, verb=verb, on=on, by=by, **more)  # type: ignore[arg-type]


ARRIVED = (event(Verb.PLAN, date(2024, 3, 1)), event(Verb.START, START))


def test_a_stay_as_agreed_has_nothing_unusual() -> None:
    assert noted() == ()
    assert noted(stay=stay_of(ARRIVED)) == ()


def test_every_circumstance_belongs_to_a_case_of_the_list() -> None:
    assert CASES.keys() == set(Circumstance)
    assert set(CASES.values()) <= set(range(1, 33))


def test_a_changed_version_and_changed_dates_are_told() -> None:
    why = Amendment(reasons=frozenset({ChangeReason.TASK_NOT_THERE}))
    changed = replace(DRAFT, amendment=why, period=Period(START, date(2024, 7, 12)))
    assert found(changed) == [Circumstance.CHANGED, Circumstance.OTHER_DATES]
    assert noted(changed)[0].why == why.reasons
    assert noted(changed)[1].before == DRAFT.period
    assert difference(DRAFT, replace(DRAFT, amendment=why)) == ()


def test_an_early_end_is_told_with_its_day() -> None:
    early = event(Verb.END_EARLY, DAY, reason=Reason.ILLNESS)
    assert noted(stay=stay_of((*ARRIVED, early))) == (
        Noted(what=Circumstance.ENDED_EARLY, on=DAY, why=frozenset({Reason.ILLNESS})),
    )


@pytest.mark.parametrize(
    ("on", "what"),
    [
        (date(2024, 5, 19), [Circumstance.COMES_OF_AGE]),
        (date(2024, 5, 20), [Circumstance.OF_AGE]),
        (DAY, [Circumstance.OF_AGE]),
    ],
)
def test_a_minor_comes_of_age_during_the_stay(on: date, what: list[Circumstance]) -> None:
    guarded = cast.with_party(DRAFT, Role.GUARDIAN, MOTHER)
    assert found(guarded, on=on, learner=MINOR) == what
    assert found(guarded, on=on, learner=replace(MINOR, person=replace(MINOR.person, birth_date=None))) == []
    assert found(DRAFT, on=on, learner=MINOR) == []


def test_who_comes_of_age_after_the_stay_is_not_told_of() -> None:
    later = replace(MINOR, person=replace(MINOR.person, birth_date=date(2006, 12, 1)))
    assert found(cast.with_party(DRAFT, Role.GUARDIAN, MOTHER), learner=later) == []


@pytest.mark.parametrize(
    ("born", "of_age"),
    [
        (date(2006, 5, 20), date(2024, 5, 20)),
        (date(2004, 2, 29), date(2022, 3, 1)),
        (date(2006, 3, 1), date(2024, 3, 1)),
    ],
)
def test_the_day_of_coming_of_age_agrees_with_the_age_in_years(born: date, of_age: date) -> None:
    learner = replace(LEARNER, person=replace(LEARNER.person, birth_date=born))
    assert learner.comes_of_age(18) == of_age
    before = date.fromordinal(of_age.toordinal() - 1)
    assert (learner.age(before), learner.age(of_age)) == (17, 18)
    assert (learner.is_minor(18, before), learner.is_minor(18, of_age)) == (True, False)


def test_without_a_date_of_birth_a_guardian_may_still_speak() -> None:
    unknown = replace(LEARNER, person=replace(LEARNER.person, birth_date=None))
    assert unknown.comes_of_age(18) is None
    assert unknown.is_minor(18, DAY)


def test_third_parties_are_told_of() -> None:
    with_broker = cast.with_party(DRAFT, Role.INTERMEDIARY, BROKER)
    assert noted(with_broker) == (Noted(what=Circumstance.INTERMEDIARY, who=BROKER),)
    plan = replace(DRAFT.assessment, assessors=cast.person("assess", SALON, "Tutor"))
    assert noted(replace(DRAFT, assessment=plan)) == (Noted(what=Circumstance.ASSESSED_ELSEWHERE, who=SALON),)


@pytest.mark.parametrize(
    ("named", "who"),
    [((LYON,), LYON), ((SALON,), SALON), ((), LYON), ((SALON, STRANGER), LYON), ((TURIN,), LYON), ((BROKER,), LYON)],
)
def test_one_other_institution_may_assess_but_never_home_nor_the_intermediary(
    named: tuple[Identifier, ...], who: Identifier
) -> None:
    people = tuple(one for name in named for one in cast.person("assess", name, "Somebody"))
    item = cast.with_party(DRAFT, Role.INTERMEDIARY, BROKER)
    assert assessing(replace(item, assessment=replace(DRAFT.assessment, assessors=people))) == who


def test_who_has_arrived_without_an_agreement_in_force_is_told_of() -> None:
    assert noted(stay=stay_of(ARRIVED), in_force=False) == (Noted(what=Circumstance.UNSIGNED, on=START),)
    assert noted(stay=stay_of(ARRIVED[:1]), in_force=False) == ()


def test_a_memorandum_that_has_ended_is_told_from_the_day_after() -> None:
    assert found(frame_until=DAY) == []
    assert noted(frame_until=date(2024, 5, 20)) == (Noted(what=Circumstance.FRAME_ENDED, on=date(2024, 5, 20)),)


def test_an_institution_that_is_continued_is_told_from_its_day_on() -> None:
    lyon = CompetentInstitution(id=LYON, name=cast.text("Lyon"), country=country("FR"))
    merged = replace(lyon, continued=Continuation(by=STRANGER, since=DAY, source="law"))
    assert found(institutions=(lyon,)) == []
    assert noted(institutions=(merged,)) == (Noted(what=Circumstance.CONTINUED, on=DAY, who=LYON),)
    assert found(institutions=(merged,), on=date(2024, 5, 20)) == []


def test_who_follows_another_qualification_is_told_of() -> None:
    other = Identifier("https://turin.example/qualifications/barber/1")
    assert noted(follows=other) == (Noted(what=Circumstance.FOLLOWS_ANOTHER, who=other),)
    assert found(follows=None) == []


def test_a_new_name_has_a_new_commitment_and_the_same_pseudonym() -> None:
    person, salt = replace(LEARNER.person, family_name="Bianchi"), b"n" * 32
    now = called_now(LEARNER, person, salt)
    assert (now.id, now.ref) == (ALBA, commitment(person, salt))
    assert now.ref != LEARNER.ref
    with pytest.raises(NothingCorrected):
        called_now(LEARNER, LEARNER.person, salt)
    assert str(replace(person, family_name="")) == "Alba"
    assert DRAFT.period.end == END
