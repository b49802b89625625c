"""The cast and their papers, for tests of any room: Alba learns in Turin and goes to Lyon.

* Bruno coordinates in Turin (home), Chloé coordinates and assesses in Lyon (hosting); Marc is a mentor there.
* Dimitra works for the competent institution, which is also the register office.
* Erik is a stranger: a coordinator of an institution that has no part in anything.
* Alba signs in as a learner; her guardian Gaia is needed only by tests about minors.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from begun import own_folder, taken_back
from ecvet.mobility import AgreedUnit, AssessmentPlan, LearningAgreement, Party, Responsible
from ecvet.mobility import Role as Part
from ecvet.partnership import (
    Competence,
    CompetentInstitution,
    Confirmation,
    CoveredQualification,
    Function,
    MemorandumOfUnderstanding,
    Responsibility,
)
from ecvet.qualification import (
    AssessmentCriterion,
    Combination,
    LearningOutcome,
    OutcomeKind,
    Qualification,
    Unit,
    UnitLink,
)
from ecvet.qualification.combination import Group, UnitPlace
from ecvet.qualification.requirements import Window
from ecvet.record import Act, Address, Person
from ecvet.terms import Country, EQFLevel, Identifier, LangString, Period, Points
from ecvet_platform.institutions.actions import memoranda, register
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import agreements, learners, proposing, signing
from ecvet_platform.mobility.store.learners import Known
from ecvet_platform.people import actions as people
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.people.store import Account
from ecvet_platform.qualifications import actions as qualifications

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TURIN = Identifier("https://turin.example/school")
LYON = Identifier("https://lyon.example/lycee")
BODY = Identifier("https://body.example/")
STRANGERS = Identifier("https://nowhere.example/")
QUALIFICATION = Identifier("https://body.example/q/hairdresser/1")
CUTTING = Identifier("https://body.example/u/cutting/1")
COLOURING = Identifier("https://body.example/u/colouring/1")
STAY = Period(date(2026, 4, 6), date(2026, 5, 29))


def text(en: str, **more: str) -> LangString:
    return LangString.of({"en": en, **more})


def unit(name: Identifier, code: str, title: LangString) -> Unit:
    outcomes = (
        _outcome(f"{code}-K", OutcomeKind.KNOWLEDGE, f"name the tools of {title}"),
        _outcome(f"{code}-S", OutcomeKind.SKILLS, f"carry out {title} on a model"),
        _outcome(f"{code}-C", OutcomeKind.COMPETENCE, f"plan {title} with a client"),
    )
    return Unit(
        id=name, code=code, title=title, institution=BODY, outcomes=outcomes, assessment=text("A practical task."),
        eqf=EQFLevel(4),
    )  # fmt: skip


def _outcome(name: str, kind: OutcomeKind, what: str) -> LearningOutcome:
    criterion = AssessmentCriterion(id=f"{name}.1", text=text(f"can {what} safely"))
    return LearningOutcome(id=name, text=text(f"can {what}"), kind=kind, criteria=(criterion,))


UNITS = (
    unit(CUTTING, "CUT", text("Cutting", fr="Coupe", el="Κούρεμα")),
    unit(COLOURING, "COL", text("Colouring", fr="Coloration")),
)
HAIRDRESSER = Qualification(
    id=QUALIFICATION, code="HAIR", title=text("Hairdresser", it="Acconciatore", fr="Coiffeur", el="Κομμωτής"),
    institution=BODY, country=Country("IT"), eqf=EQFLevel(4), points=Points(Decimal(60)), unit_based=True,
    units=(
        UnitLink(code="CUT", unit=CUTTING, points=Points(Decimal(40))),
        UnitLink(code="COL", unit=COLOURING, points=Points(Decimal(20))),
    ),
    rules=Combination(
        root=Group(
            points=Window(Decimal(60), Decimal(60)),
            children=(UnitPlace(unit="CUT", compulsory=True), UnitPlace(unit="COL", compulsory=True)),
        )
    ),
)  # fmt: skip
DRAFT = qualifications.Draft(HAIRDRESSER, UNITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody, as accounts; `actor(name, institution)` gives the one who acts."""

    accounts: dict[str, Account]
    alba: Known

    def actor(self, name: str) -> Actor:
        return people.actor(self.accounts[name].id)

    def browser(self, name: str) -> Client:
        """A browser in which the person has signed in by link."""
        client = Client()
        assert client.post(f"/sign-in/{people.new_link(self.accounts[name])}").status_code == 302
        return client


