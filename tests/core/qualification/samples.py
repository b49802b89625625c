"""A small qualification of our own, from which the tests of this room take what they need."""

from dataclasses import replace
from datetime import date

from ecvet.qualification import (
    AssessmentCriterion,
    Combination,
    LearningOutcome,
    OutcomeKind,
    Qualification,
    RequiredOutcome,
    Unit,
    UnitLink,
)
from ecvet.qualification.combination import Group, UnitPlace
from ecvet.terms import EQFLevel, Identifier, LangString, Points, country

ON = date(2024, 9, 1)
SCHOOL = Identifier("https://school.example")
BOARD = Identifier("https://board.example")
STRANGER = Identifier("https://stranger.example")


def text(words: str) -> LangString:
    return LangString.of(en=words)


def outcome(name: str, kind: OutcomeKind, *, criteria: int = 1, **more: object) -> LearningOutcome:
    made = LearningOutcome(
        id=name,
        text=text(f"can {name}"),
        kind=kind,
        criteria=tuple(AssessmentCriterion(id=f"{name}-{n}", text=text("done well")) for n in range(criteria)),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def unit(code: str, **more: object) -> Unit:
    made = Unit(
        id=Identifier(f"https://school.example/units/{code}/1"),
        code=code,
        title=text(f"Unit {code}"),
        institution=SCHOOL,
        outcomes=tuple(outcome(f"{code}-{kind}", kind) for kind in OutcomeKind),
        assessment=text("A practical demonstration at work"),
    )
    return replace(made, **more)  # type: ignore[arg-type]


UNITS = {one.id: one for one in map(unit, "ABC")}


def qualification(**more: object) -> Qualification:
    links = tuple(UnitLink(code=one.code, unit=one.id) for one in UNITS.values())
    made = Qualification(
        id=Identifier("https://school.example/qualifications/plasterer/1"),
        code="plasterer",
        title=text("Plasterer"),
        institution=SCHOOL,
        country=country("EE"),
        rules=Combination(root=Group(children=tuple(UnitPlace(unit=code, compulsory=True) for code in "ABC"))),
        units=links,
        standard=(RequiredOutcome(id="A-skills", text=text("plasters a wall")),),
        eqf=EQFLevel(4),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def pointed(*amounts: str, total: str | None = None, system: str = "ecvet") -> Qualification:
    """The qualification with points on its units and, when given, a total."""
    made = qualification()
    links = tuple(
        replace(link, points=Points.of(amount, system)) for link, amount in zip(made.units, amounts, strict=True)
    )
    return replace(made, units=links, system=system, points=Points.of(total, system) if total else None)
