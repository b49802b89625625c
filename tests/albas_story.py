"""Alba of Turin learns in Lyon: the people, institutions and papers that tests of credit and credentials begin with.

Everything is made by the rooms' own actions, in the database of a test and in a data folder of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from begun import own_folder, taken_back
from ecvet.credit.assessment import CriterionResult, OutcomeResult, Result
from ecvet.credit.decision import Reason, ReasonCode, Remedy
from ecvet.credit.validation import Correspondence, OutcomeValidation
from ecvet.mobility.agreement import AgreedUnit, LearningAgreement, Party
from ecvet.mobility.agreement import Role as Part
from ecvet.partnership.institution import Competence, CompetentInstitution, Function
from ecvet.qualification.combination import Combination, Group, UnitPlace
from ecvet.qualification.qualification import Qualification, UnitLink
from ecvet.qualification.unit import AssessmentCriterion, LearningOutcome, OutcomeKind, Unit
from ecvet.record import Act, Address, Person, Recorded
from ecvet.terms import EQFLevel, Identifier, LangString, Period, Points, country
from ecvet_platform.credit.actions import accumulate, assess, recognise, transcript, validate
from ecvet_platform.institutions.actions import register
from ecvet_platform.journal import clock
from ecvet_platform.mobility.actions import learners, proposing, signing
from ecvet_platform.mobility.store import agreements
from ecvet_platform.people import actions as people
from ecvet_platform.people.roles import Actor, Role
from ecvet_platform.people.store import Account
from ecvet_platform.qualifications import actions as qualifications

TURIN, LYON, AUTHORITY, OFFICE, ELSEWHERE = (
    Identifier(f"https://{name}.example") for name in ("turin", "lyon", "authority", "office", "elsewhere")
)
CUT, COLOUR = (
    Identifier("https://authority.example/units/cut/1"),
    Identifier("https://authority.example/units/colour/1"),
)
HAIR = Identifier("https://authority.example/qualifications/hairdresser/1")
STAY = Period(date(2026, 5, 4), date(2026, 6, 26))
BEFORE, TESTED, SENT, DECIDED = date(2026, 3, 2), date(2026, 6, 20), date(2026, 6, 28), date(2026, 7, 10)
GROUND = LangString.of(en="Training act, section 12")


def text(words: str) -> LangString:
    return LangString.of(en=words)


def unit(name: Identifier, code: str, *outcomes: str) -> Unit:
    return Unit(
        id=name, code=code, title=LangString.of(en=code.capitalize(), it=f"{code} (it)"), institution=AUTHORITY,
        assessment=text("Skills demonstration at work"),
        outcomes=tuple(
            LearningOutcome(id=one, text=text(f"The learner {one} hair"), kind=OutcomeKind.SKILLS,
                            criteria=(AssessmentCriterion(id=f"{one}-1", text=text("safely and well")),))
            for one in outcomes
        ),
    )  # fmt: skip


CUTTING, COLOURING = unit(CUT, "cutting", "measures", "cuts"), unit(COLOUR, "colouring", "mixes", "applies")
HAIRDRESSER = Qualification(
    id=HAIR, code="HAIR", title=LangString.of(en="Hairdresser", it="Acconciatore"), institution=AUTHORITY,
    country=country("IT"), eqf=EQFLevel(3), points=Points.of(15),
    rules=Combination(root=Group(children=(
        UnitPlace(unit="CUT", compulsory=True), UnitPlace(unit="COL", compulsory=True)))),
    units=(
        UnitLink(code="CUT", unit=CUT, points=Points.of(10)), UnitLink(code="COL", unit=COLOUR, points=Points.of(5)),
    ),
)  # fmt: skip


def institution(name: Identifier, called: str, land: str, *functions: Function) -> CompetentInstitution:
    always = Period(date(2020, 1, 1))
    return CompetentInstitution(
        id=name, name=text(called), country=country(land),
        competences=tuple(Competence(function=one, valid=always, source="law") for one in functions),
    )  # fmt: skip


@dataclass
class Story:
    """The world of a test. `people` are the accounts by name, `alba` the learner's pseudonym."""

    accounts: dict[str, Account] = field(default_factory=dict)
    at_home: dict[str, Identifier] = field(default_factory=dict)
    alba: Identifier = TURIN  # until she is entered

    def begin(self) -> "Story":
        """Enter institutions, people, the qualification and the learner."""
        cast = (
            ("Fiona", OFFICE, (Role.REGISTER_OFFICE,)), ("Bruno", TURIN, (Role.COORDINATOR,)),
            ("Chloé", LYON, (Role.ASSESSOR, Role.COORDINATOR)), ("Dimitra", AUTHORITY, (Role.COMPETENT_INSTITUTION,)),
            ("Didier", AUTHORITY, (Role.ASSESSOR,)),
            ("Erik", ELSEWHERE, (Role.COORDINATOR, Role.COMPETENT_INSTITUTION)),
        )  # fmt: skip
        for name, where, roles in cast:
            self.add(name, where, *roles)
        with self.on(BEFORE):
            fiona = self.actor("Fiona")
            for one in (
                institution(TURIN, "Scuola di Torino", "IT", Function.VALIDATE, Function.ASSESS),
                institution(LYON, "Lycée de Lyon", "FR", Function.ASSESS),
                institution(AUTHORITY, "Regional authority", "IT", *Function),
                institution(OFFICE, "Register office", "EU"), institution(ELSEWHERE, "Elsewhere", "DE", *Function),
            ):  # fmt: skip
                register.enter(one, actor=fiona)
            qualifications.publish(
                qualifications.Draft(HAIRDRESSER, (CUTTING, COLOURING)), actor=self.actor("Dimitra"), on=BEFORE
            )
            entered = learners.enter(
                Person(names=("Alba",), family_name="Rossi", birth_date=date(2005, 4, 1)), actor=self.actor("Bruno"),
                qualification=HAIR, since=BEFORE, email="alba@example.org",
            )  # fmt: skip
        self.alba = entered.id
        made = people.register(email="alba@example.org", name="Alba Rossi")
        self.accounts["Alba"], self.at_home["Alba"] = made, TURIN
        return self

    def add(self, name: str, where: Identifier, *roles: Role) -> Account:
        """Another person with roles."""
        made = people.register(email=f"{name.lower().replace('é', 'e')}@example.org", name=name)
        for role in roles:
            people.give_role(made, where, role)
        self.accounts[name], self.at_home[name] = made, where
        return made

    def actor(self, name: str) -> Actor:
        """Somebody of the cast, acting."""
        return people.actor(self.accounts[name].id, self.at_home[name])

    @contextmanager
    def on(self, day: date) -> Iterator[None]:
        """It is noon of a day."""
        with clock.fixed(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)):
            yield

    def agree(self, *units: AgreedUnit, **more: Any) -> Identifier:
        """An agreement signed by all; its thread."""
        draft = LearningAgreement(
            parties=(Party(role=Part.HOME, id=TURIN), Party(role=Part.HOSTING, id=LYON),
                     Party(role=Part.LEARNER, id=self.alba)),
            period=STAY, qualification=HAIR, qualification_title=HAIRDRESSER.title, eqf=EQFLevel(3),
            units=units or (agreed(CUTTING),), **more,
        )  # fmt: skip
        with self.on(BEFORE):
            thread = proposing.put_forward(draft, actor=self.actor("Bruno"))
            line = agreements.line(thread)
            assert line is not None
            for name in ("Alba", "Chloé", "Bruno"):
                signing.answer(thread, Address(str(line.proposed)), Act.ACCEPT, actor=self.actor(name))
        return thread

    def assess(self, thread: Identifier, unit: Unit = CUTTING, *, failed: tuple[str, ...] = (), by: str = "Chloé",
               day: date = TESTED, only: frozenset[str] | None = None, **more: Any) -> Recorded[Any]:  # fmt: skip
        with self.on(day):
            return assess.assess(
                thread, unit=unit.id, outcomes=results(unit, *failed, only=only), methods=("skills demonstration",),
                place="Salon Lumière", on=day, actor=self.actor(by), **more,
            )  # fmt: skip

    def transfer(self, thread: Identifier, *, by: str = "Chloé", day: date = SENT) -> Recorded[Any]:
        with self.on(day):
            return transcript.transfer(thread, actor=self.actor(by))

    def validate(self, address: Address, unit: Unit = CUTTING, *, by: str = "Bruno", day: date = DECIDED,
                 without: tuple[str, ...] = (), **more: Any) -> Recorded[Any]:  # fmt: skip
        with self.on(day):
            looked = validate.compare(address, unit.id, actor=self.actor(by))
            comparison = tuple(
                OutcomeValidation(outcome=one.outcome, result=Correspondence.NOT) if one.outcome in without else one
                for one in looked.proposal
            )
            return validate.validate(
                address, unit=unit.id, comparison=comparison, ground=GROUND, actor=self.actor(by), **more
            )

    def recognise(self, address: Address, *, by: str = "Dimitra", day: date = DECIDED, **more: Any) -> Recorded[Any]:
        with self.on(day):
            return recognise.recognise(address, ground=GROUND, actor=self.actor(by), **more)

    def through(self, thread: Identifier, unit: Unit = CUTTING) -> Recorded[Any]:
        """From the assessment to the recognition of one unit."""
        self.assess(thread, unit)
        return self.recognise(self.validate(self.transfer(thread).address, unit).address)

    def own(self, unit: Unit = COLOURING) -> Recorded[Any]:
        """Alba passes a unit at home."""
        with self.on(DECIDED):
            return accumulate.enter_achievement(self.alba, unit=unit.id, qualification=HAIR, actor=self.actor("Bruno"))


