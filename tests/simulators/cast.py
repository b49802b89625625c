"""What a node's code sees: the actions of the rooms, and steps of the story that tests take often."""

from datetime import date

from ecvet.credit.assessment import CriterionResult, OutcomeResult, Result
from ecvet.credit.validation import Correspondence, OutcomeValidation
from ecvet.record import Person
from ecvet_platform.federation.actions import partners
from ecvet_platform.institutions.actions import register, threads
from ecvet_platform.mobility.actions import learners
from ecvet_platform.people import actions as people
from ecvet_platform.people.roles import Role
from stories_of import (
    INSTITUTIONS,
    MEMBERS,
    QUALIFICATION,
    UNITS,
)

accounts = {}


def enter(*names):
    """Enter institutions with their people, and an office that may enter them."""
    office = people.register(email="office@example.org", name="Office")
    people.give_role(office, names[0], Role.REGISTER_OFFICE)
    accounts["Office"] = office
    for one in INSTITUTIONS:
        if one.id in names:
            register.enter(one, actor=people.actor(office.id))
    for name, (where, roles) in MEMBERS.items():
        if where in names:
            accounts[name] = people.register(email=f"{name.lower().replace('é', 'e')}@example.org", name=name)
            for role in roles:
                people.give_role(accounts[name], where, role)


def actor(name):
    return people.actor(accounts[name].id)


def alba(number=0):
    """A learner of Turin's."""
    email = f"alba{number}@example.org"
    made = learners.enter(
        Person(names=("Alba",), family_name=f"Rossi {number}", birth_date=date(2006, 7, 1)), actor=actor("Bruno"),
        qualification=QUALIFICATION, email=email,
    )  # fmt: skip
    accounts[f"Alba{number}"] = people.register(email=email, name="Alba")
    return made


def tied(entity, name, *competent):
    """Look at an institution elsewhere, and confirm it with the code that was read out."""
    found = partners.look(entity, actor=actor(name))
    own = [one for one in INSTITUTIONS if one.id in competent]
    partners.confirm(
        entity, found.code, actor=actor(name), competences=[each for one in own for each in one.competences]
    )
    return found.code


def latest(thread):
    known = threads.thread(thread)
    return threads.latest(known).address


def achieved():
    """All outcomes of the unit Cutting, each with its criteria."""
    return tuple(
        OutcomeResult(
            outcome=one.id, result=Result.ACHIEVED,
            criteria=tuple(CriterionResult(criterion=each.id, met=True) for each in one.criteria),
        )
        for one in UNITS[0].outcomes
    )  # fmt: skip


def fully(thread, unit):
    """Home's unit in full: every outcome corresponds."""
    return tuple(
        OutcomeValidation(outcome=one, result=Correspondence.CORRESPONDS, from_=frozenset({one}))
        for one in UNITS[0].outcome_ids
    )
