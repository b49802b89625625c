"""What a node's code sees: the actions of the rooms, and steps of the story that tests take often."""

# ruff: noqa: F401 — the code that tests send sees these names
from datetime import date, datetime, timedelta

from ecvet.credit.assessment import CriterionResult, OutcomeResult, Result
from ecvet.credit.validation import Correspondence, OutcomeValidation
from ecvet.mobility import Verb
from ecvet.record import Act, Address, Person
from ecvet.terms import Identifier, LangString
from ecvet_platform.credit.actions import appeal, assess, recognise, transcript, validate
from ecvet_platform.credit.store import cases
from ecvet_platform.federation.actions import (
    connecting,
    conversation,
    delivering,
    exchanging,
    following,
    ourselves,
    partners,
)
from ecvet_platform.federation.store import messages
from ecvet_platform.institutions.actions import memoranda, register, threads
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import agreements, learners, proposing, signing, stays
from ecvet_platform.people import actions as people
from ecvet_platform.people.roles import Role
from ecvet_platform.qualifications import actions as qualifications
from stories_of import (
    BODY,
    CUTTING,
    DRAFT,
    INSTITUTIONS,
    LYON,
    MEMBERS,
    MEMORANDUM,
    QUALIFICATION,
    TURIN,
    UNITS,
    draft,
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
    found = connecting.look(entity, actor=actor(name))
    own = [one for one in INSTITUTIONS if one.id in competent]
    connecting.confirm(
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
