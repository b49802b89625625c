"""Alba of Turin learns in Lyon; Erik learned at work. Their documents, from which each test takes what it needs."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from ecvet.credit import (
    Assessment,
    Assessor,
    Basis,
    Claim,
    Correspondence,
    CriterionResult,
    Decider,
    GradingScale,
    OutcomeResult,
    OutcomeValidation,
    Portfolio,
    Reason,
    ReasonCode,
    Recognition,
    Remedy,
    Result,
    Stage,
    Transcript,
    Validation,
    assess,
    recognise,
    transfer,
    validate,
)
from ecvet.mobility.agreement import AgreedUnit, AssessmentPlan, LearningAgreement, Party, Responsible, Role
from ecvet.partnership.institution import Competence, CompetentInstitution, Function
from ecvet.qualification.combination import Combination, Group, UnitPlace
from ecvet.qualification.qualification import Qualification, UnitLink
from ecvet.qualification.unit import AssessmentCriterion, LearningOutcome, OutcomeKind, Unit
from ecvet.record import Recorded, address_of, canonical, plain
from ecvet.terms import EQFLevel, Identifier, LangString, Period, Points, country

T = TypeVar("T")


def id_(name: str) -> Identifier:
    return Identifier(f"https://example.eu/{name}")


def text(words: str) -> LangString:
    return LangString.of(en=words)


def recorded(value: T) -> Recorded[T]:
    """A value with the address of its own bytes."""
    return Recorded(value, address_of(canonical(plain(value))))


TURIN, LYON, BROKER, COMPANY, STRANGER, CHAMBER = map(id_, ("turin", "lyon", "broker", "salon", "stranger", "chamber"))
ALBA, ERIK = Identifier("urn:uuid:00000000-0000-4000-8000-00000000a1ba"), id_("erik")
CUT, COLOUR, COUPE = id_("units/cut/1"), id_("units/colour/1"), id_("units/coupe/1")
HAIR, BARBER = id_("qualifications/hairdresser/1"), id_("qualifications/barber/1")
STAY = Period(date(2024, 5, 6), date(2024, 6, 28))
TESTED, SENT, DECIDED = date(2024, 6, 20), date(2024, 6, 28), date(2024, 7, 10)
GROUND = text("Training act, section 12")
ALWAYS = Period(date(2020, 1, 1))


def institution(
    name: Identifier, *functions: Function, valid: Period = ALWAYS, only: Iterable[Identifier] = ()
) -> CompetentInstitution:
    return CompetentInstitution(
        id=name, name=text(name.rsplit("/", 1)[-1].title()), country=country("EU"),
        competences=tuple(Competence(function=one, valid=valid, qualifications=frozenset(only)) for one in functions),
    )  # fmt: skip


HOME = institution(TURIN, Function.ASSESS, Function.VALIDATE, Function.RECOGNISE, Function.AWARD)
HOST = institution(LYON, Function.ASSESS, Function.VALIDATE, Function.RECOGNISE)
DIMITRA = Decider(institution=TURIN, person=id_("people/dimitra"), name="Dimitra", position="head of examinations")


def unit(name: Identifier, code: str, *outcomes: str, optional: str = "", criteria: bool = False) -> Unit:
    return Unit(
        id=name, code=code, title=text(code), institution=TURIN,
        outcomes=tuple(
            LearningOutcome(
                id=one, text=text(one), kind=OutcomeKind.SKILLS, required=one != optional,
                criteria=(AssessmentCriterion(id=f"{one}-1", text=text("well")),) if criteria else (),
            )
            for one in (*outcomes, *([optional] if optional else []))
        ),
    )  # fmt: skip


CUTTING = unit(CUT, "cutting", "measures", "cuts", optional="advises")
COLOURING = unit(COLOUR, "colour", "mixes", "applies")
HOST_UNIT = unit(COUPE, "coupe", "mesurer", "couper")


def qualification(
    name: Identifier = HAIR, cut: str | None = "10", colour: str | None = "5", **more: Any
) -> Qualification:
    def points(amount: str | None) -> Points | None:
        return None if amount is None else Points.of(amount)

    return Qualification(
        id=name, code="HAIR", title=text(name.rsplit("/", 2)[-2].title()), institution=TURIN, country=country("IT"),
        rules=Combination(root=Group(children=(
            UnitPlace(unit="CUT", compulsory=True), UnitPlace(unit="COL", compulsory=True)))),
        units=(
            UnitLink(code="CUT", unit=CUT, points=points(cut)),
            UnitLink(code="COL", unit=COLOUR, points=points(colour)),
        ),
        eqf=EQFLevel(3), **more,
    )  # fmt: skip


HAIRDRESSER = qualification()


def agreed(unit: Unit = CUTTING, outcomes: Iterable[str] | None = None, **more: Any) -> AgreedUnit:
    return AgreedUnit(
        unit=unit.id, code=unit.code, title=unit.title,
        outcomes=frozenset(unit.outcome_ids if outcomes is None else outcomes),
        **{"home_points": Points.of(10), **more},
    )  # fmt: skip


OPEN = AssessmentPlan()


def agreement(*units: AgreedUnit, plan: AssessmentPlan = OPEN, **more: Any) -> LearningAgreement:
    parties = ((Role.HOME, TURIN), (Role.HOSTING, LYON), (Role.LEARNER, ALBA))
    return LearningAgreement(
        **{
            "parties": tuple(Party(role=role, id=name) for role, name in parties),
            "period": STAY, "qualification": HAIR, "qualification_title": text("Hairdresser"),
            "units": units or (agreed(),), "assessment": plan, "eqf": EQFLevel(3), **more,
        }
    )  # fmt: skip


AGREEMENT = recorded(agreement())


def portfolio(*outcomes: str, learner: Identifier = ERIK, unit: Identifier = CUT, **more: Any) -> Portfolio:
    claims = tuple(Claim(unit=unit, outcome=one, statement=text("I do it at work")) for one in outcomes)
    return Portfolio(
        **{
            "learner": learner, "institution": TURIN, "qualification": HAIR, "stage": Stage.DOCUMENTATION,
            "claims": claims, "procedure": text("Interview, portfolio, demonstration"), **more,
        }
    )  # fmt: skip


PORTFOLIO = recorded(portfolio("measures", "cuts"))
CHLOE = Assessor(id=id_("people/chloe"), name="Chloé", institution=LYON, position="trainer")
TUTOR = Assessor(id=id_("people/tutor"), name="Tutor", institution=COMPANY)
BRUNO = Assessor(id=id_("people/bruno"), name="Bruno", institution=TURIN)
TEN = GradingScale(
    id=id_("scales/ten"), name=text("1-10"), values=("4", "5", "6", "7", "8", "9", "10"), passes_from="6"
)
TWENTY = GradingScale(
    id=id_("scales/twenty"), name=text("0-20"), values=("8", "10", "12", "14", "16"), passes_from="10"
)


def results(**found: Result) -> tuple[OutcomeResult, ...]:
    return tuple(
        OutcomeResult(outcome=name, result=result, reason="" if result.is_positive else "Too slow")
        for name, result in found.items()
    )


DONE, FAILED, SKIPPED = Result.ACHIEVED, Result.NOT_ACHIEVED, Result.NOT_ASSESSED


def draft(basis: Recorded[Basis] = AGREEMENT, **more: Any) -> Assessment:
    abroad = isinstance(basis.value, LearningAgreement)
    return Assessment(
        **{
            "learner": ALBA if abroad else ERIK, "unit": CUT, "basis": basis.address,
            "institution": LYON if abroad else TURIN, "outcomes": results(measures=DONE, cuts=DONE),
            "assessors": (CHLOE,) if abroad else (BRUNO,), "methods": ("demonstration",), "place": "salon",
            "on": TESTED, **more,
        }
    )  # fmt: skip


def assessed(basis: Recorded[Basis] = AGREEMENT, unit: Unit = CUTTING, **more: Any) -> Recorded[Assessment]:
    abroad = isinstance(basis.value, LearningAgreement)
    earlier = more.pop("earlier", ())
    made = draft(basis, unit=unit.id, **more)
    return recorded(assess(basis, made, unit=unit, institution=HOST if abroad else HOME, scales=(TEN, TWENTY),
                           on=max(SENT, made.on), earlier=earlier))  # fmt: skip


def transcript(
    *assessments: Recorded[Assessment], basis: Recorded[Basis] = AGREEMENT, **more: Any
) -> Recorded[Transcript]:
    abroad = isinstance(basis.value, LearningAgreement)
    return recorded(
        transfer(
            assessments or (assessed(basis),), basis, issuer=HOST if abroad else HOME,
            **{"units": (CUTTING, COLOURING, HOST_UNIT), "links": () if abroad else HAIRDRESSER.units, **more},
        )
    )  # fmt: skip


YES, PARTLY, NO = Correspondence.CORRESPONDS, Correspondence.PARTLY, Correspondence.NOT


def compared(**found: Correspondence) -> tuple[OutcomeValidation, ...]:
    return tuple(OutcomeValidation(outcome=name, result=result) for name, result in found.items())


ALL = compared(measures=YES, cuts=YES, advises=NO)
NOT_OURS = (Reason(code=ReasonCode.NOT_CORRESPONDING, text=text("Another technique")),)
REMEDY = Remedy(task=text("Show a layered cut"), appeal_until=date(2024, 8, 10))


def validated(
    document: Recorded[Transcript] | None = None, basis: Recorded[Basis] = AGREEMENT, unit: Unit = CUTTING, **more: Any
) -> Recorded[Validation]:
    return recorded(
        validate(
            document or transcript(basis=basis), basis, unit=unit,
            **{"comparison": ALL, "by": DIMITRA, "institution": HOME, "on": DECIDED, "ground": GROUND, **more},
        )
    )  # fmt: skip


def recognised(
    validation: Recorded[Validation] | None = None, unit: Unit = CUTTING, **more: Any
) -> Recorded[Recognition]:
    return recorded(
        recognise(
            validation or validated(), unit=unit,
            **{
                "qualification": HAIRDRESSER, "by": DIMITRA, "institution": HOME, "on": DECIDED, "ground": GROUND,
                **more,
            },
        )
    )  # fmt: skip


def criteria(outcome: str, met: bool = True, remark: str = "") -> OutcomeResult:
    return OutcomeResult(
        outcome=outcome, result=DONE, remark=remark, criteria=(CriterionResult(criterion=f"{outcome}-1", met=met),)
    )


def plan(**more: Any) -> AssessmentPlan:
    chloe = Responsible(function="assess", institution=LYON, name="Chloé")
    return AssessmentPlan(**{"assessors": (chloe,), "methods": ("demonstration",), "place": "salon", **more})


def changed(value: T, **more: Any) -> T:
    return replace(value, **more)  # type: ignore[type-var]


def half(**more: Any) -> Recorded[Validation]:
    """A validation of one of the two outcomes of the unit."""
    document = transcript(assessed(outcomes=results(measures=DONE, cuts=FAILED)))
    return validated(document, comparison=compared(measures=YES, cuts=NO, advises=NO), **more)
