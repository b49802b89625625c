"""ECVET frameworks in the XML of the openECVET project: units with relative weights, rarely with points.

Points of 0 mean none were given; relative weights become the weights of the links, from which points follow for any
total (R-POINTS-12). All units are compulsory. Lists of outcomes name their kind in the EQF term of their framework.
"""

from collections.abc import Iterator
from decimal import Decimal
from xml.etree.ElementTree import Element

from ecvet.exchange.errors import FileNotUnderstood, PathUnknown
from ecvet.qualification.combination import Combination, Group, UnitPlace
from ecvet.qualification.qualification import Qualification, UnitLink
from ecvet.qualification.unit import AssessmentCriterion, LearningOutcome, OutcomeKind, Unit
from ecvet.saying import say
from ecvet.terms import Country, EQFLevel, Identifier, LangString, Points, decimal

BASE = "urn:x-openecvet:"
_KINDS = {"knowledge": OutcomeKind.KNOWLEDGE, "skills": OutcomeKind.SKILLS, "competence": OutcomeKind.COMPETENCE}


def read_openecvet(root: Element, name: str, path: str | None = None) -> tuple[Qualification, tuple[Unit, ...]]:
    """The first qualification of a framework. Raises `FileNotUnderstood`, `PathUnknown`, `NotPoints`."""
    found = root.find("qualification")
    if root.tag != "ecvetFramework" or found is None:
        raise FileNotUnderstood(name=name, why=say("it is XML, but not an ECVET framework with a qualification"))
    if path is not None:
        raise PathUnknown(name=name, path=path, paths=say("one way only"))
    base = Identifier(BASE + (root.get("URI") or "framework"))
    elements = list(found.iter("unit"))
    units = tuple(_unit(element, base) for element in elements)
    links = tuple(
        UnitLink(code=unit.code, unit=unit.id, points=_points(element.findtext("ecvetPoints")),
                 weight=_amount(element.findtext("relativeWeight")))
        for unit, element in zip(units, elements, strict=True)
    )  # fmt: skip
    places = tuple(UnitPlace(unit=unit.code, compulsory=True, title=unit.title) for unit in units)
    title = _text(found) or LangString.of(en="Qualification")
    return Qualification(
        id=Identifier(f"{base}:{found.findtext('id') or '1'}"),
        code=found.findtext("id") or "1",
        title=title,
        institution=base,
        country=Country("EU"),
        rules=Combination(root=Group(children=places, title=title)),
        units=links,
        points=_points(found.findtext("wholeEcvetPoints")),
        unit_based=True,
    ), units


def _unit(element: Element, base: Identifier) -> Unit:
    code = (element.findtext("id") or "").strip()
    frames = element.findall("qualificationFrameworkList/qualificationFramework")
    levels = {frame.get("frameworkLevel") for frame in frames if frame.get("framework") == "EQF"}
    level = levels.pop() if len(levels) == 1 else None
    return Unit(
        id=Identifier(f"{base}:unit:{code}"),
        code=code,
        title=_text(element) or LangString.of(en=f"Unit {code}"),
        institution=base,
        outcomes=tuple(_outcomes(element, OutcomeKind.SKILLS)),
        eqf=EQFLevel(int(level)) if level and level.isdecimal() and 1 <= int(level) <= 8 else None,
    )


def _outcomes(element: Element, kind: OutcomeKind) -> Iterator[LearningOutcome]:
    for inner in element.findall("learningOutcomeList"):
        term = inner.find("qualificationFrameworkList/qualificationFramework")
        named = term.get("frameworkTerm", "") if term is not None else ""
        yield from _outcomes(inner, _KINDS.get(named if named in _KINDS else named.removesuffix("s"), kind))
    for outcome in element.findall("learningOutcome"):
        text = _text(outcome)
        if text is not None:
            criteria = tuple(
                AssessmentCriterion(id=str(n), text=said)
                for n, criterion in enumerate(outcome.iter("achievementCriterion"), 1)
                if (said := _text(criterion))
            )
            yield LearningOutcome(id=(outcome.findtext("id") or "").strip(), text=text, kind=kind, criteria=criteria)


def _text(element: Element) -> LangString | None:
    title = " ".join((element.findtext("title") or "").split())
    return LangString.of(en=title) if title else None


def _amount(text: str | None) -> Decimal | None:
    amount = decimal(text.strip()) if text and text.strip() else None
    return amount or None


def _points(text: str | None) -> Points | None:
    amount = _amount(text)
    return None if amount is None else Points(amount)
