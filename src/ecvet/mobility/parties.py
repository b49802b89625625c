"""Who takes part in an agreement and who is named in it: R-LA-1, 2, 4 (identity), 9, 10 and R-ASSESS-4."""

from collections.abc import Iterator
from typing import Final

from ecvet.mobility.agreement import AssessmentPlan, LearningAgreement, Responsible, Role
from ecvet.mobility.case import Case, Check, Obstacle, Remark
from ecvet.mobility.errors import (
    GuardianMissing,
    HomeIsHosting,
    IntermediaryMayNotAssess,
    LearnerNotIdentified,
    PartyMissing,
)
from ecvet.partnership.institution import Function
from ecvet.partnership.memorandum import MemorandumOfUnderstanding
from ecvet.saying import say
from ecvet.terms import Finding, Identifier, Severity


def three_parties_sign(case: Case) -> Iterator[Remark]:
    """Home, hosting institution and learner are parties, and all three sign (R-LA-1)."""
    for role in (Role.HOME, Role.HOSTING, Role.LEARNER):
        count = len([party for party in case.draft.parties if party.role == role])
        signs = all(party.signs for party in case.draft.parties if party.role == role)
        if count != 1 or not signs:
            yield Obstacle(
                "R-LA-1", "parties", PartyMissing(role=role, count=count if signs else say("one who does not"))
            )


def home_is_not_hosting(case: Case) -> Iterator[Remark]:
    """Home and hosting institution are two (R-LA-2)."""
    home = case.draft.party(Role.HOME)
    if home is not None and home == case.draft.party(Role.HOSTING):
        yield Obstacle("R-LA-2", "parties", HomeIsHosting(institution=home))


def learner_is_identified(case: Case) -> Iterator[Remark]:
    """The learner party is the learner presented, known by commitment (R-LA-4, R-DATA-2)."""
    named = case.draft.party(Role.LEARNER)
    if named is not None and named != case.learner.id:
        yield Obstacle("R-LA-4", "learner", LearnerNotIdentified(named=named, found=case.learner.id))


def guardian_signs_for_a_minor(case: Case) -> Iterator[Remark]:
    """Below the national age a guardian signs too; who has come of age signs alone (R-LA-9)."""
    age = case.learner.age(case.on)
    guardian = any(party.role == Role.GUARDIAN and party.signs for party in case.draft.parties)
    if age is None and not guardian:
        yield Finding(
            "R-LA-9",
            Severity.WARNING,
            "learner",
            say("The learner's date of birth is not known."),
            say("Make sure that the learner is at least {adult_age}, or add a guardian.", adult_age=case.adult_age),
        )
    elif age is not None and age < case.adult_age and not guardian:
        yield Obstacle("R-LA-9", "guardian", GuardianMissing(age=age, on=case.on, adult_age=case.adult_age))
    elif age is not None and age >= case.adult_age and guardian:
        yield Finding(
            "R-LA-9",
            Severity.FLAG,
            "guardian",
            say("The learner is {age}; no guardian needs to sign.", age=age),
            say("Leave the guardian out, unless the learner wants otherwise."),
        )


_NAMED: Final = (
    ("assessment", Role.HOSTING, Function.ASSESS),
    ("validation", Role.HOME, Function.VALIDATE),
    ("recognition", Role.HOME, Function.RECOGNISE),
)


def responsible_persons_are_named(case: Case) -> Iterator[Remark]:
    """Persons are named for assessing, validating and recognising, of bodies that do this (R-LA-10).

    The body is the hosting or the home institution, or one to which the memorandum gives the function: so a school may
    assess practice in a company that it does not run. The intermediary never assesses.
    """
    for subject, role, function in _NAMED:
        named = _responsible(case.draft, function)
        if not named:
            yield Finding(
                "R-LA-10",
                Severity.WARNING,
                subject,
                say("Nobody is named for the function “{function}”.", function=function),
                say("Name the person with organisation and position."),
            )
        bodies = {case.draft.party(role)} | _bodies(case.memorandum.value if case.memorandum else None, function)
        for one in named:
            if one.institution in bodies:
                continue
            if function == Function.ASSESS and one.institution == case.draft.party(Role.INTERMEDIARY):
                yield Obstacle("R-LA-10", subject, IntermediaryMayNotAssess(institution=one.institution))
            else:
                yield Finding(
                    "R-LA-10",
                    Severity.WARNING,
                    subject,
                    say(
                        "{name} has the function “{function}”, but nothing gives {institution} that task.",
                        name=one.name,
                        function=function,
                        institution=one.institution,
                    ),
                    say("Name somebody of a body that has it, or enter it in the memorandum."),
                )


def assessment_is_planned(case: Case) -> Iterator[Remark]:
    """Assessor, method, place, date, safeguards and recording are agreed before (R-ASSESS-4)."""
    plan: AssessmentPlan = case.draft.assessment
    agreed = {
        say("the assessor"): plan.assessors,
        say("the method"): plan.methods,
        say("the place"): plan.place,
        say("the date"): plan.when,
        say("the quality safeguards"): plan.safeguards,
        say("how it is recorded"): plan.recorded_how,
    }
    missing = [name for name, one in agreed.items() if not one]
    if missing:
        yield Finding(
            "R-ASSESS-4",
            Severity.WARNING,
            "assessment",
            say("Not agreed yet: {missing}.", missing=tuple(missing)),
            say("Agree before the stay who assesses how, where and when, and how it is recorded."),
        )


CHECKS: Final[tuple[Check, ...]] = (
    three_parties_sign,
    home_is_not_hosting,
    learner_is_identified,
    guardian_signs_for_a_minor,
    responsible_persons_are_named,
    assessment_is_planned,
)


def _responsible(draft: LearningAgreement, function: Function) -> tuple[Responsible, ...]:
    if function == Function.ASSESS:
        return draft.assessment.assessors
    return draft.validation if function == Function.VALIDATE else draft.recognition


def _bodies(memorandum: MemorandumOfUnderstanding | None, function: Function) -> set[Identifier | None]:
    if memorandum is None:
        return set()
    responsible = [one.institution for one in memorandum.responsibilities if one.function == function]
    return {*responsible, *(one.id for one in memorandum.other_actors if function in one.functions)}