def agreed(unit: Unit, *outcomes: str) -> AgreedUnit:
    """A unit as agreed: whole, or the part named."""
    link = next(one for one in HAIRDRESSER.units if one.unit == unit.id)
    return AgreedUnit(
        unit=unit.id, code=link.code, title=unit.title, outcomes=frozenset(outcomes) or unit.outcome_ids,
        part=bool(outcomes), home_points=link.points,
    )  # fmt: skip


def results(unit: Unit, *failed: str, only: frozenset[str] | None = None) -> tuple[OutcomeResult, ...]:
    """All outcomes of a unit achieved, but for those that failed."""
    return tuple(
        OutcomeResult(
            outcome=one.id, result=Result.NOT_ACHIEVED if one.id in failed else Result.ACHIEVED,
            reason="Not shown" if one.id in failed else "",
            criteria=tuple(CriterionResult(criterion=c.id, met=one.id not in failed) for c in one.criteria),
        )
        for one in unit.outcomes if only is None or one.id in only
    )  # fmt: skip


def because(words: str = "It differs", code: ReasonCode = ReasonCode.NOT_CORRESPONDING) -> tuple[Reason, ...]:
    return (Reason(code=code, text=text(words)),)


def until(day: date) -> Remedy:
    return Remedy(appeal_until=day)


__all__ = ["Story", "agreed", "because", "replace", "results", "text", "until"]


@pytest.fixture(scope="module")
def begun_story(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Story, Path]]:
    """The story's beginning, made once for the tests of a module, with the folder of its keys."""
    folder = tmp_path_factory.mktemp("story")
    with taken_back(django_db_blocker, folder):
        yield Story().begin(), folder


@pytest.fixture
def story(begun_story: tuple[Story, Path], db: None, settings: Any, tmp_path: Path) -> Story:
    """Alba's story, ready to be told in a test, with keys in a folder of its own."""
    begun, folder = begun_story
    settings.DATA = own_folder(folder, tmp_path)
    return Story(dict(begun.accounts), dict(begun.at_home), begun.alba)
