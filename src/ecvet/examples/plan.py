"""What a plan of the story consists of: values that say what people set out to do, and nothing that anybody decided.

A plan holds dates, places, texts and results as they will be typed in; whoever walks through it calls the verbs of the
rooms, and these decide. The plans themselves stand in `ecvet.examples.story`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ecvet.credit import Achievement, Claim, Experience, Held, OutcomeResult, Piece, Reason, Remedy
from ecvet.examples import qualification, units
from ecvet.examples.cast import BRUNO, CHLOE, COLLEGE, DIMITRA, INSTITUTE, CastLearner, Figure
from ecvet.mobility import AgreedUnit, AssessmentPlan, LearningAgreement, Party, Responsible, Role
from ecvet.qualification import Unit
from ecvet.record import Address
from ecvet.terms import Identifier, LangString, Period, Points


@dataclass(frozen=True, slots=True, kw_only=True)
class AtHome:
    """A unit that a learner passes at home in the ordinary way. `points` and `sort` are given for a unit from outside
    the qualification, which goes into an open slot; `unit` names it then."""

    code: str
    on: date
    unit: Identifier | None = None
    points: Points | None = None
    sort: str = ""

    def achievement(self, learner: CastLearner, name: Identifier | None = None) -> Achievement:
        """The draft of the achievement of a learner; `name` is the learner's pseudonym where it is another."""
        return Achievement(
            learner=name or learner.learner.id, unit=self.unit or units(learner.example)[self.code].id,
            qualification=learner.follows, institution=learner.home, on=self.on, code=self.code, points=self.points,
            sort=self.sort,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A refusal and the appeal against it. The learner appeals on `appealed`; it is answered on `answered`."""

    reasons: tuple[Reason, ...]
    remedy: Remedy
    appeal: LangString
    appealed: date
    answer: LangString
    answered: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Mobility:
    """A stay abroad for one unit of the learner's qualification, with everything that will be typed in.

    Dates follow the verbs: `proposed`, `signed`, `assessed`, `transferred`, `validated`, `recognised`. `reasons` and
    `remedy` go with a recognition in part, `dispute` with one that is refused; `awarded` is None for who is not done.
    """

    learner: CastLearner
    code: str
    period: Period
    proposed: date
    signed: date
    assessed: date
    transferred: date
    validated: date
    recognised: date
    place: str
    methods: tuple[str, ...]
    results: tuple[OutcomeResult, ...]
    validation_ground: LangString
    recognition_ground: LangString
    activities: LangString
    mentor: Figure | None = None
    reasons: tuple[Reason, ...] = ()
    remedy: Remedy | None = None
    dispute: Dispute | None = None
    awarded: date | None = None
    award_ground: LangString | None = None

    @property
    def unit(self) -> Unit:
        """The home unit."""
        return units(self.learner.example)[self.code]

    def agreement(
        self,
        memorandum: Address | None = None,
        *,
        learner: Identifier | None = None,
        guardian: Identifier | None = None,
    ) -> LearningAgreement:
        """The draft that home proposes. Pseudonyms are those of the cast, unless others were drawn for them."""
        home, _ = qualification(self.learner.example)
        link = home.link(self.code)
        parties = [
            Party(role=Role.HOME, id=COLLEGE.id),
            Party(role=Role.HOSTING, id=INSTITUTE.id),
            Party(role=Role.LEARNER, id=learner or self.learner.learner.id),
        ]
        if self.learner.guardian is not None:
            parties.append(Party(role=Role.GUARDIAN, id=guardian or self.learner.guardian.id))
        return LearningAgreement(
            parties=tuple(parties), period=self.period, qualification=home.id, qualification_title=home.title,
            units=(
                AgreedUnit(
                    unit=self.unit.id, code=self.code, title=self.unit.title, outcomes=self.unit.outcome_ids,
                    home_points=link.points if link else None, activities=self.activities,
                ),
            ),
            memorandum=memorandum, eqf=home.eqf, nqf=home.nqf,
            assessment=AssessmentPlan(
                assessors=(_responsible("assess", CHLOE),), methods=self.methods, place=self.place,
                when=LangString.of(en="In the last week of the stay", fi="Jakson viimeisellä viikolla"),
                safeguards=LangString.of(en="Two observers and the criteria of the home unit",
                                         fi="Kaksi havainnoijaa ja kotiyksikön arviointikriteerit"),
                recorded_how=LangString.of(en="The grid of the unit, criterion by criterion",
                                           fi="Yksikön arviointitaulukko kriteereittäin"),
            ),
            validation=(_responsible("validate", BRUNO),), recognition=(_responsible("recognise", DIMITRA),),
            mentors=(_responsible("mentor", self.mentor),) if self.mentor else (), hosting_place="Valletta",
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FromWork:
    """Learning without any partner: identification, documentation, assessment, certification of one portfolio."""

    learner: CastLearner
    procedure: LangString
    experience: tuple[Experience, ...]
    claims: tuple[Claim, ...]
    results: Mapping[str, tuple[OutcomeResult, ...]]
    place: str
    methods: tuple[str, ...]
    identified: date
    documented: date
    assessed: date
    transferred: date
    certified: date
    ground: LangString
    explanation: LangString


def holding(learner: CastLearner, at_home: tuple[AtHome, ...], recognised: tuple[str, ...] = ()) -> Held:
    """What a learner holds once the plan has come true: units passed at home, and units recognised in full."""
    towards, _ = qualification(learner.example)
    own = [Piece(code=one.code, points=_value(one), unit=one.unit, sort=one.sort, gained=one.on) for one in at_home]
    granted = [Piece(code=code, unit=units(learner.example)[code].id, recognised=True) for code in recognised]
    listed = {link.code for link in towards.units}
    return Held(
        units=tuple(one for one in (*own, *granted) if one.code in listed),
        other=tuple(one for one in own if one.code not in listed),
    )


def _value(one: AtHome) -> Decimal | None:
    return one.points.value if one.points else None


def _responsible(function: str, who: Figure) -> Responsible:
    return Responsible(function=function, institution=who.institution, name=who.name, position=who.position)