MEMBERS: dict[str, tuple[Identifier, tuple[Role, ...]]] = {
    "Bruno": (TURIN, (Role.COORDINATOR,)),
    "Chloé": (LYON, (Role.COORDINATOR, Role.ASSESSOR)),
    "Marc": (LYON, (Role.MENTOR,)),
    "Dimitra": (BODY, (Role.COMPETENT_INSTITUTION, Role.REGISTER_OFFICE)),
    "Erik": (STRANGERS, (Role.COORDINATOR, Role.ASSESSOR, Role.COMPETENT_INSTITUTION)),
}
_EVER = Period(date(2020, 1, 1))


def institution(name: Identifier, title: str, country: str, *functions: Function) -> CompetentInstitution:
    return CompetentInstitution(
        id=name, name=text(title), country=Country(country),
        competences=tuple(Competence(function=one, valid=_EVER, source="school act") for one in functions),
    )  # fmt: skip


INSTITUTIONS = (
    institution(TURIN, "Istituto Torino", "IT", Function.VALIDATE, Function.RECOGNISE),
    institution(LYON, "Lycée de Lyon", "FR", Function.ASSESS, Function.DOCUMENT),
    institution(BODY, "Regione Piemonte", "IT", Function.DESIGN, Function.ALLOCATE, Function.AWARD),
    institution(STRANGERS, "Somewhere else", "DE", Function.ASSESS),
)


def cast(*, birth_date: date | None = date(2006, 7, 1), guardian: bool = False) -> Cast:
    """Make accounts, institutions with keys, the published qualification, and Alba."""
    accounts = {}
    for name, (where, roles) in MEMBERS.items():
        accounts[name] = people.register(email=f"{name.lower().replace('é', 'e')}@example.org", name=name)
        for role in roles:
            people.give_role(accounts[name], where, role)
    office = people.actor(accounts["Dimitra"].id)
    for one in INSTITUTIONS:
        register.enter(one, actor=office, contact={"e-mail": "office@example.org"})
    qualifications.publish(DRAFT, actor=office)
    alba = learners.enter(
        Person(names=("Alba",), family_name="Rossi", birth_date=birth_date),
        actor=people.actor(accounts["Bruno"].id), qualification=QUALIFICATION, email="alba@example.org",
        guardian="Gaia" if guardian else "", guardian_email="gaia@example.org" if guardian else "",
    )  # fmt: skip
    accounts["Alba"] = people.register(email="alba@example.org", name="Alba")
    if guardian:
        accounts["Gaia"] = people.register(email="gaia@example.org", name="Gaia")
    return Cast(accounts=accounts, alba=alba)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    """Time stands still while a room imports this fixture."""
    with clock.fixed(NOW):
        yield


@pytest.fixture(scope="module")
def begun_cast(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Cast, Path]]:
    """The cast, made once for the tests of a module, with the folder of its keys."""
    folder = tmp_path_factory.mktemp("cast")
    with taken_back(django_db_blocker, folder):
        with clock.fixed(NOW):
            made = cast()
        yield made, folder


@pytest.fixture
def everybody(begun_cast: tuple[Cast, Path], db: None, settings: Any, tmp_path: Path) -> Cast:
    """The cast; keys lie in a folder of the test's own."""
    made, folder = begun_cast
    settings.DATA = own_folder(folder, tmp_path)
    return replace(made, accounts=dict(made.accounts))


