"""The learning agreement: who, when, which outcomes, how assessed, and who recognises (Annex II.3; R-LA-1 … 14).

Every version is complete and is signed by all parties again (R-LA-12). Fields follow the European template of June 2014
and the Erasmus+ forms; contact data travel as unsigned notes, so that a new telephone number needs no new signature.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from ecvet.mobility.amendment import Amendment
from ecvet.partnership.enclosure import Enclosure
from ecvet.record import Address, RecordType
from ecvet.terms import EQFLevel, Identifier, LangString, NQFLevel, Period, Points, total


class Role(StrEnum):
    """The roles in which an agreement is signed (R-LA-1, R-LA-9)."""

    HOME = "home"
    HOSTING = "hosting"
    LEARNER = "learner"
    GUARDIAN = "guardian"
    INTERMEDIARY = "intermediary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody who takes part in the agreement. `id` is an institution, a learner's pseudonym or a guardian's."""

    role: Role
    id: Identifier
    signs: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedUnit:
    """A unit of the home qualification, or a part of it, that the learner is to achieve abroad.

    `unit` is the home version, `code` its name in the home qualification. `outcomes` are the ids of the outcomes
    targeted; when they are fewer than the unit requires, the agreement says so by `part` (R-CREDIT-5). `home_points`
    are those of the full unit at home, `hosting_points` may be shown beside them (R-LA-13).
    """

    unit: Identifier
    code: str
    title: LangString
    outcomes: frozenset[str]
    part: bool = False
    home_points: Points | None = None
    hosting_unit: Identifier | None = None
    hosting_points: Points | None = None
    activities: LangString | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    """A person named for assessing, validating or recognising (R-LA-10): function, organisation and position."""

    function: str
    institution: Identifier
    name: str
    position: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentPlan:
    """How outcomes are to be assessed, agreed before they are (R-ASSESS-4)."""

    assessors: tuple[Responsible, ...] = ()
    methods: tuple[str, ...] = ()
    place: str = ""
    when: LangString | None = None
    safeguards: LangString | None = None
    recorded_how: LangString | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningAgreement:
    """What home institution, hosting institution and learner agree for one mobility (Annex II.3, footnote).

    `memorandum` is the address of the memorandum in whose frame it stands; None is the practice outside ECVET and gives
    a warning (R-LA-3). `will_recognise` is the clause that home should validate and recognise what was achieved and
    positively assessed (R-LA-5). `group` is the address of the common text that several learners share (R-LA-8).
    `amendment` says why a later version was made (R-LA-12). `validation_how`, `validation_recorded` and
    `recognition_how` are the texts of section 6 of the template, `enclosures` the papers that go with the agreement.
    """

    record_type: ClassVar[RecordType] = RecordType.LEARNING_AGREEMENT

    parties: tuple[Party, ...]
    period: Period
    qualification: Identifier
    qualification_title: LangString
    units: tuple[AgreedUnit, ...]
    memorandum: Address | None = None
    will_recognise: bool = True
    eqf: EQFLevel | None = None
    nqf: NQFLevel | None = None
    progress: LangString | None = None
    assessment: AssessmentPlan = AssessmentPlan()
    validation: tuple[Responsible, ...] = ()
    recognition: tuple[Responsible, ...] = ()
    validation_how: LangString | None = None
    validation_recorded: LangString | None = None
    recognition_how: LangString | None = None
    enclosures: frozenset[Enclosure] = frozenset()
    mentors: tuple[Responsible, ...] = ()
    hosting_place: str = ""
    programme: str = ""
    project: str = ""
    mode: str = "physical"
    group: Address | None = None
    retroactive: bool = False
    decision_due: date | None = None
    additional: LangString | None = None
    amendment: Amendment | None = None

    def party(self, role: Role) -> Identifier | None:
        """Who takes part in this role, if anybody."""
        return next((party.id for party in self.parties if party.role == role), None)

    def unit(self, unit: Identifier) -> AgreedUnit | None:
        """The agreed unit with this identifier, if the agreement has it."""
        return next((one for one in self.units if one.unit == unit), None)

    def points(self, system: str) -> Points:
        """The home points of the full units listed (R-LA-13). Raises `PointsNotComparable` for another system."""
        return total((one.home_points for one in self.units if one.home_points and not one.part), system)


def assessing(agreement: LearningAgreement) -> Identifier | None:
    """Who assesses: the host (R-ASSESS-2), or the one other institution whose assessors are agreed (R-ASSESS-4).

    So a school assesses practice in a company that hosts the learner and is no school (R-MOU-5). Home never assesses
    what it will validate, and the intermediary never assesses at all.
    """
    hosting = agreement.party(Role.HOSTING)
    named = {one.institution for one in agreement.assessment.assessors}
    barred = {agreement.party(Role.HOME), agreement.party(Role.INTERMEDIARY)}
    if len(named) == 1 and not named & barred:
        return next(iter(named))
    return hosting
