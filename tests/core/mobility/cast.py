"""Alba goes from Turin to Lyon: agreement, frame and signatures, from which each test takes what it needs."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from ecvet.mobility import (
    AgreedUnit,
    AssessmentPlan,
    Learner,
    LearningAgreement,
    Mandate,
    MobilityEvent,
    Party,
    Proposal,
    Reason,
    Responsible,
    Role,
    Verb,
    amend,
    may_sign,
    propose,
    signatories,
)
from ecvet.partnership import CoveredQualification, Function, MemorandumOfUnderstanding, OtherActor, Thread
from ecvet.qualification import Combination, LearningOutcome, OutcomeKind, Qualification, Unit, UnitLink
from ecvet.qualification.combination import Group, UnitPlace
from ecvet.record import Act, Address, Person, Record, Recorded, Signature, commitment, record
from ecvet.terms import Failure, Identifier, LangString, Period, Points, Success, country

TURIN = Identifier("https://turin.example")
LYON = Identifier("https://lyon.example")
SALON = Identifier("https://salon.example")
BROKER = Identifier("https://broker.example")
STRANGER = Identifier("https://stranger.example")
ALBA = Identifier("urn:uuid:00000000-0000-4000-8000-00000000a1ba")
MOTHER = Identifier("urn:uuid:00000000-0000-4000-8000-0000000000aa")
BRUNO = Identifier("urn:uuid:00000000-0000-4000-8000-000000000b20")
CHLOE = Identifier("urn:uuid:00000000-0000-4000-8000-000000000c10")
STAY = Identifier("urn:uuid:00000000-0000-7000-8000-000000000001")
MEMORANDUM_THREAD = Identifier("urn:uuid:00000000-0000-7000-8000-000000000002")
CUTTING = Identifier("https://turin.example/units/cutting/1")
COLOUR = Identifier("https://turin.example/units/colour/1")
BARBER = Identifier("https://turin.example/units/barber/1")
HAIRDRESSER = Identifier("https://turin.example/qualifications/hairdresser/1")

SPRING, SUMMER = date(2024, 3, 1), date(2024, 6, 28)
START, END = date(2024, 5, 6), SUMMER


def text(words: str) -> LangString:
    return LangString.of(en=words)


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def unit(name: Identifier, code: str, *outcomes: str, optional: str = "") -> Unit:
    return Unit(
        id=name,
        code=code,
        title=text(code),
        institution=TURIN,
        outcomes=tuple(
            LearningOutcome(id=one, text=text(one), kind=OutcomeKind.SKILLS, required=one != optional)
            for one in (*outcomes, *([optional] if optional else []))
        ),
    )


UNITS = {
    CUTTING: unit(CUTTING, "cutting", "measures", "cuts", optional="advises"),
    COLOUR: unit(COLOUR, "colour", "mixes", "applies"),
    BARBER: unit(BARBER, "barber", "shaves"),
}
QUALIFICATION = Qualification(
    id=HAIRDRESSER,
    code="HAIR",
    title=text("hairdresser"),
    institution=TURIN,
    country=country("IT"),
    rules=Combination(root=Group(children=(UnitPlace(unit="cutting"), UnitPlace(unit="colour")))),
    units=(
        UnitLink(code="cutting", unit=CUTTING, points=Points.of(10)),
        UnitLink(code="colour", unit=COLOUR, points=Points.of(5), most=Points.of(15)),
        UnitLink(code="practice", unit=Identifier("https://turin.example/units/practice/1")),
    ),
)
PERSON = Person(names=("Alba",), family_name="Rossi", birth_date=date(2005, 5, 20))
LEARNER = Learner(id=ALBA, ref=commitment(PERSON, b"s" * 32), person=PERSON)
MINOR = replace(LEARNER, person=replace(PERSON, birth_date=date(2006, 5, 20)))

MEMORANDUM = MemorandumOfUnderstanding(
    parties=(TURIN, LYON),
    valid=Period(date(2024, 1, 1), date(2024, 12, 31)),
    qualifications=(
        CoveredQualification(
            qualification=HAIRDRESSER,
            title=text("hairdresser"),
            country=country("IT"),
            units=frozenset({CUTTING, COLOUR}),
        ),
    ),
    other_actors=(
        OtherActor(id=SALON, name=text("salon"), country=country("FR"), functions=(Function.ASSESS,), covered=True),
    ),
    least_weeks=2,
    most_weeks=12,
)
MEMORANDUM_RECORD = record(MEMORANDUM, thread=MEMORANDUM_THREAD, author=TURIN, at=at(date(2024, 1, 1)))
FRAME = Recorded(MEMORANDUM, MEMORANDUM_RECORD.address)


def person(function: str, institution: Identifier, name: str) -> tuple[Responsible, ...]:
    return (Responsible(function=function, institution=institution, name=name),)


DRAFT = LearningAgreement(
    parties=(
        Party(role=Role.HOME, id=TURIN),
        Party(role=Role.HOSTING, id=LYON),
        Party(role=Role.LEARNER, id=ALBA),
    ),
    period=Period(START, END),
    qualification=HAIRDRESSER,
    qualification_title=text("hairdresser"),
    units=(
        AgreedUnit(
            unit=CUTTING,
            code="cutting",
            title=text("cutting"),
            outcomes=frozenset({"measures", "cuts"}),
            home_points=Points.of(10),
            hosting_points=Points.of(7),
        ),
        AgreedUnit(
            unit=COLOUR,
            code="colour",
            title=text("colour"),
            outcomes=frozenset({"mixes"}),
            part=True,
            home_points=Points.of(5),
        ),
    ),
    memorandum=FRAME.address,
    assessment=AssessmentPlan(
        assessors=person("assess", LYON, "Chloé"),
        methods=("demonstration",),
        place="Lyon",
        when=text("in the last week"),
        safeguards=text("two assessors"),
        recorded_how=text("in the grid"),
    ),
    validation=person("validate", TURIN, "Bruno"),
    recognition=person("recognise", TURIN, "Bruno"),
)


def with_party(agreement: LearningAgreement, role: Role, who: Identifier, *, signs: bool = True) -> LearningAgreement:
    kept = tuple(party for party in agreement.parties if party.role != role)
    return replace(agreement, parties=(*kept, Party(role=role, id=who, signs=signs)))


def with_unit(agreement: LearningAgreement, index: int, **changes: object) -> LearningAgreement:
    units = list(agreement.units)
    units[index] = replace(units[index], **changes)  # type: ignore[arg-type]
    return replace(agreement, units=tuple(units))


def _given(changes: dict[str, object]) -> dict[str, object]:
    usual: dict[str, object] = {
        "memorandum": FRAME,
        "units": UNITS,
        "qualification": QUALIFICATION,
        "achieved": {},
        "learner": LEARNER,
        "adult_age": 18,
        "on": SPRING,
    }
    return {**usual, **changes}


def proposal(draft: LearningAgreement = DRAFT, **given: object) -> Proposal:
    return propose(draft, **_given(given))  # type: ignore[arg-type]


def amendment(
    draft: LearningAgreement, before: LearningAgreement = DRAFT, *, memorandum: object = FRAME, **given: object
) -> Proposal:
    frame = {"memorandum": memorandum}
    return amend(Recorded(before, versions(before)[0].address), draft, **_given({**frame, **given}))  # type: ignore[arg-type]


def rules(answer: Proposal) -> list[tuple[str, str]]:
    return [(finding.rule, finding.severity.value) for finding in answer.findings]


def versions(*agreements: LearningAgreement, on: date = SPRING) -> tuple[Record, ...]:
    """One version after another, each made from the one before."""
    made: list[Record] = []
    for agreement in agreements:
        prev = made[-1] if made else None
        made.append(record(agreement, thread=STAY, author=TURIN, at=at(on), prev=prev))
    return tuple(made)


def statement(
    version: Address, role: Role, signer: Identifier, on: date, act: Act = Act.ACCEPT, reason: str | None = None
) -> Signature:
    return Signature(object=version, signer=signer, role=role, act=act, at=at(on), reason=reason)


def accepted(version: Record, agreement: LearningAgreement, on: date) -> tuple[Signature, ...]:
    return tuple(statement(version.address, Role(one.role), one.id, on) for one in signatories(agreement))


def thread(made: Iterable[Record], signatures: Iterable[Signature] = (), **more: object) -> Thread:
    return Thread(owner=TURIN, versions=tuple(made), signatures=tuple(signatures), **more)  # type: ignore[arg-type]


def event(verb: Verb, on: date, by: Role = Role.HOSTING, reason: Reason | None = None, **more: object) -> MobilityEvent:
    return MobilityEvent(stay=STAY, verb=verb, on=on, by=by, reason=reason, **more)  # type: ignore[arg-type]


def may_sign_as_institution(thread: Thread, statement: Signature) -> Success | Failure:
    """The statement of an institution, made by a colleague whom it has authorised."""
    mandate = Mandate(institution=statement.signer, person=BRUNO, valid=Period(date(2024, 1, 1)))
    return may_sign(thread, statement, person=BRUNO, mandates=[mandate])