MEMORANDUM = MemorandumOfUnderstanding(
    parties=(TURIN, LYON), objectives=text("Hairdressers learn abroad"),
    valid=Period(date(2026, 1, 1), date(2028, 12, 31)), review=text("every summer by both coordinators"),
    confirmations=frozenset(Confirmation),
    qualifications=(
        CoveredQualification(
            qualification=QUALIFICATION, title=HAIRDRESSER.title, country=Country("IT"), eqf=EQFLevel(4)
        ),
    ),
    responsibilities=(
        *(Responsibility(country=Country("FR"), function=one, institution=LYON)
          for one in (Function.ASSESS, Function.DOCUMENT, Function.VALIDATE, Function.RECOGNISE)),
        *(Responsibility(country=Country("IT"), function=one, institution=TURIN)
          for one in (Function.ASSESS, Function.DOCUMENT, Function.VALIDATE, Function.RECOGNISE)),
    ),
    least_weeks=2, most_weeks=26,
)  # fmt: skip


def memorandum_in_force(people_: Cast) -> Address:
    """Turin proposes, both accept, and Turin's acceptance, the last, seals it; the address of the version."""
    bruno, chloe = people_.actor("Bruno"), people_.actor("Chloé")
    thread = memoranda.propose(MEMORANDUM, actor=bruno)
    version = memoranda.memorandum(thread, actor=bruno).item.address
    memoranda.answer(thread, version, Act.ACCEPT, actor=chloe)
    memoranda.answer(thread, version, Act.ACCEPT, actor=bruno)
    return version


def draft(alba: Known, memorandum: Address | None) -> LearningAgreement:
    """Alba is to achieve the whole unit Cutting in Lyon."""
    parties = [Party(role=Part.HOME, id=TURIN), Party(role=Part.HOSTING, id=LYON), Party(role=Part.LEARNER, id=alba.id)]
    if alba.guardian:
        parties.append(Party(role=Part.GUARDIAN, id=alba.guardian))
    return LearningAgreement(
        parties=tuple(parties), period=STAY, qualification=QUALIFICATION, qualification_title=HAIRDRESSER.title,
        units=(
            AgreedUnit(
                unit=CUTTING, code="CUT", title=UNITS[0].title, outcomes=UNITS[0].outcome_ids,
                home_points=Points(Decimal(40)),
            ),
        ),
        memorandum=memorandum, eqf=EQFLevel(4),
        assessment=AssessmentPlan(
            assessors=(Responsible(function="assess", institution=LYON, name="Chloé", position="teacher"),),
            methods=("practical task",), place="Lyon", when=text("last week"), safeguards=text("two assessors"),
            recorded_how=text("grid"),
        ),
        validation=(Responsible(function="validate", institution=TURIN, name="Bruno"),),
        recognition=(Responsible(function="recognise", institution=TURIN, name="Bruno"),),
    )  # fmt: skip


def key(thread: Identifier) -> str:
    return thread.removeprefix("urn:uuid:")


def proposed(people_: Cast) -> tuple[Identifier, Address]:
    """A proposed agreement in the frame of a memorandum: its thread and version."""
    bruno = people_.actor("Bruno")
    thread = proposing.put_forward(draft(people_.alba, memorandum_in_force(people_)), actor=bruno)
    return thread, agreements.agreement(thread, actor=bruno).item.address


def in_force(people_: Cast) -> tuple[Identifier, Address]:
    """The same, signed by all, and sealed by Bruno's acceptance, the last."""
    thread, version = proposed(people_)
    for name in ("Alba", "Chloé", *(("Gaia",) if people_.alba.guardian else ()), "Bruno"):
        signing.answer(thread, version, Act.ACCEPT, actor=people_.actor(name))
    return thread, version


def later(item: LearningAgreement, end: date) -> LearningAgreement:
    """The same agreement for a longer stay."""
    return replace(item, period=Period(item.period.start, end))
